"""Wires down to a die attach pad: how far from the chips on it and from its own edge they land."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from ..geometry.circles import clearance_inside, clearance_outside
from ..geometry.leads import standing_room
from ..package import PADDLE, Package, Wire, keys
from ..shapes import ROUNDING, Outline, Point
from ..space import die_pad
from ..units import LENGTH, RATIO, show
from . import Measured, Reading, exact, measure
from .wires import ends_of

_POINT = np.zeros(1, np.int64)  # a circle without width


def _down(package: Package) -> Iterator[tuple[Wire, str, Outline, Point]]:
    """Wires that end on the paddle or on an island that bears a chip: the wire, that metal's key and outline, and the spot."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None or not package.wires:
        return
    bearing = dict(filter(None, (die_pad(frame, chip) for chip in package.chips if not chip.on)))
    if frame.paddle is not None:
        bearing[keys.PADDLE] = frame.paddle
    for wire in package.wires:
        for end, at in ((wire.start, wire.from_at), (wire.end, wire.to_at)):
            key = keys.PADDLE if end == PADDLE else keys.lead(end)
            if key in bearing:
                yield wire, key, bearing[key], at


@measure(LENGTH, in_plan=True)
def down_bond_to_chip_edge(package: Package) -> Measured:
    """Distance in plan of the spot where a wire lands on a die attach pad from the edge of every chip that stands on the frame,
    0 under it; the nearest wire of each chip."""
    for chip in package.chips:
        if chip.on:
            continue
        found = [(int(clearance_outside(np.array([at], np.int64), _POINT, chip.outline)[0]), wire, at)
                 for wire, _, _, at in _down(package)]
        if found:
            apart, wire, at = min(found, key=lambda one: one[0])
            yield exact((wire.key, chip.key), max(0, apart), at, f"{ends_of(wire)}, beside {chip.name}")


@measure(RATIO, in_plan=True)
def down_bond_inside_paddle_to_diameter(package: Package) -> Measured:
    """How far the spot where a wire lands on a die attach pad lies inside its edge, and beside what of it is etched from above,
    / the wire's diameter, negative where it misses; the nearest wire of each pad."""
    worst: dict[str, tuple[Fraction, Wire, Point]] = {}
    frame = package.carrier.frame if package.carrier is not None else None
    etched = frame.etched_above if frame is not None else ()
    for wire, key, metal, at in _down(package):
        spot = np.array([at], np.int64)
        inside = max((int(clearance_inside(spot, _POINT, top)[0]) for top in standing_room(metal, etched)), default=0)
        ratio = Fraction(inside, wire.diameter)
        if key not in worst or ratio < worst[key][0]:
            worst[key] = ratio, wire, at
    for key, (ratio, wire, at) in worst.items():
        said = f"{ends_of(wire)}: {show(int(ratio * wire.diameter), LENGTH)} inside, wire {show(wire.diameter, LENGTH)}"
        yield Reading((wire.key, key), ratio, ratio, ratio, at, said, slack=Fraction(ROUNDING, wire.diameter))
