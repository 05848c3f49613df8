"""Chips, passives, wires and leads of a board and of its package file, compared datum by datum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional, Protocol, TypeVar

from ..package import Chip, Frame, Land, Passive, Wire, keys
from ..package.cavity import as_said
from ..package.lands import ROUND
from ..package.moved import chip_at, passive_at
from ..plain import listed
from ..shapes import Outline, Point
from .values import NEAR, Drift, are_apart, data, lengths, outline, position, sites, text


class _Named(Protocol):
    @property
    def name(self) -> str: ...


Item = TypeVar("Item", bound=_Named)


def missing(key: str, here: Sequence[Item], there: Sequence[Item]) -> Iterator[Drift]:
    """The parts that only one of the two has, by name."""
    ours, theirs = {part.name for part in here}, {part.name for part in there}
    yield from (Drift(keys.within(key, part.name), "is there", "") for part in here if part.name not in theirs)
    yield from (Drift(keys.within(key, part.name), "", "is there") for part in there if part.name not in ours)


def both(here: Sequence[Item], there: Sequence[Item]) -> Iterator[tuple[Item, Item]]:
    """The parts that both have, by name."""
    due = {part.name: part for part in there}
    return ((part, due[part.name]) for part in here if part.name in due)


def lands(here: Sequence[Land], there: Sequence[Land]) -> Iterator[Drift]:
    """The lands on the customer's board, told as one: each has many data, and a person sees none of them on the carrier."""
    ours, theirs = sorted(map(_plain, here), key=_of_land), sorted(map(_plain, there), key=_of_land)
    apart = [one for one, other in zip(ours, theirs) if one._replace(at=other.at) != other or are_apart(one.at, other.at)]
    if len(ours) != len(theirs) or apart:
        names = f", {listed([one.name or 'one without a name' for one in apart], 6)} of them otherwise" if apart else ""
        yield Drift("lands", f"{len(ours)} lands{names}" if ours else "", f"{len(theirs)} lands" if theirs else "")


def _plain(land: Land) -> Land:
    """The land without ways of writing the same: a round one is not turned, and a turn is less than a full one."""
    is_round = land.shape == ROUND and land.size[0] == land.size[1] and not land.arms
    return land._replace(angle=0 if is_round else land.angle % 360_000)


def _of_land(land: Land) -> tuple[str, int, int, Point, tuple[str, ...]]:
    return land.name, round(land.at[0] / 1000), round(land.at[1] / 1000), land.size, land.layers


def chip(one: Chip, other: Chip, here: Point, there: Point) -> Iterator[Drift]:
    """One chip, its bumps and its bond pads."""
    key = one.key
    yield from position(key, one.at, other.at, one.angle, other.angle, here, there)
    other = chip_at(other, other.at, one.angle)  # turned, it is still the same chip
    yield from outline(keys.within(key, "outline"), one.outline, other.outline, one.at, other.at)
    yield from data(key, as_said(one), as_said(other))
    yield from _bond_pads(one, other)
    a, b = one.bumps, other.bumps
    if a is None or b is None:
        yield from text(keys.within(key, "bumps"), "are there" if a else "", "are there" if b else "")
        return
    yield from data(keys.within(key, "bumps"), a, b)
    yield from sites(keys.within(key, "bumps"), a.sites, b.sites, a.nets, b.nets, one.at, other.at)


def _bond_pads(one: Chip, other: Chip) -> Iterator[Drift]:
    key, a, b = keys.pads(one.name), one.pads, other.pads
    if a is None or b is None:
        yield from text(key, "are there" if a else "", "are there" if b else "")
        return
    yield from data(key, a, b)
    yield from sites(key, a.sites, b.sites, a.nets, b.nets, one.at, other.at)


def wires(here: Sequence[Wire], there: Sequence[Wire], origin: Point, due_origin: Point) -> Iterator[Drift]:
    """Wires by the two ends they join: a board knows no other name for them."""
    ours, theirs = ({(wire.start, wire.end): wire for wire in some} for some in (here, there))
    for ends in ours:
        if ends not in theirs:
            yield Drift(keys.wire(" to ".join(ends)), "is there", "")
    for ends, due in theirs.items():
        key, wire = keys.wire(" to ".join(ends)), ours.get(ends)
        if wire is None:
            yield Drift(key, "", "is there")
            continue
        yield from position(keys.within(key, "from"), wire.from_at, due.from_at, 0, 0, origin, due_origin)
        yield from position(keys.within(key, "to"), wire.to_at, due.to_at, 0, 0, origin, due_origin)
        yield from data(key, wire, due)


def frame(one: Optional[Frame], other: Optional[Frame], here: Point, there: Point) -> Iterator[Drift]:
    """A lead frame: its metal and its nets."""
    key = keys.FRAME
    if one is None or other is None:
        yield from text(key, "is there" if one else "", "is there" if other else "")
        return
    yield from data(key, one, other)
    yield from missing(keys.within(key, "leads"), one.leads, other.leads)
    for lead, due in both(one.leads, other.leads):
        yield from outline(keys.lead(lead.name), lead.outline, due.outline, here, there)
        yield from outline(keys.within(keys.lead(lead.name), "foot"), lead.foot, due.foot, here, there)
        yield from text(keys.within(keys.lead(lead.name), "net"), lead.net, due.net)
    if one.paddle is None or other.paddle is None:
        yield from text(keys.within(key, "paddle"), "is there" if one.paddle else "", "is there" if other.paddle else "")
    else:
        yield from outline(keys.within(key, "paddle"), one.paddle, other.paddle, here, there)
    if one.paddle_foot is not None and other.paddle_foot is not None:
        yield from outline(keys.within(key, "paddle_foot"), one.paddle_foot, other.paddle_foot, here, there)
    yield from _regions(keys.within(key, "tie_bars"), one.tie_bars, other.tie_bars, here, there)
    yield from _regions(keys.within(key, "etched_from_above"), one.etched_above, other.etched_above, here, there)
    yield from text(keys.within(key, "paddle_net"), one.paddle_net, other.paddle_net)


def _regions(key: str, ours: Sequence[Outline], theirs: Sequence[Outline], here: Point, there: Point) -> Iterator[Drift]:
    """Outlines without names: each against the nearest of the other side that is left."""
    if len(ours) != len(theirs):
        yield Drift(key, str(len(ours)), str(len(theirs)))
        return
    left = list(theirs)
    for region in ours:
        x, y = region.centre[0] - here[0] + there[0], region.centre[1] - here[1] + there[1]
        due = min(left, key=lambda one: (abs(one.centre[0] - x) + abs(one.centre[1] - y) + abs(one.size[0] - region.size[0])
                                         + abs(one.size[1] - region.size[1])))
        left.remove(due)
        yield from outline(key, region, due, here, there)


def passive(one: Passive, other: Passive, here: Point, there: Point) -> Iterator[Drift]:
    """One passive and its terminals."""
    key = one.key
    yield from position(key, one.at, other.at, one.angle, other.angle, here, there)
    other = passive_at(other, other.at, one.angle)
    yield from outline(keys.within(key, "outline"), one.outline, other.outline, one.at, other.at)
    yield from data(key, as_said(one), as_said(other))
    pads, due = ({terminal.name: terminal for terminal in part.terminals} for part in (one, other))
    yield from (Drift(keys.within(key, name), "is there", "") for name in pads if name not in due)
    yield from (Drift(keys.within(key, name), "", "is there") for name in due if name not in pads)
    for name in (name for name in pads if name in due):
        a, b = pads[name], due[name]
        yield from position(keys.within(key, name), a.at, b.at, 0, 0, one.at, other.at)
        if max(abs(one - due) for one, due in zip(a.size, b.size)) > NEAR:  # on a chip it is drawn, and turned as drawings are
            yield Drift(keys.within(key, name, "size"), lengths(a.size), lengths(b.size))
        yield from text(keys.within(key, name, "net"), a.net, b.net)
