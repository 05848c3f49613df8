"""Several blocks of mold, side by side and on the far side: each chip is judged by the block over it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from overmold.check import BROKEN, KEPT, check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board, read_board_as_far_as_it_goes
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.rules import custom_rules
from overmold.package import Package
from overmold.package.pieces import with_values
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.rule import load_deck
from overmold.shapes import rectangle
from overmold.units import ANGLE, LENGTH, parse_plain, parse_toleranced
from paths import PACKAGES
from variants import demo_with

DECK = load_deck()
FILE = PACKAGES / "two_molds.yaml"


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(FILE)


def test_t2_of_every_chip_is_that_under_the_block_over_it(package: Package) -> None:
    judged = check(package, DECK).verdict("cover-not-half-to-twice-gap").judged
    assert {one.reading.where: float(one.reading.value) for one in judged} == {
        ("chips.U1", "mold.cap"): 1.25, ("chips.U2", "mold.regions.RF.cap"): 1.25}
    lower = check(with_values(package, {"mold.regions.RF.cap": parse_toleranced("385 um", LENGTH)}), DECK)
    broken = [one.reading.where for one in lower.verdict("cover-not-half-to-twice-gap").judged if one.reading.value < 0.5]
    assert broken == [("chips.U2", "mold.regions.RF.cap")]


def test_a_chip_between_the_blocks_or_under_none_is_not_covered(package: Package) -> None:
    assert package.mold is not None
    rf, under = package.mold.regions
    bare = check(replace(package, mold=replace(package.mold, regions=(under,))), DECK)
    assert bare.verdict("chip-not-covered").status == BROKEN
    (finding,) = [one.reading for one in bare.verdict("chip-not-covered").judged if one.reading.value < 1]
    assert (finding.where, finding.told) == (("chips.U2", "mold"), "U2 lies under no mold")
    assert claim_chart(bare)[14].status == "not met"
    aside = replace(rf, outline=rf.outline.moved((1_200_000, 0)))
    half = check(replace(package, mold=replace(package.mold, regions=(aside, under))), DECK)
    (finding,) = [one.reading for one in half.verdict("chip-not-covered").judged if one.reading.value < 1]
    assert finding.where[0] == "chips.U2"
    assert 0 < finding.value < 1


def test_blocks_that_overlap_cover_nothing_twice() -> None:
    half = {"mold.outline": ["5 mm", "10 mm"], "mold.covers": "part of the carrier", "passives": None}
    again = {"mold.regions": [{"name": "B", "size": ["5 mm", "10 mm"], "cap": "315 um"}]}
    result = check(demo_with({**half, **again, "chips.0.size": ["5.2 mm", "5 mm"]}), DECK)
    (chip,) = (one.reading for one in result.verdict("chip-not-covered").judged)
    assert float(chip.value) == pytest.approx(5 / 5.2)
    assert result.verdict("mold-blocks-too-close").status == BROKEN
    (share,) = (one.reading for one in result.verdict("carrier-not-covered").judged)
    assert float(share.value) < 0.52


@pytest.mark.parametrize(("key", "value", "kind"), [
    ("cap", "17.3 mil ± 2 %", LENGTH), ("draft", "3.3 deg", ANGLE), ("side", "far side", None)])
def test_a_changed_datum_of_a_block_goes_to_the_board_and_the_file(package: Package, key: str, value: str, kind: object,
                                                                  tmp_path: Path) -> None:
    said = f"mold.regions.RF.{key}"
    new = value if kind is None else (parse_plain if key == "draft" else parse_toleranced)(value, kind)  # type: ignore
    changed = with_values(package, {said: new})
    assert [row.key for row in drift(changed, package)] == [said]
    board = read_board(board_file(changed), "b.kicad_pcb")
    assert drift(board, changed) == ()
    files = package_file(board)
    again = read_package_text(files[f"{package.name}.yaml"], "again.yaml", tmp_path) if not any(
        (tmp_path / name).write_text(text, encoding="utf-8") < 0 for name, text in files.items()) else board
    assert drift(again, changed) == ()


def test_a_moved_missing_or_nameless_block_is_told(package: Package) -> None:
    assert package.mold is not None
    rf, under = package.mold.regions
    moved = replace(package, mold=replace(package.mold, regions=(replace(rf, outline=rectangle((0, 0), (9, 9))), under)))
    assert [row.key for row in drift(moved, package)] == ["mold.regions.RF.outline"]
    gone = replace(package, mold=replace(package.mold, regions=(under,)))
    assert [row.key for row in drift(gone, package)] == ["mold.regions.RF"]
    board = board_file(package)
    with pytest.raises(Faults, match="there is no rule area 'Mold region RF' that it could be of"):
        read_board(board.replace(b'(name "Mold region RF")', b'(name "Other")'), "b.kicad_pcb")
    with pytest.raises(Faults, match="there is more than one area of this name"):
        read_board(board.replace(b'(name "Mold region RF")', b'(name "Mold region UNDER")'), "b.kicad_pcb")


def test_a_name_given_twice_is_a_fault_at_its_place() -> None:
    text = FILE.read_text(encoding="utf-8").replace("name: UNDER", "name: RF")
    with pytest.raises(Faults, match=r"two_molds.yaml:40:\d+: 'RF' is the name of another block of mold; give each its own"):
        read_package_text(text, "two_molds.yaml", PACKAGES)


def test_a_cap_that_nobody_states_is_asked_for_by_its_name(package: Package) -> None:
    result = check(with_values(package, {"mold.regions.RF.cap": None}), DECK)
    (missing,) = result.verdict("cover-not-half-to-twice-gap").untested
    assert "the cap of mold RF is not stated" in missing.missing
    assert "field 'Region cap RF' on the board" in missing.missing


def test_kicad_takes_parts_under_any_block_for_covered(package: Package) -> None:
    first = custom_rules(package)[0]
    assert "!A.enclosedByArea('Mold cap') && !A.enclosedByArea('Mold region RF')" in first.condition
    assert "UNDER" not in first.condition
    assert "open via under the mold RF" in {rule.name for rule in custom_rules(package)}


def test_mold_on_the_far_side_is_held_to_board_balls_and_parts(package: Package) -> None:
    for rule, change in (
            ("far-mold-near-board", {"mold.regions.UNDER.cap": parse_toleranced("470 um", LENGTH)}),
            ("far-passive-not-in-far-mold", {"mold.regions.UNDER.cap": parse_toleranced("180 um", LENGTH),
                                            "passives.C1.height": parse_toleranced("170 um", LENGTH)})):
        assert check(package, DECK).verdict(rule).status == KEPT
        assert check(with_values(package, change), DECK).verdict(rule).status == BROKEN


@pytest.mark.parametrize(("pillar", "status"), [("450 um", KEPT), ("380 um", BROKEN)])
def test_pillars_hold_a_far_block_off_the_board_by_copper_and_cap(pillar: str, status: str) -> None:
    text = FILE.read_text(encoding="utf-8").replace(
        "  standoff: 0.5 mm ± 0.03 mm\n", f"  terminals: pillars\n  pillar: {pillar}\n  solder_cap: 30 um\n")
    assert check(read_package_text(text, "p.yaml", PACKAGES), DECK).verdict("far-mold-near-board").status == status


@pytest.mark.parametrize(("name", "called"), [
    ("mold cap", "called 'mold cap'"), ("Mold cap 2", "called 'Mold cap 2'"), ("Cap", "called 'Cap'"), ("", "without a name"),
])
def test_an_area_of_another_name_is_told_and_which_names_are_read(package: Package, name: str, called: str) -> None:
    board = board_file(package).decode().replace('(name "Mold cap")', f'(name "{name}")')
    (odd,) = read_board_as_far_as_it_goes(board.encode(), "b.kicad_pcb").odd
    assert odd.message == (
        f"this area {called} on the layer 'Chip outline' is not understood: those that are read are called 'Mold cap', "
        "'Mold region B', 'Cavity C: 200 um deep' or 'Keep-out K: parts'; rename it, or take it off this layer")
    assert odd.unknown == ("chips", "mold")


@pytest.mark.parametrize("name", ["Mold cap", "Mold region RF"])
def test_a_blank_behind_the_name_of_an_area_means_nothing(package: Package, name: str) -> None:
    board = board_file(package).decode()
    assert f'(name "{name}")' in board
    again = read_board(board.replace(f'(name "{name}")', f'(name "{name} ")').encode(), "b.kicad_pcb")
    assert again.mold == read_board(board.encode(), "b.kicad_pcb").mold
