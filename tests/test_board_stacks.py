"""Stacks and wires on a drawn board: what somebody moves or edits by hand in KiCad is what is judged."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from overmold.check import check
from overmold.claims import MET, claim_chart
from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from overmold.package import Package
from overmold.package_file import read_package_file
from overmold.rule import load_deck
from paths import DEMO

DECK = load_deck()
PACKAGE = read_package_file(DEMO.parent / "stack_two.yaml")
BOARD = board_file(PACKAGE).decode()


def edited(part: str, pattern: str, becomes: str, count: int = 1) -> str:
    """The board with ``pattern`` replaced inside the footprint of this reference, where it must be."""
    starts = [found.start() for found in re.finditer(r"^\t\(footprint ", BOARD, re.MULTILINE)] + [len(BOARD)]
    start, end = next(pair for pair in zip(starts, starts[1:]) if f'"Reference" "{part}"' in BOARD[slice(*pair)])
    inside, done = re.subn(pattern, becomes, BOARD[start:end], count=count, flags=re.DOTALL)
    assert done
    return BOARD[:start] + inside + BOARD[end:]


def read(board: str) -> Package:
    return read_board(board.encode(), "b.kicad_pcb")


def broken(board: str) -> dict[str, tuple[str, ...]]:
    """The rules that break, errors and warnings, with the places of their first finding."""
    found: dict[str, tuple[str, ...]] = {}
    for finding in check(read(board), DECK).findings:
        if finding.severity != "info":
            found.setdefault(finding.rule.name, finding.judged.reading.where)
    return found


def test_the_board_as_it_was_drawn_breaks_nothing_and_meets_the_claims_of_its_stack():
    assert broken(BOARD) == {}
    chart = claim_chart(check(read(BOARD), DECK))
    assert {row.number for row in chart if row.status == MET} >= {6, 7, 8, 9, 13, 14}


def test_the_upper_chip_moved_in_kicad_moves_in_the_check():
    moved = edited("U2", r"\(at 100 100\)", "(at 100.1 100)")
    before, after = (next(chip for chip in read(board).chips if chip.name == "U2") for board in (BOARD, moved))
    assert (after.bumps.sites.xy - before.bumps.sites.xy == (100_000, 0)).all()
    assert broken(moved)["bump-misses-pad-below"][0].startswith("chips.U2.bumps.")


def test_one_bump_moved_by_hand_is_the_one_that_misses_its_pad():
    moved = edited("U2", r'(\(fp_text user "B3[^"]*"\s*\(at )\S+', r"\g<1>0.45")
    where = broken(moved)["bump-misses-pad-below"]
    assert where[0] == "chips.U2.bumps.B3"


def test_a_bumps_net_edited_by_hand_is_read():
    board = edited("U2", r'"A1: [^"]*"', '"A1: ELSEWHERE"')
    chip = next(chip for chip in read(board).chips if chip.name == "U2")
    assert chip.bumps.nets[chip.bumps.sites.names.index("A1")] == "ELSEWHERE"
    assert "bump-joins-two-nets" in broken(board)


def test_a_wire_drawn_off_its_finger_ends_on_nothing():
    board = edited("WIRES1", r"\(end \S+ \S+\)", "(end 3.5 3.5)")
    assert "wire-ends-on-nothing" in broken(board)


def test_a_fingers_net_edited_by_hand_is_a_wire_between_two_nets():
    pad = re.search(r'\(pad "F1".*?\(net (\d+) "([^"]*)"\)', BOARD, re.DOTALL)
    other = re.search(r'\(net (\d+) "GND"\)', BOARD)[1]
    assert pad[2] != "GND"
    board = edited("FINGERS1", r'(\(pad "F1".*?)\(net \d+ "[^"]*"\)', rf'\1(net {other} "GND")')
    assert broken(board)["wire-joins-two-nets"][0].startswith("wires.")


def test_a_higher_loop_edited_into_the_field_comes_too_near_the_top_of_the_mold():
    board = edited("WIRES1", r'\(property "Loop height" "[^"]*"', '(property "Loop height" "260 um"')
    assert broken(board).keys() >= {"wire-without-headroom"}


def test_wires_of_one_end_on_a_chip_begin_there_whichever_way_they_were_drawn():
    board = edited("WIRES1", r"\(start (\S+ \S+)\)(\s*)\(end (\S+ \S+)\)", r"(start \3)\2(end \1)", count=0)
    ends = {(wire.start, wire.end) for wire in read(board).wires}
    assert ends == {(wire.start, wire.end) for wire in PACKAGE.wires}


@pytest.mark.parametrize(("part", "pattern", "becomes", "said"), [
    ("U2", r'"Stands on" "U1"', '"Stands on" "U9"', "there is no chip 'U9' on this board to stand on"),
    ("U2", r'"Stands on" "U1"', '"Stands on" "U2"', "U2 cannot stand on itself"),
    ("U2", r'"Stands on" "U1"', '"Stands on" ""', "its bumps are drawn as those of a chip that stands on another"),
    ("U2", r'fp_text user "A1: [^"]*"', 'fp_text user "A2: X"', "there are two bumps called A2"),
    ("U2", r'fp_text user "A1: [^"]*"', 'fp_text user ": X"', "has no name"),
    ("U2", r'(fp_text user "A1: [^"]*"\s*\(at )\S+', r"\1nowhere", "(at …)"),
    ("U1", r'"Bond pad size" "[^"]*"', '"Bond pad size" "wide"', "wide"),
    ("U1", r'"Die attach" "[^"]*"', '"Die attach" "20"', "'20' has no unit"),
    ("WIRES1", r'"Wire diameter" "[^"]*"', '"Wire gauge" "20 um"', "the diameter of these wires is not stated"),
    ("WIRES1", r'"Loop tier" "[^"]*"', '"Loop tier" "low"', "'low' is not a valid loop tier"),
    ("WIRES1", r'"Loop profile" "[^"]*"', '"Loop profile" "standart"', "did you mean 'standard'?"),
    ("WIRES1", r"fp_line(\s*\(start [^)]*\)\s*)\(end", r"fp_rect\1(end", "a wire is a straight line"),
    ("FINGERS1", r'\(pad "F2"', '(pad "F1"', "there are two bond fingers called F1"),
])
def test_what_cannot_be_read_is_told_with_part_and_line(part, pattern, becomes, said):
    with pytest.raises(Faults) as caught:
        read(edited(part, pattern, becomes))
    fault = caught.value.faults[0]
    assert said in str(fault)
    assert fault.part.startswith(part)
    assert fault.line > 1


def test_chips_that_stand_on_each_other_in_a_circle_are_told():
    board = edited("U1", r'\(property "Die attach"', '(property "Stands on" "U2")\n\t\t(property "Die attach"')
    with pytest.raises(Faults, match="somewhere a tower begins on the carrier"):
        read(board)


def test_a_stack_that_somebody_drew_has_the_uuids_of_its_bumps_and_wires(tmp_path: Path):
    package = read(BOARD)
    chip = next(chip for chip in package.chips if chip.name == "U2")
    assert len(set(chip.bumps.sites.uuids)) == 16
    assert all(f'(uuid "{uuid}")' in BOARD for uuid in chip.bumps.sites.uuids)
    assert all(f'(uuid "{package.place(wire.key).uuid}")' in BOARD for wire in package.wires)


@pytest.mark.parametrize("package", ["demo", "stack_two"])
def test_bumps_of_a_chip_that_is_bonded_face_up_break_on_the_board_as_in_the_file(package: str) -> None:
    whole = board_file(read_package_file(DEMO.parent / f"{package}.yaml")).decode()
    flip_chip = '(property "Bonding" "flip-chip"'
    assert whole.count(flip_chip) == 1
    board = whole.replace(flip_chip, '(property "Die attach" "75 um" (at 0 0)) (property "Bonding" "face-up"')
    assert "face-up-chip-with-bumps" in broken(board)
