"""Wires in the package file: what most of them are, then every one by its two ends; many of them in a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Optional

from ...package import PADDLE, Package, Wire, keys
from ...package.datum import TEXT, data_of, key_of
from ...shapes import Point
from ..reading.wires import lead_spots
from .text import entries, group, in_order, line, pair, table, word, wrapped

_SLACK = 2  # nm
_MANY = 24  # wires that stand in a table
Data = dict[str, Any]


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
    return {name: getattr(wire, name) for name in data_of(Wire)}


def _usual(wires: Sequence[Wire]) -> Data:
    """What most wires are. A datum that some of them do not state is no default: nobody could take it back."""
    of_most: Counter[tuple[Any, ...]] = Counter(tuple(_data(wire).values()) for wire in wires)
    most: tuple[Any, ...] = max(of_most, key=lambda data: (of_most[data], str(data)))
    usual = dict(zip(data_of(Wire), most))
    for name, one in data_of(Wire).items():
        if not all(one.is_stated(getattr(wire, name)) for wire in wires):
            usual[name] = one.nothing
    return usual


def _said(data: Data, usual: Optional[Data]) -> Iterator[tuple[str, str]]:
    """The data of a wire that are not the usual ones; of the usual wire those that are not understood."""
    for name, one in data_of(Wire).items():
        if data[name] != (usual[name] if usual is not None else one.usual):
            text = one.text(data[name])
            yield key_of(name, one), word(text) if one.form == TEXT else text


def _entry(wire: Wire, usual: Data, at: Optional[Point]) -> str:
    own = [(key, text) for key, text in _said(_data(wire), usual) if text]
    if not own and at is None:
        return entries([word(wire.start), word(wire.end)])
    return group([("from", word(wire.start)), ("to", word(wire.end)), *own, ("at", pair(at) if at is not None else None)])


def _table(wires: Sequence[Wire], usual: Data) -> str:
    rows = [dict(_said(_data(wire), usual)) for wire in wires]
    keys = [key for key in map(key_of, *zip(*data_of(Wire).items())) if any(key in row for row in rows)]
    return table(["from", "to", *keys],
                 [[wire.start, wire.end, *(row.get(key, "") for key in keys)] for wire, row in zip(wires, rows)])


def _usual_ends(package: Package) -> dict[str, Point]:
    """Where a wire ends on each piece of metal unless it says otherwise."""
    ends: dict[str, Point] = {}
    for chip in package.chips:
        if chip.pads is not None:
            for name, (x, y) in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist()):
                ends[keys.end(chip.name, name)] = (x, y)
    carrier = package.carrier
    if carrier is not None:
        ends.update({finger.name: finger.at for finger in carrier.fingers})
        if carrier.frame is not None:
            ends.update(lead_spots(carrier.frame))
    return ends


def _at(wire: Wire, ends: dict[str, Point]) -> Optional[Point]:
    """Where a wire ends, if that must be said: on the paddle, and beside the usual place."""
    usual = ends.get(wire.end)
    if wire.end != PADDLE and usual is not None and max(abs(a - b) for a, b in zip(wire.to_at, usual)) <= _SLACK:
        return None
    return wire.to_at
