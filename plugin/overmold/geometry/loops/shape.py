"""The shape of a bond wire: four points in the vertical plane over the straight line from its start to its end."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray

FloatArray = NDArray[np.float64]

# Where, as a share of the way, the wire reaches its full height and where it leaves it.
# "standard": JEDEC's four-point wire (EIA/JESD59): straight up from the first bond, level for an eighth of the way, then
# straight down to the second. "reverse": bonded the other way round, ball on the finger and stitch on the pad.
PROFILES = {"standard": (0.0, 0.125), "reverse": (0.875, 1.0)}


def loops(start: IntArray, end: IntArray, start_z: IntArray, end_z: IntArray, height: IntArray, profiles: Sequence[str]
          ) -> FloatArray:
    """The corners of every wire's loop (n, 4, 3), in nm: start, two at full height, end.

    ``start`` and ``end`` are (n, 2), the heights (n); ``height`` is the highest point above the start. A wire whose end
    is higher than that rises to its end.
    """
    shares = np.array([(0.0, *PROFILES[profile], 1.0) for profile in profiles]).reshape(-1, 4)
    corners = np.empty((len(start), 4, 3))
    way = (end - start).astype(np.float64)
    corners[:, :, :2] = start[:, None, :] + shares[:, :, None] * way[:, None, :]
    top = np.maximum(start_z + height, np.maximum(start_z, end_z))
    corners[:, :, 2] = np.stack((start_z, top, top, end_z), axis=1)
    return corners
