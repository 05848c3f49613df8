"""The page of a check: the verdict, what to mend and how, every rule's number and margin, and the claim chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..check import BROKEN, ERROR, NOT_APPLICABLE, SILENCED, UNTESTED, WARNED, Verdict
from ..report.chart import CLAIM_MARKS
from ..report.finding import Finding, Report, to_mend
from ..report.places import Spot
from ..report.rows import verdict_row
from ..report.table import Cell
from .render import render
from .standing import Standing
from .wiring import wiring

MOST_FINDINGS, MOST_PLACES = 50, 8
# A finding of ten thousand balls is shown by some of them.
MOST_SELECTED = 500
HUES = {"green": "good", "red": "bad", "yellow": "warn", "grey": "idle"}
_ORDER = {BROKEN: 0, WARNED: 1, UNTESTED: 2}
WAYS = (("selection", "a selection"), ("markers", "markers in KiCad's list of violations (an undo step each)"))


@dataclass
class Targets:
    """What can be clicked: a number for each list of uuids."""

    uuids: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, spots: Sequence[Spot]) -> int:
        """The number under which these parts can be shown in KiCad."""
        found = dict.fromkeys(uuid for spot in spots[:MOST_SELECTED] for uuid in spot.shown)
        self.uuids.append(tuple(found)[:MOST_SELECTED])
        return len(self.uuids) - 1


def check_page(report: Report, nonce: str = "", shown: str = "", choices: Mapping[str, Any] | None = None,
               standing: Mapping[str, Any] | None = None) -> tuple[str, Targets]:
    """The page, and what its buttons point at. Without a nonce the page stands for itself and has no buttons.

    ``shown`` says what has been done in KiCad; ``choices`` are ``show`` (one of WAYS) and ``keep``; ``standing`` is how the
    verdict stands (``Standing.data``), with ``has_list``: whether this KiCad has a list that takes markers.
    """
    targets = Targets()
    assert report.result is not None
    verdicts = sorted(report.result.verdicts, key=lambda verdict: _ORDER.get(verdict.status, 3))
    found = to_mend(report.findings)
    aside = (NOT_APPLICABLE, SILENCED)
    page = render(
        "check", nonce, package=report.result.package.name, source=report.source, shown=shown, ways=WAYS,
        settings=report.settings.words if report.settings is not None else "",
        choices=dict(choices or {"show": "selection", "keep": False}),
        standing={"has_list": True, **(standing or Standing().data)},
        verdict={"word": report.verdict.upper(), "hue": HUES[report.hue], "counts": report.counts},
        unread=[{"message": one.message, "target": targets.add([one.spot]), "words": one.spot.words(with_line=not nonce)}
                for one in report.not_read], remarks=report.result.package.remarks,
        breaches=[_breach(found[verdict.rule.name], targets, bool(nonce)) for verdict in verdicts
                  if verdict.rule.name in found],
        untested=[{"rule": verdict.rule.name, "missing": missing} for verdict in verdicts
                  for missing in dict.fromkeys(one.missing for one in verdict.untested)],
        judged=[_rule(verdict) for verdict in verdicts if verdict.status not in aside],
        others=[_rule(verdict) for verdict in verdicts if verdict.status in aside],
        claims=[{"number": row.number, "parent": row.parent, "word": CLAIM_MARKS[row.status][0],
                 "hue": HUES[CLAIM_MARKS[row.status][1]], "words": row.words, "because": row.because} for row in report.claims],
        **wiring(report.result.package),
    )
    return page, targets


def _breach(found: Sequence[Finding], targets: Targets, live: bool) -> dict[str, Any]:
    is_error = any(finding.severity == ERROR for finding in found)
    return {
        "rule": found[0].rule, "why": found[0].why, "fix": found[0].fix,
        "word": "broken" if is_error else "warning", "hue": "bad" if is_error else "warn",
        "findings": [_finding(finding, targets, live) for finding in found[:MOST_FINDINGS]],
        "more": max(0, len(found) - MOST_FINDINGS),
    }


def _finding(finding: Finding, targets: Targets, live: bool) -> dict[str, Any]:
    # A line of the text that KiCad handed over stands in no file that anybody could open.
    places = dict.fromkeys((spot, spot.words(with_line=not live)) for spot in finding.places[:MOST_PLACES])
    return {
        "message": finding.message, "target": targets.add(finding.places),
        "places": [{"words": words, "target": targets.add([spot])} for spot, words in places],
        "more": max(0, len(finding.places) - MOST_PLACES),
    }


def _rule(verdict: Verdict) -> dict[str, str]:
    mark, *cells = verdict_row(verdict)
    name, reading, limit, margin, corners = map(_words, cells)
    return {"word": _words(mark), "hue": HUES[mark[1]], "name": name, "reading": reading, "limit": limit, "margin": margin,
            "corners": corners, "title": verdict.rule.title}


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]
