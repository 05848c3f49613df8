"""Files of other tools, each written for these tests after the public form of its kind: what becomes of them."""

import struct
from pathlib import Path

import pytest

from overmold.cli import main
from overmold.exchange.reading import Asked
from overmold.exchange.reading.any_file import read_foreign
from overmold.faults import Faults
from overmold.package_file import read_package_text
from overmold.package_file.writing import package_file
from overmold.package_file.writing.as_a_file import as_a_file
from workbooks import workbook

AIF = """;a die of four pads on a bond shell
[DATABASE]
TYPE=AIF
VERSION=2.0
UNITS=UM
[DIE]
NAME=TEST4
WIDTH=2000
HEIGHT=1600
CENTER=100 0
[PADS]
DP80=SQ 80
BF=RECT 90 254
BP500=CIRCLE 500
[BGA]
NAME=PBGA
WIDTH=10000
HEIGHT=8000
[NETLIST]
;NET PAD TYPE X Y  BALL TYPE X Y  FINGER TYPE X Y ANGLE
VDD 1 DP80 -800 700   A1 BP500 -4000 3000  1 BF -2500 2000 45
GND 2 DP80 1000 700   A2 BP500  4000 3000  2 BF  2500 2000 -45
NC  3 DP80 -800 -700  -  -     -    -     -  -   -    -    -
GND - -    -    -     B1 BP500 -4000 -3000
[RINGS]
VSS_RING=GND
"""
CHIPLET = """format_version: '1.0'
assembly: {name: two, units: um}
connection_stacks:
  pillar: {layers: [{name: Cu, height: 28.0, diameter: 44.0}, {name: SnAg, height: 16.0, diameter: 44.0}]}
components:
- {id: base, type: interposer, dimensions: {width: 6000, height: 5000, thickness: 13.8}, position: {x: 3000, y: 2500, z: 0},
   io_pads: [{id: J1, io_class: wire_bond, net: gnd, position: {x: 500, y: 4500}, size: {x: 100, y: 100}}]}
- {id: U1, type: die, connection: pillar, orientation: flip_chip, dimensions: {width: 800, height: 3000, thickness: 150},
   position: {x: 2000, y: 3000, z: 57.8}, rotation: {z: 90.0}, layout: u1.gds}
- {id: W, type: waveguide}
"""
DBV = """Header: {version: 2.5, unit: micron, precision: 2000}
ChipletDef:
  Base: {type: substrate, design_area: [8000, 6000], thickness: 200}
  Die: {type: die, design_area: [2000, 1000], thickness: 300, regions: {r1: {side: front, bmap: die.bmap}}}
"""
DBX = """Header: {version: 2.5, unit: micron, include: [c.3dbv]}
Design: {name: Top}
ChipletInst: {base: {reference: Base}, low: {reference: Die}, high: {reference: Die}}
Stack:
  base: {loc: [0, 0], z: 0, orient: R0}
  low: {loc: [3000, 2000], z: 260, orient: MZ}
  high: {loc: [3000, 2000], z: 620, orient: R90}
Connection:
  a: {top: low.regions.r1, bot: base.regions.f, thickness: 60}
  b: {top: high.regions.r1, bot: low.regions.back, thickness: 20}
"""
BMAP = "# name cell x y port net\nb1 BUMP 250 250 A VDD\nb2 BUMP 1750 250 B GND\nb3 BUMP 250 750 - -\n"
DEF = """VERSION 5.8 ;
DESIGN chip ;
UNITS DISTANCE MICRONS 2000 ;
DIEAREA ( 0 0 ) ( 8000000 4000000 ) ;
COMPONENTS 4 ;
- BUMP_0 DUMMY_BUMP + FIXED ( 100000 100000 ) N ;
- BUMP_1 DUMMY_BUMP + FIXED ( 7800000 100000 ) N ;
- BUMP_2 DUMMY_BUMP + FIXED ( 100000 3800000 ) N ;
- u_core INV + PLACED ( 5 5 ) N ;
END COMPONENTS
NETS 2 ;
- vdd ( BUMP_0 PAD ) ( u_core A ) ;
- gnd ( BUMP_1 PAD ) ;
END NETS
END DESIGN
"""
LEF = """MACRO DUMMY_BUMP
  SIZE 50 BY 50 ;
END DUMMY_BUMP
MACRO pads
  SIZE 1000 BY 600 ;
  PIN vdd
    PORT
      LAYER M9 ;
        RECT 60 260 140 340 ;
    END
  END vdd
  PIN io
    PORT
      LAYER M9 ;
        RECT 860 60 940 140 ;
    END
  END io
END pads
END LIBRARY
"""
WIRES = ("No;Pad;Finger;Pad X [um];Pad Y [um];Finger X [um];Finger Y [um];Length [um];Tier;Remark\n"
         "1;P1;1;-900;700;-2500;1900;2000;1;\n2;P2;2;900;700;2500;1900;2094;2;\n3;P3;3;900;-700;2500;-1900;1904;1;odd\n")


def gds(boxes, texts, name="TOP"):
    """A GDSII stream of one cell: boxes and texts by layer, in nm; and a cell inside, turned by 90 degrees."""
    def record(kind, data_type, body=b""):
        body += b"\0" * (len(body) % 2)
        return struct.pack(">HBB", len(body) + 4, kind, data_type) + body

    def real(value):
        if not value:
            return bytes(8)
        exponent = 64
        while value >= 1:
            value, exponent = value / 16, exponent + 1
        while value < 1 / 16:
            value, exponent = value * 16, exponent - 1
        return struct.pack(">B", exponent) + round(value * 2**56).to_bytes(7, "big")

    def numbers(*values):
        return b"".join(struct.pack(">i", value) for value in values)

    def box(layer, left, bottom, right, upper):
        return b"".join([record(0x08, 0), record(0x0D, 2, struct.pack(">h", layer)), record(0x0E, 2, b"\0\0"), record(
            0x10, 3, numbers(left, bottom, right, bottom, right, upper, left, upper, left, bottom)), record(0x11, 0)])

    def text(layer, words, x, y):
        return b"".join([record(0x0C, 0), record(0x0D, 2, struct.pack(">h", layer)), record(0x16, 2, b"\0\0"),
                         record(0x10, 3, numbers(x, y)), record(0x19, 6, words.encode()), record(0x11, 0)])

    inner = record(0x0A, 0) + record(0x12, 6, b"PAD") + record(0x1A, 1, b"\0\0") + record(0x1C, 5, real(90.0)) + record(
        0x10, 3, numbers(500_000, 300_000)) + record(0x11, 0)
    return b"".join([
        record(0x00, 2, b"\x02\x58"), record(0x01, 2, bytes(24)), record(0x02, 6, b"LIB"), record(0x03, 5, real(1e-3)
                                                                                                  + real(1e-9)),
        record(0x05, 2, bytes(24)), record(0x06, 6, b"PAD"), box(5, 0, -20_000, 80_000, 20_000), record(0x07, 0),
        record(0x05, 2, bytes(24)), record(0x06, 6, name.encode()), *(box(*one) for one in boxes), *(text(*one)
                                                                                                     for one in texts),
        inner, record(0x07, 0), record(0x04, 0)])


def imported(tmp_path, name, data, **asked):
    """The package of a file; its package file says the same."""
    (tmp_path / name).write_bytes(data.encode() if isinstance(data, str) else data)
    found = read_foreign(tmp_path / name, (tmp_path / name).read_bytes(), Asked(**asked))
    package, _ = as_a_file(found.package, found.teller)
    files = package_file(package, found.teller, found.comments)
    return package, "\n".join(found.notes), files


def again(files, package, **filled):
    """What the package file is read as, with what no source says filled in."""
    text = files[f"{package.name}.yaml"]
    for was, now in filled.items():
        assert f"# {was}:" in text, (was, text)
        text = "\n".join(line.replace(f"# {was}:", f"{was}:").partition("#")[0].rstrip() if f"# {was}:" in line else line
                         for line in text.split("\n")) if now is True else text.replace(f"# {was}:", now, 1)
    return read_package_text(text, "p.yaml", Path(), {name: one.encode() for name, one in files.items()})


def spots(sites):
    return {name: tuple(xy) for name, xy in zip(sites.names, sites.xy.tolist())}


def test_aif_gives_die_fingers_balls_wires_and_nets(tmp_path):
    package, notes, files = imported(tmp_path, "t.aif", AIF)
    assert "taken: 3 pads, 2 fingers, 3 balls, 2 wires" in notes
    assert "[RINGS]" in notes
    chip = package.chips[0]
    assert (chip.at, chip.outline.size, chip.pads.size) == ((100_000, 0), (2_000_000, 1_600_000), 80_000)
    assert spots(chip.pads.sites) == {"1": (-800_000, -700_000), "2": (1_000_000, -700_000), "3": (-800_000, 700_000)}
    assert chip.pads.nets == ("VDD", "GND", "")
    assert [(one.name, one.at, one.size, one.angle, one.net) for one in package.carrier.fingers] == [
        ("F1", (-2_500_000, -2_000_000), (90_000, 254_000), 45_000, "VDD"),
        ("F2", (2_500_000, -2_000_000), (90_000, 254_000), 135_000, "GND")]
    assert spots(package.balls.sites)["B1"] == (-4_000_000, 3_000_000)
    assert (package.balls.nets, package.balls.land) == (("VDD", "GND", "GND"), 500_000)
    read = again(files, package, diameter=True, thickness=True, attach=True)
    assert [(wire.start, wire.end, wire.net) for wire in read.wires] == [("U1.1", "F1", "VDD"), ("U1.2", "F2", "GND")]


def test_aif_of_several_dies_gives_each_its_pads(tmp_path):
    text = ("[DATABASE]\nTYPE=AIF\nUNITS=MM\n[MCM_DIE]\nU1=cpu\nU2=ram\n[MCM_CPU_U1]\nWIDTH=2\nHEIGHT=2\nCENTER=0 0\n"
            "[MCM_RAM_U2]\nWIDTH=1\nHEIGHT=1\nCENTER=3 0\n[PADS]\nDP=SQ 0.08\nBF=RECT 0.09 0.25\n[NETLIST]\n"
            "A U1.1 DP -0.9 0  - - - -  1 BF -2 0 90\nB U1.2 DP 0.9 0\nB U2.1 DP 2.6 0\n")
    package, notes, _ = imported(tmp_path, "m.aif", text)
    assert [(chip.name, chip.at, spots(chip.pads.sites)) for chip in package.chips] == [
        ("U1", (0, 0), {"1": (-900_000, 0), "2": (900_000, 0)}), ("U2", (3_000_000, 0), {"1": (2_600_000, 0)})]
    assert [(wire.start, wire.end) for wire in package.wires] == [("U1.1", "F1")]
    assert "left out" not in notes


def test_a_chiplet_file_gives_interposer_and_dies(tmp_path):
    package, notes, files = imported(tmp_path, "t.chiplet", CHIPLET)
    chip = package.chips[0]
    assert (chip.at, chip.angle, chip.bonded) == ((-1_000_000, -500_000), 90_000, "flip-chip")
    assert (chip.gap.nominal, chip.thickness.nominal, package.carrier.kind) == (44_000, 150_000, "interposer")
    assert [(one.name, one.at, one.net) for one in package.carrier.fingers] == [("J1", (-2_500_000, -2_000_000), "gnd")]
    assert "its joint 'pillar' (Cu, SnAg) is taken as one height" in notes
    assert "left out, for they are neither a die nor the one interposer (or substrate): W" in notes
    assert again(files, package).chips[0].gap.nominal == 44_000


def test_three_d_blox_gives_a_stack_with_its_bumps(tmp_path):
    (tmp_path / "c.3dbv").write_text(DBV)
    (tmp_path / "die.bmap").write_text(BMAP)
    package, notes, files = imported(tmp_path, "t.3dbx", DBX)
    low, high = package.chips
    assert (package.name, package.carrier.outline.size) == ("Top", (8_000_000, 6_000_000))
    assert (low.bonded, low.at, low.gap.nominal, low.on) == ("flip-chip", (0, 500_000), 60_000, ())
    assert (high.bonded, high.angle, high.attach.nominal, high.on) == ("face-up", 90_000, 20_000, ("low",))
    assert spots(low.bumps.sites) == {"b1": (-750_000, 750_000), "b2": (750_000, 750_000), "b3": (-750_000, 250_000)}
    assert low.bumps.nets == ("VDD", "GND", "")
    assert "high: 3 bumps of die.bmap are left out: it faces up" in notes
    assert again(files, package, diameter="diameter: 100 um #").chips[1].on == ("low",)
    one, _, _ = imported(tmp_path, "c.3dbv", DBV, layer="Die")
    assert (one.chips[0].outline.size, len(one.chips[0].bumps.sites)) == ((2_000_000, 1_000_000), 3)
    with pytest.raises(Faults, match="defines 2 chiplets and does not place them: Base, Die"):
        imported(tmp_path, "c.3dbv", DBV)


def test_bump_lists_and_layouts_give_a_chip(tmp_path):
    with pytest.raises(Faults, match="say --view face or --view back"):
        imported(tmp_path, "t.bmap", BMAP)
    chip = imported(tmp_path, "t.bmap", BMAP, view="back", size=(2_000_000, 1_000_000))[0].chips[0]
    assert spots(chip.bumps.sites) == {"b1": (-750_000, 250_000), "b2": (750_000, 250_000), "b3": (-750_000, -250_000)}
    mirrored = imported(tmp_path, "t.bmap", BMAP, view="face", size=(2_000_000, 1_000_000))[0].chips[0]
    assert spots(mirrored.bumps.sites)["b1"] == (750_000, 250_000)
    (tmp_path / "bump.lef").write_text(LEF)
    package, notes, files = imported(tmp_path, "t.def", DEF)
    chip = package.chips[0]
    assert chip.outline.size == (4_000_000, 2_000_000)
    # On the face BUMP_0 is at the lower left; through the back it is at the lower right.
    assert spots(chip.bumps.sites)["BUMP_0"] == (1_925_000, 925_000)
    assert chip.bumps.nets == ("vdd", "gnd", "")
    assert "the size of DUMMY_BUMP is that of bump.lef" in notes
    assert "left out: 1 others" in notes
    assert again(files, package, carrier="carrier: {kind: substrate, size: [9 mm, 9 mm]} #",
                 diameter="diameter: 100 um #").chips[0].bumps.nets == ("vdd", "gnd", "")
    pads = imported(tmp_path, "p.lef", LEF, layer="pads", what="pads")[0].chips[0]
    assert spots(pads.pads.sites) == {"vdd": (-400_000, 0), "io": (400_000, 200_000)}


def test_a_layer_of_a_gds_file_gives_pads_named_by_its_texts(tmp_path):
    data = gds([(5, 100_000, 100_000, 180_000, 180_000), (1, 0, 0, 1_000_000, 600_000)], [(5, "VDD", 140_000, 140_000)])
    package, notes, _ = imported(tmp_path, "t.gds", data, layer="5/0", what="pads")
    chip = package.chips[0]
    assert spots(chip.pads.sites) == {"VDD": (-360_000, 160_000), "P2": (0, -40_000)}
    assert (chip.outline.size, chip.pads.size, chip.pads.nets) == ((1_000_000, 600_000), 40_000, ("VDD", ""))
    assert "1 of them are named by the texts on them, 1 are counted" in notes
    with pytest.raises(Faults, match="say on which layer the pads are, for example --layer 5/0; there are 1/0, 5/0"):
        imported(tmp_path, "t.gds", data)


def test_a_wire_list_gives_pads_fingers_and_wires_and_says_which_are_not_so_long(tmp_path):
    package, notes, files = imported(tmp_path, "w.csv", WIRES, what="wires")
    assert [(wire.start, wire.end, wire.tier) for wire in package.wires] == [("U1.P1", "1", 1), ("U1.P2", "2", 2), ("U1.P3",
                                                                                                                    "3", 1)]
    assert "P2 to 2 is 2.094 mm long in this list, and 2 mm from end to end in plan (-94 um)" in notes
    assert "P3 to 3 is 1.904 mm long" in notes
    assert "P1 to 1 is" not in notes
    assert "left out: No, Remark" in notes
    read = again(files, package, kind=True, size="size: 100 um #", thickness=True, attach=True)
    assert [wire.tier for wire in read.wires] == [1, 2, 1]
    with pytest.raises(Faults, match="this list has wires and not the places of both ends"):
        imported(tmp_path, "w.csv", "from,to\nU1.A1,F1\n", what="wires")


@pytest.mark.parametrize(("name", "data", "said"), [
    ("a.aif", "(AIF (Version 3.0))", "a.aif:1:1: is AIF of version 3"),
    ("a.aif", "hello\n", "a.aif:1:1: is not an AIF file"),
    ("a.aif", "[NETLIST]\nA 1 DP x 0\n", "a.aif:2:1: 'x' is not a length that can be"),
    ("a.aif", "[NETLIST]\nA 1\n", "a.aif:2:1: this line has fewer than five words"),
    ("a.chiplet", "a: 1\n", "a.chiplet:1:1: is not a .chiplet file"),
    ("a.chiplet", "components: [{id: U1, type: die, dimensions: {width: wide, height: 3}}]\n",
     "a.chiplet:1:54: 'wide' is not a length"),
    ("a.chiplet", "components: [{id: U1, type: die}]\n", "a.chiplet:1:14: 'U1' has no width and height"),
    ("a.3dbx", "x: 1\n", "a.3dbx:1:1: is not a 3Dblox file"),
    ("a.3dbx", "ChipletInst: {u: {reference: R}}\n", "a.3dbx:1:18: 'u' refers to the chiplet 'R'"),
    ("a.3dbx", "Header: {include: [no.3dbv]}\nChipletInst: {}\n", "a.3dbx:1:20: 'no.3dbv', looked for beside this file: "
     "there is no"),
    ("a.bmap", "b1 B 1\n", "a.bmap:1:1: this line has 3 words"),
    ("a.def", "DESIGN x ;\n", "a.def: no component is placed whose cell is called a bump"),
    ("a.lef", "MACRO m\nEND m\n", "a.lef: this LEF file has 0 macros with pins"),
    ("a.gds", "no stream", "a.gds: is not a GDSII stream"),
    ("a.gds", gds([], [])[:-14], "a.gds: is a GDSII file that is damaged"),
    ("a.kicad_mod", "(footprint \"X\" (layer \"F.Cu\"))", "a.kicad_mod: this footprint has no pad with a name"),
])
def test_what_cannot_be_imported_says_where_and_why(tmp_path, name, data, said):
    with pytest.raises(Faults) as caught:
        imported(tmp_path, name, data)
    assert str(caught.value.faults[0]).replace(f"{tmp_path}/", "").startswith(said)


def test_die_pads_are_asked_from_which_side_they_are_seen(tmp_path):
    table = "Pad,Net,X (um),Y (um)\n1,VDD,0,0\n2,GND,900,0\n3,IN,0,700\n"
    with pytest.raises(Faults, match="nothing says whether these places are seen on the chip's face"):
        imported(tmp_path, "d.csv", table, what="pads")
    chip = imported(tmp_path, "d.csv", table, what="pads", view="face", y="up", size=(1_200_000, 900_000))[0].chips[0]
    assert spots(chip.pads.sites) == {"1": (-450_000, 350_000), "2": (450_000, 350_000), "3": (-450_000, -350_000)}
    stated = imported(tmp_path, "d.csv", "# die size 1200 x 900 um, face up, origin: center\n" + table,
                      what="bumps")[0].chips[0]
    assert spots(stated.bumps.sites)["2"] == (-900_000, 0)
    assert stated.outline.size == (1_200_000, 900_000)


def test_the_command_takes_each_kind_by_its_ending(tmp_path, capsys):
    (tmp_path / "t.aif").write_text(AIF)
    assert main(["import", str(tmp_path / "t.aif"), "-o", str(tmp_path / "o"), "--name", "N-1"]) == 0
    told = capsys.readouterr()
    assert "fill in before 'overmold drc' can read the package file: the ball diameter" in told.err
    assert (tmp_path / "o/N-1.yaml").read_text().startswith("# N-1, made of the AIF file.")
    (tmp_path / "t.xlsx").write_bytes(workbook({"A": [["ball", "x mm", "y mm"], ["A1", 0, 0], ["A2", 1, 0]]}))
    assert main(["import", str(tmp_path / "t.xlsx"), "-o", str(tmp_path / "o")]) == 0
    assert "array: {grid: [2, 1], pitch: 1 mm}" in (tmp_path / "o/t.yaml").read_text()
