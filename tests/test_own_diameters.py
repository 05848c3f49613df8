"""Balls and bumps of a diameter of their own: drawn by it, judged by it, and read back from the board."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.check import check
from overmold.faults import Faults
from overmold.geometry.lands import ball_pad
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package_file.writing import package_file
from overmold.rule import load_deck
from package_text import read

DECK = load_deck()
HEAD = "package: OWN\ncarrier: {kind: substrate, size: [20 mm, 20 mm], stackup: [{layer: mask, thickness: 15 um}]}\n"
BALLS = HEAD + "balls: {array: {at: {%s}}, diameter: 0.3 mm%s}\n"


def own(sites):
    return dict(zip(sites.names, sites.diameters.tolist() if sites.diameters is not None else [0] * len(sites)))


def verdicts(package: Package):
    return {one.rule.name: (one.status, [reading.reading.value for reading in (one.worst,) if reading])
            for one in check(package, DECK).verdicts}


def back(package: Package) -> Package:
    return read_board(board_file(package), "own.kicad_pcb")


def test_a_wide_ball_among_narrow_ones_has_a_land_of_its_own():
    package = read(BALLS % ("A1: [-2 mm, 0 mm, 0.8 mm], A2: [0 mm, 0 mm], A3: [2 mm, 0 mm], X: [0 mm, 3 mm, 0.4 mm]", ""))
    board = board_file(package).decode()
    for diameter, count in ((800_000, 1), (300_000, 2), (400_000, 1)):
        land = ball_pad(diameter)[0] / 1e6
        assert board.count(f"(size {land:g} {land:g})") == count
    again = back(package)
    assert own(again.balls.sites) == {"A1": 800_000, "A2": 0, "A3": 0, "X": 400_000}
    assert (again.balls.land, again.balls.opening) == (package.balls.land, package.balls.opening)


def test_a_land_that_was_stated_is_as_much_wider_under_a_wider_ball():
    package = read(BALLS % ("A1: [-2 mm, 0 mm, 0.6 mm], A2: [0 mm, 0 mm]", ", land: 0.4 mm, opening: 0.35 mm"))
    board = board_file(package).decode()
    assert re.findall(r'\(pad "(\w+)"[^(]*\(at [^(]*\(size (\S+) ', board) == [("A1", "0.8"), ("A2", "0.4")]
    assert (board.count("(solder_mask_margin -0.05)"), board.count("(solder_mask_margin -0.025)")) == (1, 1)


def test_where_every_ball_has_its_own_the_usual_land_is_a_field():
    package = read(BALLS % ("A1: [-2 mm, 0 mm, 0.6 mm], A2: [0 mm, 0 mm, 0.5 mm]", ", land: 0.4 mm, opening: 0.35 mm"))
    again = back(package)
    assert (own(again.balls.sites), again.balls.land, again.balls.opening) == (
        {"A1": 600_000, "A2": 500_000}, 400_000, 350_000)


def test_a_package_file_written_from_the_board_says_them_again(tmp_path):
    package = back(read(BALLS % ("A1: [-2 mm, 0 mm, 0.8 mm], A2: [0 mm, 0 mm]", "")))
    files = package_file(package)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    again = read(files["OWN.yaml"], tmp_path)
    assert own(again.balls.sites) == {"A1": 800_000, "A2": 0}


CHIPS = HEAD + """\
chips:
  - {name: U1, size: [8 mm, 8 mm], at: [1 mm, 1 mm], angle: %d deg, bonded: %s, thickness: 100 um,
     %s: {array: {at: {%s}}, %s}}
%s"""
ON_TOP = """\
  - {name: U2, stands_on: U1, size: [6 mm, 6 mm], at: [1 mm, 1 mm], bonded: flip-chip, thickness: 100 um,
     bumps: {array: {at: {%s}}, diameter: 100 um, height: 90 um}}
"""
SPOTS = st.dictionaries(st.sampled_from([f"{row}{column}" for row in "ABCD" for column in range(1, 5)]),
                        st.sampled_from(["", ", 70 um", ", 100 um", ", 130.001 um", ", 250 um"]), min_size=1)


def spots_of(drawn):
    return ", ".join(f"{name}: [{'ABCD'.index(name[0]) - 1.5} mm, {int(name[1]) - 2.5} mm{more}]"
                     for name, more in drawn.items())


@settings(max_examples=dose(14, 40), deadline=None)
@given(SPOTS, SPOTS, st.sampled_from([0, 90, 45]))
def test_own_diameters_and_verdicts_are_the_same_on_the_board(bumps, balls, angle):
    on_carrier = CHIPS % (angle, "flip-chip", "bumps", spots_of(bumps), "diameter: 100 um, height: 90 um", "")
    on_chip = CHIPS % (0, "face-up", "pads", "P: [3 mm, 3 mm]", "size: 80 um", ON_TOP % spots_of(bumps))
    for text in (on_carrier, on_chip):
        package = read(text + f"balls: {{array: {{at: {{{spots_of(balls)}}}}}, diameter: 0.3 mm}}\n")
        again = back(package)
        assert own(again.balls.sites) == own(package.balls.sites)
        assert [own(chip.bumps.sites) for chip in again.chips if chip.bumps] == [
            own(chip.bumps.sites) for chip in package.chips if chip.bumps]
        assert (again.balls.land, again.balls.opening) == (package.balls.land, package.balls.opening)
        assert verdicts(again) == verdicts(package)


@pytest.mark.parametrize(("field", "words"), [
    ("0.8 mm: A1 Q9", "there is no 'Q9' here"), ("0.8 mm A1", "write for example 0.8 mm: A1 A2"),
    ("0.8: A1", "has no unit"), ("0.8 mm: A1; 0.7 mm: A1", "'A1' has two diameters here"), ("0 mm: A1", "is too small"),
])
def test_a_field_that_cannot_be_read_is_a_fault(field, words):
    board = board_file(read(BALLS % ("A1: [-2 mm, 0 mm, 0.8 mm], A2: [0 mm, 0 mm]", ""))).decode()
    assert '"800 um: A1"' in board
    with pytest.raises(Faults) as raised:
        read_board(board.replace('"800 um: A1"', f'"{field}"').encode(), "own.kicad_pcb")
    (fault,) = map(str, raised.value.faults)
    assert words in fault
    assert "Ball diameters of their own" in fault
