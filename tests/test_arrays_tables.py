"""Tables of sites."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.arrays import Spot
from overmold.arrays.csv_sites import read_sites
from overmold.faults import Faults
from workbooks import workbook


def test_a_table_gives_sites_in_any_order_of_columns_with_units_in_cells_or_heads():
    spots = (Spot("A1", -1_200_000, 300_000), Spot("B2", 1_000_000, 4_000, 300_000))
    def read(text):
        return read_sites(text.encode(), "b.csv").spots

    assert read("name,x,y,diameter\nA1,-1.2 mm,300 um,\nB2,1 mm,4um,0.3 mm\n") == spots
    assert read("\ufeffball;diameter;y [um];x (mm)\r\n\r\n# a note\r\nA1;;300;-1.2\r\nB2;0.3 mm;4;1\r\n") == spots
    assert read("pad\tx_mm\ty_mm\n\"A1\"\t-1.2\t.3\n") == spots[:1]
    assert read("Device X\n\nBall Name;Bank;;x [mm];y [mm]\nA1;7;;-1,2;0,3\n;;;;\n") == spots[:1]


def test_columns_that_say_nothing_of_a_site_are_left_out_and_said():
    found = read_sites(b"ball,x [mm],y [mm],net,bank\nA1,1,2,VDD,7\n", "b.csv", ("net",))
    assert (found.others, found.notes) == (({"net": "VDD"},), (
        "b.csv: left out, for a table of sites has no such column: bank",))
    book = workbook({"Cover": [["ACME"]], "Map": [["ball", "x mm", "y mm"], ["A1", -1.2, 0.3]]})
    found = read_sites(book, "b.xlsx")
    assert (found.spots, found.notes) == ((Spot("A1", -1_200_000, 300_000),), (
        "b.xlsx, sheet 'Map': other sheets are left out: Cover",))


@pytest.mark.parametrize(("text", "faults"), [
    ("", ["b.csv:1:1: this table is empty; its first row names the columns: name,x,y"]),
    ("name,x,y\n", ["b.csv:1:1: this table has no sites under its first row"]),
    ("name,x\nA1,1 mm\n", ["b.csv:1:1: there is no column 'y'; the first row names the columns: name,x,y"]),
    ("nam,x,x,y\n", ["b.csv:1:1: unknown column 'nam' in a table of sites; did you mean 'name'?"]),
    ("name,x,x,y\n", ["b.csv:1:8: there are two columns 'x'"]),
    ("name,x,y\nA1,1,2 mm\n,1 mm,\nA 2,1 mm,2 mm,3\n", [
        "b.csv:2:4: '1' has no unit; write for example 1 mm", "b.csv:3:1: this row has no name",
        "b.csv:3:7: this row has no y", "b.csv:4:1: this row has 4 cells, but there are 3 columns"]),
    ("name,x,y,diameter\nA1,1 mm,2 mm,0 mm\n", [
        "b.csv:2:14: '0 mm' is too small: a diameter is more than nothing"]),
])
def test_a_faulty_table_says_where(text, faults):
    with pytest.raises(Faults) as caught:
        read_sites(text.encode(), "b.csv")
    assert [str(fault) for fault in caught.value.faults] == faults


@settings(max_examples=dose(125, 500))
@given(st.one_of(st.text(max_size=80), st.lists(st.sampled_from(
    ["name", "x", "y", ",", ";", "\n", '"', "1 mm", "A1", "\t", "\0", "x (um)", "-3", "#"]), max_size=25).map("".join)))
def test_no_table_gives_a_traceback(text):
    spots, faults = (), ()
    try:
        spots = read_sites(text.encode("utf-8", "replace"), "b.csv").spots
    except Faults as error:
        faults = error.faults
    assert bool(spots) != bool(faults)
