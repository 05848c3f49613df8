"""Joints: what each bump lands on, what each wire ends on, what each terminal stands on, and lands that touch.

Positions decide, never names. A bump lands on the copper under its middle: on the carrier that is the pad drawn for it, on a
lead frame a lead or the die attach pad, on a chip one of that chip's bond pads. A terminal on a chip is soldered to every bond
pad of that chip which it touches.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..geometry.circles import clearance_inside
from ..package import PADDLE, Chip, Package, Passive
from .pieces import BOND_PAD, BUMP, CARRIER_PAD, DIE_PAD, FINGER, LEAD, NO_NET, TERMINAL, Pieces, carrier_outline
from .touching import (
    NOTHING,
    frame_metal_fused,
    frame_metal_touching,
    held_by,
    lands_that_touch,
    pads_touching,
    under,
    under_frame,
)

SOLDER, WIRE, TOUCH = range(3)
UNKNOWN = -2  # the chip below does not state its bond pads (to bumps and terminals on it)
OWN_LAND = -3  # a terminal on a substrate stands on the land that is drawn for it


class Joints(NamedTuple):
    """Pairs of pieces that touch: numbers ``one`` and ``other`` (m), ``kind`` (m) SOLDER, WIRE or TOUCH (lands that overlap,
    fused leads); ``wire`` (m) counts the package's wires, -1 for what is none.

    ``under`` (n pieces) is what a bump lands or a terminal stands on: a piece, NOTHING, UNKNOWN or OWN_LAND; NOTHING for
    other pieces. ``wire_ends`` (wires, 2) are the pieces under both ends of each wire, or NOTHING.
    """

    one: IntArray
    other: IntArray
    kind: IntArray
    wire: IntArray
    under: IntArray
    wire_ends: IntArray

    def sound(self, net: IntArray) -> NDArray[np.bool_]:
        """Which joints (m) join two pieces of one and the same net."""
        same: NDArray[np.bool_] = (net[self.one] == net[self.other]) & (net[self.one] != NO_NET)
        return same


def joints_of(package: Package, pieces: Pieces) -> Joints:
    """Every joint between the pieces of ``package``."""
    below = np.full(len(pieces), NOTHING, np.int64)
    columns: list[tuple[IntArray, IntArray, int]] = []
    for number, chip in enumerate(package.chips):
        bumps = pieces.numbers(BUMP, number)
        if len(bumps):
            below[bumps] = _under_bumps(package, pieces, number, chip, bumps)
    for number, passive in enumerate(package.passives, len(package.chips)):
        if passive.on:
            columns.append((*_on_pads(package, pieces, passive, pieces.numbers(TERMINAL, number), below), SOLDER))
    on_chips = [i for i, passive in enumerate(package.passives, len(package.chips)) if passive.on]
    terminals = np.flatnonzero((pieces.kind == TERMINAL) & ~np.isin(pieces.part, on_chips))
    if pieces.outlines:
        below[terminals] = under_frame(pieces, pieces.xy[terminals])
        columns.append((*frame_metal_touching(pieces, terminals), SOLDER))
        columns.append((*frame_metal_fused(pieces), TOUCH))
    else:
        below[terminals] = np.where(on_carrier(package, pieces, terminals), OWN_LAND, NOTHING)
    landed = np.flatnonzero((pieces.kind == BUMP) & (below >= 0))
    columns.append((landed, below[landed], SOLDER))
    columns.append((*lands_that_touch(pieces), TOUCH))
    ends = _wire_ends(package, pieces)
    whole = np.flatnonzero((ends >= 0).all(axis=1) & (ends[:, 0] != ends[:, 1]))
    columns.append((ends[whole, 0], ends[whole, 1], WIRE))
    kind = np.concatenate([np.full(len(one), kind, np.int64) for one, _, kind in columns])
    wire = np.full(len(kind), -1, np.int64)
    wire[kind == WIRE] = whole
    return Joints(np.concatenate([one for one, _, _ in columns]), np.concatenate([other for _, other, _ in columns]),
                  kind, wire, below, ends)


def on_carrier(package: Package, pieces: Pieces, which: IntArray) -> NDArray[np.bool_]:
    """Which pieces have their middle over the carrier; all where its outline is not known."""
    outline = carrier_outline(package)
    if outline is None or not len(which):
        return np.ones(len(which), bool)
    inside: NDArray[np.bool_] = clearance_inside(pieces.xy[which], np.zeros(len(which), np.int64), outline) >= 0
    return inside


def _under_bumps(package: Package, pieces: Pieces, number: int, chip: Chip, bumps: IntArray) -> IntArray:
    """What the bumps of a chip land on (n)."""
    points = pieces.xy[bumps]
    if not chip.on:
        if pieces.outlines:
            return under_frame(pieces, points)
        pads = pieces.numbers(CARRIER_PAD, number)
        if not len(pads):  # a frame without any metal
            return np.full(len(bumps), NOTHING, np.int64)
        return np.where(on_carrier(package, pieces, bumps), pads, NOTHING)
    below = [i for i, one in enumerate(package.chips) if one.name in chip.on and i != number]
    runs = [pieces.numbers(BOND_PAD, i) for i in below]
    found = under(pieces, points, np.concatenate([*runs, np.zeros(0, np.int64)]))
    for i, pads in zip(below, runs):
        if not len(pads):  # over a chip that states no pads nobody knows what a bump meets
            over = clearance_inside(points, np.zeros(len(points), np.int64), package.chips[i].outline) >= 0
            found[over & (found == NOTHING)] = UNKNOWN
    return found


def _on_pads(package: Package, pieces: Pieces, passive: Passive, mine: IntArray, below: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs of a terminal of a passive on a chip and a bond pad that it touches; puts ``below`` each terminal the nearest pad
    where the middle of one lies on the other, or that no pads are known. Where edges touch is solder, but nothing to stand on.
    """
    numbers = [i for i, chip in enumerate(package.chips) if chip.name in passive.on]
    pads = np.concatenate([*(pieces.numbers(BOND_PAD, i) for i in numbers), np.zeros(0, np.int64)])
    for i in numbers:  # over a chip that states no pads nobody knows what a terminal meets
        if not len(pieces.numbers(BOND_PAD, i)):
            over = len(numbers) < 2 or clearance_inside(pieces.xy[mine], np.zeros(len(mine), np.int64),
                                                        package.chips[i].outline) >= 0
            below[mine[np.broadcast_to(over, len(mine))]] = UNKNOWN
    one, other = pads_touching(pieces, mine, pads)
    stands = held_by(pieces, other, pieces.xy[one]) | held_by(pieces, one, pieces.xy[other])
    apart = np.hypot(*(pieces.xy[one] - pieces.xy[other]).T.astype(np.float64))
    for k in np.argsort(-apart, kind="stable").tolist():  # the nearest last, which stays
        if stands[k]:
            below[one[k]] = other[k]
    return one, other


def _wire_ends(package: Package, pieces: Pieces) -> IntArray:
    """The piece under both ends of every wire (n, 2)."""
    wires = package.wires
    if not wires:
        return np.zeros((0, 2), np.int64)
    points = np.array([(wire.from_at, wire.to_at) for wire in wires], np.int64).reshape(-1, 2)
    known = _by_name(pieces)
    named = np.array([(known.get(wire.start, NOTHING), known.get(wire.end, NOTHING)) for wire in wires], np.int64).reshape(-1)
    # Where metal lies over metal the source says which is meant; else the upper one is, for it covers the lower.
    found = np.where((named >= 0) & held_by(pieces, np.maximum(named, 0), points) if len(pieces) else False, named, NOTHING)
    missed = np.flatnonzero(found == NOTHING)
    for layer in _layers(package, pieces):
        if len(missed):
            found[missed] = under(pieces, points[missed], layer)
            missed = missed[found[missed] == NOTHING]
    if len(missed):
        found[missed] = under_frame(pieces, points[missed])
    return found.reshape(-1, 2)


def _by_name(pieces: Pieces) -> Mapping[str, int]:
    """Everything that a wire may end on, by the name that its source gives it."""
    known: dict[str, int] = {}
    for run in pieces.runs:
        if run.kind in (BOND_PAD, FINGER, LEAD, DIE_PAD):
            before = f"{pieces.parts[run.part]}." if run.kind == BOND_PAD else ""
            known.update((before + name, i) for i, name in enumerate(run.names, run.first))
            if run.kind == DIE_PAD:
                known[PADDLE] = run.first
    return known


def _layers(package: Package, pieces: Pieces) -> list[IntArray]:
    """The metal that wires end on, leads aside: bond pads from the top of the stack down, then fingers."""
    chips = {chip.name: chip for chip in package.chips}

    def floor(chip: Chip, trail: tuple[str, ...] = ()) -> int:
        below = [chips[name] for name in chip.on if name in chips and name not in trail]
        return max((1 + floor(one, (*trail, chip.name)) for one in below), default=0)

    floors: dict[int, list[int]] = {}
    for number, chip in enumerate(package.chips):
        floors.setdefault(floor(chip), []).append(number)
    runs = [[pieces.numbers(BOND_PAD, number) for number in floors[level]] for level in sorted(floors, reverse=True)]
    return [*(np.concatenate(one) for one in runs), pieces.numbers(FINGER)]
