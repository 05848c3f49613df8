"""Bumps and balls as crowds: arrays, of which a hundred thousand cost no more than one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Optional, Union

import numpy as np

from ..arrays import IntArray, Sites
from ..geometry.oblongs import Oblongs
from ..package import FAR_SIDE, Balls, Bumps, Chip, Package, keys
from ..package.site_lands import in_plan, top_land_sizes
from ..package.soldered import bare_sites
from ..shapes import Outline
from ..units import Toleranced
from .bodies import carrier_thickness, from_far_side
from .body import UPPER, Body
from .standing import ball_length, bottom, bump_length, joint, own_heights
from .sums import LEVEL, NOTHING, Height, Sum, one

BUMPS, BALLS, VIAS, UPPER_BALLS = "bumps", "balls", "vias", "upper balls"


@dataclass(frozen=True, eq=False, repr=False)
class Crowd:
    """Many bodies of one kind and height: centres ``xy`` (n, 2) and ``diameters`` (n) in nm, 0 where not stated; ``shapes`` in
    plan where some are oblong, with their diameter for length. ``rod``: as wide at both ends as between, no part of a sphere.
    Of pillars ``copper`` is from where to where they are of copper, the rest is solder; of balls ``core`` is the diameter in nm
    of the core that stands on their lower end, 0 for none.

    ``rows`` (n) are their places among all sites of their part, of which several crowds may have some.
    """

    kind: str
    key: str
    names: tuple[str, ...]
    xy: IntArray
    diameters: IntArray
    bottom: Height
    top: Height
    material: str = ""
    rows: IntArray = field(default_factory=lambda: np.zeros(0, np.int64))
    shapes: Optional[Oblongs] = None
    rod: bool = False
    copper: Optional[tuple[Height, Height]] = None
    core: int = 0
    core_material: str = ""

    def outline(self, i: int) -> Optional[Outline]:
        """That of one which is oblong; None of a round one."""
        return self.shapes.outline(i) if self.shapes is not None else None


@lru_cache(maxsize=4)
def crowds(package: Package) -> tuple[Crowd, ...]:
    """The bumps of every chip that has some, those of each height for themselves, then the balls of either side.

    Bumps hang from their chip's active surface and are as long as somebody stated, else as the gap: whether they reach what
    they should land on is the matter of who asks. Balls on the far side stand below the carrier by their standoff.
    """
    return (*(crowd for chip in package.chips for crowd in _bumps(package, chip)), *_balls(package), *upper_joints(package))


def _bumps(package: Package, chip: Chip) -> Iterator[Crowd]:
    bumps, upper = chip.bumps, bottom(package, chip)
    if bumps is None or not len(bumps.sites):
        return
    usual, widths = bump_length(chip), _widths(bumps.sites, bumps.diameter)
    shapes = in_plan(chip, widths)
    for more, listed in own_heights(chip):
        rows = np.arange(len(listed)) if isinstance(listed, range) else np.array(listed, np.int64)
        length = joint(package, chip) if usual.lacks else usual + Sum((), more)
        names = bumps.sites.names if len(rows) == len(bumps.sites) else tuple(bumps.sites.names[i] for i in listed)
        lower = Height(tuple(each - length for each in upper.sums))
        low, high = (from_far_side(package, one) for one in (upper, lower)) if chip.is_far else (lower, upper)
        copper = _copper(bumps, keys.bumps(chip.name), (lower, upper))
        if copper is not None and chip.is_far:
            copper = from_far_side(package, copper[1]), from_far_side(package, copper[0])
        yield Crowd(kind=BUMPS, key=keys.bumps(chip.name), names=names, xy=bumps.sites.xy[rows], diameters=widths[rows],
                    bottom=low, top=high, material=bumps.alloy, rows=rows,
                    shapes=None if shapes.are_round else Oblongs(
                        shapes.xy[rows], shapes.length[rows], shapes.width[rows], shapes.angle[rows]),
                    rod=bumps.pillar is not None, copper=copper)


def _copper(of: Union[Bumps, Balls], key: str, ends: tuple[Height, Height], upwards: bool = False
            ) -> Optional[tuple[Height, Height]]:
    """From where to where pillars between these ends are of copper: all that their solder cap leaves, or where that is not
    stated as much as it is said to be high. The cap is at the lower end, of pillars that stand ``upwards`` at the upper one."""
    low, high = ends
    if of.pillar is None:
        return None
    if of.solder_cap is not None:
        cap = one(keys.within(key, "solder_cap"), of.solder_cap)
        return (low, Height(tuple(each - cap for each in high.sums))) if upwards else (low + cap, high)
    copper = one(keys.within(key, "pillar"), of.pillar)
    return (low, low + copper) if upwards else (Height(tuple(each - copper for each in high.sums)), high)


def _balls(package: Package) -> Iterator[Crowd]:
    balls = package.balls
    if balls is None or balls.are_lands:
        return
    sides, widths, is_bare = np.array(balls.sides), _widths(balls.sites, balls.diameter), bare_sites(balls)
    length = ball_length(balls)
    for side in sorted(set(balls.sides)):
        of_it = np.flatnonzero((sides == side) & ~is_bare)
        if not len(of_it):
            continue
        floor = NOTHING - carrier_thickness(package) if side == FAR_SIDE else length
        ends = Height((floor - length,)), Height((floor,))
        yield Crowd(kind=BALLS, key=keys.BALLS, names=tuple(balls.sites.names[i] for i in of_it.tolist()),
                    xy=balls.sites.xy[of_it], diameters=widths[of_it], bottom=ends[0],
                    top=ends[1], material=balls.alloy, rows=of_it, rod=balls.are_pillars,
                    copper=_copper(balls, keys.BALLS, ends, side != FAR_SIDE) if balls.are_pillars else None,
                    core=balls.core.nominal if balls.core is not None and not balls.are_pillars else 0,
                    core_material=balls.core_material)


def upper_joints(package: Package) -> Iterator[Crowd]:
    """What stands on the lands for an upper package: the solder in vias through the mold, then the upper package's balls."""
    lands = package.top_lands
    if lands is None or not len(lands.sites):
        return
    fill = one(f"{keys.TOP_LANDS}.via_fill", lands.via_fill) if lands.via is not None else NOTHING
    floor, wide_lands = LEVEL + fill, top_land_sizes(lands)[0]
    for kind, wide, low, high in (
            (VIAS, wide_lands, LEVEL, floor),
            (UPPER_BALLS, np.full(len(wide_lands), lands.via.nominal, np.int64) if lands.via is not None else wide_lands, floor,
             floor + one(f"{keys.TOP_LANDS}.ball_height", lands.ball_height))):
        if low != high:
            yield Crowd(kind=kind, key=keys.TOP_LANDS, names=lands.sites.names, xy=lands.sites.xy,
                        diameters=wide, bottom=low, top=high,
                        rows=np.arange(len(lands.sites)))


def upper_package(package: Package) -> Optional[Body]:
    """The upper package without its balls, on which it stands; None where its outline is not known."""
    lands = package.top_lands
    outline = lands.upper_outline if lands is not None else None
    if lands is None or outline is None:
        return None
    fill = one(f"{keys.TOP_LANDS}.via_fill", lands.via_fill) if lands.via is not None else NOTHING
    floor = LEVEL + fill + one(f"{keys.TOP_LANDS}.ball_height", lands.ball_height)
    return Body(UPPER, keys.UPPER, outline, floor, floor + one(f"{keys.UPPER}.thickness", lands.upper_thickness))


def _widths(sites: Sites, diameter: Optional[Toleranced]) -> IntArray:
    stated = diameter.nominal if diameter is not None else 0
    if sites.diameters is None:
        return np.full(len(sites), stated, np.int64)
    return np.where(sites.diameters > 0, sites.diameters, stated)
