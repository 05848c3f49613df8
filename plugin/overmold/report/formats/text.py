"""The report for a terminal: breaches first, then the margins of every rule, then what could not be checked."""

from __future__ import annotations

from collections.abc import Sequence

from ...check import BROKEN, INFO, NOT_APPLICABLE, SILENCED, Result
from ...plain import one_line
from ..chart import chart_line
from ..finding import HUES, IS_UNREADABLE, Finding, Report, View, to_mend, total
from ..gaps import gaps_text, height_text
from ..rows import change_text, verdict_row
from ..table import columns, listed, paint

_PLACES = 8   # places of one breach that are told
_NAMED = 3    # rules that lack one and the same datum
_LISTED = 20  # breaches of one rule that are told one by one; the rest are counted (JSON has all)


def write(reports: Sequence[Report], view: View) -> str:
    """Each report with its closing line; after several every closing line again, and one on them all."""
    told = [report for report in reports if report.verdict != IS_UNREADABLE or view.faults]
    if view.quiet:
        blocks = []
    else:
        blocks = ["\n".join(map(str, one.faults)) if one.result is None else report_text(one, one.result, view)
                  for one in told]
    if len(reports) > 1:
        width = max(len(one_line(one.source)) for one in reports)
        blocks.append("\n".join(f"{one_line(one.source):<{width}}  {closing_line(one, view.colour)}" for one in reports))
        word, counts = total(reports)
        blocks.append(f"{paint(word.upper(), HUES[word], view.colour)}: {counts}")
    elif view.quiet:
        blocks = [closing_line(one, view.colour) for one in told]
    return "\n\n".join(blocks) + "\n" if blocks else ""


def report_text(report: Report, result: Result, view: View) -> str:
    """The whole report on one file."""
    colour = view.colour
    shown = [verdict for verdict in result.verdicts if view.every or verdict.status != NOT_APPLICABLE]
    rows = [verdict_row(verdict) for verdict in shown]
    noted = [f"{one.rule}: {one.message}" for one in report.findings if one.severity == INFO]
    silenced = [f"{one.rule.name}: {one.rule.silenced_because}" for one in result.verdicts if one.status == SILENCED]
    blocks = [
        paint(f"{result.package.name}  ", "bold", colour) + one_line(report.source),
        *([f"Settings: {report.settings.words}"] if report.settings is not None else []),
        *_since(report, colour),
        *_listed("Not read (whatever needs it is not checked)",
                 [f"{one.spot.words()}: {one.message}" for one in report.not_read], colour),
        columns([("", "rule", "reading", "limit", "margin", "at the corners"), *rows], colour),
        *filter(None, [gaps_text(result.package, colour), height_text(result.package)]),
        *_study(report, colour),
        *_breaches(report, colour),
        *_listed("Noted (what the design is not; no fault)", noted, colour),
        *_listed("Not checked", _missing(result), colour),
        *_listed("Silenced", silenced, colour),
        *_listed("Taken for nothing", list(map(one_line, result.package.remarks)), colour),
        *_changed(result, colour),
        *_listed("Board and package file have drifted apart", [str(row) for row in report.drift], colour),
        chart_line(report.claims),
        closing_line(report, colour),
    ]
    return "\n\n".join(blocks)


def _study(report: Report, colour: bool) -> list[str]:
    """The study, where one was asked for; what writes it is imported then."""
    if report.study is None:
        return []
    from ..studied import study_text

    return [study_text(report.study, colour)]


def _since(report: Report, colour: bool) -> list[str]:
    """What changed since the earlier report that was given."""
    if report.since is None:
        return []
    words = f"Since{report.since.words[5:]}"
    rows = [*(f"new: {one}" for one in report.since.new), *(f"gone: {one}" for one in report.since.gone),
            *(f"{one.rule}: {one.before} -> {one.now}" for one in report.since.moved)]
    return _listed(words, list(map(one_line, rows)), colour) or [words]


def closing_line(report: Report, colour: bool = False) -> str:
    """The verdict, and how many rules came out how."""
    return f"{paint(report.verdict.upper(), report.hue, colour)}: {report.counts}"


def _breaches(report: Report, colour: bool) -> list[str]:
    found = to_mend(report.findings)
    blocks = []
    for verdict in report.result.verdicts if report.result is not None else ():
        findings = found.get(verdict.rule.name, [])
        if not findings:
            continue
        lines = [paint(verdict.rule.name, "red" if verdict.status == BROKEN else "yellow", colour)]
        for finding in findings[:_LISTED]:
            lines += _sentence(finding)
        if len(findings) > _LISTED:
            lines.append(f"  … and {len(findings) - _LISTED} more (--format json lists all)")
        lines += [f"  why: {one_line(findings[0].why)}", f"  fix: {one_line(findings[0].fix)}"]
        blocks.append("\n".join(lines))
    return blocks


def _sentence(finding: Finding) -> list[str]:
    places = dict.fromkeys(spot.words() for spot in finding.places[:_PLACES])
    more = len(finding.places) - _PLACES
    return [f"  {finding.severity}: {one_line(finding.message)}", *(f"    {place}" for place in places),
            *([f"    … and {more} more"] if more > 0 else []), *(f"    in numbers: {one_line(one)}" for one in finding.numbers)]


def _missing(result: Result) -> list[str]:
    """What keeps rules from being judged, once each with the rules that want it."""
    wanted: dict[str, dict[str, None]] = {}
    for verdict in result.verdicts:
        for one in verdict.untested:
            wanted.setdefault(one.missing, {})[verdict.rule.name] = None
    more = {said: f" and {len(rules) - _NAMED} more rules" if len(rules) > _NAMED else "" for said, rules in wanted.items()}
    return [f"{', '.join(list(rules)[:_NAMED])}{more[said]}: {said}" for said, rules in wanted.items()]


def _changed(result: Result, colour: bool) -> list[str]:
    changed: dict[str, list[str]] = {}
    for verdict in result.verdicts:
        if verdict.rule.changed_because and verdict.status != SILENCED:
            changed.setdefault(verdict.rule.changed_by, []).append(f"{verdict.rule.name}: {change_text(verdict.rule)}")
    return [block for deck, lines in changed.items() for block in _listed(f"Changed by {deck}", lines, colour)]


def _listed(title: str, lines: Sequence[str], colour: bool) -> list[str]:
    told = list(dict.fromkeys(lines))
    more = [f"… and {len(told) - 2 * _LISTED} more (--format json lists all)"] if len(told) > 2 * _LISTED else []
    return [listed(title, [*told[:2 * _LISTED], *more], colour)] if told else []
