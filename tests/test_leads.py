"""Leads from numbers, whatever the numbers are: opposite sides mirror each other, numbers run around, no two leads touch."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from overmold.geometry.leads import LeadRow, half_etched, leads_of, tie_bars
from overmold.shapes import area, distance, overlap_area, polygon, rectangle

lengths = st.integers(1_000, 400_000)


@st.composite
def rows(draw: st.DrawFn) -> tuple[LeadRow, tuple[int, int]]:
    """Rows of leads with a body that has room for them, odd nanometres and all."""
    down, across = draw(st.integers(1, 9)), draw(st.integers(0, 9))
    width, gap = draw(lengths), draw(lengths)
    row = LeadRow(down, across, width + gap, width, draw(lengths), draw(st.sampled_from([0, 77_777])),
                  draw(st.sampled_from([0, 33_331])), draw(st.booleans()))
    room = 2 * max(row.depth, row.pulled_back + row.length) + draw(st.integers(2, 500_000))
    return row, (across * row.pitch + room, down * row.pitch + room)


@given(rows())
def test_no_two_leads_touch_and_all_stay_in_the_body(drawn: tuple[LeadRow, tuple[int, int]]) -> None:
    row, body = drawn
    leads = leads_of(row, body)
    assert len(leads) == 2 * (row.down + row.across) + 4 * row.corners
    left, top, right, bottom = rectangle((0, 0), body).box
    for i, lead in enumerate(leads):
        box = lead.outline.box
        assert left - 1 <= box[0] <= box[2] <= right + 1
        assert top - 1 <= box[1] <= box[3] <= bottom + 1
        assert all(distance(lead.outline, other.outline) for other in leads[:i])


@given(rows())
def test_numbers_run_counter_clockwise_around_the_body(drawn: tuple[LeadRow, tuple[int, int]]) -> None:
    row, body = drawn
    leads = leads_of(row, body)
    places = [place_around(lead.outline.box, lead.outline.centre, body) for lead in leads]
    assert places == sorted(places)
    assert len(set(places)) == len(leads)


def place_around(box: tuple[int, int, int, int], centre: tuple[int, int], body: tuple[int, int]) -> tuple[int, float]:
    """Which side a lead is on (left, bottom, right, top) and how far along it, a corner lead at the end of its side."""
    edges = rectangle((0, 0), body).box
    left, top, right, bottom = (abs(a - b) <= 1 for a, b in zip(box, edges))
    corners = {(left, bottom): 0, (bottom, right): 1, (right, top): 2, (top, left): 3}
    if (True, True) in corners:
        return corners[True, True], math.inf
    (side,) = [i for i, touched in enumerate((left, bottom, right, top)) if touched]
    return side, float((centre[1], centre[0], -centre[1], -centre[0])[side])


@given(rows())
def test_opposite_leads_mirror_each_other(drawn: tuple[LeadRow, tuple[int, int]]) -> None:
    row, body = drawn
    leads = leads_of(row, body)
    boxes = [lead.foot.box for lead in leads]
    turned = [(-right, -bottom, -left, -top) for left, top, right, bottom in boxes]
    half = len(leads) // 2
    for one, other in zip(boxes, turned[half:] + turned[:half]):
        assert all(abs(a - b) <= 2 for a, b in zip(one, other))


@given(rows())
def test_foot_and_etched_parts_make_up_the_whole_lead(drawn: tuple[LeadRow, tuple[int, int]]) -> None:
    for lead in leads_of(*drawn):
        parts = [lead.foot, *half_etched(lead.outline, lead.foot)]
        assert sum(area(part) for part in parts) == area(lead.outline)
        assert all(not overlap_area(one, other) for i, one in enumerate(parts) for other in parts[:i])


@given(st.integers(1_000_000, 9_000_000), st.integers(1_000_000, 9_000_000), st.integers(20_000, 200_000))
def test_tie_bars_join_the_paddle_and_end_at_the_corners(width: int, height: int, bar: int) -> None:
    paddle = (width // 2, height // 2)
    bars = tie_bars((width, height), paddle, bar)
    body = rectangle((0, 0), (width, height))
    corners = {(x, y) for x, y in body.rings[0]}
    for one in bars:
        assert polygon(one).is_valid
        assert overlap_area(one, rectangle((0, 0), paddle))
        assert min(abs(x - cx) + abs(y - cy) for x, y in one.rings[0] for cx, cy in corners) <= 2
