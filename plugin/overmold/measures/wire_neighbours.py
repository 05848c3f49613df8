"""Wires in space beside what they are not bonded to: other chips, and passives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Union

import numpy as np

from ..arrays import IntArray
from ..geometry.loops.shape import FloatArray
from ..geometry.loops.solids import clear_of_prism, from_edges
from ..package import Chip, Package, Passive
from ..shapes import Outline, distinct, inside, midpoint, sticking_out
from ..space import body_of, under_passive
from ..units import LENGTH, Toleranced
from . import Measured, Reading, Unmeasured, levels, measure
from .missing import missing_for_top, not_stated
from .wire_crowd import WireCrowd, crowd, unknown_heights
from .wires import ends_of


@measure(LENGTH, in_plan=True)
def wire_to_other_chip(package: Package, horizon: int = 0) -> Measured:
    """Distance in space from every wire's surface to the chips it is not bonded to, 0 or less where it runs into one.

    At the corners the heights of both stray by their tolerances, but wire and chip never come nearer than in plan."""
    if not package.wires:
        return
    yield from unknown_heights(package)
    wires = crowd(package)
    found: list[Reading] = []
    for chip in package.near_chips:
        bottom, top = levels.bottom(package, chip), levels.top(package, chip)
        for others, outline in _strangers(package, wires, chip):
            if bottom is None or top is None:
                yield _unknown_chip(chip)
                continue
            found += _beside(wires, others, chip, outline, (bottom, top), (horizon, _best(found)))
    yield from _nearest(found, horizon)


@measure(LENGTH, in_plan=True)
def wire_to_passive(package: Package, horizon: int = 0) -> Measured:
    """Distance in space from every wire's surface to the passives of the chip side, from what they stand on up; 0 or less where
    it runs into one.

    At the corners the heights of both stray by their tolerances, but wire and passive never come nearer than in plan."""
    passives = package.near_passives if package.wires else ()
    if not passives:
        return
    yield from unknown_heights(package)
    wires = crowd(package)
    found: list[Reading] = []
    for passive in passives:
        body = body_of(package, passive)
        floor, high, chip = body.bottom.value, body.top.value, under_passive(package, passive)
        if passive.height is None:
            yield not_stated(Passive, "height", passive.key, passive.name)
        elif floor is None or high is None:
            if chip is not None:
                yield missing_for_top(package, chip)
        else:
            found += _beside(wires, np.flatnonzero(wires.known), passive, passive.outline, (floor, high),
                             (horizon, _best(found)))
    yield from _nearest(found, horizon)


def _best(found: Sequence[Reading]) -> float:
    return min((float(reading.value) for reading in found), default=np.inf)


def _nearest(found: Sequence[Reading], horizon: int) -> Iterator[Reading]:
    """What is nearer than ``horizon``, also at a corner; else the nearest alone."""
    near = [reading for reading in found if reading.low < horizon]
    yield from near or sorted(found, key=lambda reading: reading.value)[:1]


def _strangers(package: Package, wires: WireCrowd, chip: Chip) -> Iterator[tuple[IntArray, Outline]]:
    """The wires that are not bonded to ``chip``, and what of its outline they can come near: of a chip below their own
    only the ledge that sticks out, for the rest lies under their own chip."""
    number = wires.numbers[chip.name]
    strangers = wires.known & (wires.based != number).all(axis=1)
    # Of each wire's chips the first that stands in the tower on this one; -1 where none does.
    standing = [wires.numbers[one.name] for one in levels.tower(package, chip)]
    within = np.isin(wires.based, standing)
    over = np.where(within[:, 0], wires.based[:, 0], np.where(within[:, 1], wires.based[:, 1], -1))
    for upper in distinct(over[strangers]).tolist():
        which = np.flatnonzero(strangers & (over == upper))
        ledges = sticking_out(chip.outline, package.chips[upper].outline) if upper >= 0 else (chip.outline,)
        for outline in ledges:
            yield which, outline


def _beside(wires: WireCrowd, others: IntArray, part: Union[Chip, Passive], outline: Outline,
            faces: tuple[Toleranced, Toleranced], limits: tuple[int, float]) -> list[Reading]:
    """Distances from a part between two ``faces`` of those of the wires nearer than the horizon in plan, else of the nearest
    in plan; none where all are farther than the best so far, for in space nothing is nearer than in plan."""
    (bottom, top), horizon = faces, limits[0]
    others, flat = _nearest_in_plan(wires, others, outline, limits)
    if not len(others):
        return []
    clear = clear_of_prism(wires.loops[others], outline, bottom.nominal, top.nominal) - wires.diameters[others] / 2
    strays = wires.loop_slack[others] + wires.base_slack[others] + max(bottom.plus, bottom.minus, top.plus, top.minus)
    low = np.maximum(np.minimum(flat, clear), clear - strays)
    values, lows = (np.floor(one + 1e-3).astype(np.int64) for one in (clear, low))
    told = np.flatnonzero(lows < horizon)
    if not len(told):
        told = np.array([int(values.argmin())])
    return [Reading((wires.wires[i].key, part.key), value, least, value + stray,
                    midpoint(wires.wires[i].from_at, wires.wires[i].to_at), f"{ends_of(wires.wires[i])} beside {part.name}")
            for i, value, least, stray in zip(*(column[told].tolist() for column in (others, values, lows, strays)))]


def _nearest_in_plan(wires: WireCrowd, which: IntArray, outline: Outline, limits: tuple[int, float]
                     ) -> tuple[IntArray, FloatArray]:
    """Those of the wires whose surface is nearer to ``outline`` than the horizon in plan, else the nearest, and their
    distances; none where no wire can be nearer than the best so far, either.

    No wire is nearer than its box is to that of the outline, so of most no edge has to be looked at.
    """
    horizon, best = limits
    radii = wires.diameters[which] / 2
    least = _box_distance(wires, which, outline) - radii
    if not len(least) or least.min() >= max(horizon, best):
        return which[:0], least[:0]
    first = int(least.argmin())
    reach = max(horizon, int((_flat_distance(wires, which[[first]], outline) - radii[first])[0]) + 1)
    near = np.flatnonzero(least < reach)
    flat = _flat_distance(wires, which[near], outline) - radii[near]
    picked = flat < max(horizon, int(flat.min()) + 1)
    if flat.min() >= max(horizon, best):
        picked[:] = False
    return which[near[picked]], flat[picked]


def _box_distance(wires: WireCrowd, which: IntArray, outline: Outline) -> FloatArray:
    boxes, box = wires.boxes[which], np.array(outline.box, np.int64)
    beyond = np.maximum(np.maximum(boxes[:, :2] - box[2:], box[:2] - boxes[:, 2:]), 0).astype(np.float64)
    apart: FloatArray = np.hypot(beyond[:, 0], beyond[:, 1])
    return apart


def _flat_distance(wires: WireCrowd, which: IntArray, outline: Outline) -> FloatArray:
    start, end = wires.start[which].astype(np.float64), wires.end[which].astype(np.float64)
    return np.where(inside(start, outline), 0.0, from_edges(start, end, outline))


def _unknown_chip(chip: Chip) -> Unmeasured:
    return Unmeasured((chip.key,), f"how high {chip.name} lies and how thick it is is not known: state its thickness and what "
                      "is under it ('thickness', 'bumps: height' or 'attach' in the package file)")
