"""Cavities for the tests of the fill, straight as cells, and the closed forms that they are held to. Lengths in mm and um."""

from __future__ import annotations

import math

import numpy as np

from overmold.fill.air import pockets
from overmold.fill.cells import BESIDE, OVER, UNDER, Cells, Part
from overmold.fill.front import Arrival, flow
from overmold.fill.graph import Graph, graph_of
from overmold.fill.openings import Gate, Openings, openings
from overmold.fill.thinning import PowerLaw, thinning

PARTS = (Part(BESIDE), Part(OVER, "U1"), Part(UNDER, "U1"))
DIE, T1 = 150.0, 75.0


def cavity(shape: tuple[int, int], size: tuple[float, float], ratio: float, chip: tuple[float, float] = (5, 5),
           at: tuple[float, float] = (0, 0), t1: float = T1) -> Cells:
    """A chip ``chip`` mm large in a cavity of ``size`` mm: t1 under it, ``ratio`` times as much over it; ratio 0 has none."""
    (nx, ny), (wide, high) = shape, size
    x, y = (np.linspace(-long * 500, long * 500, count + 1) for long, count in ((wide, nx), (high, ny)))
    mx, my = (x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2
    under = (abs(mx - at[0] * 1000) < chip[0] * 500)[:, None] & (abs(my - at[1] * 1000) < chip[1] * 500) & (ratio > 0)
    cap = t1 + DIE + ratio * t1
    low = np.stack([np.where(under, t1 + DIE, 0.0), np.zeros(shape)])
    high_ = np.stack([np.full(shape, cap), np.where(under, t1, 0.0)])
    part = np.stack([np.where(under, 1, 0), np.full(shape, 2)])
    return Cells(x=x, y=y, low=low, high=high_, mobility=(high_ - low) ** 3 / 12, open=np.ones(low.shape), part=part,
                 inside=np.ones(shape, bool), parts=PARTS)


def filled(cells: Cells, gate: Gate = Gate(), vents: str = "right", index: float = 1.0, **more: float  # noqa: B008
           ) -> tuple[Graph, Arrival]:
    """The graph of a cavity, and the front through it."""
    graph = graph_of(cells, openings(cells, gate, vents))
    return graph, flow(graph, thinning=None if index == 1 else thinning(graph, PowerLaw(index)), **more)


def shares(cells: Cells, graph: Graph, arrival: Arrival) -> tuple[float, float]:
    """Of the gap under the chip and of the cover over it, what is closed in."""
    holds = np.bincount(graph.part, graph.volume, len(PARTS))
    lost = np.zeros(len(PARTS))
    for one in pockets(graph, arrival.time):
        for part, volume in one.volume.items():
            lost[part] += volume
    return tuple(lost[part] / holds[part] if holds[part] else 0.0 for part in (2, 1))


def trapped(ratio: float, cells: int = 64, **more: float) -> tuple[float, float]:
    """Of the unit of physics.md: a 5 mm chip in 10 mm, gate at the left."""
    made = cavity((cells, cells), (10, 10), ratio)
    return shares(made, *filled(made, **more))


def radius(time: float, disc: float, speed: float) -> float:
    """Where the front from a round gate of radius ``disc`` stands: r² ln(r/r0) - (r² - r0²)/2 = 2 speed time, solved."""
    low, high = disc, 100 * disc
    for _ in range(80):
        middle = (low + high) / 2
        done = middle**2 * math.log(middle / disc) - (middle**2 - disc**2) / 2
        low, high = (middle, high) if done < 2 * speed * time else (low, middle)
    return low


__all__ = ["Gate", "Openings", "cavity", "filled", "radius", "shares", "trapped"]
