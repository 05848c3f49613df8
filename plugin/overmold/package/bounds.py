"""How large and how many anything of a package may be: one table for the package file, the board, and what writes them.

What a kind of quantity may measure stands with it in ``units.Kind`` (``least``, ``largest``). All else stands here. Whatever
keeps to this can be built, and the board built from it keeps to it too.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..arrays import IntArray
from ..shapes import Box, Point
from ..units import ANGLE, LENGTH, show
from . import Package, keys
from .carrier import MOST_ON_STRIP
from .chip import MOST_TIERS
from .mold import STEEPEST
from .site_lands import ball_lands, bump_lands, top_land_sizes

# From the carrier's centre: a panel of 600 mm, the largest that there is. On a board a part's own drawing then stays within
# twice that of its origin, and the board within a metre of the sheet's corner.
REACH = 300_000_000
MOST_FINGERS = 100_000
MOST_LEADS = 1_000  # a side

__all__ = ["MOST_FINGERS", "MOST_LEADS", "MOST_ON_STRIP", "MOST_TIERS", "REACH", "too_far"]
_Extent = tuple[str, Box]


def too_far(package: Package) -> Iterator[tuple[str, str]]:
    """Key and message of everything that reaches farther than ``REACH`` from the package's middle, copper included, and of
    walls that lean too far."""
    yield from _too_slanted(package)
    x, y = _middle(package)
    told: set[str] = set()
    for key, (left, top, right, bottom) in _extents(package):
        reach = max(x - left, y - top, right - x, bottom - y)
        if reach > REACH and key not in told:
            told.add(key)
            yield key, (f"this reaches {show(reach, LENGTH)} from the middle of the package, and {show(REACH, LENGTH)} is the "
                        "most; look at its place and its size")


def _too_slanted(package: Package) -> Iterator[tuple[str, str]]:
    walls = [("mold", package.mold.draft), *((one.key, one.draft) for one in package.mold.regions)] if package.mold else []
    for key, draft in walls:
        if draft > STEEPEST:
            yield keys.within(key, "draft"), (
                f"a wall of mold leans inwards by {show(STEEPEST, ANGLE)} at most, and this says {show(draft, ANGLE)}; it is "
                "counted from the upright, so that 8 deg is usual")


def _middle(package: Package) -> Point:
    """Where a package file has its origin: the carrier's centre; without a carrier that of a chip, else of all there is."""
    if package.carrier is not None:
        return package.carrier.outline.centre
    if package.chips:
        return package.chips[0].at
    boxes = np.array([box for _, box in _extents(package)], np.int64).reshape(-1, 4)
    if not len(boxes):
        return 0, 0
    (left, top), (right, bottom) = boxes[:, :2].min(axis=0).tolist(), boxes[:, 2:].max(axis=0).tolist()
    return (left + right) // 2, (top + bottom) // 2


def _extents(package: Package) -> Iterator[_Extent]:
    if package.carrier is not None:
        yield "carrier", package.carrier.outline.box
        yield from ((finger.key, finger.outline.box) for finger in package.carrier.fingers)
        yield from ((keys.FRAME, lead.outline.box) for lead in (package.carrier.frame.leads if package.carrier.frame else ()))
    for chip in package.chips:
        yield chip.key, chip.outline.box
        if chip.bumps is not None and len(chip.bumps.sites):
            yield keys.bumps(chip.name), _around(chip.bumps.sites.xy, *bump_lands(chip.bumps))
        if chip.pads is not None and len(chip.pads.sites):
            yield keys.pads(chip.name), _around(chip.pads.sites.xy, np.full(len(chip.pads.sites), chip.pads.size, np.int64))
    for part in package.passives:
        yield part.key, part.outline.box
        spots, sizes = ([one.at for one in part.terminals], [max(one.size) for one in part.terminals])
        if spots:
            yield part.key, _around(np.array(spots, np.int64), np.array(sizes, np.int64))
    if package.mold is not None:
        yield "mold.outline", package.mold.outline.box
        yield from ((region.key, region.outline.box) for region in package.mold.regions)
        if package.mold.area is not None:
            yield "mold.area", package.mold.area.box
    if package.balls is not None and len(package.balls.sites):
        yield "balls", _around(package.balls.sites.xy, *ball_lands(package.balls))
    yield from ((one.key, one.outline.box) for one in package.keep_outs)
    yield from ((one.key, one.outline.box) for one in package.cavities)
    if package.top_lands is not None and len(package.top_lands.sites):
        yield keys.TOP_LANDS, _around(package.top_lands.sites.xy, top_land_sizes(package.top_lands)[0])
    for wire in package.wires:
        (ax, ay), (bx, by) = wire.from_at, wire.to_at
        yield wire.key, (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _around(xy: IntArray, *widths: IntArray) -> Box:
    half = np.maximum.reduce(widths)[:, None] // 2
    (left, top), (right, bottom) = (xy - half).min(axis=0).tolist(), (xy + half).max(axis=0).tolist()
    return left, top, right, bottom
