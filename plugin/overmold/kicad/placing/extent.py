"""How far everything on a board reaches."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ...shapes import Box, Outline, Point
from ..reading.carrier import EDGE
from ..reading.contents import Contents
from ..reading.drawn import drawn, path

SHEET_MIDDLE = (100_000_000, 100_000_000)
APART = 2_000_000  # nm


def extent_of(contents: Contents) -> Optional[Box]:
    """Left, top, right and bottom of the board's outline, its footprints and their pads; None where there is nothing."""
    shapes = drawn(contents.index, contents.top, (EDGE,), "gr")
    edge = [point for shape in shapes for point in path(contents.index, shape).points]
    reach = contents.pads.size.max(axis=1, initial=0)[:, None] // 2
    spots = np.concatenate([contents.spots.xy, contents.pads.xy - reach, contents.pads.xy + reach,
                            np.array(edge, np.int64).reshape(-1, 2)])
    if not len(spots):
        return None
    (left, top), (right, bottom) = spots.min(axis=0).tolist(), spots.max(axis=0).tolist()
    return left, top, right, bottom


def beside(contents: Contents, outline: Outline) -> Point:
    """Where the middle of something with this outline may lie to begin with: right of all that is on the board."""
    box = extent_of(contents)
    return SHEET_MIDDLE if box is None else (box[2] + outline.size[0] // 2 + APART, (box[1] + box[3]) // 2)
