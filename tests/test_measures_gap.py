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
from overmold.measures.gap import (
    cover_to_gap_ratio,
    encapsulant_in_gap,
    filler_to_gap_ratio,
    flip_chip_bonded_chips,
    gap_thickness,
    gap_under_chip,
)
from overmold.package import BondPads, Carrier, Chip, Layer, Mold, Package
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
