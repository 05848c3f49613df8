"""Carriers that are no rectangles, tolerances in percent, notes, and materials by name: from file to board and back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from overmold.check import BROKEN, UNTESTED, check
from overmold.compare import drift
from overmold.drawing import BACK_FAB, Polygon, corner_spot
from overmold.drawing.parts import draw_carrier
from overmold.fill import Options, fill
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Compound, Package
from overmold.package_file import read_package_text
from overmold.package_file.writing import package_file
from overmold.report.fill_text import fill_text
from overmold.rule import load_deck
from overmold.shapes import Outline, margin_inside, polygon, rectangle
from paths import PACKAGES

DECK = load_deck()
TEXT = (PACKAGES / "notched.yaml").read_text(encoding="utf-8")
NOTCH = "[2.5 mm, -0.5 mm], [2.2 mm, -0.5 mm], [2.2 mm, 0.5 mm],\n            [2.5 mm, 0.5 mm], "


def design(*changes: tuple[str, str]) -> Package:
    text = TEXT
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return read_package_text(text, "p.yaml", PACKAGES)


def test_percent_tolerances_notes_and_corners_are_written_as_they_were_stated(tmp_path: Path) -> None:
    package = design()
    board = read_board(board_file(package), "b.kicad_pcb")
    assert drift(board, package) == ()
    files = package_file(board)
    text = files[f"{package.name}.yaml"]
    for said in ("thickness: 15 um ± 20 %", "thickness: 100 um ± 10 %", "thickness: 150 um ± 5 %", "height: 75 um ± 5 %",
                 "height: 0.2 mm ± 8 %", "cap: 280 um ± 3 %", "diameter: 0.4 mm ± 5 %", "standoff: 0.3 mm +10/-5 %",
                 "kerf: 200 um ± 10 %", "note: keep dry", 'note: "second lot: 25 %"', "note: first lot", "[2.2 mm, 0.5 mm]"):
        assert said in text, said
    for name, one in files.items():
        (tmp_path / name).write_text(one, encoding="utf-8")
    assert drift(read_package_text(text, "again.yaml", tmp_path), package) == ()


@pytest.mark.parametrize(("changes", "depth"), [
    ([("  outline: carrier", "  outline: [5 mm, 5 mm]")], 300_000),  # over the notch, deeper than over the chamfer
    ([("  outline: carrier", "  outline: [5 mm, 5 mm]"), (NOTCH, "")], 282_843),
])
def test_mold_over_a_notch_or_a_chamfer_is_as_far_out_as_it_is(changes: list[tuple[str, str]], depth: int) -> None:
    package = design(*changes)
    for one in (package, read_board(board_file(package), "b.kicad_pcb")):
        verdict = check(one, DECK).verdict("mold-not-inside-carrier")
        assert (verdict.status, verdict.judged[0].reading.value) == (BROKEN, -depth)


def test_what_lies_over_a_hole_is_as_far_out_as_the_hole_is_deep() -> None:
    hole = ((-10, -10), (10, -10), (10, 10), (-10, 10))
    assert margin_inside(rectangle((0, 0), (40, 40)), Outline((rectangle((0, 0), (100, 100)).rings[0], hole))) == -10


def test_parts_over_the_notch_break_their_rules() -> None:
    over = design(("at: [-1.8 mm, 0 mm]", "at: [2.2 mm, 0 mm]"))
    broken = {one.rule.name for one in check(over, DECK).verdicts if one.status == BROKEN}
    assert {"land-beyond-carrier", "passive-not-inside-mold", "saw-street-not-clear"} <= broken


def test_the_mark_of_a1_lies_on_the_carrier_where_its_corner_is_cut_off() -> None:
    package = design()
    assert package.carrier is not None
    outline = package.carrier.outline
    (mark,) = [one for one in draw_carrier(package).shapes if isinstance(one, Polygon) and one.layer == BACK_FAB and one.filled]
    assert polygon(outline).covers(polygon(Outline((mark.points,))))
    assert corner_spot(outline, (-1, 1), 100_000) == (-2_500_000, 2_500_000)
    assert corner_spot(rectangle((0, 0), (10, 10)), (-1, -1), 4) == (-5, -5)


@pytest.mark.parametrize(("changes", "rule", "said"), [
    ([("      alloy: SAC305", "      alloy: SAC30")], "mold-too-hot-for-bumps", "'SAC30' is not in rules/materials; did"),
    ([("  alloy: SAC305\n", "  alloy: SAC35\n")], "balls-do-not-melt-on-board", "'SAC35' is not in rules/materials; did"),
    ([("alloy: SAC305}", "alloy: SnAgg}")], "mold-too-hot-for-passives", "'SnAgg' is not in rules/materials"),
    ([("      alloy: SAC305", "      alloy: SAC305\n      presolder: Xyz")], "mold-too-hot-for-bumps",
     "'Xyz' is not in rules/materials"),
])
def test_a_solder_that_no_table_has_is_not_checked_and_said(changes: list[tuple[str, str]], rule: str, said: str) -> None:
    verdict = check(design(*changes), DECK).verdict(rule)
    assert verdict.status == UNTESTED
    assert any(said in one.missing for one in verdict.untested)


def test_a_compound_that_no_deck_has_is_said_by_the_fill() -> None:
    package = design(("  filler: 20 um", "  filler: 20 um\n  compound: EMC-101"))
    known = {"EMC-100": Compound("EMC-100", n=0.6, tau=40.0, b=2e-5, tb=6100.0)}
    options = Options(cells=24, halved=False, compounds=known)
    said = fill_text(fill(package, options), "p.yaml")
    assert "no flow data of 'EMC-101'; did you mean 'EMC-100'?" in said
    named = replace(package, mold=replace(package.mold, compound=""))  # type: ignore[type-var]
    assert "no flow data" not in fill_text(fill(named, options), "p.yaml")
