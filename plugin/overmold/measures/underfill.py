"""Underfill beside a chip: what its fillet runs into."""

from __future__ import annotations

from collections.abc import Iterator

from ..package import Chip, Package, keys
from ..shapes import distance
from ..units import LENGTH, show
from . import Measured, Reading, Unmeasured, measure
from .far_passives import nearest_balls


@measure(LENGTH, in_plan=True)
def room_beside_fillet(package: Package) -> Measured:
    """Distance in plan from every chip of which a fillet is stated to the nearest passive, bond finger or chip on the same
    floor, on the far side to the nearest ball or land too, less the fillet; negative where it runs into that."""
    for chip in package.chips:
        if chip.fillet is None:
            continue
        apart = list(_beside(package, chip))
        if apart:
            least, key, name = min(apart)
            fillet = chip.fillet
            yield Reading((chip.key, key), least - fillet.nominal, least - fillet.high, least - fillet.low, chip.at,
                          f"{chip.name} to {name} {show(least, LENGTH)}, fillet {show(fillet.nominal, LENGTH)}")


def _beside(package: Package, chip: Chip) -> Iterator[tuple[int, str, str]]:
    """How far what stands beside a chip is, its key and name."""
    chips = package.far_chips if chip.is_far else package.near_chips
    passives = package.far_passives if chip.is_far else package.near_passives
    yield from ((distance(chip.outline, one.outline), one.key, one.name) for one in chips
                if one is not chip and one.on == chip.on)
    yield from ((distance(chip.outline, one.outline), one.key, one.name) for one in passives if one.on == chip.on)
    if chip.is_far:
        ball = nearest_balls(package.balls, chip.outline) if package.balls is not None else None
        if ball is not None and not isinstance(ball, Unmeasured):
            yield ball[1], keys.ball(ball[0]), f"ball {ball[0]}"
    elif not chip.on:
        fingers = package.carrier.fingers if package.carrier is not None else ()
        yield from ((distance(chip.outline, one.outline), one.key, f"finger {one.name}") for one in fingers)
