"""Keep-outs as named areas of the carrier's drawing: the name says all of one.

``Keep-out ANT: parts, chip side, above 200 um``
"""

from __future__ import annotations

from ..package import CHIP_SIDE, FAR_SIDE, KeepOut
from ..package.datum import data_of
from ..package.words import EVERYTHING
from ..shapes import Point
from . import BACK_COPPER, FRONT_COPPER, INNER_COPPER, Area, untransform_outline

PREFIX, ABOVE = "Keep-out ", "above "


def area_name(one: KeepOut) -> str:
    """The name of the area."""
    high = f", {ABOVE}{data_of(KeepOut)['above'].text(one.above)}" if one.above is not None else ""
    return f"{PREFIX}{one.name}: {one.kept_out}, {one.side}{high}"


def said_of(one: KeepOut) -> str:
    """A keep-out in words: ``ANT: no parts, chip side, above 200 um``."""
    said = f"no {one.kept_out}" if one.kept_out != EVERYTHING else "nothing"
    return area_name(one)[len(PREFIX):].replace(f": {one.kept_out}", f": {said}", 1)


def area_of(one: KeepOut, at: Point, inner: int = 0) -> Area:
    """The area about the middle of a carrier with so many inner copper layers. Of metal it lies on the copper that it keeps
    free."""
    if not one.is_of_metal:
        return Area(area_name(one), untransform_outline(one.outline, at, 0))
    layers = (*((FRONT_COPPER,) if one.is_on(CHIP_SIDE) else ()), *(INNER_COPPER[:inner] if one.is_inside else ()),
              *((BACK_COPPER,) if one.is_on(FAR_SIDE) else ()))
    # Without a layer there would be no area; then nothing is barred either.
    return Area(area_name(one), untransform_outline(one.outline, at, 0), layers or (FRONT_COPPER,), bars_metal=bool(layers))


__all__ = ["ABOVE", "PREFIX", "area_of", "said_of"]
