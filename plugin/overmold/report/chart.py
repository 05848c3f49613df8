"""The claim chart, as a table and in one line."""

from __future__ import annotations

from collections.abc import Sequence

from ..check import NOT_APPLICABLE, UNTESTED
from ..claims import MET, NOT_MET, ClaimRow
from ..package import Package
from ..plain import one_line
from .table import Cell, columns, paint

CLAIM_MARKS = {MET: ("met", "green"), NOT_MET: ("NOT MET", "red"), UNTESTED: ("not checked", "yellow"),
               NOT_APPLICABLE: (NOT_APPLICABLE, "grey")}


def chart_text(package: Package, chart: Sequence[ClaimRow], colour: bool = False) -> str:
    """The claim chart, one row a claim."""
    rows: list[tuple[Cell, ...]] = [("claim", "", "asks for", "because")]
    for row in chart:
        name = f"{row.number}" + (f" (on {row.parent})" if row.parent is not None else "")
        rows.append((name, CLAIM_MARKS[row.status], row.words, row.because))
    return f"{paint(f'{package.name}  ', 'bold', colour)}{one_line(package.source)}\n\n{columns(rows, colour)}\n"


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
