"""Random packages with stacks, bridges, wires, frames and turned parts; and their metal, by looking at every pair."""

from __future__ import annotations

import random
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple, Union

import numpy as np
import shapely

from overmold.arrays import Sites
from overmold.package import (
    FACE_UP,
    FLIP_CHIP,
    LEAD_FRAME,
    SUBSTRATE,
    Balls,
    BondPads,
    Bumps,
    Carrier,
    Chip,
    Finger,
    Frame,
    Lead,
    Package,
    Passive,
    Terminal,
    Wire,
)
from overmold.shapes import ROUNDING, Outline, Point, polygon, rectangle, transform
from overmold.units import Toleranced

UM = 1000
ANGLES = (0, 0, 90_000, 180_000, 270_000, 30_000, 45_000, 12_345)
NETS = ("", "A", "A", "B", "B", "C", "D")
STEP = 100 * UM


class Bit(NamedTuple):
    """A piece of metal as the oracle sees it: what it is, its net, a shape (a point of a round one) and its radius."""

    what: tuple[str, str, str]  # kind, part, name
    net: str
    shape: Union[shapely.Polygon, shapely.Point]
    radius: float = 0.0
    side: int = -1


class Doubtful(Exception):
    """Two pieces that are apart by so little that rounding decides."""


def a_package(seed: int) -> Package:
    chance = random.Random(seed)
    frame = chance.random() < 0.4
    nets = NETS if chance.random() < 0.9 else ("",)
    carrier = _framed(chance, nets) if frame else _substrate(chance, nets)
    chips = tuple(_chips(chance, nets))
    passives = tuple(_passive(chance, nets, i) for i in range(chance.randint(0, 4)))
    balls = None
    if not frame and chance.random() < 0.8:
        grid = _grid(chance, 3, 3, 8 * STEP, (0, 0), 0)
        balls = Balls(_sites(grid), _some(chance, nets, 9), tuple(chance.choices(("far side", "chip side"), (8, 1), k=9)),
                      Toleranced(300 * UM), land=chance.choice((300 * UM, 300 * UM, 820 * UM)))
    return Package("P", "p", carrier, chips, passives, tuple(_wires(chance, carrier, chips)), balls=balls)


def _some(chance: random.Random, nets: tuple[str, ...], count: int) -> tuple[str, ...]:
    return tuple(chance.choices(nets, k=count))


def _substrate(chance: random.Random, nets: tuple[str, ...]) -> Carrier:
    fingers = tuple(Finger(f"F{i}", (chance.randint(-15, 15) * STEP, chance.choice((-14, 14)) * STEP), (80 * UM, 200 * UM),
                           chance.choice(ANGLES), chance.choice(nets)) for i in range(chance.randint(0, 8)))
    return Carrier(SUBSTRATE, rectangle((0, 0), (34 * STEP, 34 * STEP)), fingers=fingers)


def _framed(chance: random.Random, nets: tuple[str, ...]) -> Carrier:
    turn = chance.choice((0, 0, 90_000, 45_000))
    leads = []
    for i in range(8):
        metal = rectangle(transform((-14 * STEP, (2 * i - 7) * 2 * STEP), (0, 0), turn), (8 * STEP, 250 * UM), turn)
        leads.append(Lead(str(i + 1), metal, metal, chance.choice(nets)))
    paddle = rectangle((0, 0), (16 * STEP, 16 * STEP), turn) if chance.random() < 0.8 else None
    bars = tuple(rectangle(transform((x * STEP, x * STEP), (0, 0), turn), (12 * STEP, 150 * UM), turn + 45_000)
                 for x in (-11, 11))
    return Carrier(LEAD_FRAME, rectangle((0, 0), (40 * STEP, 40 * STEP)),
                   frame=Frame(Toleranced(200 * UM), tuple(leads), paddle, paddle_net=chance.choice(nets),
                               tie_bars=bars if paddle is not None and chance.random() < 0.6 else ()))


def _grid(chance: random.Random, columns: int, rows: int, pitch: int, at: Point, angle: int) -> list[Point]:
    return [transform((round((2 * i - columns + 1) * pitch / 2), round((2 * j - rows + 1) * pitch / 2)), at, angle)
            for j in range(rows) for i in range(columns)]


def _sites(spots: list[Point], prefix: str = "S") -> Sites:
    return Sites(tuple(f"{prefix}{i}" for i in range(len(spots))), np.array(spots, np.int64).reshape(-1, 2))


def _chips(chance: random.Random, nets: tuple[str, ...]) -> Iterator[Chip]:
    """A tower of one to three, and perhaps a second foot with a bridge over both."""
    lower = _chip(chance, nets, "U1", (0, chance.choice((0, 2 * STEP))), (), (3, 3))
    yield lower
    at = lower.at if chance.random() < 0.7 else (chance.randint(-6, 6) * STEP // 2, chance.randint(-6, 6) * STEP // 2)
    if chance.random() < 0.4:
        yield _chip(chance, nets, "U4", (13 * STEP, 0), (), (2, 2))
        yield _chip(chance, nets, "U5", (7 * STEP, 0), ("U1", "U4"), (6, 2))
    if chance.random() < 0.7:
        yield _chip(chance, nets, "U2", at, ("U1",), (3, 3))
        if chance.random() < 0.5:
            yield _chip(chance, nets, "U3", at, ("U2",), (2, 2))


def _chip(chance: random.Random, nets: tuple[str, ...], name: str, at: Point, on: tuple[str, ...], grid: Point) -> Chip:
    angle, pitch = chance.choice(ANGLES), chance.choice((300, 300, 350, 1200)) * UM
    columns, rows = grid
    bumps = pads = None
    flipped = chance.random() < 0.6
    count = columns * rows
    if flipped and chance.random() < 0.9:
        spots = _grid(chance, columns, rows, pitch, at, angle)
        bumps = Bumps(_sites(spots, "B"), _some(chance, nets, count), Toleranced(90 * UM), None,
                      pad=chance.choice((0, 80, 100, 310)) * UM)
    if not flipped or chance.random() < 0.5:
        pads = BondPads(_sites(_grid(chance, columns, rows, pitch, at, angle), "P"), _some(chance, nets, count),
                        chance.choice((60, 90, 150)) * UM)
    size = (columns * pitch, rows * pitch)
    return Chip(name, rectangle(at, size, angle), at, angle, None, FLIP_CHIP if flipped else FACE_UP, bumps, on=on, pads=pads)


def _passive(chance: random.Random, nets: tuple[str, ...], number: int) -> Passive:
    at, angle = (chance.randint(-17, 17) * STEP, chance.randint(-17, 17) * STEP), chance.choice(ANGLES)
    ends = chance.choice((2, 2, 2, 2, 1, 0, 3))
    terminals = tuple(Terminal(str(i + 1), transform((round((i - 0.5) * 400 * UM), 0), at, angle), (200 * UM, 300 * UM),
                               chance.choice(nets)) for i in range(ends))
    return Passive(f"C{number}", rectangle(at, (600 * UM, 300 * UM), angle), at, angle, None, terminals)


def _wires(chance: random.Random, carrier: Carrier, chips: tuple[Chip, ...]) -> Iterator[Wire]:
    ends = {f"{chip.name}.{name}": (x, y) for chip in chips if chip.pads is not None
            for name, (x, y) in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist())}
    goals = {finger.name: finger.at for finger in carrier.fingers}
    if carrier.frame is not None:
        goals.update({lead.name: lead.outline.centre for lead in carrier.frame.leads})
    goals.update(chance.sample(sorted(ends.items()), min(3, len(ends))))
    for i in range(chance.randint(0, 6) if ends and goals else 0):
        start, end = chance.choice(sorted(ends)), chance.choice(sorted(goals))
        moved = chance.choice((0, 0, 0, 40, 400)) * UM
        named = chance.random() < 0.8  # a board names an end by what lies there, a file by what is meant
        spot = (goals[end][0] + moved, goals[end][1])
        if start != end:
            yield Wire(f"W{i}", start if named else "", end if named else "", ends[start], spot, 20 * UM)


def bits_of(package: Package) -> list[Bit]:
    """Every piece of metal, in whatever order."""
    carrier = package.carrier
    assert carrier is not None
    frame, found = carrier.frame, []
    if package.balls is not None:
        balls = package.balls
        for name, xy, net, side in zip(balls.sites.names, balls.sites.xy, balls.nets, balls.sides):
            found.append(Bit(("ball", "", name), net, shapely.Point(xy), balls.land / 2, int(side == "far side")))
    found += [Bit(("finger", "", one.name), one.net, polygon(one.outline), 0, 0) for one in carrier.fingers]
    if frame is not None:
        found += [Bit(("lead", "", one.name), one.net, polygon(one.outline)) for one in frame.leads]
        if frame.paddle is not None:
            found.append(Bit(("paddle", "", "paddle"), frame.paddle_net, polygon(frame.paddle)))
    for chip in package.chips:
        if chip.bumps is not None:
            land = (chip.bumps.pad or 90 * UM) / 2
            for name, xy, net in zip(chip.bumps.sites.names, chip.bumps.sites.xy, chip.bumps.nets):
                found.append(Bit(("bump", chip.name, name), net, shapely.Point(xy), land))
                if not chip.on and frame is None:
                    found.append(Bit(("carrier pad", chip.name, name), net, shapely.Point(xy), land, 0))
        if chip.pads is not None:
            side = (chip.pads.size, chip.pads.size)
            for name, (x, y), net in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist(), chip.pads.nets):
                found.append(Bit(("bond pad", chip.name, name), net, polygon(rectangle((x, y), side, chip.angle))))
    for passive in package.passives:
        for end in passive.terminals:
            shape = polygon(rectangle(end.at, end.size, passive.angle))
            found.append(Bit(("terminal", passive.name, end.name), end.net, shape, 0, -1 if frame is not None else 0))
    return found


def meet(apart: float, limit: float = 1.0) -> bool:
    """Whether a distance counts as touching; raises Doubtful where rounding decides."""
    if limit - 1.5 < apart < limit + 1.5 and apart > 1e-6:
        raise Doubtful
    return apart < limit


def joints_by_looking_at_all(package: Package, bits: list[Bit]) -> set[tuple[str, frozenset[tuple[str, str, str]]]]:
    """Every joint as its kind and the two pieces."""
    by = {bit.what: bit for bit in bits}
    found = {("touch", frozenset((a.what, b.what))) for a, b in combinations(bits, 2)
             if a.side == b.side >= 0 and meet(a.shape.distance(b.shape) - a.radius - b.radius)}
    found |= {("solder", frozenset((bit.what, below.what))) for bit in bits if bit.what[0] == "bump"
              for below in _landing(package, bits, bit)}
    frame = [bit for bit in bits if bit.what[0] in ("lead", "paddle")]
    bars = package.carrier.frame.tie_bars if package.carrier.frame is not None else ()
    frame = [bit._replace(shape=shapely.union_all([bit.shape, *map(polygon, bars)])) if bit.what[0] == "paddle" else bit
             for bit in frame]
    found |= {("touch", frozenset((a.what, b.what))) for a, b in combinations(frame, 2)
              if meet(a.shape.distance(b.shape), ROUNDING + 0.5)}
    found |= {("solder", frozenset((bit.what, metal.what))) for bit in bits if bit.what[0] == "terminal"
              for metal in frame if meet(bit.shape.distance(metal.shape))}
    for wire in package.wires:
        ends = [_bonded(package, bits, by, name, at) for name, at in ((wire.start, wire.from_at), (wire.end, wire.to_at))]
        if None not in ends and ends[0] != ends[1]:
            found.add(("wire", frozenset(ends)))
    return found


def _landing(package: Package, bits: list[Bit], bump: Bit) -> list[Bit]:
    chip = next(chip for chip in package.chips if chip.name == bump.what[1])
    assert package.carrier is not None
    if not chip.on and package.carrier.frame is None:
        over = meet(polygon(package.carrier.outline).distance(bump.shape))
        return [bit for bit in bits if bit.what == ("carrier pad", *bump.what[1:])] if over else []
    kinds, owners = (("bond pad",), chip.on) if chip.on else (("lead", "paddle"), ("",))
    under = [bit for bit in bits if bit.what[0] in kinds and bit.what[1] in owners and meet(bit.shape.distance(bump.shape))]
    return _nearest(under, bump.shape)


def _nearest(bits: list[Bit], spot: shapely.Point) -> list[Bit]:
    order = sorted(bits, key=lambda bit: bit.shape.centroid.distance(spot))
    if len(order) > 1 and order[1].shape.centroid.distance(spot) - order[0].shape.centroid.distance(spot) < 3:
        raise Doubtful
    return order[:1]


def _bonded(package: Package, bits: list[Bit], by: dict[tuple[str, str, str], Bit], name: str, at: Point
            ) -> Union[tuple[str, str, str], None]:
    spot = shapely.Point(at)
    part, _, site = name.rpartition(".")
    named = [bit for key in (("bond pad", part, site), ("finger", "", name), ("lead", "", name)) if (bit := by.get(key))]
    if any(meet(bit.shape.distance(spot)) for bit in named):
        return named[0].what
    chips = {chip.name: chip for chip in package.chips}

    def floor(name: str) -> int:
        return max((1 + floor(one) for one in chips[name].on), default=0)

    layers = [[bit for bit in bits if bit.what[0] == "bond pad" and floor(bit.what[1]) == level] for level in (2, 1, 0)]
    layers += [[bit for bit in bits if bit.what[0] == kind] for kind in ("finger", "lead", "paddle")]
    for layer in layers:
        found = _nearest([bit for bit in layer if meet(bit.shape.distance(spot))], spot)
        if found:
            return found[0].what
    return None


def islands(nodes: list[object], pairs: list[tuple[object, object]]) -> dict[object, frozenset[object]]:
    """What hangs together, by walking from each node."""
    beside: dict[object, set[object]] = {node: set() for node in nodes}
    for one, other in pairs:
        beside[one].add(other)
        beside[other].add(one)
    found: dict[object, frozenset[object]] = {}
    for node in nodes:
        if node in found:
            continue
        seen, waiting = {node}, [node]
        while waiting:
            new = beside[waiting.pop()] - seen
            seen |= new
            waiting += new
        found.update(dict.fromkeys(seen, frozenset(seen)))
    return found


__all__ = ["Bit", "Doubtful", "Outline", "a_package", "bits_of", "islands", "joints_by_looking_at_all", "meet"]
