"""The cavity as cells in plan, each with one layer of encapsulant or several one over the other.

Lengths here are micrometres and floats: a flow is no exact science, and nothing of it goes back into the package.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntCells = NDArray[np.int64]
Mask = NDArray[np.bool_]

BESIDE, UNDER, OVER = "beside", "under", "over"


@dataclass(frozen=True)
class Part:
    """What a layer is of: ``where`` it lies (under, over or beside the chips), ``chip`` by name, "" beside, and of which unit
    of the cavity (row and column, from 0)."""

    where: str
    chip: str = ""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, eq=False, repr=False)
class Cells:
    """The cavity: lines ``x`` (nx + 1) and ``y`` (ny + 1) between cells, and L layers of each cell as arrays (L, nx, ny).

    A layer reaches from ``low`` to ``high``; there is none where these are equal. ``mobility`` is what h³/12 is of an empty
    slot, ``open`` the share of its volume that bumps leave, ``part`` the number of its part in ``parts``. ``inside`` (nx, ny)
    is the plan of the cavity, with what stands up to its ceiling.
    """

    x: FloatArray
    y: FloatArray
    low: FloatArray
    high: FloatArray
    mobility: FloatArray
    open: FloatArray
    part: IntCells
    inside: Mask
    parts: tuple[Part, ...]

    @property
    def there(self) -> Mask:
        """Where there is a layer through which anything can flow (L, nx, ny)."""
        found: Mask = (self.high > self.low) & (self.mobility > 0)
        return found

    @property
    def widths(self) -> tuple[FloatArray, FloatArray]:
        """Of the cells in x and in y."""
        return np.diff(self.x), np.diff(self.y)

    @property
    def middles(self) -> tuple[FloatArray, FloatArray]:
        """Of the cells in x and in y."""
        return (self.x[1:] + self.x[:-1]) / 2, (self.y[1:] + self.y[:-1]) / 2

    @property
    def middle(self) -> tuple[float, float]:
        """Of the whole cavity in plan, from the carrier's."""
        return float(self.x[0] + self.x[-1]) / 2, float(self.y[0] + self.y[-1]) / 2

    @property
    def volume(self) -> FloatArray:
        """What a layer of a cell holds, in cubic micrometres (L, nx, ny)."""
        dx, dy = self.widths
        found: FloatArray = np.where(self.there, (self.high - self.low) * self.open * dx[:, None] * dy, 0.0)
        return found


def repeated(cells: Cells, rows: int, columns: int) -> Cells:
    """So many of these cavities beside each other as one: the units of a strip that is molded in one piece."""
    if rows == columns == 1:
        return cells
    units = [(row, column) for column in range(columns) for row in range(rows)]
    parts = tuple(Part(one.where, one.chip, row, column) for row, column in units for one in cells.parts)

    def tiled(values: Any) -> Any:
        return np.tile(values, (1,) * (values.ndim - 2) + (columns, rows))

    nx, ny = cells.inside.shape
    unit = np.repeat(np.arange(columns), nx)[:, None] * rows + np.repeat(np.arange(rows), ny)
    return Cells(
        x=_lines(cells.x, columns), y=_lines(cells.y, rows), low=tiled(cells.low), high=tiled(cells.high),
        mobility=tiled(cells.mobility), open=tiled(cells.open), part=tiled(cells.part) + unit * len(cells.parts),
        inside=tiled(cells.inside), parts=parts)


def _lines(lines: FloatArray, times: int) -> FloatArray:
    """So many copies one after the other, about the same middle."""
    long = lines[-1] - lines[0]
    shifts = (np.arange(times) - (times - 1) / 2) * long
    return np.concatenate([*(lines[:-1] + shift for shift in shifts), lines[-1:] + shifts[-1]])


def graded(edges: list[float], step: float) -> FloatArray:
    """Lines between cells about ``step`` wide: on the first two of ``edges``, which are the ends, and on each of the others
    that is not too near to one before it."""
    kept = sorted(edges[:2])
    for edge in edges[2:]:
        if kept[0] < edge < kept[-1] and min(abs(edge - one) for one in kept) >= step / 2:
            kept = sorted([*kept, edge])
    pieces = [np.linspace(one, other, max(1, round((other - one) / step)) + 1)[:-1] for one, other in zip(kept, kept[1:])]
    return np.concatenate([*pieces, kept[-1:]])
