"""Markdown for a comment on a merge request: the verdict first, what to mend, and the rest folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...check import INFO, UNTESTED
from ...plain import one_line
from ..chart import chart_line
from ..finding import IS_BROKEN, IS_KEPT, Finding, Report, View, to_mend, total
from ..rows import verdict_row
from ..studied import HEADING, study_rows
from ..table import Cell

_SIGNS = {IS_KEPT: "✅", IS_BROKEN: "❌"}  # whatever is neither is a question
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~@$])")
_FINDINGS, _PLACES = 5, 4  # of each rule: a comment of a megabyte is refused


def write(reports: Sequence[Report], view: View) -> str:
    """A section for each file; after several a line on all of them."""
    parts = [part for report in reports for part in (_quiet(report) if view.quiet else _section(report))]
    if len(reports) > 1:
        word, counts = total(reports)
        parts.append(f"**{word.upper()}**: {counts}")
    return "\n\n".join(parts) + "\n"


def _quiet(report: Report) -> Iterator[str]:
    sign = _SIGNS.get(report.verdict, "❔")
    yield f"{sign} **{report.verdict.upper()}** {as_words(report.source)}: {as_words(report.counts)}"


def _section(report: Report) -> Iterator[str]:
    name = report.result.package.name if report.result is not None else report.source
    yield f"### {_SIGNS.get(report.verdict, '❔')} {as_words(name)}: {report.verdict.upper()}"
    yield f"{as_words(report.source)}: {as_words(report.counts)}"
    if report.faults:
        yield "\n".join(f"- {as_words(str(fault))}" for fault in report.faults)
    if report.not_read:
        yield "\n".join(f"- **not read**: {as_words(one.spot.words())}: {as_words(one.message)}" for one in report.not_read)
    for findings in to_mend(report.findings).values():
        yield _breach(findings)
    if report.drift:
        rows = "".join(f"\n| {as_words(row.key)} | {as_words(row.board)} | {as_words(row.spec)} |" for row in report.drift)
        yield f"**Drift**\n\n| | board | package file |\n| --- | --- | --- |{rows}"
    yield from _folded(report)
    if report.claims:
        yield as_words(chart_line(report.claims))


def _breach(findings: Sequence[Finding]) -> str:
    first = findings[0]
    lines = [f"**{first.rule}** ({first.severity}): {as_words(first.title)}", ""]
    for one in findings[:_FINDINGS]:
        places = ", ".join(as_words(spot.words()) for spot in one.places[:_PLACES])
        more = f" and {len(one.places) - _PLACES} more" if len(one.places) > _PLACES else ""
        note = f" ({as_words(one.note)})" if one.note else ""
        lines.append(f"- {as_words(one.read)}, limit {as_words(one.limit)}{note}: {places}{more}")
        lines += [f"  - in numbers: {as_words(number)}" for number in one.numbers]
    if len(findings) > _FINDINGS:
        lines.append(f"- … and {len(findings) - _FINDINGS} more")
    return "\n".join([*lines, "", f"  _Fix_: {as_words(first.fix)}"])


def _folded(report: Report) -> Iterator[str]:
    """Every margin, what was noted and what was not checked, behind a line to open."""
    if report.result is None:
        return
    rows = [verdict_row(verdict) for verdict in report.result.verdicts if verdict.judged]
    table = "".join(f"\n| {' | '.join(as_words(_words(cell)) for cell in row)} |" for row in rows)
    yield folded(f"Readings of {len(rows)} rules",
                   f"| | rule | reading | limit | margin | at the corners |\n| --- | --- | --- | --- | --- | --- |{table}")
    if report.study is not None:
        head = f"\n\n| {' | '.join(HEADING)} |\n|{' --- |' * len(HEADING)}"
        cells = "".join(f"\n| {' | '.join(as_words(_words(cell)) for cell in row)} |" for row in study_rows(report.study))
        title = f"Tolerance study of {len(report.study.rows)} readings"
        yield folded(title, as_words(report.study.assumed.said) + head + cells)
    noted = [f"- {one.rule}: {as_words(one.message)}" for one in report.findings if one.severity == INFO]
    if noted:
        yield folded(f"{len(noted)} noted", "\n".join(noted))
    missing = [f"- {verdict.rule.name}: {as_words(one)}" for verdict in report.result.verdicts if verdict.status == UNTESTED
               for one in dict.fromkeys(each.missing for each in verdict.untested)]
    if missing:
        yield folded(f"{len(missing)} not checked", "\n".join(missing))


def folded(title: str, inner: str) -> str:
    """A block behind a line to open."""
    return f"<details><summary>{title}</summary>\n\n{inner}\n\n</details>"


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def as_words(words: str) -> str:
    """Words from a file as words: neither mark-up nor a mention of somebody."""
    return _MARKS.sub(r"\\\1", one_line(words)).replace("\\@", "@\u200b")
