"""What a cross-section tells of its heights: t1 and t2/t1 of every gap, t2 over the top of every tower, mold cap, carrier and
standoff, and the names of chips that have no room for them inside."""

from __future__ import annotations

from collections.abc import Mapping

from ..measures.gap import covers
from ..measures.levels import gap_thickness, is_calculated, leaves, where
from ..package import FAR_SIDE, Chip, Package, keys
from ..space import (
    BALLS,
    Height,
    Room,
    blocks,
    bodies,
    bottom,
    chip_body,
    crowds,
    far_blocks,
    gaps,
    room_at,
    supports,
    top,
    upper_package,
)
from ..space.sums import LEVEL
from ..space.window import floor_under
from .cut import Cut, Span
from .dimension import Dimension
from .judged import Told
from .labels import Labels
from .levels import ends, level
from .pieces import carrier_bottom
from .scale import Scale, stated
from .words import LINE, width_of

_MOST_GAPS = 2  # further t1 that a picture tells of one chip


def cut_chips(package: Package, cut: Cut) -> list[tuple[Chip, Span]]:
    """Every chip that the section runs through, from below, and from where to where."""
    met = [(chip, cut.extent((chip.outline,))) for chip in package.chips]
    return sorted(((chip, span) for chip, span in met if span is not None), key=lambda one: span_of(package, one[0]))


def is_side_by_side(package: Package, cut: Cut) -> bool:
    """Whether of two of them neither lies over the other."""
    sides = [span for _, span in cut_chips(package, cut)]
    return max((left for left, _ in sides), default=0) >= min((right for _, right in sides), default=1)


def span_of(package: Package, chip: Chip) -> tuple[int, int]:
    """Underside and upper side of a chip as drawn, in nm."""
    body = chip_body(package, chip)
    low, high = sorted((level(package, body.bottom), level(package, body.top)))
    return low, high


def dimensions(package: Package, cut: Cut, ratios: Mapping[str, Told]) -> list[Dimension]:
    """t1 of every gap with its ratio, and t2 over the top of every tower."""
    return [one for chip, sides in cut_chips(package, cut) for one in of_chip(package, chip, sides, ratios)]


def of_chip(package: Package, chip: Chip, sides: Span, ratios: Mapping[str, Told]) -> list[Dimension]:
    """The gap under one chip, and the cover over it where it is the top of a tower over a gap."""
    told: list[Dimension] = []
    over_gaps = {leaf.key for one in package.chips if one.has_gap for leaf in leaves(package, one)}
    if chip.has_gap:
        ratio = ratios.get(chip.key)
        joint = room_at(package, chip, Room(bottom(package, chip), floor_of(package, chip)))
        floor, low = sorted((level(package, joint.lower), level(package, joint.upper)))
        words = [f"t1 {stated(gap_thickness(package, chip))}", *(["calculated"] if is_calculated(chip) else [])]
        words += [f"{stated(t1.value)}{where(chip, t1)}" for t1 in gaps(package, chip)[1:] if where(chip, t1)][:_MOST_GAPS]
        told.append(Dimension(floor, low, (*words, ratio.words) if ratio is not None else tuple(words), sides,
                              (*("" for _ in words), ratio.hue if ratio is not None else "")))
    if chip.key in over_gaps and chip in leaves(package, chip) and package.mold is not None:
        for cover in covers(package, chip):
            room = room_at(package, chip, cover.room)
            below, above = sorted((level(package, room.lower), level(package, room.upper)))
            told.append(Dimension(below, above, (f"t2{cover.spot} {stated(cover.room.value)}",), sides))
    return told


def floor_of(package: Package, chip: Chip) -> Height:
    """The lower end of the gap under a flip chip."""
    below = supports(package, chip)
    if below:
        return Height(tuple(each for other in below for each in top(package, other).sums))
    return floor_under(package, chip)


def heights(package: Package, sides: Span) -> list[Dimension]:
    """Lid, mold cap, carrier and standoff, from above; of one that is not stated the words say so."""
    carrier, mold, balls = package.carrier, package.mold, package.balls
    assert carrier is not None
    under = carrier_bottom(package)
    found = [Dimension(level(package, body.bottom), level(package, body.top), (words, stated((body.top - body.bottom).value)),
                       sides, ("lid", "note"))
             for key, words in (("lid", "lid"), ("lid.attach", "lid attach"))
             for body in [one for one in bodies(package) if one.key == key][:1]]
    for block in blocks(package) if mold is not None else ():
        words = "mold cap" if block.key == "mold" else f"cap of {keys.last(block.key)}"
        found.append(Dimension(0, level(package, LEVEL + block.height), (words, stated(block.cap)), sides, (block.key, "note")))
    for block in far_blocks(package):
        body = next(one for one in bodies(package) if one.key == block.key)
        found.append(Dimension(level(package, body.bottom), under, (f"cap of {keys.last(block.key)}", stated(block.cap)), sides,
                               (block.key, "note")))
    found.append(Dimension(under, 0, (carrier.kind, stated(carrier.thickness)), sides, (keys.CARRIER, "note")))
    feet = [ends(package, crowd)[0] for crowd in crowds(package) if crowd.kind == BALLS]
    if balls is not None and FAR_SIDE in balls.sides and min(feet, default=under) < under:
        found.append(Dimension(min(feet), under, ("standoff", stated(balls.height)), sides, (keys.BALLS, "note")))
    return found


def names_beside(package: Package, scale: Scale) -> list[Dimension]:
    """The names of chips that have no room for them inside."""
    named = []
    for chip, sides in cut_chips(package, scale.cut):
        low, high = span_of(package, chip)
        if _words_inside(chip, *_room(sides, (low, high), scale)) is None:
            named.append(Dimension(low, high, (_name(chip),), sides, (chip.key,), arrow=False))
    return named


def names_inside(package: Package, scale: Scale, labels: Labels) -> None:
    """Write the names of the others into them."""
    for chip, sides in cut_chips(package, scale.cut):
        low, high = span_of(package, chip)
        inside = _words_inside(chip, *_room(sides, (low, high), scale))
        box = (scale.x(sides[0]), scale.z(high), scale.x(sides[1]), scale.z(low))
        kind = "onchip" if chip.thickness is not None else "onhatch"
        if inside is not None and not labels.inside(inside, box, kind):
            labels.bare += 1
    upper = upper_package(package)
    sides_of_upper = scale.cut.extent([upper.outline]) if upper is not None else None
    if upper is not None and sides_of_upper is not None:
        box = (scale.x(sides_of_upper[0]), scale.z(level(package, upper.top)), scale.x(sides_of_upper[1]),
               scale.z(level(package, upper.bottom)))
        if box[3] - box[1] > LINE:
            labels.inside("upper package", box, "onchip")


def _room(sides: Span, span: tuple[int, int], scale: Scale) -> tuple[float, float]:
    return (sides[1] - sides[0]) * scale.per_nm, (span[1] - span[0]) * scale.per_nm * scale.stretch


def _name(chip: Chip) -> str:
    return f"{chip.name}  {stated(chip.thickness, 'thickness not stated')}"


def _words_inside(chip: Chip, width: float, height: float) -> str | None:
    """What of a chip's name and thickness has room in so many pixels."""
    if height < LINE:
        return None
    return next((words for words in (_name(chip), chip.name) if width_of(words, "onchip") + 24 <= width), None)
