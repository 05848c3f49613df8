"""A package as solids: what is seen of the finished part, or what is inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Optional

import numpy as np

from ..package import Package, keys
from ..space import (
    ATTACH,
    BALLS,
    CAVITY,
    CHIP,
    LAYER,
    LID,
    METAL,
    MOLD,
    PASSIVE,
    UPPER,
    Body,
    Crowd,
    bodies,
    crowds,
    upper_package,
    wire_loops,
)
from ..space.pockets import without_pockets
from ..units import Toleranced
from .colours import COPPER, SEEN_THROUGH, SOLDER, Colour, colour_of, core_colour, wire_colour
from .part21 import Solid
from .solids import Ball, Tube, prism, rod, solder, tube, whole_ball

FINISHED, TRANSLUCENT, INSIDE = "finished", "translucent", "inside"


def scene(package: Package, view: str) -> tuple[Solid, ...]:
    """The solids of a view, about the carrier's middle, equal ones as one with its places; those whose heights are not known
    are left out."""
    solids = list(_solids(package, view))
    x, y = package.carrier.outline.centre if package.carrier is not None else (0, 0)
    drop = min((_lowest(solid) for solid in solids), default=0) if view != INSIDE else 0
    shift = np.array((-x, y, -drop), np.int64)
    return tuple(replace(one, at=one.at + shift) for one in _alike(solids))


def _alike(solids: Sequence[Solid]) -> list[Solid]:
    """Bodies of one form, such as the leads of a side or wires side by side, as one solid in many places."""
    found: dict[object, Solid] = {}
    for solid in solids:
        shape = solid.shape
        if isinstance(shape, Ball) or len(solid.at) > 1:
            found[id(solid)] = solid
            continue
        first = np.rint(shape.points[0]).astype(np.int64)
        form, width = np.rint(shape.points - first), shape.radius if isinstance(shape, Tube) else 0
        key = (type(shape), solid.name.rpartition(".")[0], form.tobytes(), width, solid.colour, solid.opacity)
        if key in found:
            found[key] = replace(found[key], at=np.concatenate((found[key].at, solid.at + first)))
        else:
            found[key] = replace(solid, shape=replace(shape, points=form), at=solid.at + first)
    return list(found.values())


def _lowest(solid: Solid) -> int:
    shape = solid.shape
    low = -shape.half if isinstance(shape, Ball) else float(shape.points[:, 2].min())
    return int(solid.at[:, 2].min()) + round(low)


def _solids(package: Package, view: str) -> Iterator[Solid]:
    shut = view == FINISHED
    kinds = {METAL, MOLD, *(() if view == INSIDE else (LAYER, LID)), *(() if shut else (CHIP, ATTACH, PASSIVE))}
    # What is seen of a closed package from below: a chip there with its bumps too.
    hanging = {key for chip in package.far_chips for key in (chip.key, keys.bumps(chip.name))}
    for body in bodies(package):
        if body.kind in kinds or body.key in hanging or (shut and body.kind == PASSIVE and _is_below(body)):
            for one in (without_pockets(package, body) if body.kind == LAYER else (body,)):
                yield from _of_body(package, one, view)
        elif body.kind == CAVITY and body.material == "encapsulant" and not shut:
            yield from _of_body(package, body, view)
    for crowd in crowds(package):
        if not shut or crowd.kind == BALLS or crowd.key in hanging:
            yield from _of_crowd(crowd, shut)
    if not shut:
        yield from _wires(package)
        upper = upper_package(package)
        if upper is not None:
            yield from _of_body(package, upper, view)


def _is_below(body: Body) -> bool:
    top = body.top.value
    return top is not None and top.nominal < 0


def _of_body(package: Package, body: Body, view: str) -> Iterator[Solid]:
    low, high = _nominal(body.bottom.value), _nominal(body.top.value)
    if low is None or high is None or high <= low:
        return
    opacity = SEEN_THROUGH if body.kind in (MOLD, CAVITY, UPPER) and view != FINISHED else 1.0
    shape = prism(body.outline, low, high, body.at_top, body.at_bottom)
    yield Solid(body.key, shape, colour_of(package, body), opacity, np.zeros((1, 3), np.int64))


def _of_crowd(crowd: Crowd, shut: bool) -> Iterator[Solid]:
    """One solid for each diameter, in all its places; of pillars one of copper and one of solder. A core is seen through its
    ball, but not from outside of a finished part."""
    low, high = _nominal(crowd.bottom.value), _nominal(crowd.top.value)
    if low is None or high is None or high <= low:
        return
    for bottom, top, colour in _parts(crowd, low, high):
        yield from _between(crowd, (bottom, top), colour, SEEN_THROUGH if crowd.core and not shut else 1.0)
    if crowd.core and not shut:
        places = np.column_stack((crowd.xy[:, 0], -crowd.xy[:, 1], np.full(len(crowd.xy), low + crowd.core // 2)))
        yield Solid(keys.within(crowd.key, "core"), whole_ball(crowd.core), core_colour(crowd.core_material), 1.0, places)


def _parts(crowd: Crowd, low: int, high: int) -> Iterator[tuple[int, int, Colour]]:
    """From where to where it is of one metal, and that metal's colour."""
    ends = [_nominal(one.value) for one in crowd.copper] if crowd.copper is not None else [None, None]
    bottom, top = (min(max(one, low), high) if one is not None else None for one in ends)
    if bottom is None or top is None or bottom >= top:
        yield low, high, SOLDER
        return
    for start, end, colour in ((low, bottom, SOLDER), (bottom, top, COPPER), (top, high, SOLDER)):
        if end > start:
            yield start, end, colour


def _between(crowd: Crowd, ends: tuple[int, int], colour: Colour, opacity: float) -> Iterator[Solid]:
    low, high = ends
    outlines = {i: outline for i in range(len(crowd.xy)) for outline in [crowd.outline(i)] if outline is not None} if (
        crowd.shapes is not None) else {}
    for outline in outlines.values():
        yield Solid(crowd.key, prism(outline, low, high), colour, opacity, np.zeros((1, 3), np.int64))
    are_round = np.ones(len(crowd.xy), bool)
    are_round[list(outlines)] = False
    for diameter in sorted({*crowd.diameters[are_round].tolist()} - {0}):
        at = crowd.xy[(crowd.diameters == diameter) & are_round]
        places = np.column_stack((at[:, 0], -at[:, 1], np.full(len(at), (low + high) // 2)))
        shape = rod(diameter, high - low) if crowd.rod else solder(diameter, high - low)
        yield Solid(crowd.key, shape, colour, opacity, places)


def _wires(package: Package) -> Iterator[Solid]:
    if not package.wires:
        return
    swept = wire_loops(package)
    for wire, path, known in zip(package.wires, swept.loops, swept.known.tolist()):
        shape = tube(path * (1, -1, 1), wire.diameter) if known else None
        if shape is not None:
            yield Solid(wire.key, shape, wire_colour(wire.metal), 1.0, np.zeros((1, 3), np.int64))


def _nominal(height: Optional[Toleranced]) -> Optional[int]:
    return height.nominal if height is not None else None
