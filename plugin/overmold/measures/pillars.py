"""Copper pillars, solder of a known volume and gold studs: whether the numbers that are stated can be of one bump."""

from __future__ import annotations

from ..geometry.pillars import cap_after_reflow
from ..package import Package, keys
from ..package.bump_heights import height_by_volume, lacks_for_height
from ..units import LENGTH, show
from . import Measured, exact, measure
from .missing import missing_by_volume


@measure(LENGTH)
def bump_height_off_pillar(package: Package) -> Measured:
    """How far the stated height of pillar bumps lies from their copper and solder cap together, beyond all tolerances; 0 where
    they agree."""
    for chip in package.chips:
        bumps = chip.bumps
        if bumps is None or bumps.height is None or bumps.pillar is None or bumps.solder_cap is None:
            continue
        parts, key = bumps.pillar + bumps.solder_cap, keys.bumps(chip.name)
        off = max(0, bumps.height.low - parts.high, parts.low - bumps.height.high)
        yield exact((keys.within(key, "height"), keys.within(key, "pillar")), off, chip.at,
                    f"{chip.name}: bumps {show(bumps.height.nominal, LENGTH)} high, pillar and cap "
                    f"{show(parts.nominal, LENGTH)}")


@measure(LENGTH)
def bump_height_without_gap(package: Package) -> Measured:
    """The stated height of bumps of chips that touch what they stand on, 0 where none is stated: no gap has room for it."""
    for chip in package.chips:
        if chip.touches and chip.bumps is not None:
            height = chip.bumps.height.nominal if chip.bumps.height is not None else 0
            yield exact((keys.within(keys.bumps(chip.name), "height"),), height, chip.at,
                        f"{chip.name} is a {chip.bonding.noun}, which no gap lies under")


@measure(LENGTH)
def solder_cap_gained_in_reflow(package: Package) -> Measured:
    """How much higher the solder cap of pillar bumps is stated after reflow than the solder that was plated can stand on its
    pillar, beyond all tolerances; 0 where it is not."""
    for chip in package.chips:
        bumps = chip.bumps
        if bumps is None or bumps.solder_cap is None or bumps.plated_cap is None or bumps.diameter is None:
            continue
        most = round(cap_after_reflow(bumps.plated_cap.high, bumps.diameter.low))
        key = keys.bumps(chip.name)
        yield exact((keys.within(key, "solder_cap"), keys.within(key, "plated_cap")), max(0, bumps.solder_cap.low - most),
                    chip.at, f"{chip.name}: cap {show(bumps.solder_cap.nominal, LENGTH)} after reflow, at most "
                    f"{show(most, LENGTH)} of what was plated")


@measure(LENGTH)
def bump_height_off_volume(package: Package) -> Measured:
    """How far the stated height of bumps lies from that which their solder has between its two lands, beyond all tolerances; 0
    where they agree."""
    for chip in package.chips:
        bumps = chip.bumps
        if bumps is None or bumps.height is None or bumps.sphere is None:
            continue
        key, lacks = keys.bumps(chip.name), lacks_for_height(chip)
        found = height_by_volume(chip) if not lacks else None
        if found is None:
            yield missing_by_volume(chip, lacks)
        else:
            off = max(0, bumps.height.low - found.high, found.low - bumps.height.high)
            yield exact((keys.within(key, "height"), keys.within(key, "sphere")), off, chip.at,
                        f"{chip.name}: bumps {show(bumps.height.nominal, LENGTH)} high, by the volume of their solder "
                        f"{show(found.nominal, LENGTH)}")


@measure(LENGTH)
def stud_height_gained_in_bonding(package: Package) -> Measured:
    """How much higher stud bumps are stated after bonding than as coined, beyond all tolerances; 0 where they are not."""
    for chip in package.chips:
        bumps = chip.bumps
        if bumps is not None and bumps.height is not None and bumps.coined is not None:
            key = keys.bumps(chip.name)
            yield exact((keys.within(key, "height"), keys.within(key, "coined")), max(0, bumps.height.low - bumps.coined.high),
                        chip.at, f"{chip.name}: studs {show(bumps.height.nominal, LENGTH)} high, coined to "
                        f"{show(bumps.coined.nominal, LENGTH)}")
