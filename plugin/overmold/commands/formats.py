"""Every way in which ``drc`` can write its report: those of ``report``, and the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..report import FORMATS as TOLD
from ..report import Format

if TYPE_CHECKING:
    from ..report.finding import Report, View


def _html(reports: Sequence[Report], view: View) -> str:
    """The page of a check as one file that needs nothing else; raises Faults for several files."""
    from ..faults import fail
    from ..pages.check import check_page
    from ..pages.render import render

    if len(reports) != 1:
        raise fail("--format html", "is a page on one file; give one file, or write one page for each")
    (report,) = reports
    if report.result is None:
        return render("message", title=f"{report.source}: UNREADABLE", lines=list(map(str, report.faults)), trace="")
    return check_page(report)[0]


FORMATS: dict[str, Format] = {**TOLD, "html": _html}
