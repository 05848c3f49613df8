"""Cavities of the carrier as named areas of its drawing: the name says all of one.

``Cavity MEMS: 200 um ± 15 um deep, closed``
"""

from __future__ import annotations

from ..package import Cavity
from ..package.datum import data_of
from ..shapes import Point
from . import Area, untransform_outline

PREFIX, DEEP = "Cavity ", " deep"


def area_name(one: Cavity) -> str:
    """The name of the area; a cavity of unknown depth has a name alone."""
    words = data_of(Cavity)
    said = [*([words["depth"].text(one.depth) + DEEP] if one.depth is not None else []), *([one.top] if one.top else [])]
    return f"{PREFIX}{one.name}: {', '.join(said)}".rstrip(" :")


def area_of(one: Cavity, at: Point) -> Area:
    """The area about the carrier's middle."""
    return Area(area_name(one), untransform_outline(one.outline, at, 0))
