"""The tables for bonders and testers: every die pad on its way to the ball, every wire with its numbers."""

from __future__ import annotations

from overmold.metal import connection_cells, connection_table, metal_of, wire_cells, wire_table
from overmold.metal.tables import CONNECTION_COLUMNS, WIRE_COLUMNS
from overmold.package_file import read_package_file
from paths import DEMO, REPOSITORY
from test_opens_and_shorts import FLAT, STACK, made


def test_a_die_pad_is_followed_over_bump_or_wire_and_finger_to_its_balls() -> None:
    rows = [connection_cells(row) for row in connection_table(made(STACK, wires__list=[["U1.W1", "F1"]]))]
    assert rows == [
        ("GND", "U1.W2", "nothing", "nothing", "", ""),
        ("GND", "U1.P2", "bump", "U2.A2", "", ""),
        ("GND", "U2.A2", "bump", "U1.P2", "", ""),
        ("VDD", "U1.W1", "W1", "F1", "F1", "A1"),
        ("VDD", "U1.P1", "bump", "U2.A1", "", ""),
        ("VDD", "U2.A1", "bump", "U1.P1", "", ""),
        ("", "U1.P3", "bump", "U2.A3", "", ""),
        ("", "U1.P4", "bump", "U2.A4", "", ""),
        ("", "U2.A3", "bump", "U1.P3", "", ""),
        ("", "U2.A4", "bump", "U1.P4", "", ""),
    ]
    assert len(CONNECTION_COLUMNS) == len(rows[0])


def test_a_bump_on_the_carrier_reaches_its_balls_and_one_without_a_net_none() -> None:
    rows = connection_table(made(FLAT))
    assert [(row.pad, row.to, row.exits) for row in rows] == [
        ("U1.A2", "carrier", ("A2",)), ("U1.A1", "carrier", ("A1",)), ("U1.B1", "carrier", ()), ("U1.B2", "carrier", ())]


def test_through_silicon_a_net_is_followed_down_to_the_balls() -> None:
    package = read_package_file(REPOSITORY / "examples/interposer_2.5d.yaml")
    rows = connection_table(package)
    upper = [row for row in rows if row.pad.startswith("U2.") and row.net]
    assert upper
    assert all(row.to.startswith("U1.") for row in upper)
    reached = {net for row in rows if row.pad.startswith("U1.") and row.to == "carrier" and row.exits for net in [row.net]}
    for row in upper:
        assert bool(row.exits) == (row.net in reached), row
        balls = package.balls
        assert balls is not None
        assert set(row.exits) <= {name for name, net in zip(balls.sites.names, balls.nets) if net == row.net}
    assert connection_cells(max(upper, key=lambda row: len(row.exits)), most=2)[5].endswith("more")


def test_a_lead_frame_is_left_by_its_leads() -> None:
    package = read_package_file(DEMO.parent / "qfn.yaml")
    rows = connection_table(package)
    assert {row.exits for row in rows if row.pad == "U1.L1"} == {("1",)}
    assert {row.to for row in rows} >= {"1", "paddle"}


def test_a_wire_is_told_with_pad_finger_length_angle_loop_tier_and_net() -> None:
    rows = [wire_cells(row) for row in wire_table(made(STACK))]
    assert rows == [("W1", "U1.W1", "F1", "900 um", "0 deg", "90 um", "1", "VDD"),
                    ("W2", "U1.W2", "F2", "900 um", "0 deg", "90 um", "1", "GND")]
    assert len(WIRE_COLUMNS) == len(rows[0])
    assert wire_table(made(FLAT)) == ()


def test_the_tables_of_a_whole_example_miss_no_pad_with_a_net_and_no_wire() -> None:
    package = read_package_file(REPOSITORY / "examples/flip_face-up_flip_stack.yaml")
    pieces = metal_of(package).pieces
    pads = {pieces.name(i) for i in range(len(pieces)) if pieces.net[i] and pieces.name(i)[:1] == "U"}
    assert {row.pad for row in connection_table(package)} >= pads
    assert len(wire_table(package)) == len(package.wires)
