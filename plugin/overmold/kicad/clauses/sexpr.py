"""KiCad's files as they lie on disk: where every clause begins and ends.

A file of 70 MB is not turned into objects. numpy finds quotes and parentheses in the raw bytes, leaves out what stands
inside strings, takes depth as a running sum and pairs opening with closing parentheses by a stable sort on depth. What
results is a few flat arrays with one entry per clause; ``columns`` takes thousands of numbers or texts off them in one
go, ``tree`` makes objects of the few odd clauses.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from ...faults import Fault
from .between import as_read, must_be_clauses, must_be_merged
from .malformed import must_be_balanced, must_be_text, must_be_whole_strings
from .scan import PIECE, Bytes, Int32, scan

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
        heads = self.heads[clauses]
        hit = np.zeros(len(clauses), np.bool_)
        for name in names:
            hit[self.which_called(clauses, heads, name)] = True
        return clauses[hit]

    def which_called(self, clauses: Int32, heads: NDArray[np.uint64], name: bytes) -> NDArray[np.int64]:
        """Which of ``clauses``, whose first bytes are ``heads``, are called ``name``."""
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
    def heads(self) -> NDArray[np.uint64]:
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
        chunks = range(0, len(raw), PIECE)
        return np.concatenate([(np.flatnonzero(raw[at:at + PIECE] == 10) + at).astype(np.int32) for at in chunks])

    def line_and_column(self, at: int) -> tuple[int, int]:
        """Line and column, both from 1, of byte ``at``; quick for many places of one file."""
        line = int(np.searchsorted(self._line_ends, at))
        begin = int(self._line_ends[line - 1]) + 1 if line else 0
        if at - begin > 10_000:  # a file without line ends: bytes will do
            return line + 1, at - begin + 1
        return line + 1, len(self.data[begin:at].decode(errors="replace")) + 1


def index(data: bytes, source: str, roots: Iterable[str]) -> Index:
    """Find every clause of a KiCad file whose root is one of ``roots``; raises Faults for anything else."""
    must_be_merged(data, source)
    data = as_read(data)
    must_be_text(data, source, tuple(roots))
    found = scan(data)
    must_be_whole_strings(data, source, found.quotes)
    must_be_balanced(data, source, found.start, found.depth, found.ended, found.missing)
    must_be_clauses(data, source, found)
    # The k-th opening parenthesis of a depth belongs to the k-th closing one of that depth.
    by_open = np.argsort(found.depth, kind="stable")
    by_close = np.argsort(found.close_depth, kind="stable")
    end = np.empty_like(found.start)
    last = np.empty_like(found.start)
    end[by_open] = found.close[by_close] + 1
    last[by_open] = found.opened[by_close]
    return Index(data=data, source=source, start=found.start, end=end, last=last, depth=found.depth,
                 quotes=found.quotes)
