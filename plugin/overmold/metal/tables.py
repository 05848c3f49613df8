"""Two tables for bonders and testers: every die pad with its way to the ball, and every wire with its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Optional

import numpy as np

from ..geometry.loops.angles import angles_from_normal
from ..package import Package
from ..units import ANGLE, LENGTH, show
from .joints import SOLDER, UNKNOWN, WIRE
from .pieces import BOND_PAD, BUMP, CARRIER_PAD, DIE_PAD, FINGER, LEAD, NO_NET
from .walk import Metal, metal_of


class Connection(NamedTuple):
    """One way from a die pad: ``by`` is "bump" or the wire's name, "" where nothing touches the pad; ``to`` what it comes to
    ("F3", "U1.P2", "3", "paddle", "carrier"), ``finger`` that where it is a finger. ``exits`` are the balls and leads that its
    net reaches over metal, also through chips with pads on both sides."""

    net: str
    pad: str
    by: str
    to: str
    finger: str
    exits: tuple[str, ...]


class WireRow(NamedTuple):
    """One wire: ``length`` in nm in plan, ``angle`` (1/1000 degree) to the normal of the edge of its first chip and ``loop`` in
    nm, None where there is none or it is not stated. ``pad`` and ``finger`` are its ends as metal has them, "" on nothing."""

    wire: str
    pad: str
    finger: str
    length: int
    angle: Optional[int]
    loop: Optional[int]
    tier: int
    net: str


CONNECTION_COLUMNS = ("net", "die pad", "by", "to", "finger", "balls and leads")
WIRE_COLUMNS = ("wire", "from", "to", "length", "angle", "loop height", "tier", "net")


def connection_table(package: Package) -> tuple[Connection, ...]:
    """Every bump and bond pad that has a net or a joint, by net, then in the package's order; a row for each way from it."""
    metal = metal_of(package)
    exits = _exits(metal)
    rows = [(metal.pieces.net_name(pad), pad, by, other) for pad, by, other in _ways(package, metal)]
    rows.sort(key=lambda row: (row[0] == "", row[0], row[1]))
    return tuple(Connection(net, _short(metal, pad), by, _short(metal, other) if other >= 0 else _unknown(metal, pad, by),
                            _short(metal, other) if other >= 0 and metal.pieces.kind[other] == FINGER else "",
                            exits.get(int(metal.through[pad]), ()) if net else ())
                 for net, pad, by, other in rows)


def _unknown(metal: Metal, pad: int, by: str) -> str:
    return "not known" if by and metal.joints.under[pad] == UNKNOWN else ""


def _ways(package: Package, metal: Metal) -> Iterator[tuple[int, str, int]]:
    """Each die pad with what joins it and what that comes to (-1: nothing)."""
    pieces, joints = metal.pieces, metal.joints
    met = np.zeros(len(pieces), bool)
    die = np.isin(pieces.kind, (BUMP, BOND_PAD))
    solder = (joints.kind == SOLDER) & die[joints.one]
    for one, other in zip(joints.one[solder].tolist(), joints.other[solder].tolist()):
        met[one] = True
        yield one, "bump", other
        if pieces.kind[other] == BOND_PAD:
            met[other] = True
            yield other, "bump", one
    wires = joints.kind == WIRE
    for one, other, wire in zip(*(column[wires].tolist() for column in (joints.one, joints.other, joints.wire))):
        for pad, far in ((one, other), (other, one)):
            if pieces.kind[pad] == BOND_PAD:
                met[pad] = True
                yield pad, package.wires[wire].name, far
    for wire, ends in enumerate(joints.wire_ends.tolist()):
        if (ends[0] < 0) != (ends[1] < 0) and pieces.kind[max(ends)] == BOND_PAD:
            met[max(ends)] = True
            yield max(ends), package.wires[wire].name, -1
    for pad in np.flatnonzero(die & ~met & (pieces.net != NO_NET)).tolist():
        yield pad, "bump" if pieces.kind[pad] == BUMP else "", -1


def _exits(metal: Metal) -> dict[int, tuple[str, ...]]:
    """The balls and leads of each island."""
    found: dict[int, list[str]] = {}
    for piece in np.flatnonzero(metal.is_exit & (metal.pieces.net != NO_NET)).tolist():
        found.setdefault(int(metal.through[piece]), []).append(_short(metal, piece))
    return {island: tuple(names) for island, names in found.items()}


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
    rows = []
    for i, (wire, (one, other)) in enumerate(zip(package.wires, ends.tolist())):
        length = round(float(np.hypot(wire.to_at[0] - wire.from_at[0], wire.to_at[1] - wire.from_at[1])))
        nets = dict.fromkeys(pieces.net_name(end) for end in (one, other) if end >= 0)
        loop = wire.loop_height.nominal if wire.loop_height is not None else None
        rows.append(WireRow(wire=wire.name, pad=_short(metal, one) if one >= 0 else "",
                            finger=_short(metal, other) if other >= 0 else "",
                            length=length, angle=angles.get(i), loop=loop, tier=wire.tier,
                            net=" and ".join(net or "no net" for net in nets)
                            if len(nets) > 1 else next(iter(nets), "")))
    return tuple(rows)


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


def connection_cells(row: Connection, most: int = 0) -> tuple[str, ...]:
    """A row of the connection table as text, by ``CONNECTION_COLUMNS``; of the exits at most so many, 0 for all."""
    exits = " ".join(row.exits)
    if most and len(row.exits) > most:
        exits = f"{' '.join(row.exits[:most])} and {len(row.exits) - most} more"
    return row.net, row.pad, row.by or "nothing", row.to or "nothing", row.finger, exits


def wire_cells(row: WireRow) -> tuple[str, ...]:
    """A row of the wire table as text with units, by ``WIRE_COLUMNS``."""
    return (row.wire, row.pad or "nothing", row.finger or "nothing", show(row.length, LENGTH),
            "" if row.angle is None else show(row.angle, ANGLE), "" if row.loop is None else show(row.loop, LENGTH),
            str(row.tier), row.net)
