"""A plan as a GDSII stream, in micrometres on a grid of 1 nm, for mask and die tools.

Each layer of ``plan.LAYERS`` has its number; datatype 0 is metal or outline, 1 a hole in it. Equal circles are one cell that is
placed many times, a polygon of 64 corners about the true circle's middle radius, so that its area is the circle's. Names are
texts on the layer of their part. Wires are lines as wide as nothing. The format is Calma's stream format, release 6.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Iterable, Iterator
from itertools import chain

from ...package import Package
from ...shapes import Point
from .plan import LAYERS, Plan, plan_of

_HEADER, _BEGIN_LIBRARY, _LIBRARY_NAME, _UNITS, _END_LIBRARY = 0x0002, 0x0102, 0x0206, 0x0305, 0x0400
_BEGIN_CELL, _CELL_NAME, _END_CELL = 0x0502, 0x0606, 0x0700
_BOUNDARY, _PATH, _PLACED, _TEXT, _END = 0x0800, 0x0900, 0x0A00, 0x0C00, 0x1100
_LAYER, _DATATYPE, _WIDTH, _XY, _PLACED_NAME, _TEXT_TYPE, _STRING = 0x0D02, 0x0E02, 0x0F03, 0x1003, 0x1206, 0x1602, 0x1906
_DATE = struct.pack(">12h", 2000, 1, 1, 0, 0, 0, 2000, 1, 1, 0, 0, 0)  # the same file each time
# Length and kind of a record, then what it holds: a spot; the beginning of a text on a layer.
_ONE_SPOT, _TEXT_HEAD = struct.Struct(">HHii"), struct.Struct(">HHHHhHHh")
_CORNERS = 64
_NUMBERS = {layer.name: layer.number for layer in LAYERS}
_NO_NAME = re.compile(r"[^A-Za-z0-9_?$]")  # what a cell's name cannot have
_LONGEST_NAME, _LONGEST_TEXT = 32, 512


def write(package: Package) -> bytes:
    """The plan of a package as GDSII; nothing where it has no carrier."""
    return gds_file(package.name, plan_of(package))


def gds_file(name: str, plan: Plan) -> bytes:
    """The stream of one package; nothing for an empty plan. Its top cell has the package's name, as far as GDSII has the
    letters for it."""
    if not plan:
        return b""
    top = _NO_NAME.sub("_", name)[:_LONGEST_NAME] or "PACKAGE"
    cells = sorted({(group.layer, wide) for group in plan.circles for wide in group.diameters.tolist() if wide})
    parts = [_record(_HEADER, struct.pack(">h", 600)), _record(_BEGIN_LIBRARY, _DATE), _named(_LIBRARY_NAME, "OVERMOLD"),
             _record(_UNITS, _real(1e-3) + _real(1e-9))]
    for layer, wide in cells:
        parts += _cell(_circle_name(layer, wide), _boundary(_NUMBERS[layer], 0, _circle(wide)))
    parts += _cell(top, chain(_shapes(plan), _circles(plan), _strokes(plan)))
    return b"".join([*parts, _record(_END_LIBRARY)])


def _shapes(plan: Plan) -> Iterator[bytes]:
    for shape in plan.shapes:
        number = _NUMBERS[shape.layer]
        for i, ring in enumerate(shape.outline.rings):
            yield from _boundary(number, min(i, 1), ring)
        if shape.name:
            yield _text(number, shape.name, shape.outline.centre)


def _circles(plan: Plan) -> Iterator[bytes]:
    end = _record(_END)
    for group in plan.circles:
        number = _NUMBERS[group.layer]
        placed = {wide: _record(_PLACED) + _named(_PLACED_NAME, _circle_name(group.layer, wide))
                  for wide in set(group.diameters.tolist()) if wide}
        for name, (x, y), wide in zip(group.names, group.xy.tolist(), group.diameters.tolist()):
            if wide:
                yield placed[wide] + _ONE_SPOT.pack(12, _XY, x, y) + end
            if name:
                yield _text(number, name, (x, y))


def _strokes(plan: Plan) -> Iterator[bytes]:
    for stroke in plan.strokes:
        yield _record(_PATH)
        yield from _on(_NUMBERS[stroke.layer], _DATATYPE, 0)
        yield _record(_WIDTH, struct.pack(">i", 0))
        yield _spots([stroke.start, stroke.end])
        yield _record(_END)


def _cell(name: str, content: Iterable[bytes]) -> list[bytes]:
    return [_record(_BEGIN_CELL, _DATE), _named(_CELL_NAME, name), *content, _record(_END_CELL)]


def _boundary(layer: int, datatype: int, ring: Iterable[Point]) -> Iterator[bytes]:
    points = list(ring)
    yield _record(_BOUNDARY)
    yield from _on(layer, _DATATYPE, datatype)
    yield _spots([*points, points[0]])
    yield _record(_END)


def _text(layer: int, words: str, at: Point) -> bytes:
    return _TEXT_HEAD.pack(4, _TEXT, 6, _LAYER, layer, 6, _TEXT_TYPE, 0) + _ONE_SPOT.pack(12, _XY, *at) + _named(
        _STRING, words[:_LONGEST_TEXT]) + _record(_END)


def _on(layer: int, kind: int, number: int) -> Iterator[bytes]:
    yield _record(_LAYER, struct.pack(">h", layer))
    yield _record(kind, struct.pack(">h", number))


def _spots(points: list[Point]) -> bytes:
    return _record(_XY, struct.pack(f">{2 * len(points)}i", *chain.from_iterable(points)))


def _named(kind: int, words: str) -> bytes:
    data = words.encode("ascii", "replace")
    return _record(kind, data + b"\0" * (len(data) % 2))


def _record(kind: int, data: bytes = b"") -> bytes:
    return struct.pack(">HH", 4 + len(data), kind) + data


def _circle_name(layer: str, wide: int) -> str:
    return f"{layer}_{wide}"


def _circle(wide: int) -> list[Point]:
    # Corners lie a little outside the circle, so that the polygon has the circle's area.
    turn = 2 * math.pi / _CORNERS
    radius = wide / 2 * math.sqrt(turn / math.sin(turn))
    return [(round(radius * math.cos(i * turn)), round(radius * math.sin(i * turn))) for i in range(_CORNERS)]


def _real(value: float) -> bytes:
    """A number in GDSII's own form: sign and exponent of 16 in a byte (excess 64), then 56 bits of fraction."""
    exponent = 64
    while value >= 1:
        value, exponent = value / 16, exponent + 1
    while value < 1 / 16:
        value, exponent = value * 16, exponent - 1
    return struct.pack(">Q", (exponent << 56) | round(value * 2**56))
