"""The plan of a package to scale, seen from the chip side or from the ball side. What is broken or warned of is red or amber,
with its name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from ..package import FAR_SIDE, Chip, Package, keys
from ..shapes import Outline, rectangle
from ..units import LENGTH, show
from .bar import scale_bar
from .labels import Area, Labels
from .marks import NO_MARKS, Marks, drawn_marks
from .named import name_marks, name_the_rest
from .plan_parts import a1_mark, marked, seen_from_above, seen_from_below
from .plan_scale import EDGE, HEAD, PlanScale, scale_for
from .svg import line, page
from .words import width_of

SIZE = 760.0
CHIP, BALL = "chip", "ball"
SIDES = (CHIP, BALL)
_AT_EDGE = 1.0  # pixels
_MOST_PASSIVES, _NEAR = 150, 30.0  # names of passives, and pixels from a passive to its name


def plan(package: Package, marks: Marks = NO_MARKS, size: float = SIZE, side: str = CHIP) -> str:
    """The plan as an SVG file, its carrier ``size`` pixels wide or high; an empty string where there is no carrier. ``marks``
    are the parts to show as broken; ``side`` is CHIP or BALL."""
    scale, carrier = scale_of(package, size, side), package.carrier
    if carrier is None or scale is None:
        return ""
    hues = drawn_marks(package, marks)
    width, height = scale.size
    labels = Labels(width, HEAD - 16, height)
    labels.put(package.name, width / 2, 30, "title", "middle")
    labels.put(_caption(package, side), width / 2, 50, "note", "middle")
    under = scale.area(scale.box)[3]
    drawn = [*(seen_from_above if side == CHIP else seen_from_below)(package, scale),
             *_sizes(carrier.outline, scale, labels),
             scale_bar(scale.left, scale.per_nm, scale.box[2] - scale.box[0], labels, under + EDGE + 30)]
    mark = a1_mark(package, scale)
    if mark is not None:
        drawn.append(mark[0])
        labels.taken.append(mark[1])
    over, areas = marked(package, hues, scale)
    if side == CHIP or package.far_chips:
        _name_chips(package.chips if side == CHIP else package.far_chips, hues, scale, labels)
    name_marks(package, hues, areas, labels)
    _name_leads(package, areas, scale, labels)
    _name_passives(package, areas, scale, labels, side)
    bottom = name_the_rest(package, hues, labels, height - 8)
    seen = "" if side == CHIP else ", ball side"
    return page(width, bottom + 8, f"{package.name}: plan{seen}", [*drawn, *over, *labels.drawn])


def scale_of(package: Package, size: float = SIZE, side: str = CHIP) -> Optional[PlanScale]:
    """The scale that a package's plan is drawn to; None where there is no carrier."""
    if package.carrier is None:
        return None
    return scale_for(package, package.carrier.outline, size, side == BALL)


def _caption(package: Package, side: str) -> str:
    if side == BALL:
        of = " of the chip side" if package.far_chips else ""
        return "; ".join(["plan from the ball side", *([f"chips{of} are dashed"] if package.near_chips else [])])
    far = package.balls is not None and FAR_SIDE in package.balls.sides
    bare = far and package.balls is not None and not package.balls.are_lands and package.balls.sites.bare is not None
    parts = [*(["passives"] if package.far_passives else []), *(["chips"] if package.far_chips else [])]
    seen = [*(("balls on the far side are drawn as rings",) if far else ()),
            *(("bare lands are dashed rings",) if bare else ()),
            *((f"{' and '.join(parts)} on the far side are dashed",) if parts else ())]
    return "; ".join(["plan from the chip side", *seen])


def _sizes(carrier: Outline, scale: PlanScale, labels: Labels) -> list[str]:
    """How wide and how long the carrier is, under it and on its right."""
    left, top, right, bottom = scale.area(carrier.box)
    _, _, beside, under = scale.area(scale.box)
    across, down = (show(length, LENGTH) for length in carrier.size)
    labels.put(across, (left + right) / 2, under + EDGE + 12, "note", "middle")
    labels.put(down, beside + EDGE, (top + bottom) / 2 + 4, "note")
    labels.leave((left, under + EDGE - 7, right, under + EDGE - 5), (beside + EDGE - 7, top, beside + EDGE - 5, bottom))
    return [line("hair", left, under + EDGE - 6, right, under + EDGE - 6),
            line("hair", beside + EDGE - 6, top, beside + EDGE - 6, bottom)]


def _name_chips(chips: Sequence[Chip], hues: Marks, scale: PlanScale, labels: Labels) -> None:
    """In a corner of each chip that is free, else beside it."""
    for chip in chips:
        area = scale.area(chip.outline.box)
        left, top, right, bottom = area
        kind, wide = hues.get(chip.key, "name"), width_of(chip.name)
        corners = ((left + 8, top + 18), (right - 8 - wide, top + 18), (left + 8, bottom - 8), (right - 8 - wide, bottom - 8))
        inside = wide + 16 <= right - left and bottom - top >= 24
        free = [corner for corner in corners if inside and labels.fits(chip.name, *corner, kind)]
        if free:
            labels.put(chip.name, *free[0], kind)
        else:
            labels.beside(chip.name, area, kind, over=True)


def _name_passives(package: Package, areas: dict[str, Area], scale: PlanScale, labels: Labels, side: str) -> None:
    """At each that is seen and has no name yet; those without room are counted."""
    seen = package.near_passives if side == CHIP else package.far_passives
    unnamed = [part for part in seen if part.key not in areas]
    for part in unnamed[:_MOST_PASSIVES]:
        lands = [rectangle(one.at, one.size, part.angle).box for one in part.terminals]
        left, top, right, bottom = zip(part.outline.box, *lands)
        area = scale.area((min(left), min(top), max(right), max(bottom)))
        if not labels.beside(part.name, area, "small", over=True, most=_NEAR):
            labels.bare += 1
    labels.bare += max(0, len(unnamed) - _MOST_PASSIVES)


def _name_leads(package: Package, areas: dict[str, Area], scale: PlanScale, labels: Labels) -> None:
    """Outside, at each lead's end, where there is room; of metal that reaches no edge on it."""
    carrier = package.carrier
    if carrier is None or carrier.frame is None:
        return
    left, top, right, bottom = scale.area(carrier.outline.box)
    for lead in carrier.frame.leads:
        if keys.lead(lead.name) in areas:
            continue
        x, y = scale.at(lead.foot.centre)
        metal = scale.area(lead.outline.box)
        # How far its metal is from each side, in corners how far its middle is, and how words stand there.
        away, _, spot, anchor = min((metal[0] - left, x - left, (left - 3, y + 4), "end"),
                                    (right - metal[2], right - x, (right + 3, y + 4), "start"),
                                    (metal[1] - top, y - top, (x, top - 4), "middle"),
                                    (bottom - metal[3], bottom - y, (x, bottom + 11), "middle"))
        if away > _AT_EDGE:
            labels.inside(lead.name, metal, "small")
        elif labels.fits(lead.name, *spot, "small", anchor):
            labels.put(lead.name, *spot, "small", anchor)
