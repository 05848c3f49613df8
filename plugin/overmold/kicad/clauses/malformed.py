"""What makes a file no readable KiCad file, and at which line and column a person should look."""

from __future__ import annotations

import codecs
import re

import numpy as np

from ...faults import Faults, fail
from ...input_file import must_fit
from .scan import DEEPEST, Int16, Int32

MOST_CLAUSES = 12_000_000
_PIECE = 1 << 20

_ROOT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\((\w+)(?=[\s()\"])")
_BEFORE_STRING = np.zeros(256, np.bool_)
_BEFORE_STRING[list(b" \t\r\n()")] = True


def line_and_column(data: bytes, at: int) -> tuple[int, int]:
    """Line and column, both from 1, of byte ``at``; a column is a character, not a byte."""
    begin = data.rfind(b"\n", 0, at) + 1
    return data.count(b"\n", 0, at) + 1, len(data[begin:at].decode(errors="replace")) + 1


def must_be_text(data: bytes, source: str, roots: tuple[str, ...]) -> None:
    wanted = " or ".join(f"({root} …" for root in roots)
    if not data or data.isspace():
        raise fail(source, f"the file is empty; a KiCad file begins with {wanted}")
    must_fit(len(data), source)
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise fail(source, "this is UTF-16 text; KiCad writes UTF-8, save the file as that", 1, 1)
    zero = data.find(b"\0")
    if zero >= 0:
        raise fail(source, "this is not a text file: it holds a zero byte", *line_and_column(data, zero))
    begin = _ROOT.match(data)
    if begin is None or begin[1].decode() not in roots:
        raise fail(source, f"this is not a KiCad file that can be read here: it does not begin with {wanted}", 1, 1)
    _must_be_utf8(data, source)
    if len(data) > MOST_CLAUSES and data.count(b"(") > MOST_CLAUSES:
        raise fail(source, f"the file has more than {MOST_CLAUSES // 10**6} million clauses; that is not a KiCad file")


def _must_be_utf8(data: bytes, source: str) -> None:
    if data.isascii():
        return
    # In pieces: a decoded copy of a large board would take up to four times its size.
    decoder = codecs.getincrementaldecoder("utf-8")()
    for at in range(0, len(data), _PIECE):
        piece, pending = data[at:at + _PIECE], len(decoder.getstate()[0])
        if not pending and piece.isascii():
            continue
        try:
            decoder.decode(piece, final=at + _PIECE >= len(data))
        except UnicodeDecodeError as error:
            place = at - pending + error.start
            raise fail(source, "this is not UTF-8 text", *line_and_column(data, place)) from None


def must_be_whole_strings(data: bytes, source: str, quotes: Int32) -> None:
    if len(quotes) % 2:
        # The parity is wrong from the first string that was not closed: most likely one that runs over a line end.
        raise _at(data, source, _first_suspect(data, quotes), "a string begins here and is never closed (\")")
    raw = np.frombuffer(data, np.uint8)
    opening = quotes[0::2]
    inside_word = opening[~_BEFORE_STRING[raw[np.maximum(opening - 1, 0)]]]
    # A string may follow another one directly; any other quotation mark inside a word is nothing KiCad writes.
    strange = inside_word[~np.isin(inside_word - 1, quotes[1::2])] if len(inside_word) else inside_word
    if len(strange):
        raise _at(data, source, int(strange[0]), "a quotation mark in the middle of a word; write \\\" inside a string")


def _first_suspect(data: bytes, quotes: Int32) -> int:
    raw = np.frombuffer(data, np.uint8)
    opening = quotes[0::2]
    wrong = opening[~_BEFORE_STRING[raw[np.maximum(opening - 1, 0)]]]
    if not len(wrong):
        return int(quotes[-1])
    return int(quotes[np.searchsorted(quotes, wrong[0]) - 2]) if wrong[0] > quotes[0] else int(wrong[0])


def must_be_balanced(data: bytes, source: str, start: Int32, depth: Int16, ended: int, missing: int) -> None:
    """``start`` and ``depth`` are those of all clauses; ``ended`` is where the root was closed, or ``missing`` clauses
    were not."""
    if missing:
        # The innermost clause still open at the end of the file is where a person looks first.
        late = np.flatnonzero(depth == min(missing, DEEPEST + 1))
        raise _at(data, source, int(start[late[-1]]),
                  f"the file ends too early: {missing} {'parenthesis is' if missing == 1 else 'parentheses are'} "
                  "never closed, the last of them is opened here")
    rest = len(data) - len(data[ended + 1:].lstrip())
    if data[rest:rest + 1] == b")":
        raise _at(data, source, rest, "a parenthesis is closed here that was never opened")
    if rest < len(data):
        raise _at(data, source, rest, "something follows after the end of the file's one clause")
    deep = np.flatnonzero(depth > DEEPEST)
    if len(deep):
        message = f"clauses are nested more than {DEEPEST} deep; that is not a KiCad file"
        raise _at(data, source, int(start[deep[0]]), message)


def _at(data: bytes, source: str, at: int, message: str) -> Faults:
    return fail(source, message, *line_and_column(data, at))
