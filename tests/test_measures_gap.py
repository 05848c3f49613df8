"""Gap, cover and their ratio: t1, t2 and the corners that move together."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.arrays import Sites
from overmold.measures import Reading, Unmeasured
from overmold.measures.bumps import filler_to_bump_space
from overmold.measures.gap import (
    cover_to_gap_ratio,
    encapsulant_in_gap,
    filler_to_gap_ratio,
    flip_chip_bonded_chips,
    gap_beyond_bumps,
    gap_thickness,
    gap_under_chip,
)
from overmold.measures.mold import mold_over_chip, share_of_chip_covered
from overmold.package import BondPads, Bumps, Carrier, Chip, Layer, Mold, Package
from overmold.shapes import rectangle
from overmold.units import Toleranced
from variants import demo

FLAT = rectangle((0, 0), (1000, 1000))


def chip(gap, thickness, **other):
    return Chip("U1", FLAT, (0, 0), 0, thickness, "flip-chip", gap=gap, **other)


def package(cap, *chips, filler=None):
    return Package("p", "p.yaml", Carrier("substrate", FLAT), chips, mold=Mold(FLAT, cap, filler))


def test_the_gap_is_the_bump_less_the_mask_above_its_pad():
    made = demo()
    assert gap_thickness(made, made.chips[0]) == Toleranced(75_000, 8_000, 8_000)


def test_a_gap_stated_directly_wins_over_the_bumps():
    made = demo(chips__0__gap="65 um ± 8 um")
    assert gap_thickness(made, made.chips[0]) == Toleranced(65_000, 8_000, 8_000)


def test_without_a_stack_up_the_mask_and_so_the_gap_are_unknown_not_zero():
    made = demo(carrier__stackup=None)
    assert gap_thickness(made, made.chips[0]) is None
    for measure in (gap_under_chip, cover_to_gap_ratio, filler_to_gap_ratio, encapsulant_in_gap):
        (said,) = measure(made)
        assert isinstance(said, Unmeasured)
        assert said.where == ("carrier.stackup",)
        assert "'carrier: stackup'" in said.missing
        assert "'Gap thickness'" in said.missing


def test_a_stack_up_that_begins_with_copper_has_no_mask_and_neither_has_a_lead_frame():
    made = demo()
    bare = replace(made.carrier, stackup=(Layer("", "copper", Toleranced(15_000)),))
    frame = replace(made.carrier, kind="lead frame", stackup=())
    for carrier in (bare, frame):
        assert gap_thickness(replace(made, carrier=carrier), made.chips[0]) == made.chips[0].bumps.height


def test_a_face_up_chip_has_no_gap():
    made = demo(chips__0__bonded="face-up")
    assert gap_thickness(made, made.chips[0]) is None
    assert list(gap_under_chip(made)) == list(cover_to_gap_ratio(made)) == list(encapsulant_in_gap(made)) == []


@given(st.tuples(*[st.integers(1_000, 500_000)] * 3), st.tuples(*[st.integers(0, 900)] * 6))
def test_the_corners_of_the_ratio_are_those_of_every_combination_of_the_ends(heights, spread):
    """Brute force: t2 = M - t1 - T at all eight combinations, divided by the t1 of the same combination."""
    t1, t, t2 = heights
    gap, thick, cap = (Toleranced(value, spread[2 * i], spread[2 * i + 1]) for i, value in enumerate((t1, t, t1 + t + t2)))
    (reading,) = cover_to_gap_ratio(package(cap, chip(gap, thick)))
    every = [Fraction(m - g - d, g) for m, g, d in
             product((cap.low, cap.high), (gap.low, gap.high), (thick.low, thick.high))]
    assert (reading.low, reading.value, reading.high) == (min(every), Fraction(t2, t1), max(every))


def test_corners_taken_as_independent_would_understate_the_spread():
    (reading,) = cover_to_gap_ratio(demo())
    # t1 = 67..83, t2 = 57..123 um on their own, but the tallest gap goes with the thinnest cover.
    assert (reading.low, reading.high) == (Fraction(57, 83), Fraction(123, 67))


def test_a_gap_that_a_tolerance_closes_has_no_upper_corner():
    (reading,) = cover_to_gap_ratio(package(Toleranced(300_000), chip(Toleranced(50_000, 0, 50_000), Toleranced(150_000))))
    assert reading.value == 2
    assert reading.high == 10**9


@pytest.mark.parametrize(("gap", "cap"), [(0, 300_000), (-5_000, 300_000), (75_000, 225_000), (75_000, 200_000)])
def test_where_gap_or_cover_is_not_above_zero_other_rules_speak(gap, cap):
    assert list(cover_to_gap_ratio(package(Toleranced(cap), chip(Toleranced(gap), Toleranced(150_000))))) == []


def test_chips_side_by_side_have_a_reading_each():
    one = chip(Toleranced(75_000), Toleranced(150_000))
    other = replace(one, name="U2", gap=Toleranced(50_000))
    up = replace(one, name="U3", bonded="face-up")
    made = package(Toleranced(315_000), one, other, up, filler=Toleranced(25_000))
    assert [(r.where[0], r.value) for r in cover_to_gap_ratio(made)] == [("chips.U1", Fraction(90, 75)),
                                                                          ("chips.U2", Fraction(115, 50))]
    assert [r.value for r in filler_to_gap_ratio(made)] == [Fraction(1, 3), Fraction(1, 2)]


@pytest.mark.parametrize(("change", "where", "words"), [
    ({"chips__0__bumps__height": None}, "chips.U1.bumps.height", ("'bumps: height'", "'Bump height'", "'Gap thickness'")),
    ({"chips__0__thickness": None}, "chips.U1.thickness", ("'thickness'", "'Chip thickness'")),
    ({"mold__cap": None}, "mold.cap", ("'mold: cap'", "'Mold cap'")),
])
def test_what_the_ratio_lacks_is_named_with_both_ways_to_state_it(change, where, words):
    (said,) = cover_to_gap_ratio(demo(**change))
    assert isinstance(said, Unmeasured)
    assert said.where == (where,)
    assert all(word in said.missing for word in words)


def test_the_largest_particle_is_the_upper_end_of_its_range_at_every_gap():
    made = package(Toleranced(315_000), chip(Toleranced(75_000, 8_000, 5_000), Toleranced(150_000)),
                   filler=Toleranced(25_000, 2_000, 1_000))
    (reading,) = filler_to_gap_ratio(made)
    assert (reading.low, reading.value, reading.high) == (Fraction(27, 83), Fraction(27, 75), Fraction(27, 70))


def test_no_filler_is_said_and_no_mold_has_none():
    (said,) = filler_to_gap_ratio(demo(mold__filler=None))
    assert isinstance(said, Unmeasured)
    assert said.where == ("mold.filler",)
    assert list(filler_to_gap_ratio(demo(mold=None))) == []


@pytest.mark.parametrize(("gap", "filled", "expected"), [
    (Toleranced(75_000), "encapsulant", (1, 1)), (Toleranced(0), "encapsulant", (0, 0)),
    (Toleranced(5_000, 0, 5_000), "encapsulant", (1, 0)), (Toleranced(75_000), "underfill", (0, 0)),
    (Toleranced(75_000), "nothing", (0, 0)), (None, "underfill", (0, 0)),
])
def test_the_gap_is_filled_by_encapsulant_alone_and_only_while_it_is_open(gap, filled, expected):
    (reading,) = encapsulant_in_gap(package(Toleranced(315_000), chip(gap, Toleranced(150_000), gap_filled_with=filled)))
    assert (reading.value, reading.low) == expected


def test_a_flip_chip_without_bumps_is_not_bonded():
    made = demo()
    assert [r.value for r in flip_chip_bonded_chips(made)] == [1]
    bare = replace(made, chips=(replace(made.chips[0], bumps=None),))
    (said,) = flip_chip_bonded_chips(bare)
    assert isinstance(said, Unmeasured)
    pads = BondPads(Sites((), np.zeros((0, 2), np.int64)), (), 60_000)
    (reading,) = flip_chip_bonded_chips(replace(bare, chips=(replace(bare.chips[0], pads=pads),)))
    assert isinstance(reading, Reading)
    assert reading.value == 0
    assert reading.note == "U1 is flip-chip without bumps"
    (said,) = flip_chip_bonded_chips(replace(made, chips=()))
    assert isinstance(said, Unmeasured)


def test_the_mold_over_a_chip_is_absolute_for_chips_of_any_kind_and_has_corners():
    one = chip(Toleranced(75_000, 8_000, 8_000), Toleranced(150_000, 10_000, 10_000))
    beside = rectangle((5_000, 0), (1000, 1000))
    up = Chip("U2", beside, (5_000, 0), 0, Toleranced(240_000), "face-up", attach=Toleranced(20_000))
    made = package(Toleranced(300_000, 15_000, 15_000), one, up)
    made = replace(made, mold=replace(made.mold, outline=rectangle((0, 0), (20_000, 20_000))))
    assert [(r.where[0], r.low, r.value, r.high) for r in mold_over_chip(made)] == [
        ("chips.U1", 42_000, 75_000, 108_000), ("chips.U2", 25_000, 40_000, 55_000)]
    under = replace(one, name="U3", on=("U2",), outline=up.outline)
    assert [r.where[0] for r in mold_over_chip(replace(made, chips=(one, up, under)))] == ["chips.U1"]  # U3 stands out of it
    (said,) = mold_over_chip(replace(made, chips=(replace(one, thickness=None),)))
    assert said.where == ("chips.U1.thickness",)
    assert list(mold_over_chip(replace(made, mold=None))) == []


@pytest.mark.parametrize(("cap", "value", "low"), [
    (Toleranced(300_000, 0, 60_000), 1, 1), (Toleranced(300_000, 0, 76_000), 1, 0), (Toleranced(225_000), 0, 0),
    (Toleranced(220_000), 0, 0)])
def test_a_chip_that_may_stand_out_of_the_mold_is_not_covered_at_that_corner(cap, value, low):
    made = package(cap, chip(Toleranced(75_000), Toleranced(150_000)))
    (reading,) = share_of_chip_covered(made)
    assert (reading.value, reading.low) == (value, low)


UNDERFILL = {"gap_filled_with": "underfill"}


@pytest.mark.parametrize("filled", [(), ("U1",), ("U2",), ("U1", "U2"), ("U3",)])
def test_an_underfilled_gap_is_not_judged_by_the_molds_filler_in_stacks_and_under_bridges(filled):
    made = stacked("U1", "U2", ("U3", "U1", "U2"))
    made = replace(made, chips=tuple(replace(one, **UNDERFILL) if one.name in filled else one for one in made.chips))
    free = [f"chips.{name}" for name in ("U1", "U2", "U3") if name not in filled]
    assert [one.where[0] for one in filler_to_gap_ratio(made)] == free
    assert [one.where[0].rpartition(".")[0] for one in filler_to_bump_space(made)] == [f"{key}.bumps" for key in free]
    empty = {one.where[0].rpartition(".")[0] for one in encapsulant_in_gap(made) if not one.value}
    assert empty == {f"chips.{name}" for name in filled}


@pytest.mark.parametrize("wrong", ["U1", "U3"])
def test_a_gap_larger_than_its_bumps_is_a_contradiction_in_stacks_and_under_bridges(wrong):
    made = stacked("U1", "U2", ("U3", "U1", "U2"))
    made = replace(made, chips=tuple(
        replace(one, gap=Toleranced(120_000 if one.name == wrong else 60_000)) for one in made.chips))
    assert [one.where[0] for one in gap_beyond_bumps(made) if one.value] == [f"chips.{wrong}.gap"]
    said = [one for one in cover_to_gap_ratio(made) if isinstance(one, Unmeasured)]
    assert f"chips.{wrong}" in {one.of for one in said}
    assert any("larger than bumps" in one.missing for one in said)


def stacked(*names):
    """Flip chips 80 um above what they stand on by name, with two bumps each; a name alone stands on the carrier."""
    made = []
    for i, name in enumerate(names):
        own, *on = (name,) if isinstance(name, str) else name
        at = (5_000_000 * (2 * i - 1), 0) if not on else (0, 0)
        plan = rectangle(at, (9_000_000 if not on else 12_000_000, 4_000_000))
        bumps = Bumps(Sites(("A1", "A2"), np.array([at, (at[0] + 300_000, 0)], np.int64)), ("", ""), Toleranced(90_000),
                      Toleranced(80_000))
        made.append(Chip(own, plan, at, 0, Toleranced(100_000), "flip-chip", bumps, on=tuple(on)))
    plan = rectangle((0, 0), (40_000_000, 40_000_000))
    carrier = Carrier("substrate", plan, (Layer("", "mask", Toleranced(15_000)),))
    return Package("p", "p.yaml", carrier, tuple(made), mold=Mold(plan, Toleranced(500_000), Toleranced(25_000)))
