"""Slits between bodies, beside the flip-chip gaps: what hangs over a chip, a passive or the carrier, and whether filler enters.

The gaps themselves are judged in ``gap``, the mold over a chip by its thickness: here are the places where two parts that do
not stand on each other look at each other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Optional, Union

import numpy as np

from .. import space
from ..package import Chip, Package, Passive, keys
from ..package.words import ENCAPSULANT
from ..space import BETWEEN, CARRIER, Slit
from ..units import FLAG, LENGTH, show
from . import Measured, Reading, Unmeasured, exact, measure
from .by_block import FILLER, missing, named, over
from .levels import gap_thickness
from .missing import NO_MOLD, missing_for_bottom, missing_for_room, missing_for_top, not_stated


@measure(FLAG)
def encapsulant_in_slits(package: Package) -> Measured:
    """Whether the encapsulant fills every slit between two parts that do not stand on each other: a neighbour that hangs over
    a chip, a passive or the carrier. Filling needs more than twice the largest filler particle, as in a gap. A slit belongs
    to the flip chip at it, else to its lower chip, else to its upper part; a chip without any has one reading.

    On the far side nothing hangs over anything. Parts that share heights have no slit; room_between_overlapping_chips and
    passive_to_chip tell of them. Where no filler is stated, what is no thinner than the thinnest gap counts as filled where
    that does.
    """
    if package.mold is None:
        for chip in package.near_chips:
            yield Unmeasured(("mold",), NO_MOLD, of=chip.key)
        return
    chips = {chip.key: chip for chip in package.near_chips}
    told = set()
    found_enough = [_enough(package, block) for block in space.blocks(package)]
    enough = None if None in found_enough else max(one for one in found_enough if one is not None)
    for slit in _slits(package, enough):
        found = _judged(package, slit, *_owner(slit, chips))
        if found is not None:
            told.add(found.where[0] if isinstance(found, Reading) else found.of)
            yield found
    for key, chip in chips.items():
        if key not in told:
            yield exact((key,), 1, chip.at, chip.name)


@measure(LENGTH, studied=True)
def slit_thickness(package: Package) -> Measured:
    """Height of every slit between two parts of which one hangs over the other and does not stand on it."""
    for slit in _slits(package, None) if package.mold is not None else ():
        height = slit.thickness.value if slit.thickness is not None else None
        if height is not None and height.nominal > 0:
            yield Reading((slit.upper, slit.lower), height.nominal, height.low, height.high,
                          told=f"{keys.last(slit.upper)} over {keys.last(slit.lower)}")


def thinnest_gap(package: Package) -> Optional[int]:
    """The thinnest flip-chip gap that encapsulant fills, at nominal; None where there is none of known thickness."""
    gaps = [gap_thickness(package, chip) for chip in package.near_chips if chip.has_gap and chip.gap_filled_with == ENCAPSULANT]
    return min((gap.nominal for gap in gaps if gap is not None), default=None)


def _enough(package: Package, block: space.Block) -> Optional[int]:
    """The thinnest slit that this block's encapsulant fills."""
    return thinnest_gap(package) if block.mold.filler is None else 2 * block.mold.filler.high + 1


def _slits(package: Package, enough: Optional[int]) -> Iterator[Slit]:
    """One slit for every two parts of which one hangs over the other and not on it, in the encapsulant of each block; those
    ``enough`` nm thick at all tolerances may be left out."""
    seen = set()
    for key in _faces(package, enough):
        for slit in space.over(package, key):
            pair = frozenset((slit.lower, slit.upper, *(block.where(FILLER) for block in over(package, slit.outline))))
            is_part = slit.upper and not space.is_roof(slit.upper)
            if is_part and slit.filling == ENCAPSULANT and not slit.own and pair not in seen:
                seen.add(pair)
                yield slit


def _faces(package: Package, enough: Optional[int]) -> Iterator[str]:
    """The faces that a chip or a passive on one may hang over: the carrier's only where anything stands so low, for its plan is
    large."""
    yield from (chip.key for chip in package.near_chips)
    plans = np.array([chip.outline.box for chip in package.near_chips], np.int64).reshape(-1, 4)
    for passive in package.near_passives:
        box = np.array(passive.outline.box)
        if bool(((plans[:, :2] < box[2:]) & (plans[:, 2:] > box[:2])).all(axis=1).any()):
            yield passive.key
    carrier = package.carrier
    hanging = [space.bottom(package, chip).value for chip in package.near_chips if chip.on]
    hanging += [space.floor_of(package, passive).value for passive in package.near_passives if passive.on]
    if carrier is not None and (carrier.frame is not None or any(
            enough is None or low is None or low.low < enough for low in hanging)):
        yield CARRIER


def _owner(slit: Slit, chips: dict[str, Chip]) -> tuple[str, str]:
    """The part that a slit is told of, and the other."""
    ends = slit.lower, slit.upper
    for of_its_kind in (lambda chip: chip.has_gap, lambda chip: True):
        for one, other in (ends, ends[::-1]):
            if one in chips and of_its_kind(chips[one]):
                return one, other
    return slit.upper, slit.lower


def _judged(package: Package, slit: Slit, owner: str, other: str) -> Optional[Union[Reading, Unmeasured]]:
    """What to say of a slit; None where there is none, or where it only deepens the gap of a flip chip on a lead frame."""
    chips = {chip.key: chip for chip in package.chips}
    upper = chips.get(slit.upper)
    if slit.thickness is None or (slit.lower == BETWEEN and upper is not None and upper.has_gap and not upper.on):
        return None
    height = slit.thickness.value
    if height is None:
        return _missing(package, slit)._replace(of=owner)
    if height.nominal < 0:
        return None
    # A slit so narrow that rounding leaves it under none is held to the coarsest.
    blocks = over(package, slit.outline) or space.blocks(package)
    block = max(blocks, key=lambda one: one.mold.filler.high if one.mold.filler is not None else math.inf)
    filler, enough = block.mold.filler, _enough(package, block)
    if filler is None:
        return None if enough is not None and height.low >= enough else missing(block, FILLER)._replace(of=owner)
    names = [keys.last(key) for key in (slit.upper, slit.lower)]
    of = f" of {block.name}" if named(block, FILLER) else ""
    said = (f"{names[0]} hangs {show(height.nominal, LENGTH)} over {names[1]}, the largest filler{of} is "
            f"{show(filler.high, LENGTH)}")
    fits, low, high = (int(enough is not None and one >= enough) for one in (height.nominal, height.low, height.high))
    return Reading((owner, other), fits, low, high, upper.at if upper is not None else None, said)


def _missing(package: Package, slit: Slit) -> Unmeasured:
    """What to state so that the thickness of a slit is known."""
    chips = {chip.key: chip for chip in package.chips}
    lower, upper = chips.get(slit.lower), chips.get(slit.upper)
    for passive in package.passives:
        if passive.height is None and passive.key in (slit.lower, slit.upper):
            return not_stated(Passive, "height", passive.key, passive.name)
        below = space.under_passive(package, passive)
        if below is not None and passive.key in (slit.lower, slit.upper) and space.top(package, below).lacks:
            return missing_for_top(package, below)
    if upper is None:
        return missing_for_bottom(package, lower or package.chips[0])
    return missing_for_bottom(package, upper) if lower is None else missing_for_room(package, lower, upper)
