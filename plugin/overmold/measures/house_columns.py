"""Tables of houses with a column for each pitch that they offer: what a chip is measured by depends on its column."""

from __future__ import annotations

from ..package import Chip, Package, keys
from ..shapes import untransform
from ..units import LENGTH
from . import Measured, Reading, exact, measure
from .bumps import bump_centre_to_chip_edge, bump_diameter, bump_pitch, bumped, ubm_diameter

_NARROW, _WIDE = 400_000, 500_000


def _of_wide_pitch(package: Package, found: Measured) -> Measured:
    """What was found on chips whose bump pitch is no farther from 500 um than from 400 um, or wider."""
    wide = [one.where for one in bump_pitch(package) if isinstance(one, Reading) and one.value - _NARROW >= _WIDE - one.value]
    own = [keys.bumps(chip.name) for chip, _ in bumped(package) if any(_speaks_of(where, chip) for where in wide)]
    for one in found:
        if any(where == key or keys.is_within(where, key) for key in own for where in one.where):
            yield one


def _speaks_of(where: tuple[str, ...], chip: Chip) -> bool:
    return keys.is_within(where[0], keys.bumps(chip.name))


@measure(LENGTH, in_plan=True)
def bump_pitch_between_400_and_500_um(package: Package) -> Measured:
    """How far the bump pitch of every chip whose pitch lies between 400 um and 500 um is from the nearer of the two."""
    for one in bump_pitch(package):
        if isinstance(one, Reading) and _NARROW <= one.value <= _WIDE:
            yield exact(one.where, min(one.value - _NARROW, _WIDE - one.value), one.at, one.note)


@measure(LENGTH)
def bump_diameter_at_500_um_pitch(package: Package) -> Measured:
    """Diameter of the bumps of every chip whose pitch is nearer to 500 um than to 400 um, or wider."""
    yield from _of_wide_pitch(package, bump_diameter(package))


@measure(LENGTH)
def ubm_diameter_at_500_um_pitch(package: Package) -> Measured:
    """Diameter of the under-bump metal of every chip whose pitch is nearer to 500 um than to 400 um, or wider."""
    yield from _of_wide_pitch(package, ubm_diameter(package))


@measure(LENGTH, in_plan=True)
def bump_centre_to_chip_edge_at_500_um_pitch(package: Package, horizon: int = 0) -> Measured:
    """Distance from a bump's centre to its chip's edge, of chips whose pitch is nearer to 500 um than to 400 um, or wider."""
    yield from _of_wide_pitch(package, bump_centre_to_chip_edge(package, horizon))


@measure(LENGTH, in_plan=True)
def longer_side_of_bumped_chip(package: Package) -> Measured:
    """Longer side of every chip with bumps, in its own directions."""
    for chip, _ in bumped(package):
        yield exact((chip.key,), max(_sides(chip)), chip.at, chip.name)


@measure(LENGTH, in_plan=True)
def shorter_side_of_bumped_chip(package: Package) -> Measured:
    """Shorter side of every chip with bumps, in its own directions."""
    for chip, _ in bumped(package):
        yield exact((chip.key,), min(_sides(chip)), chip.at, chip.name)


def _sides(chip: Chip) -> tuple[int, int]:
    corners = [untransform(point, chip.at, chip.angle) for point in chip.outline.rings[0]]
    wide, high = (max(values) - min(values) for values in zip(*corners))
    return wide, high
