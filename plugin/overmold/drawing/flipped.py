"""A part that sits on the back of a board as a library has it: face up."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import numpy as np

from ..shapes import Point
from . import (
    BACK_COPPER,
    BACK_COURTYARD,
    BACK_FAB,
    BACK_MASK,
    BACK_PASTE,
    FRONT_COPPER,
    FRONT_COURTYARD,
    FRONT_FAB,
    FRONT_MASK,
    FRONT_PASTE,
    Circle,
    Line,
    Pads,
    Part,
    Polygon,
    Shape,
    Text,
)

_OTHER = {BACK_COPPER: FRONT_COPPER, BACK_MASK: FRONT_MASK, BACK_PASTE: FRONT_PASTE, BACK_FAB: FRONT_FAB,
          BACK_COURTYARD: FRONT_COURTYARD}
_Named = TypeVar("_Named", Line, Polygon, Circle, Text)


def face_up(part: Part) -> Part:
    """The part seen from its own side, unturned: mirrored top to bottom as KiCad flips, its layers those of the front.

    One that is not flipped, as it is.
    """
    if not part.is_flipped:
        return part
    return replace(
        part, pads=tuple(map(_pads, part.pads)), shapes=tuple(map(_shape, part.shapes)), reference=_text(part.reference),
        value=_text(part.value), texts=tuple(map(_text, part.texts)), is_flipped=False)


def _mirrored(point: Point) -> Point:
    return point[0], -point[1]


def _on_front(one: _Named) -> _Named:
    return replace(one, layer=_OTHER.get(one.layer, one.layer))


def _pads(group: Pads) -> Pads:
    return replace(
        group, xy=group.xy * np.array((1, -1), np.int64), angle=-group.angle % 360_000,
        layers=tuple(_OTHER.get(layer, layer) for layer in group.layers),
        arms=tuple(tuple(map(_mirrored, arm)) for arm in group.arms))


def _text(text: Text) -> Text:
    return replace(_on_front(text), at=_mirrored(text.at))


def _shape(shape: Shape) -> Shape:
    if isinstance(shape, Line):
        return replace(_on_front(shape), start=_mirrored(shape.start), end=_mirrored(shape.end))
    if isinstance(shape, Circle):
        return replace(_on_front(shape), centre=_mirrored(shape.centre))
    return replace(_on_front(shape), points=tuple(map(_mirrored, shape.points)))
