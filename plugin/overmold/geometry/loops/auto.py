"""Wires proposed for the pads of one chip: to each finger at most one, as many as can be, together as short as can be.

Pads and fingers are both walked around the chip, and the wires keep that order: so they do not cross while they run in the
ring between chip and fingers. Whatever crosses all the same is taken out, and what is left over is tried finger by finger,
nearest first. Lengths are nanometres, angles 1/1000 degree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...arrays import IntArray
from ...shapes import Outline
from .angles import angles_from_normal
from .distance import crossed, near_in_plan

# Fingers are tried from where the pads begin, and from a few before and after, as long as that is quick.
_SHIFTS = (0, 1, -1, 2, -2, 3, -3)
_QUICK = 250_000


@dataclass(frozen=True)
class Limits:
    """What a proposed wire keeps: length in plan, angle from the normal of the edge, and how many tiers there are."""

    max_length: int
    max_angle: int
    tiers: int = 1


@dataclass(frozen=True, eq=False)
class Ring:
    """The pads (n, 2) of a chip of that outline and the free fingers (m, 2).

    Nets are numbers (n and m); a wire may join equal ones, and anything with -1, which is none.
    """

    pads: IntArray
    fingers: IntArray
    outline: Outline
    pad_nets: IntArray
    finger_nets: IntArray


@dataclass(frozen=True, eq=False)
class Drawn:
    """Wires that are there already: starts and ends (k, 2) and tiers (k)."""

    start: IntArray
    end: IntArray
    tiers: IntArray

    def and_these(self, start: IntArray, end: IntArray, tier: int) -> Drawn:
        """With more wires of one tier."""
        return Drawn(np.concatenate((self.start, start)), np.concatenate((self.end, end)),
                     np.concatenate((self.tiers, np.full(len(start), tier, np.int64))))


@dataclass(frozen=True)
class Proposal:
    """A wire from the pad to the finger of these numbers."""

    pad: int
    finger: int
    tier: int


def propose(ring: Ring, limits: Limits, drawn: Drawn) -> tuple[list[Proposal], dict[int, str]]:
    """Wires for as many pads as can be, in the order of the pads, and for each pad that has none the reason."""
    proposals: list[Proposal] = []
    free_pads, free_fingers = np.arange(len(ring.pads)), np.arange(len(ring.fingers))
    for tier in range(1, limits.tiers + 1):
        same = drawn.tiers == tier
        found = _one_tier(ring, limits, free_pads, free_fingers, drawn.start[same], drawn.end[same])
        if not found:
            continue
        proposals += [Proposal(pad, finger, tier) for pad, finger in found.items()]
        pads, fingers = np.array(list(found)), np.array(list(found.values()))
        drawn = drawn.and_these(ring.pads[pads], ring.fingers[fingers], tier)
        free_pads, free_fingers = np.setdiff1d(free_pads, pads), np.setdiff1d(free_fingers, fingers)
    proposals.sort(key=lambda one: one.pad)
    return proposals, {pad: _reason(ring, limits, pad, free_fingers) for pad in free_pads.tolist()}


def _one_tier(ring: Ring, limits: Limits, pads: IntArray, fingers: IntArray, start: IntArray, end: IntArray
              ) -> dict[int, int]:
    """Finger by pad, for one tier in which the wires from ``start`` to ``end`` lie already."""
    if not len(pads) or not len(fingers):
        return {}
    pads, fingers = _around(ring, pads, fingers)
    costs = [_lengths(ring, limits, pad, fingers) for pad in pads.tolist()]
    shifts = _SHIFTS if len(pads) * len(fingers) <= _QUICK else _SHIFTS[:1]
    best: dict[int, int] = {}
    least: Optional[tuple[int, int]] = None
    for shift in shifts:
        pairs = _in_order([np.roll(cost, -shift) for cost in costs])
        total = sum(int(costs[i][(j + shift) % len(fingers)]) for i, j in pairs)
        if least is None or (-len(pairs), total) < least:
            least = (-len(pairs), total)
            best = {int(pads[i]): int(fingers[(j + shift) % len(fingers)]) for i, j in pairs}
    best = _uncrossed(ring, best, start, end)
    used = set(best.values())
    for k, pad in enumerate(pads.tolist()):
        if pad in best:
            continue
        for j in np.argsort(costs[k], kind="stable").tolist():
            finger = int(fingers[j])
            if costs[k][j] == _NEVER:
                break
            if finger not in used and not _crosses(ring, pad, finger, best, start, end):
                best[pad] = finger
                used.add(finger)
                break
    return best


_NEVER = np.iinfo(np.int64).max // 4


def _around(ring: Ring, pads: IntArray, fingers: IntArray) -> tuple[IntArray, IntArray]:
    """Pads and fingers as one meets them on the way around the chip, beginning in the widest gap between pads."""
    centre = np.array(ring.outline.centre)
    turns = [np.arctan2(*(at - centre).T) for at in (ring.pads[pads], ring.fingers[fingers])]
    ordered = np.sort(turns[0])
    gaps = np.diff(np.append(ordered, ordered[0] + 2 * np.pi))
    widest = int(np.argmax(gaps))
    begin = ordered[widest] + gaps[widest] / 2
    orders = [np.argsort((turn - begin) % (2 * np.pi), kind="stable") for turn in turns]
    return pads[orders[0]], fingers[orders[1]]


def _lengths(ring: Ring, limits: Limits, pad: int, fingers: IntArray) -> IntArray:
    """Length of a wire from the pad to each finger; ``_NEVER`` where it would break a limit or join two nets."""
    at = ring.pads[pad]
    way = (ring.fingers[fingers] - at).astype(np.float64)
    lengths: IntArray = np.rint(np.hypot(way[:, 0], way[:, 1])).astype(np.int64)
    own, others = ring.pad_nets[pad], ring.finger_nets[fingers]
    alike = (others == own) | (others == -1) | (own == -1)
    lengths[~alike | (lengths > limits.max_length)] = _NEVER
    near = np.flatnonzero(lengths < _NEVER)
    angles, leaves = angles_from_normal(np.broadcast_to(at, (len(near), 2)), ring.fingers[fingers[near]], ring.outline)
    lengths[near[~leaves | (angles > limits.max_angle)]] = _NEVER
    return lengths


def _in_order(costs: list[IntArray]) -> list[tuple[int, int]]:
    """Pairs (row, column), both ascending: as many as can be, then of the least sum. Column by column and row by row,
    the best of the first i rows and j columns follows from those of one less."""
    count = len(costs[0])
    one_more = 1 + sum(int(cost[cost < _NEVER].max(initial=0)) for cost in costs)  # outweighs every sum of lengths
    best = np.zeros(count + 1, np.int64)
    steps = np.zeros((len(costs), count + 1), np.int8)  # 0: without this column, 1: without this row, 2: with both
    for i, cost in enumerate(costs):
        paired = np.where(cost < _NEVER, best[:-1] + cost - one_more, _NEVER)
        row = best.copy()
        row[1:] = np.minimum(row[1:], paired)
        row = np.minimum.accumulate(row)
        steps[i] = np.where(row == best, 1, 2)
        steps[i, 1:][row[1:] == row[:-1]] = 0
        best = row
    pairs, i, j = [], len(costs) - 1, count
    while i >= 0 and j > 0:
        step = steps[i, j]
        if step == 2:
            pairs.append((i, j - 1))
        i, j = i - (step > 0), j - (step != 1)
    return pairs[::-1]


def _uncrossed(ring: Ring, wires: dict[int, int], start: IntArray, end: IntArray) -> dict[int, int]:
    """Without those that cross: all that cross wires drawn before, then, one by one, what crosses most others."""
    kept = dict(wires)
    pads = list(wires)
    starts = np.concatenate((start, ring.pads[pads]))
    ends = np.concatenate((end, ring.fingers[list(wires.values())]))
    i, j, _ = near_in_plan(starts, ends, np.ones(len(starts), np.int64), 0)
    meet = crossed(starts, ends, i, j)
    crossings = {(a - len(start), b - len(start)) for a, b in zip(i[meet].tolist(), j[meet].tolist()) if b >= len(start)}
    gone = {b for a, b in crossings if a < 0}
    while True:
        left = [pair for pair in crossings if pair[0] >= 0 and not gone & set(pair)]
        if not left:
            break
        counts = Counter(sorted(k for pair in left for k in pair))
        gone.add(counts.most_common(1)[0][0])
    for k in gone:
        del kept[pads[k]]
    return kept


def _crosses(ring: Ring, pad: int, finger: int, wires: dict[int, int], start: IntArray, end: IntArray) -> bool:
    others = list(_both(ring, wires, start, end))
    return any(bool(_meet(ring.pads[pad], ring.fingers[finger], *one).any()) for one in others)


def _both(ring: Ring, wires: dict[int, int], start: IntArray, end: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    if len(start):
        yield start, end
    if wires:
        yield ring.pads[list(wires)], ring.fingers[list(wires.values())]


def _meet(a: IntArray, b: IntArray, start: IntArray, end: IntArray) -> IntArray:
    """Which of the wires the wire a-b crosses or touches."""
    ends = np.concatenate((a[None], start)), np.concatenate((b[None], end))
    others = np.arange(1, len(start) + 1)
    return np.asarray(crossed(*ends, np.zeros_like(others), others))


def _reason(ring: Ring, limits: Limits, pad: int, free: IntArray) -> str:
    """Why a pad got no wire, told by the first limit that leaves no finger."""
    everywhere = Limits(limits.max_length, 90_001)
    any_net = Ring(ring.pads, ring.fingers, ring.outline, np.full_like(ring.pad_nets, -1), ring.finger_nets)
    every = np.arange(len(ring.fingers))

    def reached(room: Ring, limit: Limits, fingers: IntArray) -> bool:
        return bool(len(fingers)) and bool((_lengths(room, limit, pad, fingers) < _NEVER).any())

    if not reached(any_net, everywhere, every):
        return "too long"
    if not reached(any_net, limits, every):
        return "too slanted"
    if not reached(ring, limits, every):
        return "other nets"
    return "would cross" if reached(ring, limits, free) else "all taken"
