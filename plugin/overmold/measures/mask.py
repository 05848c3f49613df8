"""The mask that is left between openings of several kinds: over pads of chips, lands of passives, fingers, lands of balls."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..geometry.shape_gaps import Shapes, shapes_apart, shapes_between, shapes_nearer_than
from ..metal import BALL, CARRIER_PAD, FINGER, TERMINAL, TOP_LAND, Pieces, metal_of
from ..package import Package
from ..package.site_lands import ball_lands, bump_lands, in_plan, top_land_sizes
from ..units import LENGTH, show
from . import Measured, Reading, exact, measure
from .crowds import MOST

_Wanted = Callable[[IntArray, IntArray, IntArray], NDArray[np.bool_]]
_Sides = Sequence[tuple[IntArray, IntArray]]  # numbers of openings: of each pair one is of the first, one of the second
_FARTHEST, _ASKED, _NEAREST = 3_000_000_000, 16, 32


class _Openings(NamedTuple):
    """Pieces of metal (numbers) on one side of the carrier that the mask leaves free, as wide as the openings over them."""

    pieces: Pieces
    which: IntArray
    shapes: Shapes


def openings(package: Package, side: int) -> _Openings:
    """The openings of a side (0: the chips'); over fingers and passives as wide as the land. None on a lead frame."""
    pieces = metal_of(package).pieces
    width = pieces.size.copy()
    for number, chip in enumerate(package.chips):
        pads = pieces.numbers(CARRIER_PAD, number)
        if chip.bumps is not None and len(pads):
            open_ones = in_plan(chip, bump_lands(chip.bumps)[1])
            width[pads] = np.stack((open_ones.length, open_ones.width), axis=1)
    if package.balls is not None:
        width[pieces.numbers(BALL)] = ball_lands(package.balls)[1][:, None]
    if package.top_lands is not None:
        width[pieces.numbers(TOP_LAND)] = top_land_sizes(package.top_lands)[1][:, None]
    if package.carrier is not None:
        width[pieces.numbers(FINGER)] *= np.array([[one.opening] for one in package.carrier.fingers], np.int64).reshape(-1, 1)
    which = np.flatnonzero((pieces.side == side) & (width > 0).all(axis=1))
    return _Openings(pieces, which, Shapes(pieces.xy[which], width[which], pieces.angle[which], pieces.is_round[which]))


def webs_between_kinds(package: Package, horizon: int) -> Iterator[Reading]:
    """The webs between openings over different parts, each passive a part: all narrower than ``horizon``, else the narrowest
    that a finger or passive has.

    Lands of fingers and passives that touch are one piece of copper, of which ``nets_on_touching_lands`` tells: no mask is due
    between them.
    """
    for side in (0, 1):
        found = openings(package, side)
        kind, part = found.pieces.kind[found.which], found.pieces.part[found.which]
        as_wide_as_land = np.isin(kind, (FINGER, TERMINAL))

        def is_told(i: IntArray, j: IntArray, apart: IntArray, kind: IntArray = kind, part: IntArray = part,
                    bare: NDArray[np.bool_] = as_wide_as_land) -> NDArray[np.bool_]:
            told: NDArray[np.bool_] = (kind[i] != kind[j]) | (part[i] != part[j])
            return told & ((apart > 0) | ~bare[i] | ~bare[j])

        fingers, terminals = np.flatnonzero(kind == FINGER), np.flatnonzero(kind == TERMINAL)
        seeking = ((fingers, np.flatnonzero(kind != FINGER)), (terminals, np.flatnonzero(kind != TERMINAL)),
                   (terminals, terminals))
        yield from _told(found, is_told, seeking, horizon)


@measure(LENGTH, in_plan=True)
def mask_between_fingers(package: Package, horizon: int = 0) -> Measured:
    """Width of the mask that is left between neighbouring bond fingers, each with an opening of its own as wide as it is.
    Fingers that touch or that the mask covers are left out, and leads of a frame, which has none."""
    if package.carrier is None or package.carrier.frame is not None or not package.carrier.fingers:
        return
    found = openings(package, 0)
    fingers = np.flatnonzero(found.pieces.kind[found.which] == FINGER)
    own = _Openings(found.pieces, found.which[fingers], found.shapes.some(fingers))
    every = np.arange(len(fingers))
    yield from _told(own, lambda i, j, apart: (i != j) & (apart > 0), ((every, every),), horizon)


def _told(found: _Openings, is_told: _Wanted, seeking: _Sides, horizon: int) -> Iterator[Reading]:
    """The pairs of which ``is_told`` that are nearer than ``horizon`` as readings; where there are none, the nearest of an
    opening and another one that ``seeking`` has on two sides: crowds of which no pair is told are not looked through."""
    i, j, apart = shapes_nearer_than(found.shapes, horizon)
    keep = is_told(i, j, apart)
    sides = [] if keep.any() else [(ones, others) for ones, others in seeking if len(ones) and len(others)]
    within = min((_some_distance(found.shapes, is_told, *side) for side in sides), default=_FARTHEST) + 1
    if within <= _FARTHEST:
        near = [shapes_between(found.shapes, ones, others, within) for ones, others in sides]
        i, j, apart = (np.concatenate(columns) for columns in zip(*near))
        keep = is_told(i, j, apart)
    i, j, apart = i[keep], j[keep], apart[keep]
    order = np.argsort(apart, kind="stable")
    count = int((apart < horizon).sum())
    many = f", one of {count:,} pairs nearer than {show(horizon, LENGTH)}" if count > MOST else ""
    for k in order[:min(max(count, 1), MOST)].tolist():
        one, other = int(found.which[i[k]]), int(found.which[j[k]])
        (x, y), (u, v) = found.pieces.at(one), found.pieces.at(other)
        yield exact((found.pieces.key(one), found.pieces.key(other)), int(apart[k]), ((x + u) // 2, (y + v) // 2),
                    f"{found.pieces.name(one)} to {found.pieces.name(other)}{many}")


def _some_distance(shapes: Shapes, is_told: _Wanted, ones: IntArray, others: IntArray) -> int:
    """How near a told pair is that is nearly the nearest, in nm: that of some of ``ones`` with those that lie about them."""
    spread = ones[::max(1, len(ones) // _ASKED)]
    for asked in (spread, *(ones[start:start + _ASKED] for start in range(0, len(ones), _ASKED))):
        way = shapes.xy[others] - shapes.xy[asked][:, None]
        squared = way[..., 0] * way[..., 0] + way[..., 1] * way[..., 1]
        near = min(_NEAREST, len(others))
        j = others[np.argpartition(squared, near - 1)[:, :near]].ravel()
        i = asked.repeat(near)
        i, j = i[i != j], j[i != j]
        apart = shapes_apart(shapes, i, j)
        told = apart[is_told(i, j, apart)]
        if len(told):
            return int(told.min())
    return _FARTHEST
