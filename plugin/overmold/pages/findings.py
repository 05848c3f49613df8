"""The findings of a report as a page lists them: a group for each rule, those that were asked for, few of very many."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ..check import ERROR, INFO, WARNING
from ..plain import one_line
from ..report.finding import Finding, Report
from ..report.not_read import NotRead
from ..report.places import Spot

if TYPE_CHECKING:
    from markupsafe import Markup

MOST_FINDINGS, MOST_PLACES = 50, 8
MOST_IN_FULL = 1000  # findings of a rule that a page which stands for itself tells with file and line; of more it would be slow
# A finding of ten thousand balls is shown by some of them.
MOST_SELECTED = 500
OPEN_UP_TO = 12  # findings on a page on which no list need be opened by hand
WORDS = {ERROR: ("broken", "bad"), WARNING: ("warning", "warn"), INFO: ("noted", "idle")}


@dataclass(frozen=True)
class Asked:
    """What of the findings is wanted: those that have ``words`` in what they say or where they are, of this ``severity`` ("" is
    any); of the rules in ``whole`` all of them, of others the first; ``everything`` is all of every rule."""

    words: str = ""
    severity: str = ""
    whole: frozenset[str] = frozenset()
    everything: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing is left out by what was asked."""
        return not self.words.strip() and not self.severity

    @staticmethod
    def of(data: Mapping[str, Any]) -> Asked:
        """As a page asks."""
        whole = data.get("whole")
        return Asked(str(data.get("words", ""))[:200], str(data.get("severity", "")),
                     frozenset(map(str, whole)) if isinstance(whole, list) else frozenset(), bool(data.get("everything")))


@dataclass
class Targets:
    """What can be clicked: a number for each list of uuids, the same for the same however often the page is made."""

    uuids: list[tuple[str, ...]] = field(default_factory=list)
    numbers: dict[tuple[str, ...], int] = field(default_factory=dict)

    def add(self, spots: Sequence[Spot]) -> int:
        """The number under which these parts can be shown in KiCad."""
        found = tuple(dict.fromkeys(uuid for spot in spots[:MOST_SELECTED] for uuid in spot.shown))[:MOST_SELECTED]
        if found not in self.numbers:
            self.numbers[found] = len(self.uuids)
            self.uuids.append(found)
        return self.numbers[found]


@dataclass(frozen=True)
class Listed:
    """The groups of a page; ``shown`` of ``count`` findings are what was asked for."""

    groups: tuple[dict[str, Any], ...]
    shown: int
    count: int


def listed(report: Report, asked: Asked, targets: Targets, live: bool) -> Listed:
    """Every rule with findings that were asked for, errors first."""
    by_rule: dict[tuple[str, str], list[Finding]] = {}
    for finding in report.findings:
        by_rule.setdefault((finding.rule, INFO if finding.severity == INFO else ""), []).append(finding)
    wanted = asked.words.strip().casefold()
    groups, shown = [], 0
    for found in by_rule.values():
        kept = [one for one in found if asked.severity in ("", one.severity) and _has(one, wanted)]
        shown += len(kept)
        if kept:
            groups.append(_group(found, kept, asked, targets, live))
    is_short = shown <= OPEN_UP_TO
    for before, group in zip([None, *groups], groups):
        group["open"] = is_short or not live or group["rule"] in asked.whole
        group["first_noted"] = group["severity"] == INFO and (before is None or before["severity"] != INFO)
    return Listed(tuple(groups), shown, len(report.findings))


def unread(report: Report, asked: Asked, targets: Targets, live: bool) -> list[dict[str, Any]]:
    """What could not be read; it stands on every page, however it is filtered."""
    most = len(report.not_read) if asked.everything else MOST_FINDINGS
    return [_unread(one, targets, live) for one in report.not_read[:most]]


def _has(finding: Finding, wanted: str) -> bool:
    return not wanted or wanted in finding.message.casefold() or wanted in finding.rule or any(
        wanted in spot.key.casefold() or wanted in spot.text.casefold() for spot in finding.places)


def _group(found: Sequence[Finding], kept: Sequence[Finding], asked: Asked, targets: Targets, live: bool) -> dict[str, Any]:
    first = kept[0]
    word, hue = WORDS[first.severity]
    most = len(kept) if asked.everything or first.rule in asked.whole else MOST_FINDINGS
    is_brief = not live and len(kept) > MOST_IN_FULL
    kinds = {WORDS[one.severity][0] for one in kept}
    return {
        "rule": first.rule, "title": first.title, "severity": first.severity, "word": word, "hue": hue, "mixed": len(kinds) > 1,
        "why": first.why, "fix": first.fix, "limit": first.limit, "worst": first.read,
        "count": len(found), "matched": len(kept),
        "brief": _brief(kept) if is_brief else "",
        "findings": [] if is_brief else [_finding(one, targets, live) for one in kept[:most]], "more": max(0, len(kept) - most),
    }


def _brief(kept: Sequence[Finding]) -> Markup:
    """Thousands of one rule, whose title and limit stand over them: what was read, and the places."""
    from markupsafe import Markup, escape

    rows = []
    for one in kept:
        places = ", ".join(f"<a href=#view data-key>{escape(one_line(spot.key))}</a>" for spot in one.places[:MOST_PLACES])
        more = f" and {len(one.places) - MOST_PLACES} more" if len(one.places) > MOST_PLACES else ""
        rows.append(f"<li>{escape(one.read)}{f' ({escape(one.note)})' if one.note else ''}: {places}{more}</li>\n")
    return Markup("".join(rows))


def _finding(finding: Finding, targets: Targets, live: bool) -> dict[str, Any]:
    # A line of the text that KiCad handed over stands in no file that anybody could open.
    places = dict.fromkeys((spot, spot.words(with_line=not live)) for spot in finding.places[:MOST_PLACES])
    word, hue = WORDS[finding.severity]
    return {
        "message": finding.message, "target": targets.add(finding.places), "word": word, "hue": hue,
        "places": [{"words": words, **_led(spot, targets)} for spot, words in places],
        "more": max(0, len(finding.places) - MOST_PLACES), "numbers": finding.numbers,
    }


def _unread(one: NotRead, targets: Targets, live: bool) -> dict[str, Any]:
    return {"message": one.message, "words": one.spot.words(with_line=not live), **_led(one.spot, targets)}


def _led(spot: Spot, targets: Targets) -> dict[str, Any]:
    """What leads to a place: in KiCad by its number, on the page by its key, or by where it was read."""
    return {"target": targets.add([spot]), "key": spot.key, "at": spot.at}
