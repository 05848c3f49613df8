"""A turn by any angle rounds every corner of a board, and keeps every verdict; so does a move to the end of KiCad's sheet."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.check import BROKEN, KEPT, Result, check
from overmold.faults import Faults
from overmold.kicad.reading.board import read_board
from overmold.kicad.writing.board import board_file
from overmold.package_file import read_package_file
from overmold.rule import load_deck
from overmold.shapes import ROUNDING, Outline, margin_inside, overlap_area, rectangle, sticking_out, transform
from paths import DEMO, REPOSITORY
from turned_boards import turned

SPECS = sorted([*DEMO.parent.glob("*.yaml"), *(REPOSITORY / "examples").glob("*.yaml")])
MIDDLE = (100_000_000, 100_000_000)
ANGLES = st.one_of(st.integers(0, 359_999), st.sampled_from([15_000, 30_000, 45_000, 60_000, 90_000, 200_000]))


@cache
def board_of(spec: Path) -> bytes:
    return board_file(read_package_file(spec))


def judged(board: bytes) -> Result:
    return check(read_board(board, "b.kicad_pcb"), load_deck())


def verdicts(result: Result) -> dict[str, str]:
    return {verdict.rule.name: verdict.status for verdict in result.verdicts}


@cache
def straight(spec: Path) -> dict[str, str]:
    return verdicts(judged(board_of(spec)))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_verdicts_stay_at_any_angle(spec: Path) -> None:
    if len(board_of(spec)) > 1_500_000:
        pytest.skip("a large board, and nothing on it that smaller ones have not")
    chance = random.Random(spec.stem)
    for angle in (45_000, chance.randrange(360_000))[dose(1, 0):]:
        by = (chance.randrange(-10**9, 10**9), chance.randrange(-10**9, 10**9))
        assert verdicts(judged(turned(board_of(spec), angle, MIDDLE, by))) == straight(spec), (angle, by)


@settings(max_examples=dose(9, 25), deadline=None)
@given(ANGLES, st.tuples(*[st.integers(-2_200_000_000, 2_000_000_000)] * 2))
def test_the_demo_is_judged_the_same_anywhere_on_kicads_sheet(angle: int, by: tuple[int, int]) -> None:
    assert verdicts(judged(turned(board_of(DEMO), angle, MIDDLE, by))) == straight(DEMO)


@pytest.mark.parametrize("by", [(2_042_000_000, 0), (0, 2_042_000_000), (-2_240_000_000, -2_240_000_000)])
def test_the_corners_of_kicads_sheet_are_read(by: tuple[int, int]) -> None:
    assert verdicts(judged(turned(board_of(DEMO), 0, MIDDLE, by))) == straight(DEMO)


def test_beyond_kicads_sheet_is_a_fault_with_its_place() -> None:
    with pytest.raises(Faults) as caught:
        judged(turned(board_of(DEMO), 0, MIDDLE, (2_050_000_000, 0)))
    assert "'2150' is not a number that can stand here; numbers here go to 2147" in str(caught.value)
    assert all(fault.line and fault.column for fault in caught.value.faults)


def test_parts_that_lie_farther_apart_than_a_length_can_be_are_no_package() -> None:
    text = board_of(DEMO).decode()
    at = text.index('"U1"')
    begin = text.rindex("(footprint", 0, at)
    spot = text.index("(at ", begin)
    moved = text[:spot] + "(at -1000 100)" + text[text.index(")", spot) + 1:]
    with pytest.raises(Faults) as caught:
        read_board(moved.encode(), "b")
    assert "U1: this reaches 1102.5 mm from the middle of the package, and 300 mm is the most" in str(caught.value)


FLUSH = """
package: P
carrier: {{kind: substrate, size: [10 mm, 7 mm]}}
chips: [{{name: U1, size: [4 mm, 3 mm], at: [{chip}, 0 mm], thickness: 100 um, bonded: flip-chip,
          bumps: {{array: {{grid: [4, 4], pitch: 0.5 mm}}, diameter: 100 um, height: 80 um, alloy: SAC305}}}}]
mold: {{cap: 315 um, outline: [{mold}, 7 mm], filler: 25 um}}
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory):  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("built")

    def build(**values: str) -> bytes:
        path = folder / "p.yaml"
        path.write_text(FLUSH.format(**{"mold": "10 mm", "chip": "0 mm", **values}), encoding="utf-8")
        return board_file(read_package_file(path))

    return build


@settings(max_examples=dose(9, 25), deadline=None)
@given(angle=ANGLES, side=st.sampled_from([0, 5, 6, 8, 20, 1000]))
def test_a_mold_flush_with_its_carrier_stays_so_and_five_nanometres_more_are_found(built, angle: int, side: int) -> None:  # type: ignore[no-untyped-def]
    mold = f"{10_000_000 + 2 * side} nm"
    status = judged(turned(built(mold=mold), angle, MIDDLE)).verdict("mold-not-inside-carrier").status
    assert status == (BROKEN if side else KEPT)


@settings(max_examples=dose(9, 25), deadline=None)
@given(angle=ANGLES, beyond=st.sampled_from([0, 10, 50, 1000]))
def test_a_chip_flush_with_the_mold_is_covered_at_any_angle(built, angle: int, beyond: int) -> None:  # type: ignore[no-untyped-def]
    board = built(chip=f"{3_000_000 + beyond} nm")
    status = judged(turned(board, angle, MIDDLE)).verdict("chip-not-covered").status
    assert (status == BROKEN) == bool(beyond)


def corners_rounded(outline: Outline, angle: int) -> Outline:
    return Outline((tuple(transform(corner, (12_345, -777), angle) for corner in outline.rings[0]),))


@given(st.integers(1, 359_999), st.integers(1_000, 10**8), st.integers(1_000, 10**8), st.sampled_from([0, 10, 100]))
def test_neighbours_that_touch_do_not_overlap_and_what_is_covered_is_inside(angle: int, w: int, h: int, by: int) -> None:
    one = corners_rounded(rectangle((0, 0), (w, h)), angle)
    beside = corners_rounded(rectangle((w - by, 0), (w, h)), angle)
    assert bool(overlap_area(one, beside)) == bool(by)
    wider = corners_rounded(rectangle((0, 0), (w, 2 * h)), angle)
    assert margin_inside(one, wider) >= 0
    assert not sticking_out(one, wider)
    short = corners_rounded(rectangle((by, 0), (w, 2 * h)), angle)
    assert (margin_inside(one, short) < -ROUNDING) == bool(by)
