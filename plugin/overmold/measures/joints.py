"""Opens and shorts, joint by joint: bond pads that bear nothing, solder with a net on one side only, lands that touch."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from ..arrays import IntArray
from ..metal import BOND_PAD, BUMP, NO_NET, TERMINAL, TOUCH, Metal, half_joints, metal_of, nets_apart, untouched_pads
from ..package import Package, keys
from ..units import COUNT
from . import Measured, exact, measure
from .crowds import MOST


@measure(COUNT)
def joints_at_bond_pad(package: Package) -> Measured:
    """How many wires and bumps every bond pad with a net bears; told one by one where that is none."""
    metal = metal_of(package)
    pieces = metal.pieces
    bare = untouched_pads(metal)

    def said(pad: int) -> str:
        return f"{pieces.name(pad)} {pieces.net_name(pad)}"

    yield from _each(metal, bare.tolist(), 0, lambda pad: (pad,), said)
    for number, chip in enumerate(package.chips):
        pads = pieces.numbers(BOND_PAD, number)
        rest = int((pieces.net[pads] > 0).sum()) - int(np.isin(bare, pads).sum())
        if rest:
            yield exact((chip.key,), 1, chip.at, f"{chip.name}: {rest:,} bond pads bear a wire or a bump")


@measure(COUNT)
def nets_missing_at_solder(package: Package) -> Measured:
    """How many sides of every solder joint between a bump and a bond pad, lead or die attach pad lack the net that the other
    side has; joints of a bump with the carrier's own pad are sound by construction.

    A bump without a net on a lead whose net comes from elsewhere, or on the die attach pad, is no fault.
    """
    metal = metal_of(package)
    pieces, joints = metal.pieces, metal.joints
    half = half_joints(metal)
    half = half[pieces.kind[joints.one[half]] != TERMINAL]
    yield from _each_joint(metal, half, 1, "on")
    for number, chip in enumerate(package.chips):
        bumps = pieces.numbers(BUMP, number)
        landed = int((joints.under[bumps] >= 0).sum()) if chip.on or pieces.outlines else 0
        rest = landed - int(np.isin(joints.one[half], bumps).sum())
        if rest:
            yield exact((chip.key,), 0, chip.at, f"{chip.name}: {rest:,} bumps")


@measure(COUNT)
def nets_on_touching_lands(package: Package) -> Measured:
    """How many nets meet where two lands of the carrier touch: pads under bumps, fingers, lands of passives and balls; of a
    frame its leads and die attach pad. What is on no net counts as a net of its own."""
    metal = metal_of(package)
    pieces, joints = metal.pieces, metal.joints
    touch = np.flatnonzero(joints.kind == TOUCH)
    short = touch[~joints.sound(pieces.net)[touch]]
    yield from _each_joint(metal, short, 2, "and")
    lands = int((pieces.side >= 0).sum())
    if lands and not len(short):
        yield exact(("carrier",), 1, note=f"{lands:,} lands")
    elif len(touch) and not len(short):
        yield exact((keys.FRAME,), 1, note=f"{len(touch):,} places where leads are one piece of metal")


@measure(COUNT)
def islands_of_net(package: Package) -> Measured:
    """Into how many islands of metal every net falls that neither solder, wire, carrier copper nor a chip joins. Balls and
    leads count as one, for the customer's board joins them; islands with a loose end are told where that is."""
    metal = metal_of(package)
    pieces = metal.pieces
    apart = nets_apart(metal)
    for net, islands in apart.items():
        first = [int(island[0]) for island in islands]
        said = " and ".join(f"{pieces.name(one)}{f' with {len(island) - 1:,} more' * (len(island) > 1)}"
                            for one, island in zip(first, islands))
        where = tuple(dict.fromkeys(pieces.key(one) for one in reversed(first)))
        yield exact(where, len(islands), pieces.at(first[-1]), f"{net}: {said}")
    rest = len(pieces.nets) - 1 - len(apart)
    if rest > 0:
        yield exact(("carrier",), 1, note=f"{rest:,} nets")


def nets_where_bumps_land(package: Package, kinds: tuple[int, ...]) -> Measured:
    """How many nets meet at each bump that lands on metal of these kinds; bumps without a net or on metal without one count
    for one. Those of two are told one by one, the others of a chip together."""
    metal = metal_of(package)
    pieces, joints = metal.pieces, metal.joints
    landed = np.flatnonzero((pieces.kind[joints.one] == BUMP) & np.isin(pieces.kind[joints.other], kinds))
    one, other = joints.one[landed], joints.other[landed]
    wrong = (pieces.net[one] != pieces.net[other]) & (pieces.net[one] != NO_NET) & (pieces.net[other] != NO_NET)
    yield from _each_joint(metal, landed[wrong], 2, "on")
    for number, chip in enumerate(package.chips):
        if (~wrong[pieces.part[one] == number]).any():
            yield exact((chip.key,), 1, chip.at, f"{chip.name}: the other bumps")


def _each_joint(metal: Metal, faults: IntArray, value: int, word: str) -> Measured:
    """A reading for each of these joints: its two pieces with their nets, and ``word`` between them."""
    pieces, joints = metal.pieces, metal.joints

    def pair(k: int) -> tuple[int, int]:
        return int(joints.one[k]), int(joints.other[k])

    def said(k: int) -> str:
        return f" {word} ".join(f"{pieces.name(one)} {pieces.net_name(one) or '(no net)'}" for one in pair(k))

    yield from _each(metal, faults.tolist(), value, pair, said)


def _each(metal: Metal, faults: Sequence[int], value: int, pieces: Callable[[int], tuple[int, ...]],
          said: Callable[[int], str]) -> Measured:
    """A reading for each fault, of which ``MOST`` are told; the first says how many there are."""
    many = f", one of {len(faults):,} of which {MOST:,} are told" if len(faults) > MOST else ""
    for fault in faults[:MOST]:
        found = pieces(fault)
        where = tuple(dict.fromkeys(metal.pieces.key(one) for one in found))
        yield exact(where, value, metal.pieces.at(found[0]), said(fault) + many)
        many = ""
