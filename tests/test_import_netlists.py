"""Pads and bumps out of scripts and netlists of layout tools, written for these tests after the public form of their kind."""

import pytest

from overmold.faults import Faults
from test_import_files import LEF, again, imported, spots

TCL = """# bumps of a chip
set pitch {200 300}
initialize_floorplan -die_area {0 0 1000 800} -core_area "10 10 990 790" -site s
make_io_bump_array -bump DUMMY_BUMP \\
    -origin "200 100" -rows 2 -columns 3 \\
    -pitch $pitch
remove_io_bump BUMP_2_1
place_cell -inst_name extra_bump -cell DUMMY_BUMP -origin {700 600} -orient R0 -status FIRM
assign_io_bump -net VDD -terminal u_vdd/PAD BUMP_0_0
assign_io_bump -net GND -dont_route BUMP_1_1
assign_io_bump -net x extra_bump
rdl_route -layer M9 -width 4 -spacing 4 "VDD GND"
"""
L2N = """#%l2n-klayout

# General section
top(CHIP)
unit(0.001)
layer(metal '9/0')
circuit(BUMP
 net(1 name(A) rect(metal (-25000 -25000) (50000 50000)))
 pin(A 1)
)
circuit(CHIP
 rect((0 0) (1000000 600000))
 net(1 name(VDD) rect(metal (80000 80000) (40000 40000)) rect(metal (160000 -40000) (40000 40000)))
 net(2 name('GND, far')
  polygon(metal (800000 400000) (0 100000) (100000 0) (0 -100000)))
 net(3)
 circuit(1 BUMP location(100000 100000) pin(A 1))
 circuit(2 BUMP location(850000 450000) pin(A 2))
 circuit(3 CORE location(0 0))
)
"""
SHORT = """#%l2n-klayout
W(CHIP)
U(0.001)
L(L1)
X(CHIP
 N(1 I(VDD) R(L1 80000 80000 120000 120000))
 N(2 I(GND)
  Q(L1 800000 400000 * 500000 900000 * * 400000)
 )
)
"""
YAML = """instances:
  tl: {component: pad, settings: {size: [80, 60]}}
  br: {component: pad_rectangular, settings: {size: [80, 60]}}
  wire: {component: straight}
  row: {component: pad, array: {columns: 2, rows: 1, column_pitch: 150, row_pitch: 0}, settings: {size: [80, 60]}}
placements:
  tl: {x: -400, y: 300}
  br: {x: 400, y: -300, rotation: 90}
  row: {x: -100, y: 0}
nets:
  - {p1: "tl,e3", p2: "wire,o1"}
  - {p1: "wire,o2", p2: "br,e1"}
ports:
  VDD: tl,e1
  IN: row<1.0>,e2
name: two_pads
"""


def test_a_script_of_openroad_gives_a_chip_with_its_bumps(tmp_path):
    package, notes, files = imported(tmp_path, "b.tcl", TCL)
    chip = package.chips[0]
    assert chip.outline.size == (1_000_000, 800_000)
    found = spots(chip.bumps.sites)
    # A column and a row from 0; on the face BUMP_0_0 is at the lower left, through the back at the lower right.
    assert sorted(found) == ["BUMP_0_0", "BUMP_0_1", "BUMP_1_0", "BUMP_1_1", "BUMP_2_0", "extra_bump"]
    assert found["BUMP_0_0"] == (300_000, 300_000)
    assert found["BUMP_1_1"] == (100_000, 0)
    assert dict(zip(chip.bumps.sites.names, chip.bumps.nets)) == {
        "BUMP_0_0": "VDD", "BUMP_0_1": "", "BUMP_1_0": "", "BUMP_1_1": "GND", "BUMP_2_0": "", "extra_bump": "x"}
    assert "taken: 6 bumps; the script was not run" in notes
    assert "guess: bumps lie at the corner of their cells" in notes
    (tmp_path / "bump.lef").write_text(LEF)  # DUMMY_BUMP is 50 um wide
    package, notes, files = imported(tmp_path, "b.tcl", TCL)
    assert spots(package.chips[0].bumps.sites)["BUMP_0_0"] == (275_000, 275_000)
    assert "guess: bumps lie" not in notes
    read = again(files, package, carrier="carrier: {kind: substrate, size: [9 mm, 9 mm]} #", diameter="diameter: 50 um #")
    assert sorted(read.chips[0].bumps.nets) == ["", "", "", "GND", "VDD", "x"]


def test_a_netlist_of_klayout_gives_its_bumps_or_the_shapes_of_a_layer(tmp_path):
    package, notes, _ = imported(tmp_path, "c.l2n", L2N, view="back")
    chip = package.chips[0]
    assert spots(chip.bumps.sites) == {"1": (-400_000, 200_000), "2": (350_000, -150_000)}
    assert (chip.bumps.nets, chip.outline.size) == (("VDD", "GND_far"), (1_000_000, 600_000))
    assert "taken: 2 places of BUMP" in notes
    shapes = imported(tmp_path, "c.l2n", L2N, view="back", layer="metal")[0].chips[0]
    # Every corner says how far it lies from the one before, also from shape to shape.
    assert list(spots(shapes.bumps.sites).values()) == [(-400_000, 200_000), (-200_000, 200_000), (350_000, -150_000)]
    short = imported(tmp_path, "s.l2n", SHORT, layer="L1", what="pads", view="face", size=(1_000_000, 600_000))[0].chips[0]
    assert list(spots(short.pads.sites).items()) == [("VDD", (-375_000, 175_000)), ("GND", (375_000, -175_000))]
    assert short.pads.size == 40_000


def test_a_netlist_of_gdsfactory_gives_its_pads(tmp_path):
    package, notes, _ = imported(tmp_path, "g.pic.yml", YAML, view="face")
    chip = package.chips[0]
    assert spots(chip.pads.sites) == {"tl": (-400_000, -300_000), "br": (400_000, 300_000), "row_0_0": (-100_000, 0),
                                      "row_1_0": (50_000, 0)}
    assert dict(zip(chip.pads.sites.names, chip.pads.nets)) == {"tl": "VDD", "br": "VDD", "row_0_0": "", "row_1_0": "IN"}
    assert chip.pads.size == 60_000
    assert "left out: 1 other instances" in notes


@pytest.mark.parametrize(("name", "data", "said"), [
    ("a.tcl", "puts hello\n", "a.tcl: no bumps are placed here by make_io_bump_array"),
    ("a.tcl", "foreach x {1 2} {\n  place_cell -inst_name b_$x -cell BUMP -origin \"$x 0\"\n}\n",
     "a.tcl:1:1: bumps are placed within 'foreach', which is not run"),
    ("a.tcl", "\nmake_io_bump_array -bump B -origin $o -rows 2 -columns 2 -pitch {1 1}\n",
     "a.tcl:2:1: '$o' are not plain numbers; a script is not run"),
    ("a.tcl", "make_io_bump_array -bump B -rows 2 -columns 2 -pitch {1 1}\n", "a.tcl:1:1: this command lacks -origin"),
    ("a.l2n", "hello", "a.l2n:1:1: is not a netlist of KLayout"),
    ("a.l2n", "#%l2n-klayout\ntop(A)\ncircuit(A\n", "a.l2n:3:1: a bracket is not closed"),
    ("a.l2n", "#%l2n-klayout\ntop(A)\ncircuit(A\n circuit(1 INV location(0 0)))\n",
     "a.l2n:3:1: no cell in the circuit A is called a bump or a pad; its cells are INV"),
    ("a.yml", "a: 1\n", "a.yml:1:1: is not a netlist of gdsfactory"),
    ("a.yml", "instances: {a: {component: pad}}\nplacements: {a: {x: far, y: 0}}\n", "a.yml:2:21: 'far' is not a length"),
    ("a.yml", "instances: {a: {component: straight}}\nplacements: {}\n",
     "a.yml:1:12: no instance is of a component called a pad or a bump"),
])
def test_what_cannot_be_taken_says_where_and_why(tmp_path, name, data, said):
    with pytest.raises(Faults) as caught:
        imported(tmp_path, name, data)
    assert str(caught.value.faults[0]).replace(f"{tmp_path}/", "").startswith(said)
