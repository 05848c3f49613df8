"""The bumps under a chip: their spacing, their pitch, and their distance from the chip's edge."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from ..geometry.oblongs import circles_as, nearest_pair
from ..package import Bumps, Chip, Package, keys
from ..package.site_lands import diameters_of, in_plan
from ..package.words import ENCAPSULANT
from ..shapes import ROUNDING, Point, midpoint
from ..units import LENGTH, RATIO, Number, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .by_block import FILLER, distinct, missing, named, over_chip
from .covers import bare_below
from .crowds import edge_distances, spacings, widths
from .missing import not_stated


def bumped(package: Package) -> Iterator[tuple[Chip, Bumps]]:
    """Chips that have bumps, with them."""
    for chip in package.chips:
        if chip.bumps is not None and len(chip.bumps.sites):
            yield chip, chip.bumps


def missing_diameter(chip: Chip) -> Unmeasured:
    """What to state so that the bumps' width is known."""
    return not_stated(Bumps, "diameter", keys.bumps(chip.name), chip.name)


@measure(RATIO, in_plan=True)
def bump_space_to_diameter(package: Package, horizon: Number = 0) -> Measured:
    """Edge-to-edge distance of neighbouring bumps of one chip / diameter of the larger of the two."""
    for chip, bumps in bumped(package):
        across = widths(bumps.sites, bumps.diameter)
        if across is None:
            yield missing_diameter(chip)
            continue
        spread = _spread(bumps)
        plus, minus = spread.plus, spread.minus
        own = dict(zip(bumps.sites.names, across.tolist())) if bumps.sites.diameters is not None else {}
        near = math.ceil(horizon * (int(across.max()) + plus))
        found = list(spacings(keys.bumps(chip.name), bumps.sites, in_plan(chip, across), spread, near))
        prefix, usual = len(keys.within(keys.bumps(chip.name), "")), int(across[0])
        shares = [_to_diameter(one, max(own.get(key[prefix:], usual) for key in one.where), plus, minus) for one in found]
        yield from [one for one in shares if one.low < horizon] or sorted(shares, key=lambda one: one.value)[:1]


def _to_diameter(space: Reading, wide: int, plus: int, minus: int) -> Reading:
    """The reading of a space as that of its share of the larger bump, ``wide`` nm; both bumps grow at once."""
    least = Fraction(space.high, wide - minus) if wide > minus else Fraction(10**9)
    return space._replace(value=Fraction(space.value, wide), low=Fraction(space.low, wide + plus), high=least,
                          told=lambda: f"{space.note}: {show(space.value, LENGTH)} apart, {show(wide, LENGTH)} wide",
                          slack=Fraction(ROUNDING, wide))


@measure(RATIO, in_plan=True)
def filler_to_bump_space(package: Package) -> Measured:
    """Largest filler particle / narrowest space between two bumps of every chip that the encapsulant flows under: what has to
    pass through it."""
    for chip, bumps in bumped(package) if package.mold is not None else ():
        if chip.touches or chip.gap_filled_with != ENCAPSULANT or bare_below(package, chip):
            continue
        across = widths(bumps.sites, bumps.diameter)
        if across is None:
            yield missing_diameter(chip)
            continue
        nearest = nearest_pair(in_plan(chip, across))
        for block in distinct(over_chip(package, chip), FILLER) if nearest is not None else ():
            if block.mold.filler is None:
                yield missing(block, FILLER)
            elif nearest is not None and nearest[2] > 0:
                yield _through(chip, bumps, nearest, block.mold.filler, f" of {block.name}" if named(block, FILLER) else "")


def _between(bumps: Bumps, i: int, j: int) -> Point:
    """Halfway between two bumps."""
    return midpoint(bumps.sites.at(i), bumps.sites.at(j))


def _through(chip: Chip, bumps: Bumps, nearest: tuple[int, int, int], filler: Toleranced, of: str) -> Reading:
    """The largest filler over the narrowest space between two bumps."""
    i, j, space = nearest
    names = bumps.sites.names
    spread = _spread(bumps)
    narrow, wide = space - spread.plus, space + spread.minus
    note = (f"filler{of} {show(filler.high, LENGTH)}, space {show(space, LENGTH)} between {names[i]} and {names[j]} "
            f"of {chip.name}")
    return Reading((keys.bump(chip.name, names[i]), keys.bump(chip.name, names[j])),
                   Fraction(filler.high, space), Fraction(filler.high, wide),
                   Fraction(filler.high, narrow) if narrow > 0 else Fraction(10**9), _between(bumps, i, j), note,
                   slack=Fraction(filler.high * ROUNDING, space * space))


@measure(LENGTH, in_plan=True)
def bump_pitch(package: Package) -> Measured:
    """Smallest centre-to-centre distance of two bumps of every chip."""
    for chip, bumps in bumped(package):
        nearest = nearest_pair(circles_as(bumps.sites.xy, np.zeros(len(bumps.sites), np.int64)))
        if nearest is not None:
            i, j, pitch = nearest
            names = bumps.sites.names
            yield exact((keys.bump(chip.name, names[i]), keys.bump(chip.name, names[j])), pitch,
                        _between(bumps, i, j), f"{chip.name}: {names[i]} to {names[j]}")


@measure(LENGTH, in_plan=True)
def bump_pitch_beyond_70_um_and_1_3_ubm(package: Package) -> Measured:
    """Bump pitch less (70 um + 1.3 x UBM diameter), the rule of GF180MCU DRM 9.4.3."""
    for one in bump_pitch(package):
        chip, bumps = next((chip, bumps) for chip, bumps in bumped(package)
                           if isinstance(one, Reading) and keys.is_within(one.where[0], keys.bumps(chip.name)))
        if not bumps.ubm:
            yield _missing_ubm(chip)
        elif isinstance(one, Reading):
            # 1.3 UBM in whole nanometres, rounded up: never looser than the rule.
            yield exact(one.where, one.value - 70_000 + (-13 * bumps.ubm) // 10, one.at,
                        f"{one.note} {show(one.value, LENGTH)}, UBM {show(bumps.ubm, LENGTH)}")


@measure(LENGTH)
def ubm_diameter(package: Package) -> Measured:
    """Diameter of the under-bump metal of every chip."""
    for chip, bumps in bumped(package):
        if not bumps.ubm:
            yield _missing_ubm(chip)
        else:
            yield exact((keys.bumps(chip.name),), bumps.ubm, chip.at, chip.name)


@measure(LENGTH)
def passivation_opening(package: Package) -> Measured:
    """Diameter of the opening in the passivation under every chip's bumps."""
    for chip, bumps in bumped(package):
        if not bumps.passivation:
            yield not_stated(Bumps, "passivation", keys.bumps(chip.name), chip.name)
        else:
            yield exact((keys.bumps(chip.name),), bumps.passivation, chip.at, chip.name)


def _spread(bumps: Bumps) -> Toleranced:
    """How much wider or narrower bumps may be than nominal: of oblong ones by the larger of their two tolerances."""
    both = [one for one in (bumps.diameter, bumps.width) if one is not None]
    return Toleranced(0, max((one.plus for one in both), default=0), max((one.minus for one in both), default=0))


@measure(LENGTH)
def bump_width_beyond_diameter(package: Package) -> Measured:
    """How much wider the oblong bumps of every chip are stated than long; 0 where they are not."""
    for chip, bumps in bumped(package):
        own = bumps.sites.widths if bumps.sites.widths is not None else np.zeros(0, np.int64)
        lengths = diameters_of(bumps.sites, bumps.diameter.nominal if bumps.diameter is not None else 0)
        for i in np.flatnonzero(own).tolist():
            length, width, name = int(lengths[i]), int(own[i]), bumps.sites.names[i]
            yield exact((keys.bump(chip.name, name),), max(0, width - length), None,
                        f"{chip.name}: bump {name} {show(length, LENGTH)} long and {show(width, LENGTH)} wide")
        if bumps.width is not None and bumps.diameter is not None:
            length, width, key = bumps.diameter.nominal, bumps.width.nominal, keys.bumps(chip.name)
            yield exact((keys.within(key, "width"), keys.within(key, "diameter")), max(0, width - length), chip.at,
                        f"{chip.name}: bumps {show(length, LENGTH)} long and {show(width, LENGTH)} wide")


def _missing_ubm(chip: Chip) -> Unmeasured:
    return not_stated(Bumps, "ubm", keys.bumps(chip.name), chip.name)


@measure(LENGTH)
def bump_diameter(package: Package) -> Measured:
    """Diameter of every chip's bumps."""
    for chip, bumps in bumped(package):
        if bumps.diameter is None:
            yield missing_diameter(chip)
        else:
            yield Reading((keys.within(keys.bumps(chip.name), "diameter"),), bumps.diameter.nominal, bumps.diameter.low,
                          bumps.diameter.high, chip.at, chip.name)


@measure(LENGTH, in_plan=True)
def bump_to_chip_edge(package: Package, horizon: int = 0) -> Measured:
    """Distance from a bump's edge to its chip's edge, negative where the bump hangs over."""
    for chip, bumps in bumped(package):
        across = widths(bumps.sites, bumps.diameter)
        if across is None:
            yield missing_diameter(chip)
        else:
            yield from edge_distances(keys.bumps(chip.name), bumps.sites, in_plan(chip, across), _spread(bumps), chip.outline,
                                      chip.key, horizon)


@measure(LENGTH, in_plan=True)
def bump_centre_to_chip_edge(package: Package, horizon: int = 0) -> Measured:
    """Distance from a bump's centre to its chip's edge."""
    for chip, bumps in bumped(package):
        none = np.zeros(len(bumps.sites), np.int64)
        yield from edge_distances(keys.bumps(chip.name), bumps.sites, none, None, chip.outline, chip.key, horizon)
