"""Every claim rule, broken by hand on the drawn board and in the package file: its name, its number, its place."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from overmold.cli import main
from overmold.kicad.writing.board import board_file
from overmold.rule import load_deck
from paths import DEMO
from variants import changed, demo, demo_data

BOARD = board_file(demo()).decode()
# Which stack a chipset is (claims 8 to 11) is no fault of a design; test_broken_stacks breaks those.
# A slit needs a chip beside the chip of this board, see test_measures_slits.
CLAIM_RULES = sorted(rule.name for rule in load_deck().rules
                     if rule.deck == "claims" and rule.severity == "error" and rule.name != "slit-not-filled")


def field(part: str, name: str, value: str) -> Callable[[str], str]:
    """An edit of a footprint's field, as KiCad's properties dialog makes it."""
    return lambda board: edited(board, part, rf'\(property "{name}" "[^"]*"', f'(property "{name}" "{value}"')


def edited(board: str, part: str, pattern: str, becomes: str, count: int = 1) -> str:
    """The board with ``pattern`` replaced inside the footprint whose reference is ``part``; it must be there."""
    start, end = span(board, part)
    inside, done = re.subn(pattern, becomes, board[start:end], count=count)
    assert done
    return board[:start] + inside + board[end:]


def span(board: str, part: str) -> tuple[int, int]:
    """Where the footprint of this reference begins and ends."""
    starts = [found.start() for found in re.finditer(r"^\t\(footprint ", board, re.MULTILINE)] + [len(board)]
    return next((start, end) for start, end in zip(starts, starts[1:]) if f'"Reference" "{part}"' in board[start:end])


def uuid_of_pad(part: str, pad: str) -> str:
    start, end = span(BOARD, part)
    return re.search(rf'\(pad "{pad}" .*?\(uuid "([^"]*)"', BOARD[start:end], re.DOTALL)[1]


def uuid_of(part: str) -> str:
    start, end = span(BOARD, part)
    return re.search(r'\(uuid "([^"]*)"', BOARD[start:end])[1]


def uuid_of_field(part: str, name: str) -> str:
    start, end = span(BOARD, part)
    return re.search(rf'\(property "{name}" .*?\(uuid "([^"]*)"', BOARD[start:end], re.DOTALL)[1]


@dataclass(frozen=True)
class Broken:
    """What breaks a rule, on the board and in the package file; the reading that is due; items by uuid and position in
    mm; the places in the package file by key."""

    rule: str
    board: Callable[[str], str]
    spec: dict[str, Any]
    value: float
    uuids: tuple[str, ...]
    at: tuple[float, float]
    keys: tuple[str, ...]


CHIP = uuid_of("U1")
CAP, FILLER, HEAT = (uuid_of_field("PKG1", name) for name in ("Mold cap", "Largest filler", "Mold temperature"))
MIDDLE = (100.0, 100.0)
CASES = [
    # 440 - 75 - 150 = 215 um of cover over a gap of 90 - 15 = 75 um
    Broken("cover-not-half-to-twice-gap", field("PKG1", "Mold cap", "440 um ± 15 um"), {"mold.cap": "440 um ± 15 um"},
           215 / 75, (CHIP, CAP), MIDDLE, ("chips.U1", "mold.cap")),
    Broken("filler-not-below-half-gap", field("PKG1", "Largest filler", "37.5 um"), {"mold.filler": "37.5 um"},
           0.5, (CHIP, FILLER), MIDDLE, ("chips.U1", "mold.filler")),
    # moved 4 mm to the right: 1.5 of its 5 mm stick out of the mold
    Broken("chip-not-covered", lambda board: edited(board, "U1", r"\(at 100 100\)", "(at 104 100)"),
           {"chips.0.at": ["4 mm", "0 mm"]}, 0.7, (CHIP, uuid_of("PKG1")), (104.0, 100.0), ("chips.U1", "mold")),
    Broken("gap-not-filled", field("U1", "Gap filled with", "underfill"), {"chips.0.gap_filled_with": "underfill"},
           0, (uuid_of_field("U1", "Gap filled with"),), MIDDLE, ("chips.U1.gap_filled_with",)),
    Broken("chip-not-connected", lambda board: edited(board, "U1", r'\(net \d+ "([^"]*)"\)', r'(net 0 "")', count=0),
           {"netlist": [["VDD", "", "A1"]]}, 0, (CHIP,), MIDDLE, ("chips.U1",)),
    # one ball pad changed to the other copper layer; ball B2 of a 12 x 12 array of 0.8 mm lies 3.6 mm left and above
    Broken("balls-not-on-far-side",
           lambda board: edited(board, "PKG1", r'(\(pad "B2" [^~]*?)\(layers "B.Cu" "B.Mask"\)', r'\1(layers "F.Cu" "F.Mask")'),
           {"balls.side": "chip side"}, 1, (uuid_of_pad("PKG1", "B2"),), (96.4, 96.4), ("balls.A1",)),
    Broken("passive-not-connected", lambda board: edited(board, "C1", r'\(net \d+ "VDD"\)', '(net 0 "")'),
           {"passives.0.nets": ["", "GND"]}, 1, (uuid_of("C1"),), (103.6, 100.0), ("passives.C1",)),
    Broken("not-reduced-pressure-transfer-molded", field("PKG1", "Mold method", "compression"),
           {"mold.process.method": "compression"}, 0, (uuid_of_field("PKG1", "Mold method"),), MIDDLE,
           ("mold.process.method",)),
    Broken("not-cut-into-packages", field("PKG1", "Singulation", "none"), {"singulation.method": "none"},
           0, (uuid_of_field("PKG1", "Singulation"),), MIDDLE, ("singulation.method",)),
    # 20 mmHg = 20 x 133.322387415 Pa; "below" is strict
    Broken("vacuum-not-below-20-mmhg", field("PKG1", "Mold pressure", "20 mmHg"), {"mold.process.pressure": "20 mmHg"},
           2666.4477483, (uuid_of_field("PKG1", "Mold pressure"),), MIDDLE, ("mold.process.pressure",)),
    # SAC305 melts from 217 degC; 9 degC are left where 10 are asked
    Broken("mold-too-hot-for-bumps", field("PKG1", "Mold temperature", "208 degC"),
           {"mold.process.temperature": "208 degC"}, 9, (CHIP, HEAT), MIDDLE, ("chips.U1", "mold.process.temperature")),
]


def drc(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, Any]]:
    code = main(["drc", str(path), "--format", "json"])
    return code, json.loads(capsys.readouterr().out)["reports"][0]


def reading(report: dict[str, Any], rule: str) -> float:
    return next(row for row in report["rules"] if row["rule"] == rule)["readings"][0]["value"]


def test_no_claim_rule_is_left_out():
    assert sorted(case.rule for case in CASES) == CLAIM_RULES


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_board_broken_by_hand_is_told_by_rule_number_and_place(case, tmp_path, capsys):
    path = tmp_path / "edited.kicad_pcb"
    path.write_text(case.board(BOARD), encoding="utf-8")
    code, report = drc(path, capsys)
    assert code == 1
    found = [one for one in report["violations"] if one["type"] == case.rule]
    assert len(found) == 1
    assert found[0]["severity"] == "error"
    assert reading(report, case.rule) == pytest.approx(case.value, rel=1e-9)
    assert tuple(item["uuid"] for item in found[0]["items"]) == case.uuids
    places = [(item["pos"]["x"], item["pos"]["y"]) for item in found[0]["items"]]
    assert places[0] == case.at
    assert set(places[1:]) <= {MIDDLE}  # the mold and all fields of the carrier lie in its middle
    lines = case.board(BOARD).splitlines()
    for item in found[0]["items"]:  # the place in the file is the part's own, or that of the field that was read
        assert item["file"] == str(path)
        assert re.search(r"\((footprint|property|pad|zone|fp_|gr_)", lines[item["line"] - 1])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.rule)
def test_a_package_file_that_breaks_it_is_told_by_rule_number_and_line(case, tmp_path, capsys):
    path = tmp_path / "broken.yaml"
    (tmp_path / "demo_nets.csv").write_bytes((DEMO.parent / "demo_nets.csv").read_bytes())
    # one key a line, so that a line says which key it is
    path.write_text(json.dumps(changed(demo_data(), case.spec), indent=1, ensure_ascii=False), encoding="utf-8")
    code, report = drc(path, capsys)
    assert code == 1
    (found,) = [one for one in report["violations"] if one["type"] == case.rule]
    if case.rule != "balls-not-on-far-side":  # all of them in the file, one on the board
        assert reading(report, case.rule) == pytest.approx(case.value, rel=1e-9)
    keys = [item["description"].split(":")[0] for item in found["items"]][:len(case.keys)]
    assert tuple(keys) == case.keys
    lines = path.read_text(encoding="utf-8").splitlines()
    for key, item in zip(keys, found["items"]):
        last = key.rpartition(".")[2]
        around = "".join(lines[max(0, item["line"] - 2):item["line"] + 1])
        assert f'"{last}"' in around or case.rule == "balls-not-on-far-side", (key, around)


def test_the_board_nobody_touched_breaks_nothing(tmp_path, capsys):
    path = tmp_path / "demo.kicad_pcb"
    path.write_text(BOARD, encoding="utf-8")
    code, report = drc(path, capsys)
    assert (code, report["violations"], report["not_put_to_the_test"]) == (0, [], [])
    assert {row["rule"]: row["status"] for row in report["rules"] if row["status"] != "not applicable"} == {
        row["rule"]: "kept" for row in report["rules"] if row["status"] != "not applicable"}
    assert [row["claim"] for row in report["claims"] if row["status"] == "met"] == [*range(1, 6), *range(15, 21)]


def test_a_passive_moved_out_of_the_mold_is_told_where_it_lies_now(tmp_path, capsys):
    path = tmp_path / "moved.kicad_pcb"
    path.write_text(edited(BOARD, "C1", r"\(at 103.6 100 90\)", "(at 104.95 100 90)"), encoding="utf-8")
    code, report = drc(path, capsys)
    (found,) = [one for one in report["violations"] if one["type"] == "passive-not-inside-mold"]
    assert code == 1
    assert found["items"][0]["uuid"] == uuid_of("C1")
    assert found["items"][0]["pos"] == {"x": 104.95, "y": 100.0}


def test_every_ball_on_the_wrong_side_is_an_item_at_its_own_place(tmp_path, capsys):
    path = tmp_path / "flipped.kicad_pcb"
    path.write_text(edited(BOARD, "PKG1", r'"B.Cu" "B.Mask"', '"F.Cu" "F.Mask"', count=0), encoding="utf-8")
    _, report = drc(path, capsys)
    (found,) = [one for one in report["violations"] if one["type"] == "balls-not-on-far-side"]
    assert len({item["uuid"] for item in found["items"]}) == 144
    assert len({(item["pos"]["x"], item["pos"]["y"]) for item in found["items"]}) == 144
    main(["drc", str(path)])
    assert "… and 136 more" in capsys.readouterr().out


def test_two_balls_too_near_each_other_are_two_items_at_two_places(tmp_path, capsys):
    path = tmp_path / "near.kicad_pcb"
    moved = edited(BOARD, "PKG1", r'(\(pad "A2" smd circle\s*\(at )\S+', r"\g<1>-4.1")
    path.write_text(moved, encoding="utf-8")
    _, report = drc(path, capsys)
    (found,) = [one for one in report["violations"] if one["type"] == "balls-too-close"]
    assert [(item["pos"]["x"], item["pos"]["y"]) for item in found["items"]] == [(95.6, 95.6), (95.9, 95.6)]


def test_all_balls_in_the_saw_street_are_told(tmp_path, capsys):
    path = tmp_path / "street.kicad_pcb"
    path.write_text(BOARD.replace("(end 105 105)", "(end 104.6 105)"), encoding="utf-8")
    _, report = drc(path, capsys)
    street = [one for one in report["violations"] if one["type"] == "saw-street-not-clear"]
    assert len([one for one in street if one["items"][0]["description"].startswith("balls.")]) == 12
