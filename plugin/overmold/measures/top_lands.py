"""Lands for an upper package: whether its balls bridge the mold, and what is near the lands and the vias over them."""

from __future__ import annotations

from typing import Union

import numpy as np

from .. import space
from ..geometry.circles import clearance_inside, clearance_outside
from ..package import Balls, Chip, Lid, Package, Passive, TopLands, keys
from ..package.site_lands import top_land_sizes
from ..package.soldered import soldered
from ..shapes import ROUNDING
from ..units import COUNT, LENGTH, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .covers import missing_cap_of
from .crowds import MOST
from .missing import field, not_stated


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
    lid = package.lid
    if lid is not None and (lid.thickness is None or lid.attach is None):
        yield not_stated(Lid, "thickness" if lid.thickness is None else "attach", "lid")
        return
    if lid is not None and lid.thickness is not None and lid.attach is not None:
        cap = cap + lid.attach + lid.thickness
    left = fill + lands.ball_height - cap
    in_via = f" on {show(fill.nominal, LENGTH)} of solder in the via" if fill.nominal else ""
    yield Reading((keys.TOP_LANDS, "mold.cap"), left.nominal, left.low, left.high, None,
                  f"upper balls {show(lands.ball_height.nominal, LENGTH)} high{in_via}, "
                  f"mold {'and lid ' if lid is not None else ''}{show(cap.nominal, LENGTH)}")


@measure(COUNT)
def top_lands_buried(package: Package) -> Measured:
    """How many lands for an upper package lie under the mold, also with a part, without a via through it; told one by one."""
    lands = package.top_lands
    if lands is None or not space.blocks(package):
        return
    wide = top_land_sizes(lands)[0]
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
    wide = np.maximum(top_land_sizes(lands)[0], lands.via.high if lands.via is not None else 0)
    parts: list[Union[Chip, Passive]] = [*(chip for chip in package.chips if not chip.is_closed_in), *package.near_passives]
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
    inside = clearance_inside(lands.sites.xy, top_land_sizes(lands)[0], carrier.outline)
    i = int(inside.argmin())
    yield exact((keys.top_land(lands.sites.names[i]), keys.CARRIER), int(inside[i]), _spot(lands, i),
                f"top land {lands.sites.names[i]}")


@measure(LENGTH)
def mold_via_beyond_land(package: Package) -> Measured:
    """How much wider the via through the mold is at its top than the land at its bottom."""
    lands = package.top_lands
    if lands is not None and lands.via is not None:
        widest = int(top_land_sizes(lands)[0].max(initial=lands.land))
        yield Reading((f"{keys.TOP_LANDS}.via",), lands.via.nominal - widest, lands.via.low - widest, lands.via.high - widest)


@measure(LENGTH, in_plan=True)
def top_land_inside_upper_package(package: Package) -> Measured:
    """How far the lands for an upper package stay inside that package's outline: its balls are under it."""
    lands = package.top_lands
    outline = lands.upper_outline if lands is not None else None
    if lands is None or outline is None:
        return
    inside = clearance_inside(lands.sites.xy, top_land_sizes(lands)[0], outline)
    i = int(inside.argmin())
    yield exact((keys.top_land(lands.sites.names[i]), keys.UPPER), int(inside[i]), _spot(lands, i),
                f"top land {lands.sites.names[i]}")


@measure(LENGTH)
def stack_height_to_spare(package: Package) -> Measured:
    """The tallest that both packages together may be, less their height: standoff, carrier, the solder in the vias, the upper
    balls and the upper package; the corners are worst case."""
    lands = package.top_lands
    if lands is None or not lands.stack_height:
        return
    upper = space.upper_package(package)
    if upper is None:
        yield not_stated(TopLands, "upper_width" if not lands.upper_width else "upper_length", keys.TOP_LANDS)
        return
    if upper.top.lacks:
        wanted = next((one for one in ("ball_height", "upper_thickness") if getattr(lands, one) is None), "via_fill")
        yield not_stated(TopLands, wanted, keys.TOP_LANDS)
        return
    carrier, standoff = package.carrier, package.balls.height if package.balls is not None else None
    if carrier is None or carrier.thickness is None or (standoff is None and soldered(package.balls) is not None):
        yield Unmeasured((f"{keys.UPPER}.max_height",), "the height of the lower package over the board is not known: "
                         f"the stack-up and the balls' standoff must be stated ({field(Balls, 'standoff')} on the carrier, "
                         "thicknesses in the board's stack-up)")
        return
    total = (upper.top.value or Toleranced(0)) + carrier.thickness + (
        standoff if standoff is not None and soldered(package.balls) is not None else Toleranced(0))
    most = lands.stack_height
    yield Reading((f"{keys.UPPER}.max_height",), most - total.nominal, most - total.high, most - total.low,
                  told=f"both packages together are {show(total.nominal, LENGTH)} high, at most {show(total.high, LENGTH)}")


def _spot(lands: TopLands, i: int) -> tuple[int, int]:
    return int(lands.sites.xy[i, 0]), int(lands.sites.xy[i, 1])
