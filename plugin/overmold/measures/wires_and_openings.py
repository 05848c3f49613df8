"""Wires beside what is opened into the carrier or the mold: rims of cavities, vias for an upper package."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..arrays import IntArray
from ..geometry.loops.shape import FloatArray
from ..geometry.loops.solids import clear_of_rim, lowest_at_rim
from ..package import Chip, Package, keys
from ..package.site_lands import top_land_widths
from ..shapes import Outline, midpoint
from ..space.pockets import pocket_of
from ..units import LENGTH
from . import Measured, Reading, exact, levels, measure
from .crowds import MOST
from .wire_crowd import WireCrowd, crowd, unknown_heights
from .wires import ends_of


@measure(LENGTH, in_plan=True)
def wire_to_cavity_rim(package: Package) -> Measured:
    """Distance in space from every wire's surface to the upper rim of the cavity that its chip, or the lowest of its tower,
    stands in: below nothing where it runs into the carrier. Of a chip that the carrier closes in it is the height of the chip's
    top, for no wire leaves it."""
    if not package.wires or not any(chip.in_cavity for chip in package.chips):
        return
    yield from unknown_heights(package)
    wires = crowd(package)
    for chip in package.chips:
        sunk = next((one for one in levels.foundation(package, chip) if one.in_cavity), None)
        for which in (0, 1) if sunk is not None else ():
            own = wires.of_chip(chip, which)
            own = own[wires.known[own]]
            if sunk is not None and len(own):
                pocket = pocket_of(package, sunk)
                if sunk.is_closed_in:
                    yield from _closed_in(package, wires, own, sunk)
                elif pocket is not None:
                    yield from _at_rim(wires, own, sunk, pocket.outline)


def _at_rim(wires: WireCrowd, own: IntArray, sunk: Chip, outline: Outline) -> Iterator[Reading]:
    own = own[np.isfinite(lowest_at_rim(wires.loops[own], outline))]  # those that leave the cavity
    if not len(own):
        return
    nominal, *others = (_over(loops[own], outline) - wires.diameters[own] / 2 for loops in (
        wires.loops, wires.lowest, wires.highest))
    slack = wires.base_slack[own]
    least, most = np.minimum(nominal, np.min(others, axis=0)) - slack, np.maximum(nominal, np.max(others, axis=0)) + slack
    columns = [np.floor(one + 1e-3).astype(np.int64).tolist() for one in (nominal, least, most)]
    for i, value, low, high in zip(own.tolist(), *columns):
        wire = wires.wires[i]
        yield Reading((wire.key, keys.within(sunk.key, "cavity")), value, low, high, midpoint(wire.from_at, wire.to_at),
                      f"{ends_of(wire)} over the rim of the cavity of {sunk.name}")


def _over(loops: FloatArray, outline: Outline) -> FloatArray:
    """How far the middles of loops stay off the rim, negative as far as they lie below the carrier's surface there."""
    low = lowest_at_rim(loops, outline)
    found: FloatArray = np.where(low < 0, low, clear_of_rim(loops, outline, 0))
    return found


def _closed_in(package: Package, wires: WireCrowd, own: IntArray, sunk: Chip) -> Iterator[Reading]:
    top = levels.top(package, sunk)
    for wire in (wires.wires[i] for i in own.tolist()[:MOST]):
        if top is not None:
            yield Reading((wire.key, keys.within(sunk.key, "cavity")), min(top.nominal, -1), min(top.low, -1),
                          min(top.high, -1), midpoint(wire.from_at, wire.to_at),
                          f"{ends_of(wire)}: the carrier closes over {sunk.name}")


@measure(LENGTH, in_plan=True)
def top_land_to_wire(package: Package) -> Measured:
    """Distance in plan from the land for an upper package, or the via over it, that is nearest to a wire to that wire's
    surface; and of all that lie on one."""
    lands = package.top_lands
    if lands is None or not len(lands.sites) or not package.wires:
        return
    import shapely

    lines = [shapely.LineString([wire.from_at, wire.to_at]).buffer(wire.diameter / 2) for wire in package.wires]
    near, apart = shapely.STRtree(lines).query_nearest(shapely.points(lands.sites.xy), all_matches=False, return_distance=True)
    wide = top_land_widths(lands)
    clear = np.floor(apart - wide[near[0]] / 2).astype(np.int64)
    order = np.argsort(clear, kind="stable")[:MOST]
    for k in order[:max(1, int((clear[order] < 0).sum()))].tolist():
        i, wire = int(near[0][k]), package.wires[int(near[1][k])]
        name = lands.sites.names[i]
        yield exact((keys.top_land(name), wire.key), int(clear[k]), lands.sites.at(i),
                    f"top land {name} to {ends_of(wire)}")
