"""Wires from the pads of a chip down to the metal around it: straight out over the nearest edge, as short as may be.

Lengths are nanometres.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np

from ...arrays import IntArray
from ...shapes import Outline, Point
from ..circles import clearance_inside
from .auto import Drawn, Limits
from .distance import segments_apart

_STEP = 50_000  # from one distance to the next, where the metal begins farther out
_ASIDE = (0, 1, -1, 2, -2, 3, -3, 4, -4, 5, -5, 6, -6)  # places beside the straight way, in widths of a stitch
# Of a wire's diameter: a crescent is up to three long (dieproducts.org, workmanship of ball bonding), and lies on metal whole.
STITCH = 3
_APART = 2  # diameters between the middle lines of two wires: they do not touch, and the tool passes


class Down(NamedTuple):
    """What a wire goes down to: the number of a piece of metal, and the spot on it."""

    metal: int
    at: Point


@dataclass(frozen=True, eq=False)
class Around:
    """What lies around a chip of that ``outline``: pieces of metal, each with the number of its net. Wires end ``away`` or more
    from the chip's edge; ``diameter`` is theirs."""

    outline: Outline
    metal: Sequence[Outline]
    nets: Sequence[int]
    away: int
    diameter: int


def down_bonds(pads: IntArray, nets: Sequence[int], around: Around, limits: Limits, drawn: Drawn) -> dict[int, Down]:
    """For each pad (n, 2) whose net (n) some metal has, where its wire goes; pads for which there is no way are left out."""
    found: dict[int, Down] = {}
    for pad, net in enumerate(nets):
        pieces = [i for i, other in enumerate(around.nets) if other == net]
        if not pieces:
            continue
        start = (int(pads[pad, 0]), int(pads[pad, 1]))
        one = _way(start, pieces, around, limits, drawn)
        if one is not None:
            found[pad] = one
            drawn = drawn.and_these(np.array([start]), np.array([one.at]), 1)
    return found


def _way(pad: Point, pieces: Sequence[int], around: Around, limits: Limits, drawn: Drawn) -> Optional[Down]:
    """The first spot that is free, straight out or a little aside."""
    widths = np.array([STITCH * around.diameter])
    same = drawn.tiers == 1
    start, end = drawn.start[same].astype(np.float64), drawn.end[same].astype(np.float64)
    for spot in _spots(pad, around, limits):
        at = np.array([spot], np.int64)
        metal = next((i for i in pieces if clearance_inside(at, widths, around.metal[i])[0] >= 0), None)
        if metal is None:
            continue
        here = np.array(pad, np.float64), np.array(spot, np.float64)
        if not len(start) or float(segments_apart(*here, start, end).min()) >= _APART * around.diameter:
            return Down(metal, spot)
    return None


def _spots(pad: Point, around: Around, limits: Limits) -> Iterator[Point]:
    """Spots beyond the chip's edges, the nearest edge first, from near to far, straight before slanted."""
    for inset, (ox, oy), (ax, ay) in _edges(pad, around.outline):
        for away in range(around.away, max(limits.max_length - inset, 0) + 1, _STEP):
            for aside in (one * STITCH * around.diameter for one in _ASIDE):
                length, angle = math.hypot(inset + away, aside), math.degrees(math.atan2(abs(aside), inset + away)) * 1000
                if length <= limits.max_length and angle <= limits.max_angle:
                    out = inset + away
                    yield round(pad[0] + ox * out + ax * aside), round(pad[1] + oy * out + ay * aside)


def _edges(pad: Point, outline: Outline) -> list[tuple[int, tuple[float, float], tuple[float, float]]]:
    """The two nearest edges of a chip: how far the pad is inside, the way out, and the way along."""
    ring, found = outline.rings[0], []
    turn = 1 if sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, (*ring[1:], ring[0]))) > 0 else -1
    for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0])):
        long = math.hypot(bx - ax, by - ay)
        along = (bx - ax) / long, (by - ay) / long
        out = turn * along[1], -turn * along[0]
        inset = -((pad[0] - ax) * out[0] + (pad[1] - ay) * out[1])
        found.append((round(inset), out, along))
    return sorted(found)[:2]
