"""What KiCad's messages say of things in a footprint: where they lie, and the same moved and turned.

Everything inside a footprint comes in board coordinates. KiCad keeps whole nanometres; what is turned by no right angle is
rounded, and a rectangle becomes a polygon.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from kipy.proto.board import board_types_pb2 as board

from ...shapes import Point, transform, untransform

_MIRROR = {board.BoardLayer.Value(f"BL_{one}_{of}"): board.BoardLayer.Value(f"BL_{other}_{of}")
           for of in ("Cu", "Adhes", "Paste", "SilkS", "Mask", "CrtYd", "Fab") for one, other in ("FB", "BF")}


@dataclass(frozen=True)
class Motion:
    """From one place of a footprint to another: ``at``, ``angle`` (1/1000 degree) before and after, turned over or not."""

    at: Point
    angle: int
    to: Point
    to_angle: int
    over: bool = False

    @property
    def turn(self) -> int:
        """By how much it is turned."""
        return (self.to_angle - self.angle) % 360_000

    def __call__(self, point: Point) -> Point:
        if self.at == self.to and not self.turn:
            return point
        x, y = point[0] - self.at[0], point[1] - self.at[1]
        return transform((x, y), self.to, self.turn)


def place_of(footprint: Any) -> tuple[Point, int]:
    """Where a footprint lies and how it is turned."""
    return spot(footprint.position), round(footprint.orientation.value_degrees * 1000) % 360_000


def motion(former: Any, new: Any) -> Motion:
    """That of two FootprintInstances."""
    (at, angle), (to, to_angle) = place_of(former), place_of(new)
    return Motion(at, angle, to, to_angle, former.layer != new.layer)


def own_spot(point: Point, place: tuple[Point, int]) -> Point:
    """A place on the board in a footprint's own frame."""
    return untransform(point, *place)


def spot(vector: Any) -> Point:
    """A vector of a message as a point."""
    return vector.x_nm, vector.y_nm


def move_text(text: Any, by: Motion) -> None:
    """Move a Text of a field or of the board."""
    _move(text.text.position, by)
    if by.turn:
        look = text.text.attributes
        look.angle.value_degrees = (look.angle.value_degrees + by.turn / 1000) % 360
    if by.over:
        text.layer = _MIRROR.get(text.layer, text.layer)
        text.text.attributes.mirrored = not text.text.attributes.mirrored


def move_item(message: Any, by: Motion) -> None:
    """Move whatever a footprint may hold; a 3D model and what is not known here lies in the footprint's own frame."""
    if isinstance(message, board.BoardText):
        move_text(message, by)
    elif isinstance(message, board.BoardGraphicShape):
        if by.turn % 90_000:
            _polygon_of_rectangle(message.shape)
        for vector in _vectors(message.shape):
            _move(vector, by)
        message.layer = _MIRROR.get(message.layer, message.layer) if by.over else message.layer
    elif isinstance(message, board.Zone):
        for polygons in (message.outline, *(filled.shapes for filled in message.filled_polygons)):
            for vector in _nodes(polygons):
                _move(vector, by)
        if by.over:
            message.layers[:] = [_MIRROR.get(layer, layer) for layer in message.layers]
    elif isinstance(message, board.Pad):
        _move(message.position, by)
        message.pad_stack.angle.value_degrees = (message.pad_stack.angle.value_degrees + by.turn / 1000) % 360


def _move(vector: Any, by: Callable[[Point], Point]) -> None:
    vector.x_nm, vector.y_nm = by(spot(vector))


def _polygon_of_rectangle(shape: Any) -> None:
    if shape.WhichOneof("geometry") != "rectangle":
        return
    (ax, ay), (bx, by) = spot(shape.rectangle.top_left), spot(shape.rectangle.bottom_right)
    shape.polygon.Clear()  # which also takes the rectangle's place
    ring = shape.polygon.polygons.add().outline
    ring.closed = True
    for x, y in ((ax, ay), (bx, ay), (bx, by), (ax, by)):
        point = ring.nodes.add().point
        point.x_nm, point.y_nm = x, y


def _vectors(shape: Any) -> Iterator[Any]:
    """Every point of a drawing."""
    kind = shape.WhichOneof("geometry")
    if kind == "segment":
        yield from (shape.segment.start, shape.segment.end)
    elif kind == "rectangle":
        yield from (shape.rectangle.top_left, shape.rectangle.bottom_right)
    elif kind == "arc":
        yield from (shape.arc.start, shape.arc.mid, shape.arc.end)
    elif kind == "circle":
        yield from (shape.circle.center, shape.circle.radius_point)
    elif kind == "bezier":
        yield from (shape.bezier.start, shape.bezier.control1, shape.bezier.control2, shape.bezier.end)
    elif kind == "polygon":
        yield from _nodes(shape.polygon)


def _nodes(polygons: Any) -> Iterator[Any]:
    for part in polygons.polygons:
        for line in (part.outline, *part.holes):
            for node in line.nodes:
                if node.WhichOneof("geometry") == "arc":
                    yield from (node.arc.start, node.arc.mid, node.arc.end)
                else:
                    yield node.point


def points_of(message: Any, angle: int = 0) -> list[Point]:
    """The points that make a drawing the same as another: corners in any order, of a circle the rim to the right of its centre
    in a footprint that is turned by ``angle``."""
    shape = message.shape
    kind = shape.WhichOneof("geometry")
    if kind == "rectangle":
        (ax, ay), (bx, by) = spot(shape.rectangle.top_left), spot(shape.rectangle.bottom_right)
        return [(ax, ay), (bx, ay), (bx, by), (ax, by)]
    if kind == "circle":
        centre, rim = spot(shape.circle.center), spot(shape.circle.radius_point)
        radius = round(math.hypot(rim[0] - centre[0], rim[1] - centre[1]))
        return [centre, transform((radius, 0), centre, angle)]
    return [spot(vector) for vector in _vectors(shape)]
