"""Wires in space beside what they are not bonded to: other chips, and passives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Union

import numpy as np

from ..arrays import IntArray
from ..geometry.loops.distance import segments_apart
from ..geometry.loops.shape import FloatArray
from ..geometry.loops.solids import clear_of_prism, edges
from ..package import Chip, Package, Passive
from ..shapes import Outline, inside, midpoint, sticking_out
from ..units import LENGTH, Toleranced
from . import Measured, Reading, Unmeasured, levels, measure
from .missing import not_stated
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
    found: list[list[Reading]] = []
    for chip in package.chips:
        bottom, top = levels.bottom(package, chip), levels.top(package, chip)
        for others, outline in _strangers(package, wires, chip):
            if bottom is None or top is None:
                yield _unknown_chip(chip)
                continue
            found.append(list(_beside(wires, others, chip, outline, bottom, top, horizon)))
    yield from _nearest(found, horizon)


@measure(LENGTH, in_plan=True)
def wire_to_passive(package: Package, horizon: int = 0) -> Measured:
    """Distance in space from every wire's surface to the passives, from the carrier up; 0 or less where it runs into one.

    At the corners the heights of both stray by their tolerances, but wire and passive never come nearer than in plan."""
    if not package.wires or not package.passives:
        return
    yield from unknown_heights(package)
    wires = crowd(package)
    found: list[list[Reading]] = []
    for passive in package.passives:
        if passive.height is None:
            yield not_stated(Passive, "height", passive.key, passive.name)
        else:
            found.append(list(_beside(wires, np.flatnonzero(wires.known), passive, passive.outline, Toleranced(0),
                                      passive.height, horizon)))
    yield from _nearest(found, horizon)


def _nearest(found: Sequence[Sequence[Reading]], horizon: int) -> Iterator[Reading]:
    """What is nearer than ``horizon``, also at a corner; else the nearest alone."""
    every = [reading for readings in found for reading in readings]
    near = [reading for reading in every if reading.low < horizon]
    yield from near or sorted(every, key=lambda reading: reading.value)[:1]


def _strangers(package: Package, wires: WireCrowd, chip: Chip) -> Iterator[tuple[IntArray, Outline]]:
    """The wires that are not bonded to ``chip``, and what of its outline they can come near: of a chip below their own
    only the ledge that sticks out, for the rest lies under their own chip."""
    number = wires.numbers[chip.name]
    strangers = wires.known & (wires.based != number).all(axis=1)
    # Of each wire's chips the first that stands in the tower on this one; -1 where none does.
    standing = [wires.numbers[one.name] for one in levels.tower(package, chip)]
    within = np.isin(wires.based, standing)
    over = np.where(within[:, 0], wires.based[:, 0], np.where(within[:, 1], wires.based[:, 1], -1))
    for upper in np.unique(over[strangers]).tolist():
        which = np.flatnonzero(strangers & (over == upper))
        ledges = sticking_out(chip.outline, package.chips[upper].outline) if upper >= 0 else (chip.outline,)
        for outline in ledges:
            yield which, outline


def _beside(wires: WireCrowd, others: IntArray, part: Union[Chip, Passive], outline: Outline, bottom: Toleranced,
            top: Toleranced, horizon: int) -> Iterator[Reading]:
    """Distances of those of the wires nearer than ``horizon`` in plan, else of the nearest in plan."""
    flat = _flat_distance(wires, others, outline) - wires.diameters[others] / 2
    if not len(flat):
        return
    picked = np.flatnonzero(flat < max(horizon, int(flat.min()) + 1))
    others, flat = others[picked], flat[picked]
    clear = clear_of_prism(wires.loops[others], outline, bottom.nominal, top.nominal) - wires.diameters[others] / 2
    strays = wires.loop_slack[others] + wires.base_slack[others] + max(bottom.plus, bottom.minus, top.plus, top.minus)
    low = np.maximum(np.minimum(flat, clear), clear - strays)
    for i, value, least, stray in zip(others.tolist(), np.floor(clear + 1e-3).astype(np.int64).tolist(),
                                      np.floor(low + 1e-3).astype(np.int64).tolist(), strays.tolist()):
        wire = wires.wires[i]
        yield Reading((wire.key, part.key), value, least, value + stray, midpoint(wire.from_at, wire.to_at),
                      f"{ends_of(wire)} beside {part.name}")


def _flat_distance(wires: WireCrowd, which: IntArray, outline: Outline) -> FloatArray:
    start, end = wires.start[which].astype(np.float64), wires.end[which].astype(np.float64)
    nearest: FloatArray = np.where(inside(start, outline), 0.0, np.inf)
    for first, last in edges(outline):
        nearest = np.minimum(nearest, segments_apart(start, end, first, last))
    return nearest


def _unknown_chip(chip: Chip) -> Unmeasured:
    return Unmeasured((chip.key,), f"how high {chip.name} lies and how thick it is is not known: state its thickness and what "
                      "is under it ('thickness', 'bumps: height' or 'attach' in the package file)")
