"""Walls of the cavity that slant: level by level the cavity is as wide as the wall leaves it there.

Of each cell at a wall the share that lies inside of the wall is taken at the middle of a number of levels; a layer is as high
there as these shares add up to. So the cavity's volume is that of the block. As to how easily it flows there, the cell counts
as a slot of that mean height, with a floor and a ceiling that are parallel; the wall itself slows nothing.
"""

from __future__ import annotations

import numpy as np

from ..shapes import polygon
from ..space import Block
from .cells import FloatArray, Mask

_NM = 1000.0
_LEVELS = 24
_THINNEST = 1.0  # um: what is left of a layer that is thinner is none


def under_walls(block: Block, lines: tuple[FloatArray, FloatArray], inside: Mask, low: FloatArray, high: FloatArray
                ) -> FloatArray:
    """The upper ends of all layers (L, nx, ny), lower at a slanted wall; in um."""
    if not block.draft or block.cap is None:
        return high
    import shapely

    x, y = lines
    boxes = shapely.box(*(one * _NM for one in (x[:-1, None], y[None, :-1], x[1:, None], y[None, 1:])))
    top = block.at(block.cap.nominal)
    near = inside if top is None else inside & ~shapely.covers(polygon(top), boxes)
    i, j = np.nonzero(near)
    whole = shapely.area(shapely.intersection(boxes[i, j], polygon(block.outline)))
    step = block.cap.nominal / _LEVELS
    around = [block.at(round((k + 0.5) * step)) for k in range(_LEVELS)]
    share = np.array([np.zeros(len(i)) if one is None else shapely.area(shapely.intersection(boxes[i, j], polygon(one)))
                      for one in around]) / np.maximum(whole, 1.0)
    floors = np.arange(_LEVELS)[:, None] * step / _NM
    lower = high.copy()
    for layer in range(len(high)):
        bottom, ceiling = low[layer, i, j], high[layer, i, j]
        filled = np.clip(np.minimum(ceiling, floors + step / _NM) - np.maximum(bottom, floors), 0.0, None)
        below = np.clip(np.minimum(ceiling, 0.0) - bottom, 0.0, None)  # between leads the walls are upright
        left = below + (filled * share).sum(axis=0)
        lower[layer, i, j] = bottom + np.where(left < _THINNEST, 0.0, left)
    return lower


__all__ = ["under_walls"]
