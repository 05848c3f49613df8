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
from ..geometry.circles import pairs_nearer_than
from ..package import Bumps, Chip, Package
from ..package.site_lands import bump_lands
from ..shapes import ROUNDING, distinct
from ..units import Toleranced
from .standing import bump_length, floor_of, joint
from .sums import Height, Sum

WHOLE, PARTLY, GONE = "whole", "partly", "gone"


def mask_left(package: Package, chip: Chip) -> str:
    """``GONE`` where the opening of every bump's pad merges with another's, ``PARTLY`` where some do, ``WHOLE`` where none
    does or there are no openings in the carrier's mask under the chip."""
    return _left(package).get(chip.name, WHOLE)


@lru_cache(maxsize=4)
def _left(package: Package) -> Mapping[str, str]:
    carrier = package.carrier
    if carrier is None or carrier.frame is not None or (carrier.stackup and carrier.stackup[0].kind != "mask"):
        return {}
    found: dict[str, str] = {}
    for chip in package.chips:
        if chip.bumps is not None and len(chip.bumps.sites) and not chip.lands_inside:
            bumps = chip.bumps
            found[chip.name] = _between(bumps.sites, bumps.diameter if bumps.sites.diameters is not None else None, bumps.pad,
                                        bumps.opening)
    return found


@lru_cache(maxsize=16)
def _between(sites: Sites, diameter: Optional[Toleranced], pad: int, opening: int) -> str:
    """What is left between sites of these lands: the same for all packages that differ in their heights."""
    wide = bump_lands(Bumps(sites, (), diameter, None, pad=pad, opening=opening))[1]
    open_ones = np.flatnonzero(wide > 0)
    # A web of a few nanometres is none; a turn of the package may leave as much by rounding.
    i, j, _ = pairs_nearer_than(sites.xy[open_ones], wide[open_ones], ROUNDING + 1)
    merged = len(distinct(np.concatenate((i, j))))
    return WHOLE if not merged else GONE if merged == len(wide) else PARTLY


def gaps(package: Package, chip: Chip) -> tuple[Sum, ...]:
    """t1 of a flip chip, the thinner first: one sum, or two where mask stands under a part of the chip only.

    As stated, else the bumps' height less the mask between them: none where the openings merge, and on chips and frames.
    """
    down_to_mask = joint(package, chip)
    left = mask_left(package, chip)
    down_to_pads = bump_length(chip)
    if left == WHOLE or chip.gap is not None or not chip.has_gap or down_to_pads.lacks:
        return (down_to_mask,)
    return (down_to_pads,) if left == GONE else (down_to_mask, down_to_pads)


def floor_under(package: Package, chip: Chip) -> Height:
    """Height of the carrier's surface in the thinner gap under a flip chip: the mask's top, lower where no mask is left."""
    base = floor_of(chip)
    return base + (joint(package, chip) - gaps(package, chip)[0]) if chip.has_gap else base


__all__ = ["GONE", "PARTLY", "WHOLE", "floor_under", "gaps", "mask_left"]
