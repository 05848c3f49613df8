"""Where a board and its package file have drifted apart: every datum that differs, with both values.

A part that has another name on the board is the same part: that is told once, and its data are compared.
Positions are compared relative to the carrier, its centre and its angle: a package file has its origin there and never turns
it, a board has it anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Optional

from ..package import Balls, Package, TopLands, keys
from ..package.moved import at_home
from ..shapes import Point
from .match import Names, centre, match
from .parts import both, chip, frame, lands, missing, passive, wires
from .renamed import renamed
from .values import Drift, data, lengths, outline, position, sites, text

__all__ = ["Drift", "drift"]


def drift(board: Package, spec: Package) -> tuple[Drift, ...]:
    """Every difference, part by part; empty where the board is what the package file says."""
    board, spec = at_home(board), at_home(spec)
    names = replace(match(board, spec), nets={})  # a net of another name is told pad by pad
    spec = renamed(spec, names, {})
    return (*_names(names), *_differences(board, spec, centre(board), centre(spec)))


def _names(names: Names) -> Iterator[Drift]:
    for crowd, others in ((keys.CHIPS, names.chips), (keys.PASSIVES, names.passives)):
        yield from (Drift(keys.within(crowd, new, "name"), new, old) for old, new in others.items())


def _differences(board: Package, spec: Package, here: Point, there: Point) -> Iterator[Drift]:
    yield from text("package", board.name, spec.name)
    yield from _carriers(board, spec, here, there)
    yield from missing("chips", board.chips, spec.chips)
    for one, other in both(board.chips, spec.chips):
        yield from chip(one, other, here, there)
    yield from missing("passives", board.passives, spec.passives)
    for found, due in both(board.passives, spec.passives):
        yield from passive(found, due, here, there)
    yield from wires(board.wires, spec.wires, here, there)
    yield from _mold(board, spec, here, there)
    yield from _balls(board.balls, spec.balls, here, there)
    yield from _keep_outs(board, spec, here, there)
    yield from _cavities(board, spec, here, there)
    yield from _top_lands(board.top_lands, spec.top_lands, here, there)
    yield from data("lid", board.lid, spec.lid)
    yield from data("singulation", board.singulation, spec.singulation)
    yield from data("", board, spec)
    yield from lands(board.lands, spec.lands)


def _carriers(board: Package, spec: Package, here: Point, there: Point) -> Iterator[Drift]:
    one, other = board.carrier, spec.carrier
    if one is None or other is None:
        yield from text("carrier", "is there" if one else "", "is there" if other else "")
        return
    yield from data("carrier", one, other)
    yield from outline("carrier.outline", one.outline, other.outline, here, there)
    yield from missing(keys.FINGERS, one.fingers, other.fingers)
    for finger, due in both(one.fingers, other.fingers):
        yield from position(finger.key, finger.at, due.at, finger.angle, due.angle, here, there)
        yield from data(finger.key, finger, due)
        yield from text(keys.within(finger.key, "size"), lengths(finger.size), lengths(due.size))
        yield from text(keys.within(finger.key, "net"), finger.net, due.net)
    yield from frame(one.frame, other.frame, here, there)
    if [layer.kind for layer in one.stackup] != [layer.kind for layer in other.stackup]:
        yield Drift(keys.STACKUP, ", ".join(layer.kind for layer in one.stackup),
                    ", ".join(layer.kind for layer in other.stackup))
        return
    for i, (a, b) in enumerate(zip(one.stackup, other.stackup)):
        # KiCad keeps no material of copper.
        yield from data(keys.layer(i), a, b if b.kind != "copper" else replace(b, material=a.material))


def _mold(board: Package, spec: Package, here: Point, there: Point) -> Iterator[Drift]:
    one, other = board.mold, spec.mold
    if one is None or other is None:
        yield from text("mold", "is there" if one else "", "is there" if other else "")
        return
    yield from outline("mold.outline", one.outline, other.outline, here, there)
    yield from data("mold", one, other)
    yield from data("mold.process", one.process, other.process)
    yield from missing(keys.REGIONS, one.regions, other.regions)
    for region, due in both(one.regions, other.regions):
        yield from outline(keys.within(region.key, "outline"), region.outline, due.outline, here, there)
        yield from data(region.key, region, due)
        yield from data(keys.within(region.key, "process"), region.process, due.process)


def _keep_outs(board: Package, spec: Package, here: Point, there: Point) -> Iterator[Drift]:
    yield from missing(keys.KEEP_OUTS, board.keep_outs, spec.keep_outs)
    for one, other in both(board.keep_outs, spec.keep_outs):
        yield from outline(keys.within(one.key, "outline"), one.outline, other.outline, here, there)
        yield from data(one.key, one, other)


def _cavities(board: Package, spec: Package, here: Point, there: Point) -> Iterator[Drift]:
    yield from missing(keys.CAVITIES, board.cavities, spec.cavities)
    for one, other in both(board.cavities, spec.cavities):
        yield from outline(keys.within(one.key, "outline"), one.outline, other.outline, here, there)
        yield from data(one.key, one, other)


def _top_lands(one: Optional[TopLands], other: Optional[TopLands], here: Point, there: Point) -> Iterator[Drift]:
    if one is None or other is None:
        yield from text(keys.TOP_LANDS, "are there" if one else "", "are there" if other else "")
        return
    yield from data(keys.TOP_LANDS, one, other)
    yield from sites(keys.TOP_LANDS, one.sites, other.sites, one.nets, other.nets, here, there)


def _balls(one: Optional[Balls], other: Optional[Balls], here: Point, there: Point) -> Iterator[Drift]:
    if one is None or other is None:
        yield from text("balls", "are there" if one else "", "are there" if other else "")
        return
    yield from data("balls", one, other)
    sides, due = dict(zip(one.sites.names, one.sides)), dict(zip(other.sites.names, other.sides))
    for name in (name for name in sides if name in due and sides[name] != due[name]):
        yield Drift(keys.ball(name), sides[name], due[name])
    yield from sites("balls", one.sites, other.sites, one.nets, other.nets, here, there)
