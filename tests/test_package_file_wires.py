"""Fingers and wires in a package file: what they mean, and what it says when something is wrong with them."""

import pytest

from overmold.check import check
from overmold.faults import Faults
from overmold.package_file import read_package_text
from overmold.rule import load_deck
from overmold.units import Toleranced
from package_text import MM, changed, read, said

FINGERS = "fingers: [{row: {from: [4 mm, -0.5 mm], to: [4 mm, 0.5 mm], count: 3}, angle: 90 deg, size: [80 um, 200 um]}]"
WIRED = f"""\
package: P
carrier: {{kind: substrate, size: [12 mm, 12 mm], {FINGERS}}}
chips:
  - {{name: U1, size: [4 mm, 4 mm], bonded: face-up,
     pads: {{array: {{grid: [1, 3], pitch: 0.5 mm, offset: [1.9 mm, 0 mm]}}, size: 60 um}}}}
wires: {{defaults: {{loop_height: 120 um ± 20 um}}, list: [[U1.A1, F1], [U1.B1, F2], [U1.C1, F3]]}}
"""


def with_fingers(groups, text=WIRED):
    return changed(FINGERS, f"fingers: [{groups}]", text)


def with_wires(wires):
    return changed("list: [[U1.A1, F1], [U1.B1, F2], [U1.C1, F3]]", wires, WIRED)


def fingers_of(groups):
    return read(with_fingers(groups, with_wires("list: []"))).carrier.fingers


# Fingers


def test_a_ring_is_counted_counter_clockwise_from_the_top_of_its_left_side():
    found = fingers_of("{ring: [8 mm, 6 mm], count: [2, 3], pitch: 1 mm, size: [80 um, 200 um]}")
    assert [(one.name, one.at[0] / MM, one.at[1] / MM, one.angle // 1000) for one in found] == [
        ("F1", -4, -1, 90), ("F2", -4, 0, 90), ("F3", -4, 1, 90), ("F4", -0.5, 3, 0), ("F5", 0.5, 3, 0),
        ("F6", 4, 1, 90), ("F7", 4, 0, 90), ("F8", 4, -1, 90), ("F9", 0.5, -3, 0), ("F10", -0.5, -3, 0)]
    assert found[0].outline.size == (200_000, 80_000)
    assert found[3].outline.size == (80_000, 200_000)


def test_without_a_pitch_the_fingers_of_a_ring_are_spread_evenly():
    found = fingers_of("{ring: [8 mm, 6 mm], count: [4, 0], size: [80 um, 200 um]}")
    assert [one.at[0] / MM for one in found] == [-3, -1, 1, 3, 3, 1, -1, -3]


def test_an_arc_points_to_its_centre():
    right, top = fingers_of("{arc: {radius: 5 mm, from: 0 deg, to: 90 deg, count: 2}, size: [80 um, 200 um], prefix: H}")
    assert (right.name, right.at, right.outline.size) == ("H1", (5 * MM, 0), (200_000, 80_000))
    assert (top.at, top.outline.size) == ((0, -5 * MM), (80_000, 200_000))


def test_fingers_one_by_one_have_names_angles_and_nets_of_their_own():
    a, b = fingers_of("{at: {VIN: [4 mm, 0 mm, 90 deg], G2: [4 mm, 1 mm]}, size: [80 um, 200 um], "
                      "nets: [VDD, \"\"], mask: covered}")
    assert (a.name, a.at, a.angle, a.net, a.opening) == ("VIN", (4 * MM, 0), 90_000, "VDD", False)
    assert (b.name, b.angle, b.net) == ("G2", 0, "")


@pytest.mark.parametrize(("groups", "message"), [
    ("{size: [80 um, 200 um]}", "write one of ring, row, arc, at and csv, not none; for example ring: [8 mm, 8 mm]"),
    ("{ring: [8 mm, 8 mm], at: {F1: [1 mm, 1 mm]}, size: [80 um, 200 um]}",
     "write one of ring, row, arc, at and csv, not both ring and at; for example ring: [8 mm, 8 mm]"),
    ("{ring: [8 mm, 8 mm], size: [80 um, 200 um]}", "expected a count of fingers; write for example count: [12, 12]"),
    ("{ring: [8 mm, 8 mm], count: [9, 9], pitch: 1.1 mm, size: [80 um, 200 um]}",
     "9 fingers at a pitch of 1.1 mm do not fit on a side of 8 mm"),
    ("{ring: [8 mm, 8 mm], count: [60000, 1], size: [80 um, 200 um]}",
     "these are more than 100,000 fingers; look at the counts"),
    ("{row: {from: [1 mm, 1 mm], count: 3}, size: [80 um, 200 um]}", "'to' is missing; write for example to: [2 mm, 4 mm]"),
    ("{row: {from: [1 mm, 1 mm], too: [1 mm, 1 mm], to: [1 mm, 2 mm], count: 3}, size: [80 um, 200 um]}",
     "unknown key 'too'; did you mean 'to'?"),
    ("{row: {from: [1 mm, 1 mm], to: [2 mm, 1 mm], count: 3}, pitch: 1 mm, size: [80 um, 200 um]}",
     "'pitch' belongs to a ring; a row has its own count inside"),
    ("{row: {from: [1 mm, 1 mm], to: [2 mm, 1 mm], count: 0}, size: [80 um, 200 um]}",
     "expected a count of fingers; write for example count: 5"),
    ("{row: {from: [1 mm, 1 mm], to: [2 mm, 1 mm], count: 3}, size: [80 um, 200 um], prefix: \"F.\"}",
     "'F.1' cannot be a part's name: no blanks, points, commas, quotes, slashes or brackets, 60 characters at most; write for "
     "example U1"),
    ("{at: {F1: [1 mm]}, size: [80 um, 200 um]}",
     "expected x, y and the angle, not 1 entries; write for example [-4 mm, 0 mm, 0 deg]"),
    ("{at: {F1: [1 mm, 2, 5 mm]}, size: [80 um, 200 um]}", "'2' has no unit; write for example 2 mm"),
    ("{at: {F1: [1 mm, 2 mm, 5 mm]}, size: [80 um, 200 um]}", "'mm' is not a unit of angle (known: deg, °)"),
    ("{at: {F1: [1 mm, 2 mm]}, size: [80 um, 200 um], nets: [A, B]}",
     "there are 1 fingers here, but 'nets' lists 2; write one for each, \"\" for none"),
    ("{at: {F1: [1 mm, 2 mm]}, size: [80 um, 200 um], mask: closed}", "unknown value 'closed'; did you mean 'covered'?"),
])
def test_a_group_of_fingers_with_a_fault_says_what_to_write(groups, message):
    faults = said(with_fingers(groups, with_wires("list: []")))
    assert message in [fault.split(": ", 1)[1] for fault in faults]
    assert faults[0].startswith("p.yaml:2:")


def test_two_fingers_of_one_name_are_a_fault_at_the_second():
    row = "{row: {from: [4 mm, -1 mm], to: [4 mm, 1 mm], count: 3}, size: [80 um, 200 um]}"
    assert said(with_fingers(f"{row}, {row}")) == [
        "p.yaml:2:141: finger 'F1' is there already, from line 2; give this group another prefix"]


# Wires


def test_a_wire_goes_from_pad_to_finger_with_the_data_of_all_or_its_own():
    text = with_wires("list: [[U1.A1, F1], {from: U1.B1, to: F2, tier: 2, loop_height: 180 um, diameter: 20 um, "
                      "profile: reverse}]")
    first, second = read(text).wires
    assert (first.name, first.start, first.end) == ("W1", "U1.A1", "F1")
    assert (first.from_at, first.to_at) == ((1_900_000, -500_000), (4 * MM, -500_000))
    assert (first.diameter, first.loop_height, first.tier, first.profile) == (25_000, Toleranced(120_000, 20_000, 20_000), 1,
                                                                              "standard")
    assert (second.diameter, second.loop_height, second.tier, second.profile) == (20_000, Toleranced(180_000), 2, "reverse")


def test_a_wire_listed_from_its_finger_begins_on_the_chip_all_the_same():
    (wire,) = read(with_wires("list: [[F1, U1.A1]]")).wires
    assert (wire.start, wire.end, wire.from_at) == ("U1.A1", "F1", (1_900_000, -500_000))


def test_a_wire_knows_where_it_stands():
    package = read(WIRED)
    place = package.place("wires.W2")
    assert (place.text, place.line, place.column, place.at) == ("wire U1.B1 to F2", 6, 71, (2_950_000, 0))
    assert package.place("carrier.fingers.F2").at == (4 * MM, 0)


def test_wires_from_a_table_come_before_those_of_the_list(tmp_path):
    (tmp_path / "w.csv").write_text("from;to;loop height\n# ground\nU1.C1;F3;90 um\nU1.B1;F2\n", encoding="utf-8")
    package = read(with_wires("csv: w.csv, list: [[U1.A1, F1]]"), tmp_path)
    assert [(wire.name, wire.start, wire.loop_height.nominal) for wire in package.wires] == [
        ("W1", "U1.C1", 90_000), ("W2", "U1.B1", 120_000), ("W3", "U1.A1", 120_000)]
    assert package.place("wires.W1").file == str(tmp_path / "w.csv")
    assert package.place("wires.W1").line == 3


@pytest.mark.parametrize(("wires", "messages"), [
    ("list: [[U1.A1, F4]]", ["6:65: there is no finger or lead 'F4'; a pad is written as U1.A1"]),
    ("list: [[U1.A9, F1]]", ["6:58: U1 has no bond pad 'A9'; did you mean 'U1.A1'?"]),
    ("list: [[U2.A1, F1]]", ["6:58: there is no chip 'U2' with bond pads; known: U1"]),
    ("list: [[U1.A1, U1.A1]]", ["6:65: a wire goes from one place to another; both ends are the same here"]),
    ("list: [[U1.A1, F1], [F1, U1.A1]]", ["6:71: there is a wire between F1 and U1.A1 already, in line 6"]),
    ("list: [[U1.A1, F1, F2], U1, {from: U1.A1}]", [
        "6:57: expected the two ends of a wire, not 3 entries; write for example [U1.A1, F1]",
        "6:74: expected the two ends of a wire, not 'U1'; write for example [U1.A1, F1]",
        "6:78: 'to' is missing; write for example {from: U1.A1, to: F1}"]),
    ("list: [{from: U1.A1, to: F1, tier: 0, loop: 5 um, profile: high, diameter: 5}]", [
        "6:85: '0' is out of range: this is counted from 1 to 99; write for example 1",
        "6:88: unknown key 'loop'; known: from, to, diameter, loop_height, tier, profile, metal, at",
        "6:109: unknown value 'high'; known: standard, reverse",
        "6:125: '5' has no unit; write for example 5 mm"]),
    ("csv: no.csv", ["6:55: 'no.csv', looked for beside this file: there is no such file"]),
    ("auto: {chips: [U7], max_length: 3 mm}", ["6:65: there is no chip 'U7' with bond pads; known: U1"]),
])
def test_a_wire_with_a_fault_says_what_to_write(wires, messages):
    assert said(with_wires(wires)) == [f"p.yaml:{message}" for message in messages]


@pytest.mark.parametrize(("table", "messages"), [
    ("", ["1:1: this table of wires is empty; its first line is from,to"]),
    ("from,too\n", ["1:1: the column 'to' is missing; the first line is from,to",
                    "1:6: unknown column 'too' in a table of wires; did you mean 'to'?"]),
    ("from,to,to\n", ["1:1: there are two columns 'to'"]),
    ("from,to,tier\nU1.A1,F1,x\nU1.B1,\nU1.C1,F3,1,2\n\"U1.A1,F1\nU1.A1,F9\n", [
        "2:10: 'x' is not a whole number; write for example 12",
        "3:7: the end 'to' of this wire is missing; write for example U1.A1,F1",
        "4:1: expected 3 cells, not 4; write from,to,tier", "5:1: a quote that is not closed; write from,to,tier",
        "6:7: there is no finger or lead 'F9'; a pad is written as U1.A1"]),
])
def test_a_table_of_wires_has_places_of_its_own(tmp_path, table, messages):
    file = tmp_path / "w.csv"
    file.write_text(table, encoding="utf-8")
    assert said(with_wires("csv: w.csv"), tmp_path) == [f"{file}:{message}" for message in messages]


def test_the_two_ends_of_a_wire_are_one_net_whichever_of_them_the_netlist_names():
    package = read(WIRED + "netlist: [[VDD, U1.A1, \"\"], [GND, \"\", F2], [IN, F3, \"\"], [IN, U1.C1, \"\"]]\n")
    assert [wire.net for wire in package.wires] == ["VDD", "GND", "IN"]
    assert package.chips[0].pads.nets == ("VDD", "GND", "IN")
    assert [finger.net for finger in package.carrier.fingers] == ["VDD", "GND", "IN"]


def test_two_nets_that_a_wire_joins_stay_what_they_are_and_break_a_rule():
    package = read(WIRED + "netlist: [[VDD, U1.A1, F1], [GND, U1.B1, \"\"], [IN, F2, \"\"]]\n")
    assert [wire.net for wire in package.wires] == ["VDD", "", ""]
    assert package.carrier.fingers[1].net == "IN"
    verdict = check(package, load_deck()).verdict("wire-joins-two-nets")
    assert [judged.reading.note for judged in verdict.judged if judged.severity] == ["U1.B1 to F2: GND and IN"]


def test_a_finger_that_is_named_like_a_ball_leaves_the_ball_its_net():
    balls = "balls: {array: {grid: [2, 2], pitch: 2 mm, names: {first: F1}}, diameter: 0.4 mm}\n"
    package = read(WIRED + balls + "netlist: [[VDD, \"\", F1], [GND, F1, \"\"]]\n")
    assert package.balls.nets[0] == "VDD"
    assert package.carrier.fingers[0].net == "GND"


def test_a_finger_in_two_nets_is_a_fault():
    assert said(WIRED + "netlist: [[VDD, F1, \"\"], [GND, \"\", F1]]\n") == [
        "p.yaml:7:36: finger 'F1' is in net 'GND' here and in net 'VDD' in line 7; it can be in one only"]


# Proposals


def test_the_rest_is_proposed_and_the_listed_wires_stay():
    text = with_wires("list: [{from: U1.B1, to: F2, loop_height: 80 um}], auto: {chips: [U1], max_length: 3 mm}")
    package = read(text)
    assert [(wire.name, wire.start, wire.end, wire.loop_height.nominal) for wire in package.wires] == [
        ("W1", "U1.B1", "F2", 80_000), ("W2", "U1.A1", "F1", 120_000), ("W3", "U1.C1", "F3", 120_000)]
    assert package.place("wires.W2").text == "wire U1.A1 to F1"


def test_proposals_go_where_the_netlist_says_and_leave_pads_without_a_net_alone():
    nets = 'netlist: [[VDD, U1.A1, ""], [VDD, F2, ""], [GND, U1.B1, ""], [X, F1, ""]]\n'
    package = read(with_wires("auto: {chips: [U1], max_length: 3 mm, tiers: 2, tier_step: 60 um}") + nets)
    assert [(wire.start, wire.end, wire.net, wire.tier) for wire in package.wires] == [
        ("U1.A1", "F2", "VDD", 1), ("U1.B1", "F3", "GND", 1)]


def test_what_another_wire_bars_goes_over_it_in_a_higher_tier():
    across = f"{FINGERS[len('fingers: ['):-1]}, {{at: {{G1: [3 mm, -1 mm], G2: [3 mm, 1 mm]}}, size: [80 um, 200 um]}}"
    wires = "list: [[G1, G2]], auto: {chips: [U1], max_length: 3 mm, tiers: 2, tier_step: 60 um}"
    text = with_fingers(across, with_wires(wires))
    assert [(wire.start, wire.end, wire.tier, wire.loop_height.nominal) for wire in read(text).wires] == [
        ("G1", "G2", 1, 120_000), ("U1.A1", "F1", 2, 180_000), ("U1.B1", "F2", 2, 180_000), ("U1.C1", "F3", 2, 180_000)]
    barred = text.replace("tiers: 2", "tiers: 1")
    assert said(barred)[0].endswith("U1.A1 cannot be wired: every free finger that it could reach lies across other wires; "
                                    "allow more than 1 'tiers'")


def test_a_pad_that_cannot_be_wired_is_told_with_what_to_do():
    assert said(with_wires("auto: {chips: [U1], max_length: 2 mm}")) == [
        f"p.yaml:6:50: U1.{pad} cannot be wired: no finger is within 2 mm ('max_length'); put one nearer"
        for pad in ("A1", "B1", "C1")]


def test_proposals_wait_until_everything_else_is_mended():
    text = with_wires("auto: {chips: [U1], max_length: 2 mm}")
    broken = changed("size: [80 um, 200 um]", "size: [80 um, 200]", text)
    assert said(broken) == ["p.yaml:2:150: '200' has no unit; write for example 200 um"]


def test_of_very_many_pads_that_cannot_be_wired_a_hundred_are_named():
    text = changed("grid: [1, 3], pitch: 0.5 mm", "grid: [1, 130], pitch: 20 um",
                   with_wires("auto: {chips: [U1], max_length: 2 mm}"))
    faults = said(text)
    assert len(faults) == 101
    assert "p.yaml:6:50: 30 more pads of U1 cannot be wired; they are told when these are mended" in faults


def test_pads_under_another_chip_are_for_its_bumps():
    upper = ("  - {name: U2, stands_on: U1, size: [1 mm, 0.6 mm], at: [1.5 mm, 0 mm], bonded: flip-chip, "
             "bumps: {array: {at: {B: [0.4 mm, 0 mm]}}, diameter: 80 um}}\n")
    text = with_wires("auto: {chips: [U1], max_length: 3 mm}").replace("wires:", f"{upper}wires:")
    assert [wire.start for wire in read(text).wires] == ["U1.A1", "U1.C1"]


RING = """\
package: R
carrier:
  kind: substrate
  size: [10 mm, 10 mm]
  stackup: [{layer: mask, thickness: 15 um ± 3 um}, {layer: copper, thickness: 15 um}, {layer: core, thickness: 200 um}]
  fingers: [{ring: [7.4 mm, 7.4 mm], count: [50, 50], pitch: 130 um, size: [70 um, 200 um]}]
chips:
  - {name: U1, size: [5 mm, 5 mm], thickness: 150 um ± 10 um, bonded: face-up, attach: 20 um ± 5 um,
     pads: {array: {grid: [52, 52], pitch: 94 um, rings: 1, corners: 1}, size: 60 um}}
mold: {cap: 500 um, filler: 20 um}
wires:
  defaults: {diameter: 25 um, loop_height: 120 um ± 20 um}
  auto: {chips: [U1], max_length: 3 mm, max_angle: 45 deg}
"""


def test_a_ring_of_200_fingers_is_wired_so_that_it_keeps_every_rule_of_wires():
    package = read(RING)
    assert len(package.wires) == len({wire.start for wire in package.wires}) == len({wire.end for wire in package.wires}) == 200
    verdicts = [verdict for verdict in check(package, load_deck()).verdicts if verdict.rule.deck == "wires"]
    assert {verdict.rule.name for verdict in verdicts if verdict.status != "kept"} == {
        "wire-too-near-other-chip", "wire-too-near-passive", "down-bond-too-near-chip-edge",
        "down-bond-too-near-paddle-edge", "wire-too-near-cavity-rim",
        "wire-too-near-top-land"}  # there are no others, passives, frame, cavities or lands on top
    (crossings,) = (verdict for verdict in verdicts if verdict.rule.name == "wires-cross-in-one-tier")
    assert [judged.reading.note for judged in crossings.judged] == ["200 wires cross none of their tier"]


def test_a_ring_with_less_room_than_pads_says_which_of_them_cannot_be_wired():
    faults = said(changed("count: [50, 50]", "count: [50, 49]", RING))
    assert [fault.partition(" cannot be wired: ")[2] for fault in faults] == [
        "every finger that it could reach has a wire; add fingers"] * 2


# Lead frames

QFN = """\
package: Q
carrier:
  kind: lead frame
  size: [5 mm, 5 mm]
  frame: {thickness: 200 um, leads: {sides: 4, per_side: 3, pitch: 0.5 mm, width: 0.25 mm, length: 0.4 mm},
          paddle: [3.2 mm, 3.2 mm], paddle_net: GND}
chips:
  - {name: U1, size: [2 mm, 2 mm], thickness: 150 um, bonded: face-up, attach: 20 um,
     pads: {array: {grid: [5, 5], pitch: 0.4 mm, rings: 1, corners: 1}, size: 60 um}}
wires:
  defaults: {loop_height: 120 um}
  list: [{from: U1.A3, to: paddle, at: [0 mm, -1.4 mm]}]
  auto: {chips: [U1], max_length: 2 mm}
"""


def test_the_pads_of_a_chip_on_a_frame_are_wired_to_leads_and_down_to_the_paddle():
    package = read(QFN)
    assert (package.wires[0].end, package.wires[0].to_at, package.wires[0].net) == ("paddle", (0, -1_400_000), "GND")
    assert {wire.start: wire.end for wire in package.wires[1:]} == {
        "U1.A2": "12", "U1.A4": "10", "U1.B1": "1", "U1.C1": "2", "U1.D1": "3", "U1.E2": "4", "U1.E3": "5", "U1.E4": "6",
        "U1.D5": "7", "U1.C5": "8", "U1.B5": "9"}
    assert package.wires[1].to_at[1] == -2_500_000 + 400_000 - 125_000
    result = check(package, load_deck())
    assert {name for name in ("wire-ends-on-nothing", "wires-cross-in-one-tier", "wire-joins-two-nets", "wires-too-close",
                              "wire-too-near-own-chip-edge") if result.verdict(name).status != "kept"} == set()


def test_a_netlist_names_leads_and_paddle_and_wires_carry_their_nets_to_the_chip():
    package = read(QFN + "netlist: [[VDD, \"\", 1], [S, U1.C1, 2], [GND, paddle, \"\"]]\n")
    nets = dict(zip(package.chips[0].pads.sites.names, package.chips[0].pads.nets))
    assert (nets["A3"], nets["C1"]) == ("GND", "S")
    assert [lead.net for lead in package.carrier.frame.leads[:3]] == ["VDD", "S", ""]
    # With a netlist only pads that have a net are wired, and what has a wire has a net.
    assert {wire.start: wire.end for wire in package.wires} == {"U1.A3": "paddle", "U1.C1": "2"}
    assert said(QFN + "netlist: [[VDD, \"\", 13]]\n") == [
        "p.yaml:14:21: there is no ball, finger or lead '13'; did you mean '3'?"]


@pytest.mark.parametrize("row", ["[U1.A3, paddle]", "{from: paddle, to: U1.A3, at: [0 mm, 0 mm]}"])
def test_a_wire_to_the_paddle_says_where(row):
    assert said(changed("{from: U1.A3, to: paddle, at: [0 mm, -1.4 mm]}", row, QFN))[0].endswith(
        "say where on the paddle this wire ends: {from: U1.A1, to: paddle, at: [1.2 mm, 0 mm]}")


def test_a_place_on_the_paddle_that_is_none_is_a_fault_there():
    assert said(changed("at: [0 mm, -1.4 mm]", "at: [0 mm]", QFN))[0] == (
        "p.yaml:12:40: expected x and y, not a list; write for example [1.2 mm, 0 mm]")


def test_two_chips_of_one_name_with_other_pads_are_a_fault_and_not_a_crash(tmp_path):
    chip = ("  - {{name: R1, size: [2 mm, 1 mm], thickness: 65 um, bonded: face-up, attach: 10 um,"
            " pads: {{array: {{at: {{{}: [0.5 mm, 0.1 mm]}}}}, size: 50 um}}}}\n")
    text = ("package: P\ncarrier: {kind: substrate, size: [9 mm, 9 mm]}\nchips:\n" + chip.format("A1") + chip.format("A2")
            + "wires: {defaults: {diameter: 20 um, loop_height: 100 um}, list: []}\n")
    with pytest.raises(Faults) as raised:
        read_package_text(text, "p.yaml", tmp_path)
    assert [str(fault) for fault in raised.value.faults] == [
        "p.yaml:5:12: 'R1' is the name of another part, in line 4; give each part its own"]
