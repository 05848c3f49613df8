"""The flip-chip gaps: their thickness t1, the cover t2 over what stands there, and what the claims ask of the two.

Heights are above the carrier's chip-side surface (see ``space``). With the cavity height M fixed by the mold tool, t2 = M -
t1 - T (T: chips and joints beside this gap up to the top), so t1 and t2 move together and corners are taken of the ratio.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from .. import space
from ..package import Chip, Package, keys
from ..package.words import ENCAPSULANT
from ..shapes import overlap_area
from ..space import Sum
from ..units import COUNT, FLAG, LENGTH, RATIO, show
from . import Measured, Reading, Unmeasured, exact, measure
from .bonded import PLURALITY, bump_count, bumps_unstated, missing_bumps
from .by_block import FILLER, distinct, missing, named, over_chip
from .covers import CLOSED_IN, Cover, bare_below, covers, missing_for_cover
from .levels import foundation, gap_left_by_bumps, gap_thickness, leaves, without_mask
from .missing import NO_MOLD, missing_for_gap, missing_for_room
from .race import told


def flip_chips(package: Package) -> Iterator[Chip]:
    """The chips that are flip-chip bonded: those with a gap under them."""
    return (chip for chip in package.chips if chip.has_gap)


def only_face_up(package: Package) -> bool:
    """Whether every chip is known to be bonded without a gap for the mold to fill: face up in a wire-bonded package, copper to
    copper, or beside all mold on the far side."""
    return bool(package.near_chips) and all(
        chip.has_attach or chip.touches or bool(bare_below(package, chip)) for chip in package.chips)


@measure(RATIO)
def cover_to_gap_ratio(package: Package) -> Measured:
    """t2 / t1 of every flip-chip gap, once for each chip at the top of what stands there: t2 is what really lies over that
    chip, up to the mold cap, where a wall of mold slants over its edge once more, up to that, and where a neighbour hangs over
    it, up to the neighbour. Where mask stands under a part of the
    chip only, once with and once without it.

    Of a chip on the far side the mold is the block over it there; bare it has no cover.

    Corners: max = (M+ - rest- - t1-)/t1-, min = (M- - rest+ - t1+)/t1+, the rest being all else below that top: t1 and t2
    move together. Where t1 or t2 is not above zero there is no ratio: gap-not-filled and chip-not-covered speak of that.
    """
    for chip in flip_chips(package):
        gap = gap_thickness(package, chip)
        if gap is None:
            yield _of(chip, missing_for_gap(package, chip))
            continue
        for leaf in leaves(package, chip) or (chip,):
            for cover in covers(package, leaf):
                for thickness in space.gaps(package, chip):
                    yield from _ratio(package, chip, thickness, leaf, cover)


def _of(chip: Chip, missing: Unmeasured) -> Unmeasured:
    return missing._replace(of=chip.key)


@measure(RATIO)
def face_up_cover_to_gap_ratio(package: Package) -> Measured:
    """t2 over every chip on top of the chipset that has no gap of its own below it, which is a face-up chip beside the flip
    chips, / t1 of every flip chip."""
    chips = [chip for chip in package.near_chips if leaves(package, chip) == (chip,) and not any(
        below.has_gap for below in foundation(package, chip))]
    for chip in flip_chips(package) if chips else ():
        if chip.is_far:  # one side's cover has nothing to do with the other's gap
            continue
        if gap_thickness(package, chip) is None:
            yield _of(chip, missing_for_gap(package, chip))
            continue
        for leaf in chips:
            for cover in covers(package, leaf):
                for thickness in space.gaps(package, chip):
                    yield from _ratio(package, chip, thickness, leaf, cover)


def _ratio(package: Package, chip: Chip, thickness: Sum, leaf: Chip, cover: Cover) -> Measured:
    over, found, gap = cover.room.value, space.ratio(cover.room, thickness), thickness.value
    if over is None:
        yield _of(chip, missing_for_cover(package, leaf) if cover.over is None else missing_for_room(package, leaf, cover.over))
    elif found is not None and gap is not None and over.nominal > 0:
        # A tolerance that reaches zero gap has no upper corner; a billion stands for it, far above any limit.
        high = found.high if found.high is not None else Fraction(10**9)
        spot = (f" over {leaf.name}" if leaf is not chip else "") + cover.spot
        t1, t2 = show(gap.nominal, LENGTH), show(over.nominal, LENGTH)
        note = f"{chip.name}: t2 {t2}{spot}, t1 {t1}" if spot else f"{chip.name}: t2 {t2} over t1 {t1}"
        note = "; ".join(filter(None, (note + without_mask(package, chip, thickness), told(chip, leaf, gap, over))))
        where = tuple(dict.fromkeys((chip.key, leaf.key, cover.key)))
        yield Reading(where, found.nominal, found.low, high, chip.at, note)


@measure(RATIO)
def filler_to_gap_ratio(package: Package) -> Measured:
    """Largest filler particle / t1 of every flip chip whose gap the encapsulant fills, of the mold over that chip. The largest
    of stated limits is the upper one."""
    for chip in flip_chips(package) if package.mold is not None else ():
        gap = gap_thickness(package, chip)
        if chip.gap_filled_with != ENCAPSULANT or chip.is_closed_in or bare_below(package, chip):
            continue
        if gap is None:
            yield _of(chip, missing_for_gap(package, chip))
            continue
        for block in distinct(over_chip(package, chip), FILLER):
            filler = block.mold.filler
            if filler is None:
                yield _of(chip, missing(block, FILLER))
            elif gap.nominal > 0:
                high = Fraction(filler.high, gap.low) if gap.low > 0 else Fraction(10**9)
                of = f" of {block.name}" if named(block, FILLER) else ""
                note = f"{chip.name}: filler{of} {show(filler.high, LENGTH)}, t1 {show(gap.nominal, LENGTH)}"
                yield Reading((chip.key, block.where(FILLER)), Fraction(filler.high, gap.nominal),
                              Fraction(filler.high, gap.high), high, chip.at, note + _bare(package, chip))


def _bare(package: Package, chip: Chip) -> str:
    """For the note on ``gap_thickness``: that nothing was subtracted for the mask."""
    return without_mask(package, chip, space.gaps(package, chip)[0])


@measure(LENGTH, studied=True)
def gap_under_chip(package: Package) -> Measured:
    """t1 of every flip chip; of bumps with heights of their own, t1 where each of these stands."""
    for chip in flip_chips(package):
        gap = gap_thickness(package, chip)
        if gap is None:
            yield missing_for_gap(package, chip)
            continue
        zones = space.gaps(package, chip) if len(space.own_heights(chip)) > 1 else space.gaps(package, chip)[:1]
        for t1, value in ((each, each.value) for each in zones):
            if value is not None:
                yield Reading((chip.key,), value.nominal, value.low, value.high, chip.at,
                              f"{chip.name}: t1" + without_mask(package, chip, t1))


@measure(FLAG)
def encapsulant_in_gap(package: Package) -> Measured:
    """Whether the encapsulant fills the gap of every flip chip; no where something else or nothing stands in it.

    Filling needs a mold over the chip, on the far side a block of it there, a gap above zero, and that nobody stated another
    filling ("Gap filled with"), which under a chip on the far side that no mold reaches is meant.
    """
    for chip in flip_chips(package):
        gap = gap_thickness(package, chip)
        if package.mold is None and not bare_below(package, chip):
            yield Unmeasured(("mold",), NO_MOLD, of=chip.key)
        elif chip.is_closed_in:
            yield exact((chip.key,), 0, chip.at, f"{chip.name}: {CLOSED_IN}")._replace(meant=True)
        elif not (chip.is_far or any(overlap_area(chip.outline, block.outline) for block in space.blocks(package))):
            yield exact((chip.key, "mold"), 0, chip.at, f"{chip.name} lies under no mold")
        elif chip.gap_filled_with != ENCAPSULANT:
            yield exact((keys.within(chip.key, "gap_filled_with"),), 0, chip.at,
                        f"{chip.name}: the gap is filled with {chip.gap_filled_with}"
                        )._replace(meant=bool(bare_below(package, chip)))
        elif bare_below(package, chip):
            yield exact((chip.key,), 0, chip.at, f"{chip.name}: {bare_below(package, chip)}, and no other filling of its gap "
                        "is stated ('gap_filled_with')")
        elif gap is None:
            yield _of(chip, missing_for_gap(package, chip))
        else:
            # A gap that closes at a tolerance corner cannot be filled there.
            yield Reading((chip.key,), int(gap.nominal > 0), int(gap.low > 0), 1, chip.at,
                          f"{chip.name}: t1 {show(gap.nominal, LENGTH)}" + _bare(package, chip))


@measure(COUNT)
def flip_chip_bonded_chips(package: Package) -> Measured:
    """How many chips are flip-chip bonded, with two bumps or more on their active surface. A flip chip of which neither bumps
    nor pads are stated is not judged. A chip of a wafer with balls of its own is bonded to nothing."""
    if package.is_bare_wafer_chip and not package.chips:
        return
    if not package.chips:
        yield Unmeasured(("chips",), "there is no chip: add one under 'chips' in the package file, or a footprint with "
                         "the field 'Package part' = 'chip' on the board")
        return
    unstated = [chip for chip in package.chips if bumps_unstated(chip)]
    bonded = [chip for chip in flip_chips(package) if bump_count(chip) >= PLURALITY]
    others = [chip for chip in package.chips if chip not in bonded]
    for chip in unstated:
        yield missing_bumps(chip)
    if bonded or not unstated:
        where = tuple(chip.key for chip in (bonded or others))
        yield exact(where, len(bonded), package.chips[0].at, ", ".join(map(_bonding_said, others)))


@measure(COUNT)
def bumps_under_flip_chip(package: Package) -> Measured:
    """How many bumps every flip chip is bonded with; one of which neither bumps nor pads are stated is not judged."""
    for chip in flip_chips(package):
        if bumps_unstated(chip):
            yield missing_bumps(chip)
        else:
            yield exact((chip.key,), bump_count(chip), chip.at, chip.name)


@measure(COUNT)
def bumps_of_face_up_chip(package: Package) -> Measured:
    """How many bumps every face-up chip has, whose active surface looks away from what it stands on."""
    for chip in package.chips:
        if chip.bonded and not chip.bonding.has_bumps:
            yield exact((chip.key,), bump_count(chip), chip.at, f"{chip.name} is {chip.bonded}")


def _bonding_said(chip: Chip) -> str:
    count = bump_count(chip)
    return f"{chip.name} is {chip.bonded}" + (" without bumps" if not count else " with one bump" if count == 1 else "")


@measure(LENGTH)
def gap_beyond_bumps(package: Package) -> Measured:
    """How much thicker the stated gap of a flip chip is than its bumps leave it at all tolerances; 0 where they agree.

    Bumps leave their height, on the carrier less the mask above the pads where the stack-up tells of one.
    """
    for chip in flip_chips(package):
        left = gap_left_by_bumps(package, chip)
        if chip.gap is not None and left is not None:
            more = max(0, chip.gap.low - left.high)
            yield exact((keys.within(chip.key, "gap"), keys.within(keys.bumps(chip.name), "height")), more, chip.at,
                        f"{chip.name}: gap {show(chip.gap.nominal, LENGTH)}, bumps leave {show(left.nominal, LENGTH)}")


__all__ = ["covers", "flip_chips", "gap_thickness"]
