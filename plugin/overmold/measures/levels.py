"""Heights in a chipset: what stands on what, and at which height above the carrier every chip begins and ends.

z = 0 is the carrier's chip-side surface: solder-mask top where there is mask, metal top on a lead frame. Heights are
worst-case sums of what lies below; ``None`` where one of them is not stated. What stands on itself has no height.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Callable, Optional

from ..package import LEAD_FRAME, Chip, Package
from ..shapes import overlap_area
from ..units import Toleranced

Span = tuple[Optional[Toleranced], Optional[Toleranced]]


@dataclass(frozen=True)
class _Links:
    """The chips by name, those that stand on each, and their order in the package."""

    chips: Mapping[str, Chip]
    above: Mapping[str, tuple[Chip, ...]]
    order: Mapping[str, int]


@lru_cache(maxsize=4)
def _links(package: Package) -> _Links:
    above: dict[str, tuple[Chip, ...]] = {}
    for chip in package.chips:
        for name in dict.fromkeys(chip.on):
            above[name] = (*above.get(name, ()), chip)
    return _Links({chip.name: chip for chip in package.chips}, above, {chip.name: i for i, chip in enumerate(package.chips)})


def supports(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The chips it stands on; none where that is the carrier."""
    return tuple(_links(package).chips[name] for name in chip.on if name in _links(package).chips)


def standing_on(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The chips that stand directly on it."""
    return _links(package).above.get(chip.name, ())


def tower(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The chip and all that stands on it, directly or not, in the package's order."""
    return _all_from(package, chip, standing_on)


def foundation(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The chip and all that it stands on, directly or not, in the package's order."""
    return _all_from(package, chip, supports)


def _all_from(package: Package, chip: Chip, step: Callable[[Package, Chip], tuple[Chip, ...]]) -> tuple[Chip, ...]:
    found, waiting = {chip.name: chip}, [chip]
    while waiting:
        new = [one for one in step(package, waiting.pop()) if one.name not in found]
        found.update((one.name, one) for one in new)
        waiting += new
    order = _links(package).order
    return tuple(sorted(found.values(), key=lambda one: order[one.name]))


def leaves(package: Package, chip: Chip) -> tuple[Chip, ...]:
    """The topmost chips of every tower that stands on it; itself where nothing does."""
    return tuple(one for one in tower(package, chip) if not standing_on(package, one))


def gap_thickness(package: Package, chip: Chip) -> Optional[Toleranced]:
    """t1: given directly, or bump height (after reflow, from the pad) less the mask above the pad; None if not stated.

    Between two chips there is no mask. On the carrier it is only known from a stack-up: without one there is no t1 from
    bumps, except on a lead frame, which has no mask.
    """
    if not chip.has_gap:
        return None
    if chip.gap is not None:
        return chip.gap
    if chip.bumps is None or chip.bumps.height is None:
        return None
    if chip.on:
        return chip.bumps.height
    carrier = package.carrier
    if carrier is None or not (carrier.stackup or carrier.kind == LEAD_FRAME):
        return None
    return chip.bumps.height - carrier.mask_above_pad


def joint(package: Package, chip: Chip) -> Optional[Toleranced]:
    """What lies between a chip and what it stands on: t1 under a flip chip, die attach under a face-up one."""
    return gap_thickness(package, chip) if chip.has_gap else chip.attach


def bottom(package: Package, chip: Chip) -> Optional[Toleranced]:
    """Height of a chip's underside."""
    return _spans(package)[chip.name][0]


def top(package: Package, chip: Chip) -> Optional[Toleranced]:
    """Height of a chip's upper side."""
    return _spans(package)[chip.name][1]


def overhead(package: Package, chip: Chip) -> Optional[Toleranced]:
    """Height of what is above a chip: the underside of the lowest chip over its plan, else the mold cap."""
    own = top(package, chip)
    over = [one for one in package.chips if one is not chip and overlap_area(one.outline, chip.outline)]
    above = {one.name: bottom(package, one) for one in over}
    if own is None or any(above.get(one.name, own) is None for one in standing_on(package, chip)):
        return None
    higher = [one for one in above.values() if one is not None and one.nominal >= own.nominal]
    if higher:
        return min(higher, key=lambda one: one.nominal)
    return package.mold.cap if package.mold is not None else None


def room_between(package: Package, lower: Chip, upper: Chip) -> Optional[Toleranced]:
    """From the top of one chip up to the underside of another, negative where they share heights; None if not known.

    What both stand on counts for neither, so that its tolerances do not either, except under a bridge.
    """
    low, high = top(package, lower), bottom(package, upper)
    if low is None or high is None:
        return None
    below, under = foundation(package, lower), foundation(package, upper)
    if any(len(one.on) > 1 for one in (*below, *under)):
        return high - low
    # What adds up to either height: joints and chips; of the upper one its own thickness is not in it.
    lower_parts = {(one.name, part): part(package, one) for one in below for part in (joint, _thickness)}
    upper_parts = {(one.name, part): part(package, one) for one in under for part in (joint, _thickness)}
    del upper_parts[upper.name, _thickness]
    more = [part for key, part in upper_parts.items() if key not in lower_parts and part is not None]
    less = [part for key, part in lower_parts.items() if key not in upper_parts and part is not None]
    return sum(more, Toleranced(0)) - sum(less, Toleranced(0))


def _thickness(package: Package, chip: Chip) -> Optional[Toleranced]:
    return chip.thickness


def z_ranges_meet(package: Package, one: Chip, other: Chip) -> Optional[bool]:
    """Whether two chips share any height, also at their tolerances; None where that is not known.

    What stands in one tower never does: each chip lies on, and not in, the one below it.
    """
    if other in tower(package, one) or one in tower(package, other):
        return False
    (low, high), (other_low, other_high) = _spans(package)[one.name], _spans(package)[other.name]
    if low is None or high is None or other_low is None or other_high is None:
        return None
    return low.low < other_high.high and other_low.low < high.high


@lru_cache(maxsize=4)
def _spans(package: Package) -> Mapping[str, Span]:
    """Underside and upper side of every chip, by name."""
    by_name = {chip.name: chip for chip in package.chips}
    spans: dict[str, Span] = {}

    def find(chip: Chip) -> Span:
        if chip.name not in spans:
            spans[chip.name] = (None, None)  # for what stands on itself
            under = _highest(find(by_name[name])[1] for name in chip.on if name in by_name)
            between = joint(package, chip)
            low = under + between if under is not None and between is not None else None
            spans[chip.name] = low, low + chip.thickness if low is not None and chip.thickness is not None else None
        return spans[chip.name]

    for chip in package.chips:
        find(chip)
    return spans


def _highest(tops: Iterable[Optional[Toleranced]]) -> Optional[Toleranced]:
    """The highest of several, limit by limit: a bridge rests on the tallest of its supports; 0 of none."""
    known = list(tops)
    if not known:
        return Toleranced(0)
    stated = [one for one in known if one is not None]
    if len(stated) < len(known):
        return None
    nominal = max(one.nominal for one in stated)
    return Toleranced(nominal, max(one.high for one in stated) - nominal, nominal - max(one.low for one in stated))
