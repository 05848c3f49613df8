"""Wires in plan: their length, their angle, what their ends lie on, and the bond fingers."""

from __future__ import annotations

from fractions import Fraction
from functools import partial

import numpy as np

from ..geometry.loops.angles import angles_from_normal
from ..geometry.loops.distance import crossed, near_in_plan, segments_apart
from ..geometry.loops.solids import edges
from ..package import Package, Wire, keys
from ..shapes import ROUNDING, Outline, Point, inside, margin_inside, midpoint
from ..units import ANGLE, FLAG, LENGTH, RATIO, show
from . import Measured, Reading, exact, measure
from .neighbours import distances_between
from .wire_crowd import crowd


def ends_of(wire: Wire) -> str:
    """The wire as people call it."""
    return f"{wire.start or 'nothing'} to {wire.end or 'nothing'}"


@measure(LENGTH, in_plan=True)
def wire_length(package: Package) -> Measured:
    """Length of every wire in plan, from one bond to the other."""
    if not package.wires:
        return
    wires = crowd(package)
    way = (wires.end - wires.start).astype(np.float64)
    for wire, length in zip(wires.wires, np.rint(np.hypot(way[:, 0], way[:, 1])).astype(np.int64).tolist()):
        yield exact((wire.key,), length, midpoint(wire.from_at, wire.to_at), partial(ends_of, wire))


@measure(RATIO, in_plan=True)
def wire_length_to_diameter(package: Package) -> Measured:
    """Length of every wire in plan / its diameter."""
    diameters = {wire.key: wire.diameter for wire in package.wires}
    for one in wire_length(package):
        if isinstance(one, Reading):
            across = diameters[one.where[0]]
            ratio = Fraction(one.value, across)
            yield Reading(one.where, ratio, ratio, ratio, one.at, partial(_length_told, one, across),
                          slack=Fraction(ROUNDING, across))


def _length_told(one: Reading, across: int) -> str:
    return f"{one.note}: {show(one.value, LENGTH)} long, {show(across, LENGTH)} thick"


@measure(ANGLE, in_plan=True)
def wire_angle(package: Package) -> Measured:
    """Angle in plan between every wire and the normal of the chip's edge that it crosses; at both ends of a wire between
    two chips. A wire that stays over its chip crosses none."""
    if not package.wires:
        return
    wires = crowd(package)
    for chip in package.chips:
        for which, (pad, far) in enumerate(((wires.start, wires.end), (wires.end, wires.start))):
            own = wires.of_chip(chip, which)
            if not len(own):
                continue
            angles, leaves = angles_from_normal(pad[own], far[own], chip.outline)
            for i, angle in zip(own[leaves].tolist(), angles[leaves].tolist()):
                wire = wires.wires[i]
                yield exact((wire.key, chip.key), angle, (wire.from_at, wire.to_at)[which], f"{ends_of(wire)}, at {chip.name}")


@measure(FLAG)
def wire_ends_on_metal(package: Package) -> Measured:
    """Whether both ends of every wire lie on the pad, finger or lead that they are bonded to, and none where a lead frame is
    etched from above."""
    if not package.wires:
        return
    wires = crowd(package)
    frame = package.carrier.frame if package.carrier is not None else None
    etched = frame.etched_above if frame is not None else ()
    for wire, landed in zip(wires.wires, wires.ends):
        low = [(name, at) for name, at, landing in zip((wire.start, wire.end), (wire.from_at, wire.to_at), landed)
               if landing is not None and landing.on_frame and any(inside(np.array(at), region) for region in etched)]
        loose = [(name, at) for name, at, landing in zip((wire.start, wire.end), (wire.from_at, wire.to_at), landed)
                 if landing is None or not (landing.at == at or _holds(landing.metal, at))]
        if loose:
            said = " and ".join(f"the end at {name or 'no pad'}" for name, _ in loose)
            yield exact((wire.key,), 0, loose[0][1], f"{ends_of(wire)}: {said} lies on nothing")
        elif low:
            said = " and ".join(f"the end at {name}" for name, _ in low)
            yield exact((wire.key,), 0, low[0][1], f"{ends_of(wire)}: {said} lies where the metal is etched from above")
        else:
            yield exact((wire.key,), 1, midpoint(wire.from_at, wire.to_at), partial(ends_of, wire))


def _holds(metal: Outline, at: Point) -> bool:
    left, top, right, bottom = metal.box
    if not (left <= at[0] <= right and top <= at[1] <= bottom):
        return False
    if metal.is_box:
        return True
    spot = np.array(at, np.float64)
    # A nanometre, for what is turned is rounded.
    return bool(inside(spot, metal)) or min(float(segments_apart(spot, spot, *edge)) for edge in edges(metal)) <= 1


@measure(FLAG)
def wire_ends_on_one_net(package: Package) -> Measured:
    """Whether the two ends of every wire are on the same net; ends on nothing are left out."""
    if not package.wires:
        return
    wires = crowd(package)
    for wire, (start, end) in zip(wires.wires, wires.ends):
        if start is not None and end is not None:
            note = partial(ends_of, wire) if start.net == end.net else (
                f"{ends_of(wire)}: {start.net or 'no net'} and {end.net or 'no net'}")
            yield exact((wire.key,), int(start.net == end.net), midpoint(wire.from_at, wire.to_at), note)


@measure(FLAG)
def wire_uncrossed_in_tier(package: Package) -> Measured:
    """Whether every wire is clear, in plan, of the other wires of its loop tier; wires bonded to one pad or finger may
    meet there. Wires of different tiers may cross: how near they come in space is told by wire_to_wire."""
    if not package.wires:
        return
    wires = crowd(package)
    i, j, _ = near_in_plan(wires.start, wires.end, wires.diameters, 0)
    tiers = np.array([wire.tier for wire in wires.wires], np.int64)
    alike = tiers[i] == tiers[j]
    i, j = i[alike], j[alike]
    meeting = crossed(wires.start, wires.end, i, j) & ~wires.share_an_end(i, j)
    for one, other in zip(i[meeting].tolist(), j[meeting].tolist()):
        a, b = wires.wires[one], wires.wires[other]
        yield exact((a.key, b.key), 0, _crossing(a, b), f"{ends_of(a)} and {ends_of(b)}, both of tier {a.tier}")
    involved = set(i[meeting].tolist()) | set(j[meeting].tolist())
    if len(involved) < len(wires.wires):
        first = next(wire for k, wire in enumerate(wires.wires) if k not in involved)
        yield exact((first.key,), 1, first.from_at, f"{len(wires.wires) - len(involved)} wires cross none of their tier")


def _crossing(a: Wire, b: Wire) -> Point:
    """Where two wires cross in plan; the middle of the first where they run along each other."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = a.from_at, a.to_at, b.from_at, b.to_at
    cross = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if not cross:
        return midpoint(a.from_at, a.to_at)
    share = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / cross
    return round(ax + share * (bx - ax)), round(ay + share * (by - ay))


@measure(LENGTH, in_plan=True)
def finger_to_chip_edge(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan from every bond finger to every chip that stands on the carrier, 0 where they touch or overlap."""
    if package.carrier is not None:
        lowest = [chip for chip in package.near_chips if not chip.on]
        yield from distances_between(lowest, package.carrier.fingers, horizon)


@measure(LENGTH, in_plan=True)
def finger_to_carrier_edge(package: Package) -> Measured:
    """How far every bond finger stays inside the carrier's outline, negative where it sticks out."""
    if package.carrier is not None:
        for finger in package.carrier.fingers:
            yield exact((finger.key, "carrier"), margin_inside(finger.outline, package.carrier.outline), finger.at,
                        f"finger {finger.name}")


@measure(FLAG)
def finger_free_of_mask(package: Package) -> Measured:
    """Whether the solder mask leaves every bond finger open."""
    fingers = package.carrier.fingers if package.carrier is not None else ()
    covered = [finger for finger in fingers if not finger.opening]
    for finger in covered:
        yield exact((finger.key,), 0, finger.at, f"finger {finger.name}, {show(finger.size[1], LENGTH)} long")
    if len(covered) < len(fingers):
        yield exact((keys.FINGERS,), 1, note=f"{len(fingers) - len(covered)} fingers are open")
