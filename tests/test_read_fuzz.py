"""Boards with something wrong in them, by chance: read, or refused in words with a place, quickly and in little memory."""

from __future__ import annotations

import os
import random
import time
from collections.abc import Callable
from functools import cache

import pytest

from flip_chip_board import BOARD
from foreign_boards import TEAM, array, body
from overmold.check import check
from overmold.faults import Faults
from overmold.kicad.reading.board import read_board
from overmold.kicad.reading.selection import read_one_footprint, read_selection
from overmold.kicad.writing.board import board_file
from overmold.kicad.writing.build import files_of
from overmold.package_file import read_package_file
from overmold.package_file.writing import package_file
from overmold.package_file.writing.as_a_file import as_a_file
from overmold.rule import load_deck
from paths import DEMO, REPOSITORY

SMALL, SECONDS = 150, 2.0
BUILT = [DEMO.parent / "stack_two.yaml", DEMO.parent / "qfn.yaml", DEMO.parent / "towers.yaml",
         REPOSITORY / "examples" / "sip_side-by-side.yaml"]
# Refusals of a whole file have no line to look at.
WHOLE = ("the file is empty", "nothing on this board", "nothing that is selected", "are finished packages", "that is no KiCad",
         "this footprint")
WORDS = [b"1e9", b"-0", b"2147.483647", b"-2147", b"1e-9", b"9" * 20, b"1e999", b"nan", b"inf", b"0x10", b"1000 mm", b"1e9 Pa",
         b"-5 um", b"65 um +/- 70 um", b'"', b"(", b")", b"\\", b"\0", b"\x1b[31m", b"\xff", b"\xe2\x80\xae", b"()",
         b"hide", b"", b"\n", b"U1", b"<<<<<<<", b"#", "\u0663".encode(), b"9" * 300]


@cache
def boards() -> tuple[bytes, ...]:
    return (BOARD.read_bytes(), TEAM, *(board_file(read_package_file(path)) for path in BUILT))


def clause(data: bytes, chance: random.Random) -> tuple[int, int]:
    """Where some clause begins and ends, or nearly so."""
    begin = data.find(b"(", chance.randrange(len(data)))
    begin = max(begin, 0)
    depth = 0
    for at in range(begin, min(begin + 40_000, len(data))):
        depth += (data[at] == 40) - (data[at] == 41)
        if not depth:
            return begin, at + 1
    return begin, begin + 1


def word(data: bytes, chance: random.Random) -> tuple[int, int]:
    begin = data.find(b" ", chance.randrange(len(data))) + 1
    ends = [end for end in (data.find(b" ", begin), data.find(b")", begin), data.find(b'"', begin + 1)) if end >= begin]
    return begin, min(ends, default=begin)


def truncated(data: bytes, chance: random.Random) -> bytes:
    return data[:chance.randrange(len(data))]


def without_a_clause(data: bytes, chance: random.Random) -> bytes:
    begin, end = clause(data, chance)
    return data[:begin] + data[end:]


def with_a_clause_twice(data: bytes, chance: random.Random) -> bytes:
    begin, end = clause(data, chance)
    return data[:end] + data[begin:end] * chance.choice([1, 1, 1, 30]) + data[end:]


def with_a_clause_elsewhere(data: bytes, chance: random.Random) -> bytes:
    (begin, end), (at, _) = clause(data, chance), clause(data, chance)
    return data[:at] + data[begin:end] + data[at:]


def with_another_word(data: bytes, chance: random.Random) -> bytes:
    begin, end = word(data, chance)
    return data[:begin] + chance.choice(WORDS) + data[end:]


def with_another_value(data: bytes, chance: random.Random) -> bytes:
    """A field of ours, or a place, says something else."""
    spots = [b'(property "', b"(at ", b"(size ", b"(start ", b"(xy ", b"(thickness ", b'(layer "', b'"Loop', b'"Bond pad']
    at = data.find(chance.choice(spots), chance.randrange(len(data)))
    begin, end = word(data[:at + 200], random.Random(0)) if at < 0 else (data.find(b" ", at) + 1, data.find(b")", at))
    return data[:begin] + chance.choice(WORDS) + data[end:] if 0 < begin < end else with_another_word(data, chance)


def with_another_byte(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data))
    return data[:at] + bytes([chance.randrange(256)]) + data[at + chance.randrange(2):]


def nested(data: bytes, chance: random.Random) -> bytes:
    at, deep = clause(data, chance)[0], chance.choice([5, 999, 1001, 40_000])
    return data[:at] + b"(x " * deep + b")" * (deep - chance.choice([0, 0, 1])) + data[at:]


MUTATIONS: list[Callable[[bytes, random.Random], bytes]] = [
    truncated, without_a_clause, without_a_clause, with_a_clause_twice, with_a_clause_elsewhere, with_another_word,
    with_another_word, with_another_value, with_another_value, with_another_value, with_another_byte, nested]


@cache
def footprints() -> tuple[bytes, ...]:
    lands = f'(footprint "UWG" (layer "F.Cu") {body(3, 3)}{array(5, 5, 0.4, 0.2, "F")})'.encode()
    files = files_of(read_package_file(BUILT[1])) | files_of(read_package_file(BUILT[0]))
    return (lands, *(data for name, data in files.items() if name.endswith(".kicad_mod")))


def mutated(seed: int, files: Callable[[], tuple[bytes, ...]] = boards) -> bytes:
    chance = random.Random(seed)
    data = chance.choice(files())
    for _ in range(chance.choice([1, 1, 1, 2, 5])):
        data = chance.choice(MUTATIONS)(data, chance) or b" "
    return data


def must_be_survived(data: bytes) -> None:
    def judged() -> None:
        check(read_board(data, "b.kicad_pcb"), load_deck())

    def written() -> None:
        package_file(as_a_file(read_selection(data, "b.kicad_pcb", ())[0])[0])

    def of_a_footprint() -> None:
        package_file(as_a_file(read_one_footprint(data, "f.kicad_mod").package)[0])

    for use in (judged, written) if b"(kicad_pcb" in data[:20] else (of_a_footprint,):
        begun = time.process_time()
        try:
            use()
        except Faults as faults:
            for fault in faults.faults:
                assert (fault.line and fault.column) or any(words in fault.message for words in WHOLE), fault
        assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize("begin", range(0, SMALL, 10))
@pytest.mark.filterwarnings("error")
def test_a_board_with_something_wrong_is_read_or_refused_in_words(begin: int) -> None:
    for seed in range(begin, begin + 10):
        must_be_survived(mutated(seed))
        must_be_survived(mutated(seed, footprints))


@pytest.mark.fuzz
@pytest.mark.skipif("OVERMOLD_FUZZ" not in os.environ, reason="OVERMOLD_FUZZ does not say how many inputs to try")
@pytest.mark.filterwarnings("error")
def test_many_boards_with_something_wrong_are_read_or_refused_in_words() -> None:
    for seed in range(SMALL, SMALL + int(os.environ.get("OVERMOLD_FUZZ", "0"))):
        try:
            must_be_survived(mutated(seed))
            must_be_survived(mutated(seed, footprints))
        except Exception as error:
            raise AssertionError(f"mutated({seed})") from error
