"""Lands for an upper package: whether its balls bridge the mold, and what is near the lands and the vias over them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional, Union

import numpy as np

from .. import space
from ..arrays import IntArray
from ..geometry.circles import clearance_inside, clearance_outside
from ..package import Balls, Chip, Lid, Package, Passive, TopLands, keys
from ..package.site_lands import top_land_sizes, top_land_widths
from ..package.soldered import soldered
from ..shapes import ROUNDING, Outline
from ..space.sums import LEVEL, Height, one
from ..units import COUNT, LENGTH, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .covers import missing_cap_of
from .crowds import MOST
from .missing import NO_MOLD_CAP, field, missing_for_top, not_stated

LID = "the lid, which is taken to be as large as the mold"


@measure(LENGTH)
def upper_package_over_mold(package: Package) -> Measured:
    """Room between the upper package's carrier and what of this one is highest: its lid, else the mold, and every chip and
    passive that stands above these or where there is neither. The upper carrier is as high as the solder in the via, none for
    lands beside the mold, and the upper ball on it after its collapse."""
    lands = package.top_lands
    found = list(_highest(package)) if lands is not None else []
    if lands is None or not found:
        return
    missing = _missing(package, lands)
    if missing is not None:
        yield missing
        return
    fill = lands.via_fill if lands.via is not None and lands.via_fill is not None else Toleranced(0)
    ball = lands.ball_height or Toleranced(0)
    upper = LEVEL + one(keys.within(keys.TOP_LANDS, "ball_height"), ball) + one(keys.within(keys.TOP_LANDS, "via_fill"), fill)
    in_via = f" on {show(fill.nominal, LENGTH)} of solder in the via" if fill.nominal else ""
    for key, name, height, lacking in found:
        room, high = (upper - height).value, height.value
        if room is None or high is None:
            yield lacking
        else:
            yield Reading((keys.TOP_LANDS, key), room.nominal, room.low, room.high, None,
                          f"upper balls {show(ball.nominal, LENGTH)} high{in_via}, {name} {show(high.nominal, LENGTH)}")


def _missing(package: Package, lands: TopLands) -> Optional[Unmeasured]:
    """What to state so that the height of the upper package's carrier, and that of the mold and a lid on it, are known."""
    unknown = [block.key for block in space.blocks(package) if block.cap is None]
    if unknown:
        return missing_cap_of(unknown[0])
    if package.lid is not None and package.lid.attach is None:
        return not_stated(Lid, "attach", "lid")
    if lands.ball_height is None or (lands.via is not None and lands.via_fill is None):
        return not_stated(TopLands, "ball_height" if lands.ball_height is None else "via_fill", keys.TOP_LANDS)
    return None


def _highest(package: Package) -> Iterator[tuple[str, str, Height, Unmeasured]]:
    """What may be in the way of an upper package: key, name, top, and what to state where that is not known."""
    lid, mold = package.lid is not None and space.package_top(package), space.blocks(package)
    roof = lid or (space.mold_cap(package) if mold else None)
    if roof is not None:
        yield ("lid.thickness", "lid", roof, NO_MOLD_CAP) if lid else (keys.CAP, "mold", roof, NO_MOLD_CAP)
    over = roof.value if roof is not None else None
    tops = [(chip.key, chip.name, space.top(package, chip), missing_for_top(package, chip)) for chip in package.near_chips
            if not chip.is_closed_in]
    tops += [(part.key, part.name, space.body_of(package, part).top, not_stated(Passive, "height", part.key, part.name))
             for part in package.near_passives if not part.is_closed_in]
    for top in tops:
        high = top[2].value
        if roof is None or (over is not None and high is not None and high.nominal > over.nominal):
            yield top


@measure(COUNT)
def top_lands_buried(package: Package) -> Measured:
    """How many lands for an upper package lie under the mold, also with a part, without a via through it, or under a lid; told
    one by one."""
    lands = package.top_lands
    lids = [body.outline for body in space.bodies(package) if body.kind == space.LID] if lands is not None else []
    if lands is None or not (space.blocks(package) or lids):
        return
    wide = top_land_sizes(lands)[0]
    molds = [block.outline for block in space.blocks(package)] if lands.via is None else []
    found = dict.fromkeys(_under(lands, wide, molds), "the mold")
    found.update((i, LID) for i in _under(lands, wide, lids))
    many = f", one of {len(found):,}" if len(found) > MOST else ""
    for i in sorted(found)[:MOST]:
        name = lands.sites.names[i]
        yield exact((keys.top_land(name), "lid" if found[i] == LID else "mold"), 1, lands.sites.at(i),
                    f"top land {name} under {found[i]}{many}")
    if not found:
        yield exact((keys.TOP_LANDS,), 0)


def _under(lands: TopLands, wide: IntArray, outlines: Sequence[Outline]) -> list[int]:
    """Which lands, as wide as said (n), reach under any of these outlines."""
    if not outlines or not len(lands.sites):
        return []
    clear = np.min([clearance_outside(lands.sites.xy, wide, under) for under in outlines], axis=0)
    return [int(i) for i in np.flatnonzero(clear < -ROUNDING)]


@measure(LENGTH, in_plan=True)
def mold_around_via(package: Package) -> Measured:
    """Least mold between a via through the mold, as wide as at the mold's top, and the wall of the block that it goes through,
    which is nearest at the top where it slants; negative where a via lies partly or wholly beside the mold."""
    lands, blocks = package.top_lands, space.blocks(package)
    if lands is None or lands.via is None or not len(lands.sites):
        return
    unknown = [block.key for block in blocks if block.draft and block.cap is None]
    if unknown:
        yield missing_cap_of(unknown[0])
        return
    wide = np.full(len(lands.sites), lands.via.high, np.int64)
    tops = [block.at(block.cap.high) if block.cap is not None else block.outline for block in blocks]
    inside = [clearance_inside(lands.sites.xy, wide, top) for top in tops if top is not None]
    least = np.max(inside, axis=0) if inside else -wide
    i = int(least.argmin())
    name = lands.sites.names[i]
    yield exact((keys.top_land(name), "mold"), int(least[i]), lands.sites.at(i), f"via over top land {name}")


@measure(LENGTH, in_plan=True)
def top_land_to_part(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan from every land for an upper package, or the via over it, to the nearest chip or passive of the chip
    side; those below the horizon, else the shortest."""
    lands = package.top_lands
    if lands is None or not len(lands.sites):
        return
    wide = top_land_widths(lands)
    parts: list[Union[Chip, Passive]] = [*(chip for chip in package.near_chips if not chip.is_closed_in),
                                         *package.near_passives]
    found = sorted((int(clear), i, part.key, part.name) for part in parts
                   for i, clear in enumerate(clearance_outside(lands.sites.xy, wide, part.outline).tolist()))
    for clear, i, key, name in found[:max(1, min(MOST, sum(near[0] < horizon for near in found)))]:
        land = lands.sites.names[i]
        yield exact((keys.top_land(land), key), clear, lands.sites.at(i), f"{name} to top land {land}")


@measure(LENGTH, in_plan=True)
def top_land_to_carrier_edge(package: Package) -> Measured:
    """How far the land for an upper package that is nearest to the carrier's edge stays inside it."""
    lands, carrier = package.top_lands, package.carrier
    if lands is None or carrier is None or not len(lands.sites):
        return
    inside = clearance_inside(lands.sites.xy, top_land_sizes(lands)[0], carrier.outline)
    i = int(inside.argmin())
    yield exact((keys.top_land(lands.sites.names[i]), keys.CARRIER), int(inside[i]), lands.sites.at(i),
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
    yield exact((keys.top_land(lands.sites.names[i]), keys.UPPER), int(inside[i]), lands.sites.at(i),
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
