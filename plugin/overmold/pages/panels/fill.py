"""The panel in which the mold runs in, over and under the chips, and a person drags it through time."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ...report.finding import Report
    from . import Panel

TITLE = "How the mold fills"
ORDER = 60


def panel(report: Report) -> Panel | str:
    """The package filled, or why it cannot be."""
    from ._fill import panel as made  # what it stands on is imported once somebody opens it

    return made(report)
