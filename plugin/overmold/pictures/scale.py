"""From nanometres to the pixels of a cross-section."""

from __future__ import annotations

from dataclasses import dataclass

from ..shapes import Box
from ..units import LENGTH, Toleranced, show_toleranced

WIDTH = 1200.0


@dataclass(frozen=True)
class Scale:
    """``x`` across, ``z`` up from the carrier surface, stretched by ``stretch``; ``cut`` is the y the section runs along.

    The package lies between the pixel columns ``left`` and ``right``; ``start`` is the position in nm that is drawn at the
    former. ``surface`` is the pixel row of the carrier surface.
    """

    left: float
    right: float
    start: int
    per_nm: float
    stretch: float
    surface: float
    cut: int

    def x(self, nm: float) -> float:
        """Pixel column of a position."""
        return self.left + (nm - self.start) * self.per_nm

    def z(self, nm: float) -> float:
        """Pixel row of a height above the carrier surface."""
        return self.surface - nm * self.per_nm * self.stretch

    def crosses(self, box: Box) -> bool:
        """Whether the section runs through something with this box."""
        return box[1] <= self.cut <= box[3]


def nominal(quantity: Toleranced | None, otherwise: int) -> int:
    """Its nominal value, or what to draw where it is not stated."""
    return otherwise if quantity is None else quantity.nominal


def stated(quantity: Toleranced | None, otherwise: str) -> str:
    """The quantity as text, or words for one that is not stated."""
    return show_toleranced(quantity, LENGTH) if quantity is not None else otherwise
