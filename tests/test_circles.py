import math

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from overmold.circles import clearance_inside, nearest_pair, pairs_nearer_than
from overmold.shapes import Outline, rectangle


def crowd(*circles):
    data = np.array(circles, np.int64).reshape(-1, 3)
    return data[:, :2], data[:, 2]


def brute_force(xy, diameters, spacing):
    found = []
    for i in range(len(xy)):
        for j in range(i + 1, len(xy)):
            squared = 4 * (int(xy[i][0] - xy[j][0]) ** 2 + int(xy[i][1] - xy[j][1]) ** 2)
            widths = int(diameters[i] + diameters[j])
            reach = widths + 2 * spacing
            if reach > 0 and squared < reach * reach:
                found.append((i, j, (math.isqrt(squared) - widths) // 2))
    return found


def as_list(pairs):
    return list(zip(*(column.tolist() for column in pairs)))


coordinate = st.integers(-3000, 3000)
circles = st.lists(st.tuples(coordinate, coordinate, st.one_of(st.integers(1, 60), st.integers(900, 4000))), max_size=40)


@settings(max_examples=400)
@given(circles, st.integers(0, 400))
def test_no_pair_is_missed_and_none_invented(some, spacing):
    xy, diameters = crowd(*some)
    assert as_list(pairs_nearer_than(xy, diameters, spacing)) == brute_force(xy, diameters, spacing)


@settings(max_examples=200)
@given(circles.filter(lambda some: len(some) > 1))
def test_the_nearest_pair_is_nearest(some):
    xy, diameters = crowd(*some)
    everything = brute_force(xy, diameters, 20_000)
    i, j, edge = nearest_pair(xy, diameters)
    assert (i, j, edge) in everything
    assert edge == min(pair[2] for pair in everything)


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
