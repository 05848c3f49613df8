"""Whether the mold covers all of every wire."""

from __future__ import annotations

import numpy as np

from .. import space
from ..arrays import IntArray
from ..geometry.circles import clearance_inside
from ..package import Package
from ..shapes import ROUNDING
from ..units import LENGTH
from . import Measured, exact, measure
from .crowds import MOST
from .wires import ends_of


@measure(LENGTH, in_plan=True)
def wire_to_mold_edge(package: Package) -> Measured:
    """How far both ends of every wire stay inside the mold's outline, negative where one lies beside it; the nearest, and all
    that lie beside it."""
    found = space.blocks(package)
    if not package.wires or not found:
        return
    ends: IntArray = np.array([(wire.from_at, wire.to_at) for wire in package.wires], np.int64).reshape(-1, 2)
    wide: IntArray = np.zeros(len(ends), np.int64)
    inside = np.max([clearance_inside(ends, wide, block.outline) for block in found], axis=0).reshape(-1, 2)
    nearest = inside.min(axis=1)
    order = np.argsort(nearest, kind="stable")[:MOST]
    for i in order[:max(1, int((nearest[order] < -ROUNDING).sum()))].tolist():
        wire = package.wires[i]
        at = wire.from_at if inside[i, 0] <= inside[i, 1] else wire.to_at
        yield exact((wire.key, found[0].key), int(nearest[i]), at, ends_of(wire))
