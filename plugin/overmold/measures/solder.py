"""Solder and heat after the mold: what melts when the balls are attached and when the package is soldered to its board."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional, Union

from ..faults import did_you_mean
from ..package import Alloy, Balls, Bumps, Package, Passive, keys
from ..package.solders import solid_balls
from ..package.words import NOTHING_IN_GAP
from ..units import TEMPERATURE, show
from . import Measured, Unmeasured, exact, measure
from .by_block import heats
from .missing import not_stated
from .process import below


def alloy_of(package: Package, key: str, name: str, part: Union[Bumps, Balls, Passive], owner: str,
             attribute: str = "alloy") -> Union[Alloy, Unmeasured]:
    """The alloy of that name, or what to state: ``key`` is the part's, ``owner`` how people call what it is on, ``attribute``
    what states it."""
    found = package.alloys.get(name)
    if found is not None:
        return found
    if not name:
        return not_stated(type(part), attribute, key, owner)
    known = did_you_mean(name, tuple(package.alloys))
    return Unmeasured((keys.within(key, attribute),), f"the melting point of the solder of {owner or key} is not known: "
                      f"'{name}' is not in rules/materials{known} (add it under 'alloys' in a deck of your own)")


def _in_the_mold(package: Package) -> Iterator[tuple[str, str, Union[Alloy, Unmeasured]]]:
    """Key, name and solder of what is soldered before the balls: the bumps of every flip chip, and passives of the chip side
    where that of any is stated."""
    for chip in package.chips:
        if chip.has_gap and chip.bumps is not None and len(chip.bumps.sites):
            key = keys.bumps(chip.name)
            yield key, f"the bumps of {chip.name}", alloy_of(package, key, chip.bumps.alloy, chip.bumps, chip.name)
    if any(passive.alloy for passive in package.near_passives):
        for passive in package.near_passives:
            yield passive.key, passive.name, alloy_of(package, passive.key, passive.alloy, passive, passive.name)


def _balls(package: Package) -> Optional[Union[Alloy, Unmeasured]]:
    """The solder that joins the balls to the carrier: their own, but of solid ones that which they are attached with."""
    balls = package.balls
    if balls is None or not len(balls.sites) or balls.are_lands:
        return None
    if solid_balls(package) is not None:
        return alloy_of(package, keys.BALLS, balls.attach, balls, "", "attach")
    return alloy_of(package, keys.BALLS, balls.alloy, balls, "")


@measure(TEMPERATURE)
def solidus_above_that_of_balls(package: Package) -> Measured:
    """How far the solder of every flip chip's bumps and of the passives, which is soldered first, begins to melt above the
    solder of the balls, which is soldered last. Passives are left out where the solder of none is stated, and those on the far
    side, for when they are soldered nobody states."""
    last = _balls(package)
    if last is None:
        return
    for key, name, first in _in_the_mold(package):
        if isinstance(first, Unmeasured) or isinstance(last, Unmeasured):
            yield first if isinstance(first, Unmeasured) else last  # type: ignore[misc]  # one of the two is
        else:
            yield exact((key, keys.BALLS), first.solidus - last.solidus, None,
                        f"{name}: {first.name} melts from {show(first.solidus, TEMPERATURE)}, the balls' {last.name} from "
                        f"{show(last.solidus, TEMPERATURE)}")


@measure(TEMPERATURE)
def liquidus_of_balls(package: Package) -> Measured:
    """Where the solder of the balls is molten all through; nothing where it stays solid on purpose, for it is stated what they
    are attached with instead."""
    solid = solid_balls(package)
    if solid is not None and package.balls is not None and package.balls.attach:
        return
    last = solid or _balls(package)
    if isinstance(last, Alloy):
        yield exact((keys.BALLS,), last.liquidus, None, last.name)
    elif last is not None:
        yield last


@measure(TEMPERATURE)
def solidus_above_presolder(package: Package) -> Measured:
    """How far the solder of bumps whose height is calculated from its volume begins to melt above where the presolder on their
    pads is molten all through."""
    for chip in package.chips:
        bumps, key = chip.bumps, keys.bumps(chip.name)
        if bumps is None or not bumps.is_calculated or not bumps.presolder or not chip.has_gap or chip.gap is not None:
            continue
        own = alloy_of(package, key, bumps.alloy, bumps, chip.name)
        other = alloy_of(package, key, bumps.presolder, bumps, chip.name, "presolder")
        if isinstance(own, Unmeasured) or isinstance(other, Unmeasured):
            yield own if isinstance(own, Unmeasured) else other  # type: ignore[misc]  # one of the two is
        else:
            yield exact((key,), own.solidus - other.liquidus, chip.at,
                        f"{chip.name}: {own.name} melts from {show(own.solidus, TEMPERATURE)}, the presolder {other.name} is "
                        f"molten at {show(other.liquidus, TEMPERATURE)}")


@measure(TEMPERATURE)
def solidus_of_open_bumps(package: Package) -> Measured:
    """Where the solder of the bumps in a gap that nothing fills begins to melt: no mold and no underfill holds it then."""
    for chip in package.chips:
        if chip.has_gap and chip.bumps is not None and len(chip.bumps.sites) and chip.gap_filled_with == NOTHING_IN_GAP:
            key = keys.bumps(chip.name)
            found = alloy_of(package, key, chip.bumps.alloy, chip.bumps, chip.name)
            if isinstance(found, Unmeasured):
                yield found
            else:
                yield exact((key,), found.solidus, chip.at, f"{chip.name}: {found.name}")


@measure(TEMPERATURE)
def mold_temperature_below_solidus_of_passives(package: Package) -> Measured:
    """How far the mold stays below the solidus of the solder of every passive in it, on the far side in a block of mold there;
    nothing where the solder of none is stated. Of several blocks it is the one that the passive lies in; one beside that is
    made hotter counts at the lowest."""
    for passive in package.passives if package.mold is not None and any(one.alloy for one in package.passives) else ():
        for heat in heats(package, passive):
            found = alloy_of(package, passive.key, passive.alloy, passive, passive.name)
            if isinstance(heat, Unmeasured) or isinstance(found, Unmeasured):
                yield heat if isinstance(heat, Unmeasured) else found  # type: ignore[misc]  # one of the two is
            else:
                yield below(found, heat, (passive.key, passive.name))
