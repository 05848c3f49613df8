"""Leads whose ends are half circles."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest

from overmold.check import BROKEN, KEPT, check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.geometry.leads import LeadRow, leads_of
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.rule import load_deck
from overmold.shapes import area, margin_inside
from paths import DEMO
from turned_boards import turned

DECK = load_deck()
ROUNDED = DEMO.parent / "qfn_rounded.yaml"


def rounded(*changes: tuple[str, str]) -> Package:
    text = ROUNDED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_package_text(text, "p.yaml", DEMO.parent)


@pytest.mark.parametrize("width", [250_000, 300_001])
def test_a_rounded_end_lies_in_the_box_of_the_lead_and_lacks_what_a_half_circle_lacks(width: int) -> None:
    row = LeadRow(down=3, across=0, pitch=650_000, width=width, length=500_000, inner=200_000, pulled_back=100_000)
    plain, inner, both = (leads_of(one, (4_000_000, 4_000_000)) for one in (
        row, row._replace(rounded="inner"), row._replace(rounded="both")))
    corners = width * width - math.pi * width * width / 4  # of both ends together
    for box, one, two in zip(plain, inner, both):
        assert one.outline.box == two.outline.box == box.outline.box
        assert one.foot.box == two.foot.box == box.foot.box
        assert area(box.outline) - area(one.outline) == pytest.approx(corners / 2, rel=0.02)
        assert area(box.foot) - area(two.foot) == pytest.approx(corners, rel=0.02)
        assert two.outline == one.outline  # at the body's edge it is cut off straight
        assert margin_inside(two.foot, two.outline) >= -1


@pytest.mark.parametrize("angle", [90_000, 33_000])
def test_a_turned_frame_keeps_its_rounded_leads(angle: int) -> None:
    package = read_package_file(ROUNDED)
    assert drift(read_board(turned(board_file(package), angle), "b.kicad_pcb"), package) == ()


@pytest.mark.parametrize("change", [
    ("round_ends: both", "round_ends: inner"),
    ("      other: [{leads: [3, 11], width: 0.36 mm, length: 0.55 mm}]\n", ""),
    ("      pulled_back: 0.1 mm ± 0.05 mm\n      inner_length: 0.2 mm\n      round_ends: both", "      round_ends: inner"),
    ("      round_ends: both\n", "      round_ends: both\n      skip: [5]\n"),
])
def test_the_file_written_of_a_board_says_it_in_one_word(change: tuple[str, str], tmp_path: Path) -> None:
    if "round_ends: inner" in change[1] and "pulled" in change[0]:
        package = rounded(change, ("-1.3 mm", "-1.6 mm"), ("[1.3 mm", "[1.6 mm"))
    else:
        package = rounded(change)
    files = package_file(read_board(board_file(package), "b.kicad_pcb"))
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    text = next(iter(files.values()))
    assert "own:" not in text
    assert re.findall("round_ends: [a-z]+", text) == re.findall("round_ends: [a-z]+", change[1]) or "other:" in change[0]
    assert drift(read_package_text(text, "again.yaml", tmp_path), package) == ()


def test_a_bump_in_a_corner_that_is_rounded_off_hangs_over() -> None:
    there = ('"1": [-1.3 mm, -0.975 mm]', '"1": [-1.27 mm, -0.9 mm]')
    assert check(rounded(), DECK).verdict("bump-not-on-lead").status == KEPT
    assert check(rounded(there), DECK).verdict("bump-not-on-lead").status == BROKEN
    assert check(rounded(there, ("      round_ends: both\n", "")), DECK).verdict("bump-not-on-lead").status == KEPT


@pytest.mark.parametrize(("old", "new", "said"), [
    ("pulled_back: 0.1 mm ± 0.05 mm", "pulled_back: 0 mm", "an outer end at the body's edge is cut off straight"),
    ("length: 0.5 mm ± 0.05 mm", "length: 0.25 mm ± 0.05 mm", "a lead 300 um wide is too short for that, 250 um"),
    ("round_ends: both", "round_ends: outer", "'outer'"),
])
def test_ends_that_cannot_be_round_are_said_at_their_place(old: str, new: str, said: str) -> None:
    with pytest.raises(Faults, match=re.escape(said)) as found:
        rounded((old, new))
    assert found.value.faults[0].line
