"""The flip-chip gap: its thickness t1, the cover t2 over the chip, and what the claims ask of the two.

Heights are above the carrier's chip-side surface (solder-mask top where there is mask). With the cavity height M fixed by
the mold tool, t2 = M - t1 - T (T: chip thickness), so t1 and t2 move together and corners are taken of the ratio itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Optional

from ..package import FLIP_CHIP, LEAD_FRAME, Chip, Package
from ..units import COUNT, FLAG, LENGTH, RATIO, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure

NO_MOLD = ("no mold is described ('mold' in the package file; field 'Mold cap' and an outline on the layer 'Mold cap "
           "outline' of the carrier's footprint)")

MISSING_FILLER = Unmeasured(("mold.filler",), "the largest filler particle is not stated ('mold: filler' in the package "
                            "file, field 'Largest filler' on the carrier)")

NO_MOLD_CAP = Unmeasured(("mold.cap",), "the mold cap is not stated ('mold: cap' in the package file, field 'Mold cap' on "
                         "the carrier)")


def flip_chips(package: Package) -> Iterator[Chip]:
    """The chips that are flip-chip bonded: those with a gap under them."""
    return (chip for chip in package.chips if chip.bonded == FLIP_CHIP)


def gap_thickness(package: Package, chip: Chip) -> Optional[Toleranced]:
    """t1: given directly, or bump height (after reflow, from the pad) less the mask above the pad; None if not stated.

    The mask is only known from a stack-up: without one there is no t1 from bumps, except on a lead frame, which has no mask.
    """
    if chip.bonded != FLIP_CHIP:
        return None
    if chip.gap is not None:
        return chip.gap
    if chip.bumps is None or chip.bumps.height is None or not _mask_known(package):
        return None
    assert package.carrier is not None
    return chip.bumps.height - package.carrier.mask_above_pad


def _mask_known(package: Package) -> bool:
    return package.carrier is not None and (bool(package.carrier.stackup) or package.carrier.kind == LEAD_FRAME)


def cover_thickness(package: Package, chip: Chip) -> Optional[Toleranced]:
    """t2: mold cap less everything under it, worst case; None where a thickness is not stated."""
    under = gap_thickness(package, chip) or (None if chip.bonded == FLIP_CHIP else Toleranced(0))
    if package.mold is None or package.mold.cap is None or chip.thickness is None or under is None:
        return None
    return package.mold.cap - under - chip.thickness


def missing_for_gap(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that t1 is known."""
    if chip.bumps is not None and chip.bumps.height is not None:
        return Unmeasured(("carrier.stackup",), f"the gap under {chip.name} is not known, for the mask that stands above "
                          "its pads is not: state the stack-up ('carrier: stackup' in the package file, the board's own "
                          "stack-up) or the gap itself ('gap', field 'Gap thickness')")
    return Unmeasured((f"{chip.key}.bumps.height",), f"the gap under {chip.name} is not known: state the bump height "
                      f"('bumps: height' in the package file, field 'Bump height' on the board) or the gap itself "
                      f"('gap', field 'Gap thickness')")


def missing_for_cover(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that t2 is known."""
    if chip.bonded == FLIP_CHIP and gap_thickness(package, chip) is None:
        return missing_for_gap(package, chip)
    if chip.thickness is None:
        return Unmeasured((f"{chip.key}.thickness",), f"the thickness of {chip.name} is not stated ('thickness' in the "
                          f"package file, field 'Chip thickness' on the board)")
    return NO_MOLD_CAP


def _named(chip: Chip) -> tuple[str, ...]:
    return (chip.key, "mold.cap")


@measure(RATIO)
def cover_to_gap_ratio(package: Package) -> Measured:
    """t2 / t1 of every flip chip. Corners: max = (M+ - t1- - T-)/t1-, min = (M- - t1+ - T+)/t1+ (t1 and t2 move together).

    Where t1 or t2 is not above zero there is no ratio: gap-not-filled and chip-not-covered speak of that.
    """
    for chip in flip_chips(package):
        gap = gap_thickness(package, chip)
        cover = cover_thickness(package, chip)
        if gap is None:
            yield missing_for_gap(package, chip)
        elif cover is None or package.mold is None or package.mold.cap is None or chip.thickness is None:
            yield missing_for_cover(package, chip)
        elif gap.nominal > 0 and cover.nominal > 0:
            cap, thick = package.mold.cap, chip.thickness
            low = Fraction(cap.low - gap.high - thick.high, gap.high)
            # A tolerance that reaches zero gap has no upper corner; a billion stands for it, far above any limit.
            high = Fraction(cap.high - gap.low - thick.low, gap.low) if gap.low > 0 else Fraction(10**9)
            note = f"{chip.name}: t2 {show(cover.nominal, LENGTH)} over t1 {show(gap.nominal, LENGTH)}"
            yield Reading(_named(chip), Fraction(cover.nominal, gap.nominal), low, high, chip.at, note)


@measure(RATIO)
def filler_to_gap_ratio(package: Package) -> Measured:
    """Largest filler particle / t1 of every flip chip whose gap the encapsulant fills."""
    if package.mold is None:
        return
    for chip in flip_chips(package):
        gap, filler = gap_thickness(package, chip), package.mold.filler
        if gap is None:
            yield missing_for_gap(package, chip)
        elif filler is None:
            yield MISSING_FILLER
        elif gap.nominal > 0:
            high = Fraction(filler.high, gap.low) if gap.low > 0 else Fraction(10**9)
            note = f"{chip.name}: filler {show(filler.nominal, LENGTH)}, t1 {show(gap.nominal, LENGTH)}"
            yield Reading((chip.key, "mold.filler"), Fraction(filler.nominal, gap.nominal),
                          Fraction(filler.low, gap.high), high, chip.at, note)


@measure(LENGTH)
def gap_under_chip(package: Package) -> Measured:
    """t1 of every flip chip."""
    for chip in flip_chips(package):
        gap = gap_thickness(package, chip)
        if gap is None:
            yield missing_for_gap(package, chip)
        else:
            yield Reading((chip.key,), gap.nominal, gap.low, gap.high, chip.at, f"{chip.name}: t1")


@measure(FLAG)
def encapsulant_in_gap(package: Package) -> Measured:
    """Whether the encapsulant fills the gap of every flip chip; no where something else or nothing stands in it.

    Filling needs a mold, a gap above zero, and that nobody stated another filling ("Gap filled with").
    """
    for chip in flip_chips(package):
        gap = gap_thickness(package, chip)
        if package.mold is None:
            yield Unmeasured(("mold",), NO_MOLD)
        elif chip.gap_filled_with != "encapsulant":
            yield exact((f"{chip.key}.gap_filled_with",), 0, chip.at,
                        f"{chip.name}: the gap is filled with {chip.gap_filled_with}")
        elif gap is None:
            yield missing_for_gap(package, chip)
        else:
            # A gap that closes at a tolerance corner cannot be filled there.
            yield Reading((chip.key,), int(gap.nominal > 0), int(gap.low > 0), 1, chip.at,
                          f"{chip.name}: t1 {show(gap.nominal, LENGTH)}")


@measure(COUNT)
def flip_chip_bonded_chips(package: Package) -> Measured:
    """How many chips are flip-chip bonded, with bumps on their active surface."""
    if not package.chips:
        yield Unmeasured(("chips",), "there is no chip: add one under 'chips' in the package file, or a footprint with "
                         "the field 'Package part' = 'chip' on the board")
        return
    bonded = [chip for chip in flip_chips(package) if chip.bumps is not None and len(chip.bumps.sites)]
    others = [chip for chip in package.chips if chip not in bonded]
    where = tuple(chip.key for chip in (bonded or others))
    said = ", ".join(f"{chip.name} is {chip.bonded}" + ("" if chip.bumps else " without bumps") for chip in others)
    yield exact(where, len(bonded), package.chips[0].at, said)
