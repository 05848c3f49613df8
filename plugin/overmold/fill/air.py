"""Where air is closed in: the merge tree of the arrival, from the last node that fills to the first.

Run backwards, the cavity empties: what is not full yet falls into bodies of air that grow and join. A body that joins one with
a vent was cut off from that vent, forwards, at that very moment, with the volume that it then had.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .cells import FloatArray
from .graph import Graph


@dataclass(frozen=True, eq=False, repr=False)
class Pocket:
    """Air that is closed in: ``volume`` by the number of the part that it lies in (cubic micrometres), at ``closed`` it lost
    its last vent, ``last`` is the node that it would fill last, ``nodes`` are those it then lay in."""

    volume: dict[int, float]
    closed: float
    last: int
    nodes: FloatArray

    @property
    def size(self) -> float:
        """Its whole volume."""
        return sum(self.volume.values())


def pockets(graph: Graph, time: FloatArray) -> list[Pocket]:
    """Every pocket, the largest first; air where the front never comes is closed in from the start."""
    order = np.argsort(-time, kind="stable").tolist()
    found = _Bodies(graph, time)
    for node in order:
        found.join(node)
    sets = found.closed_in()
    return sorted((_pocket(graph, time, *one) for one in sets), key=lambda one: -one.size)


def _pocket(graph: Graph, time: FloatArray, members: list[int], closed: float) -> Pocket:
    nodes = np.array(members)
    parts, place = np.unique(graph.part[nodes], return_inverse=True)
    volume = np.bincount(place.ravel(), graph.volume[nodes])
    last = int(nodes[np.argmax(time[nodes])])
    return Pocket(dict(zip(parts.tolist(), volume.tolist())), closed, last, nodes)


class _Bodies:
    """Bodies of air that grow and join, each with its nodes."""

    def __init__(self, graph: Graph, time: FloatArray) -> None:
        self.start, self.to = graph.start.tolist(), graph.to.tolist()
        self.time: list[float] = time.tolist()
        self.vented: list[bool] = graph.vent.tolist()
        self.body = [-1] * len(self.time)  # the node that stands for a node's body, by way of others
        self.members: dict[int, list[int]] = {}
        self.found: list[tuple[list[int], float]] = []

    def join(self, node: int) -> None:
        """The next node, with all bodies that it touches."""
        self.body[node] = node
        self.members[node] = [node]
        for place in range(self.start[node], self.start[node + 1]):
            if self.body[self.to[place]] >= 0:
                self._merge(self._top(node), self._top(self.to[place]), node)

    def _merge(self, one: int, other: int, node: int) -> None:
        if one == other:
            return
        # Of two with a vent, or two without, the larger stays; a body without one that meets a vent is a pocket.
        keep, lost = (one, other) if self._rank(one) >= self._rank(other) else (other, one)
        if self.vented[keep] and not self.vented[lost] and self.members[lost] != [node]:
            self.found.append((list(self.members[lost]), self.time[node]))
        self.body[lost] = keep
        self.members[keep] += self.members.pop(lost)

    def _rank(self, body: int) -> tuple[bool, int]:
        return self.vented[body], len(self.members[body])

    def _top(self, node: int) -> int:
        while self.body[node] != node:
            self.body[node] = self.body[self.body[node]]
            node = self.body[node]
        return node

    def closed_in(self) -> list[tuple[list[int], float]]:
        """The pockets, and what never had a vent."""
        never = [(members, 0.0) for body, members in self.members.items() if not self.vented[body]]
        return self.found + never
