"""The race of two flow fronts, against published numbers, a race run in small steps, and its limits."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.fronts import across_cylinders, effective_height, slower_share
from overmold.measures.gap import cover_to_gap_ratio
from variants import demo


@pytest.mark.parametrize(("ratio", "trapped"), [(0.25, 0.75), (0.5, 0.5), (0.8, 0.2), (1, 0), (1.25, 0.2), (2, 0.5), (4, 0.75)])
def test_the_slower_slot_is_trapped_by_what_its_front_has_not_covered(ratio, trapped):
    assert 1 - slower_share(75, 75 * ratio) == pytest.approx(trapped)


@pytest.mark.parametrize("index", [1.0, 0.7, 0.5, 0.35])
@pytest.mark.parametrize("history", [lambda t: 1, lambda t: 1 + t, lambda t: 3 * math.exp(-t / 20)])
def test_a_race_in_small_steps_ends_so_for_every_power_law_and_pressure(index, history):
    heights, gone, step = (75.0, 110.0), [1e-3, 1e-3], 1e-4
    gone = [1e-3 * height / heights[1] for height in heights]
    for k in range(200_000):
        if gone[1] >= 1:
            break
        gone = [x + step * (h / 100) ** ((index + 1) / index) * (history(k * step) / x) ** (1 / index) * 0.01
                for x, h in zip(gone, heights)]
    assert gone[0] / gone[1] == pytest.approx(slower_share(*heights), abs=0.01)


@pytest.mark.parametrize(("pitch", "share"), [(250, 0.97), (200, 0.89), (180, 0.82), (150, 0.69)])
def test_bumps_hold_the_front_back_as_much_as_was_reckoned_elsewhere(pitch, share):
    assert round(effective_height(75, 100, pitch) / 75, 2) == share


@pytest.mark.parametrize(("covered", "drag", "within"), [
    (0.05, 15.56, 0.01), (0.1, 24.83, 0.01), (0.2, 51.53, 0.02), (0.3, 102.90, 0.13),
    (0.4, 217.89, 0.05), (0.5, 532.55, 0.05), (0.6, 1763, 0.05), (0.7, 13520, 0.05)])
def test_the_drag_of_a_square_array_is_that_of_the_published_table(covered, drag, within):
    """Sangani and Acrivos, Int. J. Multiphase Flow 8 (1982): force on a cylinder / (viscosity, mean velocity)."""
    assert math.pi / (4 * covered * across_cylinders(1, covered)) == pytest.approx(drag, rel=within)


@given(st.floats(1, 500), st.floats(1, 300), st.floats(1.01, 50))
def test_bumps_never_help_a_front_and_closer_ones_hold_it_back_more(gap, diameter, times):
    height = effective_height(gap, diameter, diameter * times)
    assert 0 <= height <= gap
    if gap > diameter / 2:  # where it is lower, the share taken away by bumps makes up for it
        assert effective_height(gap, diameter, diameter * max(1.0, times * 0.8)) <= height * (1 + 1e-12)


def test_no_bumps_and_bumps_far_apart_leave_the_gap_and_touching_ones_close_it():
    assert effective_height(75, 0, 250) == 75
    assert effective_height(75, 100, 1e6) == pytest.approx(75, rel=1e-4)
    assert effective_height(75, 100, 100) == 0


@pytest.mark.parametrize(("cap", "said"), [
    ("315 um", "under U1, has then covered 83 %, 82 % with its bumps counted"),
    ("375 um", "under U1, has then covered 50 %, 49 % with its bumps counted"),
    ("270 um", "over U1, has then covered 60 %, 61 % with its bumps counted")])
def test_a_thick_cover_leaves_the_front_under_the_chip_behind_and_a_thin_one_that_over_it(cap, said):
    (reading,) = cover_to_gap_ratio(demo(mold__cap=cap))
    assert reading.note.endswith(f"; the faster front across, the slower front, {said}")


def test_a_dense_bump_field_moves_the_balance_below_the_gap():
    (reading,) = cover_to_gap_ratio(demo(mold__cap="295 um", chips__0__bumps__array={"grid": [32, 32], "pitch": "150 um"}))
    assert reading.note.endswith("over U1, has then covered 93 %; with its bumps counted, the one under U1 76 %")
    (reading,) = cover_to_gap_ratio(demo(mold__cap="300 um"))
    assert reading.note.endswith("; both fronts are across together; with its bumps counted, the one under U1 98 %")
    (reading,) = cover_to_gap_ratio(demo(mold__cap="300 um", netlist=None,
                                         chips__0__bumps__array={"grid": [2, 2], "pitch": "1 mm"}))
    assert reading.note == "U1: t2 75 um over t1 75 um; both fronts are across together"


def test_there_is_no_race_under_a_chip_that_something_else_fills():
    (reading,) = cover_to_gap_ratio(demo(chips__0__gap_filled_with="underfill"))
    assert reading.note == "U1: t2 90 um over t1 75 um"
