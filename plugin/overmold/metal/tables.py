"""Two tables for bonders and testers: every die pad with its way to the ball, and every wire with its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Optional

import numpy as np

from ..geometry.loops.angles import angles_from_normal
from ..package import Package
from ..shapes import Point
from .joints import SOLDER, UNKNOWN, WIRE
from .pieces import BOND_PAD, BUMP, CARRIER_PAD, DIE_PAD, FINGER, LEAD, NO_NET, TERMINAL
from .walk import Metal, metal_of, open_nets

CONNECTED, THROUGH, INSIDE = "connected", "through a chip", "between chips"
OPEN, BARE, NOT_KNOWN = "open", "no net", "not known"
SHORT = "short to "  # and the nets


class Connection(NamedTuple):
    """One way from a die pad at ``at`` (nm): ``by`` is "bump", "wire", "terminal" (of a passive on the chip) or, where
    nothing touches it, ""; ``wire`` its name.

    ``to`` is what that lands on: "F3", "U1.P2", "3", "paddle", "carrier", "" for nothing; ``finger`` the same where it is one.
    ``exits`` are the balls and leads that its net reaches over metal, also through chips with pads on both sides. ``state`` is
    CONNECTED, THROUGH (to a ball by way of another pad of its net on one of the chips, for the chip to join them), INSIDE (to
    another part, on a net without a ball), OPEN, BARE, NOT_KNOWN, or SHORT with the other nets.
    """

    net: str
    chip: str
    pad: str
    at: Point
    by: str
    wire: str
    to: str
    finger: str
    exits: tuple[str, ...]
    state: str


class WireRow(NamedTuple):
    """One wire from ``start_at`` to ``end_at``: ``length`` in nm in plan, ``angle`` (1/1000 degree) to the normal of the edge
    of its first chip and ``loop`` (nominal) in nm, None where there is none or it is not stated. ``pad`` and ``finger`` are its
    ends as metal has them, "" on nothing. ``state`` is CONNECTED, OPEN, BARE, or SHORT with the other nets."""

    wire: str
    net: str
    pad: str
    finger: str
    start_at: Point
    end_at: Point
    length: int
    angle: Optional[int]
    loop: Optional[int]
    diameter: int
    tier: int
    metal: str
    state: str


def connection_table(package: Package) -> tuple[Connection, ...]:
    """Every bump and bond pad that has a net or a joint, by net, then in the package's order; a row for each way from it."""
    metal = metal_of(package)
    states = _States(metal)
    rows = sorted(_ways(metal), key=lambda row: (not metal.pieces.net[row[0]], metal.pieces.net_name(row[0]), row[0]))
    return tuple(_connection(package, metal, states, *row) for row in rows)


def _connection(package: Package, metal: Metal, states: _States, pad: int, by: str, wire: int, other: int) -> Connection:
    pieces = metal.pieces
    run = pieces.run_of(pad)
    not_known = bool(by) and other < 0 and int(metal.joints.under[pad]) == UNKNOWN
    to = _short(metal, other) if other >= 0 else NOT_KNOWN if not_known else ""
    return Connection(
        net=pieces.net_name(pad), chip=pieces.parts[run.part], pad=run.names[pad - run.first], at=pieces.at(pad), by=by,
        wire=package.wires[wire].name if wire >= 0 else "", to=to,
        finger=to if other >= 0 and pieces.kind[other] == FINGER else "",
        exits=states.exits(pad), state=NOT_KNOWN if not_known else states.of(pad, other >= 0))


class _States:
    """What has become of each die pad."""

    def __init__(self, metal: Metal) -> None:
        self._metal = metal
        pieces = metal.pieces
        named = np.flatnonzero(pieces.net != NO_NET)
        self._exits: dict[int, list[int]] = {}
        for piece in named[metal.is_exit[named]].tolist():
            self._exits.setdefault(int(metal.through[piece]), []).append(piece)
        self._told: dict[int, tuple[str, ...]] = {}
        self._nets: dict[int, set[int]] = {}
        for island, net in zip(metal.all[named].tolist(), pieces.net[named].tolist()):
            self._nets.setdefault(island, set()).add(net)
        broken = open_nets(metal)
        self._open = {number for number, net in enumerate(pieces.nets) if net in broken}
        self._led_out = set(pieces.net[named[metal.is_exit[named]]].tolist())

    def exits(self, pad: int) -> tuple[str, ...]:
        """The balls and leads that a pad with a net reaches."""
        island = int(self._metal.through[pad])
        if island not in self._told:
            self._told[island] = tuple(_short(self._metal, piece) for piece in self._exits.get(island, ()))
        return self._told[island] if self._metal.pieces.net[pad] != NO_NET else ()

    def of(self, pad: int, lands: bool) -> str:
        """The state of a pad, from which something lands on metal or not."""
        pieces, net = self._metal.pieces, int(self._metal.pieces.net[pad])
        others = self._nets.get(int(self._metal.all[pad]), set()) - {net}
        if others and (net or len(others) > 1):
            return SHORT + " and ".join(sorted(pieces.nets[one] for one in others))
        if not lands or not net:
            return OPEN if net else BARE
        if self.exits(pad):
            return CONNECTED
        if net in self._open or self._metal.parts_on[pad] < 2:
            return OPEN
        return THROUGH if net in self._led_out else INSIDE


def _ways(metal: Metal) -> Iterator[tuple[int, str, int, int]]:
    """Each die pad with what joins it, the number of the wire (-1: none) and what that comes to (-1: nothing)."""
    pieces, joints = metal.pieces, metal.joints
    met = np.zeros(len(pieces), bool)
    die = np.isin(pieces.kind, (BUMP, BOND_PAD))
    solder = (joints.kind == SOLDER) & die[joints.one]
    for one, other in zip(joints.one[solder].tolist(), joints.other[solder].tolist()):
        met[one] = True
        yield one, "bump", -1, other
        if pieces.kind[other] == BOND_PAD:
            met[other] = True
            yield other, "bump", -1, one
    passives = (joints.kind == SOLDER) & (pieces.kind[joints.one] == TERMINAL) & (pieces.kind[joints.other] == BOND_PAD)
    for one, other in zip(joints.one[passives].tolist(), joints.other[passives].tolist()):
        met[other] = True
        yield other, "terminal", -1, one
    wires = joints.kind == WIRE
    for one, other, wire in zip(*(column[wires].tolist() for column in (joints.one, joints.other, joints.wire))):
        for pad, far in ((one, other), (other, one)):
            if pieces.kind[pad] == BOND_PAD:
                met[pad] = True
                yield pad, "wire", wire, far
    for wire, ends in enumerate(joints.wire_ends.tolist()):
        if (ends[0] < 0) != (ends[1] < 0) and pieces.kind[max(ends)] == BOND_PAD:
            met[max(ends)] = True
            yield max(ends), "wire", wire, -1
    for pad in np.flatnonzero(die & ~met & (pieces.net != NO_NET)).tolist():
        yield pad, "bump" if pieces.kind[pad] == BUMP else "", -1, -1


def _short(metal: Metal, piece: int) -> str:
    """A piece as netlists call it."""
    run = metal.pieces.run_of(piece)
    if run.kind == CARRIER_PAD:
        return "carrier"
    name = run.names[piece - run.first]
    return name if run.kind in (LEAD, FINGER, DIE_PAD) or run.part < 0 else f"{metal.pieces.parts[run.part]}.{name}"


def wire_table(package: Package) -> tuple[WireRow, ...]:
    """Every wire, in the package's order."""
    metal = metal_of(package)
    pieces, ends = metal.pieces, metal.joints.wire_ends
    angles = _angles(package, metal)
    states = _States(metal) if package.wires else None
    rows = []
    for i, (wire, (one, other)) in enumerate(zip(package.wires, ends.tolist())):
        nets = [net for net in dict.fromkeys(pieces.net_name(end) for end in (one, other) if end >= 0) if net]
        rows.append(WireRow(
            wire=wire.name, net=" and ".join(nets), pad=_short(metal, one) if one >= 0 else "",
            finger=_short(metal, other) if other >= 0 else "", start_at=wire.from_at, end_at=wire.to_at,
            length=round(float(np.hypot(wire.to_at[0] - wire.from_at[0], wire.to_at[1] - wire.from_at[1]))),
            angle=angles.get(i), loop=wire.loop_height.nominal if wire.loop_height is not None else None,
            diameter=wire.diameter, tier=wire.tier, metal=wire.metal, state=_wire_state(states, one, other)))
    return tuple(rows)


def _wire_state(states: Optional[_States], one: int, other: int) -> str:
    """A wire joins what its two ends lie on, or hangs open; whether its net comes to a ball the other table says."""
    if states is None or min(one, other) < 0 or one == other:
        return OPEN
    found = states.of(one, lands=True)
    return found if found.startswith(SHORT) or found == BARE else CONNECTED


def _angles(package: Package, metal: Metal) -> dict[int, int]:
    """The angle of each wire at the first of its ends that lies on a chip, where it leaves that chip."""
    found: dict[int, int] = {}
    pieces, ends = metal.pieces, metal.joints.wire_ends
    if not len(ends):
        return found
    spots = np.array([(wire.from_at, wire.to_at) for wire in package.wires], np.int64)
    on_pad = (ends >= 0) & (pieces.kind[np.maximum(ends, 0)] == BOND_PAD)
    for number, chip in enumerate(package.chips):
        mine = on_pad & (pieces.part[np.maximum(ends, 0)] == number)
        for which in (0, 1):
            own = np.flatnonzero(mine[:, which] & (~on_pad[:, 0] if which else True))
            if len(own):
                angles, leaves = angles_from_normal(spots[own, which], spots[own, 1 - which], chip.outline)
                found.update(zip(own[leaves].tolist(), angles[leaves].tolist()))
    return found
