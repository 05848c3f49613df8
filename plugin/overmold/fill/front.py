"""The front: when every layer of every cell is full, by volume of fluid, driven by the pressure behind it.

A step takes as long as the quickest cell at the front needs from empty to full. What a cell cannot hold runs on into those
behind it: to cut it off instead would slow the quick front down and halve the air that is closed in. The volume that comes in
at the gate is the volume that is taken up at the front, to the last digit: the pressure is only as exact as its steps, and the
front takes its shares of what the gate gives, which is exact to the square of that.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Callable, Optional

import numpy as np

from ..arrays import IntArray
from .cells import FloatArray, Mask
from .graph import Graph
from .lattice import Lattice
from .pressure import Places, Wet

_FULL = 1 - 1e-9
_ROUNDS_OF_SHEAR, _SETTLED = 16, 1e-3  # in a step, at most; until no pressure changes by more than this part of the gate's
_NEAREST = 0.2  # of a cell: the least that a front counts as away from the gate
_ROUNDS = 60  # of running on, in one step; what is left then waits for the next
Say = Callable[[float], None]
# What an edge's transmissibility is worth (E), and a gate's (N), given the pressures (N), which nodes are full and how much
# nearer than its middle the front is in each that is not.
Thinning = Callable[[FloatArray, Mask, FloatArray], tuple[FloatArray, FloatArray]]


@dataclass(frozen=True, eq=False, repr=False)
class Arrival:
    """``time`` (N) at which the front has come to each node, as the graph counts it, and ``full`` at which the node is full, in
    units of viscosity over pressure; infinite where the front never comes.

    ``gone_in`` and ``taken_up`` are the volumes through the gate and at the front after each step, ``steps`` of the front and
    ``inner`` of the pressure, ``off`` the most that a step's front differed from its gate before that was put right.
    """

    time: FloatArray
    full: FloatArray
    gone_in: FloatArray
    taken_up: FloatArray
    steps: int
    inner: int
    off: float

    @property
    def end(self) -> float:
        """When all that the front reaches is full."""
        reached = self.full[np.isfinite(self.full)]
        return float(reached.max()) if len(reached) else 0.0


@dataclass(eq=False, repr=False)
class _State:
    """What changes from step to step. ``going`` is how far, in cells, each node's front went in its last step."""

    wet: Mask
    share: FloatArray
    time: FloatArray
    full: FloatArray
    pressure: FloatArray
    going: FloatArray
    now: float = 0.0
    waiting: float = 0.0
    gone_in: list[float] = field(default_factory=list)
    taken_up: list[float] = field(default_factory=list)
    inner: int = 0
    off: float = 0.0


class _Flow:
    """The edges of a graph as arrays, with what they are worth: always the same unless the fluid thins."""

    def __init__(self, graph: Graph, thinning: Optional[Thinning]) -> None:
        self.lattice, self.thinning = Lattice(graph), thinning
        self.block = self.lattice.whole(graph.block.astype(float)).astype(np.int64)
        self._weigh(graph.flow, graph.gate)

    def _weigh(self, flow: FloatArray, gate: FloatArray) -> None:
        self.weights, self.gate = self.lattice.weights(flow), self.lattice.whole(gate)

    def pressure(self, state: _State, tolerance: float) -> FloatArray:
        """The pressures (N) with the nodes that are full now."""
        place, part = self.lattice.place, self.lattice.columns(state.wet)
        full, near = self.lattice.whole(state.wet.astype(float)), self.lattice.whole(np.where(state.wet, 1.0, _nearer(state)))
        for _ in range(1 if self.thinning is None else _ROUNDS_OF_SHEAR):
            if self.thinning is not None:
                self._weigh(*self.thinning(state.pressure, state.wet, _nearer(state)))
            whole = self.lattice.whole(state.pressure)
            places = Places(self.gate, self.gate + self.weights.spread(near), self.block)
            whole[part], inner = Wet(self.weights, places, full, part).solve(whole[part], tolerance)
            before, state.pressure = state.pressure, whole[place]
            state.inner += inner
            if float(np.abs(state.pressure - before).max()) < _SETTLED:
                break
        return state.pressure

    def rates(self, state: _State) -> tuple[IntArray, FloatArray]:
        """The nodes at the front and how fast each takes up volume."""
        place, p = self.lattice.place, self.lattice.whole(state.pressure)
        reached = np.where(state.wet, 0.0, self.weights.spread(p)[place] * _nearer(state))
        gate = self.gate[place]
        given, taken = float((gate * np.where(state.wet, 1 - state.pressure, 0.0)).sum()), float(reached.sum())
        if taken > 0:
            state.off = max(state.off, abs(given / taken - 1))
            reached *= given / taken
        # From a wall the front is half a cell nearer than from the middle of a neighbour.
        rate = reached + np.where(state.wet, 0.0, gate / (np.maximum(2 / _nearer(state) - 1, _NEAREST)))
        front = np.flatnonzero(rate > 0)
        return front, rate[front]


def _nearer(state: _State) -> FloatArray:
    """How much more easily the front in a node is reached from its neighbours' middles than its own middle would be (N): it
    stands at its share of the cell, and half a step farther in the middle of the step."""
    found: FloatArray = 1 / (0.5 + state.share + state.going / 2)
    return found


def flow(graph: Graph, say: Optional[Say] = None, thinning: Optional[Thinning] = None, tolerance: float = 1e-5,
         hop: float = 1.0) -> Arrival:
    """Fill the whole cavity. ``hop``: cells that the quickest front goes in a step; 0 fills one cell a step, which is exact and
    slow. ``say`` is told the share of the volume that is full."""
    size, whole = len(graph), float(graph.volume.sum())
    never = np.full(size, np.inf)
    state = _State(wet=np.zeros(size, bool), share=np.zeros(size), time=never, full=never.copy(), pressure=np.zeros(size),
                   going=np.ones(size))
    steps, through = 0, _Flow(graph, thinning)
    while not state.wet.all():
        if state.wet.any():
            through.pressure(state, tolerance)
        front, rate = through.rates(state)
        if not len(front):
            break  # what is left nothing leads to
        quick = rate / graph.volume[front]
        long = hop / quick.max() if hop else float(((1 - state.share[front]) / quick).min())
        state.going[front] = quick * long
        _advance(graph, state, front, rate, long)
        steps += 1
        if say is not None:
            say(float((graph.volume * state.share).sum()) / whole)
    return Arrival(time=state.time, full=state.full, gone_in=np.array(state.gone_in), taken_up=np.array(state.taken_up),
                   steps=steps, inner=state.inner, off=state.off)


def _advance(graph: Graph, state: _State, front: IntArray, rate: FloatArray, long: float) -> None:
    """One step: every node at the front takes up its share, what is too much runs on."""
    start, whole = state.now, float(rate.sum()) * long
    state.gone_in.append((state.gone_in[-1] if state.gone_in else 0.0) + whole)
    more = 1 + state.waiting / whole
    state.waiting = 0.0
    nodes, adding, since = front, rate * (long * more), np.full(len(front), start)
    for _ in range(_ROUNDS):
        before, holds = state.share[nodes], graph.volume[nodes]
        room = (1 - before) * holds
        taken = np.minimum(adding, room)
        state.share[nodes] += taken / holds
        over = adding - taken
        # So much of the time that is left passes until so much more is in.
        pace = (start + long - since) / np.maximum(adding, 1e-300)
        due = graph.due[nodes]
        passed = (before < due) & (state.share[nodes] >= due)
        state.time[nodes[passed]] = (since + pace * (due - before) * holds)[passed]
        full = state.share[nodes] >= _FULL
        when = since + pace * np.minimum(adding, room)
        state.full[nodes[full]], state.share[nodes[full]] = when[full], 1.0
        state.wet[nodes[full]] = True
        running = over > 1e-12 * graph.volume[nodes]
        state.waiting += float(over[~running].sum())
        if not running.any():
            break
        nodes, adding, since, stuck = _run_on(graph, state.wet, nodes[running], over[running], when[running])
        state.waiting += stuck
    else:
        state.waiting += float(adding.sum())
    state.now = start + long
    state.taken_up.append(float((graph.volume * state.share).sum()) + state.waiting)


def _run_on(graph: Graph, wet: Mask, nodes: IntArray, over: FloatArray, when: FloatArray
            ) -> tuple[IntArray, FloatArray, FloatArray, float]:
    """What is too much for these nodes, by transmissibility to their neighbours that are not full: those, how much each gets
    and, on the average, since when; and what found no such neighbour."""
    entries, of = graph.entries(nodes)
    dry = ~wet[graph.to[entries]]
    entries, of = entries[dry], of[dry]
    flow = graph.flow[graph.edge[entries]]
    all_of_it = np.bincount(of, flow, len(nodes))
    lone = all_of_it <= 0
    shares = over[of] * flow / all_of_it[of]
    found, place = np.unique(graph.to[entries], return_inverse=True)
    adding: FloatArray = np.bincount(place.ravel(), shares, len(found)).astype(float)
    since = np.bincount(place.ravel(), shares * when[of], len(found)) / np.maximum(adding, 1e-300)
    return found, adding, since, float(over[lone].sum())
