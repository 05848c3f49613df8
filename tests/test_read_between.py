"""Between the clauses of a KiCad file stand blanks, a few flags and comments; anything else is no file that KiCad opens."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from flip_chip_board import BOARD as FLIP_CHIP
from overmold.faults import Faults
from overmold.kicad.clauses.sexpr import index
from overmold.kicad.reading.board import read_board
from overmold.kicad.writing.board import board_file
from overmold.plain import one_line
from variants import demo

BOARD = FLIP_CHIP.read_bytes()
LINES = BOARD.split(b"\n")


def refused(data: bytes, root: str = "kicad_pcb") -> str:
    with pytest.raises(Faults) as caught:
        index(data, "f", [root])
    (fault,) = caught.value.faults
    return str(fault)


@settings(max_examples=dose(21, 60))
@given(st.integers(0, len(LINES) - 1), st.sampled_from(["<<<<<<< HEAD", "=======", ">>>>>>> branch", "||||||| base"]),
       st.sampled_from(["\n", "\r\n"]))
def test_a_conflict_marker_on_any_line_is_found_there(line: int, marker: str, end: str) -> None:
    text = end.encode().join([*LINES[:line], marker.encode(), *LINES[line:]])
    assert refused(text).startswith(f"f:{line + 1}:1: the file holds an unresolved merge conflict ({marker[:7]})")


def test_the_first_of_several_markers_is_named_also_where_parentheses_no_longer_match() -> None:
    text = b"(kicad_pcb\n(version 1)\n<<<<<<< a\n(paper\n=======\n(general\n>>>>>>> b\n(x)))"
    assert refused(text).startswith("f:3:1: the file holds an unresolved merge conflict (<<<<<<<)")


@settings(max_examples=dose(21, 60))
@given(st.data(), st.sampled_from(["garbage", "5", '"a string"', "//", "hide" * 30, "\x1b[31m", "ü"]))
def test_a_word_after_any_clause_is_refused_at_its_place(data: st.DataObject, word: str) -> None:
    found = index(BOARD, "f", ["kicad_pcb"])
    at = int(found.end[data.draw(st.integers(1, len(found) - 1))])
    line, column = found.line_and_column(at)
    said = refused(BOARD[:at] + f" {word} ".encode() + BOARD[at:])
    assert said.startswith(f"f:{line}:{column + 1}: '{one_line(word.split()[0][:40])}'")
    assert said.endswith("stands here where only clauses do, and KiCad cannot open the file; delete it")


def test_a_word_before_a_boards_first_clause_is_refused() -> None:
    assert refused(b"(kicad_pcb x\n(version 1))").startswith("f:1:12: 'x' stands here where only clauses do")
    assert refused(b"(kicad_pcb\nx)").startswith("f:2:1: 'x' stands here where only clauses do")


def test_flags_stand_after_clauses_inside_others_only() -> None:
    inside = (b'(kicad_pcb (gr_text "x" (at 0 0) hide (effects (font (size 1 1) bold italic) hide)) '
              b'(stackup (layer 1 (a) addsublayer (b))))')
    assert len(index(inside, "f", ["kicad_pcb"])) == 10
    assert refused(b"(kicad_pcb (version 1) hide)").startswith("f:1:24: 'hide' stands here")
    assert refused(b"(footprint x locked (layer 1) hide)", "footprint").startswith("f:1:31: 'hide' stands here")


def test_lines_that_begin_with_a_hash_are_comments_as_they_are_for_kicad() -> None:
    plain = read_board(BOARD, "f")
    lines = [line for one in LINES for line in (b'  # a comment ) ( " with anything', one)]
    commented = read_board(b"\n".join([*lines, b"# and one at the end"]), "f")
    assert [chip.at for chip in commented.chips] == [chip.at for chip in plain.chips]
    assert commented.places["chips.U1"].line == 2 * plain.places["chips.U1"].line
    assert refused(b"(kicad_pcb (a) # no comment\n)").startswith("f:1:16: '#' stands here")


TEARDROP = b"(teardrops (best_length_ratio 0.5) (curved_edges no)filter_ratio 0.9) (enabled yes) (prefer_zone_connections yes))"


def test_the_half_clause_that_kicad_9_0_0_wrote_into_every_teardrop_is_read() -> None:
    at = BOARD.index(b"(size", BOARD.index(b"(pad "))
    with_teardrop = BOARD[:at] + TEARDROP + BOARD[at:]
    assert read_board(with_teardrop, "f").chips[0].at == read_board(BOARD, "f").chips[0].at
    assert refused(with_teardrop.replace(b")filter_ratio", b")filter_ration")).startswith("f:")
    assert refused(with_teardrop.replace(b"filter_ratio 0.9)", b"filter_ratio 0.9\n=======\n)")).count("merge conflict") == 1


@pytest.mark.parametrize("head", ["general", "setup", "stackup", "effects", "font", "stroke", "pts", "fp_rect", "polygon"])
def test_a_word_right_after_a_head_that_holds_only_clauses_is_refused_at_its_place(head: str) -> None:
    board = board_file(demo())
    begin = re.search(rf"\({head}\s".encode(), board).end() - 1
    before = board[:begin].decode()
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    assert refused(board[:begin] + b" theirs" + board[begin:]).startswith(f"f:{line}:{column + 1}: 'theirs' stands here")


def test_what_looks_like_a_clause_in_a_text_is_a_text() -> None:
    index(board_file(demo()).replace(b'"SAC305"', b'"(font theirs)"'), "f", ["kicad_pcb"])
