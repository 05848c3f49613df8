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
from overmold.measures.passives import passive_headroom
from overmold.measures.stacks import (
    chip_to_chip,
    chip_to_chip_on_interposer,
    die_attach,
    die_attach_of_paste,
    overhang_to_thickness,
    passive_to_chip,
    room_between_overlapping_chips,
    share_of_chip_supported,
    step_under_bridge,
)
from overmold.package import Carrier, Chip, Layer, Mold, Package, Passive
from overmold.report.gaps import gaps_text
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
    assert [one.note.split(";")[0] for one in readings] == ["U1: t2 230 um over U3, t1 75 um", "U3: t2 230 um over t1 75 um"]
    assert [one.where[0] for one in filler_to_gap_ratio(made)] == ["chips.U1", "chips.U3"]


def overhung(room):
    """U3 on its neighbour hangs over U1, ``room`` nm above it: 75 + 100 - 20 + room um of U2, and 20 um of attach."""
    return package(chip("U1", at=(-1_600_000, 0)), chip("U2", up=True, at=(600_000, 0), size=1_600_000,
                                                        thick=Toleranced(135_000 + room, 2_000, 1_000)),
                   chip("U3", "U2", up=True, at=(100_000, 0)), cap=Toleranced(500_000))


@pytest.mark.parametrize(("room", "ratio"), [(5_000, Fraction(5, 75)), (90_000, Fraction(90, 75)), (-5_000, None)])
def test_a_neighbour_that_hangs_over_a_flip_chip_ends_its_cover(room, ratio):
    made = overhung(room)
    cap, *over = cover_to_gap_ratio(made)
    assert (cap.where, cap.value) == (("chips.U1", "mold.cap"), Fraction(500 - 175, 75))
    if ratio is None:  # then the two are in one place, of which chips-overlap speaks
        assert over == []
        return
    (over,) = over
    assert (over.where, over.value) == (("chips.U1", "chips.U3"), ratio)
    told = "over U1, has then covered 7 %" if room == 5_000 else "under U1, has then covered 83 %"
    assert over.note == (f"U1: t2 {room // 1000} um under U3, t1 75 um; the faster front across, the slower front, {told}")
    assert (over.low, over.high) == (ratio - Fraction(1, 75), ratio + Fraction(2, 75))


def test_the_table_of_gaps_has_a_row_for_what_hangs_over_a_chip():
    rows = [line.split("  ") for line in gaps_text(overhung(5_000)).splitlines()]
    told = [[cell.strip() for cell in row if cell.strip()][2:5] for row in rows]
    assert told == [["top chip", "t2", "t2/t1"], ["U1", "325 um", "4.333"], ["U1 under U3", "5 um +2/-1 um", "0.067"]]


def test_under_a_neighbour_of_unknown_height_the_cover_is_not_known():
    made = overhung(5_000)
    blind = replace(made, chips=(made.chips[0], replace(made.chips[1], thickness=None), made.chips[2]))
    cap, said = cover_to_gap_ratio(blind)
    assert (cap.value, said.where) == (Fraction(500 - 175, 75), ("chips.U2.thickness",))


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


def apart(made):
    return [(one.where, one.value) for one in chip_to_chip(made, 10**9)]


def places(made):
    return [(one.where, one.value) for one in room_between_overlapping_chips(made)]


def test_a_stack_never_gives_a_false_overlap():
    made = package(chip("U1"), chip("U2", "U1", up=True, joint=Toleranced(1_000, 0, 1_000)), chip("U3", "U2"),
                   chip("U4", "U1", at=(10_000, 0), size=100_000))
    tower = replace(made, chips=made.chips[:3])
    assert apart(tower) == places(tower) == []
    # U4 stands on U1 as U2 does, and within it: these two are in one place, and U3 passes over U4.
    assert places(made) == [(("chips.U4", "chips.U2"), 75_000 - 101_000), (("chips.U3", "chips.U4"), 1_000)]


def test_chips_of_different_towers_are_neighbours_only_where_they_share_heights():
    low, beside = chip("U1", at=(-1_500_000, 0)), chip("U2", at=(1_500_000, 0))
    raised = chip("U3", "U2", at=(1_400_000, 0))
    assert apart(package(low, beside, raised)) == [(("chips.U1", "chips.U2"), 1_000_000)]
    tall = chip("U1", at=(-1_500_000, 0), thick=Toleranced(200_000))
    assert apart(package(tall, beside, raised)) == [(("chips.U1", "chips.U2"), 1_000_000),
                                                    (("chips.U1", "chips.U3"), 900_000)]


def test_an_overhang_over_a_lower_neighbour_is_no_overlap_until_their_heights_meet():
    base, raised = chip("U2", at=(1_500_000, 0)), chip("U3", "U2", at=(1_000_000, 0))
    low = chip("U1", at=(-800_000, 0), size=1_800_000)
    assert places(package(low, base, raised)) == [(("chips.U3", "chips.U1"), 75_000)]
    tall = replace(low, thickness=Toleranced(180_000, 10_000, 2_000))
    (reading,) = room_between_overlapping_chips(package(tall, base, raised))
    assert (reading.low, reading.value, reading.high) == (-15_000, -5_000, -3_000)
    assert reading.note == "U3 over U1"


def test_what_two_chips_stand_on_together_does_not_stray_between_them():
    base = chip("U1", joint=Toleranced(75_000, 9_000, 9_000), thick=Toleranced(100_000, 9_000, 9_000), size=4_000_000)
    low = chip("U2", "U1", at=(-900_000, 0), thick=Toleranced(50_000, 1_000, 1_000))
    pillar = chip("U3", "U1", at=(1_500_000, 0), thick=Toleranced(60_000, 2_000, 2_000))
    (reading,) = room_between_overlapping_chips(package(base, low, pillar, chip("U4", "U3", at=(900_000, 0))))
    assert (reading.low, reading.value, reading.high) == (82_000, 85_000, 88_000)


def test_chips_of_unknown_height_in_one_place_are_told_or_said_not_to_be_known():
    bare = chip("U1", thick=None)
    assert apart(package(bare, chip("U2"))) == [(("chips.U1", "chips.U2"), 0)]
    (said,) = room_between_overlapping_chips(package(bare, chip("U2")))
    assert said.where == ("chips.U1.thickness",)


def test_neighbours_are_looked_for_farther_away_when_the_nearest_lie_over_each_other():
    made = package(chip("U1"), chip("U2", "U1"), chip("U3", at=(4_000_000, 0)))
    assert [(one.where, one.value) for one in chip_to_chip(made, 200_000)] == [(("chips.U1", "chips.U3"), 2_000_000)]


@pytest.mark.parametrize(("height", "nearest"), [(250_000, ("chips.U1", 300_000)), (250_001, ("chips.U2", 0))])
def test_a_passive_may_stand_under_an_overhang_that_passes_over_it(height, nearest):
    made = package(chip("U1"), chip("U2", "U1", size=4_000_000))
    part = Passive("C1", rectangle((1_500_000, 0), (400_000, 200_000)), (1_500_000, 0), 0, Toleranced(height), ())
    (reading,) = passive_to_chip(replace(made, passives=(part,)), 200_000)
    assert (reading.where[1], reading.value) == nearest


def test_over_a_passive_under_an_overhang_is_the_chip_and_not_the_mold():
    made = package(chip("U1"), chip("U2", "U1", size=4_000_000))
    spots = [(1_500_000, 0), (3_000_000, 0)]
    parts = tuple(Passive(f"C{i}", rectangle(at, (400_000, 200_000)), at, 0, Toleranced(200_000), ())
                  for i, at in enumerate(spots))
    assert [(one.where[1], one.value) for one in passive_headroom(replace(made, passives=parts))] == [
        ("chips.U2", 50_000), ("mold.cap", 500_000)]


BOX = st.tuples(st.integers(-20, 20), st.integers(-20, 20), st.integers(1, 20))


@given(st.lists(st.tuples(BOX, st.integers(0, 9), st.integers(1, 5), st.integers(1, 5)), min_size=1, max_size=9))
def test_chips_of_different_towers_overlap_exactly_where_their_boxes_do_in_space(drawn):
    """Brute force over all pairs: each chip stands on the carrier or on one chip before it."""
    chips, under, level = [], [], []
    for i, ((x, y, size), base, joint, thick) in enumerate(drawn):
        below = base if base < i else None
        under.append({i} | (under[below] if below is not None else set()))
        low = joint + (level[below][1] if below is not None else 0)
        level.append((low, low + thick))
        on = (f"U{below}",) if below is not None else ()
        chips.append(chip(f"U{i}", *on, joint=Toleranced(joint), thick=Toleranced(thick), at=(2 * x, 2 * y), size=2 * size))
    expected = set()
    for i, one in enumerate(chips):
        for j, other in enumerate(chips[:i]):
            a, b = one.outline.box, other.outline.box
            meet = max(a[0], b[0]) < min(a[2], b[2]) and max(a[1], b[1]) < min(a[3], b[3])
            if meet and i not in under[j] and j not in under[i]:
                apart = max(level[i][0] - level[j][1], level[j][0] - level[i][1])
                expected.add((frozenset((one.key, other.key)), apart < 0))
    found = {(frozenset(one.where), one.value < 0) for one in room_between_overlapping_chips(package(*chips))}
    assert found == expected


@pytest.mark.parametrize(("at", "size", "on", "overhang", "share"), [
    ((0, 0), 1_000_000, ("U1",), 0, Fraction(1)), ((0, 0), 2_400_000, ("U1",), 282_843, Fraction(25, 36)),
    ((500_000, 0), 2_000_000, ("U1",), 500_000, Fraction(3, 4)), ((1_500_000, 0), 1_800_000, ("U1", "U2"), 0, Fraction(1)),
    ((0, 0), 1_000_000, ("U1", "U2"), 0, Fraction(0)),
])
def test_what_hangs_over_and_what_rests_is_measured(at, size, on, overhang, share):
    made = package(chip("U1"), chip("U2", at=(3_000_000, 0)), chip("U3", *on, at=at, size=size))
    assert [one.value for one in overhang_to_thickness(made)] == [Fraction(overhang, 100_000)]
    assert [one.value for one in share_of_chip_supported(made)] == [share]


def test_a_bridge_feels_the_step_between_its_supports():
    made = package(chip("U1", thick=Toleranced(100_000, 3_000, 2_000)), chip("U2", at=(3_000_000, 0)),
                   chip("U3", "U1", "U2", at=(1_500_000, 0)))
    (reading,) = step_under_bridge(made)
    assert (reading.low, reading.value, reading.high) == (0, 0, 5_000)
    assert reading.note == "under U3: U1 175 um, U2 175 um"
    (said,) = step_under_bridge(replace(made, chips=(chip("U1", thick=None), *made.chips[1:])))
    assert said.where == ("chips.U1.thickness",)


def test_die_attach_is_measured_or_missed_under_face_up_chips_only():
    made = package(chip("U1"), chip("U2", "U1", up=True), replace(chip("U3", up=True), attach=None))
    reading, said = die_attach(made)
    assert (reading.where, reading.value, said.where) == (("chips.U2",), 20_000, ("chips.U3.attach",))


def test_overhang_counts_in_thicknesses_and_a_chip_of_none_stated_is_said():
    made = package(chip("U1"), chip("U2", "U1", at=(500_000, 0), thick=Toleranced(50_000, 5_000, 10_000)))
    (reading,) = overhang_to_thickness(made)
    assert (reading.low, reading.value, reading.high) == (Fraction(500, 55), 10, Fraction(500, 40))
    assert reading.note == "U2 over U1: 500 um out, 50 um thick"
    (said,) = overhang_to_thickness(package(chip("U1"), chip("U2", "U1", at=(500_000, 0), thick=None)))
    assert said.where == ("chips.U2.thickness",)


def test_film_and_paste_have_limits_of_their_own_and_what_is_not_stated_has_the_looser():
    made = package(*(replace(chip(f"U{i}", up=True, at=(3_000_000 * i - 6_000_000, 0)), attach_form=form)
                     for i, form in enumerate(("film", "paste", ""), 1)))
    assert [one.note for one in die_attach(made)] == ["U1: film", "U2: paste", "U3: film or paste is not stated"]
    assert [one.where for one in die_attach_of_paste(made)] == [("chips.U2",)]


def test_chips_on_an_interposer_have_a_distance_of_their_own():
    made = package(chip("U1"), chip("U2", at=(2_060_000, 0)))
    on = replace(made, carrier=replace(made.carrier, kind="interposer"))
    assert [[one.value for one in measure(some)] for some in (made, on) for measure in (
        chip_to_chip, chip_to_chip_on_interposer)] == [[60_000], [], [], [60_000]]
