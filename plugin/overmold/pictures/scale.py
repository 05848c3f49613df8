"""From nanometres to the pixels of a cross-section."""

from __future__ import annotations

from dataclasses import dataclass

from ..units import LENGTH, Toleranced, show_toleranced

WIDTH = 1200.0
SIDE = 165.0  # room for words left and right of the package


@dataclass(frozen=True)
class Scale:
    """``x`` across, ``z`` up from the carrier surface, stretched by ``stretch``; ``cut`` is the y the section runs along."""

    middle: int
    per_nm: float
    stretch: float
    surface: float
    cut: int

    def x(self, nm: float) -> float:
        """Pixel column of a position."""
        return WIDTH / 2 + (nm - self.middle) * self.per_nm

    def z(self, nm: float) -> float:
        """Pixel row of a height above the carrier surface."""
        return self.surface - nm * self.per_nm * self.stretch

    def crosses(self, box: tuple[int, int, int, int]) -> bool:
        """Whether the section runs through something with this box."""
        return box[1] <= self.cut <= box[3]


def nominal(quantity: Toleranced | None, otherwise: int) -> int:
    """Its nominal value, or what to draw where it is not stated."""
    return otherwise if quantity is None else quantity.nominal


def stated(quantity: Toleranced | None, otherwise: str) -> str:
    """The quantity as text, or words for one that is not stated."""
    return show_toleranced(quantity, LENGTH) if quantity is not None else otherwise
