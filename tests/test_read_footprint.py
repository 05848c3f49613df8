"""A footprint file becomes a Package of the one part that it says it is."""

from __future__ import annotations

import pytest

from flip_chip_board import changed, only_chip
from overmold.faults import Faults
from overmold.kicad.reading import read_board, read_footprint
from overmold.package import FAR_SIDE
from overmold.units import Toleranced


def footprint(role: str) -> bytes:
    """One footprint of the board as a file of its own."""
    text = changed()
    begin = text.index('(footprint "hand:' + role)
    end = text.index("\n\t)", begin) + 3
    lines = text[begin:end].replace("\n\t\t(at 100 100)", "").replace("\n\t\t(at 101 99 90)", "").replace(
        "\n\t\t(at 97 100 90)", "").replace(" 90)", ")")
    return lines.encode()


def test_a_chip_footprint_is_a_package_of_one_chip() -> None:
    package = read_footprint(footprint("chip"), "chip.kicad_mod")
    chip = only_chip(package)
    assert (chip.name, chip.at, chip.angle, package.carrier, package.name) == ("U1", (0, 0), 0, None, "chip")
    assert chip.outline.box == (-1_000_000, -2_000_000, 1_000_000, 2_000_000)
    assert chip.bumps is not None
    assert chip.bumps.sites.xy[0].tolist() == [-500_000, -1_500_000]


def test_a_carrier_footprint_has_balls_mold_and_the_outline_of_its_fabrication_layer() -> None:
    data = footprint("carrier").replace(b"(attr smd)", b'(fp_rect (start -5 -5) (end 5 5) (layer "F.Fab"))')
    package = read_footprint(data, "c.kicad_mod")
    assert package.carrier is not None
    assert package.balls is not None
    assert package.mold is not None
    assert (package.name, package.carrier.kind) == ("HAND-4", "substrate")
    assert package.carrier.outline.size == (10_000_000, 10_000_000)
    assert (len(package.balls.sites), set(package.balls.sides)) == (4, {FAR_SIDE})
    assert package.mold.cap == Toleranced(315_000, 15_000, 15_000)
    with pytest.raises(Faults, match=r"PKG1: the carrier has no outline; draw a closed one on layer F\.Fab"):
        read_footprint(footprint("carrier"), "c.kicad_mod")


def test_a_passive_footprint_is_a_package_of_one_passive() -> None:
    (passive,) = read_footprint(footprint("C_01005"), "c.kicad_mod").passives
    assert (passive.name, passive.height, len(passive.terminals)) == ("C1", Toleranced(200_000, 20_000, 20_000), 2)


def test_a_land_pattern_is_read_as_the_balls_that_stand_on_it() -> None:
    data = footprint("carrier").replace(b'"Package part" "carrier"', b'"Package part" "land pattern"').replace(
        b'"B.Cu" "B.Mask"', b'"F.Cu" "F.Mask" "F.Paste"')
    package = read_footprint(data, "lands.kicad_mod")
    assert package.balls is not None
    assert (len(package.balls.sites), set(package.balls.sides), package.balls.land) == (4, {FAR_SIDE}, 0)
    assert package.balls.diameter == Toleranced(400_000)


def test_a_footprint_that_does_not_say_what_it_is_is_told_how() -> None:
    with pytest.raises(Faults, match=r"give it the field 'Package part': carrier, chip, passive, land pattern"):
        read_footprint(b'(footprint "x" (layer "F.Cu"))', "x.kicad_mod")
    with pytest.raises(Faults, match=r"give it the field 'Package part'; did you mean 'chip'"):
        read_footprint(footprint("chip").replace(b'"Package part" "chip"', b'"Package part" "chop"'), "x.kicad_mod")


def test_a_board_is_no_footprint_and_a_footprint_no_board() -> None:
    with pytest.raises(Faults, match=r"does not begin with \(footprint … or \(module …"):
        read_footprint(changed().encode(), "x.kicad_mod")
    with pytest.raises(Faults, match=r"does not begin with \(kicad_pcb …"):
        read_board(footprint("chip"), "x.kicad_pcb")
