"""Wires in space: wire to wire by tier, wire to chip, and what is above a loop."""

import random
from dataclasses import replace

import numpy as np
import pytest

from overmold.geometry.loops.distance import segments_apart
from overmold.geometry.loops.solids import edges, highest_over
from overmold.measures import Unmeasured, levels
from overmold.measures.loops import wire_headroom, wire_to_own_chip_edge, wire_to_wire
from overmold.measures.wire_crowd import crowd
from overmold.measures.wire_neighbours import _nearest_in_plan, wire_to_other_chip, wire_to_passive
from overmold.package import Passive
from overmold.shapes import inside, rectangle
from test_wires_distance import strewn
from wire_packages import chip, finger, flip_chip, length, nm, package, spot, wire, wired

ONE = chip("U1", (0, 0), (2000, 2000), {"1": (900, 0), "2": (900, 500)})  # its top is 120 um over the carrier


def test_parallel_wires_are_as_far_apart_as_their_pads_less_a_diameter():
    (reading,) = wire_to_wire(wired([ONE], {"U1.1": (1900, 0), "U1.2": (1900, 500)}))
    assert (reading.value, reading.where) == (nm(480), ("wires.W1", "wires.W2"))


def test_crossing_wires_of_two_tiers_are_as_far_apart_as_their_loops():
    crossing = {"U1.1": (1900, 500), "U1.2": (1900, 0)}
    first, second = wired([ONE], crossing).wires
    higher = replace(second, tier=2, loop_height=length(200))
    (reading,) = wire_to_wire(replace(wired([ONE], crossing), wires=(first, higher)), horizon=nm(25))
    # Halfway both have come down by 3/7 of their way: 220 and 320 um high at first, 100 um x 4/7 apart there.
    assert nm(25) < reading.value < nm(100 * 4 / 7 - 20)
    (touching,) = wire_to_wire(wired([ONE], crossing), horizon=nm(25))
    assert touching.value == nm(-20)


def test_at_its_corners_a_distance_never_falls_below_that_in_plan():
    beside = wired([ONE], {"U1.1": (1900, 0), "U1.2": (1900, 500)}, tolerance=15)
    (reading,) = wire_to_wire(beside)
    assert (reading.low, reading.high) == (nm(480), nm(510))
    # Over each other there is nothing but height between them; the chip that both stand on lifts both.
    first, second = wired([chip("U1", (0, 0), (2000, 2000), {"1": (900, 0), "2": (900, 500)}, tolerance=9)],
                          {"U1.1": (1900, 500), "U1.2": (1900, 0)}, tolerance=15).wires
    thick = chip("U1", (0, 0), (2000, 2000), {"1": (900, 0), "2": (900, 500)}, tolerance=9)
    crossing = package([thick], [finger("F1", (1900, 500)), finger("F2", (1900, 0))],
                       [first, replace(second, tier=2, loop_height=length(200, 15))])
    (reading,) = wire_to_wire(crossing, horizon=nm(25))
    assert reading.value - reading.low == nm(30)


def test_wires_on_one_finger_are_not_too_close():
    both = [wire("W1", "U1.1", "F1", (900, 0), (1900, 250)), wire("W2", "U1.2", "F1", (900, 500), (1900, 250))]
    assert list(wire_to_wire(package([ONE], [finger("F1", (1900, 250))], both), horizon=nm(25))) == []


@pytest.mark.parametrize("seed", range(12))
def test_wires_nearer_than_a_rule_are_those_of_looking_at_points_along_every_pair(seed):
    chance = random.Random(seed)
    chips = [chip("U1", (0, 0), (8000, 8000), {f"P{i}": (chance.randrange(-40, 40) * 90, chance.randrange(-40, 40) * 90)
                                               for i in range(30)})]
    loose = wired(chips, {f"U1.P{i}": (chance.randrange(-50, 50) * 90, chance.randrange(-50, 50) * 90) for i in range(30)})
    wires = [replace(one, loop_height=length(chance.choice((80, 150, 230)))) for one in loose.wires]
    horizon = nm(60)
    found = {reading.where: reading.value for reading in wire_to_wire(replace(loose, wires=tuple(wires)), horizon=horizon)}
    shapes = crowd(replace(loose, wires=tuple(wires))).loops
    near = {}
    for i, one in enumerate(shapes):
        for j in range(i + 1, len(shapes)):
            a, b = strewn(one, 100), strewn(shapes[j], 100)
            apart = np.sqrt(((a[:, None] - b[None]) ** 2).sum(axis=2)).min() - nm(20)
            step = max(np.linalg.norm(np.diff(c, axis=0), axis=1).max() for c in (one, shapes[j])) / 99
            near[wires[i].key, wires[j].key] = apart - step, apart
    assert {pair for pair, (_, most) in near.items() if most < horizon} <= set(found)
    assert all(near[pair][0] - 2 <= value <= near[pair][1] for pair, value in found.items())
    assert len(found) > 3


@pytest.mark.parametrize("seed", range(6))
def test_the_wires_nearest_to_a_chip_are_those_of_looking_at_every_wire_and_every_edge(seed):
    chance = random.Random(seed)
    main = chip("U1", (0, 0), (3000, 3000), {f"P{i}": (chance.randrange(-16, 17) * 90, chance.randrange(-16, 17) * 90)
                                             for i in range(40)})
    corner = [(chance.randrange(-60, 60) * 100, chance.randrange(-60, 60) * 100) for _ in range(8)]
    others = [chip(f"U{i + 2}", at, (300, chance.choice((300, 900)))) for i, at in enumerate(corner)]
    others = [replace(one, outline=rectangle(one.at, one.outline.size, chance.choice((0, 30_000)))) for one in others]
    loose = wired([main, *others], {f"U1.P{i}": (chance.randrange(-60, 60) * 90, chance.randrange(-60, 60) * 90)
                                    for i in range(40)})
    wires = crowd(loose)
    every = np.arange(len(wires.wires))
    for horizon, best in ((0, np.inf), (nm(75), np.inf), (nm(1000), np.inf), (nm(75), nm(300))):
        least = np.inf
        for one in others:
            flat = np.where(inside(wires.start.astype(float), one.outline), 0.0, np.min(
                [segments_apart(wires.start.astype(float), wires.end.astype(float), *edge) for edge in edges(one.outline)],
                axis=0)) - wires.diameters / 2
            least = min(least, float(flat.min()))
            due = np.flatnonzero(flat < max(horizon, int(flat.min()) + 1)) if flat.min() < max(horizon, best) else every[:0]
            which, apart = _nearest_in_plan(wires, every, one.outline, (horizon, best))
            assert which.tolist() == due.tolist()
            assert np.allclose(apart, flat[due])
            over = np.isfinite(highest_over(wires.loops, one.outline))
            assert set(np.flatnonzero(over)) <= set(wires.meeting_box(one.outline).tolist())
        # In space nothing is nearer than in plan; a wire at the horizon or beyond is told only where none is nearer.
        told = list(wire_to_other_chip(loose, horizon=horizon))
        assert all(reading.value >= np.floor(least) for reading in told)
        assert len(told) == 1 or all(reading.low < horizon for reading in told)


@pytest.mark.parametrize(("end", "clearance"), [((1900, 0), 100 - 10), ((1100, 0), None)])
def test_a_wire_is_as_far_from_the_rim_as_its_loop_is_high_over_it(end, clearance):
    (reading,) = wire_to_own_chip_edge(wired([ONE], {"U1.1": end}, tolerance=15))
    if clearance is None:  # 200 um long: level for 25 um, then down by 220 um over 175, past the rim at 75 um
        slope = 220 / 175
        clearance = (100 - 75 * slope) / (1 + slope**2) ** 0.5 - 10
    assert reading.value == pytest.approx(nm(clearance), abs=2)
    assert reading.low < reading.value < reading.high


def test_a_wire_that_stays_on_its_chip_passes_no_rim():
    inner = [wire("W1", "U1.1", "U1.2", (900, 0), (900, 500))]
    assert list(wire_to_own_chip_edge(package([ONE], [], inner))) == []


def test_a_wire_over_another_chip_is_as_far_as_it_is_high_over_it():
    low = chip("U2", (1400, 0), (100, 100), thickness=30)  # its top is at 50 um; the wire over its rim at 1350 is at 138 um
    (reading,) = wire_to_other_chip(wired([ONE, low], {"U1.1": (1900, 0)}), horizon=nm(500))
    slope = 220 / 875
    height_at_far_rim = 220 - (1450 - 900 - 125) * slope
    assert reading.value == pytest.approx(nm((height_at_far_rim - 50) / (1 + slope**2) ** 0.5 - 10), abs=nm(0.5))
    assert reading.where == ("wires.W1", "chips.U2")


def test_a_wire_through_another_chip_is_nowhere_clear_of_it_and_one_beside_it_is_clear_in_plan():
    tall = chip("U2", (1400, 0), (100, 100), thickness=300)
    (through,) = wire_to_other_chip(wired([ONE, tall], {"U1.1": (1900, 0)}), horizon=nm(50))
    assert through.value == nm(-10)
    (beside,) = wire_to_other_chip(wired([ONE, tall], {"U1.2": (1900, 500)}, tolerance=15), horizon=nm(50))
    assert (beside.value, beside.low) == (nm(440), nm(440))


def test_a_wire_over_a_passive_is_as_far_as_it_is_high_over_it():
    def part(height):
        return Passive("C1", rectangle(spot((1400, 0)), spot((100, 100))), spot((1400, 0)), 0, height, ())

    bare = wired([ONE], {"U1.1": (1900, 0)}, tolerance=15)
    (reading,) = wire_to_passive(replace(bare, passives=(part(length(50, 5)),)), horizon=nm(500))
    slope = 220 / 875
    apart = (220 - (1450 - 900 - 125) * slope - 50) / (1 + slope**2) ** 0.5 - 10
    assert reading.value == pytest.approx(nm(apart), abs=nm(0.5))
    assert (reading.value - reading.low, reading.where) == (nm(20), ("wires.W1", "passives.C1"))
    (missing,) = wire_to_passive(replace(bare, passives=(part(None),)))
    assert missing.where == ("passives.C1.height",)


def test_a_loop_has_room_up_to_the_top_of_the_mold():
    (reading,) = wire_headroom(replace(wired([ONE], {"U1.1": (1900, 0)}, tolerance=15)))
    assert (reading.value, reading.low, reading.high) == (nm(600 - 120 - 100 - 10), nm(355), nm(385))
    assert reading.where == ("wires.W1", "mold.cap")


def test_a_loop_is_never_compared_with_the_cover_over_the_chips_alone():
    upper = flip_chip("U2", (0, 0), (1000, 1000), ["U1"], 80)
    stack = wired([ONE, upper], {"U1.1": (1900, 0)}, loop=250)
    cap = replace(stack, mold=replace(stack.mold, cap=length(450)))
    cover = cap.mold.cap - levels.top(cap, upper)
    assert cover.nominal == nm(150)  # far less than the loop is high, and yet the loop has its room
    (reading,) = wire_headroom(cap)
    assert reading.value == nm(450 - 120 - 250 - 10)


def test_a_loop_under_a_chip_has_room_up_to_its_underside():
    above = flip_chip("U2", (400, 0), (1200, 1000), ["U1"], 130, tolerance=10)  # over the pad, to x = 1000
    to_mold, to_chip = wire_headroom(wired([ONE, above], {"U1.1": (1900, 0)}, tolerance=15))
    assert to_mold.where[1] == "mold.cap"
    assert to_chip.where == ("wires.W1", "chips.U2")
    # What U1 stands on lifts the loop and the chip above it alike: only bumps and loop stray.
    assert (to_chip.value, to_chip.low, to_chip.high) == (nm(20), nm(-5), nm(45))
    beside = replace(above, outline=rectangle(spot((0, 0)), spot((1000, 1000))))
    assert [reading.where[1] for reading in wire_headroom(wired([ONE, beside], {"U1.1": (1900, 0)}))] == ["mold.cap"]


def test_what_is_not_stated_is_asked_for_once():
    loose = wired([chip("U1", (0, 0), (2000, 2000), {"1": (900, 0), "2": (900, 500)}, attach=None)],
                  {"U1.1": (1900, 0), "U1.2": (1900, 500)})
    for measure in (wire_to_wire, wire_to_own_chip_edge, wire_to_other_chip, wire_headroom):
        (missing,) = measure(loose)
        assert isinstance(missing, Unmeasured)
        assert missing.where == ("chips.U1",)
    (missing,) = wire_headroom(wired([ONE], {"U1.1": (1900, 0), "U1.2": (1900, 500)}, loop=None))
    assert missing.missing.startswith("the loop height of 2 wires is not stated")
    (missing,) = wire_to_other_chip(wired([ONE, chip("U2", (3000, 0), (100, 100), attach=None)], {"U1.1": (1900, 0)}))
    assert missing.where == ("chips.U2",)
