"""Underfill beside a chip: what its fillet runs into."""

from __future__ import annotations

from collections.abc import Iterator

from ..package import Chip, Package
from ..shapes import Outline, distance
from ..units import LENGTH, show
from . import Measured, Reading, measure


@measure(LENGTH, in_plan=True)
def room_beside_fillet(package: Package) -> Measured:
    """Distance in plan from every chip of which a fillet is stated to the nearest passive, bond finger or chip on the same
    floor, less the fillet; negative where it runs into that."""
    for chip in package.chips:
        if chip.fillet is None:
            continue
        apart = [(distance(chip.outline, outline), key, name) for key, name, outline in _beside(package, chip)]
        if apart:
            least, key, name = min(apart)
            fillet = chip.fillet
            yield Reading((chip.key, key), least - fillet.nominal, least - fillet.high, least - fillet.low, chip.at,
                          f"{chip.name} to {name} {show(least, LENGTH)}, fillet {show(fillet.nominal, LENGTH)}")


def _beside(package: Package, chip: Chip) -> Iterator[tuple[str, str, Outline]]:
    yield from ((one.key, one.name, one.outline) for one in package.chips if one is not chip and one.on == chip.on)
    yield from ((one.key, one.name, one.outline) for one in package.near_passives
               if one.on == chip.on or set(one.on) & set(chip.on))
    if not chip.on:
        fingers = package.carrier.fingers if package.carrier is not None else ()
        yield from ((one.key, f"finger {one.name}", one.outline) for one in fingers)
