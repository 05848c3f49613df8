"""A plane of points cut into square cells: which points lie in the same or neighbouring cells, many at a time."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray

Runs = tuple[IntArray, IntArray]  # for each point the first and one past the last of its partners
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

    def pairs_of_neighbours(self) -> Iterator[Runs]:
        """Partners of every point in its own and in neighbouring cells; each pair of points comes up once."""
        yield np.arange(1, len(self.keys) + 1), self._first(self.keys + 2)
        below = self.keys + self.stride
        yield self._first(below - 1), self._first(below + 2)

    def near(self, x: IntArray, y: IntArray) -> NDArray[np.bool_]:
        """Which of other points lie in a cell of this plane or beside one."""
        left, right = self.left - self.cell, self.left + (self.wide + 2) * self.cell
        top, bottom = self.top - self.cell, self.top + (self.tall + 2) * self.cell
        beside: NDArray[np.bool_] = (x >= left) & (x < right) & (y >= top) & (y < bottom)
        return beside

    def around(self, x: IntArray, y: IntArray) -> Iterator[Runs]:
        """Partners of other points, all ``near``, in the nine cells around each."""
        keys = self._keys((x - self.left) // self.cell, (y - self.top) // self.cell)
        for row in (-1, 0, 1):
            beside = keys + row * self.stride
            yield self._first(beside - 1), self._first(beside + 2)

    def _keys(self, columns: IntArray, rows: IntArray) -> IntArray:
        keys: IntArray = (rows + _MARGIN) * self.stride + columns + _MARGIN
        return keys

    def _first(self, keys: IntArray) -> IntArray:
        """Number of the first point in the cell of each key or in a later cell."""
        first: IntArray = self.table.take(keys) if self.table is not None else np.searchsorted(self.keys, keys)
        return first


def partners(first: IntArray, last: IntArray) -> Iterator[tuple[IntArray, IntArray]]:
    """The number of every point with that of a partner of its run, in portions that stay in the processor's cache."""
    for start in range(0, len(first), _AT_ONCE):
        points: IntArray = np.arange(start, min(start + _AT_ONCE, len(first)))
        partner, end = first[start:start + _AT_ONCE], last[start:start + _AT_ONCE]
        counts = np.maximum(end - partner, 0)
        total = int(counts.sum())
        if total <= _AT_ONCE:
            before = np.cumsum(counts) - counts
            yield points.repeat(counts), np.arange(total) + (partner - before).repeat(counts)
            continue
        # First everybody's first partner, then the second of those who have one, and so on.
        while True:
            more = np.flatnonzero(partner < end)
            if not len(more):
                break
            if len(more) < len(points):
                points, partner, end = points.take(more), partner.take(more), end.take(more)
            yield points, partner
            partner = partner + 1
