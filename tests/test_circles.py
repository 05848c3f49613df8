import math

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.geometry.circles import (
    cells,
    clearance_inside,
    clearance_outside,
    nearest_pair,
    pairs_between,
    pairs_nearer_than,
)
from overmold.shapes import Outline, rectangle


def crowd(*circles):
    data = np.array(circles, np.int64).reshape(-1, 3)
    return data[:, :2], data[:, 2]


def edge_distance(a, b):
    """floor(distance of the centres - half of both diameters), by whole numbers of any size."""
    squared = 4 * ((int(a[0]) - int(b[0])) ** 2 + (int(a[1]) - int(b[1])) ** 2)
    return (math.isqrt(squared) - int(a[2]) - int(b[2])) // 2


def nearer(a, b, spacing):
    squared = 4 * ((int(a[0]) - int(b[0])) ** 2 + (int(a[1]) - int(b[1])) ** 2)
    reach = int(a[2]) + int(b[2]) + 2 * spacing
    return reach > 0 and squared < reach * reach


def brute_force(xy, diameters, spacing):
    circles = np.column_stack((xy, diameters)).tolist()
    return [(i, j, edge_distance(circles[i], circles[j])) for i in range(len(circles)) for j in range(i + 1, len(circles))
            if nearer(circles[i], circles[j], spacing)]


def as_list(pairs):
    return list(zip(*(column.tolist() for column in pairs)))


coordinate = st.integers(-3000, 3000)
circles = st.lists(st.tuples(coordinate, coordinate, st.one_of(st.integers(0, 60), st.integers(900, 4000))), max_size=40)
# From one nanometre to a metre, in one crowd.
scale = st.sampled_from([10**k for k in range(9)])
far = st.builds(lambda size, part: size * part, scale, st.integers(-10, 10))
wide = st.builds(lambda size, part: size * part, scale, st.integers(0, 9))
far_circles = st.lists(st.tuples(far, far, wide), max_size=25)


@settings(max_examples=dose(100, 400))
@given(circles, st.integers(-100, 400))
def test_no_pair_is_missed_and_none_invented(some, spacing):
    xy, diameters = crowd(*some)
    assert as_list(pairs_nearer_than(xy, diameters, spacing)) == brute_force(xy, diameters, spacing)


@settings(max_examples=dose(75, 300))
@given(far_circles, st.builds(lambda size, part: size * part, scale, st.integers(-1, 50)))
def test_no_pair_is_missed_among_circles_of_all_sizes_across_two_metres(some, spacing):
    xy, diameters = crowd(*some)
    assert as_list(pairs_nearer_than(xy, diameters, spacing)) == brute_force(xy, diameters, spacing)


@settings(max_examples=dose(50, 200))
@given(st.integers(1, 12), st.integers(1, 12), st.integers(1, 400), st.integers(1, 400), st.integers(-1, 2),
       st.lists(st.tuples(coordinate, coordinate, st.integers(1, 5000)), max_size=3))
def test_grids_whose_space_is_the_rule_or_a_nanometre_off_are_judged_exactly(columns, rows, diameter, space, off, large):
    pitch = diameter + space
    xy = [(column * pitch, row * pitch, diameter) for row in range(rows) for column in range(columns)]
    xy, diameters = crowd(*xy, *large)
    assert as_list(pairs_nearer_than(xy, diameters, space + off)) == brute_force(xy, diameters, space + off)


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6), st.integers(-1, 2))
def test_half_a_nanometre_of_odd_diameters_counts(diameter, other, spacing, off):
    xy, diameters = crowd((0, 0, diameter), ((diameter + other) // 2 + spacing + off, 0, other))
    assert as_list(pairs_nearer_than(xy, diameters, spacing)) == brute_force(xy, diameters, spacing)


def test_a_distance_just_below_a_whole_number_is_rounded_down_at_any_size():
    # (2n²)² + (2n)² = (2n² + 1)² - 1: a float takes its root for 2n² + 1.
    n = 20_000
    xy, diameters = crowd((0, 0, 0), (2 * n * n, 2 * n, 0))
    assert as_list(pairs_nearer_than(xy, diameters, 2 * n * n + 1)) == [(0, 1, 2 * n * n)]
    assert nearest_pair(xy, diameters) == (0, 1, 2 * n * n)


@settings(max_examples=dose(50, 200))
@given(circles, circles, st.integers(-50, 400))
@example([(0, 244, 903)], [(0, 1269, 900)], 124)
def test_no_pair_between_two_crowds_is_missed_and_none_invented(some, others, spacing):
    a, b = crowd(*some), crowd(*others)
    expected = [(i, j, edge_distance(one, other)) for i, one in enumerate(some) for j, other in enumerate(others)
                if nearer(one, other, spacing)]
    assert as_list(pairs_between(*a, *b, spacing)) == expected


@settings(max_examples=dose(75, 300))
@given(st.one_of(circles, far_circles).filter(lambda some: len(some) > 1))
def test_the_nearest_pair_is_nearest(some):
    xy, diameters = crowd(*some)
    i, j, edge = nearest_pair(xy, diameters)
    assert i < j
    assert edge == edge_distance(some[i], some[j])
    assert edge == min(edge_distance(a, b) for k, a in enumerate(some) for b in some[:k])


def test_a_pair_exactly_at_the_spacing_is_not_nearer():
    xy, diameters = crowd((0, 0, 80_000), (150_000, 0, 80_000))
    assert as_list(pairs_nearer_than(xy, diameters, 70_000)) == []
    assert as_list(pairs_nearer_than(xy, diameters, 70_001)) == [(0, 1, 70_000)]


def test_a_nanometre_is_seen_at_a_metre():
    xy, diameters = crowd((999_000_000, 999_000_000, 100_001), (999_100_000, 999_000_000, 99_998))
    assert as_list(pairs_nearer_than(xy, diameters, 1)) == [(0, 1, 0)]
    assert as_list(pairs_nearer_than(xy, diameters, 0)) == []


def test_one_large_pad_among_many_bumps_costs_little_and_misses_nothing():
    side = 120
    grid = np.stack(np.meshgrid(np.arange(side), np.arange(side)), -1).reshape(-1, 2) * 150_000
    xy = np.vstack([grid, [[60 * 150_000, 60 * 150_000]]]).astype(np.int64)
    diameters = np.append(np.full(side * side, 80_000), 5_000_000).astype(np.int64)
    i, j, _ = pairs_nearer_than(xy, diameters, 60_000)
    reach = 2_500_000 + 40_000 + 60_000
    inside = (np.hypot(*(grid - xy[-1]).T) < reach).sum()
    assert len(i) == inside
    assert set(j.tolist()) == {side * side}


def test_fewer_than_two_circles_have_no_nearest_pair():
    assert nearest_pair(*crowd()) is None
    assert nearest_pair(*crowd((0, 0, 10))) is None
    assert as_list(pairs_nearer_than(*crowd(), 100)) == []


def test_clearance_is_measured_from_the_circles_edge():
    xy, diameters = crowd((0, 0, 100), (60, 0, 100), (0, 0, 101))
    assert clearance_inside(xy, diameters, rectangle((0, 0), (200, 200))).tolist() == [50, -10, 49]


def test_clearance_to_a_hole_and_to_a_slanted_edge_goes_through_shapely():
    hole = ((300, 300), (320, 300), (320, 320), (300, 320))
    outline = Outline((((-1000, -1000), (1000, -1000), (1000, 1000), (-1000, 1000)), hole))
    xy, diameters = crowd((200, 310, 100), (310, 310, 10))
    assert clearance_inside(xy, diameters, outline).tolist() == [50, -15]
    diamond = Outline((((0, -1000), (1000, 0), (0, 1000), (-1000, 0)),))
    assert clearance_inside(*crowd((0, 0, 200)), diamond).tolist() == [math.floor(1000 / math.sqrt(2) - 100)]


boxes = st.tuples(coordinate, coordinate, st.integers(1, 2000), st.integers(1, 2000))


@given(circles.filter(len), boxes)
def test_clearance_around_a_rectangle_is_exact(some, box):
    left, top, width, height = box
    outline = Outline((((left, top), (left + width, top), (left + width, top + height), (left, top + height)),))
    xy, diameters = crowd(*some)
    for (x, y, diameter), inside, outside in zip(some, clearance_inside(xy, diameters, outline).tolist(),
                                                 clearance_outside(xy, diameters, outline).tolist()):
        margin = min(x - left, left + width - x, y - top, top + height - y)
        assert inside == (2 * margin - diameter) // 2
        dx, dy = max(left - x, 0, x - left - width), max(top - y, 0, y - top - height)
        beyond = math.isqrt(4 * (dx * dx + dy * dy)) if margin < 0 else -2 * margin
        assert outside == (beyond - diameter) // 2


@given(st.lists(st.tuples(coordinate, coordinate, st.integers(0, 500)), min_size=1, max_size=20))
def test_clearance_of_a_shape_with_straight_edges_agrees_with_the_rectangle_it_is(some):
    box = rectangle((0, 0), (2000, 1000))
    corners = box.rings[0]
    same_shape = Outline(((*corners[:1], (0, corners[0][1]), *corners[1:]),))  # a fifth corner on an edge
    assert not same_shape.is_box
    xy, diameters = crowd(*some)
    within = clearance_inside(xy, diameters, box) >= -diameters // 2  # centre inside; outside, a corner may be nearest
    assert (clearance_inside(xy, diameters, same_shape)[within] == clearance_inside(xy, diameters, box)[within]).all()
    assert (clearance_outside(xy, diameters, same_shape) == clearance_outside(xy, diameters, box)).all()


def test_a_circle_beside_a_slanted_edge_touches_it_at_no_distance():
    diamond = Outline((((0, -1000), (1000, 0), (0, 1000), (-1000, 0)),))
    assert clearance_outside(*crowd((1500, 0, 1000)), diamond).tolist() == [0]
    assert clearance_outside(*crowd((1000, 1000, 0)), diamond).tolist() == [math.floor(1000 / math.sqrt(2))]


@pytest.mark.parametrize("count", [2, 3, 1000])
def test_circles_in_one_place_are_all_pairs(count):
    xy, diameters = np.zeros((count, 2), np.int64), np.ones(count, np.int64)
    i, j, edge = pairs_nearer_than(xy, diameters, 0)
    assert len(i) == count * (count - 1) // 2
    assert len(set(zip(i.tolist(), j.tolist()))) == len(i)
    assert set(edge.tolist()) == {-1}


@pytest.mark.parametrize("at_once", [1, 7, 1 << 16])
@pytest.mark.parametrize("runs", [[(0, 3), (2, 2), (5, 4), (1, 9)], [(4, 5)], [(0, 0)], []])
def test_partners_are_the_same_one_after_the_other_and_all_at_once(monkeypatch, at_once, runs):
    monkeypatch.setattr(cells, "_AT_ONCE", at_once)
    first, last = np.array(runs, np.int64).reshape(-1, 2).T
    found = [pair for some in cells.partners(np.arange(len(runs)), first, last) for pair in zip(*map(np.ndarray.tolist, some))]
    assert sorted(found) == [(point, partner) for point, (one, end) in enumerate(runs) for partner in range(one, end)]


@pytest.mark.parametrize("at_once", [1, 7, 100])
def test_pairs_are_the_same_in_portions_of_any_size(monkeypatch, at_once):
    random = np.random.default_rng(at_once)
    xy, diameters = random.integers(0, 2_000, (300, 2)), random.integers(1, 200, 300)
    others, wide = random.integers(0, 2_000, (90, 2)), random.integers(1, 900, 90)
    due = as_list(pairs_nearer_than(xy, diameters, 25)), as_list(pairs_between(xy, diameters, others, wide, 25))
    monkeypatch.setattr(cells, "_AT_ONCE", at_once)
    assert (as_list(pairs_nearer_than(xy, diameters, 25)), as_list(pairs_between(xy, diameters, others, wide, 25))) == due
    assert all(map(len, due))
