"""Where the bumps of a chip on a chip land, and which bond pads lie buried under a chip."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple, Optional

import numpy as np

from ..arrays import IntArray
from ..geometry.circles import clearance_inside, pairs_between
from ..metal import BOND_PAD
from ..package import BondPads, Bumps, Chip, Package, keys
from ..shapes import ROUNDING, Point
from ..units import COUNT, LENGTH, RATIO, show
from . import Measured, Reading, Unmeasured, exact, measure
from .joints import nets_where_bumps_land
from .levels import room_between, supports, top
from .missing import missing_for_bottom, missing_for_top
from .neighbours import touching


class Landing(NamedTuple):
    """The bumps of ``chip`` over the pads of ``lower``: of each its number, its nearest pad (-1: none as near as a pad is
    wide), and the distance of the centres in nm."""

    chip: Chip
    lower: Chip
    bumps: Bumps
    pads: BondPads
    bump: IntArray
    pad: IntArray
    offset: IntArray


def bumped_on_chips(package: Package) -> Iterator[tuple[Chip, Bumps, tuple[Chip, ...]]]:
    """Chips whose bumps sit on chips, with those chips."""
    for chip in package.chips:
        under = supports(package, chip)
        if under and chip.bumps is not None and len(chip.bumps.sites):
            yield chip, chip.bumps, under


def _inside(bumps: Bumps, width: int, lower: Chip) -> IntArray:
    """How far a circle of ``width`` about every bump stays inside a chip's outline."""
    return clearance_inside(bumps.sites.xy, np.full(len(bumps.sites), width, np.int64), lower.outline)


def landed(chip: Chip, bumps: Bumps, lower: Chip, pads: BondPads) -> Landing:
    """The bumps of ``chip`` whose centre lies over ``lower``, with the nearest of its pads."""
    over = np.flatnonzero(_inside(bumps, 0, lower) >= 0)
    xy, spots = bumps.sites.xy[over], pads.sites.xy
    i, j, edge = pairs_between(xy, np.zeros(len(xy), np.int64), spots, np.zeros(len(spots), np.int64), pads.size)
    nearest = np.lexsort((edge, i))
    first = nearest[np.unique(i[nearest], return_index=True)[1]]
    pad, offset = np.full(len(over), -1, np.int64), np.full(len(over), pads.size, np.int64)
    pad[i[first]], offset[i[first]] = j[first], edge[first]
    return Landing(chip=chip, lower=lower, bumps=bumps, pads=pads, bump=over, pad=pad, offset=offset)


def landings_on_pads(package: Package) -> Iterator[Landing]:
    """Every landing where the chip below states its pads."""
    for chip, bumps, under in bumped_on_chips(package):
        for lower in under:
            if lower.pads is not None and len(lower.pads.sites):
                yield landed(chip, bumps, lower, lower.pads)


@measure(LENGTH, in_plan=True)
def bump_inside_chip_below(package: Package) -> Measured:
    """How far the lands of the bumps of every chip on a chip stay inside what it stands on, negative where they stick out."""
    for chip, bumps, under in bumped_on_chips(package):
        inside = np.stack([_inside(bumps, bumps.pad, lower) for lower in under])
        i = int(inside.max(axis=0).argmin())
        value, lower = int(inside[:, i].max()), under[int(inside[:, i].argmax())]
        many = int((inside.max(axis=0) < 0).sum())
        said = f", one of {many:,} that do not lie on it" if many > 1 else ""
        yield exact((keys.bump(chip.name, bumps.sites.names[i]), lower.key), value, bumps.sites.at(i),
                    f"{chip.name}.{bumps.sites.names[i]} on {lower.name}{said}")


@measure(RATIO, in_plan=True)
def bump_offset_to_pad_below(package: Package) -> Measured:
    """Distance of every bump's centre from the nearest pad's on the chip below, in widths of that pad; 1 where none is nearer.

    Bumps that do not lie over the chip are left out; the worst of each chip is told."""
    for chip, _, under in bumped_on_chips(package):
        for lower in under:
            if lower.pads is None or not len(lower.pads.sites):
                yield Unmeasured((keys.pads(lower.name),),
                                 f"the pads of {lower.name} under the bumps of {chip.name} are not "
                                 "stated ('pads' in the package file, the layer 'Bond pads' on the board)")
    for one in landings_on_pads(package):
        if not len(one.bump):
            continue
        k = int(one.offset.argmax())
        name = one.bumps.sites.names[int(one.bump[k])]
        below, pad = one.lower.name, int(one.pad[k])
        target = keys.end(below, one.pads.sites.names[pad]) if pad >= 0 else f"no pad of {below}"
        missed = int((one.pad < 0).sum())
        said = f", one of {missed:,} on no pad" if missed > 1 else ""
        offset = Fraction(int(one.offset[k]), one.pads.size)
        yield Reading((keys.bump(one.chip.name, name), one.lower.key), offset, offset, offset,
                      one.bumps.sites.at(int(one.bump[k])), f"{one.chip.name}.{name} on {target}{said}",
                      slack=Fraction(ROUNDING, one.pads.size))


@measure(COUNT)
def nets_at_bump_on_chip(package: Package) -> Measured:
    """How many nets meet where a bump lands on a pad of the chip below; those without a net do not count."""
    yield from nets_where_bumps_land(package, (BOND_PAD,))


@measure(LENGTH)
def room_over_buried_pads(package: Package) -> Measured:
    """Height over the bond pads of a face-up chip that have a net, lie under another chip, and bear no bump of it.

    Pads with a wire are left out: the wire's own headroom is measured."""
    wired = {end for wire in package.wires for end in (wire.start, wire.end)}
    for pair in touching(package.near_chips):
        for lower, upper in (pair, pair[::-1]):
            if not lower.faces_up or lower.pads is None or not len(lower.pads.sites):
                continue
            room = room_between(package, lower, upper)
            if room is not None and room.nominal < 0:
                continue
            buried = _buried(lower, lower.pads, upper, wired)
            if buried is None:
                continue
            if room is None:
                unknown = top(package, lower) is None
                yield missing_for_top(package, lower) if unknown else missing_for_bottom(package, upper)
                continue
            name, at, count = buried
            said = f"one of {count:,} pads" if count > 1 else "the pad"
            yield Reading((keys.pad(lower.name, name), upper.key), room.nominal, room.low, room.high, at,
                          f"{lower.name}.{name}, {said} under {upper.name}, {show(room.nominal, LENGTH)} below it")


def _buried(lower: Chip, pads: BondPads, upper: Chip, wired: set[str]) -> Optional[tuple[str, Point, int]]:
    """The first pad under ``upper`` that is to be wired and is not, where it lies, and how many there are."""
    size = np.full(len(pads.sites), pads.size, np.int64)
    under = clearance_inside(pads.sites.xy, size, upper.outline) > -pads.size
    if upper.bumps is not None and len(upper.bumps.sites) and lower.name in upper.on:
        landing = landed(upper, upper.bumps, lower, pads)
        under[landing.pad[landing.pad >= 0]] = False
    left = [k for k in np.flatnonzero(under).tolist()
            if pads.nets[k] and keys.end(lower.name, pads.sites.names[k]) not in wired]
    if not left:
        return None
    x, y = (int(value) for value in pads.sites.xy[left[0]])
    return pads.sites.names[left[0]], (x, y), len(left)
