"""The cross-section of a package: carrier, gaps, chips, wires and mold to scale, with t1 and t2 drawn where they are, and in
red or amber what is broken or warned of.

The height is stretched (the title says how far): a package is ten millimetres wide and the gap a twentieth of one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Union

from ..measures.levels import top as upper_side
from ..package import Chip, Package, Passive
from ..shapes import Point
from ..units import decimal_text
from .dimension import Dimension
from .heights import heights, in_the_right_margin, width_of_heights
from .labels import Labels
from .marks import NO_MARKS, Marks, drawn_marks
from .named import name_marks, name_the_rest
from .scale import WIDTH, Scale, nominal
from .section_areas import areas
from .section_chips import chips, dimensions, is_side_by_side, names_beside
from .section_parts import carrier_metal, mold, passives
from .section_words import flag_rows, flags, in_the_left_margin, width_of_margin
from .solder import ball_row
from .svg import page
from .words import LINE

HEAD = 62.0  # pixels of the title and what stands under it
TALLEST, MOST_STRETCHED = 300.0, 12.0
_BARE = 30.0  # pixels beside the package where nothing is written


def section(package: Package, marks: Marks = NO_MARKS, width: float = WIDTH) -> str:
    """The cross-section through a chip's centre as an SVG file ``width`` pixels wide; an empty string where there is no
    carrier. ``marks`` are the parts to show as broken; the cut is laid where it meets most of them."""
    if package.carrier is None:
        return ""
    hues = drawn_marks(package, marks)
    (cut, through), depth = _cut(package, hues), nominal(package.carrier.thickness, 200_000)
    balls = package.balls
    standoff = nominal(balls.standoff, balls.land * 3 // 4) if balls is not None and not balls.are_lands else 0
    deepest = max([standoff, *(nominal(passive.height, 0) for passive in package.far_passives)])
    top, tall = _top(package), heights(package, depth, standoff)
    scale, told, rows = _layout(package, _Paper(width, cut, top + depth + deepest), tall)
    roof = HEAD + ((max(rows.values()) + 1.6) if rows else 1) * LINE
    scale = replace(scale, surface=roof + top * scale.per_nm * scale.stretch)
    floor = scale.z(-depth - deepest)
    labels = Labels(width, HEAD - 6, floor + 6 * LINE)
    labels.put(package.name, width / 2, 30, "title", "middle")
    labels.put(f"cross-section through {through}; height drawn {decimal_text(round(scale.stretch * 10), 0)[:-1] or '1'}"
               f" times as large as width", width / 2, 50, "note", "middle")
    drawn = [*mold(package, scale, hues), *carrier_metal(package, scale, depth, hues),
             *ball_row(package, scale, depth, standoff, hues), *passives(package, scale, depth, hues),
             *chips(package, scale, hues, labels)]
    drawn += flags(told, rows, scale, labels, hues) if rows else in_the_left_margin(told, scale, labels, hues)
    drawn += in_the_right_margin(tall, scale, labels, hues)
    name_marks(package, hues, areas(package, scale, hues, (depth, standoff)), labels)
    bottom = name_the_rest(package, hues, labels, max(floor, labels.bottom))
    return page(width, bottom + 24, f"{package.name}: cross-section", [*drawn, *labels.drawn])


@dataclass(frozen=True)
class _Paper:
    """How wide the picture is, where it is cut, and how high the package is, in nm."""

    width: float
    cut: int
    height: int


def _layout(package: Package, paper: _Paper, tall: list[Dimension]) -> tuple[Scale, list[Dimension], Mapping[int, int]]:
    """The scale, what is to be told, and the row over the picture of each that is told there."""
    told = dimensions(package, paper.cut)
    # Names that find no room in their chips go beside, which makes the package narrower, and so the room.
    for _ in range(2):
        scale = _scale(package, paper, told, tall)
        told = [*dimensions(package, paper.cut), *names_beside(package, scale)]
    return scale, told, flag_rows(told, scale) if is_side_by_side(package, paper.cut) else {}


def _top(package: Package) -> int:
    tops = [height.nominal for height in (upper_side(package, chip) for chip in package.chips) if height is not None]
    tops += [passive.height.nominal for passive in package.near_passives if passive.height is not None]
    # What stands out of the mold is the very thing to see.
    return max([nominal(package.mold.cap if package.mold else None, 400_000), *tops])


def _cut(package: Package, hues: Marks) -> tuple[int, str]:
    """Where to cut: through the centre of the chip where most marked parts, then most chips are cut, the first of several."""
    assert package.carrier is not None
    parts: list[Union[Chip, Passive]] = [*package.chips, *(part for part in package.passives if part.key in hues)]
    if not parts:
        return package.carrier.outline.centre[1], "the carrier's centre"
    boxes = [(part.outline.box, part.key in hues, isinstance(part, Chip)) for part in parts]

    def worth(at: Point) -> tuple[int, int]:
        met = [(marked, chip) for box, marked, chip in boxes if box[1] <= at[1] <= box[3]]
        return sum(marked for marked, _ in met), sum(chip for _, chip in met)

    best = max(parts, key=lambda part: worth(part.at))  # of several the first
    return best.at[1], f"the centre of {best.name}"


def _scale(package: Package, paper: _Paper, told: list[Dimension], tall: list[Dimension]) -> Scale:
    assert package.carrier is not None
    boxes = [package.carrier.outline.box, *(chip.outline.box for chip in package.chips)]
    boxes += [package.mold.outline.box] if package.mold is not None else []
    boxes += [part.outline.box for part in package.passives]
    start, end = min(box[0] for box in boxes), max(box[2] for box in boxes)
    most, beside = paper.width / 3, width_of_margin(told)
    over = is_side_by_side(package, paper.cut)
    right = min(most, max(width_of_heights(tall), beside if over else 0.0))
    left = _BARE if over else min(most, max(beside, _BARE))
    per_nm = (paper.width - left - right) / (end - start)
    stretch = max(1.0, min(MOST_STRETCHED, TALLEST / (paper.height * per_nm)))
    return Scale(left=left, right=paper.width - right, start=start, per_nm=per_nm, stretch=stretch, surface=0.0, cut=paper.cut)
