"""Thousands of clauses to columns of numbers and texts, without a Python object per clause on the way."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray
from ...faults import Faults
from .scan import Int32
from .sexpr import Index
from .tree import unescape

FARTHEST = 2**31 - 1  # nm: KiCad's own end, 2147 mm; what belongs together lies nearer (reading/extent.py)
_ROWS = 1 << 13  # gathered in one go: what stays in a processor's cache
_NUMERIC = np.zeros(256, np.bool_)
_NUMERIC[list(b"0123456789+-.eE \t\r\n\0")] = True
_BLANK = np.zeros(256, np.bool_)
_BLANK[list(b" \t\r\n\0")] = True


@dataclass(frozen=True, eq=False)
class Spans:
    """Byte ranges of one file, one per row."""

    begin: NDArray[np.int64]
    end: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.begin)


def bodies(index: Index, clauses: Int32, name: bytes) -> Spans:
    """What stands in each of ``clauses``, all called ``name``, between that word and the closing parenthesis."""
    start, end = index.start[clauses].astype(np.int64), index.end[clauses].astype(np.int64)
    return Spans(np.minimum(start + 1 + len(name), end - 1), end - 1)


def joined(index: Index, spans: Spans) -> bytes:
    """The bytes of all rows, each followed by a zero byte (which no text file holds)."""
    raw, last = index.raw, len(index.data) - 1
    pieces = []
    for at in range(0, len(spans), _ROWS):
        begin, end = spans.begin[at:at + _ROWS], spans.end[at:at + _ROWS]
        ends = np.cumsum(end - begin + 1)
        places = np.arange(ends[-1])
        places += np.repeat(end - ends + 1, end - begin + 1)
        # The byte after a row becomes the separator, whatever it is; after the file's last there is none.
        flat = raw[np.minimum(places, last, out=places)]
        flat[ends - 1] = 0
        pieces.append(flat.tobytes())
    return b"".join(pieces)


def texts(index: Index, spans: Spans) -> list[str]:
    """One text per row: what stands between the quotation marks of a quoted row, else the row without blanks around."""
    if not len(spans):
        return []
    raw = index.raw
    last = np.maximum(spans.end - 1, spans.begin)
    quoted = (raw[spans.begin] == 34) & (raw[last] == 34) & (last > spans.begin)
    if not quoted.all():
        # Blanks around: rare (KiCad 7 wrote bare words), so row by row.
        return [_plain(row) for row in joined(index, spans).decode().split("\0")[:-1]]
    flat = joined(index, Spans(spans.begin + 1, spans.end - 1)).decode()
    rows = flat.split("\0")[:-1]
    return [unescape(row) for row in rows] if "\\" in flat else rows


def _plain(row: str) -> str:
    row = row.strip()
    return unescape(row[1:-1]) if len(row) > 1 and row[0] == row[-1] == '"' else row


def last_word(index: Index, clauses: Int32, name: bytes) -> list[str]:
    """The last word of each clause called ``name``: "GND" of ``(net 3 "GND")`` as of ``(net "GND")``."""
    spans = bodies(index, clauses, name)
    closing = np.searchsorted(index.quotes, spans.end) - 1
    if not len(index.quotes):
        return [row.rpartition(" ")[2] for row in texts(index, _trimmed(index, spans))]
    opening = index.quotes[np.maximum(closing - 1, 0)]
    quoted = (closing >= 1) & (opening >= spans.begin) & (index.quotes[closing] == spans.end - 1)
    begin = np.where(quoted, opening, spans.begin)
    words = texts(index, _trimmed(index, Spans(begin, spans.end)))
    return words if quoted.all() else [w if q else (w.split() or [""])[-1] for w, q in zip(words, quoted)]


def _trimmed(index: Index, spans: Spans) -> Spans:
    """The same rows without the one blank that KiCad writes after a clause's name."""
    blank = (spans.begin < spans.end) & _BLANK[index.raw[np.minimum(spans.begin, len(index.data) - 1)]]
    return Spans(spans.begin + blank, spans.end)


def numbers(index: Index, clauses: Int32, name: bytes, most: int, scale: int = 1_000_000, largest: int = FARTHEST
            ) -> tuple[IntArray, Int32]:
    """Up to ``most`` numbers of each clause called ``name``, times ``scale`` and rounded to whole (mm become nm).

    Returns them (n, most), 0 where there are fewer, and how many each clause has; further words are not looked at.
    Raises Faults for a row that holds something else than numbers, or one beyond ``largest``.
    """
    rows = joined(index, bodies(index, clauses, name)).split(b"\0")[:-1]
    # Thousands of pads share a few sizes: where rows repeat, each different one is read once.
    repeat = len(set(rows[:200])) < 100 <= len(rows)
    distinct = {row: i for i, row in enumerate(dict.fromkeys(rows))} if repeat else {}
    values, counts = _rows_of_numbers(list(distinct) if repeat else rows, most, scale, largest)
    if values is None:
        return _one_by_one(index, clauses, name, most, scale, largest)
    if not repeat:
        return values, counts
    which = np.fromiter(map(distinct.__getitem__, rows), np.int64, len(rows))
    return values[which], counts[which]


def _rows_of_numbers(rows: list[bytes], most: int, scale: int, largest: int) -> tuple[Optional[IntArray], Int32]:
    """The same for rows of plain numbers, all at once; None where a row holds anything else."""
    values = np.zeros((len(rows), most), np.int64)
    if not rows:
        return values, np.zeros(0, np.int32)
    flat = np.frombuffer(b"\0".join([*rows, b""]), np.uint8)
    blank = _BLANK[flat]
    begins = np.flatnonzero(~blank & np.concatenate(([True], blank[:-1])))
    counts = np.diff(np.searchsorted(begins, np.flatnonzero(flat == 0)), prepend=0).astype(np.int32)
    with _strict():
        try:
            found = np.fromstring(b" ".join(rows).decode(), np.float64, sep=" ")
        except (ValueError, DeprecationWarning):
            return None, counts
    if len(found) != len(begins) or not _NUMERIC[flat].all() or not (np.abs(found) * scale <= largest).all():
        return None, counts
    row = np.repeat(np.arange(len(rows)), counts)
    place = np.arange(len(found)) - np.repeat(np.cumsum(counts) - counts, counts)
    keep = place < most
    values[row[keep], place[keep]] = np.rint(found[keep] * scale).astype(np.int64)
    return values, counts


@contextmanager
def _strict() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def _one_by_one(index: Index, clauses: Int32, name: bytes, most: int, scale: int, largest: int) -> tuple[IntArray, Int32]:
    """The same as ``numbers``, slowly: for files with a word among the numbers, and to say which number is none."""
    values = np.zeros((len(clauses), most), np.int64)
    counts = np.zeros(len(clauses), np.int32)
    faults = []
    spans = bodies(index, clauses, name)
    for row, text in enumerate(joined(index, spans).decode().split("\0")[:-1]):
        words = text.split("(")[0].split()[:most]
        counts[row] = len(words)
        for column, word in enumerate(words):
            number = whole(word, scale, largest)
            if number is None:
                if column and not word[:1].isdigit():  # a flag after the numbers, as in (at 1 2 unlocked)
                    counts[row] = column
                    break
                faults.append(index.fault(f"'{word[:40]}' is not a number that can stand here; numbers here go to "
                                          f"{largest // scale}", int(spans.begin[row])))
                break
            values[row, column] = number
        if len(faults) == 20:
            break
    if faults:
        raise Faults(faults)
    return values, counts


def whole(word: str, scale: int = 1_000_000, largest: int = FARTHEST) -> Optional[int]:
    """``word`` times ``scale``, rounded to whole; None where it is not a number or lies beyond ``largest``."""
    try:
        number = Decimal(word) if len(word) < 60 and word.isascii() and "_" not in word else Decimal("NaN")
    except InvalidOperation:
        return None
    # The first comparison keeps 1e999999 from overflowing in the second.
    if not number.is_finite() or abs(number) > largest or abs(number) * scale > largest:
        return None
    return round(number * scale)
