"""Whether the carrier's mask stands under a chip: where openings over neighbouring pads merge, none is left between bumps.

The height of a chip does not depend on it, for heights are counted from the mask's top beside the chip; the thickness of
the gap under the chip does: it reaches down to where the pads are.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Optional

import numpy as np

from ..arrays import Sites
from ..geometry.oblongs import Oblongs, pairs_nearer_than
from ..package import Bumps, Chip, Package
from ..package.site_lands import bump_lands, turned_in_plan
from ..shapes import ROUNDING, distinct
from ..units import Toleranced
from .pockets import cavity_floor
from .standing import bump_length, joint, mask_above_pads, own_heights
from .sums import Height, Sum

_Shape = tuple[Optional[Toleranced], Optional[Toleranced], int, int]
WHOLE, PARTLY, GONE = "whole", "partly", "gone"


def mask_left(package: Package, chip: Chip) -> str:
    """``GONE`` where the opening of every bump's pad merges with another's, ``PARTLY`` where some do, ``WHOLE`` where none
    does or there are no openings in the carrier's mask under the chip."""
    return _left(package).get(chip.name, WHOLE)


@lru_cache(maxsize=4)
def _left(package: Package) -> Mapping[str, str]:
    carrier = package.carrier
    if carrier is None or carrier.frame is not None:
        return {}
    found: dict[str, str] = {}
    for chip in package.chips:
        if carrier.stackup and carrier.stackup[-1 if chip.is_far else 0].kind != "mask":
            continue
        if chip.bumps is not None and len(chip.bumps.sites) and not chip.lands_inside:
            bumps = chip.bumps
            shape = (bumps.diameter, bumps.width, bumps.turn, chip.angle) if bumps.is_oblong else (
                bumps.diameter if bumps.sites.diameters is not None else None, None, 0, 0)
            found[chip.name] = _between(bumps.sites, shape, bumps.pad, bumps.opening)
    return found


@lru_cache(maxsize=16)
def _between(sites: Sites, shape: _Shape, pad: int, opening: int) -> str:
    """What is left between sites of these lands: the same for all packages that differ in their heights. ``shape``: diameter,
    width and turn of the bumps, and how their chip is turned."""
    diameter, width, turn, angle = shape
    bumps = Bumps(sites, (), diameter, None, pad=pad, opening=opening, width=width, turn=turn)
    wide = bump_lands(bumps)[1]
    open_ones = np.flatnonzero(wide > 0)
    over = turned_in_plan(bumps, angle, wide)
    some = Oblongs(*(one[open_ones] for one in (over.xy, over.length, over.width, over.angle)))
    # A web of a few nanometres is none; a turn of the package may leave as much by rounding.
    i, j, _ = pairs_nearer_than(some, ROUNDING + 1)
    merged = len(distinct(np.concatenate((i, j))))
    return WHOLE if not merged else GONE if merged == len(wide) else PARTLY


def gaps(package: Package, chip: Chip) -> tuple[Sum, ...]:
    """t1 of a flip chip, the thinner first: one sum, or two where mask stands under a part of the chip only, and as many more
    where bumps have heights of their own: each is t1 where they stand.

    As stated, else the bumps' height less the mask between them: none where the openings merge, and on chips and frames.
    """
    left = mask_left(package, chip)
    if chip.gap is not None or not chip.has_gap or bump_length(chip).lacks:
        return (joint(package, chip),)
    down_to_pads = lengths(chip)
    if left == GONE or chip.lands_inside:
        return down_to_pads
    mask = mask_above_pads(package, chip.is_far)
    down_to_mask = tuple(each - mask for each in down_to_pads)
    if left == WHOLE:
        return down_to_mask
    found = (*down_to_mask, *down_to_pads)
    return tuple(sorted(found, key=lambda each: each.value.nominal if each.value is not None else 0))


def lengths(chip: Chip) -> tuple[Sum, ...]:
    """The heights of its bumps, from their pads, the lowest first: one, or as many as its bumps have heights of their own."""
    return tuple(bump_length(chip) + Sum((), more) for more, _ in own_heights(chip))


def floor_under(package: Package, chip: Chip) -> Height:
    """Height of the carrier's surface in the thinner gap under a flip chip: the mask's top, lower where no mask is left."""
    base = cavity_floor(package, chip)
    return base + (joint(package, chip) - gaps(package, chip)[0]) if chip.has_gap else base


__all__ = ["WHOLE", "floor_under", "gaps", "lengths", "mask_left"]
