"""A marker of a merge conflict is found wherever it begins a line, and nowhere else."""

import pytest

from overmold.faults import Faults
from overmold.kicad.reading import read_board
from overmold.kicad.writing.board import board_file
from package_text import SMALL, read

LINES = board_file(read(SMALL)).split(b"\n")


@pytest.mark.parametrize("marker", [b"<<<<<<< HEAD", b"\t>>>>>>> x", b"  =======", b"||||||| base\r"])
def test_a_marker_after_any_line_is_told_at_its_line(marker):
    for row in range(1, len(LINES), 7):
        with pytest.raises(Faults) as raised:
            read_board(b"\n".join([*LINES[:row], marker, *LINES[row:]]), "b.kicad_pcb")
        assert raised.value.faults[0].line == row + 1
        assert "unresolved merge conflict" in str(raised.value)


def test_a_text_that_holds_one_is_a_text():
    board = b"\n".join(LINES).replace(b'"Description" ""', b'"Description" "======="')
    assert b"=======" in board
    assert read_board(board, "b.kicad_pcb")
