"""What pictures of a fill have in common: colours of time, the scale of a map, gates and chips on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ..fill import Filled
from ..fill.words import block_name
from ..package.words import GATES, POINT
from ..shapes import Outline
from ..space.molds import MAIN
from .svg import n, text

FloatArray = NDArray[np.float64]

# Early to late, light to dark: also for who sees no colours, and on paper.
BANDS = ("#eaf2fb", "#d5e5f5", "#bcd7ee", "#9fc6e6", "#7fb2dc", "#609dd0", "#4687c2", "#3270af", "#225a97", "#16457b")
AIR, GATE = "#d7372a", "#2f9e58"
STYLE = f"""
.iso {{ stroke: #10243e; stroke-opacity: .3; stroke-width: .6 }}
.air {{ fill: {AIR}; stroke: #ffffff; stroke-width: 1.4 }}
.gate {{ stroke: {GATE}; stroke-width: 5; fill: none; stroke-linecap: round }}
.spot {{ fill: {GATE}; stroke: #ffffff; stroke-width: 1.2 }}
.die {{ stroke: #ffffff; stroke-width: 3.4; fill: none }}
.dieline {{ stroke: #10243e; stroke-width: 1.4; fill: none }}
.small {{ stroke: #10243e; stroke-opacity: .55; stroke-width: .8; fill: none }}
text.on {{ fill: #10243e; stroke: #ffffff; stroke-width: 3px; paint-order: stroke; stroke-linejoin: round }}
text.air-words {{ fill: #ffffff; stroke: {AIR}; stroke-width: 3px; paint-order: stroke; stroke-linejoin: round }}
.rim {{ stroke: #52606d; stroke-width: 1.4; fill: none }}
"""


@dataclass(frozen=True)
class Map:
    """Where a map lies on the paper: its upper left corner and pixels per um; ``left`` and ``top`` of the cavity in um."""

    x0: float
    y0: float
    per_um: float
    left: float
    top: float

    def x(self, at: float) -> float:
        """From um to pixels."""
        return self.x0 + (at - self.left) * self.per_um

    def y(self, at: float) -> float:
        """From um to pixels."""
        return self.y0 + (at - self.top) * self.per_um

    def loops(self, curves: list[FloatArray]) -> str:
        """Closed curves (n, 2) in um as one path."""
        return "".join("M" + "L".join(f"{n(self.x(a))} {n(self.y(b))}" for a, b in curve.tolist()) + "Z" for curve in curves)

    def outline(self, outline: Outline, shift: tuple[float, float]) -> str:
        """An outline of the package in a unit shifted by so many um."""
        return self.loops([np.array(ring, float) / 1000 + np.array(shift) for ring in outline.rings])


def whose(filled: Filled) -> str:
    """What begins a caption: which block of mold it is, "" of the first."""
    side = ", on the far side, turned up" if filled.is_far else ""
    return "" if filled.block == MAIN else f"{block_name(filled.block)}{side}: "


def gates(filled: Filled, scale: Map) -> Iterator[str]:
    """The gates on a map: along sides, or in the ceiling."""
    cells, process = filled.found.field.cells, filled.process
    left, right, top, bottom = cells.x[0], cells.x[-1], cells.y[0], cells.y[-1]
    place, width = process.gate or GATES[0], process.gate_width / 1000
    sides = [word for word in place.split() if word in GATES]
    if place not in GATES[:8]:
        at = (process.gate_x / 1000, process.gate_y / 1000) if place == POINT else cells.middle
        size = max(5.0, width / 2 * scale.per_um)
        for dx, dy in filled.units:
            yield f'<circle class="spot" cx="{n(scale.x(at[0] + dx))}" cy="{n(scale.y(at[1] + dy))}" r="{n(size)}"/>'
        return
    for side in sides:
        upright = side in ("left", "right")
        ends = (top, bottom) if upright else (left, right)
        fixed = {"left": left, "right": right, "top": top, "bottom": bottom}[side]
        for low, high in _spans(filled, side, sides, ends, width):
            line = (fixed, low, fixed, high) if upright else (low, fixed, high, fixed)
            yield ('<path class="gate" d="M{} {}L{} {}"/>'.format(
                *(n(scale.x(v) if k % 2 == 0 else scale.y(v)) for k, v in enumerate(line))))


def _spans(filled: Filled, side: str, sides: list[str], ends: tuple[float, float], width: float
           ) -> list[tuple[float, float]]:
    low, high = ends
    if len(sides) > 1:
        other = next(one for one in sides if one != side)
        long = width or (high - low) / 10
        return [(low, low + long)] if other in ("left", "top") else [(high - long, high)]
    if not width:
        return [(low, high)]
    rows, columns = filled.process.cavity
    count = rows if side in ("left", "right") else columns
    long = (high - low) / count
    return [(low + (k + 0.5) * long - width / 2, low + (k + 0.5) * long + width / 2) for k in range(count)]


def legend(x: float, y: float, width: float) -> Iterator[str]:
    """The colours of time from the gate's opening to the full cavity, and that of closed-in air."""
    step = width / len(BANDS)
    for k, colour in enumerate(BANDS):
        yield f'<rect x="{n(x + k * step)}" y="{n(y)}" width="{n(step + .3)}" height="12" fill="{colour}"/>'
    yield text("front arrives: at once", x, y + 28, "note")
    yield text("half-way in time", x + width * 0.5**0.5, y + 28, "note", "middle")
    yield text("last", x + width, y + 28, "note", "end")
    yield f'<rect class="air" x="{n(x + width + 26)}" y="{n(y)}" width="22" height="12"/>'
    yield text("air closed in", x + width + 54, y + 11, "note")
    yield f'<path class="gate" d="M{n(x + width + 28)} {n(y + 25)}H{n(x + width + 46)}"/>'
    yield text("gate", x + width + 54, y + 29, "note")
