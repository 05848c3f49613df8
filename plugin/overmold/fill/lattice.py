"""The graph's edges as whole arrays, for almost all of them join a layer of a cell to the same layer of the next.

The place after one in an array is its neighbour in y, the one a column on that in x: columns of cells lie one after the other,
each with all of its layers. A few edges, at the rims of chips, join other layers and are kept as a list. So the sums over
neighbours, of which a fill takes thousands, are a few products of long arrays, and no longer than the front has come.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import IntArray
from .cells import FloatArray, Mask
from .graph import Graph


@dataclass(frozen=True, eq=False, repr=False)
class Weights:
    """What the edges are worth: ``east`` and ``north`` (S), of each place to its neighbour in x, ``stride`` on, and in y; and
    ``listed`` (n), each from ``of`` to ``to``, in the order of ``of``."""

    stride: int
    east: FloatArray
    north: FloatArray
    of: IntArray
    to: IntArray
    listed: FloatArray
    rows: IntArray
    first: IntArray

    def spread(self, p: FloatArray) -> FloatArray:
        """Of every place: the sum over its neighbours of what the edge is worth times what they have (S)."""
        step, out = self.stride, np.zeros_like(p)
        np.multiply(self.east[:-step], p[step:], out=out[:-step])
        out[step:] += self.east[:-step] * p[:-step]
        out[:-1] += self.north[:-1] * p[1:]
        out[1:] += self.north[:-1] * p[:-1]
        if len(self.rows):
            out[self.rows] += np.add.reduceat(self.listed * p[self.to], self.first)
        return out

    def among(self, wet: FloatArray, part: slice) -> Weights:
        """Those of edges with both ends among these places (S, 1 or 0), which lie in a ``part`` of whole columns."""
        wet, step = wet[part], self.stride
        east, north = self.east[part] * wet, self.north[part] * wet
        east[:-step] *= wet[step:]
        east[-step:] = 0.0
        north[:-1] *= wet[1:]
        north[-1:] = 0.0
        of, to = self.of - part.start, self.to - part.start
        inside = np.flatnonzero((of >= 0) & (of < len(wet)) & (to >= 0) & (to < len(wet)))
        inside = inside[(wet[of[inside]] * wet[to[inside]]) > 0]
        return listed_weights(step, (east, north), of[inside], to[inside], self.listed[inside])

    def between(self, block: IntArray, count: int) -> FloatArray:
        """The sums over edges between blocks of places, both ways (count, count); ``block`` (S) is each place's."""
        step = self.stride
        pairs = block * count
        found = np.zeros(count * count)
        found += np.bincount(pairs[:-step] + block[step:], self.east[:-step], count * count)
        found += np.bincount(pairs[:-1] + block[1:], self.north[:-1], count * count)
        whole = found.reshape(count, count)
        whole = whole + whole.T
        if len(self.of):
            whole += np.bincount(pairs[self.of] + block[self.to], self.listed, count * count).reshape(count, count)
        return whole


def listed_weights(stride: int, arrays: tuple[FloatArray, FloatArray], of: IntArray, to: IntArray, listed: FloatArray
                   ) -> Weights:
    """Weights with a list that is in the order of ``of``."""
    rows, first = np.unique(of, return_index=True)
    east, north = arrays
    return Weights(stride=stride, east=east, north=north, of=of, to=to, listed=listed, rows=rows, first=first)


class Lattice:
    """Where every edge of a graph stands in these arrays. ``place`` (N) is each node's, ``size`` their length S."""

    def __init__(self, graph: Graph) -> None:
        layers, _, ny = graph.node.shape
        self.size, self.stride = graph.node.size, layers * ny
        layer, column, row = np.nonzero(graph.node >= 0)
        self.place = (column * layers + layer) * ny + row
        one, other = self.place[graph.one], self.place[graph.other]
        same = layer[graph.one] == layer[graph.other]
        self.east, self.north = np.flatnonzero(same & (graph.along == 0)), np.flatnonzero(same & (graph.along == 1))
        self.from_east, self.from_north = one[self.east], one[self.north]
        self.listed = np.flatnonzero(~same)
        of = np.concatenate((one[self.listed], other[self.listed]))
        self.order = np.argsort(of, kind="stable")
        self.of, self.to = of[self.order], np.concatenate((other[self.listed], one[self.listed]))[self.order]

    def weights(self, flow: FloatArray) -> Weights:
        """The edges with these transmissibilities (E)."""
        east, north = np.zeros(self.size), np.zeros(self.size)
        east[self.from_east], north[self.from_north] = flow[self.east], flow[self.north]
        return listed_weights(self.stride, (east, north), self.of, self.to, np.tile(flow[self.listed], 2)[self.order])

    def whole(self, values: FloatArray) -> FloatArray:
        """Values of nodes (N) at their places (S), 0 elsewhere."""
        found = np.zeros(self.size)
        found[self.place] = values
        return found

    def columns(self, nodes: Mask) -> slice:
        """The part of the arrays that has the columns in which any of these nodes lies."""
        reached = self.place[nodes] // self.stride
        return slice(int(reached.min()) * self.stride, (int(reached.max()) + 1) * self.stride)
