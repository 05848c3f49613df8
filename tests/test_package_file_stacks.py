"""Chips on chips in the package file: 'stands_on', 'attach' and 'pads', and what does not fit together."""

import pytest

from overmold.units import Toleranced
from package_text import changed, read, said

STACK = """\
package: P
carrier: {kind: substrate, size: [10 mm, 10 mm]}
chips:
  - {name: U1, size: [6 mm, 6 mm], at: [1 mm, 0 mm], thickness: 150 um, bonded: face-up, attach: 20 um ± 5 um,
     pads: {array: {grid: [2, 1], pitch: 5 mm}, size: 60 um}}
  - {name: U2, stands_on: U1, size: [3 mm, 3 mm], at: [1 mm, 0 mm], angle: 90 deg, bonded: flip-chip,
     bumps: {array: {grid: [2, 1], pitch: 1 mm}, diameter: 80 um}, pads: {array: {at: {P1: [0 mm, 1 mm]}}, size: 50 um}}
  - {name: U3, stands_on: [U1, U2], size: [1 mm, 1 mm], bonded: face-up}
netlist: [[VDD, U1.A1, ""], [VDD, U2.A2, ""], [GND, U2.P1, ""]]
"""


def test_a_chip_stands_on_the_carrier_on_a_chip_or_on_several():
    made = read(STACK)
    assert [chip.on for chip in made.chips] == [(), ("U1",), ("U1", "U2")]
    assert [chip.attach for chip in made.chips] == [Toleranced(20_000, 5_000, 5_000), None, None]


def test_pads_lie_on_their_chip_turned_with_it_and_take_nets_beside_the_bumps():
    first, second, third = read(STACK).chips
    assert first.pads.sites.xy.tolist() == [[-1_500_000, 0], [3_500_000, 0]]
    assert (first.pads.size, first.pads.nets, first.bumps) == (60_000, ("VDD", ""), None)
    assert second.pads.sites.xy.tolist() == [[2_000_000, 0]]
    assert (second.bumps.nets, second.pads.nets) == (("", "VDD"), ("GND",))
    assert third.pads is None


@pytest.mark.parametrize(("old", "new", "words"), [
    ("stands_on: U1,", "stands_on: U11,", "there is no chip 'U11' to stand on; did you mean 'U1'?"),
    ("stands_on: U1,", "stands_on: U2,", "U2 cannot stand on itself; leave 'stands_on' out where it stands on the carrier"),
    ("stands_on: [U1, U2]", "stands_on: [U1, U1]", "'U1' is listed twice"),
    ("stands_on: [U1, U2]", "stands_on: []", "write for example"),
    ("angle: 90 deg", "attach: 20 um", "U2 stands on its bumps; 'attach' is for a chip that is bonded face-up"),
    ("{P1:", "{A1:", "a bump and a pad of U2 are both named 'A1'; give the pads names of their own"),
])
def test_what_cannot_stand_is_told_where_it_is_written(old, new, words):
    fault = said(changed(old, new, STACK))[0]
    assert words in fault
    line = next(i for i, text in enumerate(STACK.splitlines(), 1) if old in text)
    assert fault.startswith(f"p.yaml:{line}:")


def test_a_passive_is_nothing_to_stand_on():
    text = changed("netlist:", "passives: [{name: C1, size: \"0201\", at: [4 mm, 4 mm]}]\nnetlist:", STACK)
    (fault,) = said(changed("stands_on: [U1, U2]", "stands_on: C1", text))
    assert fault.endswith("C1 is not a chip, and only on chips other chips can stand")


def test_chips_that_stand_on_each_other_in_a_circle_are_told_once():
    (fault,) = said(changed("attach: 20 um ± 5 um", "stands_on: U3", STACK))
    assert fault.startswith("p.yaml:4:")
    assert "U1 stands on U3 stands on U1: somewhere a tower begins on the carrier" in fault


def test_a_support_with_a_fault_of_its_own_is_not_missed():
    (fault,) = said(changed("thickness: 150 um", "thickness: thick", STACK))
    assert "'thick' is not a valid length" in fault


def test_the_older_word_for_what_a_chip_stands_on_still_counts():
    older = STACK.replace("stands_on: ", "on: ")
    assert older != STACK
    assert [chip.on for chip in read(older).chips] == [chip.on for chip in read(STACK).chips]
    (fault,) = said(older.replace("on: U1,", "on: U2,"))
    assert "U2 cannot stand on itself" in fault


def test_both_words_at_once_are_a_fault():
    (fault,) = said(STACK.replace("stands_on: U1,", "stands_on: U1, on: U1,"))
    assert "'on' is an older word for 'stands_on'" in fault
