"""From nanometres to the pixels of a cross-section."""

from __future__ import annotations

from dataclasses import dataclass

from ..units import LENGTH, Toleranced, show_toleranced
from .cut import Cut

WIDTH = 1200.0


@dataclass(frozen=True)
class Scale:
    """``x`` along the cut, ``z`` up from the carrier surface, stretched by ``stretch``.

    The package lies between the pixel columns ``left`` and ``right``; ``start`` is the position along the cut in nm that is
    drawn at the former. ``surface`` is the pixel row of the carrier surface.
    """

    left: float
    right: float
    start: float
    per_nm: float
    stretch: float
    surface: float
    cut: Cut

    def x(self, nm: float) -> float:
        """Pixel column of a position along the cut."""
        return self.left + (nm - self.start) * self.per_nm

    def z(self, nm: float) -> float:
        """Pixel row of a height above the carrier surface."""
        return self.surface - nm * self.per_nm * self.stretch


def stated(quantity: Toleranced | None, otherwise: str = "not stated") -> str:
    """The quantity as text, or words for one that is not stated."""
    return show_toleranced(quantity, LENGTH) if quantity is not None else otherwise
