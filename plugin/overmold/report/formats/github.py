"""Annotations of GitHub Actions: lines that its log turns into notes beside the changed lines of a pull request.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions says how they are written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

from ...check import INFO
from ...plain import one_line
from ..finding import Report, View, total
from ..not_read import RULE
from ..places import Spot
from .text import closing_line

_LEVELS = {INFO: "notice"}  # errors and warnings are called so here too
_IN_MESSAGE = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_IN_PROPERTY = {**_IN_MESSAGE, ":": "%3A", ",": "%2C"}


def write(reports: Sequence[Report], view: View) -> str:
    """Every breach as a line of its own, then a closing line for each file."""
    lines = [] if view.quiet else [line for report in reports for line in _lines(report)]
    lines += [f"{one_line(report.source)}  {closing_line(report)}" for report in reports]
    if len(reports) > 1:
        word, counts = total(reports)
        lines.append(f"{word.upper()}: {counts}")
    return "\n".join(lines) + "\n"


def _lines(report: Report) -> Iterator[str]:
    for fault in report.faults:
        where = Spot(text="", file=fault.file, line=fault.line, column=fault.column)
        yield _line("error", report, where, "cannot be read", fault.message)
    for one in report.not_read:
        yield _line("error", report, one.spot, RULE, f"{one.spot.text}: {one.message}")
    for finding in report.findings:
        place = next(iter(finding.places), None)
        others = "".join(f"\n{spot.words()}" for spot in finding.places[:8])
        yield _line(_LEVELS.get(finding.severity, finding.severity), report, place, finding.rule,
                    f"{finding.message}{others}\nfix: {finding.whole_fix}")
    for row in report.drift:
        yield _line("warning", report, None, "drift", str(row))
    if report.result is not None:
        missing = [f"{verdict.rule.name}: {one.missing}" for verdict in report.result.verdicts for one in verdict.untested]
        if missing:
            yield _line("notice", report, None, "not checked", "\n".join(dict.fromkeys(missing)))


def _line(level: str, report: Report, spot: Optional[Spot], title: str, message: str) -> str:
    file = spot.file if spot is not None and spot.file else report.source
    named = {"file": file, **({"line": spot.line, "col": spot.column} if spot is not None and spot.line else {}),
             "title": f"Overmold: {title}"}
    words = ",".join(f"{name}={_escaped(one_line(str(value)), _IN_PROPERTY)}" for name, value in named.items())
    return f"::{level} {words}::{_escaped(chr(10).join(map(one_line, message.split(chr(10)))), _IN_MESSAGE)}"


def _escaped(text: str, marks: dict[str, str]) -> str:
    return "".join(marks.get(one, one) for one in text)
