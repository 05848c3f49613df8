"""Which stack a chipset is: what claims 8 to 11 ask for. A package of one chip is none of them and has no reading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional, Union

import numpy as np

from ..metal import BOND_PAD, DIE_PAD, FINGER, LEAD, joints_between, metal_of
from ..package import Chip, Package
from ..package.bonding import DOWN, UP
from ..shapes import area, overlap_area
from ..units import COUNT, FLAG
from . import Measured, Reading, Unmeasured, exact, measure
from .bonded import PLURALITY, bump_count, bumps_unstated, missing_bumps
from .levels import supports


def face_up_then_flipped(package: Package) -> Iterator[tuple[Chip, Chip]]:
    """Claim 8: a chip face up on the carrier, and a chip flip-chip bonded on it with bumps."""
    for upper in package.chips:
        for lower in supports(package, upper):
            if (_flipped(upper) and lower.faces_up and not lower.on and _lies_on(upper, lower)
                    and not _dead(package, upper, lower)):
                yield lower, upper


def flipped_face_up_flipped(package: Package) -> Iterator[tuple[Chip, Chip, Chip]]:
    """Claim 10: a flip chip on the carrier, a chip on its back face up, and a chip flip-chip bonded on that."""
    for third in package.chips:
        for second in supports(package, third):
            for first in supports(package, second):
                if (_flipped(third) and second.faces_up and _flipped(first) and not first.on and _lies_on(third, second)
                        and _lies_on(second, first) and not _dead(package, third, second)):
                    yield first, second, third


def _flipped(chip: Chip) -> bool:
    return chip.faces_down and bump_count(chip) >= PLURALITY


def _lies_on(upper: Chip, lower: Chip) -> bool:
    """Whether a chip lies on another by half of its plan at least: what hangs beside it does not stand on it."""
    return 2 * overlap_area(upper.outline, lower.outline) >= area(upper.outline)


def _dead(package: Package, upper: Chip, lower: Chip) -> bool:
    """Whether it is known that no bump of ``upper`` meets a pad of its net on ``lower``: pads and nets are stated."""
    metal = metal_of(package)
    if lower.pads is None or len(metal.pieces.nets) < 2:
        return False
    return not joints_between(metal, package.chips.index(upper), package.chips.index(lower))


def _undecided(package: Package, pattern: tuple[str, ...]) -> Optional[Chip]:
    """A chip whose unstated bonding or bumps leave it open whether these ways to bond, from the carrier up, are one stack."""
    def fits(chip: Chip, faces: str) -> bool:
        return not chip.bonded or (chip.bonding.faces == faces and (faces == UP or _flipped(chip) or bumps_unstated(chip)))

    towers: list[tuple[Chip, ...]] = [(chip,) for chip in package.chips if not chip.on and fits(chip, pattern[0])]
    for faces in pattern[1:]:
        towers = [(*below, chip) for below in towers for chip in package.chips
                  if below[-1] in supports(package, chip) and fits(chip, faces) and _lies_on(chip, below[-1])]
    return next((chip for one in towers for chip in one if bumps_unstated(chip)), None)


def wires_to_carrier(package: Package, chip: Chip) -> int:
    """How many wires go from a bond pad of a chip to a finger or lead of the carrier, by the metal under their ends."""
    metal = metal_of(package)
    pads = metal.pieces.numbers(BOND_PAD, package.chips.index(chip))
    ends = metal.joints.wire_ends
    on_carrier = (ends >= 0) & np.isin(metal.pieces.kind[np.maximum(ends, 0)], (FINGER, LEAD, DIE_PAD))
    return int((np.isin(ends, pads).any(axis=1) & on_carrier.any(axis=1)).sum()) if len(ends) else 0


@measure(FLAG)
def stacked_face_up_then_flipped(package: Package) -> Measured:
    """Whether a chip stands face up on the carrier and another is flip-chip bonded on it with bumps."""
    if len(package.chips) > 1:
        yield _told(package, next(face_up_then_flipped(package), ()), (UP, DOWN))


@measure(FLAG)
def stacked_flipped_face_up_flipped(package: Package) -> Measured:
    """Whether a flip chip on the carrier bears a chip face up, back to back, and that one a flip chip."""
    if len(package.chips) > 1:
        yield _told(package, next(flipped_face_up_flipped(package), ()), (DOWN, UP, DOWN))


def _told(package: Package, found: tuple[Chip, ...], pattern: tuple[str, ...]) -> Union[Reading, Unmeasured]:
    open_one = _undecided(package, pattern) if not found else None
    if open_one is not None:
        return missing_bumps(open_one)
    if found:
        said = " on ".join(chip.name for chip in reversed(found))
        return exact(tuple(chip.key for chip in found), 1, found[0].at, said)
    said = ", ".join(f"{chip.name} {chip.bonded} on {' and '.join(chip.on) or 'the carrier'}" for chip in package.chips)
    return exact(tuple(chip.key for chip in package.chips), 0, package.chips[0].at, said)


@measure(COUNT)
def wires_from_first_chip(package: Package) -> Measured:
    """Wires to the carrier from the chip that stands face up on it under a flip chip."""
    yield from _most_wires(package, [first for first, _ in face_up_then_flipped(package)])


@measure(COUNT)
def wires_from_second_chip(package: Package) -> Measured:
    """Wires to the carrier from the face-up chip between two flip chips."""
    yield from _most_wires(package, [second for _, second, _ in flipped_face_up_flipped(package)])


def _most_wires(package: Package, chips: list[Chip]) -> Measured:
    if chips:
        most, at = max((wires_to_carrier(package, chip), -i) for i, chip in enumerate(chips))
        yield exact((chips[-at].key,), most, chips[-at].at, chips[-at].name)
