"""A package drawn as a board and read back is the same package, also after either KiCad has saved the board."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest

from overmold.arrays import Sites
from overmold.check import check
from overmold.kicad.reading import read_board, read_footprint
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.package import (
    CHIP_SIDE,
    FAR_SIDE,
    Balls,
    Bumps,
    Carrier,
    Chip,
    Layer,
    Mold,
    Package,
    Process,
    Singulation,
)
from overmold.package.datum import data_of
from overmold.package.pieces import pieces
from overmold.package_file import read_package_file
from overmold.rule import load_deck
from overmold.shapes import Outline, Point, rectangle, transform
from overmold.units import Toleranced
from paths import DEMO, REPOSITORY

SPECS = sorted([*DEMO.parent.glob("*.yaml"), *(REPOSITORY / "examples").glob("*.yaml")])


def said(package: Package) -> dict[str, Any]:
    """Everything a package states, positions from the carrier's middle, sites by name: what must survive a board."""
    assert package.carrier is not None
    middle = package.carrier.outline.centre

    def near(outline: Outline) -> list[set[Point]]:
        return [set(ring) for ring in outline.moved((-middle[0], -middle[1])).rings]

    def spot(at: Point) -> Point:
        return at[0] - middle[0], at[1] - middle[1]

    def sites(found: Any, *columns: Any) -> dict[str, Any]:
        rows = zip(found.sites.names, (found.sites.xy - np.array(middle)).tolist(), found.nets, *columns)
        return {row[0]: tuple(row[1:]) for row in rows}

    def data(part: Any) -> dict[str, Any]:
        # KiCad keeps no material of copper.
        left = {"material"} if getattr(part, "kind", "") == "copper" else set()
        return {name: getattr(part, name) for name in data_of(type(part)) if name not in left} if part is not None else {}

    balls, mold = package.balls, package.mold
    return {
        "name": package.name, "data": {key: data(part) for key, part in pieces(package) if not key.startswith("wires.")},
        "carrier": near(package.carrier.outline), "layers": [row.kind for row in package.carrier.stackup],
        "mold": mold and (near(mold.outline), near(mold.area or mold.outline)),
        "balls": balls and sites(balls, balls.sides),
        "chips": {chip.name: (
            near(chip.outline), spot(chip.at), chip.angle, chip.bumps and sites(chip.bumps), chip.pads and sites(chip.pads),
        ) for chip in package.chips},
        "fingers": {one.name: (spot(one.at), one.size, one.angle, one.net) for one in package.carrier.fingers},
        "wires": {(one.start, one.end): (spot(one.from_at), spot(one.to_at), one.net, data(one)) for one in package.wires},
        "passives": {part.name: (
            near(part.outline), spot(part.at), part.angle,
            [(t.name, spot(t.at), t.size, t.net) for t in part.terminals],
        ) for part in package.passives},
    }


def demo() -> Package:
    return read_package_file(DEMO)


def parts_of(package: Package) -> tuple[Carrier, Chip, Bumps, Mold, Balls]:
    """The demo's parts, all of which it has."""
    (chip,) = package.chips
    parts = (package.carrier, chip, chip.bumps, package.mold, package.balls)
    assert None not in parts
    return cast("tuple[Carrier, Chip, Bumps, Mold, Balls]", parts)


def odd_stackup(package: Package) -> Package:
    # The layers of one dielectric (nothing but dielectric between two coppers) share their kind in KiCad,
    # and one without a material would come back as "FR4".
    rows = [("mask", 12_345, 2000, 1000, "\"A\""), ("copper", 15_000, 0, 0, ""), ("build-up", 30_000, 3000, 3000, "G"),
            ("copper", 15_000, 1, 2, ""), ("core", 200_000, 20_000, 20_000, "BT"), ("core", 1, 0, 0, "ü"),
            ("copper", 15_000, 0, 0, ""), ("build-up", 30_000, 0, 0, "GZ"), ("copper", 15_000, 0, 0, "")]
    stackup = tuple(Layer("", kind, Toleranced(*numbers), material) for kind, *numbers, material in rows)
    return replace(package, carrier=replace(parts_of(package)[0], stackup=stackup))


def unstated(package: Package) -> Package:
    carrier, chip, bumps, mold, balls = parts_of(package)
    return replace(
        package, max_height=0, singulation=None, carrier=replace(carrier, stackup=()),
        chips=(replace(chip, thickness=None, bumps=replace(bumps, height=None, alloy="")),),
        passives=tuple(replace(part, height=None, value="") for part in package.passives),
        mold=replace(mold, cap=None, filler=None, process=Process()), balls=replace(balls, standoff=None, alloy=""),
    )


def turned(package: Package) -> Package:
    """The chip turned by 90 degrees and moved off the middle; its bumps go with it."""
    _, chip, bumps, _, _ = parts_of(package)
    by = (312_500, -187_501)
    spots = np.array([transform(tuple(spot), by, 90_000) for spot in bumps.sites.xy.tolist()])
    bumps = replace(bumps, sites=Sites(bumps.sites.names, spots), passivation=55_001)
    outline = rectangle(by, (4_900_000, 5_100_000), 90_000)
    return replace(package, chips=(replace(chip, at=by, angle=90_000, bumps=bumps, outline=outline),))


def strange_names(package: Package) -> Package:
    _, chip, bumps, _, balls = parts_of(package)
    nets = tuple(f'N"{i}\\({i % 3})' if i % 2 else "" for i in range(len(bumps.nets)))
    chip = replace(chip, gap=Toleranced(65_000, 8000, 5000), bumps=replace(bumps, nets=nets, ubm=80_000))
    return replace(package, chips=(chip,), balls=replace(balls, nets=tuple("Ω/µ" for _ in balls.nets)))


def balls_beside_the_chip(package: Package) -> Package:
    balls = parts_of(package)[4]
    sides = tuple(CHIP_SIDE if i < 12 else FAR_SIDE for i in range(len(balls.sides)))
    return replace(package, balls=replace(balls, sides=sides), singulation=Singulation("punch"))


def of_odd_shape(package: Package) -> Package:
    carrier, _, _, mold, _ = parts_of(package)
    around = ((-5_000_000, -5_000_000), (5_000_000, -5_000_000), (5_000_000, 4_000_001), (4_000_000, 5_000_000),
              (-5_000_000, 5_000_000))
    hole = ((-4_800_000, -4_800_000), (-4_600_000, -4_800_000), (-4_700_000, -4_600_000))
    inner = ((-4_500_000, -4_500_000), (4_500_000, -4_500_000), (4_000_000, 4_400_000), (-4_500_000, 4_500_000))
    mold = replace(mold, outline=Outline((inner,)), area=rectangle((0, 0), (9_200_000, 9_200_000)))
    return replace(package, carrier=replace(carrier, outline=Outline((around, hole))), mold=mold)


VARIANTS: list[Callable[[Package], Package]] = [
    odd_stackup, unstated, turned, strange_names, balls_beside_the_chip, of_odd_shape,
]


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_a_spec_drawn_as_a_board_reads_back_as_the_same_package(spec: Path) -> None:
    package = read_package_file(spec)
    assert said(read_board(board_file(package), "b.kicad_pcb")) == said(package)


@pytest.mark.parametrize("change", VARIANTS, ids=lambda change: change.__name__)
def test_whatever_a_package_holds_survives_the_board(change: Callable[[Package], Package]) -> None:
    package = change(demo())
    assert said(read_board(board_file(package), "b.kicad_pcb")) == said(package)


@pytest.mark.parametrize("change", [lambda package: package, *VARIANTS], ids=["demo", *(v.__name__ for v in VARIANTS)])
def test_a_board_saved_by_kicad_still_reads_back_the_same(
    saved_by_kicad: Callable[[Path], bytes], tmp_path: Path, change: Callable[[Package], Package]
) -> None:
    package = change(demo())
    path = tmp_path / "b.kicad_pcb"
    path.write_bytes(board_file(package))
    assert said(read_board(saved_by_kicad(path), "b.kicad_pcb")) == said(package)


def test_ids_of_pads_survive_the_reading() -> None:
    read = read_board(board_file(demo()), "b.kicad_pcb")
    assert read.balls is not None
    assert len(set(read.balls.sites.uuids)) == len(read.balls.sites.names) == 144


def test_the_land_pattern_keeps_its_balls_inside_the_whole_body() -> None:
    files = files_of(read_package_file(DEMO))
    name = next(path for path in files if path.endswith("P0.8mm.kicad_mod"))
    pattern = read_footprint(files[name], name)
    assert pattern.carrier is not None
    assert pattern.carrier.outline.is_box
    assert pattern.carrier.outline.size == (10_000_000, 10_000_000)
    assert check(pattern, load_deck()).errors == 0
