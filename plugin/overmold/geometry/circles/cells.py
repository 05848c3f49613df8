"""A plane of points cut into square cells: which points lie in the same or neighbouring cells, many at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray

Pairs = tuple[IntArray, IntArray]  # numbers of points and of the partner of each
_AT_ONCE = 1 << 16  # points looked at together: few enough to stay in the processor's cache
_MARGIN = 2         # empty cells around the plane, so that a neighbour's neighbour is never in the row before


class Cells:
    """Points in square cells of side ``cell``; ``order`` (n) sorts them by cell, and their numbers below are in it."""

    def __init__(self, x: IntArray, y: IntArray, cell: int) -> None:
        self.cell, self.left, self.top = cell, int(x.min()), int(y.min())
        columns, rows = (x - self.left) // cell, (y - self.top) // cell
        self.wide, self.tall = int(columns.max()), int(rows.max())
        self.stride = self.wide + 2 * _MARGIN + 1
        keys = self._keys(columns, rows)
        self.order: IntArray = np.argsort(keys, kind="stable")
        self.keys = keys.take(self.order)
        cells = (self.tall + 2 * _MARGIN + 1) * self.stride
        # Where points are dense, a table of every cell's first point answers much faster than a search.
        self.table = np.concatenate(([0], np.cumsum(np.bincount(self.keys, minlength=cells)))) \
            if cells <= 8 * len(x) + 1024 else None

    def pairs_of_neighbours(self) -> Iterator[Pairs]:
        """Every point with those in its own and in neighbouring cells; each pair of points comes up once."""
        for points in _portions(len(self.keys)):
            keys = self.keys[points[0]:points[-1] + 1]
            yield from partners(points, points + 1, self._first(keys + 2))
            below = keys + self.stride
            yield from partners(points, self._first(below - 1), self._first(below + 2))

    def near(self, x: IntArray, y: IntArray) -> NDArray[np.bool_]:
        """Which of other points lie in a cell of this plane or beside one."""
        left, right = self.left - self.cell, self.left + (self.wide + 2) * self.cell
        top, bottom = self.top - self.cell, self.top + (self.tall + 2) * self.cell
        beside: NDArray[np.bool_] = (x >= left) & (x < right) & (y >= top) & (y < bottom)
        return beside

    def around(self, x: IntArray, y: IntArray) -> Iterator[Pairs]:
        """Other points, all ``near``, by their numbers, each with those in the nine cells around it."""
        for points in _portions(len(x)):
            keys = self._keys((x[points] - self.left) // self.cell, (y[points] - self.top) // self.cell)
            for row in (-1, 0, 1):
                beside = keys + row * self.stride
                yield from partners(points, self._first(beside - 1), self._first(beside + 2))

    def _keys(self, columns: IntArray, rows: IntArray) -> IntArray:
        keys: IntArray = (rows + _MARGIN) * self.stride + columns + _MARGIN
        return keys

    def _first(self, keys: IntArray) -> IntArray:
        """Number of the first point in the cell of each key or in a later cell."""
        first: IntArray = self.table.take(keys) if self.table is not None else np.searchsorted(self.keys, keys)
        return first


def _portions(count: int) -> Iterator[IntArray]:
    """The numbers below ``count``, so many at a time as stay in the processor's cache with all that is made of them."""
    for start in range(0, count, _AT_ONCE):
        yield np.arange(start, min(start + _AT_ONCE, count))


def partners(points: IntArray, first: IntArray, last: IntArray) -> Iterator[Pairs]:
    """Every point (n) with each partner of its run, from ``first`` (n) to before ``last`` (n), in portions again."""
    counts = np.maximum(last - first, 0)
    total = int(counts.sum())
    if total <= _AT_ONCE:
        before = np.cumsum(counts) - counts
        yield points.repeat(counts), np.arange(total) + (first - before).repeat(counts)
        return
    # First everybody's first partner, then the second of those who have one, and so on.
    while True:
        more = np.flatnonzero(first < last)
        if not len(more):
            return
        if len(more) < len(points):
            points, first, last = points.take(more), first.take(more), last.take(more)
        yield points, first
        first = first + 1
