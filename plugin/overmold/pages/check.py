"""The page of a check: the board as drawn, the verdict, what to mend, every rule's number and margin, the claims."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ..check import BROKEN, NOT_APPLICABLE, NOTED, SILENCED, UNTESTED, WARNED, Verdict
from ..report.chart import CLAIM_MARKS
from ..report.finding import Report
from ..report.rows import change_text, verdict_row
from ..report.table import Cell
from .drawn import pictures
from .findings import Asked, Targets, listed, unread
from .judged_by import judged_by
from .panels import listed as listed_panels
from .panels import made
from .render import Own, in_script, own, render, three
from .standing import Standing
from .view import view_of
from .wiring import wiring

HUES = {"green": "good", "red": "bad", "yellow": "warn", "grey": "idle"}
MOST_MISSING = 200
_ORDER = {BROKEN: 0, WARNED: 1, UNTESTED: 2}
WAYS = (("selection", "a selection"), ("markers", "markers in KiCad's list of violations (an undo step each)"))


def check_page(report: Report, nonce: str = "", shown: str = "", choices: Mapping[str, Any] | None = None,
               standing: Mapping[str, Any] | None = None, *, asked: Asked | None = None, targets: Targets | None = None,
               judging: Mapping[str, Any] | None = None, seen: bool = True) -> tuple[str, Targets]:
    """The page, and what its buttons point at. Without a nonce the page stands for itself: it has no buttons, and all there is.

    ``shown`` says what has been done in KiCad; ``choices`` are ``show`` (one of WAYS) and ``keep``; ``standing`` is how the
    verdict stands (``Standing.data``), with ``has_list``: whether this KiCad has a list that takes markers. ``asked`` is
    what is wanted of the findings; ``targets`` are those of a page made before, which grow; ``judging`` is ``judged_by``;
    ``seen``: with the data of the views, which a page that is only filtered has already.
    """
    targets, live = targets or Targets(), bool(nonce)
    asked = asked or Asked(everything=not live)
    assert report.result is not None
    package = report.result.package
    verdicts = sorted(report.result.verdicts, key=lambda verdict: _ORDER.get(verdict.status, 3))
    aside = (NOT_APPLICABLE, SILENCED)
    untested = _untested(verdicts)
    most = len(untested) if asked.everything else MOST_MISSING
    page = render(
        "check", nonce, _scripts(live), package=package.name, source=report.source, shown=shown, ways=WAYS,
        pictures=pictures(report), **_looks(report, seen), **_panels(report, live), judged=judging or judged_by(report),
        choices=dict(choices or {"show": "selection", "keep": False}),
        standing={"has_list": True, **(standing or Standing().data)},
        verdict={"word": report.verdict.upper(), "hue": HUES[report.hue], "counts": report.counts},
        noted=any(verdict.status == NOTED for verdict in verdicts), asked=asked,
        unread=unread(report, asked, targets, live), unread_count=len(report.not_read),
        found=listed(report, asked, targets, live), untested=untested[:most], untested_more=max(0, len(untested) - most),
        remarks=package.remarks,
        rules_judged=[_rule(verdict) for verdict in verdicts if verdict.status not in aside],
        others=[_rule(verdict) for verdict in verdicts if verdict.status in aside],
        changed=[{"rule": verdict.rule.name, "by": verdict.rule.changed_by, "words": change_text(verdict.rule)}
                 for verdict in verdicts if verdict.rule.changed_because or verdict.rule.silenced_because],
        explained=_explained(verdicts, report, live),
        claims=[{"number": row.number, "parent": row.parent, "word": CLAIM_MARKS[row.status][0],
                 "hue": HUES[CLAIM_MARKS[row.status][1]], "words": row.words, "because": row.because} for row in report.claims],
        **wiring(package),
    )
    return page, targets


def _explained(verdicts: list[Verdict], report: Report, live: bool) -> list[dict[str, str]]:
    """Every rule of the page; what it says in full is asked for when somebody opens it, unless the page stands alone."""
    texts = {}
    if not live:
        from .explained import explained  # which no press waits for

        texts = explained(report)
    return [{"rule": verdict.rule.name, "title": verdict.rule.title, "text": texts.get(verdict.rule.name, "")}
            for verdict in verdicts]


def _scripts(live: bool) -> tuple[Own, ...]:
    return (three(),) if live else (three(), own("check_alone.js"))


def _looks(report: Report, seen: bool) -> dict[str, Any]:
    """What the views are drawn from."""
    data = view_of(report) if seen else None
    return {"seen": in_script(data), "looks": data is not None, "view_script": own("view.js")}


def _panels(report: Report, live: bool) -> dict[str, Any]:
    """What other rooms show. A page that stands alone leaves out those that have nothing to say."""
    found = listed_panels() if live else [made(one.name, report, alone=True) for one in listed_panels()]
    return {"panels": [one for one in found if live or not one.is_empty], "panel_script": own("panels.js"),
            "in_script": in_script}


def _untested(verdicts: list[Verdict]) -> list[dict[str, Any]]:
    """What keeps rules from being judged, once each, with the rules that want it."""
    wanted: dict[str, dict[str, None]] = {}
    for verdict in verdicts:
        for one in verdict.untested:
            wanted.setdefault(one.missing, {})[verdict.rule.name] = None
    return [{"missing": missing, "rules": list(rules)} for missing, rules in wanted.items()]


def _rule(verdict: Verdict) -> dict[str, str]:
    mark, *cells = verdict_row(verdict)
    name, reading, limit, margin, corners = map(_words, cells)
    return {"word": _words(mark), "hue": HUES[mark[1]], "name": name, "reading": reading, "limit": limit, "margin": margin,
            "corners": corners, "title": verdict.rule.title}


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]
