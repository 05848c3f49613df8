"""The walk over metal: what hangs together, which parts each piece reaches, which joints lack a net.

Two walks: over *all* joints, which is what current does, and over *sound* joints only, whose two sides are of one net: what the
designer meant and the metal does. Both use the carrier's copper as designed: lands of one net on a substrate are joined.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..package import LEAD_FRAME, Package
from ..shapes import distinct
from .joints import SOLDER, UNKNOWN, Joints, joints_of, on_carrier
from .pieces import BALL, BOND_PAD, BUMP, CARRIER, DIE_PAD, FINGER, LEAD, NO_NET, TERMINAL, TOP_LAND, Pieces, pieces_of
from .touching import NOTHING

Pairs = tuple[IntArray, IntArray]


@dataclass(frozen=True, eq=False, repr=False)
class Metal:
    """The metal of a package and the walks over it.

    ``sound`` (n pieces) numbers the islands that sound joints and the carrier's copper make. ``is_exit`` (n) says where the
    package ends and the customer's board begins: balls, leads, die attach pad. ``parts_on`` (n) is how many parts a piece's
    sound island has, the exits together counted as one.

    ``leads_out`` (parts) says which parts reach an exit over metal, through chips and passives; where no exit has a net, which
    share the carrier's copper with another part. ``alone`` (parts) says which passives hang together with passives only: with
    no chip and no exit.
    """

    pieces: Pieces
    joints: Joints
    copper: Pairs
    sound: IntArray
    is_exit: NDArray[np.bool_]
    parts_on: IntArray
    leads_out: NDArray[np.bool_]
    alone: NDArray[np.bool_]

    @cached_property
    def all(self) -> IntArray:
        """The islands (n) that all joints make, also those where two nets meet, with the carrier's copper."""
        return joined(len(self.pieces), [(self.joints.one, self.joints.other), self.copper])

    @cached_property
    def through(self) -> IntArray:
        """The sound islands (n), joined also through chips with pads on both sides, by their nets."""
        return joined(len(self.pieces), [(np.arange(len(self.pieces)), self.sound), _through_chips(self.pieces)])


@lru_cache(maxsize=2)
def metal_of(package: Package) -> Metal:
    """All metal of ``package``, once for every reader."""
    pieces = pieces_of(package)
    joints = joints_of(package, pieces)
    copper = _carrier_copper(package, pieces)
    sound = joints.sound(pieces.net)
    islands = joined(len(pieces), [(joints.one[sound], joints.other[sound]), copper])
    is_exit = np.isin(pieces.kind, (BALL, LEAD, DIE_PAD, TOP_LAND))
    if package.carrier is not None and package.carrier.kind == LEAD_FRAME and package.carrier.frame is None:
        is_exit |= pieces.kind == FINGER  # a frame whose leads are told as fingers
    parts_on = _parts_on(pieces, islands, is_exit)
    leads_out, alone = _reach(pieces, islands, is_exit, parts_on)
    return Metal(pieces=pieces, joints=joints, copper=copper, sound=islands, is_exit=is_exit, parts_on=parts_on,
                 leads_out=leads_out, alone=alone)


def joined(count: int, pairs: list[Pairs]) -> IntArray:
    """The islands (n) that pairs of pieces make: each is called by its lowest number."""
    root: IntArray = np.arange(count)
    i, j = (np.concatenate(columns) for columns in zip(*pairs))
    while len(i):
        a, b = root[i], root[j]
        apart = a != b
        i, j, a, b = i[apart], j[apart], a[apart], b[apart]
        np.minimum.at(root, np.maximum(a, b), np.minimum(a, b))
        while True:
            next_root = root[root]
            if (next_root == root).all():
                break
            root = next_root
    return root


def _alike(which: IntArray, key: IntArray) -> Pairs:
    """Pairs that join each of these pieces to the first one with the same key."""
    _, first, back = np.unique(key, return_index=True, return_inverse=True)
    return which, which[first[back.reshape(-1)]]


def _carrier_copper(package: Package, pieces: Pieces) -> Pairs:
    """Lands of one net on the carrier; the leads of a frame are joined by nothing."""
    which = np.flatnonzero((pieces.side >= 0) & (pieces.net != NO_NET))
    which = which[on_carrier(package, pieces, which)]
    return _alike(which, pieces.net[which])


def _through_chips(pieces: Pieces) -> Pairs:
    """Bumps and bond pads of one net on a chip that has both: what its through-silicon vias join."""
    on_chip = np.isin(pieces.kind, (BUMP, BOND_PAD)) & (pieces.net != NO_NET)
    both = list({*pieces.part[pieces.kind == BUMP].tolist()} & {*pieces.part[pieces.kind == BOND_PAD].tolist()})
    which = np.flatnonzero(on_chip & np.isin(pieces.part, both))
    return _alike(which, pieces.part[which] * len(pieces.nets) + pieces.net[which])


def _parts_on(pieces: Pieces, islands: IntArray, is_exit: NDArray[np.bool_]) -> IntArray:
    """How many parts each piece's island has (n); fingers and carrier pads are no parts."""
    own = np.flatnonzero(np.isin(pieces.kind, (BUMP, BOND_PAD, TERMINAL)) | is_exit)
    many = len(pieces.parts) + 1
    pairs = distinct(islands[own] * many + pieces.part[own] - CARRIER)
    count: IntArray = np.bincount(pairs // many, minlength=len(pieces))[islands]
    return count


def _reach(pieces: Pieces, islands: IntArray, is_exit: NDArray[np.bool_], parts_on: IntArray
           ) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which parts (n) come to an exit, from island to part to island, and which to no chip either."""
    named, parts = pieces.net != NO_NET, len(pieces) + np.arange(len(pieces.parts))
    own = np.flatnonzero(np.isin(pieces.kind, (BUMP, BOND_PAD, TERMINAL)) & named)
    groups = joined(len(pieces) + len(parts), [(islands[own], parts[pieces.part[own]])])

    def come_to(goal: NDArray[np.bool_]) -> NDArray[np.bool_]:
        reached = np.zeros(len(groups), bool)
        reached[groups[islands[goal]]] = True
        found: NDArray[np.bool_] = reached[groups[parts]]
        return found

    exits = is_exit & named
    goal = exits if exits.any() else (pieces.side >= 0) & named & (parts_on > 1)
    return come_to(goal), ~come_to(exits | (np.isin(pieces.kind, (BUMP, BOND_PAD)) & named))


def leading_on(metal: Metal, part: int) -> IntArray:
    """The bumps, bond pads or terminals of a part that are joined by metal to another part: its paths."""
    mine = np.concatenate([metal.pieces.numbers(kind, part) for kind in (BUMP, BOND_PAD, TERMINAL)])
    found: IntArray = mine[metal.parts_on[mine] > 1]
    return found


def open_nets(metal: Metal) -> dict[str, tuple[IntArray, ...]]:
    """Nets that lie in more than one island, with the pieces of each, though pads of one net on one chip count as joined: what
    the chip does within is the chip's own business."""
    pieces = metal.pieces
    on_chip = np.flatnonzero(np.isin(pieces.kind, (BUMP, BOND_PAD)) & (pieces.net != NO_NET))
    inner = _alike(on_chip, pieces.part[on_chip] * len(pieces.nets) + pieces.net[on_chip])
    island = joined(len(pieces), [(np.arange(len(pieces)), metal.sound), inner])
    named = np.flatnonzero(pieces.net != NO_NET)
    order = named[np.lexsort((named, island[named], pieces.net[named]))]
    found: dict[str, list[IntArray]] = {}
    if len(order):
        for run in np.split(order, np.flatnonzero(np.diff(island[order]) | np.diff(pieces.net[order])) + 1):
            found.setdefault(pieces.net_name(int(run[0])), []).append(run)
    return {net: tuple(runs) for net, runs in found.items() if len(runs) > 1}


def nets_apart(metal: Metal) -> dict[str, tuple[IntArray, ...]]:
    """The open nets of which two islands or more are well joined in themselves, with these; the exits together are one.

    Islands with a loose end (a bare bond pad, a bump over nothing, a joint of two nets) are left out: what is wrong there is
    that end.
    """
    pieces, joints = metal.pieces, metal.joints
    loose = np.zeros(len(pieces), bool)
    loose[hanging(metal)], loose[untouched_pads(metal)], loose[joints.under == UNKNOWN] = True, True, True
    mixed = ~joints.sound(pieces.net)
    loose[joints.one[mixed]] = loose[joints.other[mixed]] = True
    lost = joints.wire_ends[(joints.wire_ends < 0).any(axis=1)]
    loose[lost[lost >= 0]] = True
    found = {}
    for net, islands in open_nets(metal).items():
        leading_out = [island for island in islands if metal.is_exit[island].any()]
        inner = [island for island in islands if not metal.is_exit[island].any() and not loose[island].any()]
        if len(inner) + bool(leading_out) > 1:
            found[net] = (*([np.concatenate(leading_out)] if leading_out else []), *inner)
    return found


def hanging(metal: Metal) -> IntArray:
    """Bumps and terminals with a net that meet no metal."""
    pieces = metal.pieces
    may = np.isin(pieces.kind, (BUMP, TERMINAL)) & (pieces.net != NO_NET)
    return np.flatnonzero(may & (metal.joints.under == NOTHING))


def untouched_pads(metal: Metal) -> IntArray:
    """Bond pads with a net that bear neither wire nor bump."""
    pieces, joints = metal.pieces, metal.joints
    met = np.zeros(len(pieces), bool)
    met[joints.one], met[joints.other] = True, True
    # A wire whose far end has lost its pad is still bonded here: that fault is told at its other end.
    ends = joints.wire_ends[joints.wire_ends[:, 0] != joints.wire_ends[:, 1]]
    met[ends[ends >= 0]] = True
    return np.flatnonzero((pieces.kind == BOND_PAD) & (pieces.net != NO_NET) & ~met)


def half_joints(metal: Metal) -> IntArray:
    """Solder joints (numbers in ``joints``) of a piece with a net and one without.

    A bump without a net on a lead or die attach pad with one is only counted where nothing else brings that lead its net.
    """
    pieces, joints = metal.pieces, metal.joints
    one, other = joints.one, joints.other
    half = (joints.kind == SOLDER) & ((pieces.net[one] == NO_NET) != (pieces.net[other] == NO_NET))
    served = np.zeros(len(pieces), bool)
    sound = joints.sound(pieces.net)
    served[one[sound]], served[other[sound]] = True, True
    harmless = (pieces.net[one] == NO_NET) & (((pieces.kind[other] == LEAD) & served[other]) | (pieces.kind[other] == DIE_PAD))
    return np.flatnonzero(half & ~harmless)
