"""The tables for bonders and testers: every die pad on its way to the ball, every wire with its numbers."""

from __future__ import annotations

import csv
import io
import json
from itertools import combinations
from pathlib import Path

import pytest

from dose import dose
from overmold.check import check
from overmold.claims import claim_chart
from overmold.cli import main
from overmold.metal import metal_of
from overmold.metal.tables import connection_table, wire_table
from overmold.package_file import read_package_file
from overmold.pages.check import check_page
from overmold.report.finding import Report
from overmold.report.wiring import CONNECTION_COLUMNS, WIRE_COLUMNS, connection_cells, csv_text, wire_cells
from paths import DEMO, REPOSITORY
from random_metal import Doubtful, a_package, bits_of, islands, joints_by_looking_at_all
from test_metal import EXITS, ON_PARTS, on_the_carrier, sound_pairs
from test_opens_and_shorts import FLAT, STACK, made
from test_report_formats import valid

STACKED = REPOSITORY / "examples/flip_face-up_flip_stack.yaml"


def told(package, *columns: str) -> list[tuple[str, ...]]:
    picked = [CONNECTION_COLUMNS.index(column) for column in columns]
    return [tuple(connection_cells(row)[i] for i in picked) for row in connection_table(package)]


def test_a_die_pad_is_followed_over_bump_or_wire_and_finger_to_its_balls() -> None:
    rows = told(made(STACK, wires__list=[["U1.W1", "F1"]]),
                "net", "chip", "pad", "by", "wire", "lands on", "balls and leads", "state")
    assert rows == [
        ("GND", "U1", "W2", "nothing", "", "nothing", "", "open"),
        ("GND", "U1", "P2", "bump", "", "U2.A2", "", "open"),
        ("GND", "U2", "A2", "bump", "", "U1.P2", "", "open"),
        ("VDD", "U1", "W1", "wire", "W1", "F1", "A1", "connected"),
        ("VDD", "U1", "P1", "bump", "", "U2.A1", "", "through a chip"),
        ("VDD", "U2", "A1", "bump", "", "U1.P1", "", "through a chip"),
        ("", "U1", "P3", "bump", "", "U2.A3", "", "no net"),
        ("", "U1", "P4", "bump", "", "U2.A4", "", "no net"),
        ("", "U2", "A3", "bump", "", "U1.P3", "", "no net"),
        ("", "U2", "A4", "bump", "", "U1.P4", "", "no net"),
    ]


def test_a_bump_on_the_carrier_reaches_its_balls_and_one_without_a_net_none() -> None:
    rows = connection_table(made(FLAT))
    assert [(row.pad, row.to, row.exits, row.state) for row in rows] == [
        ("A2", "carrier", ("A2",), "connected"), ("A1", "carrier", ("A1",), "connected"),
        ("B1", "carrier", (), "no net"), ("B2", "carrier", (), "no net")]


def test_a_short_names_the_other_net_on_every_pad_that_it_reaches() -> None:
    package = made(STACK, wires__list=[["U1.W1", "F1"], ["U1.W2", "F1"]])
    sound = made(STACK)
    assert not any(row.state.startswith("short") for row in (*connection_table(sound), *wire_table(sound)))
    states = {(row.pad, row.net): row.state for row in connection_table(package)}
    assert states["W1", "VDD"] == "short to GND"
    assert states["W2", "GND"] == "short to VDD"
    assert [row.state.split(" ")[0] for row in wire_table(package)] == ["short", "short"]


def test_through_silicon_a_net_is_followed_down_to_the_balls() -> None:
    package = read_package_file(REPOSITORY / "examples/interposer_2.5d.yaml")
    rows = connection_table(package)
    upper = [row for row in rows if row.chip == "U2" and row.net]
    assert upper
    assert all(row.to.startswith("U1.") for row in upper)
    reached = {row.net for row in rows if row.chip == "U1" and row.to == "carrier" and row.exits}
    for row in upper:
        assert bool(row.exits) == (row.net in reached), row
        assert row.state == ("connected" if row.exits else "between chips")
        balls = package.balls
        assert balls is not None
        assert set(row.exits) <= {name for name, net in zip(balls.sites.names, balls.nets) if net == row.net}
    assert connection_cells(max(upper, key=lambda row: len(row.exits)), most=2)[-2].endswith("more")


def test_a_lead_frame_is_left_by_its_leads() -> None:
    rows = connection_table(read_package_file(DEMO.parent / "qfn.yaml"))
    assert {row.exits for row in rows if (row.chip, row.pad) == ("U1", "L1")} == {("1",)}
    assert {row.to for row in rows} >= {"1", "paddle"}


def test_a_wire_is_told_with_its_ends_and_its_numbers() -> None:
    rows = [dict(zip(WIRE_COLUMNS, wire_cells(row))) for row in wire_table(made(STACK))]
    assert [row["wire"] for row in rows] == ["W1", "W2"]
    assert {name: rows[0][name] for name in ("net", "from", "to", "length (um)", "angle (deg)", "loop height (um)",
                                             "diameter (um)", "tier", "metal", "state")} == {
        "net": "VDD", "from": "U1.W1", "to": "F1", "length (um)": "900", "angle (deg)": "0", "loop height (um)": "90",
        "diameter (um)": "20", "tier": "1", "metal": "", "state": "connected"}
    assert abs(float(rows[0]["x1 (mm)"]) - float(rows[0]["x2 (mm)"])) == pytest.approx(0.9)
    assert wire_table(made(FLAT)) == ()


def test_the_tables_of_a_whole_example_miss_no_pad_with_a_net_and_no_wire() -> None:
    package = read_package_file(STACKED)
    pieces = metal_of(package).pieces
    pads = {pieces.name(i) for i in range(len(pieces)) if pieces.net[i] and pieces.name(i)[:1] == "U"}
    assert {f"{row.chip}.{row.pad}" for row in connection_table(package)} >= pads
    assert len(wire_table(package)) == len(package.wires)


def test_exits_opens_and_shorts_are_those_of_walking_over_every_pair() -> None:
    """The oracle of tests/test_metal.py: joints by looking at every two pieces, islands by walking from each."""
    states: set[str] = set()
    sure = sum(walked(seed, states) for seed in range(dose(60, 500)))
    assert sure > dose(60, 500) * 0.8
    assert states | {"through a chip"} == {"connected", "through a chip", "between chips", "open", "no net", "short"}


def walked(seed: int, states: set[str]) -> bool:
    package = a_package(seed)
    bits = bits_of(package)
    try:
        joints = joints_by_looking_at_all(package, bits)
    except Doubtful:
        return False
    net, names = {bit.what: bit.net for bit in bits}, [bit.what for bit in bits]
    sound = sound_pairs(bits, joints, on_the_carrier(package, bits))
    joined = [tuple(pair) for _, pair in joints]
    on_chip = [(a, b) for a, b in combinations(bits, 2) if a.net and a.net == b.net and a.what[1] == b.what[1]
               and a.what[0] in ("bump", "bond pad") and b.what[0] in ("bump", "bond pad")]
    through_chip = {chip.name for chip in package.chips if chip.bumps is not None and chip.pads is not None}
    through = islands(names, sound + [(a.what, b.what) for a, b in on_chip if a.what[1] in through_chip])
    within = islands(names, sound + [(a.what, b.what) for a, b in on_chip])
    everything, alone = islands(names, sound + joined), islands(names, sound)
    rows = connection_table(package)
    pads = {name for name in names if name[0] in ("bump", "bond pad")}
    assert {(row.chip, row.pad) for row in rows} >= {name[1:] for name in pads if net[name]}
    for row in rows:
        (pad,) = [name for name in pads if name[1:] == (row.chip, row.pad)]
        exits = {one[2] for one in through[pad] if one[0] in EXITS and net[one]} if net[pad] else set()
        assert set(row.exits) == exits
        others = {net[one] for one in everything[pad]} - {"", net[pad]}
        parts = {one[1] if one[0] in ON_PARTS else "exit" for one in alone[pad] if one[0] in ON_PARTS + EXITS}
        elsewhere = any(net[one] == net[pad] and one not in within[pad] for one in names)
        if others and (net[pad] or len(others) > 1):
            due = "short to " + " and ".join(sorted(others))
        elif not net[pad] or not row.to:
            due = "open" if net[pad] else "no net"
        elif exits:
            due = "connected"
        elif elsewhere or len(parts) < 2:
            due = "open"
        else:
            due = "through a chip" if any(one[0] in EXITS and net[one] == net[pad] for one in names) else "between chips"
        if row.to != "not known":
            assert row.state == due, (seed, row)
            states.add(row.state.split(" to ")[0])
    return True


def test_the_commands_print_the_tables_as_text_csv_and_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    package = read_package_file(STACKED)
    for command, heads, count in (("connections", CONNECTION_COLUMNS, len(connection_table(package))),
                                  ("wires", WIRE_COLUMNS, len(package.wires))):
        assert main([command, str(STACKED)]) == 0
        text = capsys.readouterr().out
        assert text.splitlines()[2].split() == " ".join(heads).split()
        assert len(text.splitlines()) == count + 3
        assert main([command, str(STACKED), "--format", "csv"]) == 0
        rows = list(csv.reader(io.StringIO(capsys.readouterr().out)))
        assert tuple(rows[0]) == heads
        assert len(rows) == count + 1
        assert main([command, str(STACKED), "--format", "json"]) == 0
        data = json.loads(capsys.readouterr().out)
        assert main([command, str(STACKED), "--format", "json", "-o", str(tmp_path / "t.json")]) == 0
        assert json.loads((tmp_path / "t.json").read_text(encoding="utf-8")) == data
        assert main(["drc", str(STACKED), "--format", "json"]) in (0, 1)
        assert valid(capsys.readouterr().out)["reports"][0][command] == data["reports"][0][command]
        assert len(data["reports"][0][command]) == count
    assert main(["wires", str(DEMO)]) == 0
    assert "there are no wires" in capsys.readouterr().out


def test_of_several_files_each_row_names_its_own_and_an_unreadable_one_is_told(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.yaml").write_text("package: X\n", encoding="utf-8")
    assert main(["connections", str(DEMO), str(tmp_path), str(STACKED), "--format", "csv"]) == 2
    said = capsys.readouterr()
    rows = list(csv.DictReader(io.StringIO(said.out)))
    assert {row["file"] for row in rows} == {str(DEMO), str(STACKED)}
    assert "bad.yaml" in said.err
    assert main(["connections", str(tmp_path), "-o", str(tmp_path / "t.csv"), "--format", "csv"]) == 2
    assert "was not written" in capsys.readouterr().err
    assert not (tmp_path / "t.csv").exists()


def test_no_cell_is_a_formula_and_a_name_with_a_comma_stays_one_cell() -> None:
    text = csv_text(("net", "x (mm)"), [("=cmd()", "-1.5"), ("+3V3", "-2"), ("a,b", ""), ('"q"', "3")])
    assert text.splitlines()[1:] == ["'=cmd(),-1.5", "'+3V3,-2", '"a,b",', '"""q""",3']
    package = made(FLAT, netlist=[["-12V", "U1.A1", "A1"], ["+3V3", "U1.A2", "A2"]])
    rows = csv_text(CONNECTION_COLUMNS, [connection_cells(row) for row in connection_table(package)])
    assert "\n'+3V3,U1,A2," in rows
    assert not any(cell[:1] in "=+@" or (cell[:1] == "-" and not cell[1:2].isdigit())
                   for row in csv.reader(io.StringIO(rows)) for cell in row if cell)


def page_of(package) -> str:
    result = check(package)
    return check_page(Report("x.yaml", result, claim_chart(result)), "of a server")[0]  # one that stands alone folds nothing


def test_the_page_has_both_tables_folded_where_they_are_long_and_what_is_open_first() -> None:
    short = page_of(made(STACK, wires__list=[["U1.W1", "F1"]]))
    assert "<h2>Connections</h2>" in short
    assert "<details open><summary>10 rows" in short
    assert "3 open or short" in short
    assert short.index(">open</span>") < short.index(">connected</span>")
    long = page_of(read_package_file(STACKED))
    assert "<details open>" not in long[long.index("<h2>Connections</h2>"):long.index("<h2>Rules explained</h2>")]
    assert "more; <span class=\"mono\">overmold connections FILE --format csv</span> lists all" in page_of(
        read_package_file(REPOSITORY / "examples/interposer_2.5d.yaml"))
    assert "<h2>Wires</h2>" not in page_of(made(FLAT))
