"""Which stack a chipset is: what claims 8 to 11 ask for. A package of one chip is none of them and has no reading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple, Optional, Union

import numpy as np

from ..metal import BOND_PAD, DIE_PAD, FINGER, LEAD, metal_of
from ..package import BondPads, Chip, Package
from ..shapes import Outline, area, overlap_area
from ..units import COUNT, FLAG
from . import Measured, Unmeasured, exact, measure
from .bonded import PLURALITY, bumps_unstated, landed_bumps, missing_bumps, missing_pads, soldered_bumps
from .levels import supports
from .missing import NO_CARRIER, not_stated
from .nets import NO_NETS

Fact = Union[bool, Unmeasured]  # whether it is so, or what to state so that it is known


class Stack(NamedTuple):
    """Chips on one another from the carrier up, of the kind that a claim asks for; where ``missing``, they may be."""

    chips: tuple[Chip, ...]
    missing: Optional[Unmeasured] = None

    @property
    def name(self) -> str:
        """As people say it: ``U2 on U1``."""
        return " on ".join(chip.name for chip in reversed(self.chips))


def face_up_then_flipped(package: Package) -> Iterator[Stack]:
    """Claim 8: a chip face up on the carrier, and a chip flip-chip bonded on it, two bumps or more soldered to its pads."""
    for upper in package.chips:
        for lower in supports(package, upper):
            yield from _stack((lower, upper), (_stands_on_carrier(package, lower), _faces(lower, up=True),
                                               _soldered(package, upper, lower)))


def flipped_face_up_flipped(package: Package) -> Iterator[Stack]:
    """Claim 10: a chip flip-chip bonded on the carrier, a chip on its back face up, and a chip flip-chip bonded on that."""
    for third in package.chips:
        for second in supports(package, third):
            for first in supports(package, second):
                yield from _stack((first, second, third), (
                    not first.on, _faces(first, up=False), _landed(package, first), _faces(second, up=True),
                    _lies_on(second, first.outline), _soldered(package, third, second)))


def _stack(chips: tuple[Chip, ...], facts: Sequence[Fact]) -> Iterator[Stack]:
    """The stack, unless a fact speaks against it."""
    if False not in facts:
        yield Stack(chips, next((one for one in facts if isinstance(one, Unmeasured)), None))


def _faces(chip: Chip, up: bool) -> Fact:
    if not chip.bonded:
        return missing_bumps(chip)
    return chip.faces_up if up else chip.has_gap


def _stands_on_carrier(package: Package, chip: Chip) -> Fact:
    if package.carrier is None:
        return NO_CARRIER
    return not chip.on and _lies_on(chip, package.carrier.outline)


def _lies_on(upper: Chip, lower: Outline) -> bool:
    """Whether a chip lies on something by half of its plan at least: what hangs beside it does not stand on it."""
    return 2 * overlap_area(upper.outline, lower) >= area(upper.outline)


def _landed(package: Package, chip: Chip) -> Fact:
    if bumps_unstated(chip):
        return missing_bumps(chip)
    sure, unknown = landed_bumps(package, chip)
    return sure >= PLURALITY or (missing_pads(chip) if sure + unknown >= PLURALITY else False)


def _soldered(package: Package, upper: Chip, lower: Chip) -> Fact:
    """Whether a chip is flip-chip bonded and electrically connected to another: by two landed bumps or more."""
    if bumps_unstated(upper):
        return missing_bumps(upper)
    sure, unknown = soldered_bumps(package, upper, lower)
    if not upper.has_gap or sure + unknown < PLURALITY:
        return False
    if sure >= PLURALITY:
        return True
    bare = len(metal_of(package).pieces.nets) < 2 and lower.pads is not None
    return Unmeasured((upper.key,), NO_NETS, of=upper.key) if bare else missing_pads(upper, lower)


def wires_to_carrier(package: Package, chip: Chip) -> int:
    """How many wires go from a bond pad of a chip to a finger or lead of the carrier, by the metal under their ends."""
    metal = metal_of(package)
    pads = metal.pieces.numbers(BOND_PAD, package.chips.index(chip))
    ends = metal.joints.wire_ends
    on_carrier = (ends >= 0) & np.isin(metal.pieces.kind[np.maximum(ends, 0)], (FINGER, LEAD, DIE_PAD))
    return int((np.isin(ends, pads).any(axis=1) & on_carrier.any(axis=1)).sum()) if len(ends) else 0


@measure(FLAG)
def stacked_face_up_then_flipped(package: Package) -> Measured:
    """Whether a chip stands face up on the carrier and another is flip-chip bonded on it, by two bumps or more on its pads."""
    yield from _told(package, list(face_up_then_flipped(package)))


@measure(FLAG)
def stacked_flipped_face_up_flipped(package: Package) -> Measured:
    """Whether a flip chip on the carrier bears a chip face up, back to back, and that one a flip chip."""
    yield from _told(package, list(flipped_face_up_flipped(package)))


def _told(package: Package, stacks: list[Stack]) -> Measured:
    if len(package.chips) < 2:
        return
    sure = [one for one in stacks if one.missing is None]
    for one in sure or stacks[:1]:
        yield one.missing or exact(tuple(chip.key for chip in one.chips), 1, one.chips[0].at, one.name)
    if not stacks:
        said = ", ".join(f"{chip.name} {chip.bonded} on {_ground(chip)}" for chip in package.chips)
        yield exact(tuple(chip.key for chip in package.chips), 0, package.chips[0].at, said)


def _ground(chip: Chip) -> str:
    return " and ".join(chip.on) or f"the carrier{' (far side)' if chip.is_far else ''}"


@measure(COUNT)
def wires_from_first_chip(package: Package) -> Measured:
    """Wires to the carrier from each chip that stands face up on it under a flip chip."""
    yield from _wires(package, [one.chips[0] for one in face_up_then_flipped(package)])


@measure(COUNT)
def wires_from_second_chip(package: Package) -> Measured:
    """Wires to the carrier from each face-up chip between two flip chips."""
    yield from _wires(package, [one.chips[1] for one in flipped_face_up_flipped(package)])


def _wires(package: Package, chips: list[Chip]) -> Measured:
    for chip in dict.fromkeys(chips):
        if chip.pads is None and package.wires:
            yield not_stated(BondPads, "size", chip.key, chip.name)._replace(where=(chip.key,), of=chip.key)
        else:
            yield exact((chip.key,), wires_to_carrier(package, chip), chip.at, chip.name)
