"""Section and plan of a checked package as a page shows them, with what is broken in red."""

from __future__ import annotations

import base64
import traceback
from functools import lru_cache

from ..package import Package
from ..pictures.judged import judgement
from ..pictures.marks import BROKEN, WARNED, Marks, drawn_marks, named_marks
from ..pictures.plan import plan
from ..pictures.section import section
from ..report.finding import Report
from .log import log_file, write_error

_WIDTH, _SIZE = 780.0, 330.0  # pixels at which both stand side by side with words of the page's own size
_NAMED = 12


@lru_cache(maxsize=1)
def pictures(report: Report) -> tuple[dict[str, str], ...]:
    """Title, address and description of each picture; none where there is no carrier to draw. Kept for the next page of the
    same report, which is made anew for every filter."""
    package = report.result.package if report.result is not None else None
    if package is None or package.carrier is None:
        return ()
    assert report.result is not None
    judged = judgement(report.result)
    try:
        words, drawn = _described(package, judged.marks), (section(package, judged, _WIDTH), plan(package, judged.marks, _SIZE))
    except Exception as error:
        # A board that nobody foresaw is still judged in words.
        write_error(f"pictures: {error!r}", traceback.format_exc())
        return ({"title": f"The pictures could not be drawn; the log is in {log_file()}", "address": "", "words": ""},)
    return tuple({"title": title, "address": address(svg), "words": f"{title} of {package.name}. {words}"}
                 for title, svg in zip(("Cross-section", "Plan"), drawn))


def address(svg: str) -> str:
    """A picture as an address that stands for itself."""
    return f"data:image/svg+xml;base64,{base64.b64encode(svg.encode()).decode()}"


def _described(package: Package, marks: Marks) -> str:
    said = []
    hues = drawn_marks(package, marks)
    for hue, words in ((BROKEN, "Broken, in red"), (WARNED, "Warned of, in amber")):
        names = [name for _, name, one in named_marks(package, hues) if one == hue]
        more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        said += [f"{words}: {', '.join(names[:_NAMED])}{more}."] if names else []
    return " ".join(said) or "Nothing is broken."
