"""Underfill beside a chip: what its fillet runs into."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from ..geometry.circles import clearance_outside
from ..package import Chip, Package, Passive, keys
from ..package.site_lands import top_land_widths
from ..shapes import Outline, distance
from ..space.pockets import pocket_of
from ..units import LENGTH, show
from . import Measured, Reading, Unmeasured, measure
from .far_passives import nearest_balls


@measure(LENGTH, in_plan=True)
def room_beside_fillet(package: Package) -> Measured:
    """Distance in plan from every chip of which a fillet is stated to the nearest passive, bond finger, chip, land for an upper
    package or open cavity on the same floor, on the far side to the nearest ball or land too, less the fillet; negative where
    it runs into that."""
    for chip in package.chips:
        if chip.fillet is None:
            continue
        apart = [(distance(chip.outline, outline), key, name) for key, name, outline in _beside(package, chip)]
        apart += _to_balls(package, chip) if chip.is_far else _to_lands(package, chip)
        if apart:
            least, key, name = min(apart)
            fillet = chip.fillet
            yield Reading((chip.key, key), least - fillet.nominal, least - fillet.high, least - fillet.low, chip.at,
                          f"{chip.name} to {name} {show(least, LENGTH)}, fillet {show(fillet.nominal, LENGTH)}")


def _beside(package: Package, chip: Chip) -> Iterator[tuple[str, str, Outline]]:
    """What stands beside a chip, on its floor: its key, name and outline."""
    parts: tuple[Union[Chip, Passive], ...] = (*package.near_chips, *package.near_passives)
    if chip.is_far:
        parts = (*package.far_chips, *package.far_passives)
    for one in parts:
        bridges = isinstance(one, Passive) and not set(one.on).isdisjoint(chip.on)
        if one is not chip and (one.on == chip.on or bridges) and not one.is_closed_in:
            pocket = pocket_of(package, one)
            if pocket is None or chip in pocket.parts:
                yield one.key, one.name, one.outline
            else:
                yield one.key, f"the cavity of {one.name}", pocket.outline
    if not (chip.on or chip.is_far):
        fingers = package.carrier.fingers if package.carrier is not None else ()
        yield from ((one.key, f"finger {one.name}", one.outline) for one in fingers)


def _to_balls(package: Package, chip: Chip) -> list[tuple[int, str, str]]:
    """Distance, key and name of the ball or bare land that is nearest to a chip on the far side."""
    ball = nearest_balls(package.balls, chip.outline) if package.balls is not None else None
    return [] if ball is None or isinstance(ball, Unmeasured) else [(ball[1], keys.ball(ball[0]), f"ball {ball[0]}")]


def _to_lands(package: Package, chip: Chip) -> list[tuple[int, str, str]]:
    """Distance, key and name of the land for an upper package that is nearest to a chip on the carrier."""
    lands = package.top_lands
    if chip.on or lands is None or not len(lands.sites):
        return []
    wide = top_land_widths(lands)
    clear = clearance_outside(lands.sites.xy, wide, chip.outline)
    name = lands.sites.names[int(clear.argmin())]
    return [(int(clear.min()), keys.top_land(name), f"top land {name}")]
