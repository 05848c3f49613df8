"""The package file: what it means, and what it says when something is wrong with it."""

import pytest

from overmold.faults import Faults
from overmold.package_file import read_package_file
from overmold.shapes import Outline, area, rectangle
from overmold.units import Toleranced
from package_text import DEMO, MM, PACKAGES, SMALL, changed, read, said

# What a file means


def test_the_demo_means_what_it_says():
    package = read_package_file(PACKAGES / "demo.yaml")
    chip = package.chips[0]
    assert package.name == "FCCSP-144_10x10mm_P0.8mm"
    assert package.max_height == 1_200_000
    assert package.carrier.thickness == Toleranced(260_000, 30_000, 30_000)
    assert (package.carrier.stackup[0].kind, package.carrier.stackup[0].thickness) == ("mask", Toleranced(15_000, 3_000, 3_000))
    assert chip.outline == rectangle((0, 0), (5 * MM, 5 * MM))
    assert chip.thickness == Toleranced(150_000, 10_000, 10_000)
    assert (len(chip.bumps.sites), len(package.balls.sites)) == (324, 144)
    assert chip.bumps.height == Toleranced(90_000, 5_000, 5_000)
    assert (chip.bumps.pad, chip.bumps.opening) == (110_000, 85_000)
    assert package.mold.cap == Toleranced(315_000, 15_000, 15_000)
    assert package.mold.outline == package.carrier.outline
    assert package.mold.process.temperature == Toleranced(175_000)
    assert set(package.balls.sides) == {"far side"}
    assert (package.singulation.method, package.singulation.kerf) == ("saw", Toleranced(200_000))


def test_every_ball_of_the_demo_that_has_a_net_leads_to_a_bump_of_that_net():
    package = read_package_file(PACKAGES / "demo.yaml")
    bumps, balls = package.chips[0].bumps.nets, package.balls.nets
    assert bumps.count("") == 4
    assert balls.count("") == 4
    assert set(balls) == set(bumps)
    assert [terminal.net for terminal in package.passives[0].terminals] == ["VDD", "GND"]


def test_every_datum_knows_where_it_stands():
    package = read(DEMO)
    def spot(key):
        place = package.place(key)
        return place.text, place.file, place.line, place.column

    assert spot("mold.cap") == ("mold cap", "p.yaml", 36, 8)
    assert spot("chips.U1.bumps.height") == ("U1 bumps height", "p.yaml", 24, 15)
    assert spot("chips.U1.bumps.A1") == ("U1 bumps", "p.yaml", 21, 5)
    assert spot("passives.C3") == ("C3", "p.yaml", 32, 5)
    assert spot("carrier.stackup") == ("carrier stackup", "p.yaml", 9, 3)
    assert spot("max_height") == ("max height", "p.yaml", 4, 13)
    assert package.place("passives.C3").at == (0, 3_600_000)
    assert package.place("singulation.street").line == 49


def test_names_keep_the_text_that_was_written():
    rows = "netlist: [[NO, U1.A1, A1], [010, U1.A2, A2], [1e3, U1.B1, B1], [3.30, C1.1, C1], [ON, C1.2, '']]\n"
    package = read(SMALL + rows)
    assert package.chips[0].bumps.nets == ("NO", "010", "1e3", "")
    assert package.balls.nets[:4] == ("NO", "010", "", "1e3")
    assert [terminal.net for terminal in package.passives[0].terminals] == ["3.30", "ON"]


def test_a_case_size_in_quotes_or_not_gives_body_height_and_pads():
    for size in ('"0201"', "0201"):
        part = read(changed('"0201"', size)).passives[0]
        assert part.outline == rectangle((3 * MM, 1 * MM), (600_000, 300_000))
        assert part.height == Toleranced(300_000, 30_000, 30_000)
        assert [(pad.name, pad.at, pad.size) for pad in part.terminals] == [
            ("1", (2_680_000, 1 * MM), (460_000, 400_000)), ("2", (3_320_000, 1 * MM), (460_000, 400_000))]


def test_a_passive_may_have_a_size_height_and_pads_of_its_own_and_be_turned():
    own = ("size: [1 mm, 0.5 mm], height: 0.4 mm ± 0.1 mm, angle: 90 deg, nets: [VDD, \"\"], value: 1 uH, "
           "pads: [{at: [-0.4 mm, 0 mm], size: [0.2 mm, 0.5 mm]}, {at: [0.4 mm, 0 mm], size: [0.2 mm, 0.5 mm]}]")
    part = read(changed('size: "0201"', own)).passives[0]
    assert part.height == Toleranced(400_000, 100_000, 100_000)
    assert part.outline.size == (500_000, 1_000_000)
    assert [(pad.at, pad.size, pad.net) for pad in part.terminals] == [
        ((3 * MM, 1_400_000), (200_000, 500_000), "VDD"), ((3 * MM, 600_000), (200_000, 500_000), "")]
    assert part.value == "1 uH"


def test_a_chip_that_is_placed_and_turned_takes_its_bumps_along():
    package = read(changed("bonded: flip-chip", "at: [1 mm, 2 mm], angle: 90 deg, bonded: flip-chip"))
    sites = package.chips[0].bumps.sites
    assert dict(zip(sites.names, sites.xy.tolist())) == {
        "A1": [500_000, 2_500_000], "A2": [500_000, 1_500_000],
        "B1": [1_500_000, 2_500_000], "B2": [1_500_000, 1_500_000]}


def test_an_oblique_angle_turns_bumps_as_it_turns_outlines():
    text = changed("bonded: flip-chip", "angle: 30 deg, bonded: flip-chip").replace("[4 mm, 4 mm]", "[1 mm, 1 mm]")
    chip = read(text).chips[0]
    assert {tuple(xy) for xy in chip.bumps.sites.xy.tolist()} == set(chip.outline.rings[0])


def test_lands_that_are_not_stated_follow_from_ball_and_bump():
    package = read(SMALL)
    assert (package.balls.land, package.balls.opening) == (450_000, 350_000)
    assert (package.chips[0].bumps.pad, package.chips[0].bumps.opening) == (80_000, 80_000)


def test_what_nobody_stated_is_none():
    package = read("package: P\ncarrier: {kind: wafer, size: [1 mm, 1 mm]}\n")
    assert (package.chips, package.passives) == ((), ())
    assert (package.mold, package.balls, package.singulation) == (None, None, None)
    chip = read(SMALL).chips[0]
    assert (chip.thickness, chip.gap, chip.bumps.height) == (None, None, None)


@pytest.mark.parametrize(
    ("stated", "outline"),
    [("carrier", rectangle((0, 0), (10 * MM, 8 * MM))), ("[6 mm, 5 mm]", rectangle((0, 0), (6 * MM, 5 * MM))),
     ("[[0 mm, 0 mm], [3 mm, 0 mm], [0 mm, 3 mm]]", Outline((((0, 0), (3 * MM, 0), (0, 3 * MM)),))),
     ("[[0 mm, 0 mm], [3 mm, 0 mm], [0 mm, 3 mm], [0 mm, 0 mm]]", Outline((((0, 0), (3 * MM, 0), (0, 3 * MM)),)))],
)
def test_the_mold_is_as_large_as_the_carrier_or_a_size_or_a_polygon(stated, outline):
    assert read(f"{SMALL}mold: {{cap: 1 mm, outline: {stated}}}\n").mold.outline == outline


def test_a_carrier_or_chip_may_have_corners_instead_of_a_size():
    package = read(changed("size: [10 mm, 8 mm]", "outline: [[0 mm, 0 mm], [9 mm, 0 mm], [9 mm, 9 mm], [4 mm, 4 mm]]"))
    assert area(package.carrier.outline) == 405 * MM * MM // 10


# What is wrong with a file


def test_all_faults_of_a_file_come_in_one_pass_in_reading_order():
    assert said("""\
package: my pack
max_hight: 1 mm
carrier:
  kind: substrat
  size: [10 mm]
  stackup:
    - {layer: mask, thickness: 15}
    - {layer: copper}
chips:
  - name: U1
    size: [5 mm, five]
    bonded: flipchip
    thicknes: 150 um
  - just text
mold:
  cap:
balls: 12
singulation: {method: saw, street: [1 mm]}
netlist: [[VDD, C1.1]]
""") == [
        "p.yaml:1:10: 'my pack' cannot be a package's name: it names files, so letters, digits and . _ + - only, a "
        "letter or digit first, 100 at most; write for example FCCSP-144_10x10mm_P0.8mm",
        "p.yaml:2:1: unknown key 'max_hight'; did you mean 'max_height'?",
        "p.yaml:4:9: unknown value 'substrat'; did you mean 'substrate'?",
        "p.yaml:5:9: expected 2 entries, not 1; write for example [10 mm, 10 mm]",
        "p.yaml:7:32: '15' has no unit; write for example 15 mm",
        "p.yaml:8:7: 'thickness' is missing; write for example thickness: 15 um ± 3 um",
        "p.yaml:11:18: 'five' is not a valid length; write for example 65 um or 0.8 mm",
        "p.yaml:12:13: unknown value 'flipchip'; did you mean 'flip-chip'?",
        "p.yaml:13:5: unknown key 'thicknes'; did you mean 'thickness'?",
        "p.yaml:14:5: expected keys, not 'just text'; write for example {name: U1, bonded: flip-chip}",
        "p.yaml:16:3: 'cap' has no value; write for example 315 um ± 15 um, or remove the key",
        "p.yaml:17:8: expected keys, not '12'; write for example {array: {grid: [12, 12], pitch: 0.8 mm}, "
        "diameter: 0.4 mm}",
        "p.yaml:18:36: expected a length, not a list; write for example 300 um",
        "p.yaml:19:11: expected net, pad and ball, not 2 entries; write for example [VDD, U1.A1, B2]",
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("package: P\n", "", "1:1: 'package' is missing; write for example package: FCCSP-144_10x10mm_P0.8mm"),
        ("package: P\n", "package: NUL\n",
         "1:10: 'NUL' cannot be a package's name: Windows keeps it for itself; add something to it"),
        ("carrier: {kind: substrate, size: [10 mm, 8 mm]}\n", "",
         "1:1: 'carrier' is missing; write for example carrier: {kind: substrate, size: [10 mm, 10 mm]}"),
        ("kind: substrate, ", "", "2:1: 'kind' is missing; write for example kind: substrate"),
        ("size: [10 mm, 8 mm]", "size: [10 mm, -8 mm]",
         "2:42: '-8 mm' is too small: this length must be more than nothing; write for example 0.8 mm"),
        (", size: [10 mm, 8 mm]", "", "2:1: 'size' is missing; write for example size: [10 mm, 10 mm]"),
        ("size: [10 mm, 8 mm]", "size: [10 mm, 8 mm], outline: [[0 mm, 0 mm], [1 mm, 0 mm], [0 mm, 1 mm]]",
         "2:49: write either 'size' or 'outline', not both"),
        ("size: [10 mm, 8 mm]", "outline: [[0 mm, 0 mm], [1 mm, 1 mm], [1 mm, 0 mm], [0 mm, 1 mm]]",
         "2:28: the edges of this outline cross or touch at (0.5 mm, 0.5 mm); write its corners in order around it"),
        ("size: [10 mm, 8 mm]", "outline: [[0 mm, 0 mm], [1 mm, 1 mm], [2 mm, 2 mm]]",
         "2:28: this outline has no area; write its corners in order around it"),
        ("size: [10 mm, 8 mm]", "outline: [[0 mm, 0 mm], [1 mm, 1 mm]]",
         "2:37: expected 3 or more entries, not 2; "
         "write for example [[-5 mm, -5 mm], [5 mm, -5 mm], [0 mm, 5 mm]]"),
        ("size: [10 mm, 8 mm]", "outline: [[0 mm, 0 mm], [1 mm, 1 mm], [1 mm, 1 mm], [0 mm, 1 mm]]",
         "2:66: this corner is given twice in a row; remove one of the two"),
        ("8 mm]}", "8 mm], stackup: [{layer: core, thickness: 1 um}, {layer: mask, thickness: 1 um}, "
         "{layer: core, thickness: 1 um}]}",
         "2:91: solder mask inside the carrier; it can only be the first or the last layer"),
        ("diameter: 80 um", "diameter: 80 um ± 80 um", "4:109: '80 um ± 80 um' has a tolerance that takes it down to "
         "0 um; this length must be more than nothing"),
        ("diameter: 80 um", "diameter: 2 m",
         "4:109: 'm' is not a unit of length (known: nm, um, mm, cm, mil, in, inch, µm, μm)"),
        ("name: U1", "name: U.1", "4:12: 'U.1' cannot be a part's name: no blanks, points, commas, quotes, slashes or "
         "brackets, 60 characters at most; write for example U1"),
        ("name: U1", "name: PKG1", "4:12: 'PKG1' is what the carrier itself is called; choose another name"),
        ("name: C1", "name: U1", "6:12: 'U1' is the name of another part, in line 4; give each part its own"),
        ("bonded: flip-chip", "bonded: flip-chip, gap: nan",
         "4:60: 'nan' is not a valid length; write for example 65 um or 0.8 mm"),
        ('size: "0201"', "size: 201", "6:22: unknown value '201'; did you mean '0201'?"),
        ('size: "0201"', "size: [1 mm, 1 mm]",
         "6:5: 'pads' is missing, for a passive of its own size; write for example "
         "pads: [{at: [-0.25 mm, 0 mm], size: [0.3 mm, 0.3 mm]}]"),
        (', size: "0201"', "", "6:5: 'size' is missing; write for example size: \"0201\""),
        ("at: [3 mm, 1 mm]", "at: [3 mm, 1 mm], nets: [VDD]",
         "6:48: C1 has 2 pads, but 'nets' lists 1; write one net for each pad, \"\" for none"),
        ("at: [3 mm, 1 mm]", "at: 3 mm", "6:34: expected a list, not '3 mm'; write for example [4 mm, 0 mm]"),
        ("balls: {", "balls: {size: 1 mm, ", "7:9: unknown key 'size'; did you mean 'side'?"),
        ("diameter: 0.4 mm}", "diameter: 0.4 mm, side: near side}",
         "7:69: unknown value 'near side'; did you mean 'far side'?"),
    ],
)
def test_each_fault_says_what_is_wrong_and_what_to_write(old, new, message):
    assert said(changed(old, new)) == [f"p.yaml:{message}"]


@pytest.mark.parametrize(
    ("mold", "message"),
    [
        ("cap: 300", "8:13: '300' has no unit; write for example 300 um"),
        ("cap: 5 um .. 3 um", "8:13: '5 um .. 3 um' runs backwards; write the smaller value first"),
        ("process: {pressure: 20}", "8:28: '20' has no unit; write for example 10 mmHg or 1.3 kPa"),
        ("process: {temperature: -300 degC}", "8:31: '-300 degC' is too small: nothing is colder than -273.15 degC; "
         "write for example 175 degC"),
        ("process: {method: vacuum}", "8:26: unknown value 'vacuum'; known: reduced-pressure transfer, transfer, "
         "film-assisted transfer, compression, liquid dispensing, film lamination"),
        ("outline: [1 mm, 2 mm, 3 mm]", "8:17: expected 2 entries, not 3; write for example [10 mm, 10 mm]"),
        ("outline: board", "8:17: unknown value 'board'; known: carrier"),
        ("outline: {w: 1 mm}", "8:17: expected a word, not a group of keys; write for example carrier"),
    ],
)
def test_faults_of_the_mold_are_said_too(mold, message):
    assert said(f"{SMALL}mold: {{{mold}}}\n") == [f"p.yaml:{message}"]


def test_a_file_that_is_no_group_of_keys_is_told_what_a_package_file_is():
    for text in ("", "- a\n", "hello"):
        assert said(text) == ["p.yaml:1:1: a package file is made of keys, such as 'package: NAME' and "
                               "'carrier: {kind: substrate, …}'"]


def test_a_key_given_twice_does_not_hide_other_faults():
    assert said(SMALL + "package: Q\nmax_height: 1\n") == [
        "p.yaml:8:1: 'package' is given twice, first in line 1; remove one of the two",
        "p.yaml:9:13: '1' has no unit; write for example 1 mm",
    ]


def test_a_file_that_is_not_there_is_a_fault(tmp_path):
    with pytest.raises(Faults, match="there is no such file"):
        read_package_file(tmp_path / "none.yaml")
