"""Lands for leads without legs (QFN, DFN) by the equations of IPC-7351B, with its goals for the solder fillets.

    Z = L_min + 2 J_toe  + sqrt(C_L² + F² + P²)      outer edge of the lands, across the package
    G = S_max - 2 J_heel - sqrt(C_S² + F² + P²)      inner edge
    X = W_min + 2 J_side + sqrt(C_W² + F² + P²)      width of a land

L is the span of the leads over their outer ends, S that between their inner ends, W a lead's width; C their tolerance from
smallest to largest; F and P what making the board and placing the part add. S comes from body and lead length, so C_S adds
up as the root of the sum of squares, and S_max is cut to that. Goals: IPC-7351B, flat no-lead with and without pull-back, as
encoded in kicad-footprint-generator's ipc_definitions.yaml, whose rounding (0.05 mm) and distance to the exposed pad
(0.2 mm) are taken over too.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from ..units import Toleranced

MAKING, PLACING = 100_000, 50_000  # F and P
ROUNDED_TO = 50_000
TO_EXPOSED_PAD = 200_000


@dataclass(frozen=True)
class Goals:
    """Fillets beyond toe, heel and side of a lead, and the room around the part, in nm."""

    toe: int
    heel: int
    side: int
    courtyard: int


# Density levels C, B and A of the standard.
NO_LEAD = {"least": Goals(200_000, 0, -40_000, 100_000), "nominal": Goals(300_000, 0, -40_000, 250_000),
           "most": Goals(400_000, 0, -40_000, 500_000)}
PULLED_BACK = {"least": Goals(-50_000, -50_000, -50_000, 100_000), "nominal": Goals(0, 0, 0, 250_000),
               "most": Goals(50_000, 50_000, 50_000, 500_000)}


@dataclass(frozen=True)
class Lands:
    """Across one direction of the package: outer and inner edge to edge (Z, G) and the lands' width (X), in nm."""

    outer: int
    inner: int
    width: int

    @property
    def length(self) -> int:
        """Of one land."""
        return (self.outer - self.inner) // 2

    @property
    def centre(self) -> int:
        """Distance of a land's centre from the middle of the package."""
        return (self.outer + self.inner) // 4


def lands_across(body: Toleranced, length: Toleranced, width: Toleranced, pull_back: Toleranced, exposed: int,
                 goals: Goals) -> Lands:
    """The lands of two opposite sides: ``body`` is the package's size there, ``exposed`` that of its exposed pad (0: none).

    A heel that would come nearer to the exposed pad's land than 0.2 mm is cut back.
    """
    span = body - pull_back - pull_back
    span_range = _root(_range(body), _range(pull_back), _range(pull_back))
    inside = span - length - length
    inside_range = _root(span_range, _range(length), _range(length))
    outer = span.low + (_range(span) - span_range) / 2 + 2 * goals.toe + _root(span_range, MAKING, PLACING)
    inner = inside.high - (_range(inside) - inside_range) / 2 - 2 * goals.heel - _root(inside_range, MAKING, PLACING)
    across = width.low + 2 * goals.side + _root(_range(width), MAKING, PLACING)
    return Lands(rounded(outer), max(rounded(inner), exposed + 2 * TO_EXPOSED_PAD if exposed else 0), rounded(across))


def _range(size: Toleranced) -> int:
    return size.plus + size.minus


def _root(*parts: float) -> float:
    return math.sqrt(sum(part * part for part in parts))


def rounded(value: float, step: int = ROUNDED_TO) -> int:
    """To the nearest ``step``; a tie, as far as whole nanometres tell, goes to the even multiple, as the generator's does."""
    return round(round(value) / step) * step


def paste_windows(size: int) -> int:
    """How many windows of paste stand side by side on an exposed pad so long: 1.2 mm each, two from 1.2 mm on."""
    return max(2 if size >= 1_200_000 else 1, (2 * size + 1_200_000) // 2_400_000)
