"""Wires in plan: length, angle, what the ends lie on, crossings; and the fingers."""

import random
from dataclasses import replace
from fractions import Fraction

import pytest

from overmold.check import BROKEN, KEPT, check
from overmold.measures import all_measures
from overmold.measures.wires import (
    finger_free_of_mask,
    finger_to_carrier_edge,
    finger_to_chip_edge,
    wire_angle,
    wire_ends_on_metal,
    wire_ends_on_one_net,
    wire_length,
    wire_length_to_diameter,
    wire_uncrossed_in_tier,
)
from overmold.package import Frame, Lead
from overmold.package_file.reading.wires import lead_spot
from overmold.rule import load_deck
from overmold.shapes import rectangle
from test_wires_distance import exactly_crossed
from wire_packages import chip, finger, length, nm, package, spot, wire, wired

ONE = chip("U1", (0, 0), (2000, 2000), {"1": (900, 0), "2": (900, 500)})


def test_a_package_without_wires_has_nothing_to_measure():
    bare = package([ONE], [], [])
    readings = [reading for name, measure in all_measures().items() if name.startswith(("wire_", "finger_"))
                for reading in measure.take(bare)]
    assert readings == []


def test_the_length_of_a_wire_is_that_in_plan():
    first, second = wire_length(wired([ONE], {"U1.1": (1200, 400), "U1.2": (1900, 500)}))
    assert (first.value, first.note) == (500_000, "U1.1 to F1")
    assert second.value == 1_000_000


def test_a_wire_is_too_long_by_its_diameters_and_not_by_its_length():
    made = wired([ONE], {"U1.1": (5900, 0), "U1.2": (1900, 500)})
    first, second = made.wires
    for diameter, status in ((25_000, KEPT), (24_999, BROKEN), (50_000, KEPT)):
        thick = replace(made, wires=(replace(first, diameter=diameter), second))
        verdict = check(thick, load_deck(examples=False)).verdict("wire-too-long")
        assert verdict.status == status
    (reading, _) = wire_length_to_diameter(made)
    assert (reading.value, reading.note) == (Fraction(5_000_000, first.diameter), "U1.1 to F1: 5 mm long, 20 um thick")


@pytest.mark.parametrize(("end", "angle"), [((1900, 0), 0), ((1900, 1000), 45_000), ((1900, -1000), 45_000),
                                            ((1900, 577.350269), 30_000), ((900, 1500), 0)])
def test_the_angle_of_a_wire_is_to_the_normal_of_the_edge_that_it_crosses(end, angle):
    (reading,) = wire_angle(wired([ONE], {"U1.1": end}))
    assert reading.value == angle
    assert reading.where == ("wires.W1", "chips.U1")


def test_over_the_corner_of_a_chip_the_kinder_edge_counts():
    corner = chip("U1", (0, 0), (2000, 2000), {"1": (900, 900)})
    (reading,) = wire_angle(wired([corner], {"U1.1": (1900, 1900)}))
    assert reading.value == 45_000
    turned = chip("U1", (0, 0), (2000, 2000), {"1": (900, 800)})
    (reading,) = wire_angle(wired([turned], {"U1.1": (1100, 1200)}))  # over (1000, 1000), 26.6 degrees from one normal
    assert reading.value == 26_565


def test_a_wire_between_two_chips_has_an_angle_at_each_and_one_that_stays_on_its_chip_has_none():
    other = chip("U2", (3000, 0), (1000, 1000), {"1": (3000, 400), "2": (3000, 0)})
    between = wire("W1", "U1.1", "U2.1", (900, 0), (3000, 400))
    own = wire("W2", "U2.1", "U2.2", (3000, 400), (3000, 0))
    readings = list(wire_angle(package([ONE, other], [], [between, own])))
    assert [(reading.where[1], reading.value) for reading in readings] == [("chips.U1", 10_784), ("chips.U2", 10_784)]


def test_an_end_lies_on_its_metal_or_on_nothing():
    sound = wired([ONE], {"U1.1": (1900, 0), "U1.2": (1900, 500)})
    assert [reading.value for reading in wire_ends_on_metal(sound)] == [1, 1]
    first, second = sound.carrier.fingers
    moved = replace(sound, carrier=replace(sound.carrier, fingers=(replace(first, at=spot((1941, 0))), second)))
    off, on = wire_ends_on_metal(moved)
    assert (off.value, on.value) == (0, 1)
    assert (off.at, off.note) == (spot((1900, 0)), "U1.1 to F1: the end at F1 lies on nothing")
    gone = replace(sound, carrier=replace(sound.carrier, fingers=(second,)))
    assert [reading.value for reading in wire_ends_on_metal(gone)] == [0, 1]


@pytest.mark.parametrize(("end", "value"), [((1840, -60), 1), ((1960, 60), 1), ((1840, 60), 0), ((1900, 99), 0)])
def test_a_turned_finger_holds_the_ends_within_it(end, value):
    turned = finger("F1", (1900, 0), angle=45_000)  # from upper left to lower right
    (reading,) = wire_ends_on_metal(package([ONE], [turned], [wire("W1", "U1.1", "F1", (900, 0), end)]))
    assert reading.value == value


def test_two_nets_at_the_ends_of_a_wire_are_told_and_an_end_on_nothing_is_left_out():
    def fingers(net):
        return [finger("F1", (1900, 0), net)]

    wires = [wire("W1", "U1.1", "F1", (900, 0), (1900, 0)), wire("W2", "U1.2", "F9", (900, 500), (1900, 500))]
    (reading,) = wire_ends_on_one_net(package([ONE], fingers("VDD"), wires))
    assert (reading.value, reading.note) == (0, "U1.1 to F1: no net and VDD")
    (reading,) = wire_ends_on_one_net(package([ONE], fingers(""), wires))
    assert reading.value == 1


def test_a_crossing_counts_within_a_tier_and_is_legal_between_tiers():
    crossing = {"U1.1": (1900, 500), "U1.2": (1900, 0)}
    breach, = wire_uncrossed_in_tier(wired([ONE], crossing))
    assert (breach.value, breach.where, breach.at) == (0, ("wires.W1", "wires.W2"), spot((1400, 250)))
    first, second = wired([ONE], crossing).wires
    (kept,) = wire_uncrossed_in_tier(replace(wired([ONE], crossing), wires=(first, replace(second, tier=2))))
    assert kept.value == 1


def test_wires_may_meet_on_a_finger_that_both_are_bonded_to():
    both = [wire("W1", "U1.1", "F1", (900, 0), (1900, 250)), wire("W2", "U1.2", "F1", (900, 500), (1900, 250))]
    (reading,) = wire_uncrossed_in_tier(package([ONE], [finger("F1", (1900, 250))], both))
    assert reading.value == 1


@pytest.mark.parametrize("seed", range(20))
def test_crossings_are_those_of_looking_at_every_pair(seed):
    chance = random.Random(seed)
    spots = [((chance.randrange(-30, 30) * 100, chance.randrange(-30, 30) * 100) for _ in range(2)) for _ in range(40)]
    wires = [wire(f"W{i}", "", "", *ends, tier=chance.choice((1, 2))) for i, ends in enumerate(spots)]
    expected = {(a.key, b.key) for i, a in enumerate(wires) for b in wires[i + 1:]
                if a.tier == b.tier and exactly_crossed(a.from_at, a.to_at, b.from_at, b.to_at)}
    found = {reading.where for reading in wire_uncrossed_in_tier(package([], [], wires)) if not reading.value}
    assert found == expected
    assert expected


def test_a_finger_is_measured_to_the_chips_on_the_carrier():
    upper = chip("U2", (0, 0), (3000, 500), on=("U1",))
    fingers = [finger("F1", (1500, 0)), finger("F2", (0, -1600))]
    (nearest,) = finger_to_chip_edge(package([ONE, upper], fingers, []))
    assert (nearest.where, nearest.value) == (("chips.U1", "carrier.fingers.F1"), nm(460))
    assert len(list(finger_to_chip_edge(package([ONE, upper], fingers, []), horizon=nm(501)))) == 2


def test_wires_end_on_leads_and_side_by_side_on_the_die_attach_pad():
    lead, paddle = rectangle(spot((2500, 0)), spot((700, 250))), rectangle((0, 0), spot((3000, 3000)))
    frame = Frame(length(200), (Lead("1", lead, lead, "VDD"),), paddle, paddle, "GND")
    wires = [wire("W1", "U1.1", "1", (900, 0), (2275, 0)), wire("W2", "U1.1", "paddle", (900, 0), (1300, 100)),
             wire("W3", "U1.2", "paddle", (900, 500), (1400, 500)), wire("W4", "U1.2", "paddle", (900, 500), (1300, 600))]
    bare = package([ONE], [], wires)
    framed = replace(bare, carrier=replace(bare.carrier, frame=frame))
    assert [reading.value for reading in wire_ends_on_metal(framed)] == [1, 1, 1, 1]
    assert [reading.note for reading in wire_ends_on_one_net(framed)][:2] == [
        "U1.1 to 1: no net and VDD", "U1.1 to paddle: no net and GND"]
    beside = [wire("W1", "U1.1", "paddle", (900, 0), (1300, 0)), wire("W2", "U1.2", "paddle", (900, 500), (1300, -100))]
    (crossing, ) = wire_uncrossed_in_tier(replace(framed, wires=tuple(beside)))
    assert crossing.value == 0


def test_a_wire_is_bonded_to_the_inner_end_of_a_lead():
    assert lead_spot(rectangle(spot((2500, 300)), spot((700, 250)))) == spot((2275, 300))
    assert lead_spot(rectangle(spot((-2500, 300)), spot((700, 250)))) == spot((-2275, 300))
    assert lead_spot(rectangle(spot((300, -2500)), spot((250, 700)))) == spot((300, -2275))
    assert lead_spot(rectangle(spot((300, 2500)), spot((250, 700)))) == spot((300, 2275))


def test_a_finger_beyond_the_carrier_sticks_out():
    fingers = [finger("F1", (1500, 0)), finger("F2", (9950, 0), angle=90_000)]
    assert [reading.value for reading in finger_to_carrier_edge(package([ONE], fingers, []))] == [nm(8460), nm(-50)]


def test_a_finger_under_mask_is_told_by_name():
    fingers = [finger("F1", (1500, 0)), finger("F2", (0, -1600), opening=False)]
    covered, others = finger_free_of_mask(package([ONE], fingers, []))
    assert (covered.where, covered.value) == (("carrier.fingers.F2",), 0)
    assert (others.value, others.note) == (1, "1 fingers are open")
