"""How high the bumps of a chip are where nobody states it: by the volume of their solder, and the weight on it."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Optional

import numpy as np

from ..arrays import IntArray
from ..geometry.segments import height_between
from ..shapes import area
from ..units import Toleranced
from .bumps import Bumps
from .chip import Chip
from .site_lands import bump_lands, cores_of, diameters_of

# Imported where it is needed, with the polynomials of numpy: of few packages the heights are calculated.
if TYPE_CHECKING:
    from ..geometry.joints import Joint

SILICON = 2.329e-12  # ng in a cubic nanometre: 2.329 g/cm3 at 25 degC (CODATA: 8 x 28.0855 g/mol in a cell of 0.5431 nm)
_PULL = 9806.65  # nm of load for a nanogram on a surface tension of 1 uN/m, at 9.80665 m/s2
_OBLONG = 0.025  # by how much of it the height of oblong bumps may be found too low: see ``geometry.joints``
_Limit = tuple[int, float]  # what the sphere is off its nominal diameter, and the load on all bumps


def weight_of(chip: Chip) -> Optional[Toleranced]:
    """The mass on its bumps: as stated, else that of silicon of its size and thickness; None where that is not stated."""
    if chip.weight is not None or chip.thickness is None:
        return chip.weight
    of = area(chip.outline) * SILICON
    low, nominal, high = (round(of * one) for one in (chip.thickness.low, chip.thickness.nominal, chip.thickness.high))
    return Toleranced(nominal, high - nominal, nominal - low)


def presses(chip: Chip) -> bool:
    """Whether its weight counts for the height of its bumps."""
    return chip.bumps is not None and chip.bumps.surface_tension is not None


def lacks_for_height(chip: Chip) -> str:
    """What has to be stated for the height to be calculated: an attribute of ``Bumps``, ``thickness`` of the chip, ``spheres``
    of bumps with a diameter of their own; "height" where it cannot be, "" where nothing lacks."""
    bumps = chip.bumps
    if bumps is None or bumps.sphere is None:
        return "height"
    if not bumps.ubm or not bumps.pad:
        return "ubm" if not bumps.ubm else "pad"
    sites = bumps.sites
    if sites.diameters is not None and (sites.spheres is None or bool(((sites.diameters > 0) & (sites.spheres == 0)).any())):
        return "spheres"
    if presses(chip) and weight_of(chip) is None:
        return "thickness"
    return "" if height_by_volume(chip) is not None else "height"


@lru_cache(maxsize=256)
def height_by_volume(chip: Chip) -> Optional[Toleranced]:
    """Height of its bumps by the volume of their solder, each between the under-bump metal and the land, or as much of it as
    the mask leaves open, in whole nanometres and its limits rounded outwards; None where something for it is not stated or no
    height suits all of them.

    Low is with the least solder and most weight, high the other way round, and of oblong bumps as much more as the formula may
    miss.
    """
    bumps, weight = chip.bumps, weight_of(chip)
    if bumps is None or bumps.sphere is None or not bumps.ubm or not bumps.pad or not len(bumps.sites):
        return None
    sphere, tension = bumps.sphere, bumps.surface_tension
    light = heavy = usual = 0.0
    if tension is not None:
        if weight is None:
            return None
        light, usual, heavy = (_PULL * mass / max(force, 1) for mass, force in (
            (weight.low, tension.high), (weight.nominal, tension.nominal), (weight.high, tension.low)))
    found = [_at_rest(bumps, limit) for limit in ((0, usual), (-sphere.minus, heavy), (sphere.plus, light))]
    if any(one is None for one in found):
        return None
    nominal, low, high = (one for one in found if one is not None)
    high *= 1 + _OBLONG if bumps.is_oblong else 1
    return Toleranced(round(nominal), math.ceil(high) - round(nominal) if high > nominal else 0,
                      round(nominal) - math.floor(low) if low < nominal else 0)


def _at_rest(bumps: Bumps, limit: _Limit) -> Optional[float]:
    from ..geometry.joints import height_at_rest

    joints = _joints(bumps, limit[0])
    if joints is None:
        return None
    if len(joints) == 1 and not joints[0].core and not limit[1]:  # a sphere, exactly
        (one,) = joints
        return height_between((6 * one.volume / math.pi) ** (1 / 3), one.lower, one.upper)
    return height_at_rest(joints, limit[1])


def _joints(bumps: Bumps, more: int) -> Optional[tuple[Joint, ...]]:
    """The bumps by size, each of a sphere ``more`` in diameter; None where one has no solder or no lands."""
    from ..geometry.joints import Joint

    assert bumps.sphere is not None
    sites, cores = bumps.sites, cores_of(bumps)
    pads, openings = bump_lands(bumps)
    spheres = np.full(len(sites), bumps.sphere.nominal, np.int64)
    if sites.spheres is not None:
        spheres = np.where(sites.spheres > 0, sites.spheres, spheres)
    lands = np.where(openings > 0, np.minimum(pads, openings), pads) - cores
    kinds = np.stack((lands, _metals(bumps) - cores, cores, spheres + more), axis=1)
    kinds, counts = np.unique(kinds, axis=0, return_counts=True)
    if (kinds[:, (0, 1, 3)] <= 0).any():
        return None
    return tuple(Joint(lower, upper, core, math.pi * wide**3 / 6, count)
                 for (lower, upper, core, wide), count in zip(kinds.tolist(), counts.tolist()))


def _metals(bumps: Bumps) -> IntArray:
    """Under-bump metal of every bump (n): of one of its own diameter as much wider or narrower as it is itself."""
    stated = bumps.diameter.nominal if bumps.diameter is not None else 0
    if not stated:
        return np.full(len(bumps.sites), bumps.ubm, np.int64)
    found: IntArray = np.rint(bumps.ubm * diameters_of(bumps.sites, stated) / stated).astype(np.int64)
    return found


def usual_height(chip: Chip) -> Optional[int]:
    """How high, at nominal, its bumps without a height of their own are: as stated, else by pillar and cap or by the volume of
    their solder; None where it is not known."""
    bumps = chip.bumps
    if bumps is None or bumps.height is not None:
        return bumps.height.nominal if bumps is not None and bumps.height is not None else None
    if bumps.is_calculated:
        found = height_by_volume(chip)
        return found.nominal if found is not None else None
    parts = bumps.pillar, bumps.solder_cap
    return parts[0].nominal + parts[1].nominal if parts[0] is not None and parts[1] is not None else None


def moved_along(was: Chip, chip: Chip) -> Chip:
    """The chip, of whose bumps those with a height of their own are as much higher than before as all the others became: they
    are made in one bath and share a tolerance."""
    own = chip.bumps.sites.heights if chip.bumps is not None else None
    if chip.bumps is None or own is None:
        return chip
    before, now = usual_height(was), usual_height(chip)
    if before is None or now is None or before == now:
        return chip
    sites = replace(chip.bumps.sites, heights=np.where(own > 0, np.maximum(own + now - before, 1), 0))
    return replace(chip, bumps=replace(chip.bumps, sites=sites))
