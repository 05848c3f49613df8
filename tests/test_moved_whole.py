"""What people move or turn on a board, all at once or one part against the carrier: it is moved, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from dose import dose
from overmold.compare import drift
from overmold.kicad.placing.proposal import Proposal, propose
from overmold.kicad.placing.work import work
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.shapes import transform
from paths import DEMO, REPOSITORY
from turned_boards import turned
from variants import demo, demo_with

SPECS = sorted([*DEMO.parent.glob("*.yaml"), *(REPOSITORY / "examples").glob("*.yaml")])
MIDDLE = (100_000_000, 100_000_000)
BY = (12_340_000, -7_770_000)


@cache
def spec_of(path: Path) -> Package:
    return read_package_file(path)


@cache
def board_of(path: Path) -> bytes:
    return board_file(spec_of(path))


def planned(board: bytes, spec: Package) -> Proposal:
    return propose(spec, board, "b.kicad_pcb")


def ids(found: Proposal) -> list[str]:
    return [change.id for change in found.changes]


def ticked(found: Proposal) -> list[str]:
    return [change.id for change in found.changes if change.ticked]


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_package_that_was_moved_and_turned_as_a_whole_needs_nothing(path: Path) -> None:
    some = SPECS.index(path) % 3
    for angle in (90_000, 180_000, 270_000, 45_000, 33_333)[dose(some, 0)::dose(4 - some, 1)]:
        board = turned(board_of(path), angle, MIDDLE, BY)
        found = planned(board, spec_of(path))
        assert (ids(found), found.kept, found.notes) == ([], (), ()), angle
        assert drift(read_board(board, "b.kicad_pcb"), spec_of(path)) == (), angle


def test_a_dozen_turns_of_thirty_degrees_are_none() -> None:
    board = board_of(DEMO)
    for _ in range(12):
        board = turned(board, 30_000, (101_000_000, 97_000_000))
    assert ids(planned(board, demo())) == []


@pytest.mark.parametrize("angle", [90_000, 180_000, 33_333])
def test_what_is_placed_anew_on_a_turned_carrier_lies_as_that_does(angle: int) -> None:
    board = turned(board_file(demo_with({"mold.cap": "300 um"}, {"passives.0.value": "1 nF"})), angle, MIDDLE, BY)
    found = planned(board, demo())
    assert ids(found) == ticked(found) == ["changed carrier", "changed passives.C1"]
    assert [one.words for one in found.changes] == [
        ("mold.cap: 300 um → 315 um ± 15 um",), ("passives.C1.value: 1 nF → 10 nF",)]
    made = work(found, ticked(found)).made
    assert [one.drawn.part.angle for one in made] == [angle, (90_000 + angle) % 360_000]
    assert made[0].drawn.part.at == (112_340_000, 92_230_000)
    assert made[0].before is not None
    assert made[0].before.part.angle == angle


@pytest.mark.parametrize("angle", [0, 90_000, 33_333])
def test_a_part_moved_against_a_turned_carrier_is_moved_and_unticked(angle: int) -> None:
    moved = board_file(demo_with({"passives.0.at": ["3.7 mm", "1 mm"]}, {"passives.1.angle": "30 deg"}))
    found = planned(turned(moved, angle, MIDDLE, BY), demo())
    assert ids(found) == ["moved passives.C1", "moved passives.C2"]
    assert ticked(found) == []
    said = found.changes[0].words[0]
    if angle % 90_000 == 0:
        assert said == ("it stays at 3.7 mm, 1 mm, turned by 90 deg; the package file has it at 3.6 mm, 0 mm, turned by 90 deg")
    back = work(found, ["moved passives.C1"]).made
    lie = found.lie
    assert [(one.drawn.part.at, one.drawn.part.angle) for one in back] == [
        (transform((3_600_000, 0), lie.at, lie.angle), (90_000 + angle) % 360_000)]


def with_footprint_at(board: bytes, reference: str, change: Callable[[float, float, float], str]) -> bytes:
    """The board with one footprint elsewhere, as (x, y, angle) -> the words of its new place; its zones are left out."""
    text = board.decode()
    begin = text.rindex("\n\t(footprint ", 0, text.index(f'"Reference" "{reference}"'))
    found = re.compile(r"\n\t\t\(at ([-\d.]+) ([-\d.]+)(?: ([-\d.]+))?\)").search(text, begin)
    assert found is not None
    new = change(float(found[1]), float(found[2]), float(found[3] or 0))
    return (text[:found.start()] + f"\n\t\t(at {new})" + text[found.end():]).encode()


@pytest.mark.parametrize(("name", "reference", "unit"), [
    ("qfn-32_stack", "WIRES1", "wires"), ("face-up_flip_stack", "FINGERS1", "carrier.fingers"),
    ("fccsp-196", "PKG1", "carrier"), ("qfn-32_stack", "PKG1", "carrier"), ("face-up_flip_stack", "WIRES1", "wires"),
])
def test_what_holds_many_things_is_moved_as_one(name: str, reference: str, unit: str) -> None:
    path = REPOSITORY / f"examples/{name}.yaml"
    board = with_footprint_at(board_of(path), reference, lambda x, y, angle: f"{x + 0.3:g} {y - 0.2:g}")
    found = planned(board, spec_of(path))
    assert f"moved {unit}" in ids(found)
    assert ticked(found) == []
    back = work(found, [f"moved {unit}"])
    assert all(one.drawn.part.at == found.at for one in back.made if one.drawn.part.name.endswith(reference[:5].lower()))
