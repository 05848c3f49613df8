"""The report for a terminal: breaches first, then the margins of every rule, then what could not be put to the test."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..check import (
    BROKEN,
    INFO,
    KEPT,
    NOT_APPLICABLE,
    NOTED,
    SILENCED,
    UNTESTED,
    WARNED,
    Finding,
    Result,
    Verdict,
    limits_text,
)
from ..claims import MET, NOT_MET, ClaimRow
from ..package import Package
from ..units import COUNT, FLAG, LENGTH, RATIO, Kind, Number, show
from .gaps import gaps_text
from .places import place_text
from .table import Cell, columns, paint

if TYPE_CHECKING:
    from ..compare import Drift

MARKS = {KEPT: ("kept", "green"), BROKEN: ("BROKEN", "red"), WARNED: ("warning", "yellow"),
          NOTED: ("noted", "grey"),
          UNTESTED: ("untested", "yellow"), NOT_APPLICABLE: ("n/a", "grey"), SILENCED: ("silenced", "grey")}
CLAIM_MARKS = {MET: ("met", "green"), NOT_MET: ("NOT MET", "red"), UNTESTED: ("untested", "yellow"),
                NOT_APPLICABLE: ("n/a", "grey")}
_PLACES = 8   # places of one breach that are told
_LISTED = 20  # breaches of one rule that are told one by one; the rest are counted (JSON has all)


def text_report(result: Result, chart: Sequence[ClaimRow], drifted: Sequence[Drift], colour: bool = False,
                every: bool = False) -> str:
    """The whole report; ``every`` also lists rules that have nothing to judge."""
    package = result.package
    shown = [verdict for verdict in result.verdicts if every or verdict.status != NOT_APPLICABLE]
    rows = [verdict_row(verdict) for verdict in shown]
    blocks = [
        paint(f"{package.name}  ", "bold", colour) + package.source,
        columns([("", "rule", "reading", "limit", "margin", "at the corners"), *rows], colour),
        *filter(None, [gaps_text(package, colour)]),
        *_breaches(result, colour),
        *_listed("Noted (what the design is not; no fault)", [f"{finding.rule.name}: {finding.message}"
                                                              for finding in result.findings if finding.severity == INFO],
                 colour),
        *_listed("Not put to the test", [f"{verdict.rule.name}: {one.missing}" for verdict in result.verdicts
                                         for one in verdict.untested], colour),
        *_listed("Silenced", [f"{verdict.rule.name}: {verdict.rule.silenced_because}" for verdict in result.verdicts
                              if verdict.status == SILENCED], colour),
        *_listed("Changed by a deck of your own", [
            f"{verdict.rule.name}: {limits_text(verdict.rule.limits, verdict.kind)}, {verdict.rule.severity}: "
            f"{verdict.rule.changed_because}" for verdict in result.verdicts
            if verdict.rule.changed_because and verdict.status != SILENCED], colour),
        *_listed("Board and package file have drifted apart", [str(row) for row in drifted], colour),
        chart_line(chart),
        summary(result, colour),
    ]
    return "\n\n".join(blocks) + "\n"


def verdict_row(verdict: Verdict) -> tuple[Cell, ...]:
    """One rule's row: verdict with its hue, name, reading, limit, margin, at the corners."""
    word, hue = MARKS[verdict.status]
    worst = verdict.worst
    if worst is None:
        return ((word, hue), verdict.rule.name, "", limits_text(verdict.rule.limits, verdict.kind), "", "")
    reading = worst.reading
    low, high = _number(reading.low, verdict.kind), _number(reading.high, verdict.kind)
    corners = "" if reading.low == reading.high else f"{low} … {high}"
    margin = "" if verdict.kind in (FLAG, COUNT) else _number(worst.margin, verdict.kind)
    if margin and worst.on_limit:
        margin = "on the limit"
    return ((word, hue), verdict.rule.name, _number(reading.value, verdict.kind),
            limits_text(verdict.rule.limits, verdict.kind), margin, corners)


def _number(value: Number, kind: Kind) -> str:
    # A billion stands for "no bound": the gap closes at that corner.
    if kind is RATIO and value >= 10**9:
        return "no bound"
    # Of a millimetre or more nobody reads the nanometres; JSON has them.
    return show(round(int(value), -2) if kind is LENGTH and abs(int(value)) >= 10**6 else value, kind)


def _breaches(result: Result, colour: bool) -> list[str]:
    blocks = []
    for verdict in result.verdicts:
        found = [finding for finding in result.findings if finding.rule is verdict.rule and finding.severity != INFO]
        if not found:
            continue
        hue = "red" if verdict.status == BROKEN else "yellow"
        lines = [paint(f"{verdict.rule.name}", hue, colour)]
        lines += [f"  {finding.severity}: {_sentence(result.package, finding)}" for finding in found[:_LISTED]]
        if len(found) > _LISTED:
            lines.append(f"  … and {len(found) - _LISTED} more (--format json lists all)")
        lines += [f"  why: {verdict.rule.why}", f"  fix: {verdict.rule.fix}"]
        blocks.append("\n".join(lines))
    return blocks


def _sentence(package: Package, finding: Finding) -> str:
    reading = finding.judged.reading
    places = [place_text(package, key, reading.at) for key in reading.where[:_PLACES]]
    more = len(reading.where) - _PLACES
    return "\n    ".join([finding.message, *dict.fromkeys(places), *([f"… and {more} more"] if more > 0 else [])])


def _listed(title: str, lines: Sequence[str], colour: bool) -> list[str]:
    told = list(dict.fromkeys(lines))
    more = [f"  … and {len(told) - 2 * _LISTED} more (--format json lists all)"] if len(told) > 2 * _LISTED else []
    rows = [f"  {line}" for line in told[:2 * _LISTED]]
    return ["\n".join([paint(title, "bold", colour), *rows, *more])] if told else []


def chart_line(chart: Sequence[ClaimRow]) -> str:
    """The claim chart in one line: ``Claims: met 1-5, 15-20; not applicable 6-14``."""
    parts = []
    for status in (MET, NOT_MET, UNTESTED, NOT_APPLICABLE):
        numbers = [row.number for row in chart if row.status == status]
        if numbers:
            parts.append(f"{status} {_ranges(numbers)}")
    return "Claims: " + "; ".join(parts)


def _ranges(numbers: Sequence[int]) -> str:
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)


def summary(result: Result, colour: bool = False) -> str:
    """The last line: the verdict, and how many rules came out how."""
    word, hue, counts = verdict_of(result)
    return f"{paint(word, hue, colour)}: {counts}"


def verdict_of(result: Result) -> tuple[str, str, str]:
    """The verdict in a word, its hue, and how many rules came out how.

    Green is for a package with every rule put to the test and no warning; KEPT with less than that is yellow.
    """
    count = {status: sum(verdict.status == status for verdict in result.verdicts) for status in MARKS}
    said = [f"{count[KEPT]} rules kept"]
    said += [f"{result.errors} error{'s' * (result.errors != 1)}"] if result.errors else []
    said += [f"{result.warnings} warning{'s' * (result.warnings != 1)}"] if result.warnings else []
    said += [f"{count[status]} {status}" for status in (NOTED, UNTESTED, SILENCED, NOT_APPLICABLE) if count[status]]
    word = "BROKEN" if result.errors else "KEPT" if count[KEPT] else "NOTHING JUDGED"
    clean = word == "KEPT" and not (result.warnings or count[UNTESTED])
    return word, "red" if result.errors else "green" if clean else "yellow", ", ".join(said)


def chart_text(package: Package, chart: Sequence[ClaimRow], colour: bool = False) -> str:
    """The claim chart, one row a claim."""
    rows: list[tuple[Cell, ...]] = [("claim", "", "asks for", "because")]
    for row in chart:
        name = f"{row.number}" + (f" (on {row.parent})" if row.parent is not None else "")
        rows.append((name, CLAIM_MARKS[row.status], row.words, row.because))
    return paint(f"{package.name}  ", "bold", colour) + f"{package.source}\n\n{columns(rows, colour)}\n"
