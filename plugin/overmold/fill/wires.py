"""Wires in the way of the front: a layer is lower by what they cover of its plan, times how thick they are."""

from __future__ import annotations

import numpy as np

from ..package import Package
from ..space import wire_loops
from .cells import FloatArray

_NM = 1000.0
_TO_A_CELL = 4  # spots on a wire


def shadow(package: Package, x: FloatArray, y: FloatArray, height: FloatArray) -> FloatArray:
    """The mobility of layers of this ``height`` (L, nx, ny) under the wires that pass over their cells (um)."""
    wires = wire_loops(package)
    start, end = wires.start / _NM, wires.end / _NM
    long = np.hypot(*(end - start).T)
    step = min(float(np.diff(x).min()), float(np.diff(y).min())) / _TO_A_CELL
    count = np.maximum(1, np.ceil(long / step)).astype(int)
    of = np.repeat(np.arange(len(long)), count)
    way = (np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count) + 0.5) / count[of]
    at = start[of] + way[:, None] * (end - start)[of]
    thick = wires.diameters[of] / _NM
    shade = np.histogram2d(at[:, 0], at[:, 1], bins=[x, y], weights=(long / count)[of] * thick**2)[0]
    # Of the height no more than nine tenths go: below that wires lie on each other.
    lower = np.maximum(height - shade / (np.diff(x)[:, None] * np.diff(y)), height / 10)
    found: FloatArray = lower**3 / 12
    return found
