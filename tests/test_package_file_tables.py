"""Tables that a package file names, as other programs write them: of balls, fingers, nets and wires."""

from pathlib import Path

import pytest

from overmold.faults import Faults
from overmold.package_file import read_package_text
from workbooks import workbook

HEAD = """package: T
carrier: {kind: substrate, size: [10 mm, 10 mm], fingers: [FINGERS]}
chips: [{name: U1, size: [3 mm, 3 mm], thickness: 100 um, bonded: face-up, attach: 20 um,
  pads: {array: {grid: [3, 3], pitch: 1 mm}, size: 80 um}}]
balls: {array: {ARRAY}, diameter: 0.3 mm}
"""
RING = "{ring: [6 mm, 6 mm], count: [4, 4], size: [80 um, 200 um]}"
TWO = "grid: [2, 1], pitch: 1 mm"


def read(more="", array=TWO, fingers=RING, **tables):
    text = HEAD.replace("FINGERS", fingers).replace("ARRAY", array) + more
    data = {name.replace("_", ".", 1): one if isinstance(one, bytes) else one.encode() for name, one in tables.items()}
    return read_package_text(text, "p.yaml", Path(), data)


def faults(*args, **tables):
    with pytest.raises(Faults) as caught:
        read(*args, **tables)
    return [str(fault) for fault in caught.value.faults]


def spots(package):
    return dict(zip(package.balls.sites.names, map(tuple, package.balls.sites.xy.tolist())))


def test_a_table_of_balls_is_meant_as_it_is_said():
    table = "Ball;X [mm];Y [mm];Net\nA1;1,0;2,0;VDD\nA2;3,0;2,5;GND\n"
    assert spots(read(array="csv: b.csv", b_csv=table)) == {"A1": (1_000_000, 2_000_000), "A2": (3_000_000, 2_500_000)}
    assert spots(read(array="csv: b.csv, y: up, view: bottom", b_csv=table))["A2"] == (-3_000_000, -2_500_000)
    assert spots(read(array="csv: b.csv, origin: middle, y: up", b_csv=table))["A1"] == (-1_000_000, 250_000)
    package = read(array="csv: b.csv, origin: [1 mm, 2 mm]", b_csv=table)
    assert spots(package)["A1"] == (0, 0)
    assert package.remarks == ("b.csv: left out, for a table of sites has no such column: Net",)
    assert spots(read(array="csv: b.xlsx", b_xlsx=workbook({"A": [["Ball", "X mm", "Y mm"], ["A1", 1, 2]]}))) == {
        "A1": (1_000_000, 2_000_000)}
    assert faults(array=f"{TWO}, y: up") == [
        "p.yaml:5:44: 'y' says how a table is meant, and there is none here; leave it out"]
    assert faults(array="csv: b.csv, view: side", b_csv=table) == ["p.yaml:5:35: unknown value 'side'; known: top, bottom"]


def test_a_netlist_may_have_two_columns_or_more_than_three():
    nets = {}
    for name, table in {
        "n_csv": "Signal,Pin\nVDD,U1.A1\nVDD,A1\nGND,A2\n", "n_tsv": "# a "
        "note\nNet\tPad\tBall\tComment\nVDD\tU1.A1\tA1\t-\nGND\t\tA2\n",
        "n_xlsx": workbook({"Cover": [["ACME"]], "Nets": [["Netz", "Kugel", "Pad"], ["VDD", "A1", "U1.A1"], ["GND", "A2"]]}),
        "n_txt": "net;ball\nVDD;A1\nGND;A2\n",
    }.items():
        package = read(f"netlist: {name.replace('_', '.')}\n", **{name: table})
        assert package.balls.nets == ("VDD", "GND")
        nets[name] = package.chips[0].pads.nets[0], package.remarks
    assert nets == {"n_csv": ("VDD", ()), "n_txt": ("", ()), "n_xlsx": ("VDD", ()),
                    "n_tsv": ("VDD", ("n.tsv: left out, for a netlist has no such column: Comment",))}
    assert faults("netlist: n.csv\n", n_csv="net,pin\nVDD,A9\n") == ["n.csv:2:5: the package has no ball 'A9'"]


def test_fingers_may_come_from_a_table():
    table = "Finger;X (um);Y (um);Angle;Net\nB1;-3000;500;90;VDD\nB2;3000;500,5;45 deg;NC\n"
    package = read(fingers="{csv: f.csv, size: [80 um, 200 um]}", f_csv=table.replace("Finger", "Bond Pad"))
    assert [(one.name, one.at, one.angle, one.net) for one in package.carrier.fingers] == [
        ("B1", (-3_000_000, 500_000), 90_000, "VDD"), ("B2", (3_000_000, 500_500), 45_000, "")]
    assert faults(fingers="{csv: f.csv, size: [80 um, 200 um]}", f_csv="name,x mm,y mm\nB.1,0,0\n") == [
        "f.csv:2:1: 'B.1' cannot be a part's name: no blanks, points, commas, quotes, slashes or brackets, 60 characters at "
        "most; "
        "write for example U1"]
    assert "write one of ring, row, arc, at and csv, not both ring and csv" in faults(
        fingers=RING.replace("}", ", csv: f.csv}"), f_csv=table)[0]


def test_a_table_of_wires_has_units_in_its_heads_and_a_length_that_is_checked():
    wires = "wires: {defaults: {diameter: 25 um, loop_height: 120 um}, csv: w.csv}\n"
    table = "From,To,Diameter [um],Loop Height (um),Length [mm],Remark\nU1.A1,F1,20,110,2.1,x\nU1.B1,F2,25,,2.094,\n"
    package = read(wires, w_csv=table)
    assert [(one.diameter, one.loop_height.nominal) for one in package.wires] == [(20_000, 110_000), (25_000, 120_000)]
    plan = [round(((one.to_at[0] - one.from_at[0])**2 + (one.to_at[1] - one.from_at[1])**2)**0.5) for one in package.wires]
    off = [length for length, said in zip(plan, (2_100_000, 2_094_000)) if abs(length - said) > 50_000]
    told = [one for one in package.remarks if "one of the two is wrong" in one]
    assert len(told) == len(off) > 0
    assert told[0].startswith("w.csv:2:1: U1.A1 to F1 is 2.1 mm long in this table, and ")
    assert "w.csv: left out, for a table of wires has no such column: Remark" in package.remarks
    assert [wire.start for wire in read(wires, w_csv="Start,End\nU1.A1,F1\n").wires] == ["U1.A1"]
    # A bare length without a unit anywhere says nothing.
    assert read(wires, w_csv="from,to,length\nU1.A1,F1,2.1\n").remarks == ()
