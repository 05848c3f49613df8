"""What of a footprint somebody has added, and what of it Overmold drew.

KiCad gives everything in a footprint a uuid of its own, so what is ours is known by what it is: by its kind, layer and shape in
the footprint's own frame, which a move or a turn leaves as it is but for rounding; else, where the board now says something
else than what is drawn, by the layer and the stroke that Overmold draws it with.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kipy.proto.board import board_types_pb2 as board

from ...drawing import BOND_PADS, BUMPS_ON_CHIPS, FINE_WIDTH, FRAME_FEET, SAW_STREET, SITE_WIDTH, WIRES
from ...shapes import Point
from .moving import own_spot, points_of, spot

_SAME = 500  # nm: KiCad rounds what it turns, at every turn anew, and nobody sees what is nearer
_CELL = 1_000
OWN_LAYERS = (SAW_STREET, FRAME_FEET, WIRES, BUMPS_ON_CHIPS, BOND_PADS)  # on which nothing is drawn but what is read from them
_OWN_WIDTHS = (FINE_WIDTH, SITE_WIDTH)
Place = tuple[Point, int]


@dataclass(frozen=True)
class _Look:
    """``sort`` is kind, layer and words, ``style`` how it is drawn, ``points`` where."""

    sort: tuple[object, ...]
    style: tuple[object, ...]
    points: tuple[Point, ...]

    @property
    def middle(self) -> Point:
        """The mean of all points."""
        count = max(1, len(self.points))
        return sum(x for x, _ in self.points) // count, sum(y for _, y in self.points) // count

    def is_like(self, other: _Look) -> bool:
        """Whether both lie in the same place, corners in any order."""
        if len(self.points) != len(other.points):
            return False
        if len(self.points) > 8:
            return all(abs(a - b) <= _SAME for a, b in zip(self._box(), other._box()))
        left = list(other.points)
        for x, y in self.points:
            near = next((p for p in left if max(abs(p[0] - x), abs(p[1] - y)) <= _SAME), None)
            if near is None:
                return False
            left.remove(near)
        return True

    def _box(self) -> tuple[int, int, int, int]:
        xs, ys = [x for x, _ in self.points], [y for _, y in self.points]
        return min(xs), min(ys), max(xs), max(ys)


def added(former: Sequence[Any], at: Place, ours: Sequence[tuple[Sequence[Any], Place]], own_layers: Collection[int]
          ) -> list[Any]:
    """Those drawings, texts and areas of a ``former`` footprint at its place that are none of ``ours``.

    ``ours`` is what Overmold would have drawn there and what it draws now, each with its place; the first of them is sure to be
    there, in whatever shape.
    """
    frames: list[Mapping[tuple[object, ...], list[_Look]]] = []
    for origin in (True, False):
        looks = (_look(one, place if origin else ((0, 0), 0)) for some, place in ours for one in some)
        frames.append(_by_cell(looks))
    left = [(one, _look(one, at), _look(one, ((0, 0), 0))) for one in former]
    left = [(one, own, there) for one, own, there in left if not (_is_in(own, frames[0]) or _is_in(there, frames[1]))]
    left = [row for row in left if not _is_read_from(row[0], own_layers)]
    missing = _missing(former, at, *ours[0])
    for look in missing:
        alike = [row for row in left if row[1].sort == look.sort and row[1].style == look.style]
        if alike:
            left.remove(min(alike, key=lambda row: _apart(row[1].middle, look.middle)))
    return [one for one, _, _ in left]


def _missing(former: Sequence[Any], at: Place, ours: Sequence[Any], place: Place) -> list[_Look]:
    """What of ours is not there in the shape that it should have."""
    own = _by_cell(_look(one, at) for one in former)
    there = _by_cell(_look(one, ((0, 0), 0)) for one in former)
    return [_look(one, place) for one in ours
            if not _is_in(_look(one, place), own) and not _is_in(_look(one, ((0, 0), 0)), there)]


def _is_read_from(message: Any, own_layers: Collection[int]) -> bool:
    """Whether it lies on a layer that only Overmold draws on, and as Overmold draws there."""
    if isinstance(message, board.BoardText):
        return message.layer in own_layers
    if not isinstance(message, board.BoardGraphicShape) or message.layer not in own_layers:
        return False
    return message.shape.WhichOneof("geometry") == "segment" or message.shape.attributes.stroke.width.value_nm in _OWN_WIDTHS


def _look(message: Any, place: Place) -> _Look:
    if isinstance(message, board.BoardGraphicShape):
        kind, stroke = message.shape.WhichOneof("geometry"), message.shape.attributes.stroke
        kind = "polygon" if kind == "rectangle" else kind  # which KiCad makes of it once it is turned
        points = tuple(own_spot(point, place) for point in points_of(message, place[1]))
        style = (stroke.width.value_nm, stroke.style, message.shape.attributes.fill.fill_type)
        return _Look((kind, message.layer), style, points)
    if isinstance(message, board.BoardText):
        return _Look(("text", message.layer, message.text.text), (), (own_spot(spot(message.text.position), place),))
    if isinstance(message, board.Zone):
        return _Look(("zone", message.name), (), ())
    return _Look((message.SerializeToString(deterministic=True),), (), ())


def _by_cell(looks: Iterator[_Look]) -> dict[tuple[object, ...], list[_Look]]:
    found: dict[tuple[object, ...], list[_Look]] = {}
    for look in looks:
        x, y = look.middle
        found.setdefault((look.sort, x // _CELL, y // _CELL), []).append(look)
    return found


def _is_in(look: _Look, cells: Mapping[tuple[object, ...], list[_Look]]) -> bool:
    x, y = (value // _CELL for value in look.middle)
    return any(look.is_like(one) for i in (-1, 0, 1) for j in (-1, 0, 1) for one in cells.get((look.sort, x + i, y + j), ()))


def _apart(one: Point, other: Point) -> int:
    return (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2
