"""From nanometres to the pixels of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..package import Package
from ..shapes import Box, Outline
from ..units import LENGTH, show
from .labels import Area
from .svg import n
from .words import width_of

HEAD, EDGE = 72.0, 26.0  # pixels over the package, and from its edge to what is written about it
LEAST_WIDTH = 320.0


@dataclass(frozen=True)
class PlanScale:
    """``box`` is what the plan holds, in nm; ``size`` are width and height of the picture, and the box's upper left corner is
    drawn ``left`` pixels from its edge. ``mirrored``: seen from the ball side, left and right change places."""

    box: Box
    per_nm: float
    left: float
    size: tuple[float, float]
    mirrored: bool = False

    def x(self, nm: float) -> float:
        """Pixel column of a position."""
        return self.left + (self.box[2] - nm if self.mirrored else nm - self.box[0]) * self.per_nm

    def y(self, nm: float) -> float:
        """Pixel row of a position."""
        return HEAD + (nm - self.box[1]) * self.per_nm

    def at(self, spot: Sequence[float]) -> tuple[float, float]:
        """Pixels of a spot."""
        return self.x(spot[0]), self.y(spot[1])

    def all_at(self, spots: NDArray[np.int64]) -> list[tuple[float, float]]:
        """Pixels of many spots (n, 2)."""
        columns, rows = self.columns_and_rows(spots)
        return list(zip(columns.tolist(), rows.tolist()))

    def columns_and_rows(self, spots: NDArray[np.int64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Pixel columns and rows (n each) of many spots (n, 2)."""
        return self.x(spots[:, 0]), self.y(spots[:, 1])  # type: ignore[arg-type, return-value]

    def area(self, box: Box) -> Area:
        """A box in pixels."""
        left, right = sorted((self.x(box[0]), self.x(box[2])))
        return (left, self.y(box[1]), right, self.y(box[3]))

    def path(self, outline: Outline) -> str:
        """An outline in SVG's path language."""
        rings = ("L".join("{} {}".format(*map(n, self.at(point))) for point in ring) for ring in outline.rings)
        return "".join(f"M{ring}Z" for ring in rings)


def scale_for(package: Package, carrier: Outline, longest: float, mirrored: bool = False) -> PlanScale:
    """The scale at which the carrier and all that hangs over it are ``longest`` pixels wide or high."""
    boxes = [carrier.box, *(chip.outline.box for chip in package.chips), *(part.outline.box for part in package.passives)]
    boxes += [package.mold.outline.box] if package.mold is not None else []
    left, top, right, bottom = zip(*boxes)
    box = (min(left), min(top), max(right), max(bottom))
    per_nm = longest / max(box[2] - box[0], box[3] - box[1])
    wide, tall = (box[2] - box[0]) * per_nm, (box[3] - box[1]) * per_nm
    beside = width_of(show(carrier.size[1], LENGTH), "note") + EDGE + 10
    width = max(wide + 2 * beside, LEAST_WIDTH)
    return PlanScale(box, per_nm, (width - wide) / 2, (width, HEAD + tall + 4 * EDGE), mirrored)
