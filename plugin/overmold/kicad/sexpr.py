"""KiCad's files as they lie on disk: where every clause begins and ends, and edits that leave all other bytes alone.

A file of 70 MB is not turned into objects. numpy finds quotes and parentheses in the raw bytes, leaves out what stands
inside strings, takes depth as a running sum and pairs opening with closing parentheses by a stable sort on depth. What
results is a few flat arrays with one entry per clause; ``columns`` takes thousands of numbers or texts off them in one
go, ``tree`` makes objects of the few odd clauses, ``splice`` replaces byte ranges.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ..faults import Fault
from .malformed import must_be_balanced, must_be_text, must_be_whole_strings

Int32 = NDArray[np.int32]
Bytes = NDArray[np.uint8]

_CHUNK = 1 << 19  # bytes looked at in one go: what stays in a processor's cache

_OPEN, _QUOTE, _ESCAPE = b'("\\'
_AFTER_WORD = np.zeros(256, np.bool_)
_AFTER_WORD[list(b" \t\r\n()\"")] = True


@dataclass(frozen=True, eq=False)
class Index:
    """Every clause of one file, in reading order: clause i is ``data[start[i]:end[i]]``, parentheses included.

    ``depth`` is 1 for the root; the clauses inside clause i are exactly i+1 … last[i]-1. ``quotes`` holds the byte
    positions of the quotation marks that open and close strings, in turn.
    """

    data: bytes
    source: str
    start: Int32
    end: Int32
    last: Int32
    depth: NDArray[np.int16]
    quotes: Int32

    def __len__(self) -> int:
        return len(self.start)

    @property
    def raw(self) -> Bytes:
        """The bytes as an array (no copy)."""
        return np.frombuffer(self.data, np.uint8)

    def inside(self, clause: int, down: int = 1) -> Int32:
        """The clauses ``down`` levels inside ``clause`` (1: its direct children)."""
        level = self.depth[clause] + down
        return (np.flatnonzero(self.depth[clause + 1:self.last[clause]] == level) + clause + 1).astype(np.int32)

    def called(self, clauses: Int32, *names: bytes) -> Int32:
        """Those of ``clauses`` whose first word is one of ``names``."""
        heads = self._heads[clauses]
        hit = np.zeros(len(clauses), np.bool_)
        for name in names:
            hit[self._that_begin(clauses, heads, name)] = True
        return clauses[hit]

    def _that_begin(self, clauses: Int32, heads: NDArray[np.uint64], name: bytes) -> NDArray[np.int64]:
        """Which of ``clauses`` are called ``name``: first eight bytes at a stroke, then the rest of the few left."""
        bits = np.uint64((1 << 8 * min(len(name), 8)) - 1)
        left = np.flatnonzero((heads & bits) == np.uint64(int.from_bytes(name[:8], "little")))
        first, end = self.start[clauses[left]] + 1, self.end[clauses[left]]
        fits = end - first > len(name)
        left, first = left[fits], first[fits]
        for at in range(8, len(name)):
            same = self.raw[first + at] == name[at]
            left, first = left[same], first[same]
        return left[_AFTER_WORD[self.raw[first + len(name)]]]

    @cached_property
    def _heads(self) -> NDArray[np.uint64]:
        """The eight bytes after each clause's opening parenthesis, as one little-endian number."""
        count = len(self.data) - 8
        if count < 1:
            padded = self.data + bytes(16)
            return np.array([int.from_bytes(padded[at + 1:at + 9], "little") for at in self.start], np.uint64)
        bytes_8: NDArray[np.uint64] = np.ndarray((count,), "<u8", self.data, 0, (1,))
        heads: NDArray[np.uint64] = bytes_8[np.minimum(self.start + 1, count - 1)].astype(np.uint64)
        for i in np.flatnonzero(self.start + 1 >= count).tolist():  # too near the file's end for eight bytes
            at = int(self.start[i]) + 1
            heads[i] = int.from_bytes(self.data[at:at + 8], "little")
        return heads

    def owners(self, clauses: Int32, parts: Int32) -> Int32:
        """For each clause the place in ``parts`` (ascending, none inside another) of the one around it, else -1."""
        if not len(parts):
            return np.full(len(clauses), -1, np.int32)
        at = np.searchsorted(parts, clauses, side="right") - 1
        outside = (at < 0) | (clauses >= self.last[parts[at]])
        return np.where(outside, -1, at).astype(np.int32)

    def around(self, clause: int) -> int:
        """The clause that ``clause`` stands in; -1 for the root."""
        level = self.depth[clause] - 1
        step, stop = 64, clause
        while stop > 0:
            begin = max(0, stop - step)
            found = np.flatnonzero(self.depth[begin:stop] == level)
            if len(found):
                return begin + int(found[-1])
            stop, step = begin, step * 4
        return -1

    def text(self, clause: int) -> str:
        """The clause as it is written."""
        return self.data[self.start[clause]:self.end[clause]].decode()

    def fault(self, message: str, at: int, part: str = "") -> Fault:
        """A fault at byte ``at`` of this file."""
        return Fault(self.source, message, *self.line_and_column(at), part)

    @cached_property
    def _line_ends(self) -> Int32:
        raw = self.raw
        chunks = range(0, len(raw), _CHUNK)
        return np.concatenate([(np.flatnonzero(raw[at:at + _CHUNK] == 10) + at).astype(np.int32) for at in chunks])

    def line_and_column(self, at: int) -> tuple[int, int]:
        """Line and column, both from 1, of byte ``at``; quick for many places of one file."""
        line = int(np.searchsorted(self._line_ends, at))
        begin = int(self._line_ends[line - 1]) + 1 if line else 0
        if at - begin > 10_000:  # a file without line ends: bytes will do
            return line + 1, at - begin + 1
        return line + 1, len(self.data[begin:at].decode(errors="replace")) + 1


def index(data: bytes, source: str, roots: Iterable[str]) -> Index:
    """Find every clause of a KiCad file whose root is one of ``roots``; raises Faults for anything else."""
    roots = tuple(roots)
    must_be_text(data, source, roots)
    kinds, places = _structure(data)
    quote = kinds == _QUOTE
    quotes = places[quote]
    must_be_whole_strings(data, source, quotes)
    paren = (np.cumsum(quote, dtype=np.int32) & 1 == 0) & ~quote
    places = places[paren]
    opens = kinds[paren] == _OPEN
    closes = ~opens
    level = np.cumsum(opens.astype(np.int8) * 2 - 1, dtype=np.int32)
    must_be_balanced(data, source, places, opens, level)

    level = level.astype(np.int16)
    start, depth = places[opens], level[opens]
    # The k-th opening parenthesis of a depth belongs to the k-th closing one of that depth.
    by_open = np.argsort(depth, kind="stable")
    by_close = np.argsort(level[closes], kind="stable")
    end = np.empty_like(start)
    last = np.empty_like(start)
    end[by_open] = places[closes][by_close] + 1
    last[by_open] = np.cumsum(opens, dtype=np.int32)[closes][by_close]
    return Index(data, source, start, end, last, depth, quotes)


def _structure(data: bytes) -> tuple[Bytes, Int32]:
    """Quotes and parentheses with their places; escaped quotes, and the escapes themselves, are left out."""
    raw = np.frombuffer(data, np.uint8)
    found = []
    for at in range(0, len(raw), _CHUNK):
        piece = raw[at:at + _CHUNK]
        mark = piece >> 1 == _OPEN >> 1  # both parentheses: 40 and 41
        mark |= piece == _QUOTE
        mark |= piece == _ESCAPE
        found.append((np.flatnonzero(mark) + at).astype(np.int32))
    places = np.concatenate(found)
    kinds = raw[places]
    escapes = places[kinds == _ESCAPE]
    if len(escapes):
        # In a run of backslashes the first, third, fifth … escapes the byte after it.
        new_run = np.diff(escapes, prepend=-2) != 1
        run_start = np.flatnonzero(new_run)[np.cumsum(new_run) - 1]
        escaped = escapes[(np.arange(len(escapes)) - run_start) % 2 == 0] + 1
        keep = kinds != _ESCAPE
        quotes = np.flatnonzero(kinds == _QUOTE)
        keep[quotes[np.isin(places[quotes], escaped, assume_unique=True)]] = False
        kinds, places = kinds[keep], places[keep]
    return kinds, places


def splice(data: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """``data`` with each range (start, end) replaced; every byte outside the ranges stays as it is.

    Ranges must not overlap (ValueError); an empty range inserts, and insertions at one spot keep their order.
    """
    parts, at = [], 0
    for start, end, new in sorted(edits, key=lambda edit: edit[:2]):
        if not at <= start <= end <= len(data):
            raise ValueError(f"edit {start}:{end} overlaps the one before it or lies outside the file")
        parts += [data[at:start], new]
        at = end
    return b"".join([*parts, data[at:]])
