"""What lies in a keep-out: metal, parts, mold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional, Union

import numpy as np
from numpy.typing import NDArray

from .. import space
from ..arrays import IntArray
from ..geometry.circles import clearance_outside
from ..metal import DIE_PAD, LEAD, Pieces, metal_of
from ..package import CHIP_SIDE, FAR_SIDE, Chip, Package, Passive, keys
from ..package.keep_out import KeepOut
from ..package.lid import Lid
from ..package.words import INNER_LAYERS
from ..shapes import Outline, Point, midpoint, overlap_area, polygon, rectangle
from ..units import COUNT, LENGTH, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .covers import missing_cap_of
from .levels import sites_said
from .missing import NO_MOLD_CAP, missing_depth, missing_for_top, not_stated

_NO_METAL = ("glass", "ceramic", "alumina", "silicon", "quartz", "sapphire", "plastic", "polymer", "resin", "lcp")
_BACK = 1  # the far side's copper, as pieces of metal number it


@measure(COUNT)
def metal_in_keep_out(package: Package) -> Measured:
    """How many pieces of metal reach into each outline that is kept free of metal: pads, lands, fingers, leads, bumps, balls,
    terminals, wires, and a lid unless its material is called glass, ceramic or the like; on inner layers the holes through the
    carrier, without which one on these alone is not judged. Tracks and planes of the carrier are not known here; its own
    design-rule check holds the area free of them."""
    for one in (each for each in package.keep_outs if each.is_of_metal):
        pieces = metal_of(package).pieces
        found = {pieces.key(i): pieces.at(i) for i in _pieces_in(package, pieces, one).tolist()}
        found.update(_wires_in(package, one))
        found.update(_holes_in(package, one))
        if one.side == INNER_LAYERS:
            if package.holes is not None and package.holes.names:
                yield _counted(one, found, "metal")
            continue
        if package.lid is not None and not package.lid.material and _lid_over(package, one) is not None:
            yield not_stated(Lid, "material", "lid")._replace(of=one.key)
        elif package.lid is not None and not any(word in package.lid.material.casefold() for word in _NO_METAL):
            found.update({"lid": one.outline.centre} if _lid_over(package, one) is not None else {})
        yield _counted(one, found, "metal")


def _holes_in(package: Package, one: KeepOut) -> Iterator[tuple[str, Point]]:
    """The drilled holes that reach into an outline on inner layers: each goes through, with metal on its wall."""
    holes = package.holes
    if holes is None or not one.is_inside:
        return
    for row in np.flatnonzero(clearance_outside(holes.xy, holes.drill, one.outline) < 0).tolist():
        yield holes.key(row), (int(holes.xy[row, 0]), int(holes.xy[row, 1]))


@measure(COUNT)
def parts_in_keep_out(package: Package) -> Measured:
    """How many chips and passives, and whether a lid, reach into each outline that is kept free of them, at or above its height
    where it states one."""
    for one in (each for each in package.keep_outs if each.is_of_parts):
        found: dict[str, Point] = {}
        lacking: list[Unmeasured] = []
        every: tuple[Union[Chip, Passive], ...] = (*package.chips, *package.passives)
        for part in every:
            if not one.is_on(_side_of(part)) or not overlap_area(part.outline, one.outline):
                continue
            high = _reaches(package, part) if one.above is not None else Toleranced(1)
            if isinstance(high, Unmeasured):
                lacking.append(high)
            elif one.above is None or high.high > one.above.low:
                found[part.key] = part.at
        lid = _lid_over(package, one)
        top = lid.top.value if lid is not None else None
        if lid is not None and one.above is not None and top is None:
            lacking.append(not_stated(Lid, "attach", "lid") if package.lid and package.lid.attach is None else NO_MOLD_CAP)
        elif lid is not None and (one.above is None or (top is not None and top.high > one.above.low)):
            found["lid"] = one.outline.centre
        yield from lacking
        yield _counted(one, found, "a part")


@measure(COUNT)
def mold_in_keep_out(package: Package) -> Measured:
    """Whether any block of mold of its side reaches into each outline that is kept free of it, at or above its height where it
    states one: 1, else 0."""
    for one in (each for each in package.keep_outs if each.is_of_mold and package.mold is not None):
        every = ((CHIP_SIDE, space.blocks(package)), (FAR_SIDE, space.far_blocks(package)))
        over = [block for side, blocks in every if one.is_on(side) for block in blocks
                if overlap_area(block.outline, one.outline)]
        unknown = [block for block in over if one.above is not None and block.cap is None]
        inside = [block for block in over if one.above is None or (block.cap is not None and block.cap.high > one.above.low)]
        if unknown and not inside:
            yield missing_cap_of(unknown[0].key)
        else:
            yield exact((one.key, f"{inside[0].key}.outline" if inside else "mold.outline"), int(bool(inside)),
                        one.outline.centre, f"{one.name}: {'mold in it' if inside else 'no mold in it'}")


@measure(COUNT, in_plan=True)
def keep_outs_beside_carrier(package: Package) -> Measured:
    """Whether each keep-out lies wholly beside the carrier, where there is nothing to keep out: 1, else 0."""
    carrier = package.carrier
    for one in package.keep_outs if carrier is not None else ():
        beside = carrier is not None and not overlap_area(one.outline, carrier.outline)
        yield exact((one.key, keys.CARRIER), int(beside), one.outline.centre,
                    f"{one.name} lies beside the carrier" if beside else one.name)


def _lid_over(package: Package, one: KeepOut) -> Optional[space.Body]:
    """The lid, where it lies over an outline of the chip side."""
    if package.lid is None or one.side == FAR_SIDE:
        return None
    return next((body for body in space.bodies(package) if body.kind == space.LID and overlap_area(body.outline, one.outline)),
                None)


def _counted(one: KeepOut, found: dict[str, Point], what: str) -> Reading:
    names = [_short(key) for key in found]
    at = next(iter(found.values()), one.outline.centre)
    high = f" above {show(one.above.nominal, LENGTH)}" if one.above is not None else ""
    said = f"{sites_said(names)} in it{high}" if names else f"no {what} in it{high}"
    return exact((one.key, *list(found)[:1]), len(found), at, f"{one.name}: {said}")


def _short(key: str) -> str:
    """What people call what has this key, as far as the key tells: ``U1.bumps.A1``, ``ball A1``."""
    names = keys.split(key)
    return f"ball {names[-1]}" if names[0] == keys.BALLS else ".".join(names[1:]) or key


def _pieces_in(package: Package, pieces: Pieces, one: KeepOut) -> IntArray:
    """Numbers of the pieces of metal that reach into an outline, on its side."""
    below = [i for i, chip in enumerate(package.chips) if chip.is_far]  # whose bumps are no copper of the carrier
    on_back, through = (pieces.side == _BACK) | np.isin(pieces.part, below), np.isin(pieces.kind, (LEAD, DIE_PAD))
    on_side = (on_back & one.is_on(FAR_SIDE)) | (~on_back & one.is_on(CHIP_SIDE)) | through
    return reaching_into(pieces, on_side, one.outline)


def reaching_into(pieces: Pieces, wanted: NDArray[np.bool_], outline: Outline) -> IntArray:
    """Numbers of the wanted pieces of metal that reach into an outline."""
    wide = np.ceil(np.hypot(pieces.size[:, 0], pieces.size[:, 1])).astype(np.int64)
    around = np.where(pieces.is_round, pieces.size[:, 0], wide)
    drawn = np.isin(pieces.kind, (LEAD, DIE_PAD))
    near = np.flatnonzero(wanted & ((clearance_outside(pieces.xy, around, outline) < 0) | drawn))
    inside = [i for i in near.tolist() if pieces.is_round[i] or any(
        overlap_area(metal, outline) for metal in _outlines(pieces, i))]
    return np.array(inside, np.int64)


def _outlines(pieces: Pieces, i: int) -> Sequence[Outline]:
    wide, high = pieces.size[i].tolist()
    return pieces.outlines[i] if i in pieces.outlines else (rectangle(pieces.at(i), (wide, high), int(pieces.angle[i])),)


def _wires_in(package: Package, one: KeepOut) -> Iterator[tuple[str, Point]]:
    if not one.is_on(CHIP_SIDE) or not package.wires:
        return
    import shapely

    area = polygon(one.outline)
    for wire in package.wires:
        if shapely.LineString([wire.from_at, wire.to_at]).distance(area) < wire.diameter / 2:
            yield wire.key, midpoint(wire.from_at, wire.to_at)




def _side_of(part: Union[Chip, Passive]) -> str:
    return FAR_SIDE if part.is_far else CHIP_SIDE


def _reaches(package: Package, part: Union[Chip, Passive]) -> Union[Toleranced, Unmeasured]:
    """How far a part reaches from the carrier's surface of its side, or what to state so that it is known."""
    if isinstance(part, Chip):
        top = space.top(package, part).value
        return top if top is not None else missing_for_top(package, part)
    if part.height is None or part.is_far:
        return part.height if part.height is not None else not_stated(Passive, "height", part.key, part.name)
    top, below = space.body_of(package, part).top.value, space.under_passive(package, part)
    if top is not None:
        return top
    return missing_for_top(package, below) if below is not None else (
        missing_depth(package, part) or not_stated(Passive, "cavity", part.key, part.name))
