"""Wires of a board that are drawn twice in one place are one wire, and those not to be made are none."""

from __future__ import annotations

import re

import pytest

from overmold.check import BROKEN, check
from overmold.claims import MET, NOT_MET, claim_chart
from overmold.kicad.reading import read_board_as_far_as_it_goes
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.read_any import read_any
from paths import TESTS

BOARD = board_file(read_any(TESTS / "cases/claims/01_base_stack.yaml")).decode()
ONE, OTHER = re.findall(r"\n\t\t\(fp_line\n\t\t\t\(start 1\.3 .*?\n\t\t\)", BOARD, re.DOTALL)


def read(board: str) -> Package:
    return read_board_as_far_as_it_goes(board.encode(), "b.kicad_pcb")


def statuses(package: Package) -> dict[int, str]:
    return {row.number: row.status for row in claim_chart(check(package))}


def moved(wire: str, by: float) -> str:
    return re.sub(r"\((start|end) (\S+) (\S+)\)", lambda end: f"({end[1]} {end[2]} {float(end[3]) + by:g})", wire)


def turned_round(wire: str) -> str:
    return wire.replace("(start", "(was").replace("(end", "(start").replace("(was", "(end")


def test_the_board_has_two_wires_and_meets_claim_9() -> None:
    assert len(read(BOARD).wires) == 2
    assert statuses(read(BOARD))[9] == MET


@pytest.mark.parametrize("twin", [ONE, turned_round(ONE), moved(ONE, 0.001), moved(turned_round(ONE), -0.015)])
def test_a_wire_drawn_twice_in_one_place_is_one_wire_and_said(twin: str) -> None:
    package = read(BOARD.replace(OTHER, twin))
    assert len(package.wires) == 1
    (odd,) = package.odd
    assert re.fullmatch(r"there is a wire from U1\.W\d to F\d in this very place already; delete one", odd.message)
    assert statuses(package)[8] == MET
    assert statuses(package)[9] == NOT_MET  # wires are two


def test_two_wires_side_by_side_on_one_pad_are_two() -> None:
    package = read(BOARD.replace(OTHER, moved(ONE, 0.03)))
    assert not package.odd
    assert len(package.wires) == 2


def test_wires_not_to_be_made_are_none_and_said() -> None:
    head, wires = BOARD.split('"Package part" "wires"')
    package = read('"Package part" "wires"'.join((head, wires.replace("(attr smd ", "(attr dnp smd ", 1))))
    assert not package.wires
    assert not package.odd
    assert package.remarks == (
        "marked not to be placed (DNP): WIRES1; no part for any rule or claim, and no body in the mold",)
    assert check(package).verdict("chip-not-connected").status == BROKEN
    assert statuses(package)[9] == NOT_MET
