"""Holes through the carrier that the mold lies over."""

from __future__ import annotations

import numpy as np

from ..geometry.circles import clearance_outside
from ..package import Package
from ..shapes import ROUNDING
from ..space import blocks
from ..units import COUNT
from . import Measured, exact, measure
from .crowds import MOST


@measure(COUNT)
def open_holes_under_mold(package: Package) -> Measured:
    """How many of the holes that a board drills, vias and pads of any footprint, are open on the chip side and lie under the
    mold, also with a part; told one by one. A hole that mask covers, or that is covered, plugged, filled or capped, is closed;
    one that is not plated is open whatever the mask does."""
    holes, mold = package.holes, package.mold
    if holes is None or not len(holes.names) or mold is None:
        return
    clear = np.min([clearance_outside(holes.xy, holes.drill, block.outline) for block in blocks(package)], axis=0)
    under = np.flatnonzero(holes.is_open & (clear < -ROUNDING))
    first = {holes.names[row]: row for row in reversed(under.tolist())}
    many = f", one of {len(first):,}" if len(first) > MOST else ""
    for name, row in sorted(first.items(), key=lambda one: one[1])[:MOST]:
        text = package.place(holes.key(row)).text
        yield exact((holes.key(row), "mold"), 1, (int(holes.xy[row, 0]), int(holes.xy[row, 1])), f"{text or name}{many}")
    if not first:
        total, left_open = len(set(holes.names)), len({holes.names[row] for row in np.flatnonzero(holes.is_open).tolist()})
        yield exact(("mold",), 0, mold.outline.centre, f"of {total:,} holes, {left_open:,} of them open")
