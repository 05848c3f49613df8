"""Boards of teams and of older KiCads: bodies beside marks, pads of several sizes, one reference twice, KiCad 5's arcs."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from foreign_boards import BALLS, MM, array, board, body, footprint, two_pads
from overmold.faults import Faults
from overmold.kicad.reading.board import read_board
from overmold.kicad.reading.selection import read_one_footprint, read_selection, uuids_of
from overmold.package import Package
from overmold.shapes import area

PADS = array(6, 6, 0.5, 0.12, "F")
PEN = '(stroke (width 0.1) (type default)) (layer "F.Fab")'
MARKS = {
    "a cross": f"(fp_line (start -0.2 0) (end 0.2 0) {PEN})(fp_line (start 0 -0.2) (end 0 0.2) {PEN})",
    "a dot": f"(fp_circle (center -1.5 -1.5) (end -1.4 -1.5) {PEN})",
    "a dot beside": f"(fp_circle (center -3.5 -1.5) (end -3.4 -1.5) {PEN})",
    "a triangle beside": f"(fp_poly (pts (xy -3 -1) (xy -2.6 -1.2) (xy -2.6 -0.8)) {PEN})",
    "a line from a corner": f"(fp_line (start -2 -2) (end -1.5 -1.5) {PEN})",
    "a trail of lines": f"(fp_line (start 1 1) (end 1 2.5) {PEN})(fp_line (start 1 2.5) (end 2.7 2.5) {PEN})",
    "an arc": f"(fp_arc (start -0.3 -2) (mid 0 -1.7) (end 0.3 -2) {PEN})",
    "no points": f"(fp_line (start 1 1) {PEN})",
}
BODIES = {
    "rectangle": f"(fp_rect (start -2 -2) (end 2 2) {PEN})",
    "lines": body(4, 4, cut=0),
    "a corner cut": body(4, 4),
    "polygon": f"(fp_poly (pts (xy -2 -2) (xy 2 -2) (xy 2 2) (xy -2 2)) {PEN})",
}
COURTYARD = '(fp_rect (start -2.5 -2.5) (end 2.5 2.5) (stroke (width 0.05) (type default)) (layer "F.CrtYd"))'


def read(data: bytes, *references: str) -> tuple[Package, str]:
    package, notes = read_selection(data, "b.kicad_pcb", uuids_of(data, "b.kicad_pcb", references) if references else ())
    return package, "\n".join(notes)


@settings(max_examples=dose(21, 60), deadline=None)
@given(st.sampled_from(sorted(BODIES)), st.lists(st.sampled_from(sorted(MARKS)), max_size=5),
       st.sampled_from(["", " 90", " 33.3"]))
def test_the_body_is_what_the_fabrication_layer_draws_around_the_pads_whatever_marks_stand_there(
    shape: str, marks: list[str], turn: str
) -> None:
    drawings = COURTYARD + "".join(MARKS[mark] for mark in marks) + BODIES[shape]
    package, said = read(board(BALLS, footprint("die", "U1", 2, PADS, "99 99" + turn, drawings=drawings)))
    assert abs(area(package.chips[0].outline) - 16 * MM * MM) < 16 * MM
    assert "courtyard" not in said


def test_marks_alone_are_no_body() -> None:
    package, said = read(board(BALLS, footprint("die", "U1", 2, PADS, "99 99", drawings=COURTYARD + "".join(MARKS.values()))))
    assert package.chips[0].outline.size == (5 * MM, 5 * MM)
    assert "U1: its 36 pads are taken for the bumps of a flip chip; its size is that of its courtyard" in said


def test_the_body_of_a_passive_stands_beside_its_polarity_bar_too() -> None:
    bar = f"(fp_line (start -0.3 -0.25) (end -0.3 0.1) {PEN})"
    package, _ = read(board(BALLS, footprint("C_0402", "C7", 3, two_pads(), "103 99", drawings=bar + body(1.4, 0.5, cut=0))))
    assert package.passives[0].outline.size == (1_400_000, 500_000)


def test_a_long_trail_of_lines_costs_no_square_of_time() -> None:
    trail = "".join(f"(fp_line (start {k / 1000} 0) (end {(k + 1) / 1000} 0) {PEN})" for k in range(3000))
    package, _ = read(board(BALLS, footprint("die", "U1", 2, PADS, "99 99", drawings=trail + BODIES["lines"])))
    assert package.chips[0].outline.size == (4 * MM, 4 * MM)


def capacitor(number: int, at: str, name: str = "C1", layer: str = "F.Cu") -> str:
    return footprint("C_0402", name, number, two_pads(), at, layer, body(1, 0.5, cut=0))


def test_parts_of_one_reference_are_each_read_and_that_is_said() -> None:
    twins = [capacitor(3, "103 99"), capacitor(4, "97 99"), capacitor(5, "97 97"), capacitor(6, "103 97", "C1_2")]
    package, said = read(board(BALLS, *twins[:3]))
    assert [(one.name, one.at[0] // MM) for one in package.passives] == [("C1", 103), ("C1_2", 97), ("C1_3", 97)]
    assert "there is more than one C1 on this board; one of them is called C1_2 here" in said
    chips = [footprint("die", "U1", number, PADS, at, drawings=BODIES["lines"]) for number, at in ((7, "97 99"), (8, "103 99"))]
    package, said = read(board(BALLS, *chips))
    assert [chip.name for chip in package.chips] == ["U1", "U1_2"]
    assert "there is more than one U1 on this board; one of them is called U1_2 here" in said


def test_a_second_capacitor_beside_one_with_fields_is_judged_too() -> None:
    stated = capacitor(3, "103 99").replace('\t\t(property "Ref', '\t\t(property "Package part" "passive")(property "Ref', 1)
    package = read_board(board(stated, capacitor(4, "97 99")), "b")
    assert [one.name for one in package.passives] == ["C1", "C1_2"]


def test_a_twin_that_is_left_out_is_named() -> None:
    far = capacitor(4, "97 99", layer="B.Cu").replace("F.Fab", "B.Fab")
    chip = footprint("die", "U1", 2, PADS, "100 99", drawings=BODIES["lines"])
    _, said = read(board(BALLS, chip, capacitor(3, "103 99"), far))
    assert "left out: C1 (neither balls nor bumps nor a passive on the chips' side)" in said


def sized(*wide: str, size: str = "0.2 0.2", shape: str = "circle") -> str:
    pads = PADS
    for name in wide:
        pads = re.sub(rf'(\(pad "{name}" smd) circle (.*?)\(size [^)]*\)', rf"\1 {shape} \2(size {size})", pads)
    return footprint("die", "U1", 2, pads, "99 99", drawings=BODIES["lines"])


def test_pads_of_two_sizes_are_still_a_chip_and_the_others_are_named() -> None:
    package, said = read(board(BALLS, sized("A1", "A6", "F1", "F6")))
    bumps = package.chips[0].bumps
    assert bumps is not None
    assert (len(bumps.sites), bumps.pad) == (36, 120_000)
    assert "U1: its pads are not all of 120 um (A1: 200 um, A6: 200 um, F1: 200 um, F6: 200 um); all are taken for that" in said


@pytest.mark.parametrize("shape", ["rect", "roundrect"])
def test_square_pads_are_said(shape: str) -> None:
    _, said = read(board(BALLS, sized("A1", size="0.12 0.12", shape=shape)))
    assert f"U1: not all of its pads are circles ({shape}); each is taken for one as wide" in said


@pytest.mark.parametrize(("wide", "size", "why"), [
    ("A1", "0.2 0.1", "some of its pads are longer than wide"),
    ("C3", "0.5 0.5", "its largest pad is more than 3 times as wide as its smallest"),
])
def test_an_array_of_pads_that_is_no_chip_is_left_out_with_a_reason(wide: str, size: str, why: str) -> None:
    package, said = read(board(BALLS, sized(wide, size=size), capacitor(3, "103 99")))
    assert not package.chips
    assert f"left out: U1 (no array of balls or bumps: {why})" in said


def test_a_ring_of_bond_fingers_and_its_glob_top_are_found() -> None:
    def ring(paste: str = "") -> str:
        pads = "".join(
            f'\t\t(pad "{side}{k}" smd rect (at {x} {y}) (size {size}) (layers "F.Cu" "F.Mask"{paste}) (net "N{side}{k}"))\n'
            for k in range(3) for side, x, y, size in (
                ("L", -2, k * 0.4 - 0.4, "0.5 0.15"), ("R", 2, k * 0.4 - 0.4, "0.5 0.15"),
                ("T", k * 0.4 - 0.4, -2, "0.15 0.5"), ("B", k * 0.4 - 0.4, 2, "0.15 0.5")))
        return footprint("COB", "IC1", 2, pads, "100 99", drawings=body(6, 6, "F.SilkS", cut=0))

    package, said = read(board(ring()))
    assert package.carrier is not None
    assert package.mold is not None
    fingers = {one.name: (one.at[0] - 100 * MM, one.at[1] - 99 * MM, one.size, one.angle, one.net)
               for one in package.carrier.fingers}
    assert len(fingers) == 12
    assert fingers["L0"] == (-2 * MM, -400_000, (150_000, 500_000), 90_000, "NL0")
    assert fingers["T2"] == (400_000, -2 * MM, (150_000, 500_000), 0, "NT2")
    assert package.mold.outline.size == (6 * MM, 6 * MM)
    assert "IC1: its 12 long pads without paste are taken for bond fingers" in said
    assert "the outline of the glob top over them, a guess" in said
    # The lands of a package with leads look the same, but for the paste.
    with pytest.raises(Faults, match="no footprint of this board is part of a package"):
        read(board(ring(' "F.Paste"')))


def test_the_lands_of_a_footprint_file_are_told_apart_as_well() -> None:
    pads = array(5, 5, 0.4, 0.23, "F").replace("(size 0.23 0.23)", "(size 0.2 0.2)", 2)
    found = read_one_footprint(f'(footprint "UWG" (layer "F.Cu") {body(3, 3)}{pads})'.encode(), "u.kicad_mod")
    assert "guess: A1 and A2: balls of their own size, for their lands have one" in found.notes


def kicad_5(edge: str) -> bytes:
    """The team's board as KiCad 5 wrote it: modules, bare words, time stamps."""
    text = board(BALLS, footprint("die", "U1", 2, PADS, "100 99", drawings=BODIES["lines"]), edge=edge).decode()
    text = text.replace("20241229", "20171130").replace("(footprint ", "(module ")
    text = re.sub(r'\(property "Reference" ("\w+")', r"(fp_text reference \1", text)
    text = re.sub(r'\(uuid "0{8}-0000-0000-0000-0{4}(\d{8})"\)', r"(tstamp \1)", text)
    return re.sub(r'"([\w.:]+)"', r"\1", text).encode()


ROUNDED = (("104.5 95.5", "104.5 95"), ("104.5 102.5", "105 102.5"), ("95.5 102.5", "95.5 103"), ("95.5 95.5", "95 95.5"))
STRAIGHT = (("95.5 95", "104.5 95"), ("105 95.5", "105 102.5"), ("104.5 103", "95.5 103"), ("95 102.5", "95 95.5"))


def line_5(start: str, end: str) -> str:
    return f"(gr_line (start {start}) (end {end}) (layer Edge.Cuts) (width 0.05))"


def test_a_board_of_kicad_5_with_rounded_corners_is_read_as_kicad_9_reads_it() -> None:
    arcs = "".join(f"(gr_arc (start {centre}) (end {start}) (angle 90) (layer Edge.Cuts) (width 0.05))"
                   for centre, start in ROUNDED)
    data = kicad_5("".join(line_5(*one) for one in STRAIGHT) + arcs)
    package, _ = read(data)
    assert package.carrier is not None
    assert package.carrier.outline.size == (10 * MM, 8 * MM)
    assert area(package.carrier.outline) == pytest.approx(80e12 - (4 - 3.14159265) * 0.25e12, rel=1e-5)
    assert [(chip.name, chip.outline.size) for chip in package.chips] == [("U1", (4 * MM, 4 * MM))]
    assert package.balls is not None
    assert len(package.balls.sites) == 20
    assert read(data, "U1", "BGA1")[0].chips[0].name == "U1"


@pytest.mark.parametrize(("angle", "end", "inside"), [
    (180, "100 96", 0.5), (-180, "100 96", 0.5), (90, "97 99", 0.25), (-90, "103 99", 0.25), (270, "103 99", 0.75),
])
def test_arcs_of_kicad_5_turn_clockwise_and_as_far_as_they_say(angle: int, end: str, inside: float) -> None:
    arc = f"(gr_arc (start 100 99) (end 100 102) (angle {angle}) (layer Edge.Cuts) (width 0.05))"
    package, _ = read(kicad_5(arc + line_5(end, "100 99") + line_5("100 99", "100 102")))
    assert package.carrier is not None
    left, _, _, bottom = package.carrier.outline.box
    assert bottom == 102 * MM
    assert (left < 98 * MM) == (angle > 0)
    assert area(package.carrier.outline) == pytest.approx(inside * 3.14159265 * 9e12, rel=1e-3)


def test_a_whole_turn_of_kicad_5_is_a_circle() -> None:
    package, _ = read(kicad_5("(gr_arc (start 100 99) (end 104 99) (angle 360) (layer Edge.Cuts) (width 0.05))"))
    assert package.carrier is not None
    assert package.carrier.outline.size == pytest.approx((8 * MM, 8 * MM), abs=400)


def test_a_board_of_kicad_5_without_a_package_says_what_to_do_with_it() -> None:
    with pytest.raises(Faults, match="it was written by KiCad 5, whose footprints have no fields: open and save it in KiCad 9"):
        read_board(kicad_5(line_5("1 1", "2 2")), "b")


def test_two_outlines_without_a_package_are_no_package(tmp_path: Path) -> None:
    twice = "".join(f'(gr_rect (start {x} 100) (end {x + 20} 120) (stroke (width 0.1) (type solid)) (layer "Edge.Cuts"))'
                    for x in (100, 130))
    with pytest.raises(Faults, match=r"^b: nothing on this board is part of a package"):
        read_board(board(edge=twice), "b")
    with pytest.raises(Faults, match=r"^b.kicad_pcb: no footprint of this board is part of a package"):
        read(board(edge=twice))
    with pytest.raises(Faults, match="is drawn more than once"):
        read(board(BALLS, edge=twice))
