"""The s-expression index: right on every file KiCad ships, lossless on edits, and plain about what is malformed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dose import dose
from overmold.faults import Faults
from overmold.kicad.clauses.columns import last_word, numbers, whole
from overmold.kicad.clauses.sexpr import Index, index
from overmold.kicad.clauses.tree import Clause, Quoted, quote, tree, unescape
from turned_boards import splice

KICAD = Path("/usr/share/kicad")


def by_hand(text: str) -> Iterator[tuple[int, int, int]]:
    """(start, end, depth) of every clause, one character after the other: slow, and plainly right."""
    opened: list[int] = []
    found: list[tuple[int, int, int]] = []
    inside = skip = False
    for at, letter in enumerate(text):
        if skip:
            skip = False
        elif inside:
            skip, inside = letter == "\\", letter != '"'
        elif letter == '"':
            inside = True
        elif letter == "(":
            opened.append(at)
        elif letter == ")":
            found.append((opened[-1], at + 1, len(opened)))
            opened.pop()
    return iter(sorted(found))


def spans(found: Index) -> list[tuple[int, int, int]]:
    return list(zip(found.start.tolist(), found.end.tolist(), found.depth.tolist()))


def written(item: object) -> str:
    """A tree as a file again."""
    if isinstance(item, Clause):
        return "(" + " ".join([item.name, *map(written, item.items)]) + ")"
    return quote(item) if isinstance(item, Quoted) else str(item)


words = st.one_of(
    st.from_regex(r"[A-Za-z0-9_.*&|%-]{1,9}", fullmatch=True),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8).map(Quoted),
    st.sampled_from(['a"b', "(", ")", "\\", '\\"', "\\\\", "))((", "\n", "ü"]).map(Quoted),
)
names = st.from_regex(r"[a-z][a-z_0-9]{0,12}", fullmatch=True)
trees = st.recursive(
    st.builds(lambda name, items: Clause(name, 0, tuple(items)), names, st.lists(words, max_size=3)),
    lambda inner: st.builds(
        # KiCad writes no words after clauses but a few flags.
        lambda name, items, parts, flags: Clause(name, 0, (*items, *parts, *flags)), names, st.lists(words, max_size=3),
        st.lists(inner, max_size=3), st.lists(st.sampled_from(["hide", "locked"]), max_size=1),
    ),
    max_leaves=20,
)


def same(a: object, b: object) -> bool:
    if isinstance(a, Clause) and isinstance(b, Clause):
        return a.name == b.name and len(a.items) == len(b.items) and all(map(same, a.items, b.items))
    return type(a) is type(b) and a == b


@settings(max_examples=dose(100, 400))
@given(st.lists(trees, max_size=4))
def test_any_tree_of_words_and_strings_is_read_as_it_was_written(items: list[Clause]) -> None:
    whole_tree = Clause("kicad_pcb", 0, tuple(items))
    text = written(whole_tree)
    found = index(text.encode(), "x", ["kicad_pcb"])
    at_bytes = [len(text[:n].encode()) for n in range(len(text) + 1)]
    assert spans(found) == [(at_bytes[a], at_bytes[b], d) for a, b, d in by_hand(text)]
    assert same(tree(found, 0), whole_tree)


@settings(max_examples=dose(50, 200))
@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_a_text_survives_quoting(text: str) -> None:
    assert unescape(quote(text)[1:-1]) == text


def test_escapes_are_read_as_kicad_reads_them() -> None:
    assert unescape(r"a\nb\tc\\d\"e\x41\101\q") == 'a\nb\tc\\d"eAAq'


def kicad_files(pattern: str) -> list[Path]:
    return sorted(KICAD.glob(pattern))


@pytest.mark.skipif(not kicad_files("footprints/*.pretty"), reason="KiCad's footprint library is not installed")
def test_official_footprints_are_read_whole_and_written_back_byte_for_byte() -> None:
    strings: set[bytes] = set()
    for path in kicad_files("footprints/*.pretty/*.kicad_mod")[::dose(8, 1)]:
        data = path.read_bytes()
        found = index(data, path.name, ["footprint"])
        everything = [(int(a), int(b), data[a:b]) for a, b in zip(found.start[1:], found.end[1:])]
        outermost = [edit for edit, depth in zip(everything, found.depth[1:]) if depth == 2]
        assert splice(data, outermost) == data, path
        pads = found.called(found.inside(0), b"pad")
        assert len(pads) == data.count(b"(pad "), path
        strings |= {data[a:b + 1] for a, b in zip(found.quotes[0::2].tolist(), found.quotes[1::2].tolist())}
    for string in strings:
        text = string.decode()
        assert quote(unescape(text[1:-1])) == text


@pytest.mark.skipif(not kicad_files("demos/*"), reason="KiCad's demo boards are not installed")
def test_demo_boards_agree_with_reading_one_character_after_the_other() -> None:
    boards = [path for path in kicad_files("demos/*/*.kicad_pcb") if path.stat().st_size < 800_000]
    assert len(boards) > 5
    for path in boards:
        text = path.read_text(encoding="latin-1")  # so that characters are bytes
        found = index(path.read_bytes(), path.name, ["kicad_pcb"])
        assert spans(found) == list(by_hand(text)), path


def read(data: bytes) -> str:
    with pytest.raises(Faults) as caught:
        index(data, "f.kicad_pcb", ["kicad_pcb"])
    (fault,) = caught.value.faults
    return str(fault)


@pytest.mark.parametrize(("data", "said"), [
    (b"", "f.kicad_pcb: the file is empty; a KiCad file begins with (kicad_pcb …"),
    (b" \n\t", "f.kicad_pcb: the file is empty; a KiCad file begins with (kicad_pcb …"),
    (b"hello", "f.kicad_pcb:1:1: this is not a KiCad file that can be read here: it does not begin with (kicad_pcb …"),
    (b"(kicad_sch (version 1))",
     "f.kicad_pcb:1:1: this is not a KiCad file that can be read here: it does not begin with (kicad_pcb …"),
    ("(kicad_pcb)".encode("utf-16"), "f.kicad_pcb:1:1: this is UTF-16 text; KiCad writes UTF-8, save the file as that"),
    (b"(kicad_pcb\n  \x00)", "f.kicad_pcb:2:3: this is not a text file: it holds a zero byte"),
    (b"(kicad_pcb\n \"\xc3\xbc\xff\")", "f.kicad_pcb:2:4: this is not UTF-8 text"),
    (b"(kicad_pcb\n (general\n", "f.kicad_pcb:2:2: the file ends too early: 2 parentheses are never closed, "
     "the last of them is opened here"),
    (b"(kicad_pcb (a)\n (b", "f.kicad_pcb:2:2: the file ends too early: 2 parentheses are never closed, "
     "the last of them is opened here"),
    (b"(kicad_pcb\n (a)))", "f.kicad_pcb:2:6: a parenthesis is closed here that was never opened"),
    (b"(kicad_pcb)\n(kicad_pcb)", "f.kicad_pcb:2:1: something follows after the end of the file's one clause"),
    (b'(kicad_pcb (a "b)\n (c "d") (e "f"))', 'f.kicad_pcb:1:15: a string begins here and is never closed (")'),
    (b'(kicad_pcb\n (a "b))', 'f.kicad_pcb:2:5: a string begins here and is never closed (")'),
    (b'(kicad_pcb\n (a b"c"))', 'f.kicad_pcb:2:6: a quotation mark in the middle of a word; write \\" inside a string'),
    (b"(kicad_pcb" + 2000 * b"(" + 2001 * b")",
     "f.kicad_pcb:1:1010: clauses are nested more than 1000 deep; that is not a KiCad file"),
])
def test_a_malformed_file_is_one_fault_with_its_place(data: bytes, said: str) -> None:
    assert read(data) == said


def test_a_file_of_more_than_200_mb_is_refused_without_being_read() -> None:
    assert read(b"(kicad_pcb" + bytes(200_000_000)) == (
        "f.kicad_pcb: the file has 200 MB; the most that is read is 200 MB")


def test_millions_of_empty_clauses_are_refused_before_memory_is_spent_on_them() -> None:
    assert "more than 12 million clauses" in read(b"(kicad_pcb" + b"()" * 12_000_001 + b")")


def test_numbers_become_whole_nanometres_by_row() -> None:
    found = index(b"(r (at 1 -2.5) (at .1 1e-3 90)(at\n 0.123456\t7)(at) (at_x 9))", "x", ["r"])
    values, counts = numbers(found, found.called(found.inside(0), b"at"), b"at", 3)
    assert values.tolist() == [[1000000, -2500000, 0], [100000, 1000, 90000000], [123456, 7000000, 0], [0, 0, 0]]
    assert counts.tolist() == [2, 3, 2, 0]


def test_repeated_rows_of_numbers_are_the_same_as_single_ones() -> None:
    rows = [(n % 7, n % 3 - 1) for n in range(500)]
    found = index(("(r" + "".join(f"(at {a}.5 {b})" for a, b in rows) + ")").encode(), "x", ["r"])
    values, _ = numbers(found, found.inside(0), b"at", 2)
    assert values.tolist() == [[a * 1_000_000 + 500_000, b * 1_000_000] for a, b in rows]


def test_a_word_among_numbers_is_a_fault_where_a_number_is_due_and_a_flag_after_them() -> None:
    found = index(b"(r (at 1 2 unlocked) (at 3 4))", "x", ["r"])
    values, counts = numbers(found, found.inside(0), b"at", 3)
    assert (values.tolist(), counts.tolist()) == ([[1_000_000, 2_000_000, 0], [3_000_000, 4_000_000, 0]], [2, 2])
    for wrong in (b"x", b"nan", b"1e99", b"1e999999", b"1_0", b"--1", b"9999"):
        found = index(b"(r\n (at " + wrong + b" 1))", "x", ["r"])
        with pytest.raises(Faults, match=f"x:2:5: '{wrong.decode()}' is not a number that can stand here"):
            numbers(found, found.inside(0), b"at", 2)


def test_the_last_word_of_a_clause_is_the_net_by_name_whether_numbered_or_not() -> None:
    found = index(b'(r (net 3 "A ) B") (net "C\\"D") (net 0 "") (net E) (net 4 F))', "x", ["r"])
    assert last_word(found, found.inside(0), b"net") == ["A ) B", 'C"D', "", "E", "F"]


@settings(max_examples=dose(50, 200))
@given(st.integers(-10**9, 10**9))
def test_a_length_in_millimetres_is_exact(value: int) -> None:
    assert whole(f"{value / 10**6:.6f}") == value


@pytest.mark.parametrize("word", ["1e999999", "-1e999999", "1e99999999999999999999", "nan", "sNaN", "2147.5", "", "٣"])
def test_what_is_no_length_is_none(word: str) -> None:
    assert whole(word) is None


@settings(max_examples=dose(25, 100))
@given(st.lists(st.sampled_from([b"pad", b"pads", b"p", b"footprint", b"footprints", b"kicad_pcb"]), max_size=20))
def test_clauses_are_found_by_their_whole_name(heads: list[bytes]) -> None:
    found = index(b"(r" + b"".join(b"(" + head + b")" for head in heads) + b")", "x", ["r"])
    inner = found.inside(0)
    for name in set(heads):
        expected = [i for i, head in zip(inner.tolist(), heads) if head == name]
        assert found.called(inner, name).tolist() == expected


def test_owners_are_the_clauses_around() -> None:
    found = index(b"(r (a (b) (c (d))) (e) (a (f)))", "x", ["r"])
    parts = found.called(found.inside(0), b"a")
    everything = np.arange(len(found), dtype=np.int32)
    assert found.owners(everything, parts).tolist() == [-1, 0, 0, 0, 0, -1, 1, 1]
    assert [found.around(i) for i in range(len(found))] == [-1, 0, 1, 1, 3, 0, 0, 6]
