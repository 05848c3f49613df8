"""The package outline drawing, as data sheets have it: top, side and bottom view, the table of dimensions, notes."""

from __future__ import annotations

from pathlib import PurePath

from .. import __version__
from ..measures.balls import bears_balls
from ..package import Package
from ..package.moved import at_home
from ..package.soldered import soldered
from ..pictures.svg import text
from ..plain import one_line
from ..units import Toleranced
from .dimensions import BASIC, COUNT, MOST, REFERENCE, Row, height_rows, lowest
from .grid import Column, grid, height_of
from .ink import paragraphs
from .notes import notes
from .plan_dimensions import plan_rows, shown, sides_of
from .sheet import BLOCK_WIDTH, EDGE, INNER, PAPERS, PER_MM, Title, scale_within, scale_words, sheet
from .side_view import Side, enlarged_end, first_end, from_the_side, total
from .view import View
from .views import from_above, from_below

_PAPER = PAPERS[0]
_ROOM = 360.0           # units for the larger side of a plan
_MIDDLES = ((330.0, 320.0), (830.0, 320.0))
_SIDE_GROUND = 790.0     # the row of the seating plane in the side view
_END_LEFT, _END_GROUND = 640.0, 1010.0  # where the body begins in the enlarged view, and its seating plane
_END_WIDTH, _END_HEIGHT = 270.0, 280.0
_STEP = 19.0            # from one row of the table to the next
_COLUMNS = (Column("", 40), Column("dimension (mm)", 262), Column("min", 86, True), Column("nominal", 86, True),
            Column("max", 86, True))
NOT_STATED = "not stated"
_MARKS = {BASIC: "BSC", REFERENCE: "REF"}


def outline_drawing(package: Package) -> str:
    """The drawing as an SVG file of an A3 sheet; an empty string where there is no carrier."""
    package = at_home(package)
    carrier = package.carrier
    if carrier is None:
        return ""
    are_balls = bears_balls(package)
    scale = scale_within(max(carrier.outline.size), _ROOM)
    above, below = (View(middle, scale, carrier.outline.centre, mirrored)
                    for middle, mirrored in zip(_MIDDLES, (False, True)))
    drawn = [text("TOP VIEW", above.middle[0], 76, "", "middle"), *from_above(package, above),
             text("BOTTOM VIEW", below.middle[0], 76, "", "middle"), *from_below(package, below, are_balls)]
    drawn += _from_the_side(package, above, are_balls)
    rows = rows_of(package)
    left = _PAPER.width - EDGE - BLOCK_WIDTH
    drawn += grid(_COLUMNS, [cells_of(row) for row in rows], left, INNER, _STEP)
    under, _ = paragraphs(notes(package, rows), left, INNER + height_of(len(rows), _STEP) + 28, BLOCK_WIDTH - 16, 16)
    title = Title(one_line(package.name), f"package outline, {_kind(package)}", scale_words(scale),
                  one_line(PurePath(package.source).name), f"Overmold {__version__}")
    return sheet(_PAPER, title, [*drawn, *under])


def rows_of(package: Package) -> tuple[Row, ...]:
    """Every dimension that the drawing states: heights first, then the plan, then how flat it is."""
    flat = Row("ddd", "coplanarity of what is soldered", None, lacks=("coplanarity",))
    if package.coplanarity:
        flat = Row("ddd", flat.name, Toleranced(package.coplanarity), MOST)
    return (*height_rows(package), *plan_rows(package), flat)


def cells_of(row: Row) -> tuple[str, str, str, str, str]:
    """A row of the table: letter, name, least, nominal and greatest."""
    value = row.value
    if value is None:
        return row.letter, row.name, NOT_STATED, NOT_STATED, NOT_STATED
    if row.form == COUNT:
        return row.letter, row.name, "", str(value.nominal), ""
    if row.form == MOST:
        return row.letter, row.name, "", "", shown(value.nominal)
    if row.form:
        return row.letter, row.name, "", f"{shown(value.nominal)} {_MARKS[row.form]}", ""
    if not row.has_limits:
        return row.letter, row.name, NOT_STATED, shown(value.nominal), NOT_STATED
    return row.letter, row.name, shown(value.low), shown(value.nominal), shown(value.high)


def _from_the_side(package: Package, above: View, are_balls: bool) -> list[str]:
    """The side view under the top view, and its left end enlarged beside it."""
    carrier, height, floor = package.carrier, total(package), lowest(package).value
    assert carrier is not None
    x, start = above.middle[0], carrier.outline.box[0]
    drawn = [text("SIDE VIEW", x, _SIDE_GROUND - 130, "", "middle")]
    if height is None or floor is None:
        return [*drawn, text("heights not stated, see the table", x, _SIDE_GROUND, "note", "middle")]
    scale = min(scale_within(height, _END_HEIGHT), scale_within(first_end(package, are_balls) - start, _END_WIDTH * 0.95))
    side = Side(above.x(start), start, above.per_nm, _SIDE_GROUND, floor.nominal)
    end = Side(_END_LEFT, start, scale * PER_MM * 1e-6, _END_GROUND, floor.nominal)
    drawn += from_the_side(package, side, are_balls, _END_WIDTH * side.per_nm / end.per_nm)
    drawn.append(text(f"DETAIL X, scale {scale_words(scale)}", _END_LEFT + _END_WIDTH / 2,
                      _END_GROUND - height * end.per_nm - 44, "", "middle"))
    return [*drawn, *enlarged_end(package, end, are_balls, _END_WIDTH)]


def _kind(package: Package) -> str:
    balls, carrier = package.balls, package.carrier
    if balls is not None and len(balls.sites):
        what = "ball" if bears_balls(package) else "land"
        solder = soldered(balls) or balls
        bare = len(balls.sites) - len(solder.sites)
        return f"{what} grid array, {len(solder.sites)} {what}s{f', {bare} bare lands' if bare else ''}"
    if carrier is not None and carrier.frame is not None:
        return f"no-lead package, {sum(map(len, sides_of(carrier.frame, carrier.outline).values()))} leads"
    return carrier.kind if carrier is not None else ""
