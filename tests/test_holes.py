"""Holes under the mold: vias and drilled pads of any footprint, as boards of KiCad 5 to 10 state them."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest
import shapely

from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, check
from overmold.compare import drift
from overmold.kicad.reading.board import read_board
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.rules import custom_rules
from overmold.measures.holes import open_holes_under_mold
from overmold.package import Holes, Package
from overmold.package.moved import moved_by
from overmold.rule import load_deck
from overmold.shapes import polygon, rectangle
from variants import demo

DECK = load_deck()
BOARD = board_file(demo()).decode()  # carrier and mold from 95 mm to 105 mm
UNDER, BESIDE = "98.2 103.9", "106 103.9"


def board(extra: str = "", setup: str = "(tenting front back)") -> Package:
    at = BOARD.rindex("\n)")
    text = (BOARD[:at] + "\n" + extra + BOARD[at:]).replace("(tenting front back)", setup, 1)
    return read_board(text.encode(), "demo.kicad_pcb")


def via(states: str = "", at: str = UNDER, layers: str = '"F.Cu" "B.Cu"', drill: str = "(drill 0.2)") -> str:
    return f'\t(via\n\t\t(at {at}) (size 0.4) {drill} (layers {layers})\n\t\t{states}\n\t\t(net 0) (uuid "v-1")\n\t)'


def pad(kind: str, layers: str, at: str = UNDER, drill: str = "(drill 0.2)", name: str = "1") -> str:
    return (f'\t(footprint "x:y" (layer "F.Cu") (at {at})\n\t\t(property "Reference" "H1" (at 0 0 0) (layer "F.SilkS"))\n'
            f'\t\t(pad "{name}" {kind} circle (at 0 0) (size 0.4 0.4) {drill} (layers {layers}) (uuid "p-1"))\n\t)')


def verdict(package: Package) -> str:
    return check(package, DECK).verdict("hole-under-mold").status


OPEN_SETUP, NEW_TENTED = "(tenting none)", "(tenting (front yes) (back yes))"
NEW_OPEN = "(tenting (front no) (back no))"


@pytest.mark.parametrize(("states", "setup", "expected"), [
    ("", "(tenting front back)", KEPT),                                   # the set-up's default counts
    ("", "(tenting front)", KEPT),
    ("", "(tenting back)", BROKEN),
    ("", OPEN_SETUP, BROKEN),
    ("", NEW_TENTED, KEPT),
    ("", NEW_OPEN, BROKEN),
    ("", "", KEPT),                                                        # KiCad tents where nobody says
    ("", "(pcbplotparams (viasonmask yes))", BROKEN),                      # KiCad 8 and before
    ("(tenting none)", "(tenting front back)", BROKEN),
    ("(tenting front)", OPEN_SETUP, KEPT),
    ("(tenting back)", "(tenting front back)", BROKEN),
    ("(tenting (front yes) (back none))", NEW_OPEN, KEPT),
    ("(tenting (front none) (back yes))", NEW_OPEN, BROKEN),
    ("(tenting (front none) (back yes))", NEW_TENTED, KEPT),
    ("(tenting (front no) (back yes))", NEW_TENTED, BROKEN),
    ("(filling yes)", NEW_OPEN, KEPT),
    ("(filling no)", NEW_OPEN, BROKEN),
    ("(capping yes)", NEW_OPEN, KEPT),
    ("(covering (front yes) (back no))", NEW_OPEN, KEPT),
    ("(covering (front no) (back yes))", NEW_OPEN, BROKEN),
    ("(plugging (front yes) (back no))", NEW_OPEN, KEPT),
    ("", f"{NEW_OPEN} (filling yes)", KEPT),
    ("(filling no)", f"{NEW_OPEN} (filling yes)", BROKEN),
    ("(filling none)", f"{NEW_OPEN} (filling yes)", KEPT),
])
def test_a_via_is_open_where_neither_it_nor_the_board_closes_the_chips_side(states, setup, expected):
    assert verdict(board(via(states), setup)) == expected
    assert verdict(board(via(states, at=BESIDE), setup)) == KEPT


@pytest.mark.parametrize(("text", "expected"), [
    (pad("thru_hole", '"*.Cu" "*.Mask"'), BROKEN),
    (pad("thru_hole", '"*.Cu" "F.Mask"'), BROKEN),
    (pad("thru_hole", '"*.Cu" "B.Mask"'), KEPT),
    (pad("thru_hole", '"*.Cu"'), KEPT),
    (pad("np_thru_hole", '"*.Cu" "*.Mask"', name=""), BROKEN),
    (pad("np_thru_hole", '"*.Cu"', name=""), BROKEN),                      # drilled last, through the mask
    (pad("smd", '"F.Cu" "F.Mask"', drill=""), NOT_APPLICABLE),
    (pad("thru_hole", '"*.Cu" "*.Mask"', drill="(drill oval 0.2 0.3 (offset 0.1 0))"), BROKEN),
    (pad("thru_hole", '"*.Cu" "*.Mask"', at=BESIDE), KEPT),
    (via("(tenting none)", layers='"In1.Cu" "In2.Cu"'), NOT_APPLICABLE),   # a buried via comes to no side
    (via("(tenting none)", drill=""), BROKEN),
    ("", NOT_APPLICABLE),
])
def test_a_drilled_pad_of_any_footprint_is_open_as_its_mask_says(text, expected):
    assert verdict(board(text)) == expected


def test_a_hole_is_named_and_found_again():
    both = board(via(OPEN_SETUP) + "\n" + pad("thru_hole", '"*.Cu" "*.Mask"', at="97 97"))
    found = list(open_holes_under_mold(both))
    assert [(one.where[0], one.note) for one in found] == [
        ("holes.V1", "via at (98.2, 103.9) mm"), ("holes.H1.1", "pad 1 of H1")]
    package = board(via(OPEN_SETUP))
    place = package.place("holes.V1")
    assert (place.uuid, place.at) == ("v-1", (98_200_000, 103_900_000))


def test_a_drilled_pad_of_the_carrier_itself_counts():
    text = BOARD.replace('(pad "A1" smd circle', '(pad "A1" thru_hole circle', 1)
    first = text.index('(pad "A1" thru_hole')
    layers = text.index('(layers "B.Cu" "B.Mask")', first)
    text = text[:layers] + '(drill 0.1)\n\t\t\t(layers "*.Cu" "*.Mask")' + text[layers + len('(layers "B.Cu" "B.Mask")'):]
    assert verdict(read_board(text.encode(), "x.kicad_pcb")) == BROKEN


def test_holes_are_a_boards_own_drift_and_the_package_file_know_none():
    drilled = board(via(OPEN_SETUP))
    assert drift(drilled, demo()) == drift(board(), demo()) == ()
    assert demo().holes is None
    assert verdict(demo()) == NOT_APPLICABLE


def test_the_custom_rules_ask_for_vias_pads_and_bare_holes():
    asked = {rule.name for rule in custom_rules(demo())}
    assert {"open via under the mold", "open drilled pad under the mold", "bare hole under the mold"} <= asked


@pytest.mark.parametrize("seed", range(20))
def test_what_lies_under_the_mold_is_what_brute_force_says(seed):
    chance = random.Random(seed)
    outline = rectangle((0, 0), (4_000_000, 3_000_000), chance.choice((0, 20_000, 45_000)))
    made = demo()
    made = replace(made, mold=replace(made.mold, outline=outline))
    xy = np.array([(chance.randrange(-3_000_000, 3_000_000), chance.randrange(-3_000_000, 3_000_000)) for _ in range(60)])
    drill = np.array([chance.randrange(50_000, 600_000) for _ in range(60)])
    is_open = np.array([chance.random() < 0.7 for _ in range(60)])
    package = replace(made, holes=Holes(tuple(f"V{i}" for i in range(60)), xy, drill, is_open))
    mold = polygon(outline)
    expected = {f"holes.V{i}" for i in range(60) if is_open[i] and mold.distance(shapely.Point(xy[i])) < drill[i] / 2 - 5}
    near = {f"holes.V{i}" for i in range(60) if abs(mold.distance(shapely.Point(xy[i])) - drill[i] / 2) <= 5}
    found = {one.where[0] for one in open_holes_under_mold(package) if one.value}
    assert found - near == expected - near
    assert {one.where[0] for one in open_holes_under_mold(moved_by(package, (7, -9))) if one.value} == found


def test_a_slot_that_reaches_under_the_mold_with_one_end_is_under_it():
    slot = 'thru_hole oval (at 0 0 {turn}) (size 1.6 0.4) (drill oval 1.4 0.2) (layers "*.Cu" "*.Mask")'
    text = '\t(footprint "x:y" (layer "F.Cu") (at 105.5 100) (pad "1" ' + slot + "))"
    assert verdict(board(text.replace("{turn}", "0"))) == BROKEN  # 104.8 mm to 106.2 mm
    assert verdict(board(text.replace("{turn}", "90"))) == KEPT   # 105.4 mm to 105.6 mm
