"""Holes through the carrier, as a board has them: vias and drilled pads, of whatever footprint."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from . import keys


@dataclass(frozen=True, eq=False)
class Holes:
    """Drilled circles (n): ``xy`` (n, 2) and ``drill`` (n), the diameter, in nm. A slot is several circles of one name.

    ``is_open``: whether the chip side leaves the hole open: no mask over it, neither covered, plugged, filled nor capped.
    A package file states none.
    """

    names: tuple[str, ...] = field(repr=False)
    xy: IntArray
    drill: IntArray
    is_open: NDArray[np.bool_]

    def key(self, row: int) -> str:
        """Where ``Package.place`` finds the hole of that row."""
        return keys.hole(self.names[row])
