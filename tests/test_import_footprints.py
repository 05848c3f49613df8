"""Footprints of libraries: finished packages, each with its land as its maker publishes it."""

from dataclasses import replace
from pathlib import Path

import pytest

from official.again import built_again, difference, imported, outcome
from overmold.cli import main
from overmold.compare import drift
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.package.lands import terminal_names
from overmold.package_file import read_package_text
from paths import OFFICIAL_FOOTPRINTS

# One of each kind that is hard: extra lands, unequal ones, paste windows, vias, odd corners, polygons, a name of another kind.
OFFICIAL = {
    "Package_BGA/BGA-100_6.0x6.0mm_Layout11x11_P0.5mm_Ball0.3mm_Pad0.25mm_NSMD": "balls",
    "Package_CSP/WLCSP-9_1.21x1.22mm_Layout3x3_P0.4mm": "balls",
    "Package_CSP/LFCSP-16-1EP_3x3mm_P0.5mm_EP1.6x1.6mm_ThermalVias": "lands",
    "Package_LGA/ublox_LGA-53_4.5x4.5mm_Layout9x9_P0.5mm": "lands",
    "Package_DFN_QFN/Nordic_AQFN-73-1EP_7x7mm_P0.5mm": "lands",
    "Package_DFN_QFN/QFN-32-1EP_5x5mm_P0.5mm_EP3.1x3.1mm_ThermalVias": "lands",
    "Package_DFN_QFN/UQFN-10_1.3x1.8mm_P0.4mm": "lands",
    "Package_SON/Texas_S-PDSO-N12": "lands",
    "Package_SON/Texas_PWSON-N6": "lands",
    "Package_SON/Diodes_PowerDI3333-8": "lands",
}


def pad(name, x, y, size="0.3 0.3", shape="circle", more="", kind="smd", layers='"F.Cu" "F.Mask" "F.Paste"', angle=""):
    return f'(pad "{name}" {kind} {shape} (at {x} {y} {angle}) (size {size}) (layers {layers}) {more})'


def footprint(name, *pads, body="2.5 2.5", more=""):
    x, y = (float(one) / 2 for one in body.split())
    return (f'(footprint "{name}" (version 20241229) (generator "pcbnew") (layer "F.Cu") (attr smd) {more}'
            f'(fp_rect (start -{x} -{y}) (end {x} {y}) (stroke (width 0.1) (type solid)) (fill no) (layer "F.Fab"))'
            f'{"".join(pads)})').encode()


GRID = [pad(f"{row}{column}", column - 2, k - 1) for k, row in enumerate("ABC") for column in (1, 2, 3)]
SIDES = [pad(str(i + 1), x, y, "0.6 0.25", "roundrect", "(roundrect_rratio 0.25)") for i, (x, y) in enumerate(
    [(-1.2, -0.5), (-1.2, 0), (-1.2, 0.5), (1.2, 0.5), (1.2, 0), (1.2, -0.5)])]


@pytest.mark.skipif(not OFFICIAL_FOOTPRINTS.is_dir(), reason="KiCad's footprint library is not installed here")
def test_official_footprints_are_built_again_the_same():
    for name, kind in OFFICIAL.items():
        library, _, file = name.partition("/")
        path = OFFICIAL_FOOTPRINTS / f"{library}.pretty" / f"{file}.kicad_mod"
        result, said, notes = outcome(path)
        assert (result, said) == ("same", ""), name
        assert notes[0].startswith("taken as a ball-grid array" if kind == "balls" else "taken as a package on"), name


@pytest.mark.parametrize(("data", "balls", "lands", "notes"), [
    (footprint("BGA-9", *GRID), 9, 0, []),
    # An exposed pad under balls is no ball, and a smaller ball is one of its own size.
    (footprint("BGA-9", *GRID[:8], pad("EP", 1, 1, "1 1", "rect")), 8, 1, ["no balls, but lands alone: EP"]),
    (footprint("CSP-9", *GRID[:8], pad("C3", 1, 1, "0.25 0.25")), 9, 1, []),
    (footprint("BGA-9", *GRID[:8], pad("C3", 1, 1, "0.3 0.3", "rect")), 8, 1, ["no balls, but lands alone: C3"]),
    # Square lands are no balls, whatever the name says.
    (footprint("CSP-9", *[one.replace("circle", "rect") for one in GRID]), 0, 9, ["taken as a package on 9 lands without "
                                                                                  "balls"]),
    (footprint("LGA-9", *GRID), 0, 9, ["taken as a package on 9 lands without balls", "its carrier is a substrate"]),
    (footprint("QFN-6", *SIDES, body="2.4 2"), 0, 6, ["its carrier is a lead frame, for so packages of this name are made"]),
    (footprint("LFCSP-6", *SIDES, pad("7", 0, 0, "1 1", "rect"), body="2.4 2"), 0, 7, ["its carrier is a lead frame"]),
    (footprint("thing", *SIDES, body="2.4 2"), 0, 6, ["nothing but its lands says so"]),
    (footprint("DFN-6", *SIDES, pad("", 0, 0, "0.5 0.5", "rect", layers='"F.Paste"'), pad("7", 0, 0, "1 1", "rect"), pad(
        "7", 0, 0, "0.5 0.5", "circle", "(drill 0.2)", "thru_hole", '"*.Cu"'), body="2.4 2"), 0, 9, ["taken as a package on "
                                                                                                     "7 lands"]),
    (footprint("SON-6", *SIDES[:5], pad("6", 1.2, -0.5, "0.1 0.1", "custom", '(options (clearance outline) (anchor rect)) '
                                        '(primitives '
               "(gr_poly (pts (xy -0.3 -0.1) (xy 0.3 -0.1) (xy 0.3 0.1)) (width 0.05) (fill yes)))", angle="90"), body="2.4 2"),
     0, 6, []),
    (footprint("SON-6", *SIDES[:5], pad("6", 1.2, -0.5, "0.6 0.25", "roundrect", "(roundrect_rratio 0) (chamfer_ratio 0.2) "
                                        "(chamfer "
               "top_left bottom_right) (solder_mask_margin 0.05) (solder_paste_margin_ratio -0.1)"), body="2.4 2"), 0, 6, []),
])
def test_what_a_footprint_is_taken_for_is_said_and_its_land_kept(data, balls, lands, notes):
    package, _, said = imported(data, "f.kicad_mod")
    assert (len(package.balls.sites) if package.balls else 0, len(package.lands)) == (balls, lands)
    told = "\n".join(said)
    assert [note for note in notes if note not in told] == []
    again, _ = built_again(data, "f.kicad_mod")
    assert difference(again, data, "f.kicad_mod") == ""


@pytest.mark.parametrize(("data", "said"), [
    (footprint("QFN", *SIDES[:5], pad("6", 1.2, 0, shape="trapezoid"), body="2.4 2"), "pad 6 is a trapezoid"),
    (footprint("QFN", *SIDES, pad("", 0, 0, shape="circle", kind="np_thru_hole", more="(drill 0.5)"), body="2.4 2"),
     "a hole without metal"),
    (footprint("DIP", *[pad(i, 2.54 * i, 0, "1 1", "circle", "(drill 0.8)", "thru_hole", '"*.Cu"') for i in range(1, 5)]),
     "this footprint has no lands on the front"),
    (footprint("X", *SIDES, pad("9", 5, 0, "1 1", "circle", "(drill 0.8)", "thru_hole", '"*.Cu"')),
     "pads with holes for pins (9)"),
    (footprint("U-6", *[one.replace("-1.2", "-3").replace("(at 1.2", "(at 3") for one in SIDES], body="2.4 2"),
     "its lands lie outside of its body"),
    (footprint("TSSOP-6_4.4x5mm", *SIDES, body="2.8 2"), "its name is that of a package whose leads are bent"),
    (footprint("Conn_2x03", *SIDES, body="2.4 2", more='(descr "board to board connector")'), "it is called 'connector'"),
    (footprint("SW_DIP_x3", *SIDES, body="2.4 2"), "it is called 'sw', and nothing calls it a package"),
    (footprint("R", SIDES[0], SIDES[4], body="2.4 2"), "this footprint has two lands or one"),
])
def test_what_is_no_such_package_is_refused_with_the_reason(data, said):
    with pytest.raises(Faults) as caught:
        imported(data, "f.kicad_mod")
    assert said in str(caught.value.faults[0])


def test_a_package_on_lands_alone_is_built_and_its_board_does_not_drift(tmp_path):
    data = footprint("QFN-6", *SIDES, pad("7", 0, 0, "1 1", "rect"), body="2.4 2")
    package, files, _ = imported(data, "f.kicad_mod")
    spec = read_package_text(files["QFN-6.yaml"], "p.yaml", Path(), {name: text.encode() for name, text in files.items()})
    assert terminal_names(spec.lands) == terminal_names(package.lands) == ("1", "2", "3", "4", "5", "6", "7")
    assert drift(read_board(board_file(spec), "b"), spec) == ()
    built = files_of(spec)
    symbol = built["QFN-6.kicad_sym"].decode()
    assert symbol.count("(pin passive line") == 7
    land = built["QFN-6.pretty/QFN-6.kicad_mod"]
    assert difference(land, data, "f.kicad_mod") == ""
    (tmp_path / "l.kicad_mod").write_bytes(land)
    assert main(["read", str(tmp_path / "l.kicad_mod"), "-o", str(tmp_path)]) == 0


def test_lands_of_a_no_lead_package_are_under_a_frame_with_leads():
    data = footprint("QFN-6", *SIDES, pad("7", 0, 0, "1 1", "rect"), body="2.4 2")
    package, files, said = imported(data, "f.kicad_mod")
    spec = read_package_text(files["QFN-6.yaml"], "p.yaml", Path(), {name: text.encode() for name, text in files.items()})
    for frame in (package.carrier.frame, spec.carrier.frame):
        # A land reaches from 0.9 to 1.5 mm; the body ends at 1.2 mm.
        assert [(one.name, one.foot.box) for one in frame.leads][::3] == [
            ("1", (-1_200_000, -625_000, -900_000, -375_000)), ("4", (900_000, 375_000, 1_200_000, 625_000))]
        assert (len(frame.leads), frame.paddle.size, frame.thickness.nominal) == (6, (1_000_000, 1_000_000), 200_000)
    assert any("guess: each of the 6 leads" in note for note in said)
    assert "A guess: each of the 6 leads" in files["QFN-6.yaml"]
    assert drift(read_board(board_file(spec), "b"), spec) == ()


@pytest.mark.parametrize(("pads", "why"), [
    ([*SIDES[:5], pad("8", 1.2, -0.5, "0.6 0.25")], "its leads are not numbered one by one"),
    ([*SIDES[:5], pad("6", 1.2, -0.6, "0.6 0.25")], "its leads are not in even rows about the middle of each side"),
    ([SIDES[1].replace('"2"', '"1"'), SIDES[0].replace('"1"', '"2"'), *SIDES[2:]], "its leads are not in even rows"),
    ([*SIDES[:5], pad("6", 1.2, -0.5, "0.6 0.25", "rect", angle="30")], "the land 6 is not a rectangle along the sides"),
    ([*SIDES[:2], SIDES[2].replace('"3"', '"4"'), SIDES[3].replace('"4"', '"3"'), *SIDES[4:]],
     "its leads are not numbered around"),
    ([*SIDES, pad("6", 0, 0, "0.2 0.2")], "6 has several lands"),
])
def test_where_lands_are_in_no_rows_no_frame_is_made_up(pads, why):
    package, _, said = imported(footprint("QFN-6", *pads, body="2.4 2"), "f.kicad_mod")
    assert package.carrier.frame is None
    assert any(f"no frame is made of its lands: {why}" in note for note in said), said


def test_the_stated_land_of_balls_is_drawn_and_travels_in_the_board():
    head = ("package: P\ncarrier: {kind: substrate, size: [3 mm, 3 mm]}\n"
            "balls: {array: {grid: [2, 2], pitch: 1 mm}, diameter: 0.4 mm")
    spec = read_package_text(head + ", customer_land: 0.5 mm, customer_opening: 0.4 mm, customer_paste: 0.3 mm}\n", "p", Path())
    pattern = files_of(spec)["P.pretty/P.kicad_mod"].decode()
    assert "(size 0.5 0.5)" in pattern
    assert "(solder_mask_margin -0.05)" in pattern
    assert "(solder_paste_margin -0.1)" in pattern
    assert "land 0.4 mm (as stated), solder-mask-defined, opening 0.4 mm in copper 0.5 mm" in pattern
    board = read_board(board_file(spec), "b")
    assert (board.balls.customer_land, board.balls.customer_opening) == (500_000, 400_000)
    assert drift(board, spec) == ()
    other = replace(spec, balls=replace(spec.balls, customer_land=450_000))
    assert [one.key for one in drift(board, other)] == ["balls.customer_land"]
    # One ball with a land of its own.
    own = read_package_text(head + ", customer_land: 0.5 mm}\nlands: l.csv\n", "p", Path(),
                            {"l.csv": b"name,x,y,width,height,shape\nA1,-0.5 mm,-0.5 mm,0.6 mm,0.4 mm,oval\n"})
    pattern = files_of(own)["P.pretty/P.kicad_mod"].decode()
    assert pattern.count("smd circle") == 3
    assert '(pad "A1" smd oval' in pattern


@pytest.mark.parametrize(("table", "said"), [
    ("", "l.csv:1:1: this table is empty"),
    ("name,x,y\n", "l.csv:1:1: there is no column 'width'"),
    ("nam,x,y,width\n", "l.csv:1:1: unknown column 'nam' in a table of lands; did you mean 'name'?"),
    ("name,x,y,width\n1,0 mm,0,1 mm\n", "l.csv:2:8: '0' has no unit"),
    ("name,x,y,width\n1,0 mm,0 mm,0 mm\n", "l.csv:2:13: '0 mm' is too small"),
    ("name,x,y,width\n1,0 mm,0 mm\n", "l.csv:2:1: this row has no width"),
    ("name,x,y,width\nA 1,0 mm,0 mm,1 mm\n", "l.csv:2:1: 'A 1' cannot be a land's name"),
    ("name,x,y,width,shape\n1,0 mm,0 mm,1 mm,star\n", "l.csv:2:18: unknown shape 'star'"),
    ("name,x,y,width,layers\n1,0 mm,0 mm,1 mm,copper\n", "l.csv:2:18: unknown layer 'copper'"),
    ("name,x,y,width,corner\n1,0 mm,0 mm,1 mm,25\n", "l.csv:2:18: '25' is not a share; write for example 25 %"),
    ("name,x,y,width,chamfer\n1,0 mm,0 mm,1 mm,20 % up\n", "l.csv:2:18: '20 % up' does not say which corners"),
    ("name,x,y,width,outline\n1,0 mm,0 mm,1 mm,0 0 1\n", "l.csv:2:18: an outline has three corners at least"),
    ("name,x,y,width\n1,0 mm,0 mm,1 mm,2\n", "l.csv:2:1: expected 4 cells, not 5"),
])
def test_a_faulty_table_of_lands_says_where(table, said):
    with pytest.raises(Faults) as caught:
        read_package_text("package: P\ncarrier: {kind: substrate, size: [3 mm, 3 mm]}\nlands: l.csv\n", "p", Path(),
                          {"l.csv": table.encode()})
    assert [str(fault).startswith(said) for fault in caught.value.faults] == [True], caught.value.faults
