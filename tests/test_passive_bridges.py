"""A passive that bridges chips: its terminals stand on bond pads of each, and these end at one height."""

from __future__ import annotations

from typing import Any

import pytest

from overmold.check import BROKEN, KEPT, check
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.metal import TERMINAL, metal_of
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.pictures.plan import plan
from overmold.rule import load_deck
from overmold.space import body_of, top, under
from paths import PACKAGES

DECK = load_deck()
FILE = PACKAGES / "passive_bridge.yaml"


def changed(*pairs: tuple[str, str]) -> Package:
    text = FILE.read_text()
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return read_package_text(text, "b.yaml", PACKAGES)


def readings(package: Package, name: str) -> list[Any]:
    return [one.reading for one in check(package, DECK).verdict(name).judged]


def test_it_stands_on_the_tops_of_both_and_the_mold_runs_under_it_between_them() -> None:
    package = read_package_file(FILE)
    body = body_of(package, package.passives[0])
    assert body.bottom.value == top(package, package.chips[0]).value
    lower = {slit.lower: slit.filling for slit in under(package, "passives.C1")}
    assert lower["chips.U1"] == lower["chips.U2"]
    assert any(filling == "encapsulant" for key, filling in lower.items() if not key.startswith("chips."))


def test_each_terminal_stands_on_a_pad_of_its_own_chip() -> None:
    metal = metal_of(read_package_file(FILE))
    mine = metal.pieces.numbers(TERMINAL, 2)
    assert [metal.pieces.name(int(metal.joints.under[one])) for one in mine] == ["U1.P1", "U2.P1"]


def test_tops_at_different_heights_break_a_rule_and_the_passive_stands_on_the_higher() -> None:
    package = changed(("thickness: 100 um ± 2 um", "thickness: 130 um ± 2 um"))
    (one, _) = readings(package, "passive-bridge-not-level")
    assert (one.value, one.high) == (30_000, 42_000)  # two chips of ± 2 um on gaps of ± 4 um
    assert check(package, DECK).verdict("passive-bridge-not-level").status == BROKEN
    assert body_of(package, package.passives[0]).bottom.value.nominal == 205_000


def test_a_terminal_beside_the_pads_is_not_connected() -> None:
    package = changed(("P1: [-1.35 mm, -1 mm]", "P1: [-1.35 mm, -0.5 mm]"), ("[GND, U2.P1", "[D0, U2.P1"))
    assert check(package, DECK).verdict("passive-not-connected").status == BROKEN


def test_a_chip_without_pads_leaves_open_what_its_terminal_meets() -> None:
    package = changed(("    pads: {array: {at: {P1: [-1.35 mm, -1 mm], P2: [-1.35 mm, 1 mm]}}, size: 100 um}\n", ""),
                      ("  - [GND, U2.P1, \"\"]\n  - [GND, U2.P2, \"\"]\n", ""))
    (first, _) = check(package, DECK).verdict("passive-not-connected").untested
    assert "U2" in first.missing


@pytest.mark.parametrize(("place", "said"), [
    ("at: [0.2 mm, -1 mm]", "C1 on U1 and U2: terminal 1"),
    ("at: [0.4 mm, -1 mm]", "C1 on U1 and U2: no terminal on U1"),
    ("at: [0 mm, -1.9 mm]", "C1 on U1 and U2: "),
])
def test_a_terminal_in_the_gap_or_a_chip_without_one_is_told(place: str, said: str) -> None:
    package = changed(("at: [0 mm, -1 mm]", place))
    found = [one for one in readings(package, "passive-beyond-chip") if one.where[0] == "passives.C1"]
    assert found[0].value < 0
    assert (found[0].told or found[0].note).startswith(said)


def test_it_goes_to_the_board_with_both_names_and_comes_back() -> None:
    package = read_package_file(FILE)
    board = board_file(package)
    assert b'"U1, U2"' in board
    assert read_board(board, "b.kicad_pcb").passives[0].on == ("U1", "U2")
    assert "on U1 and U2" in plan(package)
    assert check(package, DECK).verdict("passive-too-near-chip").status in (KEPT, "not applicable")


@pytest.mark.parametrize(("names", "said"), [
    ("[U1, U1]", "'U1' is listed twice"),
    ("[U1, U9]", "there is no chip 'U9' to stand on"),
    ("[U1, C2]", "C2 is not a chip"),
])
def test_what_it_cannot_stand_on_is_said_where_it_stands(names: str, said: str) -> None:
    with pytest.raises(Faults, match=said):
        changed(("stands_on: [U1, U2]", f"stands_on: {names}"))
