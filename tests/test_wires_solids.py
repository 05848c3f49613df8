"""Loops and chips, against points strewn along the loops."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.geometry.loops import PROFILES, loops
from overmold.geometry.loops.solids import clear_of_prism, clear_of_rim, highest_over
from overmold.shapes import inside, polygon, rectangle
from test_wires_distance import MM, SPOT, strewn

LOOP = st.tuples(SPOT, SPOT, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.sampled_from(sorted(PROFILES)))
CHIP = st.tuples(SPOT, st.tuples(st.integers(2, 50), st.integers(2, 50)), st.sampled_from((0, 0, 90_000, 33_000)),
                 st.integers(0, 20), st.integers(1, 20))


def loop(wire, scale=1000):
    start, end = np.array([wire[0]]) * scale, np.array([wire[1]]) * scale
    heights = [np.array([value]) * scale for value in wire[2:5]]
    return loops(start, end, *heights, [wire[5]])


def solid(chip, scale=1000):
    at, size, angle, bottom, thick = chip
    outline = rectangle((at[0] * scale, at[1] * scale), (size[0] * scale, size[1] * scale), angle)
    return outline, bottom * scale, (bottom + thick) * scale


@given(LOOP, CHIP)
@settings(deadline=None, max_examples=dose(75, 300))
def test_the_distance_from_a_chip_is_that_of_the_nearest_point(wire, chip):
    import shapely

    corners, (outline, bottom, top) = loop(wire), solid(chip)
    (found,) = clear_of_prism(corners, outline, bottom, top)
    points = strewn(corners[0], 300)
    flat = shapely.distance(polygon(outline), shapely.points(points[:, :2]))
    off = np.maximum(np.maximum(points[:, 2] - top, bottom - points[:, 2]), 0)
    nearest = np.hypot(flat, off).min()
    step = np.linalg.norm(np.diff(corners[0], axis=0), axis=1).max() / 299
    assert nearest - step - 1e-6 <= found <= nearest + 1e-6


@given(LOOP, CHIP)
@settings(deadline=None, max_examples=dose(50, 200))
def test_the_highest_point_under_a_chip_is_found(wire, chip):
    import shapely

    corners, (outline, _, _) = loop(wire), solid(chip)
    (found,) = highest_over(corners, outline)
    points = strewn(corners[0], 300)
    under = shapely.contains_xy(polygon(outline), points[:, :2])
    # The loop may brush a corner between two points, but what a point finds is never higher.
    assert not under.any() or found >= points[under, 2].max() - 1e-6
    if found > -np.inf:
        spots = points[np.abs(points[:, 2] - found) <= np.abs(np.diff(corners[0][:, 2])).max() / 299 + 1e-6]
        step = np.linalg.norm(np.diff(corners[0], axis=0), axis=1).max() / 299
        assert shapely.distance(polygon(outline), shapely.points(spots[:, :2])).min() <= step + 1e-6


def test_a_point_is_inside_a_chip_or_not():
    chip = rectangle((0, 0), (10, 10), 45_000)
    assert inside(np.array([[0.0, 0.0], [6.5, 0.0], [5.0, 5.0], [-6.0, 0.5]]), chip).tolist() == [True, True, False, True]


@pytest.mark.parametrize(("profile", "height", "clearance"), [
    ("standard", 120_000, 120_000),  # level over the rim, an eighth of 2 mm long
    ("reverse", 175_000, 50_000 * 175 / (175**2 + 1750**2) ** 0.5 * 1000 / 1000),  # rising slowly from the pad
])
def test_the_rim_of_its_own_chip_is_as_far_as_the_loop_is_high_over_it(profile, height, clearance):
    chip = rectangle((-2 * MM, 0), (4 * MM, 4 * MM))
    corners = loops(np.array([[-50_000, 0]]), np.array([[1_950_000, 0]]), np.array([200_000]), np.array([0]),
                    np.array([height]), [profile])
    assert clear_of_rim(corners, chip, 200_000)[0] == pytest.approx(clearance, rel=1e-6)
