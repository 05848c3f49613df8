"""Proposed wires: none crosses in its tier, every limit is kept, and what gets no wire is told with its reason."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.geometry.loops.angles import angles_from_normal
from overmold.geometry.loops.auto import Drawn, Limits, Ring, _in_order, propose
from overmold.geometry.loops.down import Around, down_bonds
from overmold.shapes import rectangle
from test_wires_distance import MM, exactly_crossed

NONE_DRAWN = Drawn(np.zeros((0, 2), np.int64), np.zeros((0, 2), np.int64), np.zeros(0, np.int64))


def ring_of(count, width, pitch):
    """``count`` places on the sides of a square, counter-clockwise, in nm."""
    a_side = count // 4
    along = [(2 * i - a_side + 1) * pitch // 2 for i in range(a_side)]
    sides = [[(-width // 2, y) for y in along], [(x, width // 2) for x in along],
             [(width // 2, -y) for y in along], [(-x, -width // 2) for x in along]]
    return np.array([spot for side in sides for spot in side], np.int64)


def room(pads, fingers, size, pad_nets=None, finger_nets=None):
    def nets(given, count):
        return np.array(given, np.int64) if given is not None else np.full(count, -1)

    return Ring(np.array(pads, np.int64), np.array(fingers, np.int64), rectangle((0, 0), (size, size)),
                nets(pad_nets, len(pads)), nets(finger_nets, len(fingers)))


def keeps_everything(ring, limits, drawn=NONE_DRAWN):
    """Propose, hold every wire against limits, nets and every other wire; returns the proposals and what is left."""
    proposals, left = propose(ring, limits, drawn)
    assert sorted([one.pad for one in proposals] + list(left)) == list(range(len(ring.pads)))
    assert len({one.finger for one in proposals}) == len(proposals)
    lines = [(tier, tuple(a), tuple(b)) for tier, a, b in zip(drawn.tiers, drawn.start.tolist(), drawn.end.tolist())]
    for one in proposals:
        a, b = ring.pads[one.pad], ring.fingers[one.finger]
        (angle,), (leaves,) = angles_from_normal(a[None], b[None], ring.outline)
        assert leaves
        assert angle <= limits.max_angle
        assert round(float(np.hypot(*(a - b)))) <= limits.max_length
        assert 1 <= one.tier <= limits.tiers
        own, other = ring.pad_nets[one.pad], ring.finger_nets[one.finger]
        assert own == other or -1 in (own, other)
        line = (one.tier, tuple(a.tolist()), tuple(b.tolist()))
        assert not any(tier == one.tier and exactly_crossed(*line[1:], c, d) for tier, c, d in lines)
        lines.append(line)
    return proposals, left


@pytest.mark.parametrize(("finger_pitch", "angle"), [(130_000, 45_000), (90_000, 10_000), (147_000, 60_000)])
def test_a_ring_of_200_fingers_is_wired_without_a_crossing(finger_pitch, angle):
    ring = room(ring_of(200, 4_800_000, 90_000), ring_of(200, 7_400_000, finger_pitch), 5 * MM)
    proposals, left = keeps_everything(ring, Limits(3 * MM, angle))
    assert (len(proposals), left) == (200, {})
    # Side by side, each pad goes to the finger across from it.
    assert [one.finger for one in proposals] == list(range(200))


def test_limits_too_tight_for_a_ring_are_kept_and_the_pads_left_over_named():
    ring = room(ring_of(200, 4_800_000, 90_000), ring_of(200, 7_400_000, 147_000), 5 * MM)
    proposals, left = keeps_everything(ring, Limits(1_700_000, 30_000))
    assert len(proposals) > 120
    assert left
    assert set(left.values()) <= {"all taken", "too long", "too slanted"}


SPOTS = st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=1, max_size=14, unique=True)
FAR = st.lists(st.tuples(st.integers(11, 25), st.integers(-25, 25), st.booleans(), st.booleans(), st.booleans()), min_size=1,
               max_size=14, unique=True)


@given(SPOTS, FAR, st.integers(5, 40), st.integers(1, 89), st.integers(1, 3), st.data())
@settings(deadline=None, max_examples=dose(50, 200))
def test_whatever_is_asked_every_proposal_keeps_every_limit(pads, far, length, angle, tiers, data):
    spots = [((x, y) if not turn else (y, x)) for x, y, turn, _, _ in far]
    fingers = [(x * (-1) ** flip, y * (-1) ** flop) for (x, y), (_, _, _, flip, flop) in zip(spots, far)]
    nets = st.integers(-1, 2)
    pad_nets = data.draw(st.lists(nets, min_size=len(pads), max_size=len(pads)))
    finger_nets = data.draw(st.lists(nets, min_size=len(fingers), max_size=len(fingers)))
    scale = 100_000
    ring = room(np.array(pads) * scale, np.array(fingers) * scale, 20 * scale, pad_nets, finger_nets)
    drawn = Drawn(np.array([[0, 0]]), np.array([[15 * scale, 3 * scale]]), np.array([1]))
    keeps_everything(ring, Limits(length * scale, angle * 1000, tiers), drawn)


@given(st.lists(st.lists(st.one_of(st.integers(0, 50), st.none()), min_size=4, max_size=4), min_size=1, max_size=5))
def test_the_pairs_in_order_are_the_best_of_all_there_are(table):
    never = np.iinfo(np.int64).max // 4
    costs = [np.array([never if cost is None else cost for cost in row], np.int64) for row in table]

    def best(i, j):
        if i == len(table) or j == 4:
            return (0, 0)
        options = [best(i + 1, j), best(i, j + 1)]
        if table[i][j] is not None:
            count, total = best(i + 1, j + 1)
            options.append((count - 1, total + table[i][j]))
        return min(options)

    pairs = _in_order(costs)
    assert (-len(pairs), sum(table[i][j] for i, j in pairs)) == best(0, 0)
    assert all(a < c and b < d for (a, b), (c, d) in zip(pairs, pairs[1:]))


@pytest.mark.parametrize(("fingers", "more", "reason"), [
    ([(9, 0)], {}, "too long"),
    ([(3, 3)], {}, "too slanted"),
    ([(3, 0)], {"finger_nets": [2], "pad_nets": [1]}, "other nets"),
])
def test_a_pad_that_cannot_be_wired_says_why(fingers, more, reason):
    ring = room([(500_000, 0)], np.array(fingers) * MM, 2 * MM, **more)
    assert propose(ring, Limits(4 * MM, 45_000), NONE_DRAWN) == ([], {0: reason})


def test_a_finger_behind_another_wire_waits_for_a_tier_of_its_own():
    ring = room([(500_000, 0)], [(3 * MM, 0)], 2 * MM)
    wall = Drawn(np.array([[2 * MM, -MM]]), np.array([[2 * MM, MM]]), np.array([1]))
    assert propose(ring, Limits(4 * MM, 45_000), wall)[1] == {0: "would cross"}
    (proposal,), left = propose(ring, Limits(4 * MM, 45_000, tiers=2), wall)
    assert (proposal.tier, left) == (2, {})


def test_two_pads_and_one_finger_leave_the_farther_pad():
    ring = room([(500_000, 0), (500_000, 400_000)], [(3 * MM, 0)], 2 * MM)
    (proposal,), left = propose(ring, Limits(4 * MM, 45_000), NONE_DRAWN)
    assert (proposal.pad, left) == (0, {1: "all taken"})


def around_a_chip(metal, away=300_000):
    return Around(rectangle((0, 0), (2 * MM, 2 * MM)), metal, [1] * len(metal), away, 20_000)


def test_wires_go_down_between_the_others_and_keep_off_the_chip_and_the_rim():
    pads = np.array(ring_of(40, 1_800_000, 180_000), np.int64)
    others = Drawn(pads[::2], pads[::2] * 2, np.ones(20, np.int64))
    paddle = around_a_chip([rectangle((0, 0), (3 * MM, 3 * MM))])
    found = down_bonds(pads[1::2], [1] * 20, paddle, Limits(3 * MM, 60_000), others)
    assert len(found) == 20
    lines = [(tuple(a), tuple(b)) for a, b in zip(others.start.tolist(), others.end.tolist())]
    for pad, one in found.items():
        start = tuple(pads[1::2][pad].tolist())
        x, y = map(abs, one.at)
        assert 1_300_000 <= max(x, y) <= 1_500_000 - 30_000
        assert not any(exactly_crossed(start, one.at, *line) for line in lines)
        lines.append((start, one.at))


def test_a_wire_reaches_a_ring_farther_out_and_none_where_there_is_no_way():
    bar = rectangle((-1_800_000, 0), (200_000, 2 * MM))  # 0.7 mm to 0.9 mm from the chip's edge
    pad = np.array([(-900_000, 0)], np.int64)
    (one,) = down_bonds(pad, [1], around_a_chip([bar]), Limits(3 * MM, 45_000), NONE_DRAWN).values()
    assert -1_900_000 + 30_000 <= one.at[0] <= -1_700_000 - 30_000
    assert down_bonds(pad, [1], around_a_chip([bar]), Limits(700_000, 45_000), NONE_DRAWN) == {}
    assert down_bonds(pad, [2], around_a_chip([bar]), Limits(3 * MM, 45_000), NONE_DRAWN) == {}
    wall = Drawn(np.array([(-1_100_000, -2 * MM)]), np.array([(-1_100_000, 2 * MM)]), np.array([1]))
    assert down_bonds(pad, [1], around_a_chip([bar]), Limits(3 * MM, 60_000), wall) == {}
