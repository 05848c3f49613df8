"""Wires in space: how near their loops come to each other, to the rim of their own chip, and to what is above them.

The height of a loop is above its first bond, which lies on top of a chip or on the carrier. What is over it is the next
chip up, or the mold's top, whatever stands elsewhere: the cover t2 over the chips says nothing about a wire.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .. import space
from ..arrays import IntArray
from ..geometry.circles import clearance_inside
from ..geometry.loops.distance import loops_apart, near_in_plan
from ..geometry.loops.solids import clear_of_rim, highest_over
from ..package import Chip, Package
from ..shapes import inside as inside_of
from ..shapes import midpoint
from ..units import LENGTH, Toleranced, show
from . import Measured, Reading, levels, measure
from .covers import missing_cap_of
from .crowds import MOST
from .wire_crowd import WireCrowd, crowd, unknown_heights
from .wires import ends_of

_FARTHEST = 1_000_000_000


@measure(LENGTH, in_plan=True)
def wire_to_wire(package: Package, horizon: int = 0) -> Measured:
    """Distance in space between the surfaces of every two wires that are not bonded to one pad or finger; negative where
    they would run into each other. At the corners both loops stray by their tolerance, but never nearer than in plan."""
    if not package.wires:
        return
    yield from unknown_heights(package)
    wires = crowd(package)
    reach, found = max(horizon, 1), _near_wires(wires, max(horizon, 1))
    # With nothing nearer than the rule, the nearest pair is told: look farther until one is found, and once more as far.
    while not len(found[0]) and reach < _FARTHEST and int(wires.known.sum()) > 1:
        reach *= 8
        found = _near_wires(wires, reach)
    i, j, apart, low = found
    near = low < horizon
    if not near.any() and len(apart):
        near = np.arange(len(apart)) == int(apart.argmin())
    i, j, apart, low = i[near], j[near], apart[near], low[near]
    strays = wires.strays(i, j)
    many = f", one of {len(i):,} pairs of which the nearest {MOST:,} are told" if len(i) > MOST else ""
    for k in np.argsort(apart, kind="stable")[:MOST].tolist():
        a, b = wires.wires[i[k]], wires.wires[j[k]]
        yield Reading((a.key, b.key), int(apart[k]), int(low[k]), int(apart[k] + strays[k]), midpoint(a.from_at, b.from_at),
                      f"{ends_of(a)} and {ends_of(b)}, tiers {a.tier} and {b.tier}{many}")
        many = ""


def _near_wires(wires: WireCrowd, reach: int) -> tuple[IntArray, IntArray, IntArray, IntArray]:
    """Pairs nearer than ``reach`` in plan: distance in space at nominal heights, and the least it can be."""
    i, j, flat = near_in_plan(wires.start, wires.end, wires.diameters, reach)
    wanted = wires.known[i] & wires.known[j] & ~wires.share_an_end(i, j)
    i, j, flat = i[wanted], j[wanted], flat[wanted]
    apart = loops_apart(wires.loops, i, j) - (wires.diameters[i] + wires.diameters[j]) / 2
    # Heights stray, plans do not: the distance in plan is a floor under the one in space.
    low = np.maximum(np.minimum(flat, apart), apart - wires.strays(i, j))
    return i, j, np.floor(apart + 1e-3).astype(np.int64), np.floor(low + 1e-3).astype(np.int64)


@measure(LENGTH, in_plan=True)
def wire_to_own_chip_edge(package: Package) -> Measured:
    """Distance in space from every wire's surface to the upper rim of the chip it is bonded to; a standard loop is taken
    from the top of its rise."""
    if not package.wires:
        return
    yield from unknown_heights(package)
    wires = crowd(package)
    for chip in package.chips:
        top = levels.top(package, chip)
        for which in (0, 1):
            own = wires.of_chip(chip, which)
            own = own[wires.known[own] & _leaving(wires, own, chip)]
            if top is None or not len(own):
                continue
            clear = [clear_of_rim(shapes[own], chip.outline, top.nominal) - wires.diameters[own] / 2
                     for shapes in (wires.loops, wires.lowest, wires.highest)]
            for i, *values in zip(own.tolist(), *(np.floor(one + 1e-3).astype(np.int64).tolist() for one in clear)):
                wire = wires.wires[i]
                yield Reading((wire.key, chip.key), values[0], min(values), max(values), (wire.from_at, wire.to_at)[which],
                              f"{ends_of(wire)} over the edge of {chip.name}")


def _leaving(wires: WireCrowd, own: IntArray, chip: Chip) -> NDArray[np.bool_]:
    """Which wires go beyond the chip in plan."""
    both = np.stack((wires.start[own], wires.end[own]), axis=1).astype(np.float64)
    return np.asarray(~inside_of(both, chip.outline).all(axis=1))


@measure(LENGTH)
def wire_headroom(package: Package) -> Measured:
    """Room between the top of every loop and what is above it: the underside of each chip over it, and the mold's top."""
    if not package.wires:
        return
    yield from unknown_heights(package)
    wires = crowd(package)
    blocks = space.blocks(package)
    for block in blocks if len(wires.wires) else ():
        under = np.arange(len(wires.wires)) if len(blocks) == 1 else wires.meeting_box(block.outline)
        if block.cap is None and len(under):
            yield missing_cap_of(block.key)
        elif block.cap is not None:
            yield from _room_under_the_top(wires, block, block.cap, under)
            yield from _room_to_the_wall(wires, block, block.cap, under) if block.draft else ()
    for chip in package.near_chips:
        yield from _room_under(package, wires, chip)


def _room_to_the_wall(wires: WireCrowd, block: space.Block, cap: Toleranced, under: IntArray) -> Iterator[Reading]:
    """Room between the loops and a wall of mold that slants over them, upright from the loop's corners: those whose room there
    is less than under the top."""
    for i in under[wires.known[under]].tolist():
        found = []
        for loop in (wires.loops[i], wires.lowest[i], wires.highest[i]):
            inside = -clearance_inside(np.rint(loop[:, :2]).astype(np.int64), np.zeros(len(loop), np.int64), block.outline)
            wall = -inside / block.slope
            found.append((float((wall - loop[:, 2]).min()), float((cap.high - loop[:, 2]).min())))
        if found[0][0] < found[0][1]:
            wire, rooms = wires.wires[i], [math.floor(room) - wires.diameters[i] // 2 for room, _ in found]
            yield Reading((wire.key, block.draft_key), int(rooms[0]), int(min(rooms)), int(max(rooms)),
                          midpoint(wire.from_at, wire.to_at), f"{ends_of(wire)} under the slanted wall")


def _room_under_the_top(wires: WireCrowd, block: space.Block, cap: Toleranced, under: IntArray) -> Iterator[Reading]:
    """Room between the loops and the mold's top."""
    highest = wires.loops[:, :, 2].max(axis=1) if len(wires.loops) else np.zeros(0)
    rooms: dict[tuple[Optional[Toleranced], Optional[Toleranced]], tuple[int, Toleranced]] = {}
    shown: dict[int, str] = {}
    for i in under[wires.known[under]].tolist():
        wire, top, loop = wires.wires[i], wires.tops[i], wires.wires[i].loop_height
        if top is None or loop is None:
            continue
        if (top, loop) not in rooms:  # thousands of wires share a few heights
            rooms[top, loop] = (top + loop).nominal, cap - (top + loop)
        peak, room = rooms[top, loop]
        height = int(highest[i])
        off = height - peak + wire.diameter // 2  # an end above the loop lifts its top
        if height not in shown:
            shown[height] = show(height, LENGTH)
        yield Reading((wire.key, block.cap_key), room.nominal - off, room.low - off, room.high - off,
                      midpoint(wire.from_at, wire.to_at), f"{ends_of(wire)}: loop {shown[height]} high")


def _room_under(package: Package, wires: WireCrowd, chip: Chip) -> Iterator[Reading]:
    """Room between the loops and the underside of ``chip``, where they run under it."""
    bottom, under = levels.bottom(package, chip), levels.supports(package, chip)
    meeting = wires.meeting_box(chip.outline)
    heights = highest_over(wires.loops[meeting], chip.outline)
    running = wires.known[meeting] & np.isfinite(heights)
    for i, over in zip(meeting[running].tolist(), heights[running].tolist()):
        wire, top, ends = wires.wires[i], wires.tops[i], wires.ends[i]
        own = [one.chip for one in ends if one is not None and one.chip is not None]
        if bottom is None or top is None or wire.loop_height is None or chip in own or bottom.nominal < top.nominal:
            continue
        stray = wire.loop_height
        # What both stand on cancels: between a chip and the one it is bonded on there is only the joint.
        joint = levels.joint(package, chip) if len(under) == 1 and under[0] in own[:1] else None
        apart = joint or bottom - top
        room = apart.nominal - (round(over) - top.nominal) - wire.diameter // 2
        yield Reading((wire.key, chip.key), room, room - apart.minus - stray.plus, room + apart.plus + stray.minus,
                      midpoint(wire.from_at, wire.to_at), f"{ends_of(wire)} under {chip.name}")
