"""Passives that stand on a chip or an interposer: where they are, what they touch, and what is wrong with one."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from overmold.check import BROKEN, KEPT, UNTESTED, check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.compare.match import match
from overmold.compare.renamed import renamed
from overmold.exchange.writing.bill import bill
from overmold.faults import Faults
from overmold.kicad.placing.proposal import propose
from overmold.kicad.reading import read_board
from overmold.kicad.reading.board import read_board_as_far_as_it_goes
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import build
from overmold.metal import metal_of
from overmold.metal.tables import connection_table
from overmold.model3d.scene import INSIDE, scene
from overmold.package import Package
from overmold.package_file import read_package_text
from overmold.package_file.writing import package_file
from overmold.pictures.plan import plan
from overmold.rule import load_deck
from overmold.space import CONTACT, body_of, over
from paths import PACKAGES
from test_broken_boards import edited
from turned_boards import turned

DECK = load_deck()
TEXT = (PACKAGES / "passives_on_interposer.yaml").read_text(encoding="utf-8")
PADS = "pads: [{at: [-0.15 mm, 0 mm], size: [0.12 mm, 0.2 mm]}, {at: [0.15 mm, 0 mm], size: [0.12 mm, 0.2 mm]}]"


def design(*changes: tuple[str, str]) -> Package:
    """The package of the file with these texts, each of them there, replaced by others where they stand first."""
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_package_text(text, "p.yaml", PACKAGES)


def all_ways(package: Package, folder: Path) -> list[Package]:
    """As file, as board, as board turned by a third of a right angle, and as the package file that is made of that board."""
    board = read_board(board_file(package), "b.kicad_pcb")
    files = package_file(board)
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return [package, board, read_package_text(files[f"{package.name}.yaml"], "again.yaml", folder)]


def states(package: Package) -> Mapping[str, str]:
    return {one.rule.name: one.status for one in check(package, DECK).verdicts}


def test_it_stands_on_its_chip_and_the_chip_bears_it() -> None:
    package = design()
    body = body_of(package, package.passives[0])
    assert body.bottom.value is not None
    assert body.top.value is not None
    assert (body.bottom.value.nominal, body.top.value.nominal) == (160_000, 280_000)  # 60 of gap, 100 of chip; 120 of its own
    (slit,) = [one for one in over(package, "chips.U1") if one.upper == "passives.C1"]
    assert (slit.filling, slit.own) == (CONTACT, True)
    (above,) = over(package, "passives.C1")
    assert (above.upper, above.thickness and above.thickness.value and above.thickness.value.nominal) == ("mold.cap", 97_000)


def test_a_height_below_that_nobody_stated_leaves_its_place_on_the_chip_known() -> None:
    package = design(("thickness: 100 um ± 2 um", "note: thin"))
    (slit,) = [one for one in over(package, "chips.U1") if one.upper == "passives.C1"]
    assert slit.filling == CONTACT
    found = check(package, DECK).verdict("too-little-mold-over-passive")
    assert found.status == UNTESTED
    assert "chip thickness of U1 is not stated" in found.untested[0].missing
    assert found.untested[0].of == "passives.C1"  # a claim asked of one chip leaves out what other parts lack


def test_its_terminals_stand_on_the_bond_pads_and_no_copper_of_the_carrier() -> None:
    package = design()
    metal = metal_of(package)
    names = {metal.pieces.name(one): metal.pieces.name(int(metal.joints.under[one])) for one in range(len(metal.pieces))
             if metal.pieces.name(one).startswith("C1.")}
    assert names == {"C1.1": "U1.CAA1", "C1.2": "U1.CAA2"}
    (row,) = [row for row in connection_table(package) if (row.chip, row.pad) == ("U1", "CAA1")]
    assert (row.by, row.to, row.exits, row.state) == ("terminal", "C1.1", ("A1",), "connected")
    chart = {row.number: row for row in claim_chart(check(package, DECK))}
    assert (chart[12].status, "C1 stands on U1, not on the carrier" in chart[12].because) == ("not met", True)


@pytest.mark.parametrize(("changes", "broken", "said"), [
    ([("at: [-1.8 mm, 2.5 mm]", "at: [-1.8 mm, 2.38 mm]")], "passive-not-connected", "stands on no bond pad of U1"),
    ([("nets: [VDD, GND]", "nets: [GND, VDD]")], "passive-not-connected", "(GND) stands on U1.CAA1 (VDD)"),
    ([("size: [0.12 mm, 0.2 mm]", "size: [0.55 mm, 0.2 mm]")], "passive-not-connected", "touches U1.CAA2 (GND)"),
    ([("  - [GND, U1.CAA2, \"\"]\n", "")], "passive-not-connected", "stands on U1.CAA2 (no net)"),
    ([("size: [0.5 mm, 0.3 mm]", "size: [0.5 mm, 1.2 mm]")], "passive-beyond-chip", "C1 on U1"),
    ([("height: 120 um ± 10 um", "height: 180 um ± 10 um")], "too-little-mold-over-passive", "C1 on U1 is 180 um high"),
    ([("size: [3 mm, 4.4 mm]", "size: [3 mm, 5.2 mm]")], "passive-too-near-chip", "C1 to U2"),
    ([("value: 10 nF", "cavity: {depth: 50 um, room: 50 um}")], "cavity-not-in-carrier", "C1 stands on U1"),
])
def test_a_wrong_one_breaks_its_rule_as_file_and_as_board(changes: list[tuple[str, str]], broken: str, said: str,
                                                          tmp_path: Path) -> None:
    for package in all_ways(design(*changes), tmp_path):
        verdict = check(package, DECK).verdict(broken)
        assert verdict.status == BROKEN, package.source
        assert any(said in one.reading.note for one in verdict.judged), [one.reading.note for one in verdict.judged]


def test_a_kept_design_stays_so_on_a_board_that_is_turned(tmp_path: Path) -> None:
    package = design()
    for one in all_ways(package, tmp_path):
        assert drift(one, package) == ()
    for angle in (90_000, 30_000):
        board = read_board(turned(board_file(package), angle), "t.kicad_pcb")
        assert states(board)["passive-not-connected"] == states(board)["passive-beyond-chip"] == KEPT
        assert [row.key for row in drift(board, package) if row.key.startswith("passives")] == []


def test_pads_that_nobody_stated_are_not_checked() -> None:
    start, end = TEXT.index("    pads:\n"), TEXT.index("  - name: U2")
    text = re.sub(r"  - \[\w+, U1\.[LRC]\w+, \"\"\]\n", "", TEXT[:start] + TEXT[end:])
    found = check(read_package_text(text, "p.yaml", PACKAGES), DECK).verdict("passive-not-connected")
    assert found.status == UNTESTED
    assert "what the terminals of C1 stand on is not known: state the pads of U1" in found.untested[0].missing


def test_one_on_the_carrier_that_ends_below_one_on_a_chip_is_no_neighbour_of_it() -> None:
    for high, state in (("50 um", KEPT), ("220 um", BROKEN)):  # C1 begins at 160 um, 50 um beside it in plan
        low = f'passives:\n  - {{name: C9, size: "01005", height: {high}, at: [-3.7 mm, 2.5 mm], nets: [VDD, GND]}}\n'
        package = design(("passives:\n", low), ("at: [-1.8 mm, 2.5 mm]", "at: [-3.2 mm, 2.5 mm]"))
        assert states(package)["passives-too-close"] == state


@pytest.mark.parametrize(("old", "new", "said"), [
    ("stands_on: U1\n    size: [0.5", "stands_on: U7\n    size: [0.5", "there is no chip 'U7' to stand on"),
    ("stands_on: U1\n    size: [0.5", "stands_on: C2\n    size: [0.5", "C2 is not a chip, and a passive stands on the carrier"),
    ("stands_on: U1\n    size: [0.5", "stands_on: C1\n    size: [0.5", "C1 is not a chip"),
    ("stands_on: U1\n    size: [0.5", "stands_on: [U1, U1]\n    size: [0.5", "'U1' is listed twice"),
    ("stands_on: U1\n    size: [0.5", "stands_on: U1\n    on: U1\n    size: [0.5", "'on' is an older word for 'stands_on'"),
    ("stands_on: U1\n    size: [0.5", "stands_on: U1\n    side: far side\n    size: [0.5", "leave 'side' or 'stands_on' out"),
    ("name: U2\n    stands_on: U1", "name: U2\n    stands_on: C1", "C1 is not a chip, and only on chips other chips can stand"),
])
def test_what_it_cannot_stand_on_is_said_at_its_place(old: str, new: str, said: str) -> None:
    with pytest.raises(Faults) as caught:
        design((old, new))
    (fault,) = caught.value.faults
    assert said in fault.message
    assert fault.line > 0


FIELD = r'(property "Passive stands on" )"U1"'


@pytest.mark.parametrize(("pattern", "put", "said"), [
    (FIELD, r'\1"U9"', "there is no chip 'U9' on this board to stand on; known: U1, U2, U3"),
    (FIELD, r'\1"C2"', "C2 is not a chip"),
    (FIELD, r'\1"U1, U1"', "this names one chip twice"),
    (FIELD, r'\1""', "on the layer 'Bumps on chips', as those of a part that stands on a chip"),
    (FIELD, r'\1"U1") (property "Passive side" "far side"', "it sits on the side of the chips; flip it, or empty that field"),
    (r'fp_text user "1: VDD"', 'fp_text user "1:VDD"', "'1:VDD' may be one name or name and net"),
    (r'(fp_text user "1: VDD"\s*\(at )\S+ \S+', r"\g<1>3 3", "terminal 1 has no shape"),
    (r"\(end -0.09 0.1\)", "(end -0.21 0.1)", "terminal 1 has no shape"),
    (r'fp_text user "1: VDD"', 'fp_text user ""', "has no name"),
    (r'(\(embedded_fonts no\))', '(pad "1" smd rect (at 0 0) (size 0.1 0.1) (layers "F.Cu")) \\1',
     "so its terminals are not pads of the carrier"),
])
def test_what_a_board_says_wrong_of_it_is_said(pattern: str, put: str, said: str) -> None:
    text = edited(board_file(design()).decode(), "C1", pattern, put)
    odd = read_board_as_far_as_it_goes(text.encode(), "b.kicad_pcb").odd
    assert any(said in one.message for one in odd), [one.message for one in odd]


def test_place_finds_nothing_to_do_and_what_is_to_move() -> None:
    package = design()
    text = board_file(package)
    assert propose(package, text, "b.kicad_pcb").changes == ()
    moved = design(("at: [-1.8 mm, 2.5 mm]", "at: [-1.7 mm, 2.5 mm]"))
    assert {one.unit for one in propose(moved, text, "b.kicad_pcb").changes} == {"passives.C1"}
    board = read_board(re.sub(rb'("Reference"|"Stands on"|"Passive stands on") "U1"', rb'\1 "IP1"', text), "b.kicad_pcb")
    names = match(board, package)
    assert names.chips == {"U1": "IP1"}
    assert drift(board, renamed(package, names, {})) == ()


def test_it_is_drawn_over_its_chip_in_plan_and_in_three_dimensions_and_listed() -> None:
    package = design()
    drawn = plan(package)
    assert drawn.index("<title>U1</title>") < drawn.index("<title>C1, on U1</title>")
    (solid,) = [one for one in scene(package, INSIDE) if one.name == "passives.C1"]
    assert solid.at[:, 2].tolist() == [160_000, 160_000]
    assert any("height 120 um ± 10 um, on U1" in cell for row in bill(package).rows for cell in row)


@pytest.mark.kicad
def test_kicad_finds_nothing_wrong_with_it_and_saves_it_as_it_is(kicad_version, kicad_cli, saved_by_kicad, tmp_path) -> None:
    package = design(("at: [2 mm, 2.5 mm]", "at: [2 mm, 2.5 mm]\n    angle: 30 deg"))
    build(package, tmp_path)
    board, report = next(tmp_path.glob("*.kicad_pcb")), tmp_path / "drc.json"
    kicad_cli(kicad_version, "pcb", "drc", "--severity-all", "--format", "json", "-o", report, board)
    assert json.loads(report.read_text(encoding="utf-8"))["violations"] == []
    assert drift(read_board(saved_by_kicad(board), "b.kicad_pcb"), package) == ()
