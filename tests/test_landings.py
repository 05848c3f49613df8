"""Where bumps on chips land, and bond pads that lie buried: near pads against brute force."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from overmold.arrays import Sites
from overmold.measures import Unmeasured
from overmold.measures.landings import (
    bump_inside_chip_below,
    bump_offset_to_pad_below,
    landed,
    nets_at_bump_on_chip,
    room_over_buried_pads,
)
from overmold.package import BondPads, Bumps, Wire
from overmold.units import Toleranced
from test_measures_stacks import chip, package


def sites(letter, *spots):
    xy = np.array(spots, np.int64).reshape(-1, 2)
    return Sites(tuple(f"{letter}{i + 1}" for i in range(len(xy))), xy)


def bumps(*spots, nets=None):
    return Bumps(sites("A", *spots), nets or ("VDD",) * len(spots), Toleranced(80_000), None, pad=80_000)


def pads(*spots, nets=None, size=100_000):
    return BondPads(sites("P", *spots), nets or ("VDD",) * len(spots), size)


def stack(lower_pads, upper_bumps, **upper):
    return package(chip("U1", up=True, pads=lower_pads), chip("U2", "U1", bumps=upper_bumps, **upper))


SPOT = st.tuples(st.integers(-300, 300), st.integers(-300, 300))


@given(st.lists(SPOT, max_size=12), st.lists(SPOT, min_size=1, max_size=12), st.integers(1, 200))
def test_every_bump_over_the_chip_finds_the_nearest_pad_that_looking_at_all_finds(ours, others, size):
    lower, given_bumps, given_pads = chip("U1", up=True, size=400), bumps(*ours), pads(*others, size=size)
    found = landed(chip("U2", "U1"), given_bumps, lower, given_pads)
    assert found.bump.tolist() == [i for i, (x, y) in enumerate(ours) if max(abs(x), abs(y)) <= 200]
    for i, pad, offset in zip(found.bump.tolist(), found.pad.tolist(), found.offset.tolist()):
        every = [int(np.hypot(ours[i][0] - x, ours[i][1] - y)) for x, y in others]
        if min(every) < size:
            assert (every[pad], offset) == (min(every), min(every))
        else:
            assert (pad, offset) == (-1, size)


def test_a_land_may_touch_the_edge_of_the_chip_below_and_not_pass_it():
    made = stack(None, bumps((960_000, 0), (0, 0)))
    (reading,) = bump_inside_chip_below(made)
    assert (reading.where, reading.value, reading.at) == (("chips.U2.bumps.A1", "chips.U1"), 0, (960_000, 0))
    (reading,) = bump_inside_chip_below(stack(None, bumps((970_000, 0), (0, 0), (0, 980_000))))
    assert (reading.where[0], reading.value) == ("chips.U2.bumps.A3", -20_000)
    assert reading.note == "U2.A3 on U1, one of 2 that do not lie on it"


def test_a_bump_of_a_bridge_lies_on_one_of_its_supports_or_on_none():
    made = package(chip("U1"), chip("U2", at=(2_500_000, 0)),
                   chip("U3", "U1", "U2", at=(1_250_000, 0), bumps=bumps((800_000, 0), (1_700_000, 0))))
    assert [one.value for one in bump_inside_chip_below(made)] == [160_000]
    between = replace(made, chips=(*made.chips[:2], replace(made.chips[2], bumps=bumps((1_250_000, 0)))))
    assert [one.value for one in bump_inside_chip_below(between)] == [-290_000]


def test_the_bump_that_lies_worst_on_its_pad_is_told():
    made = stack(pads((0, 0), (500_000, 0)), bumps((0, 10_000), (530_000, 0), (1_500_000, 0)))
    (reading,) = bump_offset_to_pad_below(made)
    assert (reading.value, reading.where, reading.note) == (
        Fraction(3, 10), ("chips.U2.bumps.A2", "chips.U1"), "U2.A2 on U1.P2")
    (reading,) = bump_offset_to_pad_below(stack(pads((0, 0)), bumps((0, 0), (530_000, 0), (600_000, 0))))
    assert (reading.value, reading.note) == (1, "U2.A2 on no pad of U1, one of 2 on no pad")


def test_a_chip_below_that_states_no_pads_is_said_to_lack_them():
    (said,) = bump_offset_to_pad_below(stack(None, bumps((0, 0))))
    assert isinstance(said, Unmeasured)
    assert said.where == ("chips.U1.pads",)
    assert list(bump_offset_to_pad_below(package(chip("U1", bumps=bumps((0, 0)))))) == []


def test_nets_that_meet_at_a_bump_are_told_one_by_one_and_a_missing_net_is_no_other_net():
    made = stack(pads((0, 0), (500_000, 0), (0, 500_000), nets=("VDD", "GND", "")),
                 bumps((0, 0), (500_000, 0), (0, 500_000), nets=("VDD", "CLK", "IO")))
    wrong, others = nets_at_bump_on_chip(made)
    assert (wrong.where, wrong.value, wrong.note) == (
        ("chips.U2.bumps.A2", "chips.U1.pads.P2"), 2, "U2.A2 CLK on U1.P2 GND")
    assert (others.where, others.value) == (("chips.U2",), 1)


def buried(made):
    return [(one.where, one.value) for one in room_over_buried_pads(made)]


def test_only_pads_that_are_to_be_wired_and_lie_under_a_chip_are_buried():
    lower = pads((0, 0), (400_000, 0), (940_000, 0), (0, 400_000), nets=("VDD", "GND", "CLK", ""))
    made = stack(lower, bumps((0, 0)), size=1_000_000)
    # P1 bears a bump, P3 lies outside, P4 has no net.
    assert buried(made) == [(("chips.U1.pads.P2", "chips.U2"), 75_000)]
    assert buried(replace(made, wires=(Wire("W1", "U1.P2", "F1", (0, 0), (1, 0), 25_000),))) == []
    spacer = replace(made, chips=(made.chips[0], replace(made.chips[1], gap=Toleranced(90_000, 5_000, 4_000))))
    (reading,) = room_over_buried_pads(spacer)
    assert (reading.low, reading.high) == (86_000, 95_000)


def test_a_pad_only_partly_under_a_chip_is_buried_too_and_also_under_one_of_another_tower():
    lower = chip("U1", up=True, pads=pads((-900_000, 0)), at=(0, 0))
    pillar = chip("U2", at=(-2_200_000, 0))
    assert buried(package(lower, pillar, chip("U3", "U2", at=(-1_849_000, 0)))) == [
        (("chips.U1.pads.P1", "chips.U3"), 130_000)]
    assert buried(package(lower, pillar, chip("U3", "U2", at=(-1_950_000, 0)))) == []


def test_a_flip_chips_back_has_lands_and_no_pads_to_wire():
    made = package(chip("U1", pads=pads((0, 0))), chip("U2", "U1"))
    assert buried(made) == []


def test_under_a_chip_of_unknown_height_the_room_is_not_known():
    made = stack(pads((400_000, 0)), bumps((0, 0)))
    blind = replace(made, chips=(replace(made.chips[0], thickness=None), made.chips[1]))
    (said,) = room_over_buried_pads(blind)
    assert said.where == ("chips.U1.thickness",)
