"""What tolerances make of the readings: the study where one was asked for, and the window of t2 over t1."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ...pictures.window import gap_window
from ...report.studied import HEADING, study_rows
from ...report.table import Cell
from ...study import assumptions_of, study
from ..drawn import address
from . import Panel, fragment

if TYPE_CHECKING:
    from ...report.finding import Report

_SAMPLES = 50_000  # of a page: so many take no time, and twenty times as many change the third digit


def panel(report: Report) -> Panel | str:
    """The study and the window; in words where the package has no tolerance."""
    result = report.result
    if result is None:
        return ""
    rules = [one.rule for one in result.verdicts if one.judged and not one.rule.silenced_because]
    assumed = assumptions_of(result.package.tolerances, _SAMPLES)
    found = report.study or study(result.package, rules, assumed)
    if not found.rows:
        return "No reading of this package has a tolerance: state them in the package file, 90 um ± 5 um say."
    window = gap_window(result.package, [one.rule for one in result.verdicts], found.assumed)
    return Panel(fragment("tolerances", window=address(window) if window else "", said=found.assumed.said, heads=HEADING,
                          rows=[list(map(_words, row)) for row in study_rows(found)], left_out=found.left_out))


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]
