"""From the plan of a package to the paper of an outline drawing."""

from __future__ import annotations

from dataclasses import dataclass

from ..pictures.svg import n, path
from ..shapes import Outline, Point
from .sheet import PER_MM

AWAY = 44.0  # units from the body to a dimension line


@dataclass(frozen=True)
class View:
    """Where on the paper a plan lies: its middle, which is ``centre`` in nm. ``mirrored``: seen from below."""

    middle: tuple[float, float]
    scale: float
    centre: Point
    mirrored: bool = False

    @property
    def per_nm(self) -> float:
        """Units of paper per nanometre."""
        return self.scale * PER_MM * 1e-6

    def x(self, nm: float) -> float:
        """The column of a place."""
        return self.middle[0] + (nm - self.centre[0]) * self.per_nm * (-1 if self.mirrored else 1)

    def y(self, nm: float) -> float:
        """The row of a place."""
        return self.middle[1] + (nm - self.centre[1]) * self.per_nm

    def box(self, outline: Outline) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of an outline on the paper."""
        left, top, right, bottom = outline.box
        ends = sorted((self.x(left), self.x(right)))
        return ends[0], self.y(top), ends[1], self.y(bottom)

    def path(self, kind: str, outline: Outline) -> str:
        """An outline as it is drawn."""
        rings = ("L".join(f"{n(self.x(x))} {n(self.y(y))}" for x, y in ring) for ring in outline.rings)
        return path(kind, "".join(f"M{ring}Z" for ring in rings))
