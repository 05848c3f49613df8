"""GDSII streams: shapes and texts of one layer, all cells of the top one drawn where it places them. y grows up.

The format is Calma's, release 6: records of a length (two bytes), a kind, a type of data, and the data, the most significant
byte first; reals have an exponent to the base of 16.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple, Optional

from ...faults import fail

_LIBRARY, _UNITS, _BEGIN, _NAME, _END = 0x02, 0x03, 0x05, 0x06, 0x07
_BOUNDARY, _PATH, _SREF, _AREF, _TEXT, _BOX = 0x08, 0x09, 0x0A, 0x0B, 0x0C, 0x2D
_LAYER, _DATATYPE, _XY, _END_ELEMENT, _SNAME, _COLROW = 0x0D, 0x0E, 0x10, 0x11, 0x12, 0x13
_TEXTTYPE, _STRING, _STRANS, _MAG, _ANGLE, _BOXTYPE = 0x16, 0x19, 0x1A, 0x1B, 0x1C, 0x2E
MOST_SHAPES = 2_000_000
_DEEPEST = 64
Layer = tuple[int, int]


class Place(NamedTuple):
    """Where a cell lies in another: turned and stretched by a matrix, then moved."""

    a: float
    b: float
    c: float
    d: float
    x: float
    y: float

    def of(self, x: float, y: float) -> tuple[float, float]:
        """A point of the cell there."""
        return self.a * x + self.b * y + self.x, self.c * x + self.d * y + self.y

    def within(self, outer: Place) -> Place:
        """This place inside of another."""
        x, y = outer.of(self.x, self.y)
        return Place(outer.a * self.a + outer.b * self.c, outer.a * self.b + outer.b * self.d,
                     outer.c * self.a + outer.d * self.c, outer.c * self.b + outer.d * self.d, x, y)


HERE = Place(1, 0, 0, 1, 0, 0)


@dataclass
class Cell:
    """One cell: boxes (left, bottom, right, top) and texts by layer, in database units, and the cells inside."""

    boxes: dict[Layer, list[tuple[int, int, int, int]]] = field(default_factory=dict)
    texts: dict[Layer, list[tuple[str, int, int]]] = field(default_factory=dict)
    inner: list[tuple[str, list[Place]]] = field(default_factory=list)


@dataclass
class Stream:
    """A whole file: ``unit`` is a database unit in nm."""

    unit: float = 1.0
    cells: dict[str, Cell] = field(default_factory=dict)

    def tops(self) -> list[str]:
        """The cells that lie in no other."""
        inside = {name for cell in self.cells.values() for name, _ in cell.inner}
        return [name for name in self.cells if name not in inside]

    def layers(self) -> set[Layer]:
        """Every layer that has anything on it."""
        return {layer for cell in self.cells.values() for layer in (*cell.boxes, *cell.texts)}


@dataclass
class _Element:
    kind: int
    layer: int = 0
    type: int = 0
    points: tuple[int, ...] = ()
    text: str = ""
    mirrored: bool = False
    mag: float = 1.0
    angle: float = 0.0
    columns: int = 1
    rows: int = 1


def read_stream(data: bytes, source: str) -> Stream:
    """The cells of a GDSII file; raises Faults where it is none."""
    stream, cell, element = Stream(), Cell(), _Element(0)
    for kind, body in _records(data, source):
        if kind == _UNITS and len(body) >= 16:
            stream.unit = _real(body[8:16]) * 1e9
        elif kind == _BEGIN:
            cell = Cell()
        elif kind == _NAME:
            stream.cells[_word(body)] = cell
        elif kind in (_BOUNDARY, _PATH, _SREF, _AREF, _TEXT, _BOX):
            element = _Element(kind)
        elif kind == _END_ELEMENT:
            _keep(element, cell)
        else:
            _note(element, kind, body)
    if not stream.cells:
        raise fail(source, "is a GDSII file without a cell")
    if not 0 < stream.unit < 1e6:
        raise fail(source, "is a GDSII file without a sound unit")
    return stream


def _records(data: bytes, source: str) -> Iterator[tuple[int, bytes]]:
    if data[2:4] != b"\x00\x02":
        raise fail(source, "is not a GDSII stream: it does not begin with a header")
    at = 0
    while at + 4 <= len(data):
        length, kind = int.from_bytes(data[at:at + 2], "big"), data[at + 2]
        if length == 0:  # filled up to a block of tape
            return
        if length < 4 or at + length > len(data):
            raise fail(source, f"is a GDSII file that is damaged at byte {at}")
        yield kind, data[at + 4:at + length]
        at += length


def _note(element: _Element, kind: int, body: bytes) -> None:
    if kind == _LAYER and len(body) >= 2:
        element.layer = int.from_bytes(body[:2], "big")
    elif kind in (_DATATYPE, _TEXTTYPE, _BOXTYPE) and len(body) >= 2:
        element.type = int.from_bytes(body[:2], "big")
    elif kind == _XY:
        element.points = struct.unpack(f">{len(body) // 4}i", body[:len(body) // 4 * 4])
    elif kind in (_SNAME, _STRING):
        element.text = _word(body)
    elif kind == _STRANS and body:
        element.mirrored = bool(body[0] & 0x80)
    elif kind == _MAG and len(body) >= 8:
        element.mag = _real(body[:8])
    elif kind == _ANGLE and len(body) >= 8:
        element.angle = _real(body[:8])
    elif kind == _COLROW and len(body) >= 4:
        element.columns, element.rows = struct.unpack(">hh", body[:4])


def _keep(one: _Element, cell: Cell) -> None:
    xs, ys = one.points[::2], one.points[1::2]
    layer = (one.layer, one.type)
    if not ys:
        return
    if one.kind in (_BOUNDARY, _BOX):
        cell.boxes.setdefault(layer, []).append((min(xs), min(ys), max(xs), max(ys)))
    elif one.kind == _TEXT:
        cell.texts.setdefault(layer, []).append((one.text, xs[0], ys[0]))
    elif one.kind in (_SREF, _AREF):
        cell.inner.append((one.text, list(_places(one, xs, ys))))


def _places(one: _Element, xs: tuple[int, ...], ys: tuple[int, ...]) -> Iterator[Place]:
    turn = math.radians(one.angle)
    cos, sin = round(math.cos(turn), 12) * one.mag, round(math.sin(turn), 12) * one.mag
    flip = -1 if one.mirrored else 1
    if one.kind == _SREF or len(xs) < 3:
        yield Place(cos, -sin * flip, sin, cos * flip, xs[0], ys[0])
        return
    columns, rows = max(1, one.columns), max(1, one.rows)
    if columns * rows > MOST_SHAPES:
        return
    for i in range(columns):
        for j in range(rows):
            x = xs[0] + (xs[1] - xs[0]) * i / columns + (xs[2] - xs[0]) * j / rows
            y = ys[0] + (ys[1] - ys[0]) * i / columns + (ys[2] - ys[0]) * j / rows
            yield Place(cos, -sin * flip, sin, cos * flip, x, y)


def placed_cells(stream: Stream, top: str, source: str) -> Iterator[tuple[Cell, Place]]:
    """Every cell that the top one is made of, where it lies; raises Faults where that has no end."""
    todo: list[tuple[str, Place, int]] = [(top, HERE, 0)]
    count = 0
    while todo:
        name, place, depth = todo.pop()
        cell: Optional[Cell] = stream.cells.get(name)
        if cell is None:
            continue
        count += 1
        if depth > _DEEPEST or count > MOST_SHAPES:
            raise fail(source, "is a GDSII file whose cells lie in each other without end, or nearly so")
        yield cell, place
        todo += [(inner, one.within(place), depth + 1) for inner, places in cell.inner for one in places]


def _word(body: bytes) -> str:
    return body.rstrip(b"\0").decode("latin-1")


def _real(body: bytes) -> float:
    sign = -1.0 if body[0] & 0x80 else 1.0
    return sign * float(int.from_bytes(body[1:8], "big")) / 2.0**56 * 16.0**((body[0] & 0x7F) - 64)
