"""Heights in a chipset as quantities with worst-case tolerances; None where a dimension of one is not stated.

z = 0 is the carrier's chip-side surface: solder-mask top where there is mask, metal top on a lead frame. All of it is read
from ``space``, where heights are sums of dimensions.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

from .. import space
from ..package import Chip, Package
from ..package.bump_heights import presses
from ..shapes import overlap_area
from ..space import Body, gaps, mask_left, own_heights, standing
from ..space.standing import foundation, leaves, standing_on, supports, tower
from ..space.sums import Sum
from ..space.window import WHOLE, lengths
from ..units import Toleranced


def gap_thickness(package: Package, chip: Chip) -> Optional[Toleranced]:
    """t1: given directly, or bump height (after reflow, from the pad) less the mask above the pad; None if not stated. Where
    mask stands under a part of the chip only, t1 over that part.

    Between two chips there is no mask, nor where its openings merge. Else on the carrier it is only known from a stack-up:
    without one there is no t1 from bumps, except on a lead frame, which has no mask.
    """
    return gaps(package, chip)[0].value if chip.has_gap and not contradicted(package, chip) else None


def without_mask(package: Package, chip: Chip, t1: Sum) -> str:
    """For a note: where ``t1``, one of ``gaps``, is, whether somebody stated or this program calculated it, and that it has no
    mask subtracted; "" where mask stands there or t1 is stated."""
    bare = chip.gap is None and mask_left(package, chip) != WHOLE and t1 in lengths(chip)
    said = f", {calculated_from(chip)}" if is_calculated(chip) else ""
    return where(chip, t1) + said + (", where the mask's openings merge and none is to be subtracted" if bare else "")


def is_calculated(chip: Chip) -> bool:
    """Whether nobody stated t1 or the bumps' height, so that this program calculated it from the volume of their solder."""
    return chip.gap is None and chip.bumps is not None and chip.bumps.is_calculated


def calculated_from(chip: Chip) -> str:
    """From what the height of its bumps was calculated."""
    return "calculated from the volume of the bumps' solder" + (" and the chip's weight" if presses(chip) else "")


def where(chip: Chip, t1: Sum) -> str:
    """Under which bumps ``t1`` is, where they have heights of their own: ``at A1 and 3 more``."""
    found, bumps = own_heights(chip), chip.bumps
    if len(found) < 2 or bumps is None or chip.gap is not None:
        return ""
    rows = next((which for more, which in found if more == t1.plus), ())
    return f" at {sites_said([bumps.sites.names[i] for i in rows])}" if rows else ""


def sites_said(names: Sequence[str]) -> str:
    """A few sites by name, and how many more there are."""
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1:,} more"


def gap_left_by_bumps(package: Package, chip: Chip) -> Optional[Toleranced]:
    """The gap as bumps leave it where it is thickest: their height, on the carrier less the mask above the pads where that is
    known and its openings do not merge; else None."""
    height = lengths(chip)[-1].value
    if height is None or chip.lands_inside or mask_left(package, chip) != WHOLE:
        return height
    mask = standing.mask_above_pads(package, chip.is_far).value
    return height if mask is None else height - mask


def contradicted(package: Package, chip: Chip) -> bool:
    """Whether the stated gap is larger than the bumps leave it at any tolerance, so that neither tells t1."""
    left = gap_left_by_bumps(package, chip) if chip.gap is not None else None
    return chip.gap is not None and left is not None and chip.gap.low > left.high


def joint(package: Package, chip: Chip) -> Optional[Toleranced]:
    """What lies between a chip and what it stands on: t1 under a flip chip, die attach under a face-up one."""
    return standing.joint(package, chip).value


def bottom(package: Package, chip: Chip) -> Optional[Toleranced]:
    """Height of a chip's underside."""
    return standing.bottom(package, chip).value


def top(package: Package, chip: Chip) -> Optional[Toleranced]:
    """Height of a chip's upper side."""
    return standing.top(package, chip).value


def overhead(package: Package, chip: Chip) -> Optional[Toleranced]:
    """Height of what is above a chip: the underside of the lowest chip over its plan, else the mold cap."""
    own = top(package, chip)
    over = [one for one in package.chips
            if one is not chip and one.is_far == chip.is_far and overlap_area(one.outline, chip.outline)]
    above = {one.name: bottom(package, one) for one in over}
    if own is None or any(above.get(one.name, own) is None for one in standing_on(package, chip)):
        return None
    higher = [one for one in above.values() if one is not None and one.nominal >= own.nominal]
    if higher:
        return min(higher, key=lambda one: one.nominal)
    roofs = [roof.value for _, roof in space.roofs(package, chip.outline, chip.is_far)]
    return min((roof for roof in roofs if roof is not None), key=lambda one: one.nominal, default=None)


def room_between(package: Package, lower: Chip, upper: Chip) -> Optional[Toleranced]:
    """From the top of one chip up to the underside of another, negative where they share heights; None if not known.

    What both stand on counts for neither, so that its tolerances do not either.
    """
    under, over = standing.top(package, lower), standing.bottom(package, upper)
    return None if under.lacks or over.lacks else (over - under).value


def z_ranges_meet(package: Package, one: Chip, other: Chip) -> Optional[bool]:
    """Whether two chips share any height, also at their tolerances; None where that is not known.

    What stands in one tower never does: each chip lies on, and not in, the one below it.
    """
    if other in tower(package, one) or one in tower(package, other):
        return False
    low, high, other_low, other_high = bottom(package, one), top(package, one), bottom(package, other), top(package, other)
    if low is None or high is None or other_low is None or other_high is None:
        return None
    return low.low < other_high.high and other_low.low < high.high


def shares_height(one: Body, other: Body) -> bool:
    """Whether two bodies share any height, also at their tolerances, or may for all that is known; not where one ends at most
    where the other begins."""
    rooms = [(one.bottom - other.top).value, (other.bottom - one.top).value]
    return not any(room is not None and room.low >= 0 for room in rooms)


__all__ = ["bottom", "contradicted", "foundation", "gap_left_by_bumps", "gap_thickness", "is_calculated", "joint",
           "leaves", "overhead", "room_between", "shares_height", "sites_said", "standing_on", "supports", "top",
           "tower", "where", "without_mask", "z_ranges_meet"]
