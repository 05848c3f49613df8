"""What came of a fill: how much air is closed in under and over each chip, where, when, and what of it packing leaves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

import numpy as np

from ..package import Chip, Package, Process
from ..shapes import Point, overlap_area
from ..space.molds import MAIN
from .air import Pocket, pockets
from .cells import BESIDE, UNDER, Cells, FloatArray, IntCells, Part
from .front import Arrival
from .graph import Graph

_TELLABLE = 10  # um: nobody should read more digits in the width of a void
_LEAST = 2e-3  # of what a part holds: less is a cell or two, and no pocket


@dataclass(frozen=True)
class Pressures:
    """Of the air in the cavity before it fills, and of the packing, in µPa; None where nobody stated it."""

    vacuum: Optional[int] = None
    packing: Optional[int] = None

    @property
    def left(self) -> Optional[float]:
        """The share of a pocket's volume that packing leaves, by Boyle's law: at one temperature, and nothing dissolves."""
        return None if self.vacuum is None or self.packing is None else min(1.0, self.vacuum / self.packing)


@dataclass(frozen=True)
class Trapped:
    """Air closed in under or over one chip of one unit: ``before`` and ``after`` packing, as shares of what the encapsulant
    fills there. ``error`` is the difference to half as many cells; None where that was not asked for."""

    part: Part
    before: float
    after: Optional[float]
    error: Optional[float] = None


@dataclass(frozen=True)
class Void:
    """One pocket where it lies most: its ``share`` there, ``at`` the spot that would fill last (nm), ``closed`` when it lost
    its last vent as a share of the whole time, ``across`` its diameter after packing (nm), None where pressures are not
    stated."""

    part: Part
    share: float
    at: Point
    closed: float
    across: Optional[int]


@dataclass(frozen=True)
class Lag:
    """How much of the gap under a chip was full when the front over it was across."""

    part: Part
    filled: float


@dataclass(frozen=True, eq=False, repr=False)
class Field:
    """For pictures: arrival (L, nx, ny) over the time that the whole takes, NaN where nothing flows; ``closed`` (L, nx, ny)
    when the air there is closed in, NaN where it is not; ``layers`` (2, nx, ny) the number of the lowest and of the uppermost
    layer of each cell, -1 where there is none."""

    cells: Cells
    arrival: FloatArray
    closed: FloatArray
    layers: IntCells


@dataclass(frozen=True, eq=False, repr=False)
class Found:
    """What one run of the front gave."""

    trapped: tuple[Trapped, ...]
    voids: tuple[Void, ...]
    lags: tuple[Lag, ...]
    field: Field
    end: float
    unreached: float


@dataclass(frozen=True, eq=False, repr=False)
class Filled:
    """A package filled. ``grid`` are the cells of the cavity in x and y, ``seconds`` the time to fill it under the packing
    pressure, None where that, the temperature or the compound's own data are not known; ``unknown`` says of a compound by name
    that no deck has its data. ``block`` is the key of the block of mold, which the ``package`` has as its only one,
    ``is_far`` that it is on the far side, which is then turned up."""

    package: Package
    process: Process
    found: Found
    pressures: Pressures
    grid: tuple[int, int]
    seconds: Optional[float] = None
    unknown: str = ""
    block: str = MAIN
    is_far: bool = False

    @property
    def units(self) -> tuple[tuple[float, float], ...]:
        """How far each unit of the cavity is from its middle, in um."""
        cells, (rows, columns) = self.found.field.cells, self.process.cavity
        wide, high = float(np.ptp(cells.x)) / columns, float(np.ptp(cells.y)) / rows
        return tuple(((column - (columns - 1) / 2) * wide, (row - (rows - 1) / 2) * high)
                     for column in range(columns) for row in range(rows))

    @property
    def chips(self) -> tuple[Chip, ...]:
        """Those under any of the block."""
        mold, chips = self.package.mold, self.package.near_chips
        return tuple(chip for chip in chips if mold is not None and overlap_area(chip.outline, mold.outline))

    @property
    def trapped(self) -> tuple[Trapped, ...]:
        """Under and over every chip of every unit."""
        return self.found.trapped


def found_in(cells: Cells, graph: Graph, arrival: Arrival, pressures: Pressures) -> Found:
    """All of it. ``unreached`` is the share of the volume that the front never comes to."""
    air = pockets(graph, arrival.time)
    holds: FloatArray = np.bincount(graph.part, graph.volume, len(cells.parts)).astype(float)
    kept = [one for one in air if any(volume >= _LEAST * holds[part] for part, volume in one.volume.items())]
    shares = np.zeros(len(cells.parts))
    for one in kept:
        for part, volume in one.volume.items():
            shares[part] += volume / holds[part]
    left = pressures.left
    trapped = tuple(Trapped(part, float(share), None if left is None else float(share) * left)
                    for part, share, held in zip(cells.parts, shares, holds) if part.where != BESIDE and held)
    end = arrival.end or 1.0
    voids = tuple(_void(cells, graph, one, (end, left), holds) for one in kept)
    unreached = float(graph.volume[~np.isfinite(arrival.time)].sum() / graph.volume.sum())
    return Found(trapped, voids, tuple(_lags(cells, graph, arrival)), _field(cells, graph, arrival, kept), end, unreached)


def _void(cells: Cells, graph: Graph, pocket: Pocket, scale: tuple[float, Optional[float]], holds: FloatArray) -> Void:
    end, left = scale
    number = max(pocket.volume, key=lambda part: (cells.parts[part].where != BESIDE, pocket.volume[part]))
    inside = pocket.nodes[graph.part[pocket.nodes] == number]
    x, y = cells.middles
    _, column, row = _places(graph)
    at = round(float(x[column[pocket.last]]) * 1000), round(float(y[row[pocket.last]]) * 1000)
    across = None
    if left is not None:
        thick = float(graph.height[inside].mean())
        across = round(math.sqrt(4 * pocket.volume[number] * left / (math.pi * thick)) / _TELLABLE) * _TELLABLE * 1000
    return Void(cells.parts[number], pocket.volume[number] / float(holds[number]), at, pocket.closed / end, across)


def _places(graph: Graph) -> tuple[IntCells, IntCells, IntCells]:
    """Layer, column and row of each node (N)."""
    layer, column, row = np.nonzero(graph.node >= 0)
    return layer, column, row


def _lags(cells: Cells, graph: Graph, arrival: Arrival) -> list[Lag]:
    layer, column, row = _places(graph)
    roof = np.where(cells.there, cells.high, -np.inf)
    uppermost = (roof == roof.max(axis=0))[layer, column, row]
    found = []
    for number, part in enumerate(cells.parts):
        under = np.flatnonzero((graph.part == number) & ~uppermost) if part.where == UNDER else np.zeros(0, int)
        plan = np.zeros(cells.inside.shape, bool)
        plan[column[under], row[under]] = True
        above = np.flatnonzero(uppermost & plan[column, row])
        if len(under) and len(above):
            volume = graph.volume[under]
            across = arrival.time[above].max()
            found.append(Lag(part, float(volume[arrival.time[under] <= across].sum() / volume.sum())))
    return found


def _field(cells: Cells, graph: Graph, arrival: Arrival, air: Sequence[Pocket]) -> Field:
    end = arrival.end or 1.0
    at = graph.node >= 0
    times, closed, time = np.full(at.shape, np.nan), np.full(at.shape, np.nan), np.full(len(graph), np.nan)
    times[at] = np.where(np.isfinite(arrival.time), arrival.time, np.inf) / end
    for one in air:
        time[one.nodes] = one.closed / end
    closed[at] = time
    spot = cells.there & ~at
    times[spot] = 0.0
    low = np.where(cells.there, cells.low, np.inf)
    high = np.where(cells.there, cells.high, -np.inf)
    some = cells.there.any(axis=0)
    layers = np.stack([np.where(some, low.argmin(axis=0), -1), np.where(some, high.argmax(axis=0), -1)])
    return Field(cells, times, closed, layers)


__all__ = ["Field", "Filled", "Found", "Lag", "Pressures", "Trapped", "Void", "found_in"]
