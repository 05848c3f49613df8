"""Ball maps as makers of devices and their customers pass them on: the shapes of public files with data of our own, each the
same nine balls, and what is left out or guessed on the way."""

import io
import zipfile

import pytest

from overmold.faults import Faults
from test_import_ball_maps import HERE, NETS, PITCH, comma, imported, rows, sheet
from workbooks import MAIN, workbook

P = {"pitch": PITCH}
PLACES = "Ball,X [mm],Y [mm],Net\n"
BODY = rows("{n},{x},{y},{net}")


def lines(line, **more):
    """One text a ball with its number from 0, its places in nm and what else is given."""
    return "".join(line.format(i=i, n=n, r=n[0], c=n[1], net=net, x=HERE[n][0], y=-HERE[n][1], **more)
                   for i, (n, net) in enumerate(NETS.items()))


def drawn(cell="{net}", mark=",", left=True, right=False, letters="ABC"):
    """The rows of a matrix."""
    body = [mark.join([*[r] * left, *(cell.format(n=r + c, net=NETS[r + c]) for c in "123"), *[r] * right]) for r in letters]
    return "\n".join(body) + "\n"


MERGED = workbook({"S": [["Row", "Column", "Net"], *([r if c == 1 else None, c, NETS[f"{r}{c}"]]
                                                     for r in "ABC" for c in (1, 2, 3))]})

VENDORS = {
    "AMD, CSV": ("Device/Package xc7tiny 10/18/2012 10:57:53,,,,,,,\n,,,,,,,\nPin,Pin Name,Memory Byte Group,Bank,VCCAUX Group,"
                 "Super Logic Region,I/O Type,No-Connect\n" + rows("{n},{net},NA,14,NA,NA,HR,NA")
                 + ",,,,,,,\nTotal Number of Pins,9,,,,,,\n", P),
    "AMD, text": ("Device/Package xc7tiny\n\nPin   Pin Name                 Memory Byte Group   Bank   I/O Type\n"
                  + rows("{n}    {net}              NA                  14     HR") + "\nTotal Number of Pins, 9\n", P),
    "AMD, later": ("--Copyright ACME\n--Device : xczu3\n\nPin,Pin Name,Memory Byte Group,Bank,I/O Type,Super Logic Region\n"
                   + rows("{n},{net},1U,65,HP,NA") + "\nTotal Number of Pins 9\n", P),
    "Lattice": ("# Pin Out For TINY,,,,,,,\n# Version 1.0,,,,\n,,,,,\nPAD,Pin/Ball Function,Bank,Dual Function,DQS,CABGA9\n"
                + lines("{i},{net},7,-,-,{n}\n") + "40,PL9A,7,-,-,-\n41,PL9B,7,-,-,-\n", P),
    "Intel": ("Pin Information for the TINY Device\t\t\t\t\nVersion 2017.08.18\n\nBank Number\tVREFB Group\tPin Name/Function\t"
              "Optional Function(s)\tConfiguration Function\tU9\tDQS for X8/X9\n"
              + rows("B1\tVREFB1N0\t{net}\tDIFFIO_L1p\t\t{n}\tDQ1L"), P),
    "NXP": ("Ball Name;Ball;Power Group;Ball Type;Default Mode\n" + rows("{net};{n};VDDA;GPIO;ALT0"), P),
    "TI": ("BALL NUMBER [1];BALL NAME [2];TYPE [5];BALL RESET STATE [6]\n" + rows("{n};{net};IO;OFF"), P),
    "TI, modes below": ("Ball No.,Signal name,Mode\n" + rows("{n},{net},0\n,ALT,1"), P),
    "Microchip": (workbook({"Read me": [["Package Pin Assignment Table"], ["Rev", "1"]], "FCG9": [
        ["FCG9 pin table"], [], ["Package Pin", "Pin Name", "Bank"], *([n, net, 1] for n, net in NETS.items())]}), P),
    "ST": ("Pin number;;Pin name (function after reset);Pin type\nUFBGA9;LQFP9;;\n" + lines("{n};{i};{net};I/O\n"), P),
    "Renesas": ("Pin No.,Symbol,I/O,Description\n" + rows("{n},{net},I/O,\"Some, text\""), P),
    "Cadence": ("PIN NUMBER  PIN NAME  X-COORD  Y-COORD  UNITS\n" + rows("{n}   {net}   {x:.4f}   {y:.4f}   MM"), {}),
    "a column a package": ("Pin Name,VFBGA9,LQFP32\n" + lines("{net},{n},{i}\n"), P),
}
SHAPES = {
    "merged heads": (workbook({"S": [["Ball", "Coordinates", None, "Net"], [None, "X [mm]", "Y [mm]", None],
                                     *([a, c, d, b] for a, b, c, d in sheet())]}), {}),
    "merged heads, the unit above": ("Ball;Position [mm];;Net\n;X;Y;\n" + rows("{n};{x};{y};{net}"), {}),
    "a row of units": ("Ball,X,Y,Net\n,mm,mm,\n" + BODY, {}),
    "a row of units in brackets": ("Ball,X,Y,Net\n-,[um],[um],-\n" + rows("{n},{x:.0f},{y:.0f},{net}", scale=1000), {}),
    "a column of units": ("Pin,Net,X,Y,Unit\n" + rows("{n},{net},{x},{y},mm"), {}),
    "heads of two lines": ('"Ball\nNo.","X\n[mm]","Y\n[mm]","Net\nname"\n' + BODY, {}),
    "remarks of two lines": ("Ball,X [mm],Y [mm],Net,Remark\n" + rows('{n},{x},{y},{net},"line one\nline, two"'), {}),
    "notes below": (PLACES + BODY + "\nNotes:\n1) All dimensions in mm\n2) A1 is at the top left\n", {}),
    "notes below nets": ("Ball,Net\n" + rows("{n},{net}") + "\nNote: see the data sheet\n", P),
    "a total": (PLACES + BODY + "Total,,,9\n", {}),
    "a total in words": (PLACES + BODY + "Total balls: 9,,,\n", {}),
    "a sum in the wrong column": ("Ball;X [mm];Y [mm];Net\n" + rows("{n};{x};{y};{net}") + "Summe;9;;\n", {}),
    "heads on every page": (PLACES + BODY.replace("B1,", "\n,,,\n" + PLACES + "B1,"), {}),
    "side by side": ("Ball,Net,,Ball,Net,,Ball,Net\n" + "".join(",,".join(
        f"{r}{c},{NETS[r + c]}" for r in "ABC") + "\n" for c in "123"), P),
    "a letter for a whole row": (MERGED, P),
    "nets on a sheet of their own": (workbook({"Places": [["Ball", "X (mm)", "Y (mm)"], *([a, c, d] for a, _, c, d in sheet())],
                                               "Netlist": [["Net", "Ball"], *([b, a] for a, b, _, _ in sheet())]}), {}),
    "both places in one cell": ("Ball;Position [mm];Net\n" + rows("{n};{x}/{y};{net}"), {}),
    "counted with #": ("#,Ball,Net,X [mm],Y [mm]\n" + rows("7,{n},{net},{x},{y}"), {}),
    "counted with #, workbook": (workbook({"S": [["#", "Ball", "Net", "X [mm]", "Y [mm]"], *([i, *one] for i, one in enumerate(
        sheet()))]}), {}),
    "heads behind a #": ("# made by a tool\n# Ball,Net,X [mm],Y [mm]\n" + rows("{n},{net},{x},{y}"), {}),
    "Markdown": ("| Ball | Net | X [mm] | Y [mm] |\n|---|:--:|---:|---|\n" + rows("| {n} | {net} | {x} | {y} |"), {}),
    "drawn with dashes": ("+----+-----+-----+\n| Ball | Net | X [mm] | Y [mm] |\n+----+----+\n"
                          + rows("| {n} | {net} | {x} | {y} |"), {}),
    "sep= for a spreadsheet": ("sep=;\nBall;X [mm];Y [mm];Net\n" + rows("{n};{x};{y};{net}"), {}),
    "a unit a column": ("Ball,X [mm],Y [um],Net\n" + lines("{n},{x}e-6,{y}e-3,{net}\n"), {}),
    "thousands apart": ("Ball;X [nm];Y [nm];Net\n" + lines("{n};{x:,};{y:,};{net}\n").replace(",", "'"), {}),
    "a printer's minus": ("Ball;X [mm];Y [mm];Net\n" + rows("{n};{x};{y};{net}").replace("-", "−"), {}),
    "blanks that do not break": ("Ball;X\u00a0[mm];Y\u00a0[mm];Net\n" + rows("{n}\u00a0;{x};{y};{net}"), {}),
    "UTF-16 without its mark": ((PLACES + BODY).encode("utf-16-le"), {}),
    "lines ended by CR": ((PLACES + BODY).replace("\n", "\r"), {}),
    "GB 18030": (("球号,信号名,X坐标(mm),Y坐标(mm)\n" + rows("{n},{net},{x},{y}")).encode("gb18030"), {}),
    "Shift JIS": (("ボール番号,信号名,X座標(mm),Y座標(mm)\n" + rows("{n},{net},{x},{y}")).encode("shift_jis"), {}),
    "decimal commas in quotes": ("Ball,Net,X [mm],Y [mm]\n" + rows('{n},{net},"{x}","{y}"').replace(".", ","), {}),
    "single blanks": ("Ball Net X_mm Y_mm\n" + rows("{n} {net} {x} {y}"), {}),
    "least and greatest below": (PLACES + BODY + "MIN,-0.8,-0.8,\nMAX,0.8,0.8,\n", {}),
    "titles among the rows": (PLACES + BODY.replace("B1,", "Bank 2,,,\nB1,"), {}),
    "names and nets without heads": (rows("{n},{net}"), P),
    "Polish": ("Kulka;Nazwa sygnału;Współrzędna X [mm];Współrzędna Y [mm]\n" + comma(rows("{n};{net};{x};{y}")), {}),
    "Turkish": ("Bilye No;Sinyal;X koordinatı [mm];Y koordinatı [mm]\n" + comma(rows("{n};{net};{x};{y}")), {}),
    "Swedish": ("Kula;Signalnamn;X-koordinat (mm);Y-koordinat (mm)\n" + comma(rows("{n};{net};{x};{y}")), {}),
    "pitch before its word": ("ACME TINY package, 9-ball BGA, 0.8mm pitch, 3.0 x 3.0 mm body\nBall,Net\n"
                              + rows("{n},{net}"), {}),
    "pitch with its letter": ("Ball pitch e = 0.80 mm\nBall,Net\n" + rows("{n},{net}"), {}),
}
MATRICES = {
    "letters at the right": ("1,2,3,\n" + drawn(left=False, right=True), P),
    "letters on both sides": (",1,2,3,\n" + drawn(right=True) + ",1,2,3,\n", P),
    "counted below": (drawn() + ",1,2,3\n", P),
    "upside down": (drawn(letters="CBA") + ",1,2,3\n", P),
    "letters above": (",A,B,C\n" + "".join(",".join([c, *(NETS[r + c] for r in "ABC")]) + "\n" for c in "123"), P),
    "names in the cells": (",1,2,3\n" + drawn("{n} {net}"), P),
    "names in the cells, two lines": (",1,2,3\n" + drawn('"{n}\n{net}"'), P),
    "names in the cells, workbook": (workbook({"M": [["", 1, 2, 3], *(
        [r, *(f"{r}{c}\n{NETS[r + c]}" for c in "123")] for r in "ABC")]}), P),
    "empty columns and lines between": (",,1,,2,,3\n" + "".join(f"{r},,{NETS[r + '1']},,{NETS[r + '2']},,{NETS[r + '3']}\n\n"
                                                                  for r in "ABC"), P),
    "kept apart by blanks": ("     1      2      3\n" + "".join("  ".join([r, *(f"{NETS[r + c]:5}" for c in "123")]) + "\n"
                                                                 for r in "ABC"), P),
    "columns called C1": ("Top view;C1;C2;C3\n" + drawn(mark=";"), P),
    "notes below a matrix": (",1,2,3\n" + drawn() + "\nLegend: supply in red\n", P),
}


@pytest.mark.parametrize("shape", [*VENDORS, *SHAPES, *MATRICES])
def test_a_map_as_people_pass_it_on_is_the_same_package(shape):
    data, asked = {**VENDORS, **SHAPES, **MATRICES}[shape]
    found = imported(data, **asked)
    balls = found.package.balls
    assert {name: tuple(xy) for name, xy in zip(balls.sites.names, balls.sites.xy.tolist())} == HERE, found.notes
    assert dict(zip(balls.sites.names, balls.nets)) == NETS, found.notes


@pytest.mark.parametrize(("table", "asked", "said"), [
    (VENDORS["AMD, CSV"], {}, "left out, for no ball stands there: row 14 ('Total Number of Pins 9')"),
    (VENDORS["Lattice"], {}, "guess, by what stands in it: the balls' names are in the column 'CABGA9'"),
    (VENDORS["Lattice"], {}, "left out, for they name no ball: 2 rows (14, 15)"),
    (VENDORS["TI, modes below"], {}, "left out, for they name no ball: 9 rows (3, 5, 7, 9 …)"),
    (SHAPES["both places in one cell"], {}, "guess: column 2 has x and y in one cell"),
    (SHAPES["side by side"], {}, "3 tables stand side by side here"),
    (SHAPES["a letter for a whole row"], {}, "guess: where the row's letter is missing it is that of the line above"),
    (SHAPES["nets on a sheet of their own"], {}, "sheet 'Netlist': taken: the nets, by the names of the balls"),
    (MATRICES["upside down"], {}, "guess: seen from below"),
    (MATRICES["letters above"], {}, "guess: seen from below"),
    (MATRICES["notes below a matrix"], {}, "left out, for they have no place in the matrix: 1 rows (6)"),
    ((",1,2,5\n" + drawn(), P), {}, "guess: where columns or rows are counted and not drawn"),
])
def test_what_was_made_of_it_is_said(table, asked, said):
    data, more = table
    assert said in "\n".join(imported(data, **more, **asked).notes)


@pytest.mark.parametrize(("data", "asked", "said"), [
    ("Pin Name,BGA9,BGA16\nVDD,A1,A2\nGND,B1,B2\nIO,C1,C2\n", P,
     "map.csv:1:2: the balls of several packages are listed here: BGA9, BGA16; say which with --columns name=BGA9"),
    (PLACES + BODY.replace("B1,-0.8", "B1,"), {}, "map.csv:5:4: this row has no x"),
    ('Ball,Net,X [um],Y [um]\nA1,VDD,"1,200",0\n', {}, "map.csv:2:9: '1,200' is not a valid length"),
    (PLACES + BODY + "D1,Total,0,VDD\n", {}, "map.csv:11:4: 'Total' is not a valid length"),
    ('Ball,X [mm],Y [mm],Net\nA1,0,0,"VDD\nA2,1,0,GND"\n', {}, "map.csv:2:1: a quote that is not closed"),
    ("Ball,Net,,Ball,Net\nA1,VDD,,A1,GND\n", P, "map.csv:2:9: 'A1' is there already, in row 2"),
    ("Ball,Net\n" + rows("{n},{net}") + "foo,GND\n", P, "map.csv:11:1: no places are stated, and 'foo' names no row"),
])
def test_what_is_no_note_is_a_fault_where_it_stands(data, asked, said):
    with pytest.raises(Faults) as caught:
        imported(data, **asked)
    assert next(str(fault) for fault in caught.value.faults).startswith(said), caught.value.faults
    assert len({fault.message for fault in caught.value.faults}) == 1


def test_a_net_may_list_its_balls_in_one_cell():
    found = imported("Net;Balls\nVDD;A1 A2\nGND;B1, B2\n", **P)
    assert dict(zip(found.package.balls.sites.names, found.package.balls.nets)) == {
        "A1": "VDD", "A2": "VDD", "B1": "GND", "B2": "GND"}
    assert "2 rows name several balls, each of which is on that net" in found.notes


def test_the_columns_that_are_asked_for_leave_the_others_to_their_heads():
    table = "Pin Name,BGA9,BGA16\n" + rows("{net},{n},D{c}{r}")
    balls = imported(table, columns={"name": "BGA9", "net": "Pin Name"}, **P).package.balls
    assert dict(zip(balls.sites.names, balls.nets)) == NETS
    places = imported("P,Net,X [mm],Y [mm]\n" + rows("{n},{net},{x},{y}"), columns={"name": "P"})
    assert dict(zip(places.package.balls.sites.names, places.package.balls.nets)) == NETS


def test_a_merged_cell_is_the_net_of_every_row_that_it_covers():
    table = [["Ball", "X [mm]", "Y [mm]", "Net"], ["A1", 0, 0, "GND"], ["A2", 1, 0, None], ["A3", 2, 0, "VDD"]]
    data = workbook({"S": table})
    part = "xl/worksheets/s1.xml"
    text = zipfile.ZipFile(io.BytesIO(data)).read(part).decode()
    assert MAIN in text
    merged = workbook({"S": table}, **{part: text.replace(
        "</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="D2:D3"/></mergeCells>')})
    assert imported(data).package.balls.nets == ("GND", "", "VDD")
    assert imported(merged).package.balls.nets == ("GND", "GND", "VDD")
