"""Random designs for the claim chart: sound packages with things taken away, moved, turned, emptied and made wrong."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Optional

import numpy as np

from overmold.arrays import Sites
from overmold.package import Chip, Layer, Mold, Package, Process, Singulation, Terminal
from overmold.read_any import read_any
from overmold.shapes import Outline, Point, rectangle, transform, untransform
from overmold.units import Toleranced
from random_metal import a_package as some_metal

HERE = Path(__file__).parent
UM, MM = 1000, 1_000_000
Change = Callable[[random.Random, Package], Package]


@lru_cache(maxsize=1)
def sound() -> tuple[Package, ...]:
    """The packages that are changed: small ones, and those of the examples with few bumps."""
    cases = HERE / "cases/claims"
    base = [cases / f"{name}.yaml" for name in ("00_base", "01_base_stack", "06_base_three", "18_base_passive")]
    files = [*base * 6,
             *(path for name in ("stack_*", "qfn", "towers") for path in sorted((HERE / "packages").glob(f"{name}.yaml"))),
             *sorted(cases.glob("*.yaml"))]
    return tuple(read_any(path) for path in files)


def a_design(seed: int) -> Package:
    """The design with this number: up to four changes of a sound one, or any metal in any heights."""
    chance = random.Random(seed)
    package = _with_heights(chance, some_metal(seed)) if chance.random() < 0.2 else chance.choice(sound())
    for _ in range(chance.choice([0, 1, 1, 1, 2, 2, 3])):
        package = chance.choice(CHANGES)(chance, package)
    return package


def _length(chance: random.Random, low: int, high: int) -> Toleranced:
    return Toleranced(chance.randrange(low, high) * UM, chance.choice([0, 3000]), chance.choice([0, 3000]))


def _with_heights(chance: random.Random, package: Package) -> Package:
    chips = []
    for chip in package.chips:
        made = replace(chip, thickness=_length(chance, 30, 120), attach=_length(chance, 5, 30))
        if chip.bumps is not None:
            made = replace(made, bumps=replace(chip.bumps, height=_length(chance, 40, 90), alloy="SAC305"))
        elif chip.has_gap and chance.random() < 0.7:
            made = replace(made, gap=_length(chance, 40, 90))
        chips.append(made)
    carrier = package.carrier
    assert carrier is not None
    if carrier.frame is None:
        carrier = replace(carrier, stackup=(Layer("", "mask", Toleranced(15 * UM)),))
    process = Process("reduced-pressure transfer", Toleranced(1_333_223_874), Toleranced(175_000))
    mold = Mold(carrier.outline, _length(chance, 200, 500), Toleranced(20 * UM), process)
    cut = Singulation("saw", Toleranced(300 * UM), Toleranced(200 * UM))
    return replace(package, carrier=carrier, chips=tuple(chips), mold=mold, singulation=cut)


def _one_chip(change: Callable[[random.Random, Chip], Chip]) -> Change:
    def made(chance: random.Random, package: Package) -> Package:
        if not package.chips:
            return package
        which = chance.randrange(len(package.chips))
        return replace(package, chips=tuple(change(chance, chip) if i == which else chip
                                            for i, chip in enumerate(package.chips)))
    return made


def _bumps(chip: Chip, **what: object) -> Chip:
    return chip if chip.bumps is None else replace(chip, bumps=replace(chip.bumps, **what))


def _moved(chip: Chip, spot: Callable[[Point], Point]) -> Chip:
    def sites(one: Sites) -> Sites:
        return Sites(one.names, np.array([spot((int(x), int(y))) for x, y in one.xy], np.int64).reshape(-1, 2))

    outline = Outline(tuple(tuple(spot(at) for at in ring) for ring in chip.outline.rings))
    return replace(chip, outline=outline, at=spot(chip.at),
                   bumps=None if chip.bumps is None else replace(chip.bumps, sites=sites(chip.bumps.sites)),
                   pads=None if chip.pads is None else replace(chip.pads, sites=sites(chip.pads.sites)))


def _away(chance: random.Random, chip: Chip) -> Chip:
    by = (chance.choice([-1, 1]) * chance.choice([100, 500, 1500, 9000]) * UM, chance.randrange(-300, 300) * UM)
    return _moved(chip, lambda at: (at[0] + by[0], at[1] + by[1]))


def _turned(chance: random.Random, chip: Chip) -> Chip:
    turn, at = chance.choice([90_000, 180_000, 45_000]), chip.at
    made = _moved(chip, lambda spot: transform(untransform(spot, at, 0), at, turn))
    return replace(made, angle=(chip.angle + turn) % 360_000)


def _outline_away(chance: random.Random, chip: Chip) -> Chip:
    return replace(chip, outline=chip.outline.moved((chance.choice([700, 3000]) * UM, 0)))


def _fewer_bumps(chance: random.Random, chip: Chip) -> Chip:
    if chip.bumps is None:
        return chip
    some = chance.sample(range(len(chip.bumps.sites)), min(len(chip.bumps.sites), chance.choice([1, 1, 2, 3])))
    return _bumps(chip, sites=Sites(tuple(chip.bumps.sites.names[i] for i in some), chip.bumps.sites.xy[some]),
                  nets=tuple(chip.bumps.nets[i] for i in some))


def _no_nets(chance: random.Random, chip: Chip) -> Chip:
    made = _bumps(chip, nets=("",) * len(chip.bumps.sites)) if chip.bumps is not None and chance.random() < 0.6 else chip
    if chip.pads is None or chance.random() < 0.5:
        return made
    return replace(made, pads=replace(chip.pads, nets=("",) * len(chip.pads.sites)))


def _beside(chance: random.Random, package: Package) -> Package:
    """One more chip, face up beside the others."""
    at = (chance.randrange(-2000, 2000) * UM, chance.choice([-2000, 2000]) * UM)
    thickness = chance.choice([None, _length(chance, 40, 320), _length(chance, 100, 200)])
    made = Chip("U9", rectangle(at, (600 * UM, 500 * UM)), at, 0, thickness, "face-up", attach=Toleranced(20 * UM))
    return replace(package, chips=(*(chip for chip in package.chips if chip.name != "U9"), made))


def _twin(chance: random.Random, package: Package) -> Package:
    """A second flip chip or chip like one there, beside it or far off."""
    if not package.chips or any(chip.name == "U8" for chip in package.chips):
        return package
    chip = _away(chance, replace(chance.choice(package.chips), name="U8"))
    chip = replace(chip, thickness=chance.choice([chip.thickness, Toleranced(60 * UM)]))
    return replace(package, chips=(*package.chips, chip))


def _passives(chance: random.Random, package: Package) -> Package:
    if not package.passives:
        return package
    one = chance.choice(package.passives)
    ends: tuple[Terminal, ...] = one.terminals
    by = (chance.choice([0, 300, 9000]) * UM, 0)
    kind = chance.randrange(4)
    if kind == 0:
        ends = ends[:chance.randrange(3)]
    elif kind == 1:
        ends = tuple(replace(end, net=chance.choice(["", "VDD", "LONELY", "GND"])) for end in ends)
    elif kind == 2:
        ends = tuple(replace(end, at=(end.at[0] + by[0], end.at[1])) for end in ends)
    else:
        return replace(package, passives=tuple(each for each in package.passives if each is not one))
    made = replace(one, terminals=ends)
    return replace(package, passives=tuple(made if each is one else each for each in package.passives))


def _balls(chance: random.Random, package: Package) -> Package:
    balls, kind = package.balls, chance.randrange(6)
    if balls is None or kind == 0:
        return replace(package, balls=None)
    if kind == 1:
        sides = chance.choice([("chip side",), ("far side",), ("far side", "chip side")])
        return replace(package, balls=replace(balls, sides=tuple(chance.choice(sides) for _ in balls.sides)))
    if kind == 2:
        xy = balls.sites.xy + np.array([[chance.choice([1, 4, 40]) * MM, 0]])
        return replace(package, balls=replace(balls, sites=Sites(balls.sites.names, xy)))
    if kind == 3:
        return replace(package, balls=replace(balls, diameter=None, standoff=None, alloy="", land=300 * UM))
    if kind == 4:
        return replace(package, balls=replace(balls, diameter=None, alloy=chance.choice(["", "SAC305"]), land=300 * UM))
    count = chance.choice([0, 1, 2])
    return replace(package, balls=replace(balls, sites=Sites(balls.sites.names[:count], balls.sites.xy[:count]),
                                          nets=balls.nets[:count], sides=balls.sides[:count]))


def _mold(chance: random.Random, package: Package) -> Package:
    mold, carrier, kind = package.mold, package.carrier, chance.randrange(5)
    if mold is None or kind == 0 or carrier is None:
        return package if chance.random() < 0.6 else replace(package, mold=None)
    if kind == 1:
        return replace(package, mold=replace(mold, cap=chance.choice([None, _length(chance, 150, 600), mold.cap])))
    if kind == 2:
        return replace(package, mold=replace(mold, filler=chance.choice(
            [None, Toleranced(30 * UM, 0, 0), Toleranced(30 * UM, 25 * UM, 25 * UM), Toleranced(45 * UM)])))
    (cx, cy), (wide, high) = carrier.outline.centre, carrier.outline.size
    share = chance.choice([30, 55, 72, 90, 99])
    box = rectangle((cx, cy), (wide * share // 100, high * share // 100))
    outlines = [box, box.moved((wide // chance.choice([4, 9, 50]), 0)), _notched(carrier.outline.box, chance),
                rectangle((cx, cy), (wide, high * share // 100)), carrier.outline]
    return replace(package, mold=replace(mold, outline=chance.choice(outlines)))


def _notched(box: tuple[int, int, int, int], chance: random.Random) -> Outline:
    left, top, right, bottom = box
    deep, half = (right - left) * chance.choice([2, 10, 45]) // 100, (bottom - top) * chance.choice([2, 10]) // 100
    y = (top + bottom) // 2
    return Outline((((left, top), (right, top), (right, bottom), (left, bottom), (left, y + half), (left + deep, y + half),
                     (left + deep, y - half), (left, y - half)),))


def _process(chance: random.Random, package: Package) -> Package:
    if package.mold is None:
        return package
    pressure: Optional[int] = chance.choice([None, 1_333_223_874, 2_666_447_748, 3_333_059_685, 101_325_000_000])
    heat: Optional[int] = chance.choice([None, 175_000, 207_000, 207_001, 230_000])
    made = Process(chance.choice(["", "reduced-pressure transfer", "reduced-pressure transfer", "transfer", "compression"]),
                   None if pressure is None else Toleranced(pressure), None if heat is None else Toleranced(heat))
    return replace(package, mold=replace(package.mold, process=made))


def _cut(chance: random.Random, package: Package) -> Package:
    cut = chance.choice([None, Singulation(""), Singulation("none"), Singulation("saw"),
                         Singulation("", Toleranced(300 * UM)),
                         Singulation("laser", Toleranced(100 * UM), Toleranced(100 * UM))])
    frame = package.carrier.frame if package.carrier is not None else None
    if package.carrier is not None and frame is not None and chance.random() < 0.5:
        frame = replace(frame, strip=chance.choice([(1, 1), (8, 20)]))
        package = replace(package, carrier=replace(package.carrier, frame=frame))
    return replace(package, singulation=cut)


def _carrier(chance: random.Random, package: Package) -> Package:
    carrier = package.carrier
    if carrier is None or chance.random() < 0.1:
        return replace(package, carrier=None)
    if chance.random() < 0.5:
        kind = chance.choice(["", "substrate", "lead frame", "interposer", "panel"])
        return replace(package, carrier=replace(carrier, kind=kind))
    core = Layer("", "core", Toleranced(200 * UM), chance.choice(["", "BT", "silicon"]))
    return replace(package, carrier=replace(carrier, stackup=chance.choice([(), (core,), (*carrier.stackup, core)])))


def _wires(chance: random.Random, package: Package) -> Package:
    return replace(package, wires=tuple(chance.sample(package.wires, min(len(package.wires), chance.choice([0, 1, 2])))))


CHANGES: tuple[Change, ...] = (
    _one_chip(_away), _one_chip(_away), _one_chip(_turned), _one_chip(_outline_away), _one_chip(_fewer_bumps),
    _one_chip(_fewer_bumps), _one_chip(_no_nets), _one_chip(lambda chance, chip: replace(chip, thickness=None)),
    _one_chip(lambda chance, chip: replace(chip, thickness=_length(chance, 30, 250))),
    _one_chip(lambda chance, chip: replace(chip, attach=None)), _one_chip(lambda chance, chip: replace(chip, bonded="")),
    _one_chip(lambda chance, chip: replace(chip, bonded=chance.choice(["flip-chip", "face-up"]), attach=Toleranced(20 * UM))),
    _one_chip(lambda chance, chip: replace(chip, bumps=None)), _one_chip(lambda chance, chip: replace(chip, pads=None)),
    _one_chip(lambda chance, chip: _bumps(chip, height=None)),
    _one_chip(lambda chance, chip: _bumps(chip, height=_length(chance, 20, 95))),
    _one_chip(lambda chance, chip: _bumps(chip, alloy=chance.choice(["", "63Sn37Pb", "unobtainium"]))),
    _one_chip(lambda chance, chip: replace(chip, gap=_length(chance, 10, 95))),
    _one_chip(lambda chance, chip: replace(chip, gap_filled_with=chance.choice(["underfill", "nothing"]))),
    _beside, _beside, _twin, _passives, _passives, _balls, _balls, _mold, _mold, _mold, _process, _process,
    _cut, _cut, _carrier, _wires, _wires,
)
