"""The mold cap over the carrier: what it covers, and what stays clear of its edge."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from .. import space
from ..package import Package
from ..plain import listed
from ..shapes import area, inset_area, margin_inside, overlap_area
from ..space import standing_on
from ..units import COUNT, LENGTH, RATIO, show
from . import Measured, Reading, Unmeasured, exact, measure
from .gap import NO_MOLD, cover_thickness, missing_for_cover
from .missing import NO_CARRIER
from .process import strip_of_street


@measure(RATIO)
def share_of_chip_covered(package: Package) -> Measured:
    """How much of every chip's plan lies under the mold outline; 0 where no encapsulant is left over the chip (t2 <= 0).

    What stands over the plan is judged also where nobody knows how thick the cover is, and that is said.
    """
    for chip in package.chips:
        if package.mold is None:
            yield Unmeasured(("mold",), NO_MOLD, of=chip.key)
            continue
        cover = cover_thickness(package, chip)
        if cover is None:
            yield replace(missing_for_cover(package, chip), of=chip.key)
        if cover is not None and cover.nominal <= 0:
            high = show(-cover.nominal, LENGTH)
            told = f"is bare, as stated ('exposed'), {high}" if chip.exposed else f"stands {high}"
            yield exact((chip.key, "mold.cap"), 0, chip.at, f"{chip.name}: its back {told} above the mold"
                        )._replace(meant=bool(chip.exposed))
        else:
            share = Fraction(overlap_area(chip.outline, package.mold.outline), max(1, area(chip.outline)))
            said = "" if share == 1 else f"{chip.name}: share of its plan"
            out = cover is not None and cover.low <= 0
            if out and cover is not None and share == 1:
                said = f"{chip.name}: its back may stand {show(-cover.low, LENGTH)} above the mold"
            yield Reading((chip.key, "mold"), share, Fraction(0) if out else share, share, chip.at, said)


@measure(RATIO)
def share_of_carrier_covered(package: Package) -> Measured:
    """How much of the carrier's plan lies under the mold outline, saw street and rim aside.

    The street takes (street - kerf) / 2 along every edge where it is stated. A rim, for gate and clamp, is what the mold
    outline leaves free all around, as far as it does so evenly; beside a rim of more than half the carrier it is a drop on it.
    A chip of a wafer with balls of its own has no mold to be covered by.
    """
    mold, carrier = package.mold, package.carrier
    if package.is_bare_wafer_chip:
        return
    if mold is None or carrier is None:
        yield Unmeasured(("mold",), NO_MOLD) if mold is None else NO_CARRIER
        return
    rim = max(0, margin_inside(mold.outline, carrier.outline))
    inner = inset_area(carrier.outline, rim) if rim else None
    if inner is not None and 2 * inner[0] < area(carrier.outline):
        rim = 0
    aside = max(rim, strip_of_street(package))
    due, covered = inset_area(carrier.outline, aside, mold.outline)
    beside = f" beside a rim of {show(aside, LENGTH)}" if rim and aside == rim else ""
    share = Fraction(covered, max(1, due))
    said = "" if share == 1 else f"the mold covers {float(share):.1%} of the carrier{beside}"
    yield exact(("mold", "carrier"), share, mold.outline.centre, said)


@measure(LENGTH, studied=True)
def mold_over_chip(package: Package) -> Measured:
    """Thickness of the mold over every chip of which some lies under nothing but the mold, face-up or flipped. Where that is
    not above zero, share_of_chip_covered tells of it."""
    if package.mold is None:
        return
    for chip in package.chips:
        if not any(slit.upper == space.CAP for slit in space.over(package, chip.key)):
            continue
        over = (space.mold_cap(package) - space.top(package, chip)).value
        if over is None:
            yield missing_for_cover(package, chip)
        elif over.nominal > 0:
            yield Reading((chip.key, "mold.cap"), over.nominal, over.low, over.high, chip.at, chip.name)


@measure(LENGTH)
def mold_over_exposed_back(package: Package) -> Measured:
    """Mold cap less the top of every chip whose back is stated to be exposed and bears nothing: above zero it is buried."""
    for chip in package.chips:
        if not chip.exposed or standing_on(package, chip):
            continue
        cover = cover_thickness(package, chip)
        if cover is None:
            yield replace(missing_for_cover(package, chip), of=chip.key)
        else:
            yield Reading((chip.key, "mold.cap"), cover.nominal, cover.low, cover.high, chip.at, chip.name)


@measure(COUNT)
def chips_on_exposed_back(package: Package) -> Measured:
    """How many chips stand on every chip whose back is stated to be exposed."""
    for chip in package.chips:
        if chip.exposed:
            on_it = standing_on(package, chip)
            yield exact((chip.key, *(one.key for one in on_it)), len(on_it), chip.at,
                        f"{chip.name} bears {listed([one.name for one in on_it], 4)}" if on_it else chip.name)


@measure(LENGTH, in_plan=True)
def chip_to_mold_edge(package: Package) -> Measured:
    """Shortest distance from every chip that the mold covers to the mold's edge, in plan."""
    for chip in package.chips:
        if package.mold is not None:
            margin = margin_inside(chip.outline, package.mold.outline)
            if margin >= 0:
                yield exact((chip.key, "mold"), margin, chip.at, chip.name)


@measure(LENGTH, in_plan=True)
def mold_to_carrier_edge(package: Package) -> Measured:
    """How far the mold's outline stays inside the carrier's, negative where it hangs over."""
    if package.mold is not None and package.carrier is not None:
        yield exact(("mold", "carrier"), margin_inside(package.mold.outline, package.carrier.outline),
                    package.mold.outline.centre)


@measure(LENGTH, in_plan=True)
def mold_area_off_outline(package: Package) -> Measured:
    """How far the board's mold-cap rule area and its mold-cap outline lie apart: by how much either passes the other's edge."""
    if package.mold is None or package.mold.area is None:
        return
    one, other = package.mold.outline, package.mold.area
    apart = max(0, -margin_inside(one, other), -margin_inside(other, one))
    yield exact(("mold", "mold.area"), apart, other.centre)
