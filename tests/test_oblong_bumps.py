"""Oblong bumps: true distances in plan, pads drawn oval, bodies, the board and back, and what exports make of them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.check import BROKEN, check
from overmold.compare import drift
from overmold.exchange.writing.plan import plan_of
from overmold.faults import Faults
from overmold.geometry.oblongs import Oblongs, as_circles, clearance_inside, nearest_pair, outline_of, pairs_nearer_than
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.model3d.scene import INSIDE, scene
from overmold.package.moved import at_home
from overmold.package_file import read_package_file
from overmold.pictures.plan import plan
from overmold.rule import load_deck
from overmold.shapes import polygon, rectangle
from package_text import read
from paths import PACKAGES
from turned_boards import turned

DECK = load_deck()
OBLONG = PACKAGES / "oblong_pillars.yaml"
TEXT = """\
package: O
carrier: {kind: substrate, size: [9 mm, 9 mm], stackup: [{layer: mask, thickness: 15 um}]}
mold: {cap: 400 um, filler: 20 um}
chips: [{name: U1, size: [3 mm, 3 mm], thickness: 100 um, bonded: flip-chip, bumps: {height: 90 um, array: %s, %s}}]
"""
ROW = "{grid: [2, 1], pitch: 150 um}"


def worst(package: Any, rule: str) -> Any:
    return check(package, DECK).verdict(rule).worst


@pytest.mark.parametrize(("turn", "apart"), [("0 deg", 40_000), ("90 deg", 90_000),
                                            ("45 deg", math.hypot(106_066 - 50_000, 106_066) - 60_000)])
def test_spaces_are_those_between_the_edges(turn: str, apart: float) -> None:
    package = read(TEXT % (ROW, f"diameter: [110 um, 60 um], turn: {turn}"))
    reading = worst(package, "filler-too-coarse-for-bump-space").reading
    assert float(reading.value) == pytest.approx(20_000 / apart, rel=2e-4)


def test_the_mask_between_openings_is_that_of_ovals() -> None:
    lying, upright = (read(TEXT % (ROW, f"diameter: [140 um, 60 um], turn: {turn}")) for turn in ("0 deg", "90 deg"))
    assert worst(lying, "mask-web-too-thin").reading.value == 10_000
    assert worst(upright, "mask-web-too-thin").reading.value == 90_000


def test_the_edge_of_the_chip_is_as_far_as_the_end_of_a_bump() -> None:
    spot = "{at: {A1: [1.4 mm, 0 mm], A2: [0 mm, 0 mm]}}"
    for turn, due in (("0 deg", 45_000), ("90 deg", 70_000)):
        package = read(TEXT % (spot, f"diameter: [110 um, 60 um], turn: {turn}"))
        assert worst(package, "bump-too-near-chip-edge").reading.value == due


OBLONGS = st.lists(st.tuples(st.integers(-400_000, 400_000), st.integers(-400_000, 400_000), st.integers(20_000, 200_000),
                             st.integers(0, 100_000), st.integers(0, 359_999)),
                   min_size=2, max_size=9, unique_by=lambda one: one[:2])


@settings(max_examples=dose(40, 400), deadline=None)
@given(OBLONGS, st.integers(0, 200_000))
def test_distances_are_those_of_polygons(drawn: Any, spacing: int) -> None:
    x, y, wide, more, angle = (np.array(column, np.int64) for column in zip(*drawn))
    of = Oblongs(np.stack((x, y), axis=1), wide + more, wide, angle)
    rings = [shapely.LineString([(cx - c, cy + s), (cx + c, cy - s)]).buffer(w / 2, quad_segs=200) for cx, cy, w, c, s in zip(
        x, y, wide, more / 2 * np.cos(np.radians(angle / 1000)), more / 2 * np.sin(np.radians(angle / 1000)))]
    true = {(i, j): rings[i].distance(rings[j]) for i in range(len(rings)) for j in range(i + 1, len(rings))}
    found = {(i, j): apart for i, j, apart in zip(*(column.tolist() for column in pairs_nearer_than(of, spacing)))}
    assert all(pair in found for pair, apart in true.items() if apart < spacing - 20)
    assert all(abs(max(apart, 0) - true[pair]) < 20 for pair, apart in found.items())
    nearest = nearest_pair(of)
    assert nearest is not None
    assert abs(max(nearest[2], 0) - min(true.values())) < 20
    inside = clearance_inside(of, rectangle((0, 0), (2_000_000, 2_000_000)))
    border = shapely.box(-1_000_000, -1_000_000, 1_000_000, 1_000_000).boundary
    assert all(abs(value - ring.distance(border)) < 20 for value, ring in zip(inside.tolist(), rings))
    assert np.allclose(math.pi / 4 * as_circles(of) ** 2, [ring.area for ring in rings], rtol=1e-3)


def test_an_outline_covers_what_it_stands_for() -> None:
    shape = polygon(outline_of((5_000, 7_000), 110_000, 60_000, 30_000))
    assert shape.area == pytest.approx(math.pi * 30_000**2 + 60_000 * 50_000, rel=0.02)
    assert shape.is_valid


@pytest.mark.parametrize("angle", [0, 90_000, 33_000])
def test_the_board_draws_ovals_and_says_the_same_however_it_is_turned(angle: int) -> None:
    package = read_package_file(OBLONG)
    board = turned(board_file(package), angle) if angle else board_file(package)
    assert board.count(b" smd oval\n") == 32
    assert board.count(b'"Bump width" "60 um') == 1
    assert drift(read_board(board, "b.kicad_pcb"), package) == ()


def test_a_pad_that_is_drawn_otherwise_than_the_fields_say_is_a_fault() -> None:
    board = board_file(read(TEXT % (ROW, "diameter: [110 um, 60 um], turn: 90 deg")))
    for was, now, said in ((b"(size 0.11 0.06)", b"(size 0.11 0.11)", "is not 50 um longer than wide"),
                           (b'"Bump turn" "90 deg"', b'"Bump turn" "45 deg"', "lies another way")):
        assert was in board
        with pytest.raises(Faults, match=said):
            read_board(board.replace(was, now, 1), "b.kicad_pcb")


@pytest.mark.parametrize(("more", "said"), [
    ("diameter: [60 um, 110 um]", "write the length first"),
    ("diameter: [110 um, 60 um], width: 50 um", "the width is said twice"),
    ("diameter: [110 um]", "expected 2 entries, not 1"),
])
def test_what_an_oblong_bump_cannot_be(more: str, said: str) -> None:
    with pytest.raises(Faults, match=said):
        read(TEXT % (ROW, more))


def test_a_turn_of_round_bumps_counts_for_nothing_and_is_said() -> None:
    assert any("'turn' counts for nothing" in one for one in read(TEXT % (ROW, "diameter: 100 um, turn: 90 deg")).remarks)


def test_wider_than_long_is_an_error() -> None:
    package = read(TEXT % (ROW, "diameter: 60 um, width: 110 um"))
    assert check(package, DECK).verdict("bump-wider-than-long").status == BROKEN


def test_pictures_model_and_exports_have_their_outlines() -> None:
    package = read_package_file(OBLONG)
    solids = [one for one in scene(package, INSIDE) if one.name == "chips.U1.bumps"]
    assert sum(len(one.at) for one in solids) == 2 * 36  # copper and cap
    assert plan(package).count('class="bump"') >= 36
    exported = plan_of(package)
    outlines = [one for one in exported.shapes if one.layer == "BUMPS"]
    (circles,) = (one for one in exported.circles if one.layer == "BUMPS")
    assert (len(outlines), len(circles.names)) == (32, 4)
    at = {one.name: one.outline.size for one in outlines}
    assert (at["U1.NA1"], at["U1.WA1"]) == ((110_000, 60_000), (60_000, 110_000))  # the chip is turned by a quarter
    assert at_home(package).chips[0].angle == 90_000
