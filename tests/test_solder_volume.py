"""Bumps whose height follows from the volume of their solder, and stud bumps that have none."""

from __future__ import annotations

import math
from typing import Any

import pytest

from overmold.check import BROKEN, KEPT, UNTESTED, check
from overmold.claims import claim_chart
from overmold.compare import drift
from overmold.exchange.writing.bill import bill
from overmold.geometry.segments import height_between
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package.bump_heights import lacks_for_height
from overmold.package.pieces import with_values
from overmold.package_file import read_package_file
from overmold.pictures.section import section
from overmold.report.gaps import gaps_text
from overmold.rule import load_deck
from overmold.space import gaps
from overmold.study import study
from overmold.units import Toleranced
from package_text import read
from paths import PACKAGES

DECK = load_deck()
VOLUME = PACKAGES / "solder_by_volume.yaml"
TEXT = """\
package: V
carrier: {kind: substrate, size: [9 mm, 9 mm], stackup: [{layer: mask, thickness: 15 um}]}
mold: {cap: 400 um, filler: 20 um}
chips: [{name: U1, size: [3 mm, 3 mm], thickness: 100 um, bonded: flip-chip, bumps: {array: %s, %s}}]
"""
GRID = "{grid: [4, 4], pitch: 400 um}"


def volume(height: float, lower: float, upper: float) -> float:
    return math.pi * height / 6 * (3 * (lower / 2) ** 2 + 3 * (upper / 2) ** 2 + height**2)


@pytest.mark.parametrize(("sphere", "lower", "upper"), [(118, 85, 80), (300, 250, 250), (60, 200, 10), (500, 30, 20)])
def test_a_joint_keeps_its_volume(sphere: float, lower: float, upper: float) -> None:
    assert volume(height_between(sphere, lower, upper), lower, upper) == pytest.approx(math.pi * sphere**3 / 6)


def test_without_lands_it_would_be_a_sphere() -> None:
    assert height_between(100, 1e-6, 1e-6) == pytest.approx(100)


def test_t1_is_calculated_and_said_to_be() -> None:
    package = read_package_file(VOLUME)
    (t1,) = gaps(package, package.chips[0])
    due = round(height_between(118_000, 85_000, 80_000)) - 15_000  # the mask leaves 85 um of the pad open
    assert t1.value is not None
    assert t1.value.nominal == due
    low, high = (height_between(118_000 + by, 85_000, 80_000) - 15_000 for by in (-2_000, 2_000))
    assert (t1.value.low, t1.value.high) == (math.floor(low) - 3_000, math.ceil(high) + 3_000)
    told = [str(one.reading.told) for one in check(package, DECK).verdict("gap-too-narrow-to-fill").judged]
    assert told == ["U1: t1, calculated from the volume of the bumps' solder"]
    ratio = check(package, DECK).verdict("cover-not-half-to-twice-gap").judged[0].reading
    assert "calculated from the volume" in str(ratio.told)
    assert {row.number: row.status for row in claim_chart(check(package, DECK))}[1] == "met"


def test_pictures_and_tables_say_that_it_is_calculated() -> None:
    package = read_package_file(VOLUME)
    assert ">calculated<" in section(package)
    assert ", calculated" in gaps_text(package)
    assert any("solder sphere 118 um" in str(row) for row in bill(package).rows)


def test_a_stated_height_or_pillar_is_not_calculated() -> None:
    for more, due in (("height: 70 um", 70_000), ("pillar: 40 um, solder_cap: 20 um", 60_000)):
        package = read(TEXT % (GRID, f"diameter: 125 um, sphere: 118 um, ubm: 80 um, {more}"))
        (t1,) = gaps(package, package.chips[0])
        assert t1.value == Toleranced(due - 15_000)


@pytest.mark.parametrize(("bumps", "said"), [
    ("diameter: 125 um, sphere: 118 um", "the UBM diameter of U1 is not stated"),
    ("diameter: [125 um, 80 um], sphere: 30 um, ubm: 80 um, pad: 20 um", "state the height"),
])
def test_what_lacks_is_named(bumps: str, said: str) -> None:
    verdict = check(read(TEXT % (GRID, bumps)), DECK).verdict("cover-not-half-to-twice-gap")
    assert verdict.status == UNTESTED
    assert said in verdict.untested[0].missing


def test_of_several_diameters_of_unknown_solder_it_is_not_calculated() -> None:
    package = read(TEXT % ("{at: {A1: [0 mm, 0 mm], A2: [1 mm, 0 mm, 90 um]}}", "diameter: 125 um, sphere: 118 um, ubm: 80 um"))
    assert lacks_for_height(package.chips[0]) == "spheres"
    assert check(package, DECK).verdict("cover-not-half-to-twice-gap").status == UNTESTED


@pytest.mark.parametrize(("height", "status"), [("90 um ± 2 um", KEPT), ("94 um ± 1 um", BROKEN), ("84 um", BROKEN)])
def test_a_height_beside_the_volume_has_to_agree(height: str, status: str) -> None:
    package = read(TEXT % (GRID, f"diameter: 125 um, pad: 110 um, opening: 85 um, ubm: 80 um, sphere: 118 um ± 2 um, "
                                 f"height: {height}"))
    assert check(package, DECK).verdict("bump-height-not-of-its-volume").status == status
    board = read_board(board_file(package), "b.kicad_pcb")
    assert drift(board, package) == ()
    assert check(board, DECK).verdict("bump-height-not-of-its-volume").status == status


def test_a_study_moves_the_sphere() -> None:
    package = read_package_file(VOLUME)
    more = with_values(package, {"chips.U1.bumps.sphere": Toleranced(125_000)})
    (t1,), (was,) = (gaps(one, one.chips[0]) for one in (more, package))
    assert t1.value is not None
    assert was.value is not None
    assert t1.value.nominal > was.value.nominal + 5_000
    rules = [rule for rule in DECK.rules if rule.name == "gap-too-narrow-to-fill"]
    (row,) = (row for row in study(package, rules).rows if row.rule)
    assert 500 < row.figures.sigma < 3_000


def studs(more: str) -> Any:
    return read(TEXT % (GRID, f"diameter: 80 um, alloy: Au, {more}"))


@pytest.mark.parametrize(("more", "status"), [
    ("coined: 60 um ± 3 um, height: 55 um", KEPT), ("coined: 60 um ± 3 um, height: 63 um", KEPT),
    ("coined: 60 um ± 3 um, height: 65 um ± 1 um", BROKEN),
])
def test_studs_are_never_higher_than_coined(more: str, status: str) -> None:
    assert check(studs(more), DECK).verdict("stud-higher-than-coined").status == status


def test_gold_does_not_melt_in_the_mold() -> None:
    result = check(read_package_file(PACKAGES / "gold_studs.yaml"), DECK)
    reading = result.verdict("mold-too-hot-for-bumps").judged[0].reading
    assert reading.value == 1_064_000 - 175_000
