"""A lead frame on the board: leads and die attach pad, with its tie bars, as pads of metal that no mask covers.

The chip side of the metal is drawn on the front copper, whole; what of it is soldered down is outlined on a layer of its
own, and the rest is half-etched from below.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..package import PADDLE, Frame
from ..shapes import Outline, Point
from . import (
    FINE_WIDTH,
    FRAME_FEET,
    FRONT_COPPER,
    FRONT_MASK,
    RECTANGLE,
    Pads,
    Polygon,
    Shape,
    outline_shapes,
    unplace_outline,
)

_ANCHOR = (10_000, 10_000)  # nm: a pad of odd shape is a rectangle, however small, and what is added to it


def frame_pads(frame: Frame, at: Point) -> tuple[Pads, ...]:
    """The metal of every lead and of the paddle about the carrier's middle ``at``, a group for each size and each tie bar."""
    metal = [(lead.name, lead.net, unplace_outline(lead.outline, at, 0)) for lead in frame.leads]
    if frame.paddle is not None:
        metal.append((PADDLE, frame.paddle_net, unplace_outline(frame.paddle, at, 0)))
    groups: dict[Point, list[tuple[str, str, Outline]]] = {}
    for one in metal:
        groups.setdefault(one[2].size, []).append(one)
    return (*(
        Pads(tuple(name for name, _, _ in alike), tuple(net for _, net, _ in alike),
             np.array([outline.centre for _, _, outline in alike], np.int64), RECTANGLE, size, (FRONT_COPPER, FRONT_MASK))
        for size, alike in groups.items()), *_tie_bars(frame, at))


def _tie_bars(frame: Frame, at: Point) -> Iterator[Pads]:
    """A pad of the paddle's name for each bar that holds it, about its corner nearest to the paddle.

    KiCad takes pads of one name for one pad, and writes name and net of each over the box around all of its metal.
    """
    for bar in frame.tie_bars if frame.paddle is not None else ():
        (x, y), ring = frame.paddle.centre, bar.rings[0]
        begin = min(ring, key=lambda point: (point[0] - x) ** 2 + (point[1] - y) ** 2)
        yield Pads(
            (PADDLE,), (frame.paddle_net,), np.array([(begin[0] - at[0], begin[1] - at[1])], np.int64), RECTANGLE, _ANCHOR,
            (FRONT_COPPER, FRONT_MASK), arms=(tuple((px - begin[0], py - begin[1]) for px, py in ring),))


def frame_shapes(frame: Frame, at: Point) -> tuple[Shape, ...]:
    """The outline of all that is soldered down, and tie bars where there is no paddle to draw them with."""
    feet = [lead.foot for lead in frame.leads] + ([frame.paddle_foot] if frame.paddle_foot is not None else [])
    bars = [unplace_outline(bar, at, 0).rings[0] for bar in frame.tie_bars if frame.paddle is None]
    return (
        *(Polygon(FRONT_COPPER, bar, 0, filled=True) for bar in bars),
        *(shape for foot in feet for shape in outline_shapes(unplace_outline(foot, at, 0), FRAME_FEET, FINE_WIDTH)),
    )
