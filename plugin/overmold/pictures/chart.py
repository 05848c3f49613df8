"""A chart with two axes in lengths: its frame, its scales, and words along lines in it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ..units import LENGTH, Kind, show
from .svg import n, path, rect, text
from .words import width_of

LEFT, TOP, WIDE, TALL = 92.0, 64.0, 560.0, 420.0
_TICKS = 7
STYLE = """<style>
.holds { fill: #c6e5cf; stroke: none }
.breaks { fill: #f3d9d6; stroke: none }
.nearly { fill: #f6e7c1; stroke: none }
.edge { stroke: #2f6f44; stroke-width: 1.6; fill: none }
.limit { stroke: #9b2c2c; stroke-width: 1.2; fill: none; stroke-dasharray: 6 3 }
.sample { fill: #1f4e79; fill-opacity: .35 }
.corners { stroke: #1f4e79; stroke-width: 1.2; fill: none }
.design { fill: #1f4e79; stroke: #ffffff; stroke-width: 1.5 }
.grid { stroke: #d5dae0; stroke-width: .7 }
.here { fill: #1f4e79; font-weight: 600 }
@media (prefers-color-scheme: dark) {
.holds { fill: #234d33 } .breaks { fill: #4a2826 } .nearly { fill: #4d4122 }
.edge { stroke: #7fcf9b } .limit { stroke: #f08a80 }
.sample { fill: #8ec1f0 } .corners { stroke: #8ec1f0 } .design { fill: #8ec1f0; stroke: #15191e } .grid { stroke: #39414a }
.here { fill: #8ec1f0 }
}
</style>"""


@dataclass(frozen=True)
class Axis:
    """From ``low`` to ``high`` in base units of ``kind``; ``title`` stands beside it."""

    title: str
    low: float
    high: float
    kind: Kind = LENGTH

    def ticks(self) -> list[int]:
        """Round values, some seven of them."""
        rough = max(1.0, (self.high - self.low) / _TICKS)
        power = 10 ** math.floor(math.log10(rough))
        step = max(1, int(next(power * one for one in (1, 2, 5, 10) if power * one >= rough)))
        first = math.ceil(self.low / step) * step
        return list(range(first, int(self.high) + 1, step))


@dataclass(frozen=True)
class Chart:
    """The two axes over the frame."""

    x: Axis
    y: Axis

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Where a pair of values is, in pixels."""
        return (LEFT + (x - self.x.low) / (self.x.high - self.x.low) * WIDE,
                TOP + TALL - (y - self.y.low) / (self.y.high - self.y.low) * TALL)

    def frame(self) -> list[str]:
        """Grid, numbers and titles of the axes."""
        parts = []
        for tick in self.x.ticks():
            x, _ = self.at(tick, self.y.low)
            parts += [path("grid", f"M{n(x)} {n(TOP)}V{n(TOP + TALL)}"),
                      text(show(tick, self.x.kind).split(" ")[0], x, TOP + TALL + 18, "note", "middle")]
        for tick in self.y.ticks():
            _, y = self.at(self.x.low, tick)
            parts += [path("grid", f"M{n(LEFT)} {n(y)}H{n(LEFT + WIDE)}"),
                      text(show(tick, self.y.kind).split(" ")[0], LEFT - 8, y + 4, "note", "end")]
        parts.append(f'<rect class="outline" x="{n(LEFT)}" y="{n(TOP)}" width="{n(WIDE)}" height="{n(TALL)}"/>')
        parts.append(text(self.x.title, LEFT + WIDE / 2, TOP + TALL + 40, anchor="middle"))
        parts.append(turned(self.y.title, 26, TOP + TALL / 2, -90))
        return parts

    def shape(self, kind: str, corners: Sequence[tuple[float, float]], title: str = "") -> str:
        """A closed shape through pairs of values."""
        spots = " L".join(f"{n(x)} {n(y)}" for x, y in (self.at(*one) for one in corners))
        return path(kind, f"M{spots}Z", title)

    def line(self, kind: str, corners: Sequence[tuple[float, float]]) -> str:
        """A line through pairs of values."""
        spots = " L".join(f"{n(x)} {n(y)}" for x, y in (self.at(*one) for one in corners))
        return path(kind, f"M{spots}")

    def along(self, words: str, one: tuple[float, float], other: tuple[float, float], away: tuple[float, float]) -> str:
        """Words along a line between two pairs of values, on the side of it where ``away`` is not; "" where they are longer."""
        (x1, y1), (x2, y2), (x3, y3) = self.at(*one), self.at(*other), self.at(*away)
        if x2 < x1 or (x1 == x2 and y2 > y1):
            x1, y1, x2, y2 = x2, y2, x1, y1
        length = math.hypot(x2 - x1, y2 - y1)
        if width_of(words, "note") + 16 > length:
            return ""
        across = ((x2 - x1) * (y3 - y1) - (y2 - y1) * (x3 - x1)) / length  # above zero: away is below the line, as seen
        up = -6.0 if across > 0 else 15.0
        angle = math.degrees(math.atan2(y2 - y1, x2 - x1))
        middle = ((x1 + x2) / 2 - up * (y2 - y1) / length, (y1 + y2) / 2 + up * (x2 - x1) / length)
        return turned(words, *middle, angle, "note name")


def turned(words: str, x: float, y: float, angle: float, kind: str = "") -> str:
    """A line of text about its middle, turned by so many degrees, clockwise as seen."""
    extra = f' class="{kind}"' if kind else ""
    return (f'<text{extra} x="{n(x)}" y="{n(y)}" text-anchor="middle" transform="rotate({n(angle)} {n(x)} {n(y)})">'
            f"{escape(words)}</text>")


def clip(inner: Sequence[str], name: str) -> list[str]:
    """Elements of which only what is in the frame is seen; ``name`` tells it from others of one page."""
    inside = rect("", LEFT, TOP, WIDE, TALL).replace(' class=""', "")
    return [f'<clipPath id="{name}">{inside}</clipPath>', f'<g clip-path="url(#{name})">', *inner, "</g>"]
