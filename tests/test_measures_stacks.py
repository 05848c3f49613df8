"""Measures of chipsets: a ratio for every gap and every tower over it."""

from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.measures import Unmeasured
from overmold.measures.gap import cover_to_gap_ratio, filler_to_gap_ratio
from overmold.measures.mold import share_of_chip_covered
from overmold.package import Carrier, Chip, Layer, Mold, Package
from overmold.shapes import rectangle
from overmold.units import Toleranced

CARRIER = rectangle((0, 0), (9_000_000, 9_000_000))
STACKUP = (Layer("", "mask", Toleranced(15_000)), Layer("", "copper", Toleranced(15_000)))
GLUE, GAP, THICK, CAP = Toleranced(20_000), Toleranced(75_000), Toleranced(100_000), Toleranced(700_000)


def chip(name, *on, up=False, joint=None, thick=THICK, at=(0, 0), size=2_000_000, **other):
    shape = rectangle(at, (size, size))
    if up:
        return Chip(name, shape, at, 0, thick, "face-up", on=on, attach=joint or GLUE, **other)
    return Chip(name, shape, at, 0, thick, "flip-chip", on=on, gap=joint or GAP, **other)


def package(*chips, cap=CAP):
    return Package("p", "p.yaml", Carrier("substrate", CARRIER, STACKUP), chips,
                   mold=Mold(CARRIER, cap, Toleranced(25_000)))


def spread(nominal, by):
    return Toleranced(nominal, by[0], by[1])


@given(st.tuples(*[st.integers(1_000, 500_000)] * 6), st.tuples(*[st.tuples(*[st.integers(0, 400)] * 2)] * 6))
def test_the_corners_of_every_gap_of_a_stack_are_those_of_every_combination_of_the_ends(heights, spreads):
    """Brute force over all 64 combinations: both gaps, both thicknesses, the die attach between, and the cap."""
    cover = heights[5]
    sizes = [*heights[:5], sum(heights[:5]) + cover]
    t1, low_chip, glue, t3, high_chip, cap = (spread(*one) for one in zip(sizes, spreads))
    made = package(chip("U1", joint=t1, thick=low_chip), chip("U2", "U1", up=True, joint=glue, thick=Toleranced(5_000)),
                   chip("U3", "U2", joint=t3, thick=high_chip), cap=replace(cap, nominal=cap.nominal + 5_000))
    ends = [(one.low, one.high) for one in (t1, low_chip, glue, t3, high_chip, cap)]
    for reading, gap in zip(cover_to_gap_ratio(made), (0, 3)):
        every = [Fraction(one[5] - sum(one[:5]), one[gap]) for one in product(*ends)]
        assert (reading.low, reading.value, reading.high) == (min(every), Fraction(cover, heights[gap]), max(every))


def test_every_gap_is_told_with_the_chip_over_it():
    made = package(chip("U1"), chip("U2", "U1", up=True), chip("U3", "U2"))
    readings = list(cover_to_gap_ratio(made))
    assert [one.where for one in readings] == [("chips.U1", "chips.U3", "mold.cap"), ("chips.U3", "mold.cap")]
    # 700 - (75 + 100 + 20 + 100 + 75 + 100) = 230 um over U3.
    assert [one.note for one in readings] == ["U1: t2 230 um over U3, t1 75 um", "U3: t2 230 um over t1 75 um"]
    assert [one.where[0] for one in filler_to_gap_ratio(made)] == ["chips.U1", "chips.U3"]


def test_towers_of_different_height_on_one_chip_have_a_cover_each():
    made = package(chip("U1"), chip("U2", "U1"), chip("U3", "U1", up=True), chip("U4", up=True))
    assert [(one.where[:-1], one.value) for one in cover_to_gap_ratio(made)] == [
        (("chips.U1", "chips.U2"), Fraction(350, 75)), (("chips.U1", "chips.U3"), Fraction(405, 75)),
        (("chips.U2",), Fraction(350, 75))]


def test_what_is_not_stated_low_in_a_tower_is_what_its_cover_lacks():
    made = package(chip("U1", thick=None), chip("U2", "U1"))
    said = list(cover_to_gap_ratio(made))
    assert [one.where for one in said] == [("chips.U1.thickness",)] * 2
    bare = replace(chip("U1", up=True), attach=None)
    (said,) = cover_to_gap_ratio(package(bare, chip("U2", "U1")))
    assert isinstance(said, Unmeasured)
    assert said.where == ("chips.U1.attach",)
    assert "'attach' in the package file" in said.missing
    assert "'Die attach'" in said.missing


def test_chips_in_a_circle_are_said_to_have_no_height():
    (said, other) = cover_to_gap_ratio(package(chip("U1", "U2"), chip("U2", "U1")))
    assert "somewhere a tower begins on the carrier" in said.missing
    assert (said.where, other.where) == (("chips.U1",), ("chips.U2",))


@pytest.mark.parametrize(("cap", "shares"), [(471_000, [1, 1, 1]), (470_000, [1, 1, 0]), (370_000, [1, 1, 0])])
def test_only_the_top_of_a_tower_stands_out_of_too_low_a_mold(cap, shares):
    made = package(chip("U1"), chip("U2", "U1", up=True), chip("U3", "U2"), cap=Toleranced(cap))
    assert [one.value for one in share_of_chip_covered(made)] == shares
