"""Where a board and its package file differ: every datum, both values, places from the carrier's centre."""

from dataclasses import replace

import numpy as np
import pytest

from overmold.arrays import Sites
from overmold.compare import Drift, drift
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from variants import demo, demo_with

# What the board has, as a change to the demo, and the one row that is due. That every declared datum is seen stands in
# test_declared; here is how rows look, and what is no datum.
CHANGES = [
    ({"package": "OTHER"}, "package", "OTHER", "FCCSP-144_10x10mm_P0.8mm"),
    ({"max_height": None}, "max_height", "", "1.2 mm"),
    ({"carrier.kind": "panel"}, "carrier.kind", "panel", "substrate"),
    ({"carrier.stackup.0.thickness": "16 um ± 3 um"}, "carrier.stackup.0.thickness", "16 um ± 3 um", "15 um ± 3 um"),
    ({"chips.0.gap": "65 um"}, "chips.U1.gap", "65 um", ""),
    ({"chips.0.size": ["5 mm", "5.1 mm"]}, "chips.U1.outline", "5 mm x 5.1 mm, 4 corners", "5 mm x 5 mm, 4 corners"),
    ({"chips.0.bumps.height": "90 um +5/-4 um"}, "chips.U1.bumps.height", "90 um +5/-4 um", "90 um ± 5 um"),
    ({"passives.0.nets": ["VDD", "VSS"]}, "passives.C1.2.net", "VSS", "GND"),
    ({"mold.outline": ["9 mm", "10 mm"]}, "mold.outline", "9 mm x 10 mm, 4 corners", "10 mm x 10 mm, 4 corners"),
    ({"balls.diameter": "0.41 mm"}, "balls.diameter", "0.41 mm", "0.4 mm"),
]


@pytest.mark.parametrize(("change", "key", "board", "spec"), CHANGES, ids=lambda value: value if isinstance(value, str) else "")
def test_a_datum_that_differs_is_told_with_both_values_and_nothing_else_is(change, key, board, spec):
    assert drift(demo_with(change), demo()) == (Drift(key, board, spec),)


def test_what_somebody_has_no_value_for_is_said_in_words():
    assert str(Drift("chips.U1.gap", "65 um", "")) == "chips.U1.gap: board 65 um, package file has none"
    assert str(Drift("mold.filler", "", "25 um")) == "mold.filler: board has none, package file 25 um"


@pytest.mark.parametrize("change", [
    {}, {"passives.0.angle": "33 deg", "chips.0.angle": "15 deg"}, {"chips.0.at": ["0.1 mm", "-0.2 mm"]},
    {"chips.0.bumps.pad": None, "chips.0.bumps.opening": None, "balls.land": None, "balls.opening": None},
    {"mold.process": None, "singulation": None, "max_height": None, "carrier.stackup": None},
    {"chips.0.bumps.ubm": "80 um", "chips.0.bumps.passivation": "60 um", "chips.0.gap": "65 um ± 8 um"},
])
def test_a_board_just_built_has_not_drifted(change):
    package = demo_with(change)
    assert drift(read_board(board_file(package), "b.kicad_pcb"), package) == ()


def test_places_are_compared_from_the_carriers_centre_wherever_the_board_lies():
    package = demo()
    board = read_board(board_file(package), "b.kicad_pcb")
    assert board.carrier.outline.centre != package.carrier.outline.centre
    chip = board.chips[0]
    moved = replace(chip, at=(chip.at[0] + 50_000, chip.at[1]), outline=chip.outline.moved((50_000, 0)), bumps=replace(
        chip.bumps, sites=Sites(chip.bumps.sites.names, chip.bumps.sites.xy + np.array((50_000, 0)))))
    # The chip moves with all its bumps: that is one thing to tell, not 325.
    assert drift(replace(board, chips=(moved,)), package) == (Drift("chips.U1.at", "at 0.05 mm, 0 mm", "at 0 mm, 0 mm"),)


def test_bumps_and_balls_that_are_moved_missing_new_or_on_another_net_are_named():
    package = demo()
    sites = package.balls.sites
    xy = sites.xy.copy()
    a1, b2, m12 = (sites.names.index(name) for name in ("A1", "B2", "M12"))
    xy[a1] += (30, 0)
    xy[b2] += (2, -2)  # as much as rounding may do
    nets = list(package.balls.nets)
    nets[b2] = "ELSEWHERE"
    names = list(sites.names)
    names[m12] = "Z9"
    board = replace(package, balls=replace(package.balls, sites=Sites(tuple(names), xy), nets=tuple(nets)))
    assert drift(board, package) == (
        Drift("balls.Z9", "is there", ""), Drift("balls.M12", "", "is there"),
        Drift("balls.A1", "at -4.39997 mm, -4.4 mm", "at -4.4 mm, -4.4 mm"),
        Drift("balls.B2.net", "ELSEWHERE", package.balls.nets[b2]))


def test_a_ball_on_the_other_side_is_told():
    package = demo()
    sides = ("chip side", *package.balls.sides[1:])
    assert drift(replace(package, balls=replace(package.balls, sides=sides)), package) == (
        Drift("balls.A1", "chip side", "far side"),)


def test_a_part_of_another_name_is_the_same_part_also_where_it_is_another_in_more():
    package = demo()
    board = demo_with({"passives.0.name": "M_C1", "passives.0.value": "1 nF"},
                      {"passives.1.name": "C9", "passives.1.size": "0402"})
    board = replace(board, chips=(replace(board.chips[0], name="M_U1", angle=1_000),))
    rows = {row.key: row for row in drift(board, package)}
    for due in (Drift("chips.M_U1.name", "M_U1", "U1"), Drift("passives.M_C1.name", "M_C1", "C1"),
                Drift("passives.C9.name", "C9", "C2"), Drift("passives.M_C1.value", "1 nF", "10 nF")):
        assert rows[due.key] == due
    assert "chips.M_U1.angle" in rows
    assert not [row for row in rows.values() if "is there" in (row.board, row.spec)]


def test_a_part_that_is_neither_alike_nor_there_is_one_too_many_and_one_missing():
    package = demo()
    board = demo_with({"passives.0.name": "C9", "passives.0.size": "0402", "passives.0.at": ["3.6 mm", "0.5 mm"]})
    assert drift(board, package) == (Drift("passives.C9", "is there", ""), Drift("passives.C1", "", "is there"))


def test_a_passives_pads_are_compared():
    package = demo()
    passive = package.passives[0]
    one, two = passive.terminals
    wider = replace(passive, terminals=(replace(one, size=(one.size[0] + 1_000, one.size[1])), replace(two, name="K")))
    rows = drift(replace(package, passives=(wider, *package.passives[1:])), package)
    assert [row.key for row in rows] == ["passives.C1.K", "passives.C1.2", "passives.C1.1.size"]


@pytest.mark.parametrize("part", ["carrier", "mold", "balls", "singulation"])
def test_a_part_that_only_one_of_them_has_is_told(part):
    without = replace(demo(), **{part: None})
    keys = {"singulation": ["singulation.method", "singulation.street", "singulation.kerf"]}.get(part, [part])
    assert [row.key for row in drift(without, demo())] == keys
    assert [row.key for row in drift(demo(), without)] == keys


def test_a_crowd_that_moved_as_a_whole_and_an_outline_of_the_same_size_are_told_as_moved():
    moved = demo_with({"balls.array.offset": ["0.2 mm", "0 mm"], "mold.outline": [
        ["-4.8 mm", "-5 mm"], ["5.2 mm", "-5 mm"], ["5.2 mm", "5 mm"], ["-4.8 mm", "5 mm"]]})
    assert [str(row) for row in drift(moved, demo())] == [
        "mold.outline: board 10 mm x 10 mm, 4 corners, at 0.2 mm, 0 mm, package file 10 mm x 10 mm, 4 corners, at 0 mm, 0 mm",
        "balls.at: board all 144 moved by 0.2 mm, 0 mm, package file not moved",
    ]
