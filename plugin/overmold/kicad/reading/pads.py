"""All pads of all footprints as columns: names, nets, places on the board, sizes, layers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray
from ...faults import Faults
from ...shapes import transform_all
from ...units import LENGTH
from ..clauses.columns import FARTHEST, Spans, joined, last_word, numbers, texts
from ..clauses.scan import Int32
from ..clauses.sexpr import Index
from ..clauses.tree import unescape

FRONT, BACK = "F.Cu", "B.Cu"
# Pads with one of these KiCad properties are no electrical connection of the part.
NO_CONTACT = frozenset(f"pad_prop_{use}" for use in ("fiducial_glob", "fiducial_loc", "testpoint", "mechanical"))


@dataclass(frozen=True, eq=False)
class Pads:
    """Pads in reading order: ``owner`` counts the footprints; ``xy`` (n, 2) in nm and ``angle`` (n) in 1/1000 degree
    are those on the board; ``size`` (n, 2) in nm is before turning.

    ``on_front``, ``on_back`` say which outer copper a pad has, ``in_mask`` whether the mask has an opening over it.
    ``mask_margin`` is how far that opening stands back from the pad, ``has_margin`` where the pad itself states it.
    """

    clauses: Int32
    owner: Int32
    names: tuple[str, ...]
    nets: tuple[str, ...]
    uuids: tuple[str, ...]
    xy: IntArray
    angle: IntArray
    size: IntArray
    is_contact: NDArray[np.bool_]
    on_front: NDArray[np.bool_]
    on_back: NDArray[np.bool_]
    in_mask: NDArray[np.bool_]
    mask_margin: IntArray
    has_margin: NDArray[np.bool_]

    def of(self, footprint: int) -> slice:
        """The rows of one footprint (its place among the footprints)."""
        begin, end = np.searchsorted(self.owner, (footprint, footprint + 1))
        return slice(int(begin), int(end))


@dataclass(frozen=True, eq=False)
class Spots:
    """Where footprints sit: ``xy`` (n, 2) in nm, ``angle`` (n) in 1/1000 degree."""

    xy: IntArray
    angle: IntArray


def read_spots(index: Index, footprints: Int32, parts: Int32) -> Spots:
    """Position and turn of each footprint; one in a library file has none and sits at the origin."""
    values = np.zeros((len(footprints), 3), np.int64)
    found = index.called(parts, b"at")
    rows, _ = numbers(index, found, b"at", 3)
    values[index.owners(found, footprints)] = rows
    return Spots(values[:, :2], np.rint(values[:, 2] / 1000).astype(np.int64) % 360_000)


def read_pads(index: Index, footprints: Int32, inner: Int32, spots: Spots) -> Pads:
    """Every pad of ``footprints``, whose direct parts are ``inner``.

    Raises Faults for pads without position or with numbers that are none.
    """
    pads = index.called(inner, b"pad")
    owner = index.owners(pads, footprints)
    parts = children(index, pads)
    heads, pad_of = index.heads[parts], index.owners(parts, pads)
    n = len(pads)

    def named(name: bytes) -> tuple[Int32, Int32]:
        rows = index.which_called(parts, heads, name)
        return parts[rows], pad_of[rows]

    def column(name: bytes, most: int, largest: int = FARTHEST) -> tuple[IntArray, NDArray[np.bool_]]:
        found, at = named(name)
        rows, counts = numbers(index, found, name, most, largest=largest)
        values, known = np.zeros((n, most), np.int64), np.zeros(n, np.bool_)
        values[at], known[at] = rows, counts >= min(most, 2)
        return values, known

    def words(*names: bytes) -> list[str]:
        values = [""] * n
        for name in names:
            found, at = named(name)
            read = last_word(index, found, name)
            if len(found) == n and (at == np.arange(n)).all():
                values = read
            else:
                for row, word in zip(at.tolist(), read):
                    values[row] = word
        return values

    at, placed = column(b"at", 3)
    size, sized = column(b"size", 2, LENGTH.largest)
    bad = np.flatnonzero(~(placed & sized))
    if len(bad):
        raise Faults([index.fault("this pad has no position or no size", int(index.start[pads[i]])) for i in bad[:20]])
    margin, has_margin = column(b"solder_mask_margin", 1, LENGTH.largest)
    names, contact = _headers(index, pads)
    front, back, mask = _layers(index, n, *named(b"layers")).T
    for row, kind in enumerate(words(b"property")):
        if kind in NO_CONTACT:
            contact[row] = False
    return Pads(
        clauses=pads, owner=owner, names=names, nets=tuple(words(b"net")), uuids=tuple(words(b"tstamp", b"uuid")),
        xy=transform_all(at[:, :2], spots.xy[owner], spots.angle[owner]), size=size,
        angle=np.rint(at[:, 2] / 1000).astype(np.int64) % 360_000, is_contact=contact & (front | back),
        on_front=front, on_back=back, in_mask=mask, mask_margin=margin[:, 0], has_margin=has_margin)


def children(index: Index, parents: Int32) -> Int32:
    """The direct children of ``parents``, which all have one depth."""
    if not len(parents):
        return parents
    level = index.depth[parents[0]] + 1
    begin, end = int(parents[0]), int(index.last[parents[-1]])
    inner = (np.flatnonzero(index.depth[begin:end] == level) + begin).astype(np.int32)
    return inner[index.owners(inner, parents) >= 0]


def _headers(index: Index, pads: Int32) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """The pads' names, and which of them are contacts: named, and no bare holes."""
    begin = index.start[pads].astype(np.int64) + 4
    has_parts = index.last[pads] > pads + 1
    after = index.start[np.minimum(pads + 1, len(index) - 1)]
    end = np.where(has_parts, after, index.end[pads] - 1).astype(np.int64)
    quotes = index.quotes.astype(np.int64)
    opening = np.searchsorted(quotes, begin)
    if not len(pads) or opening[-1] + 1 >= len(quotes) or (quotes[opening] != begin + 1).any():
        return _headers_one_by_one(joined(index, Spans(begin, end)))
    names = texts(index, Spans(quotes[opening], quotes[opening + 1] + 1))
    rest = joined(index, Spans(quotes[opening + 1] + 1, end)).split(b"\0")[:-1]
    hole = {row: b"np_thru_hole" in row for row in set(rest)}
    return tuple(names), np.array([name != "" and not hole[row] for name, row in zip(names, rest)], np.bool_)


def _headers_one_by_one(rows: bytes) -> tuple[tuple[str, ...], NDArray[np.bool_]]:
    """The same for files with bare names, as KiCad 5 wrote them."""
    names, contact = [], []
    for row in rows.decode().split("\0")[:-1]:
        text = row.strip()
        close = text.rfind('"')
        if text[:1] == '"' and close > 0:
            name, rest = unescape(text[1:close]), text[close + 1:]
        else:
            name, _, rest = text.partition(" ")
        names.append(name)
        contact.append(name != "" and "np_thru_hole" not in rest)
    return tuple(names), np.array(contact, np.bool_)


def _layers(index: Index, n: int, found: Int32, at: Int32) -> NDArray[np.bool_]:
    """Which pads have copper on the front, copper on the back, an opening in a mask (n, 3)."""
    on = np.zeros((n, 3), np.bool_)
    begin, end = index.start[found].astype(np.int64), index.end[found].astype(np.int64)
    rows = joined(index, Spans(begin, end)).split(b"\0")[:-1]
    # A board has few different lists of layers: each is looked at once.
    kinds = {row: (_has(row, b"F.Cu"), _has(row, b"B.Cu"), b"Mask" in row) for row in set(rows)}
    on[at] = np.array([kinds[row] for row in rows], np.bool_).reshape(-1, 3)
    return on


def _has(layers: bytes, copper: bytes) -> bool:
    return any(name in layers for name in (copper, b"*.Cu", b"F&B.Cu"))
