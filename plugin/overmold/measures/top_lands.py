"""Lands for an upper package: whether its balls bridge the mold, and what is near the lands and the vias over them."""

from __future__ import annotations

from typing import Union

import numpy as np

from .. import space
from ..arrays import IntArray
from ..geometry.circles import clearance_inside, clearance_outside
from ..package import Chip, Package, Passive, TopLands, keys
from ..shapes import ROUNDING
from ..units import COUNT, LENGTH, Toleranced, show
from . import Measured, Reading, exact, measure
from .covers import missing_cap_of
from .crowds import MOST
from .missing import not_stated


@measure(LENGTH)
def upper_package_over_mold(package: Package) -> Measured:
    """Room between the mold's top, the highest where there are several, and the upper package's carrier: the solder in the via,
    none for lands beside the mold, and the upper ball on it as high as it is after its collapse, less the cap."""
    lands, blocks = package.top_lands, space.blocks(package)
    if lands is None or not blocks:
        return
    unknown = [block.key for block in blocks if block.cap is None]
    if unknown:
        yield missing_cap_of(unknown[0])
        return
    if lands.ball_height is None or (lands.via is not None and lands.via_fill is None):
        yield not_stated(TopLands, "ball_height" if lands.ball_height is None else "via_fill", keys.TOP_LANDS)
        return
    cap = max((block.cap for block in blocks if block.cap is not None), key=lambda one: one.nominal)
    fill = lands.via_fill if lands.via is not None and lands.via_fill is not None else Toleranced(0)
    left = fill + lands.ball_height - cap
    in_via = f" on {show(fill.nominal, LENGTH)} of solder in the via" if fill.nominal else ""
    yield Reading((keys.TOP_LANDS, "mold.cap"), left.nominal, left.low, left.high, None,
                  f"upper balls {show(lands.ball_height.nominal, LENGTH)} high{in_via}, mold {show(cap.nominal, LENGTH)}")


@measure(COUNT)
def top_lands_buried(package: Package) -> Measured:
    """How many lands for an upper package lie under the mold, also with a part, without a via through it; told one by one."""
    lands = package.top_lands
    if lands is None or not space.blocks(package):
        return
    wide = _across(lands.sites.xy, lands.land)
    clear = np.min([clearance_outside(lands.sites.xy, wide, block.outline) for block in space.blocks(package)], axis=0)
    buried = np.flatnonzero(clear < -ROUNDING).tolist() if lands.via is None else []
    many = f", one of {len(buried):,}" if len(buried) > MOST else ""
    for i in buried[:MOST]:
        name = lands.sites.names[i]
        yield exact((keys.top_land(name), "mold"), 1, _spot(lands, i), f"top land {name}{many}")
    if not buried:
        yield exact((keys.TOP_LANDS,), 0)


@measure(LENGTH, in_plan=True)
def top_land_to_part(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan from every land for an upper package, or the via over it, to the nearest chip or passive of the chip
    side; those below the horizon, else the shortest."""
    lands = package.top_lands
    if lands is None or not len(lands.sites):
        return
    wide = _across(lands.sites.xy, max(lands.land, lands.via.high if lands.via is not None else 0))
    parts: list[Union[Chip, Passive]] = [*(chip for chip in package.near_chips if not chip.is_closed_in),
                                         *package.near_passives]
    found = sorted((int(clear), i, part.key, part.name) for part in parts
                   for i, clear in enumerate(clearance_outside(lands.sites.xy, wide, part.outline).tolist()))
    for clear, i, key, name in found[:max(1, min(MOST, sum(one[0] < horizon for one in found)))]:
        land = lands.sites.names[i]
        yield exact((keys.top_land(land), key), clear, _spot(lands, i), f"{name} to top land {land}")


@measure(LENGTH, in_plan=True)
def top_land_to_carrier_edge(package: Package) -> Measured:
    """How far the land for an upper package that is nearest to the carrier's edge stays inside it."""
    lands, carrier = package.top_lands, package.carrier
    if lands is None or carrier is None or not len(lands.sites):
        return
    inside = clearance_inside(lands.sites.xy, _across(lands.sites.xy, lands.land), carrier.outline)
    i = int(inside.argmin())
    yield exact((keys.top_land(lands.sites.names[i]), keys.CARRIER), int(inside[i]), _spot(lands, i),
                f"top land {lands.sites.names[i]}")


@measure(LENGTH)
def mold_via_beyond_land(package: Package) -> Measured:
    """How much wider the via through the mold is at its top than the land at its bottom."""
    lands = package.top_lands
    if lands is not None and lands.via is not None:
        yield Reading((f"{keys.TOP_LANDS}.via",), lands.via.nominal - lands.land, lands.via.low - lands.land,
                      lands.via.high - lands.land)


def _across(xy: IntArray, wide: int) -> IntArray:
    return np.full(len(xy), wide, np.int64)


def _spot(lands: TopLands, i: int) -> tuple[int, int]:
    return int(lands.sites.xy[i, 0]), int(lands.sites.xy[i, 1])
