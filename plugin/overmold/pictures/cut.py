"""The straight line along which a package is cut, and what of a plan lies on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..shapes import Outline, Point

Spot = tuple[float, float]
Span = tuple[float, float]
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Cut:
    """A line through ``at`` (nm) along the unit vector ``way``, which points to the right of the picture; ``words`` say where.
    Who looks at the picture has on his far side what lies to the left of ``way``."""

    at: Point
    way: Spot
    words: str = ""

    def place(self, spot: Spot) -> Spot:
        """How far along the line a spot lies, and how far behind it (negative: before), in nm."""
        x, y = spot[0] - self.at[0], spot[1] - self.at[1]
        return x * self.way[0] + y * self.way[1], x * self.way[1] - y * self.way[0]

    def places(self, xy: IntArray) -> tuple[Floats, Floats]:
        """``place`` of many spots (n, 2): n each."""
        x, y = xy[:, 0] - self.at[0], xy[:, 1] - self.at[1]
        return x * self.way[0] + y * self.way[1], x * self.way[1] - y * self.way[0]

    def spans(self, outline: Outline) -> list[Span]:
        """From where to where along the line it runs inside of an outline, in order."""
        met = []
        for ring in outline.rings:
            along, behind = self.place(ring[-1])
            for spot in ring:
                (before, was), (along, behind) = (along, behind), self.place(spot)
                # An end that lies on the line counts for one side, so that a corner is met twice or not at all.
                if (was <= 0) != (behind <= 0):
                    met.append(before + (along - before) * was / (was - behind))
        met.sort()
        return list(zip(met[::2], met[1::2]))

    def extent(self, outlines: Iterable[Outline]) -> Span | None:
        """From the first to the last that lies on the line of several outlines; None where nothing does."""
        spans = [span for outline in outlines for span in self.spans(outline)]
        return (min(span[0] for span in spans), max(span[1] for span in spans)) if spans else None

    def meets(self, outline: Outline) -> bool:
        """Whether anything of an outline lies on the line."""
        return bool(self.spans(outline))


def level(y: int, words: str = "") -> Cut:
    """A cut along x, at this y."""
    return Cut((0, y), (1.0, 0.0), words)


def upright(x: int, words: str = "") -> Cut:
    """A cut along y, at this x."""
    return Cut((x, 0), (0.0, 1.0), words)


def between(start: Point, end: Point, words: str = "") -> Cut:
    """The line through two spots, which are not one, from the first to the second."""
    across, down = end[0] - start[0], end[1] - start[1]
    length = (across * across + down * down) ** 0.5
    return Cut(start, (across / length, down / length), words)
