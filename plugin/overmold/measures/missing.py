"""What to state so that a height is known, in the words of the package file and of the board."""

from __future__ import annotations

from ..package import FACE_UP, FLIP_CHIP, Chip, Package
from ..space import standing
from . import Unmeasured
from .levels import foundation, gap_thickness

NO_MOLD = ("no mold is described ('mold' in the package file; field 'Mold cap' and an outline on the layer 'Mold cap "
           "outline' of the carrier's footprint)")

MISSING_FILLER = Unmeasured(("mold.filler",), "the largest filler particle is not stated ('mold: filler' in the package "
                            "file, field 'Largest filler' on the carrier)")

NO_MOLD_CAP = Unmeasured(("mold.cap",), "the mold cap is not stated ('mold: cap' in the package file, field 'Mold cap' on "
                         "the carrier)")


def missing_for_gap(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that t1 is known."""
    if chip.bumps is not None and chip.bumps.height is not None:
        return Unmeasured(("carrier.stackup",), f"the gap under {chip.name} is not known, for the mask that stands above "
                          "its pads is not: state the stack-up ('carrier: stackup' in the package file, the board's own "
                          "stack-up) or the gap itself ('gap', field 'Gap thickness')")
    return Unmeasured((f"{chip.key}.bumps.height",), f"the gap under {chip.name} is not known: state the bump height "
                      f"('bumps: height' in the package file, field 'Bump height' on the board) or the gap itself "
                      f"('gap', field 'Gap thickness')")


def missing_for_bottom(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that the height of a chip's underside is known."""
    for one in sorted(foundation(package, chip), key=lambda below: len(foundation(package, below))):
        if one.bonded == FLIP_CHIP and gap_thickness(package, one) is None:
            return missing_for_gap(package, one)
        if one.bonded not in (FLIP_CHIP, FACE_UP):
            return Unmeasured((f"{one.key}.bonded",), f"how {one.name} is bonded is not stated ('bonded' in the package file, "
                              "field 'Bonding' on the board)")
        if one.bonded == FACE_UP and one.attach is None:
            return Unmeasured((f"{one.key}.attach",), f"the thickness of the die attach under {one.name} is not stated "
                              "('attach' in the package file, field 'Die attach' on the board)")
        if one.thickness is None and one is not chip:
            return _missing_thickness(one)
    return Unmeasured((chip.key,), f"{chip.name} stands on chips that stand on it: somewhere a tower begins on the carrier "
                      "('on' in the package file, field 'Stands on' on the board)")


def missing_for_top(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that the height of a chip's upper side is known."""
    below = missing_for_bottom(package, chip)
    return _missing_thickness(chip) if below.where == (chip.key,) and chip.thickness is None else below


def missing_for_room(package: Package, lower: Chip, upper: Chip) -> Unmeasured:
    """What to state so that the room between a chip and one that may lie over it is known."""
    if standing.bottom(package, upper).lacks:
        return missing_for_bottom(package, upper)
    return missing_for_top(package, lower if standing.top(package, lower).lacks else upper)


def _missing_thickness(chip: Chip) -> Unmeasured:
    return Unmeasured((f"{chip.key}.thickness",), f"the thickness of {chip.name} is not stated ('thickness' in the "
                      f"package file, field 'Chip thickness' on the board)")
