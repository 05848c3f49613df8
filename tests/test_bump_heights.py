"""Bumps of one chip that differ in height: t1 where each stands, and whether the lands under them differ as much."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from overmold.check import BROKEN, KEPT, check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.model3d.scene import INSIDE, scene
from overmold.package import Package
from overmold.package.pieces import with_values
from overmold.package_file import read_package_file, read_package_text
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.space import bottom, crowds, gaps
from overmold.study import study
from overmold.units import Toleranced
from package_text import read
from paths import PACKAGES

DECK = load_deck()
UNEVEN = PACKAGES / "uneven_bumps.yaml"
RULE = "bump-heights-differ"
HEAD = """\
package: B
carrier: {kind: substrate, size: [9 mm, 9 mm], stackup: [{layer: mask, thickness: 15 um}]}
mold: {cap: 400 um, filler: 20 um}
chips:
"""
FLIPPED = HEAD + ("  - {name: U1, size: [3 mm, 3 mm], thickness: 100 um, bonded: flip-chip, "
                  "bumps: {diameter: 100 um, height: 90 um ± 5 um, array: %s}}\n")
BRIDGE = HEAD + """\
  - {name: U1, size: [2 mm, 2 mm], at: [-1.5 mm, 0 mm], thickness: 100 um, bonded: face-up, attach: 20 um}
  - {name: U2, size: [2 mm, 2 mm], at: [1.5 mm, 0 mm], thickness: %s, bonded: face-up, attach: 20 um}
  - {name: U3, stands_on: [U1, U2], size: [4 mm, 1 mm], thickness: 60 um, bonded: flip-chip, bumps: {diameter: 60 um,
     height: 60 um, array: {zones: [{grid: [2, 2], pitch: 200 um, offset: [-1.5 mm, 0 mm]},
                                    {grid: [2, 2], pitch: 200 um, offset: [1.5 mm, 0 mm], height: 40 um, names: {prefix: R}}]}}}
"""


def told(package: Package, rule: str = RULE) -> tuple[str, list[Any]]:
    verdict = check(package, DECK).verdict(rule)
    return verdict.status, [one.reading.value for one in verdict.judged]


def chip(package: Package, name: str = "U1") -> Any:
    return next(one for one in package.chips if one.name == name)


def test_each_height_has_a_gap_of_its_own_and_claims_are_judged_by_all() -> None:
    package = read_package_file(UNEVEN)
    assert [one.value.nominal for one in gaps(package, chip(package)) if one.value] == [75_000, 105_000]
    ratios = [one.reading for one in check(package, DECK).verdict("cover-not-half-to-twice-gap").judged]
    assert [float(one.value) for one in ratios] == pytest.approx([105 / 75, 105 / 105])
    assert ["at A1 and 27 more" in str(one.told) for one in ratios] == [True, False]
    assert told(package) == (KEPT, [0, 0])


def test_a_cavity_does_not_lift_the_chip() -> None:
    package = read_package_file(UNEVEN)
    value = bottom(package, chip(package)).value
    assert value is not None
    assert value.nominal == 75_000
    feet = {crowd.names[0]: crowd.bottom.value for crowd in crowds(package) if crowd.kind == "bumps"}
    assert {name: one.nominal for name, one in feet.items() if one} == {"A1": -15_000, "CA1": -45_000}


@pytest.mark.parametrize(("array", "status", "values"), [
    ("{zones: [{grid: [2, 2], pitch: 1 mm}, {grid: [2, 1], pitch: 300 um, height: 60 um, names: {prefix: Z}}]}", BROKEN,
     [20_000, 0]),                                                             # 30 um short, of which 2 x 5 um are tolerance
    ("{zones: [{grid: [2, 2], pitch: 1 mm}, {grid: [2, 1], pitch: 300 um, height: 82 um, names: {prefix: Z}}]}", KEPT, [0, 0]),
    ("{zones: [{grid: [2, 2], pitch: 1 mm}, {grid: [2, 1], pitch: 300 um, step: 20 um, names: {prefix: Z}}]}", BROKEN,
     [10_000, 0]),                                                             # a step under bumps as high as the others
    ("{at: {A1: [-1 mm, 0 mm], A2: [1 mm, 0 mm, '', 60 um, 30 um], A3: [0 mm, 1 mm, 80 um, 120 um, -30 um]}}", KEPT,
     [0, 0, 0]),
])
def test_heights_and_lands_that_do_not_go_together_are_an_error(array: str, status: str, values: list[int]) -> None:
    package = read(FLIPPED % array)
    assert told(package) == (status, values)
    board = read_board(board_file(package), "b.kicad_pcb")
    assert drift(board, package) == ()
    assert told(board) == (status, values)


def test_over_chips_of_two_heights_the_bumps_differ_as_the_chips_do() -> None:
    package = read(BRIDGE % "120 um")
    value = bottom(package, chip(package, "U3")).value
    assert value is not None
    assert value.nominal == 180_000  # 20 + 100 + 60, and 20 + 120 + 40
    assert told(package) == (KEPT, [0, 0])
    assert told(package, "bridge-not-level")[0] == KEPT
    level = read(BRIDGE % "100 um")
    assert told(level) == (BROKEN, [20_000, 0])
    assert told(level, "bridge-not-level")[0] == BROKEN
    assert drift(read_board(board_file(package), "b.kicad_pcb"), package) == ()


def test_what_is_drawn_in_three_dimensions_has_both_heights() -> None:
    package = read_package_file(UNEVEN)
    solids = [one for one in scene(package, INSIDE) if one.name == "chips.U1.bumps"]
    assert [len(one.at) for one in solids] == [28, 16]


def test_a_cross_section_tells_t1_of_both() -> None:
    drawn = section(read_package_file(UNEVEN))
    assert "t1 75 um" in drawn
    assert "105 um ± 8 um at CA1 and 15 more" in drawn


def test_a_study_moves_all_bumps_of_a_chip_together() -> None:
    package = read_package_file(UNEVEN)
    moved = with_values(package, {"chips.U1.bumps.height": Toleranced(95_000)})
    assert [one.value.nominal for one in gaps(moved, chip(moved)) if one.value] == [80_000, 110_000]
    rules = [rule for rule in DECK.rules if rule.name == "gap-too-narrow-to-fill"]
    rows = [row for row in study(package, rules).rows if row.rule]
    assert [(row.figures.low, row.figures.nominal, row.figures.high) for row in rows] == [
        (67_000, 75_000, 83_000), (97_000, 105_000, 113_000)]
    assert all(1_000 < row.figures.sigma < 3_000 for row in rows)


@pytest.mark.parametrize(("text", "said"), [
    ("balls: {array: {grid: [2, 2], pitch: 1 mm, height: 70 um}, diameter: 0.3 mm}\n", "only bumps have a height of their own"),
    ("balls: {array: {at: {A1: [0 mm, 0 mm, '', '', 10 um]}}, diameter: 0.3 mm}\n", "only bumps have a step of their own"),
])
def test_what_is_no_bump_has_no_height_of_its_own(text: str, said: str) -> None:
    with pytest.raises(Faults, match=said):
        read(FLIPPED % "{grid: [2, 2], pitch: 1 mm}" + text)


def test_heights_in_a_table_beside_the_file(tmp_path: Path) -> None:
    (tmp_path / "b.csv").write_text("name,x,y,bump_height [um],land_step [um]\nA1,0 mm,0 mm,60,30\nA2,1 mm,0 mm,,\n")
    package = read_package_text(FLIPPED % "{csv: b.csv}", "b.yaml", tmp_path)
    sites = chip(package).bumps.sites
    assert (sites.heights.tolist(), sites.steps.tolist()) == ([60_000, 0], [30_000, 0])
    (tmp_path / "b.csv").write_text("name,x,y,bump_height\nA1,0 mm,0 mm,0 um\n")
    with pytest.raises(Faults, match="a height is more than nothing"):
        read_package_text(FLIPPED % "{csv: b.csv}", "b.yaml", tmp_path)


def test_a_field_that_is_almost_that_of_heights_is_not_passed_over() -> None:
    board = board_file(read(FLIPPED % "{at: {A1: [-1 mm, 0 mm], A2: [1 mm, 0 mm, '', 60 um]}}"))
    with pytest.raises(Faults, match="did you mean 'Bump heights of their own'"):
        read_board(board.replace(b'"Bump heights of their own"', b'"Bump Heights of their own"'), "b.kicad_pcb")


@pytest.mark.parametrize(("field", "said"), [
    ("60 um: Q9", "there is no 'Q9' here"), ("0 um: A2", "a height is more than nothing"),
    ("60 um: A2; 50 um: A2", "'A2' has two heights here"),
])
def test_a_field_that_cannot_be_read_is_a_fault(field: str, said: str) -> None:
    board = board_file(read(FLIPPED % "{at: {A1: [-1 mm, 0 mm], A2: [1 mm, 0 mm, '', 60 um]}}"))
    assert b'"Bump heights of their own" "60 um: A2"' in board
    with pytest.raises(Faults, match=said):
        read_board(board.replace(b'"60 um: A2"', f'"{field}"'.encode()), "b.kicad_pcb")
