"""Package on package: lands for an upper one, in files, on boards, in the metal, and against the mold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from overmold.check import BROKEN, KEPT, check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board, read_footprint
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.kicad.writing.rules import custom_rules
from overmold.metal import TOP_LAND, metal_of
from overmold.model3d.scene import INSIDE, scene
from overmold.package import Package
from overmold.package.moved import at_home
from overmold.package.pieces import with_values
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.pages.view.pieces import pieces_of
from overmold.pages.view.solids import crowds_of
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.space.crowds import upper_joints
from overmold.units import LENGTH, Toleranced, parse_plain, parse_toleranced
from paths import PACKAGES
from turned_boards import turned
from variants import demo_with

DECK = load_deck()
FILE = PACKAGES / "pop.yaml"


@pytest.fixture(scope="module")
def package() -> Package:
    return read_package_file(FILE)


def test_the_upper_package_stands_on_fill_and_ball_over_the_mold(package: Package) -> None:
    (found,) = check(package, DECK).verdict("upper-package-on-mold").judged
    assert (found.reading.value, found.reading.low, found.reading.high) == (85_000, 40_000, 130_000)  # 150 + 220 - 285
    fill, ball = upper_joints(package)
    assert (fill.top.value, ball.top.value) == (Toleranced(150_000, 15_000, 15_000), Toleranced(370_000, 35_000, 35_000))


@pytest.mark.parametrize(("change", "rule"), [
    ({"top_lands.ball_height": "150 um"}, "upper-package-on-mold"),
    ({"mold.cap": "390 um"}, "upper-package-on-mold"),
    ({"top_lands.via": None}, "top-land-under-mold"),
])
def test_the_twins_that_break(package: Package, change: dict[str, str], rule: str) -> None:
    values = {key: text and parse_toleranced(text, LENGTH) for key, text in change.items()}
    assert check(package, DECK).verdict(rule).status == KEPT
    assert check(with_values(package, values), DECK).verdict(rule).status == BROKEN


def test_lands_beside_the_mold_need_no_via_and_have_no_fill() -> None:
    partial = {"mold.outline": ["7.5 mm", "7.5 mm"], "mold.covers": "part of the carrier", "passives": None}
    beside = demo_with({**partial, "top_lands": {
        "array": {"grid": [13, 13], "pitch": "0.72 mm", "rings": 1}, "land": "0.25 mm", "ball_height": "380 um"}})
    result = check(beside, DECK)
    assert result.verdict("top-land-under-mold").status == KEPT
    (found,) = result.verdict("upper-package-on-mold").judged
    assert found.reading.value == 380_000 - 315_000
    assert [crowd.kind for crowd in upper_joints(beside)] == ["upper balls"]


def test_what_nobody_states_is_asked_for(package: Package) -> None:
    for name, said in (("ball_height", "upper ball height"), ("via_fill", "mold via fill")):
        (missing,) = check(with_values(package, {f"top_lands.{name}": None}), DECK).verdict("upper-package-on-mold").untested
        assert f"the {said} is not stated" in missing.missing


def test_a_land_on_top_is_an_end_of_the_metal_like_a_ball(package: Package) -> None:
    metal = metal_of(package)
    tops = metal.pieces.kind == TOP_LAND
    assert int(tops.sum()) == 44
    assert metal.is_exit[tops].all()
    # S21 to S36 go from bumps to the top alone.
    assert check(package, DECK).verdict("bump-net-reaches-nothing").status == KEPT
    assert check(replace(package, balls=None), DECK).verdict("chip-not-connected").status == KEPT


@pytest.mark.parametrize(("key", "value"), [
    ("via", "15.7 mil ± 2 %"), ("via_fill", "0.17 mm ± 9 um"), ("ball_height", "8.8 mil"), ("land", "0.31 mm"),
    ("opening", "0.2 mm")])
def test_a_changed_datum_goes_to_the_board_and_the_file(package: Package, key: str, value: str, tmp_path: Path) -> None:
    said = f"top_lands.{key}"
    plain = key in ("land", "opening")
    changed = with_values(package, {said: (parse_plain if plain else parse_toleranced)(value, LENGTH)})
    assert [row.key for row in drift(changed, package)] == [said]
    board = read_board(board_file(changed), "b.kicad_pcb")
    assert drift(board, changed) == ()
    files = package_file(board)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert drift(read_package_text(files[f"{package.name}.yaml"], "again.yaml", tmp_path), changed) == ()


def test_nets_and_places_of_lands_are_compared(package: Package) -> None:
    assert package.top_lands is not None
    lands = package.top_lands
    other = replace(package, top_lands=replace(lands, nets=("MX", *lands.nets[1:])))
    assert [row.key for row in drift(other, package)] == [f"top_lands.{lands.sites.names[0]}.net"]
    assert [row.key for row in drift(replace(package, top_lands=None), package)] == ["top_lands"]


def test_on_the_board_they_are_pads_of_the_carrier_and_no_rule_of_kicad_forbids_them(package: Package) -> None:
    board = board_file(package)
    assert board.count(b'(pad "TOP.') == 44
    assert "ball on the chip side" not in {rule.name for rule in custom_rules(package)}
    assert "ball on the chip side" in {rule.name for rule in custom_rules(replace(package, top_lands=None))}
    with pytest.raises(Faults, match="the lands on top have fields but no pads"):
        read_board(board.replace(b'(pad "TOP.', b'(pad "B.'), "b.kicad_pcb")


def test_the_carriers_own_footprint_keeps_them_apart_from_its_balls(package: Package) -> None:
    (carrier,) = (data for name, data in files_of(package).items() if name.endswith("_carrier.kicad_mod"))
    read = read_footprint(carrier, "x.kicad_mod")
    assert read.top_lands is not None
    assert read.balls is not None
    assert (len(read.top_lands.sites), len(read.balls.sites)) == (44, 81)
    assert not any(name.startswith("TOP") for name in (*read.top_lands.sites.names, *read.balls.sites.names))


def test_they_turn_with_the_carrier(package: Package) -> None:
    assert drift(at_home(read_board(turned(board_file(package), 90_000), "b.kicad_pcb")), package) == ()


def test_they_are_drawn(package: Package) -> None:
    assert "solder in the via over top land " in section(package)
    assert "top land A1" in plan(package)
    assert sum(len(solid.at) for solid in scene(package, INSIDE) if solid.name == "top_lands") == 88
    found = crowds_of(package, pieces_of(package, {})[1])  # type: ignore[arg-type]
    assert [(one["kind"], len(one["pieces"])) for one in found] == [
        ("bumps", 36), ("balls", 81), ("vias", 44), ("upper balls", 44)]


def test_a_frame_has_none_and_no_part_is_called_like_them() -> None:
    frame = ("package: X\ncarrier:\n  kind: lead frame\n  size: [4 mm, 4 mm]\n  frame:\n    thickness: 200 um\n"
             "    leads: {per_side: 2, pitch: 0.5 mm, width: 0.2 mm, length: 0.3 mm}\n"
             "top_lands: {array: {grid: [2, 2], pitch: 1 mm}, land: 0.3 mm}\n")
    with pytest.raises(Faults, match="a lead frame has no lands for an upper package; leave 'top_lands' out"):
        read_package_text(frame, "x.yaml", Path())
    text = FILE.read_text(encoding="utf-8").replace("name: U1", "name: TOP").replace("U1.", "TOP.")
    with pytest.raises(Faults, match="'TOP' is what a netlist calls the lands on top"):
        read_package_text(text, "x.yaml", PACKAGES)


PARTS = {"top_lands": {"array": {"grid": [13, 13], "pitch": "0.72 mm", "rings": 1}, "land": "0.25 mm", "ball_height": "380 um"}}
BESIDE = {**PARTS, "mold.outline": ["7.5 mm", "7.5 mm"], "mold.covers": "part of the carrier"}


def test_an_upper_package_meets_a_lid_before_the_mold_and_no_land_is_free_under_a_lid() -> None:
    flat = {**BESIDE, "passives": None, "lid": {"thickness": "30 um", "attach": "10 um ± 2 um"}}
    (found,) = check(demo_with(flat), DECK).verdict("upper-package-on-mold").judged
    assert (found.reading.where[-1], found.reading.value, found.reading.low) == ("lid.thickness", 25_000, 25_000 - 17_000)
    assert check(demo_with(flat), DECK).verdict("upper-package-on-mold").status == BROKEN
    assert check(demo_with(flat), DECK).verdict("top-land-under-mold").status == KEPT
    vias = {**PARTS["top_lands"], "via": "0.35 mm", "via_fill": "150 um"}
    over = check(demo_with({"top_lands": vias, "passives": None, "lid": {"thickness": "30 um", "attach": "10 um"}}), DECK)
    assert over.verdict("top-land-under-mold").status == BROKEN
    assert "under the lid" in str(over.verdict("top-land-under-mold").judged[0].reading.told)


def test_an_upper_package_meets_what_stands_above_the_mold_or_has_none() -> None:
    high = check(demo_with({**BESIDE, "passives.0.height": "370 um"}), DECK).verdict("upper-package-on-mold")
    assert {(one.reading.where[-1], one.reading.value) for one in high.judged} == {
        ("mold.cap", 65_000), ("passives.C1", 10_000)}
    bare = check(demo_with({**PARTS, "mold": None, "passives": None, "top_lands.ball_height": "230 um"}), DECK)
    assert [one.reading.value for one in bare.verdict("upper-package-on-mold").judged] == [230_000 - 225_000]
    unknown = check(demo_with({**PARTS, "mold": None, "passives": None, "chips.0.thickness": None}), DECK)
    assert "chip thickness of U1" in unknown.verdict("upper-package-on-mold").untested[0].missing


@pytest.mark.parametrize(("change", "status"), [
    ({}, KEPT), ({"mold.draft": "55 deg"}, BROKEN), ({"mold.outline": ["8.4 mm", "8.4 mm"]}, BROKEN)])
def test_a_via_has_mold_all_around_it_up_to_the_top(change: dict[str, object], status: str) -> None:
    vias = {"top_lands": {**PARTS["top_lands"], "via": "0.35 mm", "via_fill": "150 um"}, "passives": None}
    assert check(demo_with(vias, change), DECK).verdict("mold-via-too-near-mold-edge").status == status
