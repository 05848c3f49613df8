"""A lead frame on the board: leads and die attach pad, with its tie bars, as pads of metal that no mask covers.

The chip side of the metal is drawn on the front copper, whole; what of it is soldered down is outlined on a layer of its
own, and the rest is half-etched from below. An area of a dashed line on that layer is what is etched from above.
"""

from __future__ import annotations

import numpy as np

from ..package import PADDLE, Frame
from ..shapes import Outline, Point, polygon
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
    untransform_outline,
)

ANCHOR = 10_000  # nm, across: what KiCad draws under a polygon that is a pad, smaller than any metal


def frame_pads(frame: Frame, at: Point) -> tuple[Pads, ...]:
    """The metal of every lead and of the paddle about the carrier's middle ``at``, a group for each size.

    A tie bar is a pad of the paddle's name, for KiCad takes pads of one name for one pad, and writes name and net of each over
    the box around all of its metal.
    """
    metal = [(lead.name, lead.net, untransform_outline(lead.outline, at, 0)) for lead in frame.leads]
    if frame.paddle is not None:
        metal.append((PADDLE, frame.paddle_net, untransform_outline(frame.paddle, at, 0)))
    groups: dict[Point, list[tuple[str, str, Outline]]] = {}
    for one in metal:
        if one[2].is_box:
            groups.setdefault(one[2].size, []).append(one)
    bars = (untransform_outline(bar, at, 0) for bar in frame.tie_bars if frame.paddle is not None)
    return (*(polygon_pad(*one) for one in metal if not one[2].is_box), *(
        Pads(tuple(name for name, _, _ in alike), tuple(net for _, net, _ in alike),
             np.array([outline.centre for _, _, outline in alike], np.int64), RECTANGLE, size, (FRONT_COPPER, FRONT_MASK))
        for size, alike in groups.items()), *(polygon_pad(PADDLE, frame.paddle_net, bar) for bar in bars))


def polygon_pad(name: str, net: str, outline: Outline, layers: tuple[str, ...] = (FRONT_COPPER, FRONT_MASK)) -> Pads:
    """A lead that is no rectangle, or a tie bar: its metal as one polygon about a point of it, where the pad's anchor lies."""
    spot = polygon(outline).representative_point()
    x, y = round(spot.x), round(spot.y)
    ring = tuple((px - x, py - y) for px, py in outline.rings[0])
    return Pads((name,), (net,), np.array([(x, y)], np.int64), RECTANGLE, (ANCHOR, ANCHOR), layers,
                arms=(ring,))


def frame_shapes(frame: Frame, at: Point) -> tuple[Shape, ...]:
    """The outline of all that is soldered down, areas etched from above, and tie bars where there is no paddle to draw them
    with."""
    feet = [lead.foot for lead in frame.leads] + ([frame.paddle_foot] if frame.paddle_foot is not None else [])
    bars = [untransform_outline(bar, at, 0).rings[0] for bar in frame.tie_bars if frame.paddle is None]
    etched = [untransform_outline(region, at, 0).rings[0] for region in frame.etched_above]
    return (
        *(Polygon(FRONT_COPPER, bar, 0, filled=True) for bar in bars),
        *(shape for foot in feet for shape in outline_shapes(untransform_outline(foot, at, 0), FRAME_FEET, FINE_WIDTH)),
        *(Polygon(FRAME_FEET, ring, FINE_WIDTH, filled=True, dashed=True) for ring in etched),
    )
