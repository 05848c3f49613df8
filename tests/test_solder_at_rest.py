"""The height of bumps by the volume of their solder and the chip's weight, held against brute force; bumps of several sizes."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from overmold.check import BROKEN, KEPT, UNTESTED, check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.geometry.joints import Joint, height_at_rest
from overmold.geometry.segments import height_between
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package.bump_heights import height_by_volume, weight_of
from overmold.package.site_lands import cores_of
from overmold.package_file import read_package_file
from overmold.pictures.section import section
from overmold.rule import load_deck
from overmold.space import gaps
from overmold.units import MASS, TENSION, Toleranced, parse, show
from package_text import read, said
from paths import PACKAGES
from solder_surface import least_of_all, round_joint

DECK = load_deck()
HEAVY, SIZES = PACKAGES / "heavy_chip.yaml", PACKAGES / "oblong_by_volume.yaml"
TEXT = """\
package: V
carrier: {kind: substrate, size: [9 mm, 9 mm], stackup: [{layer: mask, thickness: 15 um}]}
mold: {cap: 400 um, filler: 20 um}
chips:
  - {name: U1, size: [3 mm, 3 mm], bonded: flip-chip, %s,
     bumps: {array: %s, diameter: 125 um, sphere: 118 um, ubm: 80 um, pad: 110 um, opening: 85 um, alloy: SAC305, %s}}
"""
GRID = "{grid: [4, 4], pitch: 400 um}"


def volume(sphere: float) -> float:
    return math.pi * sphere**3 / 6


ROUND = [(118, 85, 80), (300, 250, 250), (100, 70, 60), (120, 60, 60)]


@pytest.mark.parametrize(("sphere", "lower", "upper"), [*ROUND, (60, 200, 10)])
def test_without_a_weight_it_is_the_sphere(sphere: float, lower: float, upper: float) -> None:
    joint = Joint(lower, upper, 0, volume(sphere))
    due = height_between(sphere, lower, upper)
    assert height_at_rest([joint]) == pytest.approx(due, rel=1e-6)
    least_weight = height_at_rest([joint], 1e-9)
    assert least_weight == pytest.approx(due, rel=1e-6)


@pytest.mark.parametrize(("sphere", "lower", "upper"), [*ROUND, (100, 60, 40)])
@pytest.mark.parametrize("load", [0.5, 5, 20, 60])
def test_a_weight_lowers_it_as_the_exact_profile_says(sphere: float, lower: float, upper: float, load: float) -> None:
    free, due = height_between(sphere, lower, upper), round_joint(lower, upper, volume(sphere), load)
    for count in (1, 80):
        found = height_at_rest([Joint(lower, upper, 0, volume(sphere), count)], load * count)
        assert found is not None
        assert found < free
        assert (free - found) / (free - due) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize(("lower", "upper", "core", "sphere", "load"), [
    (80, 70, 50, 110, 0), (60, 60, 100, 130, 20), (60, 60, 180, 160, 0), (80, 60, 70, 110, 0)])
def test_an_oblong_one_is_found_a_little_too_low(lower: float, upper: float, core: float, sphere: float, load: float) -> None:
    found = height_at_rest([Joint(lower, upper, core, volume(sphere))], load)
    assert found is not None
    assert 0 <= least_of_all(lower, upper, core, volume(sphere), load) / found - 1 < 0.025


def test_joints_of_two_sizes_meet_between_their_own_heights() -> None:
    large, small = Joint(80, 80, 0, volume(118), 10), Joint(60, 60, 0, volume(105), 10)
    found, high, low = height_at_rest([large, small]), height_at_rest([large]), height_at_rest([small])
    assert found is not None
    assert high is not None
    assert low is not None
    assert low < found < high
    many = height_at_rest([replace(large, count=1000), small])
    assert many == pytest.approx(high, rel=1e-3)


def test_what_cannot_be_borne_has_no_height() -> None:
    one = Joint(80, 80, 0, volume(118), 10)
    assert height_at_rest([one], 5_000) is None
    assert height_at_rest([one, Joint(80, 80, 0, volume(60), 10)]) is None  # the small ones do not reach
    assert height_at_rest([]) is None


def test_a_heavy_chip_stands_lower_and_it_is_said_why() -> None:
    package = read_package_file(HEAVY)
    chip = package.chips[0]
    weight = weight_of(chip)
    assert weight is not None
    assert show(weight.nominal, MASS) == "79.8847 mg"  # 7 mm x 7 mm x 0.7 mm of 2.329 g/cm3
    load = 9.80665 * weight.nominal * 1e-12 / 0.5 / 88 * 1e9
    due = round_joint(85_000, 80_000, volume(118_000), load)
    found = height_by_volume(chip)
    assert found is not None
    assert abs(found.nominal - due) < 20
    assert 2_000 < height_between(118_000, 85_000, 80_000) - found.nominal < 3_000
    (t1,) = gaps(package, chip)
    assert t1.value is not None
    assert t1.value.nominal == found.nominal - 15_000
    told = [str(one.reading.told) for one in check(package, DECK).verdict("gap-too-narrow-to-fill").judged]
    assert told == ["U1: t1, calculated from the volume of the bumps' solder and the chip's weight"]
    assert ">calculated<" in section(package)


def test_the_limits_are_those_of_solder_weight_and_tension() -> None:
    chip = read_package_file(HEAVY).chips[0]
    found = height_by_volume(chip)
    assert found is not None
    for sphere, mass, tension, edge in ((-2_000, 1.0214286, 0.45, found.low), (2_000, 0.9785714, 0.55, found.high)):
        load = 9.80665 * 79_884_700 * mass * 1e-12 / tension / 88 * 1e9
        assert abs(round_joint(85_000, 80_000, volume(118_000 + sphere), load) - edge) < 25


def test_a_stated_weight_counts_instead_of_silicon() -> None:
    tension = "surface_tension: 500 mN/m"
    light, heavy, free = (height_by_volume(read(TEXT % (first, GRID, more)).chips[0]) for first, more in (
        ("thickness: 100 um", tension), ("thickness: 100 um, weight: 50 mg", tension), ("thickness: 100 um", "turn: 0 deg")))
    assert light is not None
    assert heavy is not None
    assert free is not None
    assert heavy.nominal < light.nominal < free.nominal
    assert (free.plus, free.minus) == (0, 0)


def test_what_lacks_for_the_weight_is_named() -> None:
    verdict = check(read(TEXT % ("angle: 0 deg", GRID, "surface_tension: 0.5 N/m")), DECK).verdict("gap-too-narrow-to-fill")
    assert verdict.status == UNTESTED
    assert "the chip thickness of U1 is not stated" in verdict.untested[0].missing


def test_a_chip_too_heavy_for_its_solder_is_not_checked() -> None:
    package = read(TEXT % ("thickness: 100 um, weight: 20 g", GRID, "surface_tension: 0.5 N/m"))
    verdict = check(package, DECK).verdict("gap-too-narrow-to-fill")
    assert verdict.status == UNTESTED
    assert "pressed out over its lands" in verdict.untested[0].missing


@pytest.mark.parametrize(("height", "status"), [("90 um", KEPT), ("86 um", BROKEN)])
def test_a_height_beside_a_volume_without_weight(height: str, status: str) -> None:
    package = read(TEXT % ("thickness: 100 um", GRID, f"height: {height} ± 1 um"))
    assert check(package, DECK).verdict("bump-height-not-of-its-volume").status == status


def test_oblong_bumps_of_two_sizes_and_round_ones_have_one_height() -> None:
    package = read_package_file(SIZES)
    chip = package.chips[0]
    assert chip.bumps is not None
    assert sorted(set(cores_of(chip.bumps).tolist())) == [0, 40_000, 50_000]
    found = height_by_volume(chip)
    assert found is not None
    assert 64_000 < found.nominal < 70_000
    assert found.plus > found.nominal * 0.025  # what the formula may miss of oblong ones, and the solder's tolerance
    again = read_board(board_file(package), "b.kicad_pcb")
    assert drift(again, package) == ()
    assert height_by_volume(again.chips[0]) == found


def test_solder_of_a_diameter_of_its_own_has_to_be_said() -> None:
    array = "{at: {A1: [0 mm, 0 mm], A2: [1 mm, 0 mm, 90 um]}}"
    result = check(read(TEXT % ("thickness: 100 um", array, "turn: 0 deg")), DECK)
    missing = result.verdict("gap-too-narrow-to-fill").untested[0]
    assert "how much solder those bumps of U1 have whose diameter is their own" in missing.missing
    stated = array.replace("90 um", '90 um, "", "", "", "", 112 um')
    found = height_by_volume(read(TEXT % ("thickness: 100 um", stated, "turn: 0 deg")).chips[0])
    assert found is not None
    usual = height_between(118_000, 85_000, 80_000)
    assert abs(found.nominal - usual) < 10_000


def test_a_bump_wider_than_its_own_length_is_a_fault() -> None:
    array = "{zones: [{grid: [2, 1], pitch: 1 mm, diameter: 90 um, width: 95 um}]}"
    package = read(TEXT % ("thickness: 100 um", array, "height: 60 um"))
    assert check(package, DECK).verdict("bump-wider-than-long").status == BROKEN


def test_what_is_said_of_single_bumps_is_said_of_no_ball() -> None:
    text = "package: X\ncarrier: {kind: substrate, size: [5 mm, 5 mm]}\nballs:\n" \
        "  array: {grid: [2, 2], pitch: 1 mm, %s: 90 um}\n  diameter: 0.4 mm\n"
    for name in ("width", "sphere"):
        assert any(f"only bumps have a {name} of their own" in fault for fault in said(text % name))


def test_a_pad_that_is_not_as_long_as_its_own_width_asks_is_found() -> None:
    field = b'"Bump widths of their own" "%d um:'
    data = board_file(read_package_file(SIZES)).replace(field % 50, field % 40)
    with pytest.raises(Faults, match=r"is not 50 um longer than wide.*'Bump widths of their own'"):
        read_board(data, "b.kicad_pcb")


def test_a_table_has_widths_and_spheres(tmp_path: Any) -> None:
    (tmp_path / "b.csv").write_text("name,x [mm],y [mm],diameter [um],bump_width [um],solder_sphere [um]\n"
                                    "A1,0,0,,,\nA2,1,0,90,50,95\n", encoding="utf-8")
    bumps = read(TEXT % ("thickness: 100 um", "{csv: b.csv}", "height: 60 um"), tmp_path).chips[0].bumps
    assert bumps is not None
    assert bumps.sites.widths is not None
    assert bumps.sites.spheres is not None
    assert np.array_equal(bumps.sites.widths, [0, 50_000])
    assert np.array_equal(bumps.sites.spheres, [0, 95_000])


@pytest.mark.parametrize(("text", "kind", "base"), [
    ("8.7 mg", MASS, 8_700_000), ("0.1 g", MASS, 10**8), ("500 mN/m", TENSION, 500_000)])
def test_masses_and_tensions_are_whole(text: str, kind: Any, base: int) -> None:
    assert parse(text, kind) == base
    assert parse(show(base, kind), kind) == base


def test_a_sphere_of_a_study_moves_the_height() -> None:
    chip = read_package_file(HEAVY).chips[0]
    assert chip.bumps is not None
    more = replace(chip, bumps=replace(chip.bumps, sphere=Toleranced(125_000)))
    high, usual = height_by_volume(more), height_by_volume(chip)
    assert high is not None
    assert usual is not None
    assert high.nominal > usual.nominal + 5_000


def test_what_counts_for_nothing_without_a_sphere_is_said() -> None:
    text = (TEXT % ("thickness: 100 um", "{at: {A1: [0 mm, 0 mm, 90 um, \"\", \"\", \"\", \"\", 95 um]}}",
                    "height: 60 um, surface_tension: 0.5 N/m")).replace("sphere: 118 um, ", "")
    assert [remark.partition(" counts")[0] for remark in read(text).remarks] == [
        "chips.0.bumps: 'surface_tension'", "chips.0.bumps: 'array: sphere'"]


def test_a_weight_that_nothing_bears_is_said() -> None:
    (remark,) = read(TEXT % ("weight: 5 mg", GRID, "height: 90 um")).remarks
    assert remark.startswith("chips.0: 'weight' counts for nothing")
    assert not read(TEXT % ("weight: 5 mg", GRID, "surface_tension: 0.5 N/m")).remarks
