"""What tolerances make of the readings: the study where one was asked for, and the window of t2 over t1."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...report.finding import Report
    from . import Panel

TITLE = "Tolerances"
ORDER = 40


def left_out(report: Report) -> str:
    """With many wires the study takes many times as long as the check."""
    return "" if report.study is not None else "The study of tolerances was not asked for: overmold drc --study has it here."


def panel(report: Report) -> Panel | str:
    """The study and the window; in words where the package has no tolerance."""
    from ._tolerances import panel as made  # what it stands on is imported once somebody opens it

    return made(report)
