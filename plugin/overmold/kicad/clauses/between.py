"""What stands between the clauses of a KiCad file: blanks, a few flags, comments, and what makes it no KiCad file.

KiCad's own reader stops at any other word, so a file that holds one is none that a person could see on the screen: what
is left of it must not be judged.
"""

from __future__ import annotations

import re

import numpy as np

from ...faults import fail
from .malformed import line_and_column
from .scan import Int32, Scan

# What KiCad 5 to 10 write after a clause inside another one, as in (effects (font …) hide).
FLAGS = frozenset((
    b"addsublayer", b"bold", b"hide", b"italic", b"keep_text_aligned", b"locked", b"mirror", b"placed", b"suppress_zeroes",
    b"unlocked",
))
# Clauses that hold nothing but clauses, in every file that KiCad 5 to 10 write: a word right after such a head is astray.
_ONLY_CLAUSES = re.compile(rb"\((?:general|title_block|setup|stackup|pcbplotparams|zone|keepout|placement|polygon|effects|font"
                           rb"|stroke|pts|fp_rect|fp_poly|fp_line|fp_circle|fp_arc|gr_rect|gr_poly|gr_line|gr_circle|gr_arc)"
                           rb"\s+([^\s()][^()]*)")
_MARKERS = (b"<<<<<<<", b"|||||||", b"=======", b">>>>>>>")
_INDENT = 64  # the blanks before a marker that a formatter may have put there, at most
_ROWS = 1 << 18  # looked at in one go
_BLANK = 32  # the bytes up to here are blanks: no text file holds others of them between clauses
# KiCad 9.0.0 wrote this in every teardrop, an opening parenthesis short, and every KiCad reads it.
_TEARDROP = re.compile(rb"(\(curved_edges\s+\w+\))(\s*filter_ratio\s+[\d.eE+-]+\s*\))")


def must_be_merged(data: bytes, source: str) -> None:
    """Raises Faults where version control left the marker of a conflict, at the first."""
    at = min(_first_in_a_line(data, marker) for marker in _MARKERS)
    if at < len(data):
        marker = data[at:at + 7].decode()
        raise fail(source, f"the file holds an unresolved merge conflict ({marker}), and KiCad cannot open it; resolve it, or "
                   "take one of the two versions", *line_and_column(data, at))


def _first_in_a_line(data: bytes, marker: bytes) -> int:
    """Where the first ``marker`` stands that only blanks precede in its line, or the length of ``data``."""
    at = data.find(marker)
    while at >= 0:
        before = data[max(at - _INDENT, 0):at].rstrip(b" \t")
        if before.endswith((b"\n", b"\r")) or (not before and at < _INDENT):
            return at
        at = data.find(marker, at + 1)
    return len(data)


def as_read(data: bytes) -> bytes:
    """The same number of bytes, blanks in place of what KiCad passes over: comment lines, KiCad 9.0.0's half clauses."""
    if b")filter_ratio" in data or b") filter_ratio" in data:
        data = _TEARDROP.sub(lambda found: found[1] + b" " * len(found[2]), data)
    comments = [(begin, end) for begin, end in _comments(data)]
    if not comments:
        return data
    blanked = bytearray(data)
    for begin, end in comments:
        blanked[begin:end] = b" " * (end - begin)
    return bytes(blanked)


def _comments(data: bytes) -> list[tuple[int, int]]:
    """Where lines stand whose first character is #."""
    found, at = [], data.find(b"#")
    while at >= 0:
        begin, end = data.rfind(b"\n", 0, at) + 1, data.find(b"\n", at)
        end = len(data) if end < 0 else end
        if not data[begin:at].strip(b" \t"):
            found.append((at, end))
        at = data.find(b"#", end if found and found[-1][1] == end else at + 1)
    return found


def must_be_clauses(data: bytes, source: str, found: Scan) -> None:
    """Raises Faults where a word stands after a clause that KiCad writes none after; ``found`` is balanced."""
    first = data[int(found.start[0]) + 1:int(found.start[1]) if len(found.start) > 1 else int(found.close[-1])].split(None, 1)
    if first[0] == b"kicad_pcb" and first[1:]:
        raise _stray(data, source, data.index(first[1], int(found.start[0]) + 10))
    for word in _ONLY_CLAUSES.finditer(data):
        row = int(np.searchsorted(found.start, word.start()))
        is_clause = row < len(found.start) and int(found.start[row]) == word.start()  # and no text that looks like one
        if is_clause and not FLAGS.issuperset(word[1].split()):
            raise _stray(data, source, word.start(1))
    raw = np.frombuffer(data, np.uint8)
    for at in range(0, len(found.close) - 1, _ROWS):
        rows = slice(at, min(at + _ROWS, len(found.close) - 1))
        begin, end = found.close[rows] + 1, _next_mark(found, rows)
        wide = np.flatnonzero(end > begin)
        ends = np.column_stack((begin[wide], end[wide])).ravel()
        words = wide[np.maximum.reduceat(raw, ends)[::2] > _BLANK] if len(wide) else wide
        for row in words.tolist():
            gap = data[begin[row]:end[row]]
            if found.close_depth[at + row] <= 2 or not FLAGS.issuperset(gap.split()):
                raise _stray(data, source, int(end[row]) - len(gap.lstrip()))


def _next_mark(found: Scan, rows: slice) -> Int32:
    """The parenthesis after each of these closing ones."""
    after = found.close[rows.start + 1:rows.stop + 1]
    opened = found.opened[rows]
    opening = found.start[np.minimum(opened, len(found.start) - 1)]
    return np.where((opened < len(found.start)) & (opening < after), opening, after)


def _stray(data: bytes, source: str, at: int) -> Exception:
    word = re.split(rb"[\s()]", data[at:at + 41], maxsplit=1)[0][:40].decode(errors="replace")
    return fail(source, f"'{word}' stands here where only clauses do, and KiCad cannot open the file; delete it",
                *line_and_column(data, at))
