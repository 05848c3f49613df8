
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from overmold.shapes import (
    Outline,
    area,
    distance,
    margin_inside,
    overlap_area,
    polygon,
    rectangle,
    transform,
    transform_all,
    untransform,
    untransform_all,
)

whole = st.integers(-10**7, 10**7)
side = st.integers(2, 10**7)


def outline_of(*points):
    return Outline((tuple(points),))


def test_a_rectangle_of_odd_size_keeps_its_size():
    assert rectangle((0, 0), (5, 3)).size == (5, 3)


@pytest.mark.parametrize(
    ("angle", "lands_at"),
    [(0, (10, 0)), (90_000, (0, -10)), (180_000, (-10, 0)), (270_000, (0, 10)), (-90_000, (0, 10))],
)
def test_right_angles_turn_as_kicad_turns_and_exactly(angle, lands_at):
    assert transform((10, 0), (0, 0), angle) == lands_at


def test_any_angle_rounds_to_the_nanometre():
    assert transform((1_000_000, 0), (0, 0), 30_000) == (866_025, -500_000)


def test_area_counts_holes_out():
    ring = ((0, 0), (10, 0), (10, 10), (0, 10))
    hole = ((2, 2), (4, 2), (4, 4), (2, 4))
    assert area(Outline((ring, hole))) == 96


def test_margin_is_the_nearest_edge_and_negative_outside():
    mold = rectangle((0, 0), (100, 100))
    assert margin_inside(rectangle((10, 0), (20, 20)), mold) == 30
    assert margin_inside(rectangle((40, 0), (40, 20)), mold) == -10
    assert margin_inside(rectangle((43, 44), (20, 20)), mold) == -4
    assert margin_inside(mold, mold) == 0


def test_margin_in_a_round_corner_is_measured_to_the_corner():
    mold = outline_of((-50, -30), (-30, -50), (30, -50), (50, -30), (50, 50), (-50, 50))
    assert margin_inside(rectangle((0, 0), (20, 20)), mold) == 40
    assert margin_inside(rectangle((0, 0), (90, 90)), mold) < 0


def test_a_hole_in_the_mold_is_no_cover():
    hole = ((-10, -10), (10, -10), (10, 10), (-10, 10))
    mold = Outline((rectangle((0, 0), (100, 100)).rings[0], hole))
    assert margin_inside(rectangle((0, 0), (40, 40)), mold) < 0
    assert margin_inside(rectangle((30, 0), (20, 20)), mold) == 10


@given(whole, whole, side, side, whole, whole, side, side)
def test_boxes_agree_with_shapely(ax, ay, aw, ah, bx, by, bw, bh):
    a, b = rectangle((ax, ay), (aw, ah)), rectangle((bx, by), (bw, bh))
    assert overlap_area(a, b) == round(polygon(a).intersection(polygon(b)).area)
    assert abs(distance(a, b) - polygon(a).distance(polygon(b))) <= 1
    assert (margin_inside(a, b) >= 0) == polygon(b).covers(polygon(a))


@given(whole, whole, side, side, st.integers(0, 359_999))
def test_turned_rectangles_keep_their_area(x, y, width, height, angle):
    turned = rectangle((x, y), (width, height), angle)
    # Each corner may round by half a nanometre both ways.
    assert abs(area(turned) - width * height) <= 2 * (width + height) + 4


def test_a_bow_tie_through_the_corners_of_a_box_is_no_box():
    assert rectangle((0, 0), (10, 6)).is_box
    assert not outline_of((0, 0), (10, 6), (10, 0), (0, 6)).is_box
    assert not outline_of((0, 0), (10, 0), (10, 6), (0, 7)).is_box
    assert not outline_of((0, 0), (10, 0), (10, 6)).is_box


POINTS = st.lists(st.tuples(st.integers(-10**9, 10**9), st.integers(-10**9, 10**9)), min_size=1, max_size=20)


@given(POINTS, st.tuples(st.integers(-10**9, 10**9), st.integers(-10**9, 10**9)),
       st.integers(-720, 720).map(lambda steps: steps * 1000) | st.sampled_from([0, 90_000, 180_000, 270_000, 45_000]))
def test_many_points_are_turned_as_one_is(points, origin, angle):
    xy = np.array(points, np.int64)
    one_by_one = [transform(point, origin, angle) for point in points]
    placed = [tuple(spot) for spot in transform_all(xy, origin, angle).tolist()]
    every = [tuple(spot) for spot in transform_all(xy, np.array([origin] * len(points)), np.full(len(points), angle)).tolist()]
    assert placed == every
    assert all(max(abs(a - b) for a, b in zip(*pair)) <= (1 if angle % 90_000 else 0) for pair in zip(placed, one_by_one))
    back = untransform_all(xy, origin, angle)
    assert all(max(abs(a - b) for a, b in zip(spot, untransform(point, origin, angle))) <= (1 if angle % 90_000 else 0)
               for spot, point in zip(back.tolist(), points))


def test_a_box_is_four_corners_each_along_one_axis_from_the_last() -> None:
    grid = [(x, y) for x in range(3) for y in range(3)]
    boxes = {ring for ring in product(grid, repeat=4) if Outline((ring,)).is_box}
    spans = [(low, high) for low in range(3) for high in range(low + 1, 3)]
    around = {((a, c), (b, c), (b, d), (a, d)) for a, b in spans for c, d in spans}
    assert boxes == {(*way[k:], *way[:k]) for ring in around for way in (ring, ring[::-1]) for k in range(4)}
