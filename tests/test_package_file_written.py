"""A package written as a package file: read again it is the same package, written again the same bytes."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dose import dose
from overmold.arrays import Sites
from overmold.check import check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Carrier, Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.package_file.writing.lacking import lacking, needed
from overmold.package_file.writing.sayable import sayable
from overmold.package_file.writing.text import word
from overmold.rule import load_deck
from overmold.shapes import Outline, rectangle
from overmold.units import LENGTH, PRESSURE, Toleranced, stated_text
from paths import DEMO, REPOSITORY
from random_packages import a_package, with_nets
from test_frame_round_trip import packages
from test_package_file_wires import WIRED

SPECS = sorted([*DEMO.parent.glob("*.yaml"), *(REPOSITORY / "examples").glob("*.yaml")])
DECK = load_deck()
MM = 1_000_000


def board_of(package: Package) -> Package:
    """What a board drawn of the package says."""
    return read_board(board_file(package), "b.kicad_pcb")


def read_back(files: dict[str, str], folder: Path) -> Package:
    """The package of a written package file."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return read_package_file(folder / next(name for name in files if name.endswith(".yaml")))


def judged(package: Package) -> tuple[dict[str, Any], list[Any]]:
    """Status and worst reading of every rule that a package file can be judged by, and the claim chart."""
    result = check(package, DECK)
    said = {one.rule.name: (one.status, one.worst.reading.value if one.worst else None) for one in result.verdicts
            if one.rule.name != "mold-area-differs-from-outline"}  # only a board draws that area
    return said, [(row.number, row.status) for row in claim_chart(result)]


def kept_law(package: Package, folder: Path) -> dict[str, str]:
    """Nothing drifts between the package and what its written file says, and that is written the same again."""
    files = package_file(package)
    again = read_back(files, folder)
    assert [str(one) for one in drift(package, again)] == []
    assert package_file(again) == files
    return files


def are_said_as_grids(path: Path, files: dict[str, str]) -> None:
    """Arrays need no table, and no line is too long to read."""
    # These are said spot by spot: pads of their own, and bumps, balls or lands of several heights, turns or widths.
    spots = {"hybrid": {"pads.csv"}, "qfn_two_pads": {"pads.csv"}, "qfn_stepped": {"pads.csv"}, "qfn_rounded": {"bumps.csv"},
             "passives_on_interposer": {"pads.csv"},
             "uneven_bumps": {"bumps.csv"}, "oblong_pillars": {"bumps.csv"}, "oblong_by_volume": {"bumps.csv"},
             "pillar_terminals": {"balls.csv"}, "lands_of_two_sizes": {"balls.csv"},
             "balls_and_lands": {"balls.csv"}, "pop_upper": {"lands.csv"}}.get(path.stem, set())
    assert {name.rpartition("_")[2] for name in files if name.endswith(".csv")} <= {"nets.csv", "wires.csv", *spots}
    assert all(len(line) <= 128 for line in files[next(iter(files))].splitlines())


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_an_example_comes_back_from_its_board_as_a_package_file_that_says_the_same(path: Path, tmp_path: Path) -> None:
    package = board_of(read_package_file(path))
    are_said_as_grids(path, kept_law(package, tmp_path))
    again = read_package_file(next(tmp_path.glob("*.yaml")))
    assert judged(again) == judged(package)
    assert lacking(again) == lacking(package)
    assert sayable(package)[1] == ()


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_an_example_has_no_drift_from_the_file_that_it_is_written_as(path: Path, tmp_path: Path) -> None:
    package = read_package_file(path)
    files = kept_law(package, tmp_path)
    assert [str(one) for one in drift(board_of(package), read_package_file(tmp_path / next(iter(files))))] == []


def test_the_demo_is_written_as_people_write_it() -> None:
    text = package_file(board_of(read_package_file(DEMO)))["FCCSP-144_10x10mm_P0.8mm.yaml"]
    written = [line.split("#")[0].rstrip() for line in DEMO.read_text(encoding="utf-8").splitlines()]
    ours = [line.split("#")[0].rstrip() for line in text.splitlines()]
    assert sorted(line for line in ours if line) == sorted(
        line if not line.startswith("netlist") else "netlist: FCCSP-144_10x10mm_P0.8mm_nets.csv" for line in written if line)


def test_what_a_board_does_not_say_is_a_line_to_fill_in_and_no_number_is_invented(tmp_path: Path) -> None:
    bare = board_file(read_package_file(DEMO)).decode()
    for field in ("Chip thickness", "Mold cap", "Ball diameter", "Bump alloy", "Carrier kind", "Passive height"):
        bare = bare.replace(f'(property "{field}"', '(property "Was"')
    package = read_board(bare.encode(), "b.kicad_pcb")
    files = package_file(package)
    text = files["FCCSP-144_10x10mm_P0.8mm.yaml"]
    lines = [line.strip().split("  ")[0] for line in text.splitlines() if "# the board does not say" in line]
    assert lines == ["# kind: substrate", "# thickness: 150 um ± 10 um", "# alloy: SAC305", *["# height: 0.3 mm ± 0.03 mm"] * 4,
                     "# cap: 315 um ± 15 um", "# diameter: 0.4 mm"]
    assert needed(package) == ["the carrier kind", "the ball diameter"]
    for line in lines:  # filled in, it is whole
        text = text.replace(line, line[2:])
    (tmp_path / "filled.yaml").write_text(text, encoding="utf-8")
    (tmp_path / "FCCSP-144_10x10mm_P0.8mm_nets.csv").write_text(files["FCCSP-144_10x10mm_P0.8mm_nets.csv"], encoding="utf-8")
    assert lacking(read_package_file(tmp_path / "filled.yaml")) == ()


def test_a_package_of_nothing_but_a_name_is_written_too() -> None:
    (text,) = package_file(Package("P", "b.kicad_pcb")).values()
    assert "# carrier:" in text


def test_sites_without_a_rule_go_to_a_table_and_a_few_stand_in_the_file(tmp_path: Path) -> None:
    package = read_package_file(DEMO)
    chance = random.Random(1)
    assert package.balls is not None
    xy = package.balls.sites.xy + np.array([[chance.randrange(-9000, 9000), chance.randrange(-9000, 9000)]
                                            for _ in range(144)], np.int64)
    moved = replace(package, balls=replace(package.balls, sites=Sites(package.balls.sites.names, xy)))
    files = kept_law(moved, tmp_path)
    assert files["FCCSP-144_10x10mm_P0.8mm_balls.csv"].startswith("name,x,y\nA1,")
    few = read_package_text("package: P\ncarrier: {kind: substrate, size: [9 mm, 9 mm]}\nballs: {diameter: 0.4 mm, array: {at: "
                         "{'1': [0 mm, 0 mm], X: [1 mm, 2.000003 mm], '#3': [3 mm, 3 mm]}}}\n", "p.yaml", Path())
    (text,) = kept_law(few, tmp_path).values()
    assert 'array: {at: {"#3": [3 mm, 3 mm], 1: [0 mm, 0 mm], X: [1 mm, 2.000003 mm]}}' in text


def test_names_that_a_package_file_cannot_hold_are_changed_and_told(tmp_path: Path) -> None:
    package = read_package_file(DEMO)
    chip, (passive, *_) = package.chips[0], package.passives
    assert chip.bumps is not None
    sites = replace(chip.bumps.sites, names=("A1", "A1", "", *chip.bumps.sites.names[3:]))
    nets = ("Net 1", "Net,1", "Net_1", *chip.bumps.nets[3:])
    odd = replace(
        package, name="my package", chips=(replace(chip, name="U.1", bumps=replace(chip.bumps, sites=sites, nets=nets)),),
        passives=(replace(passive, name="PKG1", value="10 nF\n", terminals=tuple(
            replace(one, name=name) for one, name in zip(passive.terminals, "KA"))),))
    changed, notes = sayable(odd)
    assert (changed.name, changed.chips[0].name, changed.passives[0].name) == ("my_package", "U_1", "PKG1_2")
    assert changed.chips[0].bumps is not None
    assert changed.chips[0].bumps.sites.names[:3] == ("A1", "A1_2", "X")
    assert changed.chips[0].bumps.nets[:3] == ("Net_1_2", "Net_1_3", "Net_1")
    assert [terminal.name for terminal in changed.passives[0].terminals] == ["1", "2"]
    assert len(notes) == 5
    assert sayable(changed)[1] == ()
    kept_law(changed, tmp_path)
    assert package_file(odd) == package_file(changed)


def test_what_a_package_file_has_no_words_for_is_left_out_and_told() -> None:
    package = read_package_file(DEMO)
    hole = (*rectangle((0, 0), (8 * MM, 8 * MM)).rings, rectangle((0, 0), (MM, MM)).rings[0])
    assert package.balls is not None
    sides = ("chip side", *package.balls.sides[1:])
    odd = replace(package, carrier=Carrier("substrate", Outline(hole)), balls=replace(package.balls, sides=sides))
    changed, notes = sayable(odd)
    assert changed.carrier is not None
    assert changed.balls is not None
    assert len(changed.carrier.outline.rings) == 1
    assert len(changed.balls.sites) == 143
    assert [note.split(":")[0] for note in notes] == [
        "the holes in the outline of the carrier are left out", "1 balls are left out"]


@pytest.mark.parametrize("text", [
    "VDD", "010", "a b", "10 nF", "~RST", "{slash}", "x:y", "# no", "-1", "", "a\"b\\", "NO", "*"])
def test_any_word_is_read_as_it_was_written(text: str) -> None:
    from overmold.marked_yaml import load

    assert load(f"a: [{word(text)}, b]\n", "f").words == {"a": [text, "b"]}


@pytest.mark.parametrize(("value", "kind", "said"), [
    (Toleranced(65_000, 10_000, 10_000), LENGTH, "65 um ± 10 um"),
    (Toleranced(65_001, 3, 2), LENGTH, "65.001 um +0.003/-0.002 um"),
    (Toleranced(2 * MM), LENGTH, "2 mm"), (Toleranced(1_333_223_874), PRESSURE, "10 mmHg"),
    (Toleranced(1_300_000_000), PRESSURE, "1.3 kPa")])
def test_a_quantity_is_written_in_a_unit_that_loses_nothing(value: Toleranced, kind: Any, said: str) -> None:
    assert stated_text(value, kind) == said


@pytest.mark.parametrize("seed", range(dose(20, 60)))
def test_a_random_package_comes_back_from_its_board(seed: int, tmp_path: Path) -> None:
    package = with_nets(read_package_text(a_package(seed), "p.yaml", tmp_path), random.Random(seed))
    kept_law(package, tmp_path)
    kept_law(board_of(package), tmp_path)


@pytest.mark.parametrize("name", ["demo", "stack_two", "qfn"])
def test_a_board_saved_by_kicad_reads_back_to_the_same_package_file(
    name: str, tmp_path: Path, saved_by_kicad: Callable[[Path], bytes]
) -> None:
    board = tmp_path / "b.kicad_pcb"
    board.write_bytes(board_file(read_package_file(DEMO.with_name(f"{name}.yaml"))))
    before = package_file(read_board(board.read_bytes(), "b.kicad_pcb"))
    assert package_file(read_board(saved_by_kicad(board), "b.kicad_pcb")) == before




@pytest.mark.parametrize("name", ["qfn", "DFN-8_3x3mm", "QFN-20_4x4mm"])
def test_the_numbers_of_a_lead_frame_are_found_again_in_its_metal(name: str, tmp_path: Path) -> None:
    package = packages()[name]
    kept_law(package, tmp_path)
    kept_law(board_of(package), tmp_path)


def test_wires_that_differ_say_so_listed_or_in_a_table(tmp_path: Path) -> None:
    package = read_package_text(WIRED, "p.yaml", tmp_path)
    assert package.wires
    listed = [replace(wire, tier=1 + i % 2, loop_height=Toleranced(100_000 + 1000 * i), profile=("standard", "reverse")[i % 2])
              for i, wire in enumerate(package.wires)]
    changed = replace(package, wires=tuple(listed))
    assert "{from: " in kept_law(changed, tmp_path)[f"{package.name}.yaml"]
    stack = read_package_file(REPOSITORY / "examples/qfn-32_stack.yaml")
    many = tuple(replace(wire, tier=1 + i % 2, diameter=(18_000, 25_000)[i % 2]) for i, wire in enumerate(stack.wires))
    table = kept_law(replace(stack, wires=many), tmp_path)[f"{stack.name}_wires.csv"]
    assert table.startswith("from,to,diameter,tier\n")
