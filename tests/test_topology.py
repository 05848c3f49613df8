"""Which stack a chipset is, and how many wires its buried chip has."""

from dataclasses import replace

import numpy as np

from overmold.arrays import Sites
from overmold.measures import Reading, Unmeasured
from overmold.measures.topology import (
    stacked_face_up_then_flipped,
    stacked_flipped_face_up_flipped,
    wires_from_first_chip,
    wires_from_second_chip,
)
from overmold.package import FACE_UP, BondPads, Bumps, Finger, Wire
from overmold.shapes import rectangle
from overmold.units import Toleranced
from test_measures_stacks import chip, package

BUMPS = Bumps(Sites(("A1", "A2"), np.array([[0, 0], [0, 200_000]], np.int64)), ("VDD", "VDD"), Toleranced(80_000), None)
MEASURES = (stacked_face_up_then_flipped, wires_from_first_chip, stacked_flipped_face_up_flipped, wires_from_second_chip)


def flipped(name, *on):
    return chip(name, *on, bumps=BUMPS)


def read(made):
    """The value of each of the four measures, None where it has no reading."""
    readings = [list(measure(made)) for measure in MEASURES]
    return [one[0].value if one and isinstance(one[0], Reading) else one[0] if one else None for one in readings]


def wired(made, *pairs):
    """The package with wires between ends of these names: a pad as U1.W1, a finger as F1; no metal lies under "".

    Every face-up chip has pads under the bumps of a chip on it."""
    ends = sorted({end for pair in pairs for end in pair})
    spots = {end: (200_000 * i, 0) for i, end in enumerate(ends, 1)}

    def pads(chip):
        own = {"P1": (0, 0), "P2": (0, 200_000)}
        own.update((end.partition(".")[2], spots[end]) for end in ends if end.startswith(f"{chip.name}."))
        sites = Sites(tuple(own), np.array([*own.values()], np.int64).reshape(-1, 2))
        return BondPads(sites, ("VDD", "VDD", *[""] * (len(own) - 2)), 60_000)

    fingers = tuple(Finger(end, spots[end], (80_000, 80_000)) for end in ends if end.startswith("F"))
    wires = tuple(Wire(f"W{i}", *pair, spots[pair[0]], spots[pair[1]], 25_000) for i, pair in enumerate(pairs))
    chips = tuple(replace(one, pads=pads(one)) if one.bonded == FACE_UP else one for one in made.chips)
    return replace(made, chips=chips, carrier=replace(made.carrier, fingers=fingers), wires=wires)


def test_one_chip_is_no_stack_and_has_no_reading():
    assert read(package(flipped("U1"))) == [None] * 4


def test_chips_side_by_side_are_neither_stack():
    assert read(package(flipped("U1"), chip("U2", up=True))) == [0, None, 0, None]


def test_a_flip_chip_on_a_face_up_chip_is_the_first_stack():
    made = wired(package(chip("U1", up=True), flipped("U2", "U1")))
    assert read(made) == [1, 0, 0, None]
    (reading,) = stacked_face_up_then_flipped(made)
    assert (reading.where, reading.note) == (("chips.U1", "chips.U2"), "U2 on U1")


def test_flip_face_up_flip_is_the_second_stack_and_not_the_first_for_its_face_up_chip_is_not_on_the_carrier():
    made = package(flipped("U1"), chip("U2", "U1", up=True), flipped("U3", "U2"))
    assert read(wired(made)) == [0, None, 1, 0]
    assert read(wired(made, ("F1", "U2.W1"))) == [0, None, 1, 1]


def test_a_flip_chip_without_bumps_or_the_wrong_way_up_makes_no_stack():
    bare = replace(chip("U2", "U1"), pads=BondPads(Sites((), np.zeros((0, 2), np.int64)), (), 60_000))
    assert read(package(chip("U1", up=True), bare)) == [0, None, 0, None]
    lone = replace(BUMPS, sites=Sites(("A1",), np.zeros((1, 2), np.int64)), nets=("VDD",))
    assert read(package(chip("U1", up=True), chip("U2", "U1", bumps=lone))) == [0, None, 0, None]
    assert read(package(flipped("U1"), flipped("U2", "U1"), flipped("U3", "U2"))) == [0, None, 0, None]
    assert read(package(chip("U1", up=True), chip("U2", "U1", up=True), flipped("U3", "U2"))) == [0, None, 0, None]


def test_unstated_bumps_or_bonding_leave_it_open_which_stack_it_is():
    for open_one in (chip("U2", "U1"), replace(flipped("U2", "U1"), bonded="")):
        first, _, second, _ = read(package(chip("U1", up=True), open_one))
        assert isinstance(first, Unmeasured)
        assert "U2" in first.missing
        assert second == 0


def test_a_chip_beside_the_one_it_names_makes_no_stack():
    upper = flipped("U2", "U1")
    outline = rectangle((2_000_000, 0), upper.outline.size)
    assert read(package(chip("U1", up=True), replace(upper, outline=outline, at=(2_000_000, 0)))) == [0, None, 0, None]


def test_only_wires_between_the_chip_itself_and_the_carrier_count():
    made = package(chip("U1", up=True), flipped("U2", "U1"), chip("U10", up=True))
    wires = (("U1.W1", "F1"), ("F.2", "U1.W2"), ("U1.W3", "U10.W1"), ("U10.W2", "F3"), ("U1.W4", ""))
    assert read(wired(made, *wires))[1] == 2


def test_of_several_stacks_each_is_told_with_its_wires():
    made = wired(package(chip("U1", up=True), flipped("U2", "U1"), chip("U3", up=True), flipped("U4", "U3")), ("U3.W1", "F1"))
    assert [(one.where, one.value) for one in wires_from_first_chip(made)] == [(("chips.U1",), 0), (("chips.U3",), 1)]
    assert [one.note for one in stacked_face_up_then_flipped(made)] == ["U2 on U1", "U4 on U3"]


def test_where_the_pads_below_or_all_nets_are_unstated_nobody_knows_whether_it_is_a_stack():
    unstated = package(chip("U1", up=True), flipped("U2", "U1"))
    stated = wired(unstated)
    no_nets = [replace(one, bumps=one.bumps and replace(one.bumps, nets=("", "")),
                       pads=one.pads and replace(one.pads, nets=("",) * len(one.pads.nets))) for one in stated.chips]
    for made, word in ((unstated, "pads of U1"), (replace(stated, chips=tuple(no_nets)), "no pad has a net")):
        (said,) = stacked_face_up_then_flipped(made)
        assert isinstance(said, Unmeasured)
        assert word in said.missing


def test_a_chip_whose_bumps_meet_no_pad_of_their_net_makes_no_stack():
    made = wired(package(chip("U1", up=True), flipped("U2", "U1")), ("U1.W1", "F1"))
    assert read(made) == [1, 1, 0, None]
    upper = made.chips[1]
    dead = replace(upper, bumps=replace(BUMPS, nets=("GND", "GND")))
    beside = replace(upper, bumps=replace(BUMPS, sites=Sites(("A1", "A2"), np.array([[0, 500_000], [0, 700_000]]))))
    half = replace(upper, bumps=replace(BUMPS, nets=("VDD", "GND")))
    for wrong in (dead, beside, half):
        assert read(replace(made, chips=(made.chips[0], wrong))) == [0, None, 0, None]
