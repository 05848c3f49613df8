"""How a wire leaves its chip: the angle between it, in plan, and the normal of the edge that it crosses."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ...arrays import IntArray
from ...shapes import Outline
from .solids import edges, meeting


def angles_from_normal(pad: IntArray, far: IntArray, outline: Outline) -> tuple[IntArray, NDArray[np.bool_]]:
    """Angle of each wire in 1/1000 degree (n), and whether it leaves the chip at all (n).

    ``pad`` (n, 2) is the end on the chip of that outline, ``far`` the other. Over a corner the kinder edge counts.
    """
    start, end = pad.astype(np.float64), far.astype(np.float64)
    way = end - start
    length = np.hypot(way[:, 0], way[:, 1])
    angle, leaving = np.zeros(len(pad)), np.full(len(pad), -np.inf)
    for first, last in edges(outline):
        share, meets = meeting(start, end, first, last)
        edge = last - first
        across = np.abs(way[:, 0] * edge[1] - way[:, 1] * edge[0])
        along = np.abs(way[:, 0] * edge[0] + way[:, 1] * edge[1])
        turned = np.degrees(np.arctan2(along, across))
        # Within a nanometre's way of each other it is the corner.
        before = np.isfinite(leaving)
        close = before & (np.abs(share - np.where(before, leaving, 0.0)) * length < 1)
        better = meets & ((share > leaving) & ~close | close & (turned < angle))
        angle, leaving = np.where(better, turned, angle), np.where(better, share, leaving)
    return np.rint(angle * 1000).astype(np.int64), np.isfinite(leaving)
