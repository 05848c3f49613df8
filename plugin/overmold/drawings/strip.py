"""The drawing of a whole strip or panel: units, streets, blocks, rails and gates, and one corner of it enlarged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import Optional

from .. import __version__
from ..measures.strip import Strip, strip_to_draw
from ..package import Package
from ..package.moved import at_home
from ..pictures.svg import line, path, text
from ..plain import one_line
from ..shapes import Outline, rectangle
from ..units import mm
from .grid import Column, grid, height_of
from .ink import across, paragraphs, upright
from .sheet import BLOCK_WIDTH, EDGE, PAPERS, Title, scale_within, scale_words, sheet
from .strip_gates import gate_marks
from .view import AWAY, View

_PAPER = PAPERS[0]
_ROOM = (1240.0, 380.0)   # units of paper for the strip
_MIDDLE = (810.0, 330.0)
_DETAIL, _DETAIL_ROOM = (330.0, 850.0), 330.0
_STEP, _MOST_UNITS = 19.0, 4_000
_LABEL = 22.0             # units of paper between two numbers of columns or rows
_COLUMNS = (Column("dimension (mm)", 400), Column("", BLOCK_WIDTH - 400, True))
_STYLE = """
.block { fill: #e9ecef; stroke: #111111; stroke-width: 1 }
.street { fill: #cfd8dc; stroke: none }
.unit { fill: #ffffff; stroke: #555555; stroke-width: .6 }
.cut { stroke: #b3261e; stroke-width: .8; stroke-dasharray: 8 3 2 3; fill: none }
.gate { fill: #1f7a3d; stroke: none }
"""
NOT_STATED = "not stated"


def strip_drawing(package: Package) -> str:
    """The drawing as an SVG file of an A3 sheet; an empty string for a package that states no strip of several units, or lacks
    what its place on one follows from."""
    package = at_home(package)
    strip = strip_to_draw(package)
    if isinstance(strip, str):
        return ""
    size = tuple(stated or taken for stated, taken in zip(strip.size, strip.extent))
    scale = min(scale_within(size[0], _ROOM[0]), scale_within(size[1], _ROOM[1]))
    view = View(_MIDDLE, scale, (0, 0))
    drawn = [*_whole(package, strip, view), *_numbers(strip, view), *_sizes(strip, view)]
    drawn += _detail(package, strip)
    left, top = _PAPER.width - EDGE - BLOCK_WIDTH, 600.0
    rows = rows_of(strip)
    drawn += grid(_COLUMNS, rows, left, top, _STEP)
    under, _ = paragraphs(_notes(package, strip), left, top + height_of(len(rows), _STEP) + 26, BLOCK_WIDTH - 16, 16)
    title = Title(one_line(package.name), f"strip, {strip.units[0]} x {strip.units[1]} units", scale_words(scale),
                  one_line(PurePath(package.source).name), f"Overmold {__version__}")
    return sheet(_PAPER, title, [*drawn, *under], _STYLE)


def missing_for_strip(package: Package) -> str:
    """Why there is no drawing of the strip; "" where there is one."""
    strip = strip_to_draw(package)
    return strip if isinstance(strip, str) else ""


def rows_of(strip: Strip) -> list[tuple[str, str]]:
    """Every dimension with its value in mm."""
    rails = [(stated - taken) // 2 if stated else None for stated, taken in zip(strip.size, strip.extent)]
    said = [("package", f"{mm(strip.body[0])} x {mm(strip.body[1])}"), ("pitch of columns", mm(strip.pitch[0])),
            ("pitch of rows", mm(strip.pitch[1])), ("street", mm(strip.street)), ("kerf", mm(strip.kerf)),
            ("units, rows x columns", f"{strip.units[0]} x {strip.units[1]}"),
            ("block with its outer streets", f"{mm(strip.block[0])} x {mm(strip.block[1])}")]
    if max(strip.blocks) > 1:
        said += [("blocks, rows x columns", f"{strip.blocks[0]} x {strip.blocks[1]}"),
                 ("gap between blocks", mm(strip.gap) if strip.gap else NOT_STATED)]
    return [*said, ("strip length", _or_not(strip.size[0])), ("strip width", _or_not(strip.size[1])),
            ("rail at each end", _or_not(rails[0])), ("rail at each side", _or_not(rails[1]))]


def _or_not(value: Optional[int]) -> str:
    return NOT_STATED if value is None or not value else mm(value)


def _whole(package: Package, strip: Strip, view: View) -> Iterator[str]:
    if strip.outline is not None:
        yield view.path("edge", strip.outline)
    yield from (view.path("block", block) for block in strip.block_boxes())
    streets = list(strip.streets())
    yield path("street", "".join(_d(view, street) for street in streets))
    if strip.units[0] * strip.units[1] <= _MOST_UNITS:
        yield path("unit", "".join(_d(view, rectangle((x, y), strip.body)) for y in strip.rows() for x in strip.columns()))
    yield from gate_marks(package, strip, view)


def _d(view: View, outline: Outline) -> str:
    left, top, right, bottom = view.box(outline)
    return f"M{left:.2f} {top:.2f}H{right:.2f}V{bottom:.2f}H{left:.2f}Z"


def _numbers(strip: Strip, view: View) -> Iterator[str]:
    """Of columns over the blocks and of rows beside them, the first and as many others as there is room for."""
    left, top, _, _ = view.box(rectangle((0, 0), _around(strip)))
    for middles, upright_ones in ((strip.columns(), True), (strip.rows(), False)):
        last = float("-inf")
        for number, at in enumerate(middles, 1):
            spot = view.x(at) if upright_ones else view.y(at)
            if spot - last < _LABEL:
                continue
            last = spot
            yield text(str(number), spot, top - 5, "small", "middle") if upright_ones else text(
                str(number), left - 5, spot + 4, "small", "end")


def _around(strip: Strip) -> tuple[int, int]:
    return max(strip.size[0], strip.extent[0]), max(strip.size[1], strip.extent[1])


def _sizes(strip: Strip, view: View) -> Iterator[str]:
    """Length and width of the strip, of all blocks together where those are not stated."""
    left, top, right, bottom = view.box(rectangle((0, 0), _around(strip)))
    inner = view.box(rectangle((0, 0), strip.extent))
    if strip.size[0]:
        yield from across(mm(strip.size[0]), left, right, bottom + AWAY * 1.4, (bottom, bottom))
    yield from across(mm(strip.extent[0]), inner[0], inner[2], bottom + AWAY * 0.7, (inner[3], inner[3]))
    if strip.size[1]:
        yield from upright(mm(strip.size[1]), top, bottom, right + AWAY * 2.2, (right, right))
    yield from upright(mm(strip.extent[1]), inner[1], inner[3], right + AWAY * 0.8, (inner[2], inner[2]))


def _detail(package: Package, strip: Strip) -> Iterator[str]:
    """The upper left corner of the first block, two packages wide and high where it is so many."""
    xs, ys = strip.columns()[:min(2, strip.in_block[1])], strip.rows()[:min(2, strip.in_block[0])]
    wide = (xs[-1] - xs[0] + strip.pitch[0] + strip.street, ys[-1] - ys[0] + strip.pitch[1] + strip.street)
    scale = scale_within(max(wide), _DETAIL_ROOM)
    view = View(_DETAIL, scale, ((xs[0] + xs[-1]) // 2, (ys[0] + ys[-1]) // 2))
    shown = rectangle(view.centre, wide)
    left, top, right, bottom = view.box(shown)
    yield text(f"DETAIL, scale {scale_words(scale)}", (left + right) / 2, top - AWAY * 1.6, "", "middle")
    yield view.path("block", shown)
    for x, y in ((x, y) for y in ys for x in xs):
        yield view.path("unit", rectangle((x, y), strip.body))
        yield from _inside(package, (x, y), view)
    for x in [xs[0] - strip.pitch[0] // 2, *(x + strip.pitch[0] // 2 for x in xs)]:
        yield path("street", _d(view, rectangle((x, view.centre[1]), (strip.street, wide[1]))))
        yield line("cut", view.x(x), top, view.x(x), bottom)
    for y in [ys[0] - strip.pitch[1] // 2, *(y + strip.pitch[1] // 2 for y in ys)]:
        yield path("street", _d(view, rectangle((view.centre[0], y), (wide[0], strip.street))))
        yield line("cut", left, view.y(y), right, view.y(y))
    one = view.box(rectangle((xs[0], ys[0]), strip.body))
    next_x, next_y = one[0] + strip.pitch[0] * view.per_nm, one[1] + strip.pitch[1] * view.per_nm
    if len(xs) > 1:
        yield from across(f"pitch {mm(strip.pitch[0])}", one[0], next_x, bottom + AWAY * 1.5, (bottom, bottom))
    if len(ys) > 1:
        yield from upright(f"pitch {mm(strip.pitch[1])}", one[1], next_y, right + AWAY * 1.9, (right, right))
    yield from across(mm(strip.body[0]), one[0], one[2], bottom + AWAY * 0.7, (bottom, bottom))
    yield from upright(mm(strip.body[1]), one[1], one[3], right + AWAY * 0.7, (right, right))
    cut = xs[0] + strip.pitch[0] // 2
    yield from across(f"street {mm(strip.street)}", view.x(cut - strip.street // 2), view.x(cut + strip.street // 2),
                      top - AWAY * 0.5, (top, top))


def _inside(package: Package, at: tuple[int, int], view: View) -> Iterator[str]:
    """Leads and chips of one unit."""
    carrier = package.carrier
    frame = carrier.frame if carrier is not None else None
    if frame is not None:
        metal = [*frame.tie_bars, *([frame.paddle] if frame.paddle is not None else []), *(one.outline for one in frame.leads)]
        yield from (view.path("metal", one.moved(at)) for one in metal)
    yield from (view.path("die", chip.outline.moved(at)) for chip in package.near_chips)


def _notes(package: Package, strip: Strip) -> Sequence[str]:
    said = ["Dimensions are in mm, nominal. Cut lines are red; streets lie half on either side of them.",
            "Packages lie all the same way; the first is in row 1, column 1, at the upper left seen from the chip side."]
    if not all(strip.size):
        said.append("The strip's own length and width, and with them its rails, are not stated (singulation.strip_length, "
                    "strip_width): what is drawn ends with the blocks.")
    cut = package.singulation
    if cut is not None and max(cut.units) > 1 and cut.units != strip.units:
        said.append(f"The lead frame's own strip counts; singulation.units says {cut.units[0]} x {cut.units[1]}.")
    if max(strip.blocks) > 1 and not strip.gap:
        said.append("The gap between blocks is not stated (singulation.block_gap): they are drawn side by side.")
    process = package.mold.process if package.mold is not None else None
    if process is None or not process.gate:
        said.append("Gates are not stated (mold.process.gate).")
    if strip.units[0] * strip.units[1] > _MOST_UNITS:
        said.append(f"Of more than {_MOST_UNITS:,} packages the streets alone are drawn.")
    return said


__all__ = ["missing_for_strip", "rows_of", "strip_drawing"]
