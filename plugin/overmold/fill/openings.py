"""Where the encapsulant comes in and where the air goes out: gates and vents on the cells of a cavity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..package.words import CORNERS_ONLY, OPPOSITE, PARTING_LINE, POINT
from .cells import Cells, FloatArray, Mask

_OTHER = {"left": "right", "right": "left", "top": "bottom", "bottom": "top"}
SIDES = tuple(_OTHER)
_PART_OF_SIDE = 10  # a corner gate of no stated width is this part of the shorter side wide


@dataclass(frozen=True)
class Gate:
    """Where the encapsulant comes in: a side, a corner of two sides ("top left"), the centre of each unit or a point ``at``.

    ``width`` (um) is the part of a side, about each unit's middle, or the diameter of a point; 0 is all of a side, and the
    least that there can be of anything else.
    """

    place: str = SIDES[0]
    width: float = 0.0
    at: tuple[float, float] = (0.0, 0.0)

    @property
    def sides(self) -> tuple[str, ...]:
        """The sides that it lies on."""
        return tuple(word for word in self.place.split() if word in _OTHER)


@dataclass(frozen=True, eq=False, repr=False)
class Openings:
    """Of every layer of a cell (L, nx, ny): ``face`` the transmissibility to a gate in its wall, ``spot`` whether it lies under
    a gate in the ceiling, ``vent`` whether air leaves there until it is full."""

    face: FloatArray
    spot: Mask
    vent: Mask


def openings(cells: Cells, gate: Gate, vents: str = PARTING_LINE, units: tuple[int, int] = (1, 1)) -> Openings:
    """Gates and vents of a cavity of ``units`` (rows, columns); no air leaves through a gate."""
    face = np.zeros(cells.low.shape)
    spot = np.zeros(cells.low.shape, bool)
    if gate.sides:
        for side in gate.sides:
            face += _faces(cells, side) * _reached(cells, gate, side, units)
    else:
        spot = _spots(cells, gate, units)
    air = _vents(cells, gate, vents) & cells.there & (face == 0) & ~spot
    return Openings(face, spot, air)


def _first(cells: Cells, side: str) -> Mask:
    """The cells that see no other cell of the cavity towards that side (nx, ny)."""
    axis, back = (0 if side in ("left", "right") else 1), side in ("right", "bottom")
    inside = np.flip(cells.inside, axis) if back else cells.inside
    first = inside & (np.cumsum(inside, axis) == 1)
    found: Mask = np.flip(first, axis) if back else first
    return found


def _faces(cells: Cells, side: str) -> FloatArray:
    """Transmissibility from the middle of each layer to its wall on that side (L, nx, ny), 0 where it has none."""
    dx, dy = cells.widths
    shape = dy / dx[:, None] if side in ("left", "right") else dx[:, None] / dy
    found: FloatArray = np.where(cells.there & _first(cells, side), 2 * cells.mobility * shape, 0.0)
    return found


def _reached(cells: Cells, gate: Gate, side: str, units: tuple[int, int]) -> Mask:
    """The cells along a side that the gate is as wide as, one at the least (nx, ny)."""
    along = 1 if side in ("left", "right") else 0
    lines, middle = (cells.x, cells.y)[along], cells.middles[along]
    if len(gate.sides) > 1:
        width = gate.width or min(np.ptp(cells.x), np.ptp(cells.y)) / _PART_OF_SIDE
        other = gate.sides[1 - gate.sides.index(side)]
        away = middle - lines[0] if other in ("left", "top") else lines[-1] - middle
        reached = away < max(width, away.min() * 1.01)
    elif not gate.width:
        reached = np.ones(len(middle), bool)
    else:
        away = np.abs(_from_middle(lines, middle, units[1 - along]))
        reached = away < max(gate.width / 2, away.min() * (1 + 1e-6))
    found: Mask = reached if along else reached[:, None]
    return found


def _from_middle(lines: FloatArray, at: FloatArray, count: int) -> FloatArray:
    """How far from the middle of the unit that it lies in each place is, with its sign."""
    long = (lines[-1] - lines[0]) / count
    found: FloatArray = (at - lines[0]) % long - long / 2
    return found


def _spots(cells: Cells, gate: Gate, units: tuple[int, int]) -> Mask:
    """The uppermost layer of the cells under a gate in the ceiling, one of each unit at the least."""
    x, y = cells.middles
    at = gate.at if gate.place == POINT else (0.0, 0.0)
    dx, dy = _from_middle(cells.x, x, units[1]) - at[0], _from_middle(cells.y, y, units[0]) - at[1]
    away = np.hypot(dx[:, None], dy)
    roof = np.where(cells.there, cells.high, -np.inf)
    least = away[roof.max(axis=0) > -np.inf].min()
    under = away <= max(gate.width / 2, least * (1 + 1e-6))
    found: Mask = cells.there & (roof == roof.max(axis=0)) & under
    return found


def _vents(cells: Cells, gate: Gate, vents: str) -> Mask:
    """The cells at which there is a vent (nx, ny)."""
    sides: tuple[str, ...] = (vents,)
    if vents in (PARTING_LINE, CORNERS_ONLY) or (vents == OPPOSITE and not gate.sides):
        sides = SIDES
    elif vents == OPPOSITE:
        sides = tuple(_OTHER[side] for side in gate.sides)
    found: Mask = np.logical_or.reduce([_first(cells, side) for side in sides])
    if vents != CORNERS_ONLY:
        return found
    x, y = cells.middles
    away = np.minimum(x - cells.x[0], cells.x[-1] - x)[:, None] + np.minimum(y - cells.y[0], cells.y[-1] - y)
    widest = max(width.max() for width in cells.widths)
    nearest: Mask = found & (away < away.min() + 1.5 * widest)
    return nearest


__all__ = ["Gate", "Openings", "openings"]
