"""Ball maps as vendors and spreadsheets write them: one package of nine balls, in many shapes."""

import time

import numpy as np
import pytest

from overmold.cli import main
from overmold.exchange.reading import Asked
from overmold.exchange.reading.ball_map import read_ball_map
from overmold.faults import Faults
from overmold.package_file import read_package_file
from overmold.units import LENGTH, parse
from workbooks import workbook

# Seen from above: A1 at the top left, 0.8 mm apart. No two nets are alike, and none is where a mirrored one would be.
NETS = {"A1": "VDD", "A2": "GND", "A3": "D0", "B1": "D1", "B2": "D2", "B3": "D3", "C1": "CLK", "C2": "RST", "C3": "IN"}
PITCH = 800_000
HERE = {name: ((int(name[1]) - 2) * PITCH, ("ABC".index(name[0]) - 1) * PITCH) for name in NETS}


def rows(line, x=1.0, y=-1.0, at=0.0, scale=1e6, nets=NETS):
    """One text a ball, of its name, net and place: ``y`` is -1 where y grows up, ``x`` is -1 seen from below."""
    return "".join(line.format(n=name, net=net, x=x * HERE[name][0] / scale + at, y=y * HERE[name][1] / scale + at,
                               r=name[0], c=name[1]) + "\n" for name, net in nets.items())


def comma(text):
    return text.replace(".", ",")


def matrix(columns="123", letters="ABC", mark=","):
    head = mark.join(["", *columns])
    return "\n".join([head, *(mark.join([row, *(NETS[row + column] for column in columns)]) for row in letters)]) + "\n"


def sheet(x=1.0, y=-1.0):
    return [[name, net, x * HERE[name][0] / 1e6, y * HERE[name][1] / 1e6] for name, net in NETS.items()]


MAPS = {
    "plain": ("name,x,y,net\n" + rows("{n},{x} mm,{y} mm,{net}", y=1), {"y": "down"}),
    "heads with units": ("Ball,X [mm],Y [mm],Net\n" + rows("{n},{x},{y},{net}"), {}),
    "micrometres": ("BALL;NET;X(um);Y(um)\n" + rows("{n};{net};{x:.0f};{y:.0f}", scale=1000), {}),
    "decimal comma": ("Kugel;Signalname;X [mm];Y [mm]\n" + comma(rows("{n};{net};{x};{y}")), {}),
    "tabs and other columns": ("Bank\tPin\tPin Name\tX_mm\tY_mm\tComment\n" + rows("34\t{n}\t{net}\t{x}\t{y}\t-"), {}),
    "ball name is the place": ("Ball Name,Signal,x mm,y mm\n" + rows("{n},{net},{x},{y}"), {}),
    "y down, told by the names": ("ball,x_mm,y_mm,net\n" + rows("{n},{x},{y},{net}", y=1), {}),
    "seen from below, told by the names": ("ball,x_mm,y_mm,net\n" + rows("{n},{x},{y},{net}", x=-1), {}),
    "seen from below, stated": ("# Bottom view\nball,x_mm,y_mm,net\n" + rows("{n},{x},{y},{net}", x=-1), {}),
    "origin in a corner": ("ball,x_mm,y_mm,net\n" + rows("{n},{x},{y},{net}", at=2.5), {}),
    "titles above": ("ACME 9000 rev. C\nBody: 3 x 3 mm\n\nball,x,y,net\n" + rows("{n},{x} mm,{y} mm,{net}"), {}),
    "unit in a title": ("# Units: um\nball,x,y,net\n" + rows("{n},{x:.0f},{y:.0f},{net}", scale=1000), {}),
    "unit asked for": ("ball,x,y,net\n" + rows("{n},{x},{y},{net}"), {"unit": "mm"}),
    "byte order mark and quotes": ("\ufeff\"Ball No.\",\"X Coord (mm)\",\"Y Coord (mm)\",\"Net Name\"\n"
                                   + rows("\"{n}\",\"{x}\",\"{y}\",\"{net}\""), {}),
    "UTF-16, as Unicode text": (("Ball\tX [µm]\tY [µm]\tNetz\n"
                                 + rows("{n}\t{x:.0f}\t{y:.0f}\t{net}", scale=1000)).encode("utf-16"), {}),
    "Windows letters": (("Kugel;X [µm];Y [µm];Netz\n"
                         + rows("{n};{x:.0f};{y:.0f};{net}", scale=1000)).encode("cp1252"), {}),
    "Chinese": ("球号,信号名,X坐标(mm),Y坐标(mm)\n" + rows("{n},{net},{x},{y}"), {}),
    "Japanese": ("ボール番号\tX座標[mm]\tY座標[mm]\tネット名\n" + rows("{n}\t{x}\t{y}\t{net}"), {}),
    "Korean": ("볼 번호,X좌표(um),Y좌표(um),신호명\n" + rows("{n},{x:.0f},{y:.0f},{net}", scale=1000), {}),
    "French": ("Bille;Coordonnée X (mm);Coordonnée Y (mm);Signal\n" + comma(rows("{n};{x};{y};{net}")), {}),
    "Russian": ("Номер вывода;Цепь;Координата X, мм;Координата Y, мм\n" + comma(rows("{n};{net};{x};{y}")), {"unit": "mm"}),
    "no language at all": ("qq,ww,ee,rr\n" + rows("{n},{net},{x},{y}"), {"unit": "mm"}),
    "no heads": (rows("{n},{net},{x},{y}"), {"unit": "mm"}),
    "columns of blanks": ("Pin    Signal      X          Y\n" + rows("{n}     {net}     {x:.3f}     {y:.3f}"), {"unit": "mm"}),
    "asked columns by head": ("a,b,c,d\n" + rows("{net},{n},{y},{x}"),
                              {"columns": {"name": "b", "x": "d", "y": "c", "net": "a"}, "unit": "mm"}),
    "asked columns by number": ("?,?,?,?\n" + rows("{net},{n},{y},{x}"),
                                {"columns": {"name": "2", "x": "4", "y": "3", "net": "1"}, "unit": "mm"}),
    "names and nets": ("Pin,Signal\n" + rows("{n},{net}"), {"pitch": PITCH}),
    "names and nets, pitch in a title": ("# pitch 0.8 mm\nSignal;Ball\n" + rows("{net};{n}"), {}),
    "row and column apart": ("Row,Column,Net\n" + rows("{r},{c},{net}"), {"pitch": PITCH}),
    "matrix": ("Pitch: 0.8 mm\n" + matrix(), {}),
    "matrix seen from below": (matrix("321"), {"pitch": PITCH}),
    "matrix with semicolons and a title": ("Package map, top view\n\n" + matrix(mark=";"), {"pitch": PITCH}),
    "workbook": (workbook({"Pins": [["Ball", "Net", "X [mm]", "Y [mm]"], *sheet()]}), {}),
    "workbook, third sheet, empty columns": (workbook({
        "Cover": [["ACME"], [None, "rev. C"]], "Empty": [], "Map": [
            [None, None], [None, "Ball", None, "Net", "x (mm)", "y (mm)", None],
            *([None, one[0], None, *one[1:]] for one in sheet())]}), {}),
    "workbook, a matrix": (workbook({"Map": [[None, 1, 2, 3], *([row, *(NETS[f"{row}{k}"] for k in (1, 2, 3))]
                                                                  for row in "ABC")]}), {"pitch": PITCH}),
    "workbook, a formula and texts in cells": (workbook({"S": [["Ball", "Net", "X [mm]", "Y [mm]"], *(
        [f'<c t="inlineStr"><is><t>{name}</t></is></c>', net, f"<c><f>A1*2</f><v>{x}</v></c>", y]
        for name, net, x, y in sheet())]}), {}),
}


def imported(data, **asked):
    return read_ball_map(data if isinstance(data, bytes) else data.encode(), "map.csv", Asked(**asked))


@pytest.mark.parametrize("shape", MAPS)
def test_a_ball_map_of_any_shape_is_the_same_package(shape):
    data, asked = MAPS[shape]
    found = imported(data, **asked)
    balls = found.package.balls
    assert {name: tuple(xy) for name, xy in zip(balls.sites.names, balls.sites.xy.tolist())} == HERE, found.notes
    assert dict(zip(balls.sites.names, balls.nets)) == NETS, found.notes
    assert any("taken:" in note for note in found.notes)


def test_there_are_more_than_twenty():
    assert len(MAPS) > 30


@pytest.mark.parametrize(("data", "asked", "said"), [
    ("", {}, "map.csv:1:1: there is no table here, for it is empty"),
    ("hello\nworld\n", {}, "map.csv:1:1: no table of balls is found here"),
    ("ball,x,y\nA1,0,0\n", {}, "map.csv:1:1: no unit is stated; say it with --unit"),
    ("ball,net\nA1,VDD\n", {}, "map.csv:1:1: no places and no pitch are stated; say the pitch with --pitch"),
    ("ball,net\nA1,VDD\nfoo,GND\n", {"pitch": PITCH}, "map.csv:3:1: no places are stated, and 'foo' names no row"),
    ("ball,x_mm,y_mm\nA1,0,0\nA1,1,0\n", {}, "map.csv:3:1: 'A1' is there already, in row 2"),
    ("ball,x_mm,y_mm\nA1,0,0\nA2,zero,0\n", {}, "map.csv:3:4: 'zero' is not a valid length"),
    ("ball,x_mm,y_mm\nA1,0,0\nA2,,0\n", {}, "map.csv:3:4: this row has no x"),
    ("ball,x_mm,y_mm\nA1,0,0\n\"A2,1,0\n", {}, "map.csv:3:1: a quote that is not closed"),
    ("ball,x_mm,y_mm\nA1,0,0\n", {"columns": {"name": "bal", "x": "x_mm", "y": "y_mm"}},
     "map.csv: there is no column 'bal' here; did you mean 'ball'?"),
    (workbook({"One": [["ball", "x mm", "y mm"], ["A1", 0, 0], ["A2", "far", 0]]}), {},
     "map.csv, sheet 'One':3:2: 'far' is not a valid length"),
    (workbook({"One": [["ball", "x mm", "y mm"], ["A1", 0, "<c><f>A9+1</f></c>"]]}), {},
     "map.csv, sheet 'One':2:3: '=A9+1' is not a valid length"),
    (workbook({"One": [["a"]], "Two": [["b"]]}), {"sheet": "Three"},
     "map.csv: there is no sheet 'Three'; known: One, Two"),
])
def test_a_bad_map_gives_one_message_with_file_sheet_row_and_column(data, asked, said):
    with pytest.raises(Faults) as caught:
        imported(data, **asked)
    assert next(str(fault) for fault in caught.value.faults).startswith(said)
    assert len(caught.value.faults) == 1


def test_guesses_are_said_and_what_is_stated_is_none():
    told = imported("pad,x_mm,y_mm\nP,0,0\nQ,1,0\nR,0,1\n").notes
    assert [note.partition(";")[0] for note in told if "guess" in note] == [
        "guess: y grows up, as in most tables", "guess: seen from above",
        "guess: the origin is a corner, so the middle of the sites is taken for that of the package"]
    stated = imported("pad,x_mm,y_mm\nP,0,0\nQ,1,0\nR,0,1\n", y="down", view="bottom", origin="table")
    assert [note for note in stated.notes if "guess" in note] == []
    assert stated.package.balls.sites.xy.tolist() == [[0, 0], [-1_000_000, 0], [0, 1_000_000]]


def test_the_command_writes_a_package_file_that_says_what_the_table_does_not(tmp_path, capsys):
    table = tmp_path / "m.csv"
    table.write_text("Ball,Net,X [mm],Y [mm],Bank\n" + rows("{n},{net},{x},{y},7"), encoding="utf-8")
    assert main(["import", str(table), "-o", str(tmp_path / "out"), "--size", "3x3mm"]) == 0
    told = capsys.readouterr()
    text = (tmp_path / "out/m.yaml").read_text(encoding="utf-8")
    assert "grid: [3, 3], pitch: 0.8 mm" in text
    assert "# diameter: 0.4 mm                    # the table does not say" in text
    assert "left out: Bank" in told.err
    filled = text.replace("  # kind: substrate ", "  kind: substrate  #").replace("  # diameter: 0.4 mm ",
                                                                                  "  diameter: 0.4 mm  #")
    (tmp_path / "out/m.yaml").write_text(filled, encoding="utf-8")
    package = read_package_file(tmp_path / "out/m.yaml")
    assert dict(zip(package.balls.sites.names, package.balls.nets)) == NETS
    assert main(["import", str(table), "-o", str(tmp_path / "out")]) == 2  # files that are there stay
    assert "--force" in capsys.readouterr().err
    for wrong in (["--columns", "foo"], ["--pitch", "0 mm"], ["--size", "big"]):
        assert main(["import", str(table), *wrong]) == 2
    assert main(["import", str(tmp_path / "m.docx")]) == 2
    (tmp_path / "m.docx").write_bytes(b"x")
    assert main(["import", str(tmp_path / "m.docx")]) == 2


def test_a_map_of_ten_thousand_balls_is_read_in_a_moment():
    names = [f"{row}{column}" for row in (chr(65 + i) + chr(65 + j) for i in range(10) for j in range(10))
             for column in range(1, 101)]
    xy = np.array([(i % 100, i // 100) for i in range(10_000)])
    text = "ball,x_mm,y_mm,net\n" + "".join(f"{name},{x * 0.5},{-y * 0.5},N{i}\n" for i, (name, (x, y)) in enumerate(
        zip(names, xy.tolist())))
    begun = time.process_time()
    found = imported(text)
    assert len(found.package.balls.sites) == 10_000
    assert int(found.package.balls.sites.xy[1, 0] - found.package.balls.sites.xy[0, 0]) == parse("0.5 mm", LENGTH)
    assert time.process_time() - begun < 6  # a runaway, not a benchmark
