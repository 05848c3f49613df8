"""Wires that come out of a cavity, and wires beside vias through the mold."""

from __future__ import annotations

from typing import Any

import pytest

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, check
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.rule import load_deck
from variants import demo_with

DECK = load_deck()
RULES = {rule.name: rule for rule in DECK.rules}
RIM, LAND = "wire-too-near-cavity-rim", "wire-too-near-top-land"


@pytest.mark.parametrize(("cavity", "loop", "status"), [
    ({"depth": "80 um", "room": "100 um"}, "100 um ± 10 um", KEPT),
    ({"depth": "190 um", "room": "100 um"}, "100 um ± 10 um", BROKEN),
    ({"depth": "150 um", "room": "100 um"}, "180 um ± 10 um", KEPT),
    ({"depth": "240 um", "room": "100 um"}, "100 um ± 10 um", BROKEN),
    ({"depth": "240 um", "room": "100 um", "top": "closed"}, "400 um", BROKEN),
    (None, "100 um ± 10 um", NOT_APPLICABLE)])
def test_a_wire_out_of_a_cavity_clears_its_rim(cavity: Any, loop: str, status: str) -> None:
    kept = RULES[RIM].kept_by
    package = demo_with(kept, {"chips.1.cavity": cavity, "wires.defaults.loop_height": loop})
    found = check(package, DECK).verdict(RIM)
    assert found.status == status
    board = check(read_board(board_file(package), "b.kicad_pcb"), DECK).verdict(RIM)
    assert [one.reading.value for one in board.judged] == [one.reading.value for one in found.judged]


def test_one_that_lies_below_the_surface_says_how_deep() -> None:
    deep = demo_with(RULES[RIM].kept_by, {"chips.1.cavity.depth": "240 um"})
    worst = check(deep, DECK).verdict(RIM).judged[0].reading
    assert worst.value == -12_500  # 240 deep, 100 of chip, 100 of loop, lifted to its finger: on the surface, by half a wire
    assert "over the rim of the cavity of U2" in str(worst.told)


@pytest.mark.parametrize(("at", "status"), [(["0 mm", "4.4 mm"], KEPT), (["2.9 mm", "4.1 mm"], BROKEN),
                                            (["2.9 mm", "3.7 mm"], BROKEN)])
def test_no_via_through_the_mold_meets_a_wire(at: list[str], status: str) -> None:
    found = check(demo_with(RULES[LAND].kept_by, {"top_lands.array.at.T1": at}), DECK).verdict(LAND)
    assert found.status == status
    assert (found.judged[0].reading.value < 0) == (at[1] == "3.7 mm")


def test_the_rim_of_a_cavity_with_a_shape_of_its_own_is_that_of_one_around_the_part() -> None:
    kept = RULES[RIM].kept_by
    own = demo_with(kept, {"chips.1.cavity": {"depth": "190 um", "room": "100 um"}})
    left, top, right, bottom = own.chips[1].outline.box
    wide = [f"{right - left + 200_000} nm", f"{bottom - top + 200_000} nm"]
    middle = [f"{(left + right) // 2} nm", f"{(top + bottom) // 2} nm"]
    shared = demo_with(kept, {"chips.1.cavity": {"in": "A"},
                              "cavities": [{"name": "A", "size": wide, "at": middle, "depth": "190 um"}]})
    values = [[one.reading.value for one in check(package, DECK).verdict(RIM).judged] for package in (own, shared)]
    assert values[0] == values[1] != []


def test_a_land_of_its_own_width_reaches_nearer_to_a_wire() -> None:
    near = [check(demo_with(RULES[LAND].kept_by, {
        "top_lands.via": None, "top_lands.array.at.T1": ["0 mm", "4.4 mm", *own]}), DECK).verdict(LAND).judged[0].reading.value
        for own in ([], ["500 um"])]
    stated = demo_with(RULES[LAND].kept_by).top_lands
    assert stated is not None
    assert near[0] - near[1] == (500_000 - stated.land) // 2
