"""The field of a fill as maps for pictures: one layer of each cell."""

from __future__ import annotations

import numpy as np

from .answer import Field
from .cells import FloatArray


def of_layer(field: Field, values: FloatArray, layer: int) -> FloatArray:
    """Of each cell the value (L, nx, ny) of its lowest (0) or uppermost (1) layer (nx, ny), NaN where it has none."""
    number = field.layers[layer]
    some = np.take_along_axis(values, np.maximum(number, 0)[None], axis=0)[0]
    found: FloatArray = np.where(number >= 0, some, np.nan)
    return found
