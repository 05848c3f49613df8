"""The mold cap over the carrier: what it covers, and what stays clear of its edge."""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Optional, Union

from .. import space
from ..geometry.taper import inset_area
from ..package import Carrier, Chip, Mold, Package, Passive
from ..package.words import PART_OF_CARRIER
from ..plain import listed
from ..shapes import Outline, area, margin_inside, overlap_area, polygon
from ..space import standing_on
from ..units import COUNT, LENGTH, RATIO, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .covers import CLOSED_IN, bare_below, cover_key, cover_thickness, missing_for_cover, mold_covers
from .missing import NO_CARRIER, NO_MOLD
from .process import strip_of_street


@measure(RATIO)
def share_of_chip_covered(package: Package) -> Measured:
    """How much of every chip's plan lies under the mold outline; 0 where no encapsulant is left over the chip (t2 <= 0).

    A chip on the far side is covered by the blocks of mold there, and meant to be bare where there is none. What stands over
    the plan is judged also where nobody knows how thick the cover is, and that is said.
    """
    for chip in package.chips:
        if package.mold is None and not bare_below(package, chip):
            yield Unmeasured(("mold",), NO_MOLD, of=chip.key)
            continue
        if chip.is_closed_in:
            yield exact((chip.key, "mold"), 0, chip.at, f"{chip.name}: {CLOSED_IN}")._replace(meant=True)
            continue
        if bare_below(package, chip):
            yield exact((chip.key, "mold"), 0, chip.at, f"{chip.name}: {bare_below(package, chip)}")._replace(meant=True)
            continue
        if not any(overlap_area(chip.outline, block.outline) for block in _on_its_side(package, chip)):
            yield exact((chip.key, "mold"), 0, chip.at, f"{chip.name} lies under no mold")
            continue
        cover = cover_thickness(package, chip)
        if cover is None:
            yield missing_for_cover(package, chip)._replace(of=chip.key)
        if cover is not None and cover.nominal <= 0:
            bare = bool(chip.exposed) and not chip.faces_up  # the back of a face-up chip lies on what it stands on
            sides = _share_beside(package, chip) if bare else Fraction(1)
            if sides < 1:
                yield exact((chip.key, "mold"), sides, chip.at, f"{chip.name}: share of its plan that has mold around it, for "
                            "only its back is stated to be bare")
                continue
            high = show(-cover.nominal, LENGTH)
            told = f"its back is bare, as stated ('exposed'), {high}" if bare else (
                f"its active surface stands {high}" if chip.faces_up else f"its back stands {high}")
            where = (chip.key, cover_key(package, chip))
            above = "below the mold of the far side" if chip.is_far else "above the mold"
            yield exact(where, 0, chip.at, f"{chip.name}: {told} {above}")._replace(meant=bare)
        else:
            share, low = _share(package, chip)
            said = "" if share == 1 else f"{chip.name}: share of its plan"
            out = cover is not None and cover.low <= 0
            if out and cover is not None and share == 1:
                said = f"{chip.name}: its back may stand {show(-cover.low, LENGTH)} beyond the mold"
            yield Reading((chip.key, "mold"), share, Fraction(0) if out else low, share, chip.at, said)


def _on_its_side(package: Package, chip: Chip) -> tuple[space.Block, ...]:
    return space.far_blocks(package) if chip.is_far else space.blocks(package)


def _share(package: Package, chip: Chip) -> tuple[Fraction, Fraction]:
    """The share of a chip's plan that lies inside of the mold at its own top, at nominal and at its highest."""
    top = space.top(package, chip).value
    heights = (0, 0) if top is None else (top.nominal, top.high)
    found = []
    for height in heights:
        inside = [around for block in space.over_plan(package, chip.outline, chip.is_far)
                  if (around := block.at(height)) is not None]
        covered = overlap_area(chip.outline, inside[0]) if len(inside) == 1 else _shared(chip.outline, inside)
        found.append(Fraction(covered, max(1, area(chip.outline))))
    return found[0], min(found)


def _share_beside(package: Package, chip: Chip) -> Fraction:
    """The share of the plan of a chip as high as the mold that lies inside of the mold up to its top."""
    over = space.over_plan(package, chip.outline, chip.is_far)
    tops = [block.at(block.cap.nominal) for block in over if block.cap is not None]
    covered = _shared(chip.outline, [top for top in tops if top is not None])
    return Fraction(min(covered, area(chip.outline)), max(1, area(chip.outline)))


def _shared(outline: Outline, others: Sequence[Outline]) -> int:
    """Area in square nanometres of an outline that several others cover together."""
    import shapely

    return int(polygon(outline).intersection(shapely.union_all([polygon(one) for one in others])).area) if others else 0


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
    if len(space.blocks(package)) > 1:
        yield _share_of_several(package, mold, carrier)
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
    yield _covered(mold, share, said)


def _covered(mold: Mold, share: Fraction, said: str) -> Reading:
    part = mold.covers == PART_OF_CARRIER
    told = f"{said}, a part as stated ('covers')" if said and part else said
    return exact(("mold", "carrier"), share, mold.outline.centre, told)._replace(meant=part)


def _share_of_several(package: Package, mold: Mold, carrier: Carrier) -> Reading:
    """Of several blocks together, the saw street aside; between them the carrier is bare."""
    import shapely

    due = polygon(carrier.outline).buffer(-strip_of_street(package), join_style="mitre")
    bare = due.difference(shapely.union_all([polygon(block.outline) for block in space.blocks(package)]))
    share = 1 - Fraction(round(float(bare.area)), max(1, round(float(due.area))))
    count = len(space.blocks(package))
    return _covered(mold, share, "" if share == 1 else f"{count} blocks of mold cover {float(share):.1%} of the carrier")


@measure(RATIO)
def share_of_carrier_said_partial(package: Package) -> Measured:
    """How much of the carrier is under a mold of which somebody says that it leaves a part bare."""
    if package.mold is not None and package.mold.covers == PART_OF_CARRIER:
        yield from (found._replace(meant=False) if isinstance(found, Reading) else found
                    for found in share_of_carrier_covered(package))


@measure(LENGTH, studied=True)
def mold_over_chip(package: Package) -> Measured:
    """Thickness of the mold over every chip of which some lies under nothing but the mold, face-up or flipped. Where that is
    not above zero, share_of_chip_covered tells of it."""
    if package.mold is None:
        return
    for chip in package.chips:
        if not any(space.is_roof(slit.upper) for slit in space.over(package, chip.key)):
            continue
        for cover in mold_covers(package, chip):
            over = cover.room.value
            if over is None:
                yield missing_for_cover(package, chip)
            elif over.nominal > 0:
                yield Reading((chip.key, cover.key), over.nominal, over.low, over.high, chip.at, chip.name + cover.spot)


@measure(LENGTH)
def mold_over_exposed_back(package: Package) -> Measured:
    """Mold cap less the top of every chip whose back is stated to be exposed and bears nothing: above zero it is buried."""
    for chip in package.chips:
        if not chip.exposed or standing_on(package, chip) or bare_below(package, chip):
            continue
        cover = cover_thickness(package, chip)
        if cover is None:
            yield missing_for_cover(package, chip)._replace(of=chip.key)
        else:
            yield Reading((chip.key, cover_key(package, chip)), cover.nominal, cover.low, cover.high, chip.at, chip.name)


@measure(COUNT)
def chips_on_exposed_back(package: Package) -> Measured:
    """How many chips and passives stand on every chip whose back is stated to be exposed."""
    for chip in package.chips:
        if chip.exposed:
            parts: tuple[Union[Chip, Passive], ...] = (*standing_on(package, chip), *package.near_passives)
            on_it = [one for one in parts if chip.name in one.on]
            yield exact((chip.key, *(one.key for one in on_it)), len(on_it), chip.at,
                        f"{chip.name} bears {listed([one.name for one in on_it], 4)}" if on_it else chip.name)


@measure(LENGTH, in_plan=True)
def chip_to_mold_edge(package: Package) -> Measured:
    """Shortest distance from every chip that the mold covers to the mold's wall: in plan, and where the wall slants from the
    chip's top, at which it is nearest, square to the wall."""
    for chip in (one for one in package.chips if not one.is_closed_in):
        for block in space.over_plan(package, chip.outline, chip.is_far):
            margin = _beside(package, chip, block)
            if margin is not None and margin.nominal >= 0:
                said = f"{chip.name}: from its top to the slanted wall" if block.draft else chip.name
                yield Reading((chip.key, block.key), margin.nominal, margin.low, margin.high, chip.at, said)


def _beside(package: Package, chip: Chip, block: space.Block) -> Optional[Toleranced]:
    """How much mold is between a chip and a block's wall; None where the wall's nearest is not known or is none."""
    if not block.draft:
        return Toleranced(margin_inside(chip.outline, block.outline))
    top = space.top(package, chip).value
    if top is None:
        return None
    found = []
    for height in (top.nominal, top.high, top.low):
        around = block.at(height)
        square = math.cos(math.atan(block.slope))
        found.append(math.floor(margin_inside(chip.outline, around) * square) if around is not None else -1)
    return Toleranced(found[0], found[2] - found[0], found[0] - found[1])


@measure(LENGTH, in_plan=True)
def mold_to_carrier_edge(package: Package) -> Measured:
    """How far the mold's outline stays inside the carrier's, negative where it hangs over."""
    if package.carrier is not None:
        for block in (*space.blocks(package), *space.far_blocks(package)):
            yield exact((block.key, "carrier"), margin_inside(block.outline, package.carrier.outline), block.outline.centre)


@measure(LENGTH, in_plan=True)
def mold_area_off_outline(package: Package) -> Measured:
    """How far the board's mold-cap rule area and its mold-cap outline lie apart: by how much either passes the other's edge."""
    if package.mold is None or package.mold.area is None:
        return
    one, other = package.mold.outline, package.mold.area
    apart = max(0, -margin_inside(one, other), -margin_inside(other, one))
    yield exact(("mold", "mold.area"), apart, other.centre)
