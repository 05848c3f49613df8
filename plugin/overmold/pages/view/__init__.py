"""A package as data for the part of a page that is drawn in the browser: plan, section at any line, three dimensions, nets.

Nothing is worked out here that ``space`` and ``metal`` know: ``solids`` hands over bodies, crowds and loops with their heights,
``pieces`` the pieces of metal with the islands that they make. Lengths are whole nanometres, y runs down, heights are above
the carrier's chip side; what nobody has stated is null. A column of equal numbers is that one number.
"""

from __future__ import annotations

import traceback
from typing import Any, Optional

from ...pictures.judged import judgement
from ...pictures.marks import drawn_marks
from ...pictures.where import usual_cut
from ...report.finding import Report
from ..log import write_error
from .pieces import nets_of, pieces_of
from .solids import bodies_of, crowds_of, wires_of
from .told import told


def view_of(report: Report) -> Optional[dict[str, Any]]:
    """What the page's script draws; None where there is no carrier, or the package is like none that anybody foresaw."""
    if report.result is None:
        return None
    package, carrier = report.result.package, report.result.package.carrier
    if carrier is None:
        return None
    try:
        judged = judgement(report.result)
        hues = drawn_marks(package, judged.marks)
        runs, place = pieces_of(package, hues)
        return {
            "name": package.name, "box": carrier.outline.box, "bodies": bodies_of(package, hues), "runs": runs,
            "crowds": crowds_of(package, place), "wires": wires_of(package, place, hues),
            "told": told(package, judged.ratios), "line": usual_cut(package, hues).at[1],
            **nets_of(package),
        }
    except Exception as error:
        # A board that nobody foresaw is still judged in words.
        write_error(f"view: {error!r}", traceback.format_exc())
        return None
