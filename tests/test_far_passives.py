"""Passives on the carrier's far side: parts like others, judged by what is around them there, as file and as board."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from overmold.check import check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.placing.proposal import propose
from overmold.kicad.reading import read_board
from overmold.kicad.reading.board import read_board_as_far_as_it_goes
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import build
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.pictures.plan import plan
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.space import CARRIER, over
from overmold.space.bodies import bodies
from paths import PACKAGES
from test_broken_boards import edited
from variants import demo_with

DECK = load_deck()
PADS = [{"at": ["-0.08 mm", "10 um"], "size": ["80 um", "60 um"]}, {"at": ["0.08 mm", "0 mm"], "size": ["80 um", "80 um"]}]


def far(name: str = "C9", **other: Any) -> dict[str, Any]:
    """Between four balls of the demo, whose standoff is 300 um ± 50 um, and under its chip."""
    return {"name": name, "side": "far side", "size": ["0.2 mm", "0.1 mm"], "height": "200 um", "at": ["0.05 mm", "0 mm"],
            "nets": ["VDD", "GND"], "pads": PADS, **other}


def design(*parts: dict[str, Any], **change: Any) -> Package:
    return demo_with({"passives.4": parts[0], **{f"passives.{5 + i}": part for i, part in enumerate(parts[1:])}, **change})


def both(package: Package, folder: Path) -> list[Package]:
    """As file, as board, as the package file that is made of that board, and as the board of that."""
    board = read_board(board_file(package), "b.kicad_pcb")
    files = package_file(replace(board, source=str(folder / "p.yaml")))
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    again = read_package_file(folder / next(iter(files)))
    return [package, board, again, read_board(board_file(again), "again.kicad_pcb")]


def broken(package: Package) -> set[str]:
    return {one.rule.name for one in check(package, DECK).verdicts if one.status in ("broken", "warned")}


def keeps_all(package: Package) -> None:
    """No rule is broken, and none tells of it but those that are meant for it."""
    result = check(package, DECK)
    assert not broken(package)
    (part,) = package.far_passives
    own = {"far_passive_headroom", "far_passive_to_ball", "far_passive_to_carrier_edge"}
    for verdict in result.verdicts:
        # Nothing but what is meant for it, its lands and its nets: no word of the mold, of chips, or of the other passives.
        told = verdict.rule.measure not in {*own, "land_inside_carrier", "unconnected_terminals", "clear_of_street",
                                            "mask_between_openings"}
        assert not (told and any(part.key in one.reading.where for one in verdict.judged)), verdict.rule.name
    names = {one.rule.name: one.worst.reading for one in result.verdicts if one.worst}
    room, aside = names["far-passive-near-board"], names["far-passive-too-near-ball"]
    assert (room.value, room.low) == (100_000, 50_000)
    # Its nearest balls stand 0.4 mm off in both directions: sqrt(250^2 + 350^2) um less half of 400 um.
    assert aside.value == pytest.approx(230_116, abs=1)


def test_one_between_the_balls_is_a_part_like_others_and_no_rule_of_the_mold_judges_it(tmp_path: Path) -> None:
    for package in both(design(far()), tmp_path):
        keeps_all(package)


WRONG = {
    "as high as the balls": ((far(height="260 um"),), {"far-passive-near-board"}),
    "in a corner too high": ((far(height="210 um"),), {"far-passive-near-board"}),
    "beside a ball": ((far(at=["0.2 mm", "0 mm"], angle="90 deg", size=["0.3 mm", "0.2 mm"]),), {"far-passive-too-near-ball"}),
    "over the edge": ((far(at=["4.95 mm", "0 mm"]),),
                      {"far-passive-beyond-carrier", "land-beyond-carrier", "passive-not-connected", "saw-street-not-clear"}),
    "on a ball's land": ((far(at=["0.4 mm", "0.15 mm"], nets=["VDD", "U1_1"]),),
                         {"far-passive-too-near-ball", "lands-touch", "passive-not-connected"}),
    "two in one place": ((far(), far("C10", at=["0.1 mm", "0 mm"])), {"passives-too-close"}),
    "with a loose end": ((far(nets=["VDD", ""]),), {"passive-not-connected"}),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_one_breaks_what_it_breaks_as_file_and_as_board(what: str, tmp_path: Path) -> None:
    parts, due = WRONG[what]
    for package in both(design(*parts), tmp_path):
        assert broken(package) == due, package.source


def test_one_beside_a_chip_on_the_other_side_or_over_a_passive_there_is_no_matter(tmp_path: Path) -> None:
    assert all(not broken(one) for one in both(design(far(at=["3.6 mm", "0 mm"])), tmp_path))


def test_its_body_lies_below_the_carrier_and_in_no_slit() -> None:
    package = design(far())
    (body,) = [one for one in bodies(package) if one.key == "passives.C9"]
    assert (body.top.value.nominal, body.bottom.value.nominal) == (-260_000, -460_000)
    assert over(package, CARRIER) == over(demo_with(), CARRIER)
    with pytest.raises(KeyError):
        over(package, "passives.C9")


def test_without_a_standoff_a_height_or_balls_its_room_is_not_checked() -> None:
    no_balls = {"balls": None, "netlist": None}
    for change, missing in (({"balls.standoff": None}, "standoff"), (no_balls, "no balls on its far side")):
        found = {one.rule.name: one for one in check(design(far(), **change), DECK).verdicts}["far-passive-near-board"]
        assert found.status == "not checked"
        assert missing in found.untested[0].missing
    low = design(far())
    low = replace(low, passives=tuple(replace(one, height=None) if one.is_far else one for one in low.passives))
    found = {one.rule.name: one for one in check(low, DECK).verdicts}["far-passive-near-board"]
    assert (found.status, "passive height of C9" in found.untested[0].missing) == ("not checked", True)


def test_a_lead_frame_bears_none() -> None:
    part = 'passives: [{name: C1, size: "01005", at: [0 mm, 0 mm]}]\n'
    text = (PACKAGES / "qfn.yaml").read_text(encoding="utf-8") + part
    with pytest.raises(Faults, match="bears no passive on its far side"):
        read_package_text(text.replace("C1,", "C1, side: far side,"), "q.yaml", PACKAGES)
    board = board_file(read_package_text(text, "q.yaml", PACKAGES)).decode()
    flipped = edited(board, "C1", r'\(layer "F.Cu"\)', '(layer "B.Cu") (property "Passive side" "far side")')
    (odd,) = read_board_as_far_as_it_goes(flipped.encode(), "b").odd
    assert "a lead frame bears no passive there" in odd.message


def test_on_a_board_the_field_says_where_it_belongs() -> None:
    board = board_file(design(far())).decode()
    flipped = edited(board, "C9", r'(property "Passive side" )"far side"', r'\1""')
    (odd,) = read_board_as_far_as_it_goes(flipped.encode(), "b").odd
    assert "give it the field 'Passive side' = 'far side'" in odd.message
    front = edited(board, "C1", r'(property "Package part" "passive")', r'property "Passive side" "far side") (\1')
    (odd,) = read_board_as_far_as_it_goes(front.encode(), "b").odd
    assert "it sits on the side of the chips" in odd.message
    assert "'Passive side' says 'far side'" in odd.message


def test_a_turned_one_with_unlike_ends_survives_board_and_file_and_place_has_nothing_to_do() -> None:
    for angle in ("0 deg", "30 deg", "90 deg", "217.5 deg"):
        package = design(far(angle=angle))
        text = board_file(package)
        board = read_board(text, "b.kicad_pcb")
        assert drift(board, package) == ()
        assert [(one.name, one.net) for one in board.far_passives[0].terminals] == [("1", "VDD"), ("2", "GND")]
        assert not [one for one in propose(package, text, "b.kicad_pcb").changes if one.unit == "passives.C9"]


@pytest.mark.kicad
def test_kicad_finds_nothing_wrong_with_it_and_saves_it_as_it_is(kicad_version, kicad_cli, saved_by_kicad, tmp_path) -> None:
    package = design(far(angle="30 deg"), far("C10", at=["0.8 mm", "0 mm"], angle="90 deg"))
    build(package, tmp_path)
    board, report = next(tmp_path.glob("*.kicad_pcb")), tmp_path / "drc.json"
    # Its own DRC compares each with the library's too: whether it is flipped as KiCad flips.
    kicad_cli(kicad_version, "pcb", "drc", "--severity-all", "--format", "json", "-o", report, board)
    assert json.loads(report.read_text(encoding="utf-8"))["violations"] == []
    assert drift(read_board(saved_by_kicad(board), "b.kicad_pcb"), package) == ()


def test_pictures_show_it_below_and_dashed() -> None:
    package = design(far(), far("C10", at=["0.8 mm", "0 mm"]))
    above = plan(package)
    assert "passives on the far side are dashed" in above
    assert re.search(r'class="farside"[^>]*><title>C9, on the far side', above)
    cut = section(package)
    (box,) = re.findall(r'<rect class="part" x="\S+" y="(\S+)"[^>]*><title>C9, 200 um high', cut)
    surface = re.findall(r'<rect class="part" x="\S+" y="(\S+)" width="\S+" height="(\S+)"[^>]*><title>C1, ', cut)[0]
    assert float(box) > sum(map(float, surface))  # C1 stands on the carrier's surface


def test_a_file_of_it_says_so(tmp_path: Path) -> None:
    text = package_file(design(far()))
    assert "side: far side" in next(iter(text.values()))


def test_where_the_chips_are_on_the_back_the_far_side_is_the_front() -> None:
    """The same board seen from below: each layer of the front is one of the back."""
    package = design(far())
    text = board_file(package).decode()
    head, rest = text[:text.index("\t(footprint ")], text[text.index("\t(footprint "):]
    other = {"F": "B", "B": "F"}
    turned = head + re.sub(r'"([FB])\.(Cu|Mask|Paste|Fab|CrtYd)"', lambda one: f'"{other[one[1]]}.{one[2]}"', rest)
    board = read_board(turned.encode(), "b.kicad_pcb")
    assert [one.name for one in board.far_passives] == ["C9"]
    assert [row.key for row in drift(board, package) if row.key.startswith("passives")] == []
    assert not broken(board) & set.union(*(due for _, due in WRONG.values()))
