"""Claims 6 to 14, broken by hand on the drawn board of a stack and in its package file: rule, number and place."""

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
from overmold.marked_yaml import load
from overmold.package_file import read_package_file
from paths import DEMO
from variants import changed

Edit = Callable[[str], str]
TWO, THREE = DEMO.parent / "stack_two.yaml", DEMO.parent / "stack_three.yaml"
BOARDS = {path: board_file(read_package_file(path)).decode() for path in (TWO, THREE)}


def in_part(part: str, pattern: str, becomes: str, count: int = 1) -> Edit:
    """An edit inside the footprint of this reference; what it replaces must be there."""

    def edit(board: str) -> str:
        starts = [found.start() for found in re.finditer(r"^\t\(footprint ", board, re.MULTILINE)] + [len(board)]
        start, end = next(pair for pair in zip(starts, starts[1:]) if f'"Reference" "{part}"' in board[slice(*pair)])
        inside, done = re.subn(pattern, becomes, board[start:end], count=count, flags=re.DOTALL)
        assert done
        return board[:start] + inside + board[end:]

    return edit


def field(part: str, name: str, value: str) -> Edit:
    return in_part(part, rf'\(property "{name}" "[^"]*"', f'(property "{name}" "{value}"')


NO_WIRES = in_part("WIRES1", r"\t\t\(fp_line.*?\n\t\t\)\n", "", count=0)


@dataclass(frozen=True)
class Broken:
    """What breaks ``rule`` on the board and in the package file, the reading that is due, what it is taken on, and the
    claim that falls by it."""

    claim: int
    rule: str
    stack: Path
    board: Edit
    spec: dict[str, Any]
    value: float
    where: tuple[str, ...]


CASES = [
    # t2 = 460 - (20 + 100 + 75 + 80) = 185 um over t1 = 75 um between the two chips
    Broken(6, "cover-not-half-to-twice-gap", TWO, field("PKG1", "Mold cap", "460 um ± 10 um"),
           {"mold.cap": "460 um ± 10 um"}, 185 / 75, ("chips.U2", "mold.cap")),
    Broken(7, "filler-not-below-half-gap", TWO, field("PKG1", "Largest filler", "38 um"), {"mold.filler": "38 um"},
           38 / 75, ("chips.U2", "mold.filler")),
    Broken(8, "chips-not-stacked-face-up-then-flipped", TWO, field("U2", "Bonding", "face-up"), {"chips.1.bonded": "face-up"},
           0, ("chips.U1", "chips.U2")),
    Broken(9, "first-chip-not-wired-to-carrier", TWO, NO_WIRES, {"wires": None}, 0, ("chips.U1",)),
    Broken(10, "chips-not-stacked-flipped-face-up-flipped", THREE, field("U3", "Bonding", "face-up"),
           {"chips.2.bonded": "face-up"}, 0, ("chips.U1", "chips.U2", "chips.U3")),
    Broken(11, "second-chip-not-wired-to-carrier", THREE, NO_WIRES, {"wires": None}, 0, ("chips.U2",)),
    Broken(12, "passive-not-connected", THREE, in_part("C1", r'\(net \d+ "VDD"\)', '(net 0 "")'),
           {"passives.0.nets": ["", "GND"]}, 1, ("passives.C1",)),
    Broken(13, "balls-not-on-far-side", THREE,
           in_part("PKG1", r'(\(pad "A1" [^~]*?)\(layers "B.Cu" "B.Mask"\)', r'\1(layers "F.Cu" "F.Mask")'),
           {"balls.side": "chip side"}, 1, ("balls.A1",)),
    Broken(14, "carrier-not-substrate-or-lead-frame", TWO, field("PKG1", "Carrier kind", "panel"), {"carrier.kind": "panel"},
           0, ("carrier.kind",)),
]
every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: f"claim {case.claim}")


def drc(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    main(["drc", str(path), "--format", "json"])
    report: dict[str, Any] = json.loads(capsys.readouterr().out)["reports"][0]
    return report


def judge(report: dict[str, Any], case: Broken) -> dict[str, Any]:
    """Assert that the rule says so with its place and the claim falls by it; returns the reading."""
    (row,) = [row for row in report["rules"] if row["rule"] == case.rule]
    assert row["status"] in ("broken", "noted")
    reading: dict[str, Any] = row["readings"][0]
    assert tuple(reading["where"][:len(case.where)]) == case.where
    claim = report["claims"][case.claim - 1]
    if case.claim == 13 and reading["value"] == 1:  # the other balls are an array
        assert (claim["claim"], claim["status"]) == (13, "met")
        assert claim["because"].endswith("outside: A1 on the chip side")
        return reading
    assert (claim["claim"], claim["status"]) == (case.claim, "not met")
    assert claim["because"].startswith(f"{case.rule}: ")
    return reading


@pytest.mark.parametrize("stack", BOARDS, ids=lambda path: path.stem)
def test_the_stack_as_it_was_drawn_meets_its_claims(stack, tmp_path, capsys):
    path = tmp_path / "stack.kicad_pcb"
    path.write_text(BOARDS[stack], encoding="utf-8")
    report = drc(path, capsys)
    assert report["violations"] == []
    due = {6, 7, 12, 13, 14} | ({8, 9} if stack == TWO else {10, 11})
    assert {row["claim"] for row in report["claims"] if row["status"] == "met"} >= due


@every_case
def test_a_stack_broken_on_its_board_is_told_by_rule_number_and_place(case, tmp_path, capsys):
    path = tmp_path / "stack.kicad_pcb"
    path.write_text(case.board(BOARDS[case.stack]), encoding="utf-8")
    report = drc(path, capsys)
    assert judge(report, case)["value"] == pytest.approx(case.value, rel=1e-9)
    for violation in (one for one in report["violations"] if one["type"] == case.rule):
        assert all(item["uuid"] and item["file"] == str(path) and item["line"] > 1 for item in violation["items"])


@every_case
def test_a_stack_broken_in_its_package_file_is_told_by_rule_number_and_place(case, tmp_path, capsys):
    path = tmp_path / "stack.yaml"
    data = changed(load(case.stack.read_bytes(), str(case.stack)).data, case.spec)
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False), encoding="utf-8")
    reading = judge(drc(path, capsys), case)
    if case.claim != 13:  # all balls in the file, one on the board
        assert reading["value"] == pytest.approx(case.value, rel=1e-9)
