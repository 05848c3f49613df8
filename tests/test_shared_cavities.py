"""Cavities with a shape of their own, in which several parts stand."""

from __future__ import annotations

import pytest

from overmold.check import BROKEN, KEPT, check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board, read_board_as_far_as_it_goes
from overmold.kicad.writing.board import board_file
from overmold.metal import OWN_LAND, TERMINAL, metal_of
from overmold.model3d.scene import FINISHED, INSIDE, scene
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.pictures.where import cut_at
from overmold.rule import load_deck
from overmold.space import bodies, bottom
from paths import PACKAGES
from variants import demo_with

DECK = load_deck()
FILE = PACKAGES / "shared_cavity.yaml"


def changed(*pairs: tuple[str, str]) -> Package:
    text = FILE.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return read_package_text(text, "c.yaml", PACKAGES)


def value_of(package: Package, rule: str, part: str) -> int:
    return min(int(one.reading.value) for one in check(package, DECK).verdict(rule).judged if one.reading.where[0] == part)


def test_all_stand_on_the_floor_of_one_cavity() -> None:
    package = read_package_file(FILE)
    for chip in package.chips:
        assert bottom(package, chip).value.nominal == 75_000 - 150_000
    cavities = [body for body in bodies(package) if body.kind == "cavity"]
    assert [(one.key, one.material) for one in cavities] == [("cavities.LOGIC", "encapsulant"), ("cavities.CAPS", "carrier")]
    assert [part.is_closed_in for part in package.passives] == [False, True, True]


def test_a_part_near_the_wall_or_beyond_it_is_too_near() -> None:
    assert value_of(read_package_file(FILE), "cavity-too-narrow", "passives.C1") == 500_000
    package = changed(("at: [1.2 mm, -0.4 mm]", "at: [1.2 mm, -0.2 mm]"))  # the outline steps in at y = 0.6 mm
    assert value_of(package, "cavity-too-narrow", "chips.U2") == 0
    assert check(package, DECK).verdict("cavity-too-narrow").status == BROKEN


def test_the_wall_between_two_cavities_and_what_is_left_below_are_judged() -> None:
    thin = changed(("at: [3.6 mm, 2.4 mm]", "at: [2.95 mm, 0 mm]"), ("at: [3.3 mm, 2.4 mm]", "at: [2.7 mm, 0 mm]"),
                   ("at: [3.9 mm, 2.4 mm]", "at: [3.2 mm, 0 mm]"))
    assert value_of(thin, "cavity-too-near-edge", "cavities.LOGIC") == 50_000
    assert check(thin, DECK).verdict("cavity-too-near-edge").status == BROKEN
    deep = changed(("depth: 150 um ± 10 um", "depth: 470 um"), ("cap: 165 um", "cap: 65 um"))
    assert check(deep, DECK).verdict("cavity-too-deep").status == BROKEN


def test_a_depth_that_nobody_states_is_asked_for_once_with_its_place() -> None:
    package = changed(("    depth: 150 um ± 10 um\n", ""))
    missing = check(package, DECK).verdict("cavity-too-deep").untested
    assert [one.where for one in missing] == [("cavities.LOGIC.depth",)]
    assert any("the depth of the cavity LOGIC" in one.missing for one in check(package, DECK).verdict(
        "gap-too-narrow-to-fill").untested + check(package, DECK).verdict("cover-not-half-to-twice-gap").untested)


def test_pads_of_two_parts_on_one_floor_may_touch() -> None:
    package = changed(("at: [-0.4 mm, 0.6 mm], angle: 90 deg", "at: [1.2 mm, -0.4 mm], angle: 90 deg"))
    assert check(package, DECK).verdict("lands-touch").status == BROKEN
    assert check(read_package_file(FILE), DECK).verdict("lands-touch").status == KEPT


def test_a_part_beside_an_open_cavity_must_not_hang_over_it() -> None:
    package = changed((", cavity: {in: LOGIC}}\n", "}\n"))
    assert check(package, DECK).verdict("land-over-cavity").status == BROKEN
    metal = metal_of(package)
    assert {int(metal.joints.under[one]) for one in metal.pieces.numbers(TERMINAL, 2)} == {OWN_LAND}
    rule = next(one for one in DECK.rules if one.name == "land-over-cavity")
    assert check(demo_with(rule.kept_by, rule.broken_by), DECK).verdict(rule.name).status == BROKEN


def test_pictures_and_models_have_the_carrier_cut_out() -> None:
    package = read_package_file(FILE)
    drawn = section(package, at=cut_at(package, "y=0mm"))
    assert "cavity LOGIC, 150 um ± 10 um deep" in drawn
    assert "cavity LOGIC" in plan(package)
    layers = [solid for solid in scene(package, FINISHED) if solid.name.startswith("carrier.stackup.2")]
    tops = sorted({float(solid.shape.points[:, 2].max() + solid.at[0, 2]) for solid in layers})
    assert len(tops) == 2
    assert tops[1] - tops[0] == 120_000  # 150 um of cavity less 15 um of mask and 15 um of copper over the core
    assert any(solid.name == "cavities.LOGIC" for solid in scene(package, INSIDE))


def test_it_travels_in_the_board_as_an_area_whose_name_says_it() -> None:
    package = read_package_file(FILE)
    board = board_file(package)
    assert '"Cavity LOGIC: 150 um ± 10 um deep"'.encode() in board
    assert '"Cavity CAPS: 270 um ± 10 um deep, closed"'.encode() in board
    other = read_board(board.replace("270 um ± 10 um deep".encode(), b"300 um deep"), "b.kicad_pcb")
    assert [row.key for row in drift(other, package)] == ["cavities.CAPS.depth"]


@pytest.mark.parametrize(("old", "new", "said"), [
    ("Cavity LOGIC: 150 um", "Cavity LOGIC: quite", "is not a valid length"),
    ("± 10 um deep, closed", "± 10 um deep, shut", "'shut' is not a depth or a top of a cavity"),
    ("Cavity CAPS:", "Cavity LOGIC:", "there are two cavities called 'LOGIC'"),
    ("Cavity CAPS:", "Cavity CAP:", "there is no cavity 'CAPS' on this board"),
])
def test_what_a_board_says_wrong_is_said(old: str, new: str, said: str) -> None:
    board = board_file(read_package_file(FILE))
    assert old.encode() in board
    odd = read_board_as_far_as_it_goes(board.replace(old.encode(), new.encode()), "b.kicad_pcb").odd
    assert any(said in one.message for one in odd), [one.message for one in odd]


@pytest.mark.parametrize(("old", "new", "said"), [
    ("cavity: {in: LOGIC}", "cavity: {in: LOGOS}", "there is no cavity 'LOGOS'; did you mean 'LOGIC'"),
    ("cavity: {in: LOGIC}", "cavity: {in: LOGIC, room: 50 um}", "the cavity LOGIC, which says this; leave 'room' out"),
    ("name: CAPS", "name: LOGIC", "'LOGIC' is the name of another cavity"),
])
def test_what_a_file_says_wrong_is_said(old: str, new: str, said: str) -> None:
    with pytest.raises(Faults, match=said):
        changed((old, new))


def test_a_fillet_has_the_room_to_the_next_part_in_its_cavity_and_to_other_cavities() -> None:
    filled = ("    bonded: flip-chip\n    cavity: {in: LOGIC}", "    bonded: flip-chip\n    fillet: 100 um\n"
              "    gap_filled_with: underfill\n    cavity: {in: LOGIC}")
    told = check(changed(filled), DECK).verdict("underfill-runs-into-part").judged
    assert [one.reading.value for one in told] == [400_000]  # C1 is 500 um beside U1: 200 um wide, at -0.4 mm
    apart = changed(filled, ("at: [-0.4 mm, 0.6 mm]", "at: [-0.4 mm, 3 mm]"),
                    (", cavity: {in: LOGIC}}\n  - {name: C2", "}\n  - {name: C2"))
    assert check(apart, DECK).verdict("underfill-runs-into-part").judged[0].reading.value > 400_000
