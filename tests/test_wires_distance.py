"""Wires in space against looking at every pair, and against points strewn along them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.geometry.loops import PROFILES, loops
from overmold.geometry.loops.distance import crossed, loops_apart, near_in_plan, segments_apart

MM = 1_000_000
SPOT = st.tuples(st.integers(-40, 40), st.integers(-40, 40))
WIRE = st.tuples(SPOT, SPOT, st.integers(0, 30), st.integers(0, 30), st.sampled_from(sorted(PROFILES)))
WIRES = st.lists(WIRE, min_size=2, max_size=12)


def arrays(wires, scale):
    start = np.array([wire[0] for wire in wires], np.int64) * scale
    end = np.array([wire[1] for wire in wires], np.int64) * scale
    height = np.array([wire[2] for wire in wires], np.int64) * scale
    start_z = np.array([wire[3] for wire in wires], np.int64) * scale
    return start, end, loops(start, end, start_z, np.zeros_like(start_z), height, [wire[4] for wire in wires])


def strewn(corners, count=60):
    """Points along one loop, corners included, evenly on each segment."""
    share = np.linspace(0, 1, count)[:, None]
    return np.concatenate([a + share * (b - a) for a, b in zip(corners[:-1], corners[1:])])


def exactly_crossed(a, b, c, d):
    """With Python's own whole numbers, by orientation."""
    def side(p, q, r):
        turn = (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])
        return (turn > 0) - (turn < 0)

    def on(p, q, r):
        return side(p, q, r) == 0 and all(min(p[k], q[k]) <= r[k] <= max(p[k], q[k]) for k in range(2))

    proper = side(a, b, c) * side(a, b, d) < 0 and side(c, d, a) * side(c, d, b) < 0
    return proper or on(a, b, c) or on(a, b, d) or on(c, d, a) or on(c, d, b)


@given(WIRES, st.sampled_from((1, 999, 20_000)), st.integers(0, 400_000), st.integers(1, 60_000))
@settings(deadline=None, max_examples=dose(38, 150))
def test_near_wires_are_those_of_looking_at_every_pair(wires, scale, reach, diameter):
    start, end, corners = arrays(wires, scale)
    diameters = np.full(len(wires), diameter, np.int64)
    i, j, apart = near_in_plan(start, end, diameters, reach)
    every_i, every_j = np.triu_indices(len(wires), 1)
    flat = segments_apart(start[every_i] * 1.0, end[every_i] * 1.0, start[every_j] * 1.0, end[every_j] * 1.0) - diameter
    near = flat < reach
    assert list(zip(i, j)) == list(zip(every_i[near], every_j[near]))
    assert apart.tolist() == flat[near].tolist()
    in_space = loops_apart(corners, i, j) - diameter
    assert (in_space >= apart - 1).all()


@given(WIRES, st.sampled_from((1, 20_000)))
@settings(deadline=None, max_examples=dose(25, 100))
def test_the_distance_of_loops_is_that_of_their_nearest_points(wires, scale):
    _, _, corners = arrays(wires, scale)
    i, j = np.triu_indices(len(wires), 1)
    found = loops_apart(corners, i, j)
    for one, other, apart in zip(i, j, found):
        a, b = strewn(corners[one]), strewn(corners[other])
        nearest = np.sqrt(((a[:, None] - b[None]) ** 2).sum(axis=2)).min()
        step = max(np.linalg.norm(np.diff(c, axis=0), axis=1).max() for c in (corners[one], corners[other])) / 59
        assert nearest - step - 1e-6 <= apart <= nearest + 1e-6


@given(WIRES, st.sampled_from((1, 999_999, 24_999_999)))
@settings(deadline=None, max_examples=dose(50, 200))
def test_crossings_are_those_of_whole_numbers(wires, scale):
    start, end, _ = arrays(wires, scale)
    i, j = np.triu_indices(len(wires), 1)
    expected = [exactly_crossed(*(tuple(map(int, point)) for point in (start[a], end[a], start[b], end[b])))
                for a, b in zip(i, j)]
    assert crossed(start, end, i, j).tolist() == expected


@pytest.mark.parametrize(("a", "b", "c", "d", "apart"), [
    ((0, 0, 0), (10, 0, 0), (5, -5, 3), (5, 5, 3), 3),  # one over the other
    ((0, 0, 0), (10, 0, 0), (13, 4, 0), (13, 9, 0), 5),  # corner to corner
    ((0, 0, 0), (10, 0, 0), (2, 7, 0), (8, 7, 0), 7),  # side by side
    ((0, 0, 0), (10, 0, 0), (4, 0, 0), (20, 0, 0), 0),  # one along the other
    ((3, 4, 0), (3, 4, 0), (0, 0, 0), (0, 0, 0), 5),  # of no length
])
def test_segments_have_the_distance_that_a_ruler_gives(a, b, c, d, apart):
    points = [np.array([point], float) for point in (a, b, c, d)]
    assert segments_apart(*points)[0] == pytest.approx(apart)


def test_a_loop_rises_straight_stays_level_for_an_eighth_and_comes_down():
    start, end = np.array([[0, 0], [0, 0]]), np.array([[8 * MM, 0], [0, 8 * MM]])
    corners = loops(start, end, np.array([200, 200]), np.array([0, 700]), np.array([100, 100]), ["standard", "reverse"])
    assert corners[0].tolist() == [[0, 0, 200], [0, 0, 300], [MM, 0, 300], [8 * MM, 0, 0]]
    # An end above the loop is where the loop goes.
    assert corners[1].tolist() == [[0, 0, 200], [0, 7 * MM, 700], [0, 8 * MM, 700], [0, 8 * MM, 700]]
