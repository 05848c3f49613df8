"""Chips on chips: what may share a place in plan, how far a chip hangs over, and what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Union

from .. import space
from ..package import Chip, Package, Passive
from ..package.words import ATTACH_FORMS, INTERPOSER, PASTE
from ..shapes import ROUNDING, area, overlap_area, polygon
from ..space import CHIP, Body, body_of, chips_under
from ..space.standing import reach, uneven
from ..units import LENGTH, RATIO, Toleranced, show
from . import Measured, Reading, exact, measure
from .levels import bottom, foundation, room_between, shares_height, supports, top, tower, z_ranges_meet
from .missing import missing_for_top, not_stated
from .neighbours import Neighbour, distances_between, touching

if TYPE_CHECKING:
    import shapely


def beside(package: Package, one: Chip, other: Chip) -> bool:
    """Whether two chips are neighbours in plan: neither in one tower, nor one over the other.

    Chips of unknown height count as neighbours, unless they overlap and stand on different things.
    """
    if other in tower(package, one) or one in tower(package, other):
        return False
    over = overlap_area(one.outline, other.outline) > 0
    meet = z_ranges_meet(package, one, other)
    # Two that overlap and share heights are in one place: another measure tells by how much.
    return (set(one.on) == set(other.on) if over else True) if meet is None else meet and not over


@measure(LENGTH, in_plan=True)
def chip_to_chip(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan between every two chips that stand side by side on one side of the carrier: not in one tower, and
    sharing some height. Not on a
    carrier that is an interposer: see ``chip_to_chip_on_interposer``."""
    if not _on_interposer(package):
        yield from _chips_apart(package, horizon)


@measure(LENGTH, in_plan=True)
def chip_to_chip_on_interposer(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan between every two chips that stand side by side where the carrier is an interposer."""
    if _on_interposer(package):
        yield from _chips_apart(package, horizon)


def _on_interposer(package: Package) -> bool:
    return package.carrier is not None and package.carrier.kind == INTERPOSER


def _chips_apart(package: Package, horizon: int) -> Measured:
    def neighbours(one: Neighbour, other: Neighbour) -> bool:
        return not (isinstance(one, Chip) and isinstance(other, Chip)) or beside(package, one, other)

    yield from distances_between(package.near_chips, None, horizon, neighbours)
    yield from distances_between(package.far_chips, None, horizon, neighbours)


@measure(LENGTH, in_plan=True)
def passive_to_chip(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan from every passive to every chip of its side that does not pass over it and that it does not stand on,
    directly or not, 0 where they touch or overlap."""
    def neighbours(one: Neighbour, other: Neighbour) -> bool:
        if isinstance(other, Chip) and other.is_closed_in:
            return False
        if not isinstance(one, Passive) or not isinstance(other, Chip) or not (one.on or other.on or one.in_cavity):
            return True
        if any(other in foundation(package, below) for below in chips_under(package, one)):
            return False
        body = Body(CHIP, other.key, other.outline, space.bottom(package, other), space.top(package, other))
        return shares_height(body_of(package, one), body)

    yield from distances_between(package.near_passives, package.near_chips, horizon, neighbours)
    yield from distances_between(package.far_passives, package.far_chips, horizon)


def overlapping(package: Package) -> Iterator[tuple[Chip, Chip]]:
    """Chips of different towers that overlap in plan, the lower first where that is known."""
    for one, other in (*touching(package.near_chips), *touching(package.far_chips)):
        if other in tower(package, one) or one in tower(package, other):
            continue
        if overlap_area(one.outline, other.outline) > 0:
            low, high = bottom(package, one), bottom(package, other)
            swap = low is not None and high is not None and high.nominal < low.nominal
            yield (other, one) if swap else (one, other)


@measure(LENGTH)
def room_between_overlapping_chips(package: Package) -> Measured:
    """Height between two chips of different towers that overlap in plan: underside of the upper less top of the lower."""
    for lower, upper in overlapping(package):
        room = room_between(package, lower, upper)
        if room is None:
            unknown = next((one for one in (lower, upper) if top(package, one) is None), upper)
            yield missing_for_top(package, unknown)
        else:
            yield _reading((upper.key, lower.key), room, upper, f"{upper.name} over {lower.name}")


def _reading(where: tuple[str, ...], value: Toleranced, chip: Chip, note: str) -> Reading:
    return Reading(where, value.nominal, value.low, value.high, chip.at, note)


def ground_of(chips: Sequence[Chip]) -> shapely.Geometry:
    """What a part may lie on without hanging over: the plans of its supports, and of several all that they span."""
    import shapely

    union = shapely.union_all([polygon(one.outline) for one in chips])
    return union.convex_hull if len(chips) > 1 else union


@measure(RATIO, in_plan=True)
def overhang_to_thickness(package: Package) -> Measured:
    """How far every chip on a chip sticks out over what it stands on, at its farthest corner, / its own thickness; a bridge
    over what it spans."""
    for chip, over, note in overhangs(package):
        thick = chip.thickness
        if not over:
            yield exact((chip.key,), 0, chip.at, note)
        elif thick is None:
            yield not_stated(Chip, "thickness", chip.key, chip.name)
        else:
            low = Fraction(over, thick.low) if thick.low > 0 else Fraction(10**9)
            yield Reading((chip.key,), Fraction(over, thick.nominal), Fraction(over, thick.high), low, chip.at,
                          f"{note}: {show(over, LENGTH)} out, {show(thick.nominal, LENGTH)} thick",
                          slack=Fraction(ROUNDING, thick.nominal))


def overhangs(package: Package) -> Iterator[tuple[Chip, int, str]]:
    """Every chip on a chip, how far it sticks out over what it stands on, and the two in words."""
    for chip in package.chips:
        under = supports(package, chip)
        if under:
            import shapely

            ground = ground_of(under)
            corners = shapely.points(shapely.get_coordinates(polygon(chip.outline)))
            names = " and ".join(one.name for one in under)
            yield chip, round(float(shapely.distance(corners, ground).max())), f"{chip.name} over {names}"


@measure(RATIO, in_plan=True)
def share_of_chip_supported(package: Package) -> Measured:
    """How much of the plan of every chip on a chip lies over what it stands on; for a bridge, 0 where it misses a support."""
    for chip in package.chips:
        under = supports(package, chip)
        if under:
            missed = [one.name for one in under if not overlap_area(chip.outline, one.outline)]
            over = round(float(polygon(chip.outline).intersection(ground_of(under)).area))
            share = Fraction(0) if missed else min(Fraction(1), Fraction(over, max(1, area(chip.outline))))
            said = f" misses {' and '.join(missed)}" if missed else f" on {' and '.join(one.name for one in under)}"
            width, height = chip.outline.size
            yield Reading((chip.key, *(one.key for one in under)), share, share, share, chip.at, chip.name + said,
                          slack=Fraction(ROUNDING * (width + height), max(1, width * height)))


@measure(LENGTH)
def step_under_bridge(package: Package) -> Measured:
    """How much higher the highest chip under a bridge is than the lowest one, each with what the bumps over it are higher."""
    for chip in package.chips:
        under = supports(package, chip)
        tops = [top(package, one) for one in under]
        known = [one for one in tops if one is not None]
        if len(under) < 2:
            continue
        if len(known) < len(under):
            yield missing_for_top(package, next(one for one, height in zip(under, tops) if height is None))
            continue
        if uneven(chip) and chip.gap is None:
            known = [one + Toleranced(reach(chip, lower)) for one, lower in zip(known, under)]
        yield _step(chip, under, known)


def _step(part: Union[Chip, Passive], under: Sequence[Chip], tops: Sequence[Toleranced]) -> Reading:
    """How much the heights differ at which chips bear a part that bridges them."""
    nominal = max(one.nominal for one in tops) - min(one.nominal for one in tops)
    most = max(one.high for one in tops) - min(one.low for one in tops)
    names = ", ".join(f"{one.name} {show(height.nominal, LENGTH)}" for one, height in zip(under, tops))
    return Reading((part.key, *(one.key for one in under)), nominal, 0 if most > nominal else nominal, most, part.at,
                   f"under {part.name}: {names}")


@measure(LENGTH)
def step_under_passive(package: Package) -> Measured:
    """How much higher the highest chip under a passive that bridges several is than the lowest one."""
    for passive in package.near_passives:
        under = chips_under(package, passive)
        tops = [height for one in under if (height := top(package, one)) is not None]
        if len(under) > 1 and len(tops) == len(under):
            yield _step(passive, under, tops)
        elif len(under) > 1:
            yield missing_for_top(package, next(one for one in under if top(package, one) is None))


@measure(LENGTH)
def die_attach(package: Package) -> Measured:
    """Thickness of the die attach under every face-up chip, film or paste or not stated which."""
    yield from _die_attach(package, ("", *ATTACH_FORMS))


@measure(LENGTH)
def die_attach_of_paste(package: Package) -> Measured:
    """Thickness of the die attach under every face-up chip that lies in paste, as its "Die attach form" says."""
    yield from _die_attach(package, (PASTE,))


def _die_attach(package: Package, forms: tuple[str, ...]) -> Measured:
    for chip in package.chips:
        if chip.has_gap or chip.touches or chip.attach_form not in forms:
            continue
        if chip.attach is None:
            yield not_stated(Chip, "attach", chip.key, chip.name)
        else:
            yield _reading((chip.key,), chip.attach, chip, f"{chip.name}: {chip.attach_form or 'film or paste is not stated'}")
