"""One set of bounds for the package file, the board and what writes them: what can be built can be read."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package.bounds import MOST_ON_STRIP, MOST_TIERS, REACH
from overmold.units import PRESSURE, TEMPERATURE, Toleranced, parse_toleranced, show_toleranced
from package_text import read, said

PACKAGE = """\
package: P
carrier: {kind: %s, size: [10 mm, 10 mm]%s}
%s
"""


def text(more="", kind="substrate", carrier=""):
    return PACKAGE % (kind, carrier, more)


FRAME = ", frame: {thickness: 0.2 mm, strip: [%s], leads: {per_side: 8, pitch: 0.5 mm, width: 0.25 mm, length: 0.4 mm}}"
WIRED = ("""chips: [{name: U1, size: [2 mm, 2 mm], bonded: face-up, pads: {array: {at: {A1: [0.9 mm, 0 mm]}}, size: %s}}]
wires: {defaults: {tier: %s}, list: [[U1.A1, F1]]}""")
FINGER = ", fingers: [{at: {F1: [%s, 0 mm]}, size: [%s, 200 um]}]"


@pytest.mark.parametrize("package", [
    text('passives: [{name: C1, size: "0201", at: [299 mm, -299 mm]}]'),
    text("balls: {array: {at: {A1: [-299 mm, 0 mm], A2: [299 mm, 0 mm]}}, diameter: 0.4 mm}"),
    text("chips: [{name: U1, size: [5 mm, 5 mm], at: [290 mm, -290 mm], angle: 45 deg, bonded: flip-chip, bumps: "
         "{array: {at: {A1: [-400 mm, 0 mm], A2: [9 mm, 0 mm]}}, diameter: 100 um}}]"),
    text(kind="lead frame", carrier=FRAME % f"{MOST_ON_STRIP}, 1"),
    text(WIRED % ("80 um", MOST_TIERS), carrier=FINGER % ("4 mm", "80 um")),
    text(WIRED % ("2 mm", 1), carrier=FINGER % ("4 mm", "590 mm")),
    text("mold: {process: {pressure: 1000000 mmHg, temperature: 2000 degC}}"),
    text("mold: {process: {pressure: 13332e-6 Pa, temperature: -273.15 degC}}"),
    text("mold: {process: {pressure: 133.322387415 MPa}}"),
], ids=range(9))
def test_what_lies_just_within_the_bounds_is_built_and_read_back(package):
    made = read(package)
    board = read_board(board_file(made), "p.kicad_pcb")
    assert board.carrier is not None
    assert board.mold is None or (board.mold.process == made.mold.process)


@pytest.mark.parametrize(("package", "words"), [
    (text('passives: [{name: C1, size: "0201", at: [950 mm, 0 mm]}]'), "300 mm is the most"),
    (text("chips: [{name: U1, size: [5 mm, 5 mm], at: [0 mm, -298 mm], bonded: face-up}]"), "this reaches 300.5 mm"),
    (text("balls: {array: {at: {A1: [0 mm, 0 mm]}}, diameter: 1000 mm}"), "300 mm is the most"),
    (text("mold: {outline: [601 mm, 1 mm]}"), "this reaches 300.5 mm"),
    (text(kind="lead frame", carrier=FRAME % "1000000, 20"), "this is counted from 1 to 999,999"),
    (text(kind="lead frame", carrier=FRAME % "0, 20"), "this is counted from 1 to 999,999"),
    (text(WIRED % ("80 um", 100), carrier=FINGER % ("4 mm", "80 um")), "this is counted from 1 to 99"),
    (text(WIRED % ("1000 mm", 1), carrier=FINGER % ("4 mm", "80 um")), "larger than its chip, 2 mm by 2 mm"),
    (text(WIRED % ("80 um", 1), carrier=FINGER % ("4 mm", "1000 mm")), "300 mm is the most"),
    (text("mold: {process: {pressure: 1e9 Pa}}"), "at most 1000000 mmHg"),
    (text("mold: {process: {pressure: 1e-6 Pa}}"), "is too small"),
])
def test_what_lies_beyond_them_is_one_fault_at_its_place(package, words):
    (fault,) = said(package)
    assert words in fault
    assert fault.startswith("p.yaml:")


@settings(max_examples=dose(75, 300))
@given(st.sampled_from([PRESSURE, TEMPERATURE]), st.data())
def test_what_a_field_rounds_stays_within_its_kind(kind, data):
    low = data.draw(st.integers(kind.least, kind.largest))
    high = data.draw(st.integers(low, kind.largest))
    nominal = data.draw(st.integers(low, high))
    shown = parse_toleranced(show_toleranced(Toleranced(nominal), kind), kind)
    assert kind.least <= shown.nominal <= kind.largest


def test_a_large_pad_on_a_board_is_looked_up_in_bounded_time():
    package = text(WIRED % ("2 mm", 1), carrier=FINGER % ("4 mm", "80 um"))
    board = board_file(read(package)).replace(b'"2 mm"', b'"500 mm"')
    (wire,) = read_board(board, "p.kicad_pcb").wires
    assert wire.start == "U1.A1"
    assert REACH == 300_000_000
