"""Tie bars of a course of their own: to the middle of a side, bent, forked."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from overmold.check import KEPT, WARNED, check
from overmold.compare import drift
from overmold.faults import Faults
from overmold.geometry.leads import bar_along
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Frame, Package
from overmold.package_file import read_package_file, read_package_text
from overmold.package_file.writing import package_file
from overmold.rule import load_deck
from overmold.shapes import area
from paths import DEMO
from turned_boards import turned

DECK = load_deck()
TIED = DEMO.parent / "qfn_tied.yaml"
STRAIGHT = "{path: [[0 mm, -2 mm], [0 mm, -1.1 mm]], width: 0.3 mm}"


def tied(*changes: tuple[str, str]) -> Package:
    text = TIED.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return read_package_text(text, "p.yaml", DEMO.parent)


def frame_of(package: Package) -> Frame:
    assert package.carrier is not None
    assert package.carrier.frame is not None
    return package.carrier.frame


@pytest.mark.parametrize("angle", [90_000, 33_000])
def test_turned_bars_are_the_same_bars(angle: int) -> None:
    package = read_package_file(TIED)
    assert drift(read_board(turned(board_file(package), angle), "b.kicad_pcb"), package) == ()


@pytest.mark.parametrize("change", [
    ("paddle: [1.9 mm, 2.4 mm]", "paddle: [1.9 mm, 2.4 mm]\n    paddle_at: [0 mm, 0.05 mm]"),
    ("paddle: [1.9 mm, 2.4 mm]", "paddle: [1.9 mm, 2.4 mm]\n    tie_bars: 0.15 mm"),
    ("paddle: [1.9 mm, 2.4 mm]", "paddle_outline: [[-0.95 mm, -1 mm], [-0.8 mm, -1.2 mm], [0.95 mm, -1.2 mm], "
     "[0.95 mm, 1.2 mm], [-0.95 mm, 1.2 mm]]"),
    (STRAIGHT, "{outline: [[-0.1 mm, -2 mm], [0.2 mm, -2 mm], [0.1 mm, -1 mm], [-0.1 mm, -1 mm]]}"),
])
def test_bars_beside_others_come_back_from_the_board_and_from_the_file_of_it(change: tuple[str, str], tmp_path: Path) -> None:
    package = tied(change)
    board = read_board(board_file(package), "b.kicad_pcb")
    assert drift(board, package) == ()
    files = package_file(board)
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    again = read_package_text(next(iter(files.values())), "again.yaml", tmp_path)
    assert drift(again, package) == ()
    assert ("tie_bars: 150 um" in next(iter(files.values()))) == ("tie_bars" in change[1])


def test_all_bars_are_one_piece_with_the_paddle_and_near_a_lead_they_are_told() -> None:
    assert check(tied(), DECK).verdict("leads-too-close").status == KEPT
    near = tied((STRAIGHT, "{path: [[-1.3 mm, -2 mm], [-1.3 mm, -1.5 mm], [0 mm, -1.1 mm]], width: 0.3 mm}"))
    verdict = check(near, DECK).verdict("leads-too-close")
    assert verdict.status == WARNED
    assert verdict.judged[0].reading.told.startswith("lead 1 to a tie bar: ")


def test_a_bar_that_was_moved_on_the_board_is_drift() -> None:
    other = tied((STRAIGHT, STRAIGHT.replace("[0 mm, -2 mm], [0 mm, -1.1 mm]", "[0.1 mm, -2 mm], [0.1 mm, -1.1 mm]")))
    assert [one.key for one in drift(other, tied())] == ["carrier.frame.tie_bars"]


@pytest.mark.parametrize(("new", "said"), [
    ("{path: [[0 mm, -2 mm], [0 mm, -1.3 mm]], width: 0.3 mm}", "this tie bar holds nothing"),
    ("{path: [[0 mm, -2.2 mm], [0 mm, -1.1 mm]], width: 0.3 mm}", "this tie bar reaches beyond the body"),
    ("{path: [[0 mm, -2 mm], [0 mm, -1.1 mm]]}", "a tie bar with a middle line has a width"),
    ("{width: 0.3 mm}", "write either 'path' with 'width', or 'outline'"),
    ("{path: [[0 mm, -2 mm], [0 mm, -2 mm]], width: 0.3 mm}", "this corner is given twice in a row"),
    ("{path: [[-0.5 mm, -2 mm], [0.5 mm, -1.1 mm], [0.5 mm, -2 mm], [-0.5 mm, -1.1 mm]], width: 0.1 mm}",
     "this middle line comes back to itself"),
    ("{path: [[-1.9 mm, -1.2 mm], [0 mm, -1.2 mm]], width: 0.3 mm}", "a tie bar touches lead 1"),
])
def test_what_a_bar_cannot_be_is_said_at_its_place(new: str, said: str) -> None:
    with pytest.raises(Faults, match=re.escape(said)) as found:
        tied((STRAIGHT, new))
    assert found.value.faults[0].line


def test_bars_without_a_paddle_hold_nothing() -> None:
    with pytest.raises(Faults, match="tie bars hold a paddle, and there is none"):
        tied(("    paddle: [1.9 mm, 2.4 mm]\n    paddle_net: GND\n", ""))


def test_a_bar_along_a_bent_line_is_as_wide_as_it_is_said() -> None:
    bar = bar_along([(0, 0), (1_000_000, 0), (1_000_000, 500_000)], 100_000)
    assert bar is not None
    assert area(bar) == 1_500_000 * 100_000
    assert len(bar.rings[0]) == 6
    assert len(frame_of(tied()).tie_bars) == 3
