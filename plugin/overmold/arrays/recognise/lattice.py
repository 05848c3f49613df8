"""The grids that some places may have been laid out on, plain and staggered, most likely first."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from .. import ArrayError, IntArray, lay_out
from ..pattern import CORNERS, ArrayPattern, Names

_NEAR = 4  # nm: coordinates this near are one line, but for rounding
_SPARSE = 60  # a grid has at most so many places for each site
_LARGEST = 1_000_000


@dataclass(frozen=True, eq=False)
class Lattice:
    """A grid without names or holes: ``pattern``, the places it has (n), their ``rows`` and ``columns`` as they are counted.

    ``available`` (rows, columns) says which places the stagger leaves, ``words`` how much the pattern says beyond a plain grid.
    """

    pattern: ArrayPattern
    xy: IntArray
    rows: IntArray
    columns: IntArray
    available: NDArray[np.bool_]
    words: int


def lattices(xy: IntArray, slack: int) -> Iterator[Lattice]:
    """Grids that have a place wherever a site is, for each corner that may be counted from."""
    across, down = _line(xy[:, 0]), _line(xy[:, 1])
    if across is None or down is None or across.count * down.count > min(_LARGEST, _SPARSE * len(xy) + 100):
        return
    if across.count == down.count == 1:
        return
    columns, rows = across.of(xy[:, 0]), down.of(xy[:, 1])
    parity = (columns + rows) % 2
    plain = ("", (across.count, down.count), (across.pitch or down.pitch, down.pitch or across.pitch))
    for corner in CORNERS:
        yield from _made(xy, *plain, corner, "second", slack)
    if min(across.count, down.count) > 1 and len(xy) > 2 and (parity == parity[0]).all():
        for kind in _staggers(across, down):
            for corner in CORNERS:
                for shift in ("second", "first"):
                    yield from _made(xy, *kind, corner, shift, slack)


@dataclass(frozen=True)
class _Line:
    """Coordinates along one axis: the first, how many places from it to the last, and how far from one to the next."""

    first: int
    count: int
    pitch: int
    span: int

    def of(self, values: IntArray) -> IntArray:
        """Which place each value is at."""
        if self.count == 1:
            return np.zeros(len(values), np.int64)
        return np.rint((values - self.first) * (self.count - 1) / self.span).astype(np.int64)


def _line(values: IntArray) -> Optional[_Line]:
    """The evenly spaced places that all values lie at; None where there are none such."""
    found = np.unique(values)
    found = found[np.diff(found, prepend=found[0] - 2 * _NEAR) > _NEAR]
    if len(found) == 1:
        return _Line(int(found[0]), 1, 0, 0)
    apart = np.diff(found)
    span = int(found[-1] - found[0])
    for part in (1, 2, 3):
        step = int(apart.min()) / part
        steps = np.rint(apart / step)
        # Every distance is so many steps, but for what rounding leaves over on both ends of each.
        if (np.abs(apart - steps * span / steps.sum()) <= _NEAR + steps).all():
            count = int(steps.sum())
            return _Line(int(found[0]), count + 1, round(span / count), span)
    return None


_Kind = tuple[str, tuple[int, int], tuple[int, int]]


def _staggers(across: _Line, down: _Line) -> Iterator[_Kind]:
    """Stagger, grid and pitch of arrays that have a site at every second place of this fine grid."""
    columns, rows = across.count, down.count
    # The pitch of a stagger is twice the fine one, which may have been rounded: it is taken from the whole span.
    wide, high = round(2 * across.span / (columns - 1)), round(2 * down.span / (rows - 1))
    half_columns, half_rows = (columns + 1) // 2, (rows + 1) // 2
    if abs(down.pitch - wide * math.sqrt(3) / 2) <= _NEAR:
        yield "hexagonal rows", (half_columns, rows), (wide, wide)
        yield "hexagonal row checkerboard", (columns, rows), (wide, wide)
    if abs(across.pitch - high * math.sqrt(3) / 2) <= _NEAR:
        yield "hexagonal columns", (columns, half_rows), (high, high)
        yield "hexagonal column checkerboard", (columns, rows), (high, high)
    yield "checkerboard", (columns, rows), (across.pitch, down.pitch)
    yield "shifted rows", (half_columns, rows), (wide, down.pitch)
    yield "shifted columns", (columns, half_rows), (across.pitch, high)


def _made(xy: IntArray, stagger: str, grid: tuple[int, int], pitch: tuple[int, int], corner: str, shift: str, slack: int
          ) -> Iterator[Lattice]:
    if min(pitch) < 1:
        return
    pattern = ArrayPattern(grid, (_round(pitch[0], slack), _round(pitch[1], slack)), stagger=stagger, shift=shift,
                     names=Names(corner=corner))
    try:
        laid = lay_out(pattern).xy
    except ArrayError:
        return
    by = xy.min(axis=0) - laid.min(axis=0)
    offset = (_round(int(by[0]), slack), _round(int(by[1]), slack))
    available = np.ones((grid[1], grid[0]), np.bool_)
    if stagger.endswith("checkerboard"):
        row, column = np.indices(available.shape)
        available = (row + column + int(shift == "second")) % 2 == 1
    rows, columns = np.nonzero(available)
    words = (2 if stagger else 0) + int(shift == "first")
    yield Lattice(pattern._replace(offset=offset), laid + np.array(offset), rows.astype(np.int64), columns.astype(np.int64),
                  available, words)


def _round(value: int, slack: int) -> int:
    """The roundest number within ``slack``."""
    for step in (1000, 100, 10):
        near = (value + step // 2) // step * step
        if abs(near - value) <= slack:
            return near
    return value


def nearest(places: IntArray, xy: IntArray, slack: int) -> Optional[IntArray]:
    """For each site the number of the place that it lies at; None where one lies at none."""
    numbers = {(x, y): i for i, (x, y) in enumerate(places.tolist())}
    beside = [(dx, dy) for dx in range(-slack, slack + 1) for dy in range(-slack, slack + 1)]
    found = []
    for x, y in xy.tolist():
        number = numbers.get((x, y))
        if number is None:
            number = next((numbers[x + dx, y + dy] for dx, dy in beside if (x + dx, y + dy) in numbers), None)
        if number is None:
            return None
        found.append(number)
    return np.array(found, np.int64) if len(set(found)) == len(found) else None
