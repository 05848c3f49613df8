"""Wires: from the rows and proposals of a package file to wires whose ends lie on pads, fingers and leads.

The two ends of a wire are one net: an end without a net takes that of the other, however many wires lie between. Where two
nets would meet nothing is changed, and a rule speaks of it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

import numpy as np

from ... import package as p
from ...faults import Fault, Faults, did_you_mean
from ...marked_yaml import Marked
from ...package import keys
from ...shapes import Box, Outline, Point, box_outline, inside
from ...units import LENGTH, show
from ..models.declared import data_in
from ..models.values import short
from ..models.wire import Wires
from .beside import Folder, beside
from .netlist import Sink
from .wire_rows import WireRow, rows_of_file, rows_of_spec

LENGTHS_AGREE = 50_000  # nm: lists of wires are rounded to 10 um, and their ends lie somewhere on pad and finger


@dataclass
class Ends:
    """What a wire can end on: ``at`` where that is, ``sinks`` which site of which part takes its net.

    ``broken`` names parts with something wrong in them, which are not missed.
    """

    broken: set[str]
    at: dict[str, Point] = field(default_factory=dict)
    sinks: dict[str, tuple[Sink, int]] = field(default_factory=dict)
    without_pads: set[str] = field(default_factory=set)

    def add_chip(self, chip: p.Chip, sink: Sink) -> None:
        """The bond pads of a chip, as U1.A1."""
        if chip.pads is None:
            self.without_pads.add(chip.name)
            return
        for name, (x, y) in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist()):
            if name not in sink.index:  # that of a part of the same name, a fault of its own
                continue
            self.at[keys.end(chip.name, name)] = (x, y)
            self.sinks[keys.end(chip.name, name)] = (sink, sink.index[name])

    def add_others(self, spots: Iterable[tuple[str, Point]], sink: Sink) -> None:
        """Fingers or leads, by their own names."""
        for name, at in spots:
            self.at[name] = at
            self.sinks[name] = (sink, sink.index[name])

    def add_frame(self, frame: p.Frame, sink: Sink) -> None:
        """The leads of a frame by their names, and its die attach pad; where on that a wire ends, each wire must say."""
        self.add_others(lead_spots(frame).items(), sink)
        if frame.paddle is not None:
            self.add_others([(p.PADDLE, frame.paddle.centre)], sink)

    def net(self, name: str) -> str:
        """The net of an end, "" where it has none."""
        sink, i = self.sinks[name]
        return sink.nets[i] or (sink.fixed[i] if i < len(sink.fixed) else "")

    def trouble(self, name: str) -> str:
        """What is wrong with an end of that name; "" where nothing is, or where it has been said elsewhere."""
        if name in self.at:
            return ""
        part, site = keys.split_end(name)
        if part is None:
            near = did_you_mean(name, [one for one in self.at if not keys.on_chip(one)][:2000])
            return "" if "carrier" in self.broken else (
                f"there is no finger or lead '{short(name)}'{near if 'mean' in near else ''}; a pad is written as U1.A1")
        if part in self.broken or "" in self.broken:
            return ""
        if part in self.without_pads:
            return f"{part} has no bond pads; give it 'pads', or take another chip"
        near = did_you_mean(name, [one for one in self.at if keys.is_within(one, part)][:2000])
        if "mean" in near:
            return f"{part} has no bond pad '{short(site)}'{near}"
        owners = sorted({chip for chip, _ in map(keys.split_end, self.at) if chip is not None})
        return (f"{part} has no bond pad '{short(site)}'" if part in owners
                else f"there is no chip '{short(part)}' with bond pads{did_you_mean(part, owners) if owners else ''}")


@dataclass(frozen=True)
class Laid:
    """A wire and where it stands: file, line and column."""

    wire: p.Wire
    source: str
    line: int
    column: int


def laid_wires(wires: Wires, ends: Ends, marked: Marked, folder: Folder, faults: list[Fault], notes: list[str]) -> list[Laid]:
    """The wires that are listed, in order: those of the table, then those of the file; faults of single ones aside.

    ``notes`` takes what of the table counts for nothing, and wires that are not as long as it says.
    """
    rows: Iterator[WireRow] = rows_of_spec(wires.list, ("wires", "list"), marked, faults)
    if wires.csv is not None:
        data = beside(wires.csv, ("wires", "csv"), folder, marked, faults)
        if data is not None:
            rows = chain(_table(data, folder.shown(wires.csv), faults, notes), rows)
    laid: list[Laid] = []
    defaults = data_in(wires.defaults, p.Wire)
    first: dict[frozenset[str], int] = {}
    for row in rows:
        troubles = [(ends.trouble(end), place) for end, place in zip((row.start, row.end), row.places)]
        if row.start == row.end:
            troubles.append(("a wire goes from one place to another; both ends are the same here", row.places[1]))
        elif row.start == p.PADDLE or (row.end == p.PADDLE and row.at is None):
            said = "say where on the paddle this wire ends: {from: U1.A1, to: paddle, at: [1.2 mm, 0 mm]}"
            troubles.append((said, row.places[1]))
        pair = frozenset((row.start, row.end))
        if pair in first:
            said = f"there is a wire between {row.start} and {row.end} already, in line {first[pair]}"
            troubles.append((said, row.places[0]))
        first.setdefault(pair, row.places[0][0])
        faults += [Fault(row.source, said, *place) for said, place in troubles if said]
        if row.start in ends.at and row.end in ends.at:
            laid.append(Laid(_wire(row, f"W{len(laid) + 1}", defaults, ends), row.source, *row.places[0]))
            notes += _not_so_long(row, laid[-1].wire)
    return laid


def _not_so_long(row: WireRow, wire: p.Wire) -> Iterator[str]:
    """What to say of a wire that is shorter or longer in plan than its table has it, by more than what lists are rounded to."""
    if row.length is None:
        return
    (ax, ay), (bx, by) = wire.from_at, wire.to_at
    plan = round(math.hypot(bx - ax, by - ay))
    if abs(plan - row.length) > LENGTHS_AGREE:
        line, column = row.places[0]
        yield (f"{row.source}:{line}:{column}: {row.start} to {row.end} is {show(row.length, LENGTH)} long in this table, and "
               f"{show(plan, LENGTH)} from end to end in plan ({show(plan - row.length, LENGTH)}); one of the two is wrong")


def _table(data: bytes, shown: str, faults: list[Fault], notes: list[str]) -> Iterator[WireRow]:
    try:
        yield from rows_of_file(data, shown, faults, notes)
    except Faults as error:
        faults += error.faults


def _wire(row: WireRow, name: str, defaults: dict[str, Any], ends: Ends) -> p.Wire:
    """One wire. Its height is above its first bond: where only one of the two lies on a chip, it is that one."""
    start, end = row.start, row.end
    if keys.on_chip(end) and not keys.on_chip(start) and row.at is None:
        start, end = end, start
    return p.Wire(name=name, start=start, end=end, from_at=ends.at[start], to_at=row.at or ends.at[end],
                  **{**defaults, **row.data})


def lead_spots(frame: p.Frame) -> dict[str, Point]:
    """The spot of every lead, by name."""
    boxes = [lead.outline.box for lead in frame.leads]
    if not boxes:
        return {}
    lefts, tops, rights, bottoms = zip(*boxes)
    room = min(lefts), min(tops), max(rights), max(bottoms)
    return {lead.name: _spot(lead, room) for lead in frame.leads}


def _spot(lead: p.Lead, room: Box) -> Point:
    """Of metal that is no rectangle, on the strip behind its foot, if there is metal; what joins it to others lies aside."""
    if lead.outline.is_box:
        return lead_spot(lead.outline)
    metal, foot = lead.outline.box, lead.foot.box
    apart = (foot[0] - room[0], foot[1] - room[1], room[2] - foot[2], room[3] - foot[3])
    lying = apart.index(min(apart)) in (0, 2)
    strip = (metal[0], foot[1], metal[2], foot[3]) if lying else (foot[0], metal[1], foot[2], metal[3])
    spot = lead_spot(box_outline(strip))
    return spot if inside(np.array([spot]), lead.outline)[0] else lead_spot(lead.outline)


def lead_spot(lead: Outline) -> Point:
    """Where a wire is bonded to a lead: on its middle line, as far from its inner end as half its width."""
    left, top, right, bottom = lead.box
    (x, y), width = lead.centre, min(lead.size)
    if right - left >= bottom - top:
        x = left + width // 2 if left + right > 0 else right - width // 2
    else:
        y = top + width // 2 if top + bottom > 0 else bottom - width // 2
    return x, y


def spread_nets(wires: Sequence[p.Wire], ends: Ends) -> None:
    """Give every end without a net that of what it is wired to."""
    for names in _joined(wires):
        nets = {ends.net(name) for name in names} - {""}
        if len(nets) == 1:
            net = next(iter(nets))
            for name in names:
                sink, i = ends.sinks[name]
                sink.nets[i] = net


def with_nets(laid: Sequence[Laid], ends: Ends) -> list[Laid]:
    """The wires, each with the net of its ends."""
    found = []
    for one in laid:
        net = ends.net(one.wire.start)
        is_one = net and net == ends.net(one.wire.end)
        found.append(Laid(replace(one.wire, net=net), one.source, one.line, one.column) if is_one else one)
    return found


def _joined(wires: Sequence[p.Wire]) -> list[list[str]]:
    """The ends that are joined by wires, in groups."""
    root: dict[str, str] = {}

    def found(name: str) -> str:
        while root.setdefault(name, name) != name:
            root[name] = root[root[name]]
            name = root[name]
        return name

    for wire in wires:
        root[found(wire.end)] = found(wire.start)
    groups: dict[str, list[str]] = {}
    for name in list(root):
        groups.setdefault(found(name), []).append(name)
    return list(groups.values())
