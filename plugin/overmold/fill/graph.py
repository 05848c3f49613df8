"""The cells as a graph: a node for each layer of a cell, an edge where two layers of neighbouring cells open into each other.

What flows along an edge is its transmissibility times the difference of pressures, over the viscosity. Heights are in
micrometres; so time in units of viscosity over pressure is a bare number.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ..arrays import IntArray
from .cells import BESIDE, Cells, FloatArray, Mask
from .openings import Openings

# Of nodes, for the coarse step of the pressure: few enough to be solved at once, and by a linear algebra that does not call
# other threads for it, which would take longer to come than to help.
_BLOCKS = 80
# The front has come to a cell when it is in its middle. A street is several times higher than the gap that opens into it, so
# that half a cell of it fills later than a front from over the chip is past the edge; what lies at a chip counts a quarter
# later for it. So two slots race as exactly as cells allow, at every ratio.
_DUE, _DUE_AT_CHIP = 0.5, 0.75


@dataclass(frozen=True, eq=False, repr=False)
class Graph:
    """N nodes and E edges.

    ``node`` (L, nx, ny) numbers the layers of cells, -1 where there is none. Of nodes: ``volume``, ``height``, ``gate`` the
    transmissibility to the gate, ``vent`` whether air leaves there, ``part``, ``block``, ``due`` how full a node is when the
    front counts as come. Of edges: the nodes ``one`` and
    ``other``, ``flow`` the transmissibility, ``far`` the distance, ``along`` 0 for x. The edges of node i are ``edge``, and
    lead ``to``, from ``start[i]`` to ``start[i + 1]``.
    """

    node: IntArray
    volume: FloatArray
    height: FloatArray
    gate: FloatArray
    vent: Mask
    part: IntArray
    block: IntArray
    due: FloatArray
    one: IntArray
    other: IntArray
    flow: FloatArray
    far: FloatArray
    along: IntArray
    start: IntArray
    edge: IntArray
    to: IntArray

    def __len__(self) -> int:
        return len(self.volume)

    def entries(self, nodes: IntArray) -> tuple[IntArray, IntArray]:
        """The places in ``edge`` and ``to`` of every edge of these nodes, and of which of them it is."""
        count = self.start[nodes + 1] - self.start[nodes]
        of = np.repeat(np.arange(len(nodes)), count)
        first = np.repeat(self.start[nodes] - np.cumsum(count) + count, count)
        return first + np.arange(len(of)), of


def graph_of(cells: Cells, openings: Openings) -> Graph:
    """The graph of a cavity. What a point gate stands over is full from the start: it is no node but the gate itself."""
    there = cells.there
    free = there & ~openings.spot
    node = np.where(free, np.cumsum(free.ravel()).reshape(free.shape) - 1, -1)
    ends = [_edges(cells, there, axis) for axis in (0, 1)]
    one, other, flow, far, along = (np.concatenate([found[k] for found in ends]) for k in range(5))
    gate = openings.face[free]
    numbers = node.ravel()
    for inner, outer in ((one, other), (other, one)):
        fed = (numbers[inner] >= 0) & (numbers[outer] < 0)
        np.add.at(gate, numbers[inner[fed]], flow[fed])
    both = (numbers[one] >= 0) & (numbers[other] >= 0)
    a, b, flow, far, along = numbers[one[both]], numbers[other[both]], flow[both], far[both], along[both]
    rows = np.concatenate((a, b))
    order = np.argsort(rows, kind="stable")
    count = np.bincount(rows, minlength=int(free.sum()))
    at_chip = np.array([part.where != BESIDE for part in cells.parts])
    return Graph(
        node=node, volume=cells.volume[free], height=(cells.high - cells.low)[free], gate=gate, vent=openings.vent[free],
        part=cells.part[free], block=_blocks(free),
        due=np.where(at_chip[cells.part[free]], _DUE_AT_CHIP, _DUE), one=a, other=b, flow=flow, far=far, along=along,
        start=np.concatenate(([0], np.cumsum(count))), edge=np.tile(np.arange(len(a)), 2)[order],
        to=np.concatenate((b, a))[order])


def _edges(cells: Cells, there: Mask, axis: int) -> tuple[IntArray, IntArray, FloatArray, FloatArray, IntArray]:
    """Both ends (as places in the raveled arrays), transmissibility, distance and axis of all edges along one axis.

    Two halves of cells in a row; an opening lower than both layers lets through no more than a slot of its height would.
    """
    long, wide = cells.widths if axis == 0 else cells.widths[::-1]

    def turned(values: Any) -> Any:
        return values if axis == 0 else np.swapaxes(values, 1, 2)

    place = turned(np.arange(there.size).reshape(there.shape))
    low, high, mobility, valid = (turned(one) for one in (cells.low, cells.high, cells.mobility, there))
    apart = (long[1:] + long[:-1]) / 2
    found: list[tuple[IntArray, IntArray, FloatArray, FloatArray]] = []
    for k in range(len(low)):
        for m in range(len(low)):
            opening = np.minimum(high[k, :-1], high[m, 1:]) - np.maximum(low[k, :-1], low[m, 1:])
            i, j = np.nonzero(valid[k, :-1] & valid[m, 1:] & (opening > 0))
            if not len(i):
                continue
            flow = wide[j] / (long[i] / (2 * mobility[k, i, j]) + long[i + 1] / (2 * mobility[m, i + 1, j]))
            lower = np.minimum(high[k, i, j] - low[k, i, j], high[m, i + 1, j] - low[m, i + 1, j])
            most = opening[i, j] ** 3 / 6 * wide[j] / apart[i]
            flow = np.where(opening[i, j] < lower * (1 - 1e-9), np.minimum(flow, most), flow)
            found.append((place[k, i, j], place[m, i + 1, j], flow, apart[i]))
    if not found:
        none = np.zeros(0, np.int64)
        return none, none, np.zeros(0), np.zeros(0), none
    one, other, flows, far = (np.concatenate([each[n] for each in found]) for n in range(4))
    return one, other, flows, far, np.full(len(one), axis)


def _blocks(free: Mask) -> IntArray:
    """Nodes near each other, layer by layer, as blocks numbered from 0."""
    layers, nx, ny = free.shape
    side = (free.sum() / _BLOCKS) ** 0.5
    while True:
        # An odd number of blocks: then no middle of a cell lies on a border, and blocks of a mirrored cavity are mirrored.
        across, along = (max(1, int(count / side) // 2 * 2 + 1) for count in (nx, ny))
        number = ((np.arange(nx) + 0.5) * across / nx).astype(int)[:, None] * along + (
            (np.arange(ny) + 0.5) * along / ny).astype(int)
        every = np.arange(layers)[:, None, None] * (across * along) + number
        names, found = np.unique(every[free], return_inverse=True)
        if len(names) <= _BLOCKS or across * along == 1:
            blocks: IntArray = found.ravel()
            return blocks
        side *= 1.1
