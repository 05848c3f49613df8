"""Footprints that hold many things at once, the carrier, all fingers, all wires: moved by somebody as a whole or not.

What such a footprint holds is the same wherever it lies; it is compared where the carrier would have it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import numpy as np

from ...arrays import IntArray
from ...compare import drift
from ...compare.values import NEAR
from ...package import Package
from ...package.moved import with_carrier_at, with_fingers_at, with_wires_at
from ...shapes import Point
from .groups import CARRIER, FINGERS, WIRES, group_of

Spot = tuple[Point, int]  # where a footprint lies against the carrier, and how it is turned (1/1000 degree)
HOME: Spot = ((0, 0), 0)
_MOVES: dict[str, Callable[[Package, Point, int], Package]] = {
    CARRIER: with_carrier_at, FINGERS: with_fingers_at, WIRES: with_wires_at}


def straightened(board: Package, due: Package, spots: Mapping[str, Spot]) -> tuple[Package, dict[str, Spot]]:
    """The board with those footprints back where the carrier has them, and where they lie instead.

    ``spots`` are the footprints' own. Somebody may have drawn one about an origin of their own: only where putting it back
    brings the board nearer to what is ``due`` has it been moved.
    """
    moved: dict[str, Spot] = {}
    for unit, (at, angle) in spots.items():
        if is_near((at, angle), HOME):
            continue
        turned = _MOVES[unit](board, (-at[0], -at[1]), 0)
        back = _named(_MOVES[unit](turned, (0, 0), -angle) if angle else turned, due)
        if _apart(back, due, unit) < _apart(_named(board, due), due, unit):
            board, moved[unit] = back, (at, angle)
    return _named(board, due), moved


def is_near(one: Spot, other: Spot) -> bool:
    """Whether two places are the same but for rounding."""
    (at, angle), (to, due) = one, other
    turn = (angle - due) % 360_000
    return max(abs(at[0] - to[0]), abs(at[1] - to[1])) <= NEAR and min(turn, 360_000 - turn) <= 1


def _apart(board: Package, due: Package, unit: str) -> int:
    return sum(group_of(one.key) == unit for one in drift(board, due))


def _named(board: Package, due: Package) -> Package:
    """A wire that is drawn where one is due is that wire, whatever has been moved away from under its ends."""
    if not board.wires or not due.wires:
        return board
    here, there = _ends(board), _ends(due)
    cells: dict[Point, list[int]] = {}
    for row, (x, y, _, _) in enumerate(there.tolist()):
        cells.setdefault((x // 1000, y // 1000), []).append(row)
    made = list(board.wires)
    for number, (x, y, _, _) in enumerate(here.tolist()):
        near = [row for i in (-1, 0, 1) for j in (-1, 0, 1) for row in cells.get((x // 1000 + i, y // 1000 + j), ())]
        same = next((row for row in near if int(np.abs(there[row] - here[number]).max()) <= NEAR), None)
        if same is not None:
            made[number] = replace(made[number], start=due.wires[same].start, end=due.wires[same].end)
    return replace(board, wires=tuple(made))


def _ends(package: Package) -> IntArray:
    return np.array([(*wire.from_at, *wire.to_at) for wire in package.wires], np.int64).reshape(-1, 4)
