"""Boards become a Package by what is drawn, whoever drew it, and what cannot be one is said with its place."""

from __future__ import annotations

import pytest

from flip_chip_board import board, changed, faults, only_chip
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.package import CHIP_SIDE, FAR_SIDE, FLIP_CHIP, Place
from overmold.shapes import transform
from overmold.units import Toleranced


def test_a_board_says_everything_a_package_holds() -> None:
    package = board()
    assert (package.name, package.source, package.max_height) == ("HAND-4", "b.kicad_pcb", 1_200_000)
    assert package.carrier is not None
    assert package.carrier.kind == "substrate"
    assert [(row.name, row.kind, row.thickness, row.material) for row in package.carrier.stackup] == [
        ("F.Mask", "mask", Toleranced(15_000, 3000, 3000), "AUS308"), ("F.Cu", "copper", Toleranced(15_000), ""),
        ("dielectric 1", "core", Toleranced(200_000, 20_000, 10_000), "BT"),
        ("B.Cu", "copper", Toleranced(16_000), ""), ("B.Mask", "mask", Toleranced(14_000), "AUS308")]
    chip = only_chip(package)
    assert (chip.name, chip.at, chip.angle, chip.bonded) == ("U1", (101_000_000, 99_000_000), 90_000, FLIP_CHIP)
    assert chip.thickness == Toleranced(150_000, 10_000, 10_000)
    assert chip.outline.is_box
    assert chip.outline.box == (99_000_000, 98_000_000, 103_000_000, 100_000_000)
    assert chip.bumps is not None
    assert chip.bumps.sites.names == ("A1", "A2", "B1")
    assert chip.bumps.sites.xy.tolist() == [[99_500_000, 99_500_000], [99_500_000, 98_500_000],
                                            [102_500_000, 99_500_000]]
    assert chip.bumps.sites.uuids[0] == "00000000-0000-4000-8000-000000000046"
    assert chip.bumps.nets == ("VDD", "", "GND")
    assert (chip.bumps.height, chip.bumps.diameter) == (Toleranced(90_000, 5000, 5000), Toleranced(100_000))
    assert (chip.bumps.alloy, chip.bumps.pad, chip.bumps.opening) == ("SAC305", 110_000, 90_000)
    assert (chip.gap, chip.gap_filled_with) == (None, "encapsulant")
    assert package.balls is not None
    assert package.balls.sites.xy.tolist() == [[x * 10**6, y * 10**6] for y in (96, 104) for x in (96, 104)]
    assert (package.balls.nets, set(package.balls.sides)) == (("VDD", "GND", "", "GND"), {FAR_SIDE})
    assert package.balls.diameter == Toleranced(400_000)
    assert package.balls.standoff == Toleranced(300_000, 50_000, 50_000)
    assert (package.balls.land, package.balls.opening, package.balls.alloy) == (450_000, 350_000, "SAC305")
    assert package.mold is not None
    assert package.mold.area is not None
    assert package.mold.outline.box == (95_500_000, 95_500_000, 104_500_000, 104_500_000)
    assert package.mold.area.box == (95_400_000, 95_400_000, 104_600_000, 104_600_000)
    assert (package.mold.cap, package.mold.filler) == (Toleranced(315_000, 15_000, 15_000), Toleranced(25_000))
    process = package.mold.process
    assert (process.method, process.pressure, process.temperature) == (
        "reduced-pressure transfer", Toleranced(1_333_223_874), Toleranced(175_000))
    assert package.singulation is not None
    assert (package.singulation.method, package.singulation.street) == ("saw", Toleranced(300_000))
    assert package.singulation.kerf == Toleranced(200_000)


def test_passives_are_known_by_their_field_or_by_their_reference() -> None:
    c1, r7 = board().passives
    assert (c1.name, c1.angle, c1.height, c1.value) == ("C1", 90_000, Toleranced(200_000, 20_000, 20_000), "10 nF")
    assert c1.outline.box == (96_900_000, 99_800_000, 97_100_000, 100_200_000)
    assert [(t.name, t.at, t.size, t.net) for t in c1.terminals] == [
        ("1", (97_000_000, 100_200_000), (160_000, 200_000), "VDD"),
        ("2", (97_000_000, 99_800_000), (160_000, 200_000), "GND")]
    # R7 says nothing of itself and its drawing is open: its pads are its body, its height is unknown.
    assert (r7.name, r7.height, r7.value) == ("R7", None, '50 "ohm"')
    assert r7.outline.box == (102_540_000, 102_840_000, 103_460_000, 103_160_000)


def test_every_datum_knows_where_it_stands() -> None:
    places = board().places
    assert places["chips.U1"] == Place("U1", "b.kicad_pcb", 83, 2, "00000000-0000-4000-8000-000000000031",
                                       (101_000_000, 99_000_000))
    assert places["chips.U1.bumps.height"].text == "U1, field 'Bump height'"
    assert places["chips.U1.bumps.height"].uuid == "00000000-0000-4000-8000-000000000038"
    assert places["mold.cap"].text == "PKG1, field 'Mold cap'"
    assert places["mold.area"].uuid == "00000000-0000-4000-8000-000000000026"
    assert board().place("balls.A1") == places["balls"]
    assert board().place("passives.C1.2") == places["passives.C1"]
    stated = {"carrier", "carrier.kind", "carrier.stackup", "mold", "mold.filler", "mold.process.pressure",
              "mold.process.temperature", "balls.diameter", "balls.standoff", "singulation.street", "max_height"}
    assert stated <= set(places)


def test_edge_cuts_become_one_outline_with_arcs_and_holes() -> None:
    package = board()
    assert package.carrier is not None
    around, hole = package.carrier.outline.rings
    assert package.carrier.outline.box == (95_000_000, 95_000_000, 105_000_000, 105_000_000)
    # The rounded corner: every point of it 0.5 mm from its centre, within a micrometre.
    corner = [(x, y) for x, y in around if x < 95_500_000 and y < 95_500_000]
    assert len(corner) > 10
    assert all(abs(((x - 95_500_000) ** 2 + (y - 95_500_000) ** 2) ** 0.5 - 500_000) < 1000 for x, y in corner)
    assert all(abs(((x - 96_000_000) ** 2 + (y - 104_000_000) ** 2) ** 0.5 - 250_000) < 1000 for x, y in hole)


def test_a_polygon_a_curve_and_a_footprint_may_draw_the_edge() -> None:
    lines = changed().splitlines()
    text = "\n".join(line for line in lines if '(layer "Edge.Cuts")' not in line)
    poly = '(gr_poly (pts (xy 90 90) (xy 110 90) (xy 110 110) (xy 90 110)) (layer "Edge.Cuts"))'
    slot = ('(fp_curve (pts (xy 0 0) (xy 0 -1) (xy 1 -1) (xy 1 0)) (layer "Edge.Cuts"))'
            '(fp_line (start 0 0) (end 1 0) (layer "Edge.Cuts"))')
    text = text.replace("\t(embedded_fonts no)", f"\t{poly}").replace("(attr smd)\n\t\t(solder", f"{slot}\n\t\t(solder")
    package = read_board(text.encode(), "b")
    assert package.carrier is not None
    outer, hole = package.carrier.outline.rings
    assert outer == tuple((x * 10**6, y * 10**6) for x, y in ((90, 90), (110, 90), (110, 110), (90, 110)))
    # The slot stands in U1 at (101, 99), turned by 90 degrees: its x runs up the board, its y to the right.
    assert {(101_000_000, 99_000_000), (101_000_000, 98_000_000)} <= set(hole)
    assert min(x for x, _ in hole) == 100_250_000


def test_a_layer_counts_by_the_name_the_user_gave_it() -> None:
    renamed = [('(43 "User.3" user "Saw street")', '(43 "User.3" user "Chip outline")'),
               ('(39 "User.1" user "Chip outline")', '(39 "User.1" user "Glue")')]
    assert faults(*renamed)[0].startswith("b.kicad_pcb:83:2: U1: the chip has no outline; draw a closed one on layer")
    moved = [*renamed, ('(layer "User.1")', '(layer "User.3")')]
    assert only_chip(board(*moved)).outline.size == (4_000_000, 2_000_000)


def test_a_board_without_layer_names_keeps_the_chip_outline_on_user_1() -> None:
    plain = board((' "Chip outline"', ""), (' "Mold cap outline"', ""))
    assert only_chip(plain).outline.box == only_chip(board()).outline.box
    assert plain.mold is not None
    assert plain.mold.outline.size == (9_000_000, 9_000_000)


def test_a_ball_sits_on_the_side_of_its_copper() -> None:
    package = board(('(at -4 -4) (size 0.45 0.45) (property pad_prop_bga) (layers "B.Cu" "B.Mask")',
                     '(at -4 -4) (size 0.45 0.45) (property pad_prop_bga) (layers "F.Cu" "F.Mask")'))
    assert package.balls is not None
    assert package.balls.sides == (CHIP_SIDE, FAR_SIDE, FAR_SIDE, FAR_SIDE)


def test_fiducials_and_bare_holes_are_no_balls() -> None:
    at_b2 = "(at 4 4) (size 0.45 0.45) (property pad_prop_"
    package = board((at_b2 + "bga)", at_b2 + "fiducial_loc)"),
                    ('(pad "B1" smd circle (at -4 4)', '(pad "" np_thru_hole circle (at -4 4)'))
    assert package.balls is not None
    assert package.balls.sites.names == ("A1", "A2")


def test_with_the_whole_package_on_the_back_the_stack_up_runs_from_there() -> None:
    swap = [('"F.', '"front.'), ('"B.', '"F.'), ('"front.', '"B.')]
    package = board(*swap)
    assert package.carrier is not None
    assert package.balls is not None
    assert [row.name for row in package.carrier.stackup] == ["F.Mask", "F.Cu", "dielectric 1", "B.Cu", "B.Mask"]
    assert set(package.balls.sides) == {FAR_SIDE}
    assert len(package.passives) == 2


def test_sublayers_of_a_dielectric_are_layers_of_their_own() -> None:
    package = board(('(type "core") (thickness 0.2) (material "BT")',
                     '(type "core") (thickness 0.15) (material "BT") addsublayer (thickness 0.05) (material "ABF")'),
                    ("± 3 um", "15 um ± 3 um"))
    assert package.carrier is not None
    assert [(row.name, row.thickness.nominal, row.material) for row in package.carrier.stackup[2:4]] == [
        ("dielectric 1", 150_000, "BT"), ("dielectric 1 (2)", 50_000, "ABF")]
    assert package.carrier.stackup[0].thickness == Toleranced(15_000, 3000, 3000)


def test_all_faults_of_a_board_are_told_in_one_pass_each_by_part_field_and_line() -> None:
    said = faults(
        ('"Bump height" "90 um ± 5 um"', '"Bump height" "90"'), ('"Bonding" "flip-chip"', '"Bonding" "flipchip"'),
        ('"Mold pressure" "10 mmHg"', '"Mold pressure" "10 um"'), ('"Kerf" "200 um"', '"Kerf" "10 um ± 20 um"'),
        ('"Tolerance of F.Mask" "± 3 um"', '"Tolerance of F.Mask" "three"'),
        ('"Tolerance of dielectric 1"', '"Tolerance of dielectric"'),
        ('"Largest package height" "1.2 mm"', '"Largest package height" "1.2 mm ± 0.1 mm"'),
        ("(gr_line (start 95 95.5) (end 95 105)", "(gr_line (start 95 95.6) (end 95 105)"),
        ('(thickness 0.016)', ""), ('(start -0.2 -0.1) (end 0.2 0.1)', '(start -0.2 -0.1) (end 0.2 x)'),
    )
    assert said == [
        "b.kicad_pcb:31:4: stack-up layer B.Cu: this layer of the stack-up has no thickness; state it in Board Setup > "
        "Physical Stackup",
        "b.kicad_pcb:49:3: PKG1, field 'Largest package height': this has a tolerance; expected a plain length",
        "b.kicad_pcb:53:3: PKG1, field 'Mold pressure': 'um' is not a unit of pressure (known: kPa, Pa, MPa, hPa, mbar, "
        "bar, mmHg, Torr, torr, mTorr, mm-Hg)",
        "b.kicad_pcb:60:3: PKG1, field 'Kerf': '10 um ± 20 um' is out of range, with its tolerance: it must be more "
        "than nothing; write for example 65 um or 0.8 mm",
        "b.kicad_pcb:61:3: PKG1, field 'Tolerance of F.Mask': 'three' is not a tolerance; write for example ± 3 um or "
        "+3/-2 um",
        "b.kicad_pcb:62:3: PKG1, field 'Tolerance of dielectric': the stack-up has no layer 'dielectric'; did you "
        "mean 'dielectric 1'?",
        "b.kicad_pcb:91:3: U1, field 'Bonding': unknown value 'flipchip'; did you mean 'flip-chip'?",
        "b.kicad_pcb:93:3: U1, field 'Bump height': '90' has no unit; write for example 90 um",
        "b.kicad_pcb:115:30: C1: (end …) needs two numbers in mm, at most 2147",
        "b.kicad_pcb:134:2: Edge.Cuts: the outline on Edge.Cuts is open: nothing continues it at (95, 95.5) mm (it "
        "begins at (95, 95.6) mm); close it",
    ]


@pytest.mark.parametrize(("changes", "said"), [
    ([('"Package part" "chip"', '"Package part" "chipp"')],
     "b.kicad_pcb:89:3: U1, field 'Package part': 'chipp' is not a part of a package; did you mean 'chip'?"),
    ([('"Package part" "passive"', '"Package part" "carrier"'), ("Passive height", "X")],
     "b.kicad_pcb:106:2: C1: this is a second carrier (PKG1 is one too); a board is one carrier"),
    ([('"Reference" "C1"', '"Reference" "U1"')],
     "b.kicad_pcb:106:2: U1: there are 2 parts called U1; give each a reference of its own "
     "(here this one is called U1_2)"),
    ([('(footprint "hand:C_01005"\n\t\t(layer "F.Cu")', '(footprint "hand:C_01005"\n\t\t(layer "B.Cu")'),
      ('(layer "F.Fab") (uuid "00000000-0000-4000-8000-000000000056")', '(layer "B.Fab")')],
     "b.kicad_pcb:106:2: C1: this part sits on the carrier's other side than the chips; give it the field 'Passive side' = "
     "'far side' if it belongs there, flip it, or mark it 'Do not populate' to leave it out"),
    ([('(fp_rect (start -4.5 -4.5)', '(fp_text (start -4.5 -4.5)'), ('(name "Mold cap")', '(name "")')],
     "b.kicad_pcb:40:2: PKG1: the mold has fields but no outline; draw a closed one on layer 'Mold cap outline' "
     "(User.2)"),
    ([('(name "Mold cap")', '(name "Mold cap") (polygon (pts (xy 0 0) (xy 1 0) (xy 0 1)))')],
     "b.kicad_pcb:69:3: rule area 'Mold cap': the area is drawn more than once (a second one is near 0, 0 mm); draw "
     "one"),
    ([('(pad "A2" smd circle (at 0.5 -1.5 90) (size 0.11 0.11) (layers "F.Cu"',
       '(pad "A2" smd circle (at 0.5 -1.5 90) (size 0.11 0.11) (layers "B.Cu"')],
     "b.kicad_pcb:103:3: U1, pad A2: this bump pad lies on the carrier's other side than its chip; move it to the "
     "copper layer of its chip"),
    ([("(start 1 2) (end 1 -2.0005)", "(start 1 2) (end 1 -1.98)")],
     "b.kicad_pcb:97:3: U1: the chip outline on layer User.1 is open: nothing continues it at (99, 98) mm (it begins "
     "at (99, 100) mm); close it"),
    ([('(fp_rect (start -4.5 -4.5) (end 4.5 4.5)', '(fp_poly (pts (xy -4 -4) (xy 4 4) (xy 4 -4) (xy -4 4))')],
     "b.kicad_pcb:64:3: PKG1: the mold outline on layer User.2 crosses or touches itself (self-intersection); draw a "
     "simple outline"),
    ([('(pad "A1" smd circle (at -4 -4)', '(pad "A1" smd circle')],
     "b.kicad_pcb:65:3: this pad has no position or no size"),
])
def test_what_cannot_be_a_package_is_said_with_its_place(changes: list[tuple[str, str]], said: str) -> None:
    assert said in faults(*changes)


def test_a_board_without_edge_cuts_has_no_carrier_outline() -> None:
    assert faults(('(layer "Edge.Cuts")', '(layer "F.SilkS")')) == [
        "b.kicad_pcb:40:2: PKG1: the carrier has no outline; draw a closed one on Edge.Cuts"]


def test_a_board_with_only_a_chip_is_a_package_of_what_there_is() -> None:
    package = board(('"Package part" "carrier"', '"Note" "carrier"'), ('"Mold cap outline"', '"Anything"'),
                    ('"Mold cap")', '"Other")'))
    assert [chip.name for chip in package.chips] == ["U1"]
    assert (package.mold, package.balls, package.singulation) == (None, None, None)
    assert package.name == "b"


def test_an_ordinary_board_is_told_how_to_become_a_package() -> None:
    text = changed(("Package part", "Note"), ("User.2", "User.4"), ('(name "Mold cap")', '(name "")'))
    with pytest.raises(Faults, match="nothing on this board is part of a package; give a footprint the field"):
        read_board(text.encode(), "b")


def test_the_files_of_kicad_7_are_read_as_well() -> None:
    text = changed(
        ("20241229", "20221018"), ('(property "Reference" "U1" (at', '(fp_text reference "U1" (at'),
        ('(uuid "00000000-0000-4000-8000-000000000046")', "(tstamp 00000000-0000-4000-8000-000000000046)"))
    chip = only_chip(read_board(text.encode(), "b"))
    assert chip.bumps is not None
    assert (chip.name, chip.bumps.sites.uuids[0]) == ("U1", "00000000-0000-4000-8000-000000000046")


def test_clauses_of_a_later_kicad_are_passed_over() -> None:
    later = board(("20241229", "20991231"), ("(attr smd)", '(hologram (spin "x" 3) (pad_hint yes))'),
                  ('(net 1 "VDD") (uuid', '(net "VDD") (quantum (net "no")) (uuid'))
    assert only_chip(later).bumps is not None
    assert [terminal.net for terminal in later.passives[0].terminals] == ["VDD", "GND"]


def test_many_pads_are_placed_exactly_as_one() -> None:
    import numpy as np

    from overmold.shapes import transform_all

    points = np.array([(n * 1_234_567 % 900_001, n * 7_654_321 % 800_003) for n in range(500)])
    angles = np.array([(n * 45_000 + n % 3) % 360_000 for n in range(500)])
    origin = np.column_stack((points[:, 1] - 5, points[:, 0] + 9))
    rows = zip(points.tolist(), origin.tolist(), angles.tolist())
    expected = [transform((x, y), (a, b), turn) for (x, y), (a, b), turn in rows]
    assert [tuple(spot) for spot in transform_all(points, origin, angles).tolist()] == expected
