"""Solids by their boundary: points in nm, faces as loops of points that run counter-clockwise seen from outside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Union

import numpy as np
from numpy.typing import NDArray

from ..shapes import Outline, Point

Floats = NDArray[np.float64]
Loop = tuple[int, ...]
_FLAT = 0.3  # least share of a ball's diameter that its two faces have; a whole sphere would touch in a point


@dataclass(frozen=True, eq=False, repr=False)
class Polyhedron:
    """``points`` (n, 3) in nm and flat ``faces``, each a loop and the loops of its holes."""

    points: Floats
    faces: tuple[tuple[Loop, ...], ...]


@dataclass(frozen=True)
class Ball:
    """Part of a sphere of ``radius`` about the origin, between flat faces of radius ``face`` at ``-half`` and ``half`` (nm)."""

    radius: float
    face: float
    half: float


@dataclass(frozen=True, eq=False, repr=False)
class Tube:
    """A round wire of ``radius`` along ``points`` (n, 3) in nm that lie in one upright plane, mitred at its corners."""

    points: Floats
    radius: float


Shape = Union[Polyhedron, Ball, Tube]


def prism(outline: Outline, bottom: int, top: int, at_top: Optional[Outline] = None,
          at_bottom: Optional[Outline] = None) -> Polyhedron:
    """Everything over an outline, whose y runs down, between two heights; from or up to another outline, corner by corner,
    where its walls slant."""
    rings, over = _upwards(at_bottom or outline), _upwards(at_top or outline)
    lower, upper = (np.concatenate([np.column_stack((ring, np.full(len(ring), float(z)))) for ring in some])
                    for some, z in ((rings, bottom), (over, top)))
    count, first = len(lower), 0
    floor: list[Loop] = []
    roof: list[Loop] = []
    walls: list[tuple[Loop, ...]] = []
    for ring in rings:
        around = tuple(range(first, first + len(ring)))
        first += len(ring)
        roof.append(tuple(i + count for i in around))
        floor.append(around[::-1])
        walls += [((i, j, j + count, i + count),) for i, j in zip(around, (*around[1:], around[0]))]
    return Polyhedron(np.concatenate((lower, upper)), (tuple(floor), tuple(roof), *walls))


def _upwards(outline: Outline) -> list[Floats]:
    """The rings of an outline with y upwards, the outer one counter-clockwise."""
    return [np.array(_turning(ring, hole=number > 0), np.float64) * (1, -1) for number, ring in enumerate(outline.rings)]


def _turning(ring: tuple[Point, ...], hole: bool) -> tuple[Point, ...]:
    """The ring so that it runs counter-clockwise with y upwards; a hole the other way."""
    doubled = sum(ax * by - bx * ay for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0])))
    # With y downwards a positive area runs clockwise on the screen.
    return ring[::-1] if (doubled > 0) != hole else ring


def tube(path: Floats, diameter: float) -> Optional[Tube]:
    """A wire of this diameter along a path (n, 3) of nm with y upwards; None for one that is shorter than it is thick."""
    path = _without_short_steps(path, diameter)
    return Tube(path, diameter / 2) if len(path) > 1 else None


def _without_short_steps(path: Floats, diameter: float) -> Floats:
    """The path without corners that a mitre of this width would turn inside out."""
    kept = [path[0]]
    for point in path[1:]:
        if np.linalg.norm(point - kept[-1]) > diameter:
            kept.append(point)
    if len(kept) > 1:
        kept[-1] = path[-1]
    return np.array(kept)


def rod(diameter: int, height: int) -> Tube:
    """An upright rod, its middle at the origin."""
    return Tube(np.array([(0, 0, -height / 2), (0, 0, height / 2)]), diameter / 2)


def solder(diameter: int, height: int) -> Shape:
    """A joint of solder as wide as ``diameter`` in its middle: part of a sphere where it is no higher than wide, else a rod."""
    half = height / 2
    if height > diameter:
        return rod(diameter, height)
    face = max((diameter * diameter / 4 - half * half) ** 0.5, _FLAT * diameter / 2)
    return Ball((half * half + face * face) ** 0.5, face, half)


def whole_ball(diameter: int) -> Ball:
    """A sphere, but for two small flat faces above and below."""
    face = _FLAT * diameter / 2
    return Ball(diameter / 2, face, (diameter * diameter / 4 - face * face) ** 0.5)
