"""Mask between openings of every kind, and gaps under which no mask is left."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from overmold import space
from overmold.check import BROKEN, KEPT, WARNED, check
from overmold.geometry.shape_gaps import Shapes, shapes_between, shapes_nearer_than
from overmold.measures.copper import mask_between_openings
from overmold.measures.gap import cover_to_gap_ratio, encapsulant_in_gap, filler_to_gap_ratio, gap_under_chip
from overmold.rule import load_deck
from overmold.shapes import polygon, rectangle
from variants import demo, demo_with

DECK = load_deck()
SHAPE = st.tuples(st.integers(-60, 60), st.integers(-60, 60), st.integers(1, 30), st.integers(1, 30),
                  st.sampled_from((0, 0, 90_000, 180_000, 270_000, 33_000)), st.booleans())
MERGED = {"chips.0.bumps.opening": "300 um"}


@given(st.lists(SHAPE, max_size=12), st.integers(0, 40_000), st.integers(0, 12))
def test_gaps_of_circles_and_rectangles_are_those_of_brute_force(drawn, spacing, chosen):
    rows = [(x * 1000, y * 1000, w * 1000, (w if is_round else h) * 1000, 0 if is_round else angle, is_round)
            for x, y, w, h, angle, is_round in drawn]
    columns = np.array([row[:5] for row in rows], np.int64).reshape(-1, 5)
    shapes = Shapes(columns[:, :2], columns[:, 2:4], columns[:, 4], np.array([row[5] for row in rows], bool))
    expected = {}
    for i, (x, y, w, h, angle, is_round) in enumerate(rows):
        for j in range(i + 1, len(rows)):
            u, v, p, q, turn, other_round = rows[j]
            if is_round and other_round:
                apart = math.hypot(x - u, y - v) - (w + p) / 2
            else:  # a point for a circle's middle, and its radius off the distance
                one = shapely.Point(x, y) if is_round else polygon(rectangle((x, y), (w, h), angle))
                other = shapely.Point(u, v) if other_round else polygon(rectangle((u, v), (p, q), turn))
                apart = max(shapely.distance(one, other) - (w / 2 if is_round else 0) - (p / 2 if other_round else 0), 0)
            expected[i, j] = apart
    found = {(int(i), int(j)): int(apart) for i, j, apart in zip(*shapes_nearer_than(shapes, spacing))}
    # corners of what is turned are whole nanometres in the outlines that shapely is given
    assert all(abs(found[pair] - expected[pair]) <= 3 for pair in found)
    assert {pair for pair, apart in expected.items() if apart < spacing - 3} <= set(found)
    some = np.arange(min(chosen, len(rows)))
    halves = {(int(min(i, j)), int(max(i, j))): int(apart)
              for i, j, apart in zip(*shapes_between(shapes, some, np.arange(len(rows)), spacing))}
    assert halves == {pair: apart for pair, apart in found.items() if pair[0] in some or pair[1] in some}


def test_where_openings_merge_no_mask_is_subtracted_and_the_note_says_so():
    bare, masked = demo_with(MERGED), demo()
    assert check(bare, DECK).verdict("mask-web-too-thin").status == BROKEN
    for measure in (gap_under_chip, encapsulant_in_gap, filler_to_gap_ratio, cover_to_gap_ratio):
        (reading,), (usual,) = measure(bare), measure(masked)
        assert "openings merge and none is to be subtracted" in reading.note
        assert "merge" not in usual.note
    (t1,), (ratio,) = gap_under_chip(bare), cover_to_gap_ratio(bare)
    height = bare.chips[0].bumps.height
    assert (t1.low, t1.value, t1.high) == (height.low, height.nominal, height.high)  # 90 um ± 5 um, no 15 um of mask
    # the chip stands as high as before, so t2 is that of the twin: 90 um
    assert (ratio.value, next(iter(cover_to_gap_ratio(masked))).value) == (1, pytest.approx(1.2))


def test_a_merged_gap_needs_no_stack_up_but_heights_do():
    unknown = {"carrier.stackup": None, **MERGED}
    (t1,) = gap_under_chip(demo_with(unknown))
    assert t1.value == 90_000
    assert check(demo_with(unknown), DECK).verdict("cover-not-half-to-twice-gap").status == "not checked"


def test_where_some_openings_merge_the_gap_has_both_thicknesses():
    wide = {"chips.0.bumps.array": {"at": {"A1": ["-0.6 mm", "0 mm"], "A2": ["-0.38 mm", "0 mm"], "B1": ["0.6 mm", "0 mm"]}},
            "chips.0.bumps.opening": "220 um", "netlist": [["VDD", "U1.A1", "A1"], ["GND", "U1.A2", "A2"]]}
    package = demo_with(wide)
    ratios = [(reading.value, "merge" in reading.note) for reading in cover_to_gap_ratio(package)]
    assert ratios == [(pytest.approx(1.2), False), (1, True)]
    (t1,) = gap_under_chip(package)
    assert t1.value == 75_000  # what a filler has to pass: the thinner of both
    apart = demo_with(wide, {"chips.0.bumps.opening": "190 um"})
    assert len(list(cover_to_gap_ratio(apart))) == 1


def test_the_slit_under_a_chip_without_mask_reaches_down_to_the_pads():
    def own(package):
        (slit,) = (one for one in space.under(package, "chips.U1") if one.own)
        return slit.thickness.value

    assert own(demo_with(MERGED)) == demo().chips[0].bumps.height
    assert own(demo()).nominal == 75_000


@pytest.mark.parametrize("change", [
    {"chips.0.gap": "85 um", **MERGED}, {"chips.0.bumps.opening": "240 um"},
])
def test_a_stated_gap_and_openings_that_stay_apart_are_taken_as_they_are(change):
    (t1,) = gap_under_chip(demo_with(change))
    assert t1.value == (85_000 if "chips.0.gap" in change else 75_000)
    assert "merge" not in t1.note


def webs(package, below=25_000):
    return {frozenset(reading.where): reading.value for reading in mask_between_openings(package, below)
            if reading.value < below}


WIRED = next(rule for rule in DECK.rules if rule.name == "mask-web-between-fingers-too-thin").kept_by


def beside_the_finger(web):
    """The wired demo with C1 so far left of finger F1, which, with the other two, begins at 2.4 mm."""
    c1 = {"name": "C1", "size": "0402", "nets": ["VDD", "GND"], "height": "0.3 mm"}
    (right,) = demo_with(WIRED, {"passives": [{**c1, "at": ["0 mm", "0 mm"]}]}).passives[0].terminals[1:]
    x = 2_400_000 - web - right.at[0] - right.size[0] // 2
    return demo_with(WIRED, {"passives": [{**c1, "at": [f"{x / 1e6} mm", "3.55 mm"]}]})


def test_a_finger_beside_the_land_of_a_passive_needs_mask_between():
    tight, twin = beside_the_finger(24_000), beside_the_finger(25_000)
    assert webs(tight) == {frozenset((f"carrier.fingers.F{i}", "passives.C1.2")): 24_000 for i in (1, 2, 3)}
    assert [check(one, DECK).verdict("mask-web-too-thin").status for one in (tight, twin)] == [BROKEN, KEPT]
    assert min(reading.value for reading in mask_between_openings(twin)) == 25_000


def test_lands_of_two_passives_need_mask_between_and_lands_that_touch_are_another_fault():
    def two(apart):
        rows = [{"name": name, "size": "0201", "nets": ["VDD", "GND"], "height": "0.3 mm", "at": [f"{x} mm", "4 mm"]}
                for name, x in (("C1", 0), ("C2", apart))]
        return demo_with({"passives": rows})

    first, second = two(1).passives[0].terminals
    wide = second.at[0] - first.at[0] + first.size[0]
    for web, mask, lands in ((24_000, BROKEN, KEPT), (25_000, KEPT, KEPT), (-1_000, KEPT, BROKEN)):
        result = check(two((wide + web) / 1e6), DECK)
        assert [result.verdict(name).status for name in ("mask-web-too-thin", "lands-touch")] == [mask, lands], web


def test_pads_of_two_chips_need_mask_between():
    one = {"size": ["1 mm", "1 mm"], "thickness": "150 um", "bonded": "flip-chip",
           "bumps": {"array": {"grid": [2, 2], "pitch": "0.8 mm"}, "diameter": "80 um", "height": "90 um", "opening": "90 um",
                     "alloy": "SAC305"}}
    for web, expected in ((20, BROKEN), (25, KEPT)):  # from 0.4 mm to the neighbour's -0.4 mm, less two half openings
        across = 0.8 + 0.09 + web / 1000
        package = demo_with({"passives": None, "netlist": None, "chips": [
            {"name": "U1", "at": ["0 mm", "0 mm"], **one}, {"name": "U2", "at": [f"{across:.3f} mm", "0 mm"], **one}]})
        assert check(package, DECK).verdict("mask-web-too-thin").status == expected
        assert bool(webs(package)) == (expected == BROKEN)


def test_fingers_are_asked_among_themselves_with_a_warning():
    rule = next(rule for rule in DECK.rules if rule.name == "mask-web-between-fingers-too-thin")
    assert check(demo_with(WIRED), DECK).verdict(rule.name).status == KEPT
    result = check(demo_with(WIRED, rule.broken_by), DECK)
    assert result.verdict(rule.name).status == WARNED
    assert result.verdict("mask-web-too-thin").status == KEPT


@pytest.mark.parametrize("passive", [[], [{"name": "C1", "size": "0201", "nets": ["VDD", "GND"], "at": ["4.3 mm", "-4.3 mm"]}]])
def test_a_crowd_of_fingers_is_not_looked_through_for_the_nearest_of_another_kind(passive, monkeypatch):
    import overmold.measures.mask as mask

    looked: list[int] = []
    monkeypatch.setattr(mask, "shapes_between",
                        lambda *given: looked.append(len((found := shapes_between(*given))[0])) or found)
    fingers = [{"row": {"from": [f"{x} mm", "-4.5 mm"], "to": [f"{x} mm", "4.5 mm"], "count": 80}, "size": ["50 um", "50 um"],
                "prefix": f"F{i}_"} for i, x in enumerate((-4, -3.5, -3, -2.5, -2))]
    package = demo_with({"passives": passive or None, "netlist": None, "chips": None, "carrier.fingers": fingers,
                         "balls": None})
    found = list(mask_between_openings(package, 25_000))
    assert sum(looked) < 2_000, "all pairs of 400 fingers are 79,800"
    if passive:
        left = min(terminal.at[0] - terminal.size[0] // 2 for terminal in package.passives[0].terminals)
        (reading,) = found
        assert abs(reading.value - min(math.hypot(max(0, left - one.at[0] - 25_000), max(0, abs(
            package.passives[0].at[1] - one.at[1]) - 25_000 - package.passives[0].terminals[0].size[1] // 2))
            for one in package.carrier.fingers)) <= 2
    else:
        assert not found
