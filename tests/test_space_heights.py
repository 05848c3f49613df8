"""Heights, rooms and ratios as sums of dimensions: against trying every corner of every dimension."""

from __future__ import annotations

import itertools
import time
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from overmold.arrays import Sites
from overmold.package import Bumps
from overmold.shapes import rectangle
from overmold.space import (
    BALLS,
    BUMPS,
    CHIP,
    LAYER,
    MOLD,
    PASSIVE,
    bodies,
    bottom,
    crowds,
    joint,
    leaves,
    mold_cap,
    over,
    peak,
    ratio,
    slits,
    top,
    wire_loops,
)
from overmold.space.sums import LEVEL, Height, Room, Sum, one
from overmold.units import Toleranced
from random_stacks import MM, a_stack, spans, stated
from variants import demo
from wire_packages import chip, finger, flip_chip, length, wire, wired
from wire_packages import package as packed


def corners(package, most=11):
    """The values of all dimensions at every corner of those that have a tolerance; empty where these are too many."""
    known = stated(package)
    loose = [key for key, value in known.items() if value is not None and value.plus + value.minus]
    if len(loose) > most:
        return
    fixed = {key: value.nominal for key, value in known.items() if value is not None}
    for ends in itertools.product(*((known[key].low, known[key].high) for key in loose)):
        yield {**fixed, **dict(zip(loose, ends))}


def stacks(count):
    """Random stacks with a mold whose corners can all be tried."""
    seeds = itertools.count()
    while count:
        package = a_stack(next(seeds), chips=4, passives=0)
        if package.mold is not None and next(corners(package), None) is not None:
            count -= 1
            yield package


def test_every_height_is_between_the_corners_of_its_dimensions_and_reaches_both():
    for package in stacks(40):
        tried = [spans(package, values) for values in corners(package)]
        for each in package.chips:
            for k, height in enumerate((bottom(package, each), top(package, each))):
                found = [heights[each.key][k] for heights in tried]
                assert (height.value.low, height.value.high) == (min(found), max(found))
                values = next(corners(package))
                assert height.at(values) == spans(package, values)[each.key][k]


def test_rooms_between_chips_are_exact_or_between_two_bridges_never_too_narrow():
    exact = 0
    for package in stacks(40):
        tried = [spans(package, values) for values in corners(package)]
        for lower, upper in itertools.permutations(package.chips, 2):
            room = bottom(package, upper) - top(package, lower)
            found = [heights[upper.key][0] - heights[lower.key][1] for heights in tried]
            low, high = room.value.low, room.value.high
            assert low <= min(found) <= max(found) <= high
            if min(len(room.upper.sums), len(room.lower.sums)) == 1:
                exact += 1
                assert (low, high) == (min(found), max(found))
    assert exact > 100


def test_gap_cover_ratio_and_their_corners_are_those_of_trying_every_corner():
    tried = 0
    for package in stacks(40):
        every = list(corners(package))
        heights = [spans(package, values) for values in every]
        for each in (some for some in package.chips if some.bonded == "flip-chip"):
            gap = joint(package, each)
            t1 = [gap.at(values) for values in every]
            assert (gap.value.low, gap.value.high) == (min(t1), max(t1))
            for leaf in leaves(package, each):
                cover = mold_cap(package) - top(package, leaf)
                t2 = [values["mold.cap"] - each_span[leaf.key][1] for values, each_span in zip(every, heights)]
                assert (cover.value.low, cover.value.high) == (min(t2), max(t2))
                found = ratio(cover, gap)
                shares = [Fraction(over, under) for over, under in zip(t2, t1)]
                assert (found.low, found.high) == (min(shares), max(shares))
                assert found.nominal == Fraction(cover.value.nominal, gap.value.nominal)
                tried += 1
    assert tried > 40


def test_the_cover_up_to_a_neighbour_takes_part_in_the_ratio_corner_by_corner():
    bump, attach = one("b", Toleranced(90, 9, 9)), one("a", Toleranced(20, 5, 5))
    under, above = LEVEL + bump + one("t", Toleranced(100)), LEVEL + attach + one("n", Toleranced(200))
    found = ratio(above - under, bump)
    assert (found.nominal, found.low, found.high) == (Fraction(30, 90), Fraction(16, 99), Fraction(44, 81))


def test_a_gap_that_may_close_has_a_ratio_without_an_upper_corner_and_a_closed_one_has_none():
    loose = one("b", Toleranced(50, 60, 60))
    assert ratio(Room(LEVEL + one("c", Toleranced(70)), LEVEL), loose).high is None
    assert ratio(Room(LEVEL + one("c", Toleranced(70)), LEVEL), one("b", Toleranced(0))) is None
    assert ratio(Room(LEVEL + one("c", None), LEVEL), loose) is None


def test_sums_cancel_keep_what_is_not_stated_and_take_arrays():
    a, b = one("a", Toleranced(10, 2, 1)), one("b", None)
    assert (a + b - b, (a - a).terms, (a + a - a)) == (a, (), a)
    assert ((a + b).value, (a + b).lacks, (a - b).lacks) == (None, ("b",), ("b",))
    assert (a + a).value == Toleranced(20, 4, 2)
    assert (Sum() - a).value == Toleranced(-10, 1, 2)
    bridge = Height((a, one("c", Toleranced(9, 9, 9))))
    assert bridge.at({"a": np.array([1, 5]), "c": np.array([3, 4])}).tolist() == [3, 5]
    assert bridge.value == Toleranced(10, 8, 1)
    with pytest.raises(KeyError):
        a.at({})


def test_random_values_give_a_cover_between_its_corners():
    """Of all dimensions at random at once, as a Monte Carlo takes them."""
    chance = np.random.default_rng(1)
    for package in itertools.islice(stacks(40), 10):
        values = {key: chance.integers(value.low, value.high + 1, 500) for key, value in stated(package).items()
                  if value is not None}
        for each in package.chips:
            cover = mold_cap(package) - top(package, each)
            assert cover.value.low <= cover.at(values).min() <= cover.at(values).max() <= cover.value.high


def test_what_stands_on_itself_or_on_a_chip_that_is_not_there_has_no_height():
    for on in (("U1",), ("U9",)):
        lower = flip_chip("U1", (0, 0), (1000, 1000), on, 75)
        package = packed([lower, chip("U2", (0, 0), (500, 500), on=("U1",))], [], [])
        for each in package.chips:
            assert top(package, each).value is None
            assert top(package, each).lacks == ("chips.U1.on",)


def test_chips_on_each_other_have_no_room_between_them_either():
    package = packed([chip("U1", (0, 0), (900, 900), on=("U2",)), chip("U2", (0, 0), (900, 900), on=("U1",))], [], [])
    one_up, other = package.chips
    assert (bottom(package, other) - top(package, one_up)).lacks == ("chips.U1.on", "chips.U2.on")


def test_a_chip_bonded_nobody_knows_how_has_no_height():
    package = packed([replace(chip("U1", (0, 0), (1000, 1000)), bonded="")], [], [])
    assert bottom(package, package.chips[0]).lacks == ("chips.U1.bonded",)


def test_bridges_on_bridges_stay_quick_and_keep_their_worst_case():
    made = []
    for level in range(30):
        on = tuple(below.name for below in made[-2:])
        made += [chip(f"U{2 * level + k}", (1000 * k, 0), (900, 900), None, 100 + k, 5, on=on) for k in (0, 1)]
    package = packed(made, [], [])
    begun = time.perf_counter()
    value = top(package, made[-1]).value
    assert time.perf_counter() - begun < 1
    assert value == length(29 * 121 + 121, 150)


def test_every_part_is_a_body_with_its_heights_and_a_crowd_is_arrays():
    package = demo()
    kinds = {kind: [body for body in bodies(package) if body.kind == kind] for kind in (LAYER, CHIP, PASSIVE, MOLD)}
    stackup = package.carrier.stackup
    assert [body.top.value.nominal for body in kinds[LAYER]] == [
        -sum(layer.thickness.nominal for layer in stackup[:i]) for i in range(len(stackup))]
    assert kinds[LAYER][-1].bottom.value.nominal == -package.carrier.thickness.nominal
    assert [body.key for body in kinds[CHIP] + kinds[PASSIVE]] == [part.key for part in (*package.chips, *package.passives)]
    assert kinds[MOLD][0].top.value == package.mold.cap
    bumps, balls = crowds(package)
    only = package.chips[0]
    assert (bumps.kind, len(bumps.xy), bumps.top) == (BUMPS, len(only.bumps.sites), bottom(package, only))
    mask = stackup[0].thickness
    assert bumps.bottom.value == Toleranced(-mask.nominal, mask.minus, mask.plus)
    assert (balls.kind, len(balls.xy)) == (BALLS, len(package.balls.sites))
    assert balls.top.value.nominal == -package.carrier.thickness.nominal


def test_bumps_under_a_gap_stated_larger_do_not_reach_the_pad():
    package = packed([replace(flip_chip("U1", (0, 0), (1000, 1000), (), 40), gap=length(74))], [], [])
    (bumps,) = crowds(package)
    assert bumps.bottom.value == length(34)


def test_wires_are_loops_from_what_their_ends_stand_on():
    package = wired([chip("U1", (0, 0), (2000, 2000), {"1": (900, 0)}, tolerance=5)], {"U1.1": (2000, 0)})
    loops = wire_loops(package)
    assert loops.based.tolist() == [[0, -1]]
    assert loops.loops[0, :, 2].tolist() == [120_000, 220_000, 220_000, 0]
    assert peak(package, 0).value == length(220, 5)
    assert loops.known.tolist() == [True]
    blind = replace(package, chips=(replace(package.chips[0], attach=None),))
    assert wire_loops(blind).known.tolist() == [False]
    assert peak(blind, 0).lacks == ("chips.U1.attach",)


def test_a_hundred_thousand_bumps_and_five_thousand_wires_are_there_in_a_moment():
    xy = np.stack(np.meshgrid(np.arange(400), np.arange(250)), axis=-1).reshape(-1, 2) * 50_000
    bumps = Bumps(Sites(tuple(f"B{i}" for i in range(len(xy))), xy), ("",) * len(xy), length(30), length(40))
    plan = rectangle((10 * MM, 6 * MM), (21 * MM, 13 * MM))
    large = replace(flip_chip("U1", (0, 0), (1, 1), (), 40), outline=plan, bumps=bumps)
    pads = {str(i): (10_000 + 2 * i, 3000) for i in range(5000)}
    upper = chip("U2", (10_000, 6000), (20_500, 12_000), pads, on=("U1",))
    package = packed([large, upper], [finger("F1", (0, 0))],
                     [wire(f"W{i}", f"U2.{i}", "F1", pads[str(i)], (0, 0)) for i in range(5000)])
    begun = time.perf_counter()
    assert len(crowds(package)[0].xy) == 100_000
    assert len(wire_loops(package).loops) == 5000
    assert {slit.upper for slit in over(package, "chips.U2")} == {"mold.cap", ""}
    assert len(list(slits(package, 100_000))) == 1
    assert time.perf_counter() - begun < 1
