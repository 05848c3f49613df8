"""Regions of a field on a grid as closed curves: marching squares, joined up."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
Curve = NDArray[np.float64]

# By which corners of a square are within (1: lower left, 2: lower right, 4: upper right, 8: upper left): from which side to
# which a curve runs that has them on its left. South, east, north, west.
_SOUTH, _EAST, _NORTH, _WEST = range(4)
_RUNS = {
    1: ((_SOUTH, _WEST),), 2: ((_EAST, _SOUTH),), 3: ((_EAST, _WEST),), 4: ((_NORTH, _EAST),),
    5: ((_SOUTH, _WEST), (_NORTH, _EAST)), 6: ((_NORTH, _SOUTH),), 7: ((_NORTH, _WEST),), 8: ((_WEST, _NORTH),),
    9: ((_SOUTH, _NORTH),), 10: ((_EAST, _SOUTH), (_WEST, _NORTH)), 11: ((_EAST, _NORTH),), 12: ((_WEST, _EAST),),
    13: ((_SOUTH, _EAST),), 14: ((_WEST, _SOUTH),),
}
OUTSIDE = -1.0  # below every level


def region(values: FloatArray, x: FloatArray, y: FloatArray, level: float) -> list[Curve]:
    """The curves (n, 2) around where a field (nx, ny), given at ``x`` (nx) and ``y`` (ny), is at least ``level``; holes run the
    other way round. It ends at the border of the grid."""
    field = np.pad(np.where(np.isfinite(values), values, OUTSIDE), 1, constant_values=OUTSIDE)
    x, y = np.concatenate((x[:1], x, x[-1:])), np.concatenate((y[:1], y, y[-1:]))
    within = field >= level
    kind = within[:-1, :-1] + 2 * within[1:, :-1] + 4 * within[1:, 1:] + 8 * within[:-1, 1:]
    wide, size = int(field.shape[1]), int(field.size)

    def side(which: int, i: int, j: int) -> int:
        """The number of a square's side, the same for both squares that have it."""
        if which in (_SOUTH, _NORTH):
            return i * wide + j + int(which == _NORTH)
        return size + (i + int(which == _EAST)) * wide + j

    following: dict[int, int] = {}
    for i, j in zip(*(one.tolist() for one in np.nonzero((kind > 0) & (kind < 15)))):
        for start, end in _RUNS[int(kind[i, j])]:
            following[side(start, i, j)] = side(end, i, j)

    def spot(number: int) -> tuple[float, float]:
        along_y, place = divmod(number, size)
        i, j = divmod(place, wide)
        k, m = (i, j + 1) if along_y else (i + 1, j)
        one, other = field[i, j], field[k, m]
        # To where nothing flows a curve keeps its place: it is no slope.
        share = float((level - one) / (other - one)) if min(one, other) > OUTSIDE else float(one == OUTSIDE)
        return float(x[i] + share * (x[k] - x[i])), float(y[j] + share * (y[m] - y[j]))

    curves = []
    while following:
        first, step = following.popitem()
        curve = [spot(first)]
        while step != first:
            curve.append(spot(step))
            step = following.pop(step)
        curves.append(np.array(curve))
    return curves
