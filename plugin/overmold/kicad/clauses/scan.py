"""One pass over the bytes of a KiCad file: where strings begin and end, where clauses open and close, how deep.

The pass goes by pieces that stay in a processor's cache; what one piece hands on to the next is whether a string is
open and how deep the clauses are.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Int16 = NDArray[np.int16]
Int32 = NDArray[np.int32]
Bytes = NDArray[np.uint8]

PIECE = 1 << 18
DEEPEST = 1000  # a real board is at most about 12 deep
_OPEN, _QUOTE, _ESCAPE = b'("\\'


@dataclass(frozen=True, eq=False)
class Scan:
    """Byte positions in reading order: of ``quotes`` that open and close strings, in turn; of the ``start`` of each
    clause with its ``depth`` (1 for the root); of the ``close`` of each with the ``close_depth`` of what it closes
    and how many clauses were ``opened`` before it.

    A depth beyond ``DEEPEST`` counts as one more than that. ``ended`` is where the first clause of depth 1 ends, and
    little after it is looked at; where it does not end, ``missing`` parentheses are.
    """

    quotes: Int32
    start: Int32
    depth: Int16
    close: Int32
    close_depth: Int16
    opened: Int32
    ended: int
    missing: int


def scan(data: bytes) -> Scan:
    """Find all strings and clauses of ``data``, whether or not it is well formed."""
    raw = np.frombuffer(data, np.uint8)
    quotes: list[Int32] = []
    starts: list[Int32] = []
    depths: list[Int32] = []
    closes: list[Int32] = []
    close_depths: list[Int32] = []
    opened: list[Int32] = []
    at = level = count = in_string = 0
    ended = -1
    while at < len(data) and ended < 0:
        # A piece ends with a line, so that no run of backslashes goes over its end.
        stop = data.find(b"\n", at + PIECE) + 1 or len(data)
        kinds, places = _marks(raw[at:stop], at)
        quote = kinds == _QUOTE
        inside = np.cumsum(quote, dtype=np.int32)
        inside += in_string
        quotes.append(places[quote])
        paren = inside & 1 == 0
        paren &= ~quote
        places, opens = places[paren], kinds[paren] == _OPEN
        closing = ~opens
        levels = np.cumsum(opens.astype(np.int8) * 2 - 1, dtype=np.int32)
        levels += level
        over = np.flatnonzero(levels == 0)
        if len(over):
            ended = int(places[over[0]])
        starts.append(places[opens])
        depths.append(levels[opens])
        closes.append(places[closing])
        close_depths.append(levels[closing] + 1)
        opened.append(np.cumsum(opens, dtype=np.int32)[closing] + np.int32(count))
        count += len(starts[-1])
        level = int(levels[-1]) if len(levels) else level
        in_string = (in_string + len(quotes[-1])) & 1
        at = stop
    return Scan(quotes=_whole(quotes), start=_whole(starts), depth=_shallow(depths), close=_whole(closes),
                close_depth=_shallow(close_depths),
                opened=_whole(opened), ended=ended, missing=0 if ended >= 0 else level)


def _whole(pieces: list[Int32]) -> Int32:
    return np.concatenate([np.zeros(0, np.int32), *pieces])


def _shallow(pieces: list[Int32]) -> Int16:
    return np.concatenate([np.zeros(0, np.int16), *(piece.clip(-1, DEEPEST + 1).astype(np.int16) for piece in pieces)])


def _marks(piece: Bytes, at: int) -> tuple[Bytes, Int32]:
    """Quotes and parentheses of a piece that begins at byte ``at``, with their places; escaped quotes, and the escapes
    themselves, are left out."""
    mark = piece >> 1 == _OPEN >> 1  # both parentheses: 40 and 41
    mark |= piece == _QUOTE
    mark |= piece == _ESCAPE
    places = np.flatnonzero(mark).astype(np.int32)
    kinds = piece[places]
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
    places += np.int32(at)
    return kinds, places
