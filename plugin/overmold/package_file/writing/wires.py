"""Wires in the package file: what most of them are, then every one by its two ends; many of them in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Optional

from ...package import PADDLE, Package, Wire
from ...shapes import Point
from ...units import Toleranced
from ..reading.wires import lead_spot
from .text import entries, group, in_order, length, line, pair, quantity, table, word, wrapped

_SLACK = 2  # nm
_MANY = 24  # wires that stand in a table
_KEYS = ("diameter", "loop_height", "tier", "profile")
Data = tuple[int, Optional[Toleranced], int, str]


def wire_lines(package: Package, files: dict[str, str]) -> Iterator[str]:
    """The group ``wires``; places are those about the carrier's centre."""
    if not package.wires:
        return
    wires = sorted(package.wires, key=lambda wire: (in_order(wire.start), in_order(wire.end)))
    usual = _usual(wires)
    ends = _usual_ends(package)
    listed = [wire for wire in wires if len(wires) <= _MANY or _at(wire, ends) is not None]
    yield "wires:"
    yield line(2, f"defaults: {group(_said(usual, None))}")
    if len(listed) < len(wires):
        file = f"{package.name}_wires.csv"
        files[file] = _table([wire for wire in wires if wire not in listed], usual)
        yield line(2, f"csv: {word(file)}")
    if listed:
        yield from wrapped(2, "list: [", [_entry(wire, usual, _at(wire, ends)) for wire in listed])


def _data(wire: Wire) -> Data:
    return wire.diameter, wire.loop_height, wire.tier, wire.profile


def _usual(wires: Sequence[Wire]) -> Data:
    """What most wires are. A height that some of them have none of is no default: nobody could take it back."""
    counted = Counter(map(_data, wires))
    usual = max(counted, key=lambda data: (counted[data], -data[2], -data[0], str(data)))
    return usual if all(wire.loop_height for wire in wires) else (usual[0], None, *usual[2:])


def _said(data: Data, usual: Optional[Data]) -> Iterator[tuple[str, str]]:
    """The data of a wire that are not the usual ones; of the usual wire those that are not understood."""
    diameter, height, tier, profile = data
    texts = (length(diameter), quantity(height) if height else "", str(tier), profile)
    plain: tuple[object, ...] = usual if usual is not None else (None, None, 1, "standard")
    return ((key, text) for key, text, value, one in zip(_KEYS, texts, data, plain) if value != one)


def _entry(wire: Wire, usual: Data, at: Optional[Point]) -> str:
    own = list(_said(_data(wire), usual))
    if not own and at is None:
        return entries([word(wire.start), word(wire.end)])
    return group([("from", word(wire.start)), ("to", word(wire.end)), *own, ("at", pair(at) if at is not None else None)])


def _table(wires: Sequence[Wire], usual: Data) -> str:
    rows = [dict(_said(_data(wire), usual)) for wire in wires]
    keys = [key for key in _KEYS if any(key in row for row in rows)]
    return table(["from", "to", *keys],
                 [[wire.start, wire.end, *(row.get(key, "") for key in keys)] for wire, row in zip(wires, rows)])


def _usual_ends(package: Package) -> dict[str, Point]:
    """Where a wire ends on each piece of metal unless it says otherwise."""
    ends: dict[str, Point] = {}
    for chip in package.chips:
        if chip.pads is not None:
            for name, (x, y) in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist()):
                ends[f"{chip.name}.{name}"] = (x, y)
    carrier = package.carrier
    if carrier is not None:
        ends.update({finger.name: finger.at for finger in carrier.fingers})
        if carrier.frame is not None:
            ends.update({lead.name: lead_spot(lead.outline) for lead in carrier.frame.leads})
    return ends


def _at(wire: Wire, ends: dict[str, Point]) -> Optional[Point]:
    """Where a wire ends, if that must be said: on the paddle, and beside the usual place."""
    usual = ends.get(wire.end)
    if wire.end != PADDLE and usual is not None and max(abs(a - b) for a, b in zip(wire.to_at, usual)) <= _SLACK:
        return None
    return wire.to_at
