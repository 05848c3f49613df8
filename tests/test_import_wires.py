"""Wire lists and lists of die pads as assembly houses write them: the same wires in many shapes, and what is said of each."""

import pytest

from overmold.exchange.reading import Asked
from overmold.exchange.reading.die_list import read_die_list
from overmold.exchange.reading.wire_list import read_wire_list
from overmold.faults import Faults
from workbooks import workbook

# Pad, finger, their places in um with y up; every wire is 2 mm long in plan.
WIRES = [("P1", "1", -900, 700, -2500, 1900), ("P2", "2", 900, 700, 2500, 1900), ("P3", "3", 900, -700, 2500, -1900)]
PLAIN = "Pad,Finger,Pad X [um],Pad Y [um],Finger X [um],Finger Y [um],Length [um]\n"


def lines(form, length=2000):
    return "".join(form.format(i=i, p=p, f=f, px=px, py=py, fx=fx, fy=fy, l=length, mx=px / 1000, my=py / 1000, gx=fx / 1000,
                               gy=fy / 1000) + "\n" for i, (p, f, px, py, fx, fy) in enumerate(WIRES, 1))


ROWS = lines("{p},{f},{px},{py},{fx},{fy},{l}")
LISTS = {
    "plain": PLAIN + ROWS,
    "heads on two rows": ("Wire,Die pad,,,Lead finger,,,Length\n,Name,X [um],Y [um],Name,X [um],Y [um],[um]\n"
                          + lines("{i},{p},{px},{py},{f},{fx},{fy},{l}")),
    "merged heads of a workbook": workbook({"Cover": [["Rev. A"]], "Bond list": [
        ["Wire no.", "Die pad", None, None, "Bond finger", None, None, "Wire length [um]"],
        [None, "Name", "X [um]", "Y [um]", "Name", "X [um]", "Y [um]", None],
        *([i, p, px, py, f, fx, fy, 2000] for i, (p, f, px, py, fx, fy) in enumerate(WIRES, 1))]}),
    "notes below": PLAIN + ROWS + "\nTotal wires: 3\nNote: Au 25 um\n",
    "a row of units": "Pad,Finger,Pad X,Pad Y,Finger X,Finger Y,Length\n,,um,um,um,um,um\n" + ROWS,
    "decimal comma": ("Drahtnr.;Pad;Bondfinger;Pad X [mm];Pad Y [mm];Finger X [mm];Finger Y [mm];Länge [mm]\n"
                      + lines("{i};{p};{f};{mx};{my};{gx};{gy};2.0").replace(".", ",")),
    "X1 and X2": "Pad Name,Lead No,X1 (um),Y1 (um),X2 (um),Y2 (um),Wire Length (um)\n" + ROWS,
    "a number of the wire": ("Wire #,Die Pad #,Die X (um),Die Y (um),Lead #,Lead X (um),Lead Y (um)\n"
                             + lines("{i},{p},{px},{py},{f},{fx},{fy}")),
    "from and to": "From;From X (um);From Y (um);To;To X (um);To Y (um);Loop group\n" + lines("{p};{px};{py};{f};{fx};{fy};1"),
    "first and second bond": ("1st Bond,1st Bond X (um),1st Bond Y (um),2nd Bond,2nd Bond X (um),2nd Bond Y (um)\n"
                              + lines("{p},{px},{py},{f},{fx},{fy}")),
    "Chinese": "焊盘,焊盘X(um),焊盘Y(um),金手指,手指X(um),手指Y(um),线长(um)\n" + lines("{p},{px},{py},{f},{fx},{fy},{l}"),
    "unit in a comment":
        "# all dimensions in um\nPad,PadX,PadY,Finger,FingerX,FingerY\n" + lines("{p},{px},{py},{f},{fx},{fy}"),
}


def read(data, **asked):
    return read_wire_list(data if isinstance(data, bytes) else data.encode(), "w.csv", Asked(what="wires", **asked))


@pytest.mark.parametrize("shape", LISTS)
def test_a_wire_list_of_any_shape_is_the_same_wires(shape):
    found = read(LISTS[shape])
    assert [(one.start, one.end, one.from_at, one.to_at) for one in found.package.wires] == [
        (f"U1.{p}", f, (px * 1000, -py * 1000), (fx * 1000, -fy * 1000)) for p, f, px, py, fx, fy in WIRES], found.notes
    assert not any("one of the two is wrong" in note for note in found.notes)
    assert "guess: y grows up, as in most lists; say --y down where it does not" in found.notes
    assert any("guess: the middle of the chip is that of its pads" in note for note in found.notes)


def test_a_length_that_is_off_is_named_with_its_row():
    found = read(PLAIN + ROWS.replace("1900,2000\nP3", "1900,2094\nP3"))
    assert [note for note in found.notes if "one of the two is wrong" in note] == [
        "w.csv:3:7: P2 to 2 is 2.094 mm long in this list, and 2 mm from end to end in plan (-94 um); one of the two is wrong"]


def test_a_pad_in_two_places_is_said():
    found = read(PLAIN + ROWS + "P1,2,5,5,2500,1900,\n")
    assert "w.csv:5: P1 lies elsewhere in row 2, where it is taken from" in found.notes


@pytest.mark.parametrize(("data", "said"), [
    (PLAIN.replace(" [um]", "") + ROWS, "w.csv:1:1: no unit is stated; say it with --unit mm or --unit um"),
    (PLAIN + ROWS.replace("P2,2,", "P2,,"), "w.csv:3:4: the end 'to' of this wire is missing"),
    (PLAIN + ROWS.replace("P3,3,900", "P3,3,far"), "w.csv:4:6: 'far' is not a valid length"),
    ("a,b\n1,2\n", "w.csv:1:1: no list of wires is found here"),
])
def test_a_bad_list_gives_one_message_with_file_row_and_column(data, said):
    with pytest.raises(Faults) as caught:
        read(data)
    assert str(caught.value.faults[0]).startswith(said)
    assert len(caught.value.faults) == 1


PADS = [("VDD", 100, 900), ("GND", 1900, 900), ("IN", 100, 100)]  # um, from the lower left corner, on the face


@pytest.mark.parametrize(("table", "asked"), [
    ("Pad,X (um),Y (um),Net\n" + "".join(f"{n},{x},{y},{n}\n" for n, x, y in PADS), {"view": "face", "origin": "middle"}),
    ("# die size 2000 x 1000 um, face up, origin: lower left corner\nPad;X [mm];Y [mm];Signal\n"
     + "".join(f"{n};{x / 1000};{y / 1000};{n}\n" for n, x, y in PADS).replace(".", ","), {}),
    ("Pad,X,Y,Net\n,mil,mil,\n" + "".join(f"{n},{x / 25.4},{y / 25.4},{n}\n" for n, x, y in PADS), {"view": "face"}),
    ("Pad,X (um),Y (um),Net\n" + "".join(f"{n},{x - 1000},{500 - y},{n}\n" for n, x, y in PADS),
     {"view": "face", "y": "down", "origin": "table"}),
    ("Pad,X (um),Y (um),Net\n" + "".join(f"{n},{1000 - x},{y - 500},{n}\n" for n, x, y in PADS),
     {"view": "back", "origin": "table", "what": "bumps"}),
])
def test_a_pad_list_of_any_origin_unit_and_side_is_the_same_pads(table, asked):
    found = read_die_list(table.encode(), "d.csv", Asked(**{"what": "pads", **asked}))
    chip = found.package.chips[0]
    # A flip chip is seen through its back: what is at the left on its face lies at the right.
    side = -1 if chip.bumps is not None else 1
    crowd = chip.bumps or chip.pads
    xy = dict(zip(crowd.nets, crowd.sites.xy.tolist()))
    assert {name: (round(x / 1000), round(y / 1000)) for name, (x, y) in xy.items()} == {
        name: (side * (x - 1000), 500 - y) for name, x, y in PADS}
    told = asked.get("y") or any("y grows up" in note for note in found.notes)
    assert told
