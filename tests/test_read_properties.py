"""Whatever somebody does to a board or a footprint file: a Package or Faults come out, nothing else, and soon."""

from __future__ import annotations

import re
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.faults import Faults
from overmold.kicad.reading import read_board, read_footprint
from overmold.package import Package

BOARD = (Path(__file__).with_name("kicad_files") / "flip_chip.kicad_pcb").read_bytes()
TOKENS = [(found.start(), found.end()) for found in re.finditer(rb'"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+', BOARD)]
CLAUSES = [found.start() for found in re.finditer(rb"\((?=[a-z])", BOARD)]
FIELDS = [(found.start(1), found.end(1)) for found in re.finditer(rb'\(property "[^"]+" "([^"]*)"', BOARD)]
NUMBERS = [(found.start(), found.end()) for found in re.finditer(rb"(?<=[ ])-?\d+(\.\d+)?(?=[ )])", BOARD)]
NASTY = st.sampled_from([
    b"", b"(", b")", b'"', b"\\", b"x", b"0", b"-1", b"1e9", b"1e400", b"nan", b"inf", b"--", b"1_0", b"999999999999",
    b'"U1"', b'"F.Cu"', b'"*.Cu"', b"()", b"(())", b"(at)", b"(at 0 0 nan)", b"\xff", b"\0", b"\xc2\xb5", b"yes",
    b'"\\x00"', b"(layer)", b'(layer "Edge.Cuts")', b"(pts)", b"(property)", b'(property "Package part" "chip")',
])
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters='"\\\0'), max_size=20),
    st.sampled_from(["0 um", "-5 um", "1e30 mm", "5 um ± 9 um", "1/0 um", "chip", "carrier", "passive", "U1", "± 1 um",
                     "10..5 um", "9999 m", "٣ um", "5", "face-up", "none", "..", "5 um .. 6 um"]),
)


def clause_end(at: int) -> int:
    depth = 0
    for begin, end in TOKENS:
        if begin >= at:
            depth += (BOARD[begin:end] == b"(") - (BOARD[begin:end] == b")")
            if depth == 0:
                return end
    raise AssertionError("the board of the tests is balanced")


def outcome(data: bytes, read: object = read_board) -> object:
    """What reading gives; anything but a Package or Faults with messages fails the test by itself."""
    assert callable(read)
    try:
        package = read(data, "b.kicad_pcb")
    except Faults as found:
        said = [str(fault) for fault in found.faults]
        if not said or not all(re.match(r"b\.kicad_pcb(:\d+:\d+)?: .", text) for text in said):
            raise AssertionError(f"faults without a message or a place: {said}") from None
        return found
    assert isinstance(package, Package)
    for place in package.places.values():
        assert place.line >= 1
    return package


def patched(data: bytes, begin: int, end: int, new: bytes) -> bytes:
    return data[:begin] + new + data[end:]


@settings(max_examples=dose(62, 250))
@given(st.lists(st.tuples(st.sampled_from(TOKENS), NASTY), min_size=1, max_size=3))
def test_any_word_may_be_replaced_by_rubbish(changes: list[tuple[tuple[int, int], bytes]]) -> None:
    data = BOARD
    for (begin, end), new in sorted(changes, key=lambda change: -change[0][0]):
        data = patched(data, begin, end, new)
    outcome(data)


@settings(max_examples=dose(38, 150))
@given(st.lists(st.sampled_from(CLAUSES), min_size=1, max_size=3), st.booleans(), st.sampled_from(CLAUSES))
def test_clauses_may_be_lost_doubled_or_put_elsewhere(lost: list[int], again: bool, there: int) -> None:
    edits = [(at, clause_end(at), b"") for at in lost]
    if again:
        edits.append((there, there, BOARD[lost[0]:clause_end(lost[0])] + b" "))
    data = BOARD
    for begin, end, new in sorted(edits, reverse=True):
        data = patched(data, begin, min(end, len(data)), new)
    outcome(data)


@settings(max_examples=dose(50, 200))
@given(st.lists(st.tuples(st.sampled_from(FIELDS), TEXTS), min_size=1, max_size=4, unique_by=lambda change: change[0]))
def test_a_person_may_write_anything_into_a_field(changes: list[tuple[tuple[int, int], str]]) -> None:
    data = BOARD
    for (begin, end), text in sorted(changes, key=lambda change: -change[0][0]):
        data = patched(data, begin, end, text.encode())
    outcome(data)


@settings(max_examples=dose(50, 200))
@given(st.lists(st.tuples(st.sampled_from(NUMBERS), st.one_of(
    st.integers(-10**7, 10**7).map(lambda n: n / 10**4), st.floats(allow_nan=False, width=32), st.just(0),
)), min_size=1, max_size=5, unique_by=lambda change: change[0]))
def test_anything_may_be_moved_anywhere(changes: list[tuple[tuple[int, int], float]]) -> None:
    data = BOARD
    for (begin, end), number in sorted(changes, key=lambda change: -change[0][0]):
        data = patched(data, begin, end, repr(number).encode())
    outcome(data)


@settings(max_examples=dose(21, 60))
@given(st.integers(0, len(BOARD)), st.binary(max_size=6))
def test_a_file_may_end_or_turn_to_rubbish_anywhere(at: int, rest: bytes) -> None:
    assert isinstance(outcome(BOARD[:at] + rest), Faults) or at + len(rest) >= len(BOARD.rstrip())


@settings(max_examples=dose(25, 100))
@given(st.sampled_from([at for at in CLAUSES if BOARD.startswith(b"(footprint", at)]),
       st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 9), NASTY), max_size=2))
def test_a_footprint_file_may_be_broken_anywhere(at: int, changes: list[tuple[int, int, bytes]]) -> None:
    data = BOARD[at:clause_end(at)]
    for place, length, new in changes:
        data = patched(data, min(place, len(data)), min(place + length, len(data)), new)
    outcome(data, read_footprint)
