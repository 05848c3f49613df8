"""Walls of mold that slant, and mold over a part of the carrier: what they leave of t2, beside parts and over loops."""

from __future__ import annotations

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from overmold.check import BROKEN, KEPT, NOTED, WARNED, check
from overmold.claims import claim_chart
from overmold.faults import Faults
from overmold.geometry.taper import pulled_in
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.model3d.scene import FINISHED, scene
from overmold.model3d.solids import Polyhedron
from overmold.package_file import read_package_file
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.shapes import Outline, polygon, rectangle
from overmold.space import blocks, wall_over
from paths import PACKAGES
from variants import demo_with

DECK = load_deck()

def test_an_outline_pulled_in_keeps_its_corners() -> None:
    corner = Outline((((0, 0), (900, 0), (900, 400), (400, 400), (400, 900), (0, 900)),))
    assert pulled_in(corner, 100) == Outline((((100, 100), (800, 100), (800, 300), (300, 300), (300, 800), (100, 800)),))
    assert pulled_in(corner, 200) is None
    ring = Outline((((0, 0), (900, 0), (900, 900), (0, 900)), ((300, 300), (300, 600), (600, 600), (600, 300))))
    narrow = pulled_in(ring, 100)
    assert narrow is not None
    assert sorted(narrow.rings[1]) == [(200, 200), (200, 700), (700, 200), (700, 700)]


def test_one_that_is_turned_is_pulled_in_as_far() -> None:
    turned = rectangle((0, 0), (1_000_000, 600_000), 31_000)
    narrow = pulled_in(turned, 90_000)
    assert narrow is not None
    due = polygon(rectangle((0, 0), (820_000, 420_000), 31_000))
    assert polygon(narrow).symmetric_difference(due).area < 1e7  # nm²: corners rounded to whole nanometres


def test_a_wall_lower_than_the_chip_leaves_its_edge_bare() -> None:
    package = demo_with({"chips.0.at": ["2.25 mm", "0 mm"], "passives": None, "mold.draft": "50 deg"})
    assert wall_over(blocks(package)[0], package.chips[0].outline) == math.floor(250_000 / math.tan(math.radians(50)))
    assert check(package, DECK).verdict("chip-not-covered").status == BROKEN


def test_t2_over_the_edge_of_a_chip_ends_at_the_slanted_wall() -> None:
    package = demo_with({"chips.0.at": ["2.2 mm", "0 mm"], "passives": None, "mold.draft": "50 deg"})
    result = check(package, DECK)
    (thin,) = (one.reading for one in result.verdict("cover-not-half-to-twice-gap").judged
               if one.reading.where[-1] == "mold.draft")
    assert thin.value == pytest.approx((math.floor(300_000 / math.tan(math.radians(50))) - 225_000) / 75_000)
    assert result.verdict("cover-not-half-to-twice-gap").status == BROKEN
    assert result.verdict("mold-over-chip-too-thin").status == WARNED


@pytest.mark.parametrize(("draft", "status"), [("0.001 deg", KEPT), ("12 deg", BROKEN)])
def test_the_mold_beside_a_chip_is_measured_at_its_top(draft: str, status: str) -> None:
    package = demo_with({"chips.0.at": ["2.29 mm", "0 mm"], "passives": None, "mold.draft": draft})
    verdict = check(package, DECK).verdict("chip-too-near-mold-edge")
    assert verdict.status == status
    if status == BROKEN:
        lean = 225_000 * math.tan(math.radians(12))
        assert verdict.judged[0].reading.value == pytest.approx((210_000 - lean) * math.cos(math.radians(12)), abs=2)


def test_a_chip_through_the_wall_is_not_covered() -> None:
    package = demo_with({"chips.0.at": ["2.4 mm", "0 mm"], "passives": None, "mold.draft": "45 deg"})
    assert check(package, DECK).verdict("chip-not-covered").status == BROKEN


def test_a_passive_stays_inside_the_wall_at_its_own_height() -> None:
    beside = {"passives.0.at": ["4.75 mm", "0 mm"]}
    assert check(demo_with(beside), DECK).verdict("passive-not-inside-mold").status == KEPT
    assert check(demo_with({**beside, "mold.draft": "40 deg"}), DECK).verdict("passive-not-inside-mold").status == BROKEN


def test_a_partial_mold_on_purpose_is_noted_and_one_by_mistake_is_a_fault() -> None:
    part = {"mold.outline": [["-5 mm", "-5 mm"], ["5 mm", "-5 mm"], ["5 mm", "4 mm"], ["-5 mm", "4 mm"]]}
    meant = check(demo_with({**part, "mold.covers": "part of the carrier"}), DECK)
    assert check(demo_with(part), DECK).verdict("carrier-not-covered").status == BROKEN
    assert meant.verdict("carrier-not-covered").status == NOTED
    assert meant.errors == 0
    first = claim_chart(meant)[0]
    assert (first.status, "the mold covers 90." in first.because) == ("not met", True)


def test_no_wall_leans_by_ninety_degrees_in_a_file_or_on_a_board() -> None:
    with pytest.raises(Faults, match="leans inwards by 60 deg at most, and this says 82 deg"):
        demo_with({"mold.draft": "82 deg"})
    board = board_file(read_package_file(PACKAGES / "partial_mold.yaml"))
    assert board.count(b'"8 deg"')
    with pytest.raises(Faults, match="leans inwards by 60 deg at most"):
        read_board(board.replace(b'"8 deg"', b'"82 deg"'), "b.kicad_pcb")


def test_section_and_model_show_the_narrow_top() -> None:
    package = read_package_file(PACKAGES / "partial_mold.yaml")
    drawn = section(package)
    assert '<path class="mold"' in drawn
    (mold,) = (solid for solid in scene(package, FINISHED) if solid.name == "mold")
    assert isinstance(mold.shape, Polyhedron)
    points = mold.shape.points
    high, low = (points[points[:, 2] == z] for z in (points[:, 2].max(), points[:, 2].min()))
    lean = math.ceil(285_000 * math.tan(math.radians(8)))
    assert np.ptp(low[:, 0]) - np.ptp(high[:, 0]) == 2 * lean


def test_the_wall_beside_a_passive_on_a_chip_is_that_at_its_top() -> None:
    package = read_package_file(PACKAGES / "passives_on_interposer.yaml")
    assert package.mold is not None
    chip, passives = package.chips[0], tuple(replace(one, on=()) for one in package.passives)
    outline = rectangle((-1_800_000, 2_500_000), (900_000, 700_000))  # 200 um all around C1
    slanted = replace(package, mold=replace(package.mold, outline=outline, draft=45_000))
    on_chip, on_carrier = (
        next(one.reading.value for one in check(each, DECK).verdict("passive-not-inside-mold").judged
             if one.reading.where[0] == "passives.C1") for each in (slanted, replace(slanted, passives=passives)))
    assert on_carrier == 200_000 - 130_000
    assert on_chip == 200_000 - (130_000 + 60_000 + 100_000 + 2_000 + 4_000)  # the bumps' and the mask's tolerance, the chip's
    assert chip.name in package.passives[0].on


def test_a_bare_back_is_no_bare_side() -> None:
    bare = {"chips.0.exposed": "back", "chips.0.thickness": "240 um", "passives": None}
    inside, beside = (check(demo_with(bare, {"chips.0.at": [x, "0 mm"], "mold.draft": draft}), DECK).verdict("chip-not-covered")
                      for x, draft in (("2 mm", "5 deg"), ("2.4 mm", "30 deg")))
    assert (inside.status, beside.status) == (NOTED, BROKEN)
    part = {"mold.outline": [["-5 mm", "-5 mm"], ["2 mm", "-5 mm"], ["2 mm", "5 mm"], ["-5 mm", "5 mm"]]}
    half = check(demo_with(bare, part), DECK).verdict("chip-not-covered")
    assert (half.status, half.judged[0].reading.value) == (BROKEN, Fraction(9, 10))
