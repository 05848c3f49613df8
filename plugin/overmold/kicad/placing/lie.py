"""Where a package lies on a board: the middle of its carrier and how that is turned. All else is compared and drawn as if it
lay at the origin, unturned, so that a package that was moved or turned as a whole is the same package."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...package import Package
from ...shapes import Outline, Point, transform, untransform
from ..writing.board import Drawn


@dataclass(frozen=True)
class Lie:
    """The carrier's middle on the board and its angle (1/1000 degree)."""

    at: Point
    angle: int = 0

    def outward(self, drawn: Drawn) -> Drawn:
        """A part that is drawn about the origin, where it lies on the board."""
        part = drawn.part
        return replace(drawn, part=replace(part, at=transform(part.at, self.at, self.angle),
                                           angle=(part.angle + self.angle) % 360_000))

    def inward(self, at: Point, angle: int) -> tuple[Point, int]:
        """A place on the board and an angle there, as the package has them."""
        return untransform(at, self.at, self.angle), (angle - self.angle) % 360_000

    def home(self, outline: Outline) -> Outline:
        """An outline on the board, as the package has it."""
        return Outline(tuple(tuple(untransform(point, self.at, self.angle) for point in ring) for ring in outline.rings))

    def outline(self, outline: Outline) -> Outline:
        """An outline about the origin, where it lies on the board."""
        return Outline(tuple(tuple(transform(point, self.at, self.angle) for point in ring) for ring in outline.rings))


def lie_of(package: Package) -> Lie:
    """Where a package with a carrier lies; a ValueError where it has none."""
    carrier = package.carrier
    if carrier is None:
        raise ValueError("a package without a carrier lies nowhere")
    flat = Outline(tuple(tuple(transform(point, (0, 0), -carrier.angle) for point in ring) for ring in carrier.outline.rings))
    return Lie(transform(flat.centre, (0, 0), carrier.angle), carrier.angle)
