"""The page of a check: the verdict, what to mend and how, every rule's number and margin, and the claim chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Optional

from ..check import BROKEN, ERROR, INFO, NOT_APPLICABLE, SILENCED, UNTESTED, WARNED, Finding, Result, Verdict
from ..claims import ClaimRow
from ..package import Package
from ..report import CLAIM_MARKS, place_text, uuid_of, verdict_of, verdict_row
from ..report.table import Cell
from ..shapes import Point
from .render import render

MOST_FINDINGS, MOST_PLACES = 50, 8
# A finding of ten thousand balls is shown by some of them.
MOST_SELECTED = 500
HUES = {"green": "good", "red": "bad", "yellow": "warn", "grey": "idle"}
_ORDER = {BROKEN: 0, WARNED: 1, UNTESTED: 2}
WAYS = (("markers", "markers in KiCad's list of violations"), ("selection", "a selection"))


@dataclass
class Targets:
    """What can be clicked: a number for each list of uuids."""

    uuids: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, result: Result, keys: Sequence[str]) -> int:
        """The number under which these parts can be shown in KiCad."""
        found = dict.fromkeys(uuid_of(result.package, key) for key in keys[:MOST_SELECTED])
        self.uuids.append(tuple(filter(None, found)))
        return len(self.uuids) - 1


def check_page(result: Result, chart: Sequence[ClaimRow], nonce: str = "", shown: str = "",
               choices: Mapping[str, Any] | None = None) -> tuple[str, Targets]:
    """The page, and what its buttons point at. Without a nonce the page stands for itself and has no buttons.

    ``shown`` says what has been done in KiCad; ``choices`` are ``show`` (one of WAYS) and ``keep``.
    """
    targets = Targets()
    word, hue, counts = verdict_of(result)
    verdicts = sorted(result.verdicts, key=lambda verdict: _ORDER.get(verdict.status, 3))
    aside = (NOT_APPLICABLE, SILENCED)
    page = render(
        "check", nonce, package=result.package.name, source=result.package.source, shown=shown, ways=WAYS,
        choices=dict(choices or {"show": "markers", "keep": False}),
        verdict={"word": word, "hue": HUES[hue], "counts": counts},
        breaches=[_breach(result, verdict, targets, bool(nonce)) for verdict in verdicts if _found(result, verdict)],
        untested=[{"rule": verdict.rule.name, "missing": missing} for verdict in verdicts
                  for missing in dict.fromkeys(one.missing for one in verdict.untested)],
        judged=[_rule(verdict) for verdict in verdicts if verdict.status not in aside],
        others=[_rule(verdict) for verdict in verdicts if verdict.status in aside],
        claims=[{"number": row.number, "parent": row.parent, "word": CLAIM_MARKS[row.status][0],
                 "hue": HUES[CLAIM_MARKS[row.status][1]], "words": row.words, "because": row.because} for row in chart],
    )
    return page, targets


def _found(result: Result, verdict: Verdict) -> list[Finding]:
    return [finding for finding in result.findings if finding.rule is verdict.rule and finding.severity != INFO]


def _breach(result: Result, verdict: Verdict, targets: Targets, live: bool) -> dict[str, Any]:
    found = _found(result, verdict)
    is_error = any(finding.severity == ERROR for finding in found)
    return {
        "rule": verdict.rule.name, "why": verdict.rule.why, "fix": verdict.rule.fix,
        "word": "broken" if is_error else "warning", "hue": "bad" if is_error else "warn",
        "findings": [_finding(result, finding, targets, live) for finding in found[:MOST_FINDINGS]],
        "more": max(0, len(found) - MOST_FINDINGS),
    }


def _finding(result: Result, finding: Finding, targets: Targets, live: bool) -> dict[str, Any]:
    reading = finding.judged.reading
    places = dict.fromkeys((key, _place(result.package, key, reading.at, live)) for key in reading.where[:MOST_PLACES])
    return {
        "message": finding.message, "target": targets.add(result, reading.where),
        "places": [{"words": words, "target": targets.add(result, [key])} for key, words in places],
        "more": max(0, len(reading.where) - MOST_PLACES),
    }


def _place(package: Package, key: str, at: Optional[Point], live: bool) -> str:
    # A line of the text that KiCad handed over stands in no file that anybody could open.
    words = place_text(package, key, at)
    return words.partition(f", {package.source}:")[0] if live else words


def _rule(verdict: Verdict) -> dict[str, str]:
    mark, *cells = verdict_row(verdict)
    name, reading, limit, margin, corners = map(_words, cells)
    return {"word": _words(mark), "hue": HUES[mark[1]], "name": name, "reading": reading, "limit": limit, "margin": margin,
            "corners": corners, "title": verdict.rule.title}


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]
