"""Markdown for a comment on a merge request: the verdict first, what to mend, and the rest folded away."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...check import INFO, UNTESTED
from ...plain import one_line
from ..chart import chart_line
from ..finding import IS_BROKEN, IS_KEPT, Finding, Report, View, to_mend, total
from ..rows import verdict_row
from ..since import Since
from ..sketch import sketch
from ..studied import HEADING, study_rows
from ..table import Cell

_SIGNS = {IS_KEPT: "✅", IS_BROKEN: "❌"}  # whatever is neither is a question
_MARKS = re.compile(r"([\\`*_{}\[\]<>()#+!|~@$])")
_FINDINGS, _PLACES, _CHANGES = 5, 4, 10  # of each rule: a comment of a megabyte is refused


def write(reports: Sequence[Report], view: View) -> str:
    """A section for each file; after several a line on all of them."""
    parts = [part for report in reports for part in (_quiet(report) if view.quiet else _section(report))]
    if len(reports) > 1:
        word, counts = total(reports)
        parts.append(f"**{word.upper()}**: {counts}")
    return "\n\n".join(parts) + "\n"


def _quiet(report: Report) -> Iterator[str]:
    yield f"{_SIGNS.get(report.verdict, '❔')} **{report.verdict.upper()}** {_text(report.source)}: {_text(report.counts)}"


def _section(report: Report) -> Iterator[str]:
    name = report.result.package.name if report.result is not None else report.source
    yield f"### {_SIGNS.get(report.verdict, '❔')} {_text(name)}: {report.verdict.upper()}"
    yield f"{_text(report.source)}: {_text(report.counts)}"
    if report.since is not None:
        yield from _changed(report.since)
    if report.faults:
        yield "\n".join(f"- {_text(str(fault))}" for fault in report.faults)
    if report.not_read:
        yield "\n".join(f"- **not read**: {_text(one.spot.words())}: {_text(one.message)}" for one in report.not_read)
    for findings in to_mend(report.findings).values():
        yield _breach(findings)
    if report.drift:
        rows = "".join(f"\n| {_text(row.key)} | {_text(row.board)} | {_text(row.spec)} |" for row in report.drift)
        yield f"**Drift**\n\n| | board | package file |\n| --- | --- | --- |{rows}"
    yield from _picture(report)
    yield from _folded(report)
    if report.claims:
        yield _text(chart_line(report.claims))


def _changed(since: Since) -> Iterator[str]:
    yield f"_{_text(since.words)}_"
    for title, sign, rows in (("New", "🔴", since.new), ("Gone", "🟢", since.gone)):
        if rows:
            more = [f"- … and {len(rows) - _CHANGES} more"] if len(rows) > _CHANGES else []
            yield "\n".join([f"{sign} **{title}**", "", *(f"- {_text(row)}" for row in rows[:_CHANGES]), *more])
    if since.moved:
        table = "".join(f"\n| {_text(one.rule)} | {_text(one.before)} | {_text(one.now)} |" for one in since.moved)
        yield _details(f"{len(since.moved)} readings moved", f"| rule | before | now |\n| --- | --- | --- |{table}")


def _picture(report: Report) -> Iterator[str]:
    """The section in letters: a comment takes no drawing that came with it."""
    lines = sketch(report.result.package) if report.result is not None else ""
    if lines:
        # No word of a file can end the block: three backticks are in no name.
        yield _details("Section through the tallest tower, not to scale", f"```text\n{lines.replace('`', chr(39))}\n```")


def _breach(findings: Sequence[Finding]) -> str:
    first = findings[0]
    lines = [f"**{first.rule}** ({first.severity}): {_text(first.title)}", ""]
    for one in findings[:_FINDINGS]:
        places = ", ".join(_text(spot.words()) for spot in one.places[:_PLACES])
        more = f" and {len(one.places) - _PLACES} more" if len(one.places) > _PLACES else ""
        note = f" ({_text(one.note)})" if one.note else ""
        lines.append(f"- {_text(one.read)}, limit {_text(one.limit)}{note}: {places}{more}")
        lines += [f"  - in numbers: {_text(number)}" for number in one.numbers]
    if len(findings) > _FINDINGS:
        lines.append(f"- … and {len(findings) - _FINDINGS} more")
    return "\n".join([*lines, "", f"  _Fix_: {_text(first.fix)}"])


def _folded(report: Report) -> Iterator[str]:
    """Every margin, what was noted and what was not checked, behind a line to open."""
    if report.result is None:
        return
    rows = [verdict_row(verdict) for verdict in report.result.verdicts if verdict.judged]
    table = "".join(f"\n| {' | '.join(_text(_words(cell)) for cell in row)} |" for row in rows)
    yield _details(f"Readings of {len(rows)} rules",
                   f"| | rule | reading | limit | margin | at the corners |\n| --- | --- | --- | --- | --- | --- |{table}")
    if report.study is not None:
        head = f"\n\n| {' | '.join(HEADING)} |\n|{' --- |' * len(HEADING)}"
        cells = "".join(f"\n| {' | '.join(_text(_words(cell)) for cell in row)} |" for row in study_rows(report.study))
        title = f"Tolerance study of {len(report.study.rows)} readings"
        yield _details(title, _text(report.study.assumed.said) + head + cells)
    noted = [f"- {one.rule}: {_text(one.message)}" for one in report.findings if one.severity == INFO]
    if noted:
        yield _details(f"{len(noted)} noted", "\n".join(noted))
    missing = [f"- {verdict.rule.name}: {_text(one)}" for verdict in report.result.verdicts if verdict.status == UNTESTED
               for one in dict.fromkeys(each.missing for each in verdict.untested)]
    if missing:
        yield _details(f"{len(missing)} not checked", "\n".join(missing))


def _details(title: str, inner: str) -> str:
    return f"<details><summary>{title}</summary>\n\n{inner}\n\n</details>"


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]


def _text(words: str) -> str:
    """Words from a file as words: neither mark-up nor a mention of somebody."""
    return _MARKS.sub(r"\\\1", one_line(words)).replace("\\@", "@\u200b")


as_words, folded = _text, _details  # for other writers of Markdown
