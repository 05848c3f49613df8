"""What lies beside what in plan: mold, chips, passives, crowds of bumps; near pairs against brute force."""

import math
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.arrays import Sites
from overmold.check import BROKEN, KEPT, NOT_APPLICABLE, check
from overmold.measures import Reading, Unmeasured, crowds
from overmold.measures.balls import ball_to_sawn_edge_in_pitches, balls_on_chip_side
from overmold.measures.bumps import bump_space_to_diameter, bump_to_chip_edge, filler_to_bump_space
from overmold.measures.mold import mold_area_off_outline, share_of_chip_covered
from overmold.measures.neighbours import distances_between
from overmold.measures.nets import parts_on_net_of_bump
from overmold.measures.passives import clear_of_street, passive_headroom
from overmold.measures.stacks import chip_to_chip, passive_to_chip
from overmold.package import Passive
from overmold.package_file import read_package_file
from overmold.rule import load_deck
from overmold.shapes import Outline, distance, rectangle
from overmold.units import Toleranced
from paths import LIBRARY
from variants import demo, package_of

DECK = load_deck(examples=False)
SPOT = st.tuples(st.integers(-50, 50), st.integers(-50, 50))
PART = st.tuples(SPOT, st.tuples(st.integers(1, 12), st.integers(1, 12)), st.sampled_from((0, 0, 90_000, 33_000)))


def passives(parts, letter="C"):
    return tuple(Passive(f"{letter}{i}", rectangle((x * 1000, y * 1000), (w * 1000, h * 1000), angle), (x, y), angle, None, ())
                 for i, ((x, y), (w, h), angle) in enumerate(parts))


def every_pair(ones, others=None):
    pairs = [(a, b) for a in ones for b in others] if others is not None else [
        (a, b) for i, a in enumerate(ones) for b in ones[i + 1:]]
    return [((a.key, b.key), distance(a.outline, b.outline)) for a, b in pairs]


@given(st.lists(PART, max_size=9), st.lists(PART, max_size=4), st.booleans(), st.integers(0, 30_000))
def test_near_parts_are_those_of_looking_at_every_pair(parts, more, among_themselves, horizon):
    ones, others = passives(parts), None if among_themselves else passives(more, "R")
    pairs = every_pair(ones, others)
    found = [(reading.where, reading.value) for reading in distances_between(ones, others, horizon)]
    near = [pair for pair in pairs if pair[1] < horizon]
    if near or not pairs:
        assert found == near
    else:
        assert len(found) == 1
        assert found[0] in pairs
        assert found[0][1] == min(value for _, value in pairs)


@given(st.lists(PART, max_size=9), st.sets(st.tuples(st.integers(0, 8), st.integers(0, 8))), st.integers(0, 30_000))
def test_near_parts_that_are_beside_each_other_are_those_of_looking_at_every_pair(parts, over, horizon):
    ones = passives(parts)

    def beside(one, other):
        return (int(one.name[1:]), int(other.name[1:])) not in over

    pairs = [((a.key, b.key), distance(a.outline, b.outline)) for i, a in enumerate(ones) for b in ones[i + 1:] if beside(a, b)]
    found = [(reading.where, reading.value) for reading in distances_between(ones, None, horizon, beside)]
    near = [pair for pair in pairs if pair[1] < horizon]
    assert found == near if near else [value for _, value in found] == ([min(value for _, value in pairs)] if pairs else [])


def test_the_nearest_chip_and_passive_are_told_also_when_all_is_well():
    (reading,) = passive_to_chip(demo(), horizon=200_000)
    assert reading.where == ("passives.C1", "chips.U1")
    assert reading.value == 1_000_000
    assert list(chip_to_chip(demo())) == []


def test_a_chip_partly_outside_the_mold_tells_its_share():
    left_half = [["-5 mm", "-5 mm"], ["0 mm", "-5 mm"], ["0 mm", "5 mm"], ["-5 mm", "5 mm"]]
    (reading,) = share_of_chip_covered(demo(mold__outline=left_half, passives=None))
    assert reading.value == Fraction(1, 2)


def test_a_chip_that_stands_out_of_the_mold_is_not_covered_and_one_of_unknown_cover_says_so():
    (reading,) = share_of_chip_covered(demo(mold__cap="220 um"))
    assert reading.value == 0
    assert reading.note == "U1: its back stands 5 um above the mold"
    (flush,) = share_of_chip_covered(demo(mold__cap="225 um"))
    assert flush.value == 0
    said, plan = share_of_chip_covered(demo(chips__0__thickness=None))
    assert isinstance(said, Unmeasured)
    assert said.where == ("chips.U1.thickness",)
    assert isinstance(plan, Reading)
    assert plan.value == 1


def test_a_mold_area_elsewhere_is_told_by_the_edge_it_passes_most():
    made = demo()
    moved = made.mold.outline.moved((3_000, 4_000))
    (reading,) = mold_area_off_outline(replace(made, mold=replace(made.mold, area=moved)))
    assert reading.value == 4_000
    larger = Outline(rectangle((0, 0), (10_002_000, 10_002_000)).rings)
    (reading,) = mold_area_off_outline(replace(made, mold=replace(made.mold, area=larger)))
    assert reading.value == 1_000
    assert list(mold_area_off_outline(made)) == []


def crowd(count, pitch, tolerance=None, width=100_000):
    """The demo with one row of bumps of ``width``."""
    made = demo()
    xy = np.array([(i * pitch, 0) for i in range(count)], np.int64)
    bumps = replace(made.chips[0].bumps, sites=Sites(tuple(f"A{i + 1}" for i in range(count)), xy), nets=("VDD",) * count,
                    diameter=tolerance or Toleranced(width))
    outline = rectangle((0, 0), (2 * count * pitch + 2_000_000, 2_000_000))
    return replace(made, chips=(replace(made.chips[0], bumps=bumps, outline=outline),))


def test_all_pairs_below_the_horizon_are_told_else_the_nearest():
    readings = list(bump_space_to_diameter(crowd(4, 130_000), horizon=Fraction(2, 5)))
    assert [r.where for r in readings] == [(f"chips.U1.bumps.A{i}", f"chips.U1.bumps.A{i + 1}") for i in (1, 2, 3)]
    assert {r.value for r in readings} == {Fraction(3, 10)}
    (reading,) = bump_space_to_diameter(crowd(4, 140_000), horizon=Fraction(2, 5))
    assert (reading.value, reading.note) == (Fraction(2, 5), "A1 to A2: 40 um apart, 100 um wide")


@pytest.mark.parametrize(("pitch", "width", "kept"), [
    (55_000, 30_000, True), (40_000, 25_000, True), (40_000, 30_000, False), (130_000, 80_000, True),
    (400_000, 300_000, False)])
def test_micro_bumps_and_balls_are_judged_by_their_own_width(pitch, width, kept):
    made = crowd(50, pitch, width=width)
    result = check(replace(made, passives=(), mold=None), DECK).verdict("bumps-too-close")
    assert (result.status == KEPT) is kept


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900), st.integers(20, 90)), min_size=2, max_size=25),
       st.sampled_from([Fraction(0), Fraction(2, 5), Fraction(2)]))
def test_the_share_of_the_larger_bump_is_that_of_asking_every_pair(spots, horizon):
    made = crowd(1, 0)
    sites = Sites(tuple(f"A{i}" for i in range(len(spots))), np.array([(x, y) for x, y, _ in spots], np.int64) * 1000,
                  diameters=np.array([wide for *_, wide in spots], np.int64) * 1000)
    bumps = replace(made.chips[0].bumps, sites=sites, nets=("",) * len(spots), diameter=None)
    found = list(bump_space_to_diameter(replace(made, chips=(replace(made.chips[0], bumps=bumps),)), horizon))
    every = {}
    for i, (x, y, wide) in enumerate(spots):
        for j, (a, b, other) in enumerate(spots[:i]):
            apart = math.isqrt((x - a) ** 2 * 10**6 + (y - b) ** 2 * 10**6) - (wide + other) * 500
            every[frozenset((f"chips.U1.bumps.A{i}", f"chips.U1.bumps.A{j}"))] = apart / (1000 * max(wide, other))
    near = {pair for pair, share in every.items() if share < horizon - Fraction(1, 1000)}
    told = {frozenset(one.where): float(one.value) for one in found}
    assert near <= set(told)
    assert all(abs(every[pair] - share) < 1e-3 for pair, share in told.items())
    if near:
        assert min(told.values()) == pytest.approx(min(every.values()), abs=1e-3)


def test_bumps_that_come_too_near_only_at_their_widest_are_told_with_their_corners():
    readings = list(bump_space_to_diameter(crowd(3, 140_000, Toleranced(100_000, 6_000, 4_000)), Fraction(2, 5)))
    assert [(r.low, r.value, r.high) for r in readings] == [(Fraction(34, 106), Fraction(2, 5), Fraction(44, 96))] * 2


def test_the_distance_to_an_edge_has_corners_of_half_the_diameters_tolerance():
    made = crowd(1, 0, Toleranced(100_000, 7_001, 4_001))
    (reading,) = bump_to_chip_edge(made, horizon=30_000)
    assert (reading.low, reading.value, reading.high) == (950_000 - 3_501, 950_000, 950_000 + 2_000)
    near = replace(made, chips=(replace(made.chips[0], outline=rectangle((0, 0), (164_000, 164_000))),))
    (reading,) = bump_to_chip_edge(near, horizon=30_000)
    assert (reading.low, reading.value) == (32_000 - 3_501, 32_000)


def test_all_that_come_too_near_an_edge_at_their_widest_are_told():
    made = crowd(3, 140_000, Toleranced(100_000, 6_000, 6_000))
    # Bump edges lie 32, 172 and 312 um inside the right edge, and 50 um above the lower one; 3 um less at their widest.
    chip = replace(made.chips[0], outline=Outline(rectangle((0, 0), (2 * 362_000, 200_000)).rings))
    readings = list(bump_to_chip_edge(replace(made, chips=(chip,)), horizon=52_000))
    assert [(r.where[0][-2:], r.low, r.value) for r in readings] == [
        ("A1", 47_000, 50_000), ("A2", 47_000, 50_000), ("A3", 29_000, 32_000)]
    readings = list(bump_to_chip_edge(replace(made, chips=(chip,)), horizon=48_000))
    assert len(readings) == 3


def test_a_crowd_that_breaks_everywhere_is_told_by_its_worst_and_counted(monkeypatch):
    monkeypatch.setattr(crowds, "MOST", 5)
    made = crowd(40, 130_000)
    sites = made.chips[0].bumps.sites
    sites.xy[30, 0] -= 1_000
    readings = list(bump_space_to_diameter(made, horizon=Fraction(2, 5)))
    assert len(readings) == 5
    assert readings[0].note == ("A30 to A31, one of 39 pairs nearer than 40 um of which the nearest 5 are told: 29 um apart, "
                                "100 um wide")
    assert [r.value for r in readings] == [Fraction(29, 100), *[Fraction(3, 10)] * 4]
    edges = list(bump_to_chip_edge(made, horizon=10**9))
    assert len(edges) == 5
    assert "40 sites" in edges[0].note


def test_a_million_lonely_nets_do_not_become_a_million_readings():
    count = crowds.MOST + 5
    made = crowd(count, 130_000)
    bumps = replace(made.chips[0].bumps, nets=tuple(f"N{i}" for i in range(count)))
    readings = list(parts_on_net_of_bump(replace(made, chips=(replace(made.chips[0], bumps=bumps),))))
    assert len(readings) == crowds.MOST
    assert readings[0].note == "net N0, one of 10,005 of which 10,000 are told"


def test_filler_has_to_pass_the_narrowest_space_at_its_narrowest():
    made = crowd(3, 150_000, Toleranced(100_000, 10_000, 10_000))
    (reading,) = filler_to_bump_space(made)
    assert (reading.low, reading.value, reading.high) == (Fraction(25, 60), Fraction(25, 50), Fraction(25, 40))
    (said,) = filler_to_bump_space(demo(mold__filler=None))
    assert isinstance(said, Unmeasured)
    assert said.where == ("mold.filler",)


def test_balls_on_the_wrong_side_are_counted_and_named():
    made = demo()
    assert [r.value for r in balls_on_chip_side(made)] == [0]
    sides = tuple("chip side" if name in ("A2", "M12") else "far side" for name in made.balls.sites.names)
    (reading,) = balls_on_chip_side(replace(made, balls=replace(made.balls, sides=sides)))
    assert (reading.value, reading.where, reading.note) == (2, ("balls.A2", "balls.M12"), "ball A2 and M12")
    assert list(balls_on_chip_side(replace(made, balls=None))) == []


def test_a_ball_over_the_edge_of_the_carrier_is_negative():
    (reading,) = ball_to_sawn_edge_in_pitches(demo(), horizon=Fraction(1, 4))
    assert reading.value == Fraction(400, 800)
    made = demo()
    far = replace(made, carrier=replace(made.carrier, outline=rectangle((0, 0), (9_000_000, 9_000_000))))
    assert {r.value for r in ball_to_sawn_edge_in_pitches(far, horizon=Fraction(1, 4))} == {Fraction(-100, 800)}


def edge_verdicts(kind, size, grid, pitch, diameter):
    package = package_of({"package": "X", "carrier": {"kind": kind, "size": [size, size]},
                          "balls": {"array": {"grid": grid, "pitch": pitch}, "diameter": diameter, "alloy": "SAC305"}})
    result = check(package)
    return {name: result.verdict(name).status for name in ("ball-too-near-carrier-edge", "ball-too-near-wafer-chip-edge")}


@pytest.mark.parametrize(("kind", "size", "pitch", "diameter", "sawn", "wafer"), [
    ("substrate", "4.7 mm", "1 mm", "0.4 mm", BROKEN, NOT_APPLICABLE),         # 150 um, the drawing asks 250 um at 1 mm
    ("substrate", "4.9 mm", "1 mm", "0.4 mm", KEPT, NOT_APPLICABLE),           # 250 um: on the limit
    ("substrate", "2.15 mm", "0.4 mm", "0.25 mm", KEPT, NOT_APPLICABLE),       # 150 um, of which 100 um are due at 0.4 mm
    ("substrate", "2 mm", "0.4 mm", "0.25 mm", BROKEN, NOT_APPLICABLE),        # 75 um
    ("substrate", "7.1 mm", "1.5 mm", "0.6 mm", KEPT, NOT_APPLICABLE),         # 1.5 mm asks no more than 1 mm does
    ("interposer", "2 mm", "0.4 mm", "0.25 mm", BROKEN, NOT_APPLICABLE),
    ("wafer", "2 mm", "0.4 mm", "0.25 mm", NOT_APPLICABLE, KEPT),
    ("wafer", "1.88 mm", "0.4 mm", "0.25 mm", NOT_APPLICABLE, BROKEN),         # 15 um
])
def test_the_edge_of_a_carrier_is_judged_by_pitch_and_that_of_a_wafers_chip_by_its_own_limit(
        kind, size, pitch, diameter, sawn, wafer):
    found = edge_verdicts(kind, size, [5, 5], pitch, diameter)
    assert list(found.values()) == [sawn, wafer]


def test_the_edge_is_not_judged_where_nobody_said_what_carries_the_balls():
    made = demo()
    unknown = replace(made, carrier=replace(made.carrier, kind=""))
    (said,) = ball_to_sawn_edge_in_pitches(unknown)
    assert isinstance(said, Unmeasured)
    assert "the carrier kind is not stated" in said.missing


@pytest.mark.parametrize("spec", sorted((LIBRARY / "specs").glob("*.yaml")), ids=lambda path: path.stem)
def test_no_package_of_the_library_is_broken(spec):
    result = check(read_package_file(spec))
    assert not result.errors, result.findings


def test_headroom_over_a_passive_has_both_tolerances():
    reading = next(passive_headroom(demo()))
    made = demo()
    left = made.mold.cap - made.passives[0].height
    assert (reading.low, reading.value, reading.high) == (left.low, left.nominal, left.high)
    assert all(isinstance(one, Unmeasured) for one in passive_headroom(demo(mold__cap=None)))


@pytest.mark.parametrize("change", [{"singulation__street": None}, {"singulation__kerf": None}])
def test_a_street_of_unknown_width_is_not_passed_over(change):
    (said,) = clear_of_street(demo(**change))
    assert isinstance(said, Unmeasured)
    assert said.where == ("singulation",)
    assert list(clear_of_street(demo(singulation__method="none", **change))) == []
