"""The underside of a lead frame in an outline drawing: feet with their numbers, the exposed pad, and their dimensions."""

from __future__ import annotations

from collections.abc import Sequence

from ..drawing import bevelled
from ..package import Frame, Lead
from ..pictures.svg import text
from ..shapes import Outline, Point
from .ink import across, upright
from .plan_dimensions import sides_of
from .view import AWAY, View

_STEP = 17.0     # units between the numbers of neighbouring leads
_NUMBERS = 18.0  # units beside the body that they take


def frame_from_below(frame: Frame, body: Outline, corner: Point, view: View) -> list[str]:
    """Feet and exposed pad, whose corner at lead 1 (``corner`` is the way there) is cut off, with b, e, L, D2 and E2."""
    drawn = [view.path("metal", lead.foot) for lead in frame.leads]
    if frame.paddle is not None:
        drawn += _pad(frame.paddle_foot or frame.paddle, corner, view)
    sides = sides_of(frame, body)
    for side, leads in sides.items():
        drawn += _numbers(leads, side, view, body)
    _, top, right, bottom = view.box(body)
    below, beside = bottom + _NUMBERS, right + _NUMBERS
    if len(sides["bottom"]) > 1:
        one, other = (view.box(lead.foot) for lead in sides["bottom"][:2])
        drawn += across("b", one[0], one[2], bottom + AWAY * 0.9, (below, below))
        first, last = sorted(((one[0] + one[2]) / 2, (other[0] + other[2]) / 2))
        drawn += across("e", first, last, bottom + AWAY * 1.7, (below, below))
    elif len(sides["left"]) > 1:
        # What is on the left seen from above is on the right here.
        one, other = (view.box(lead.foot) for lead in sides["left"][-2:])
        drawn += upright("b", other[1], other[3], right + AWAY * 0.9, (beside, beside))
        first, last = sorted(((one[1] + one[3]) / 2, (other[1] + other[3]) / 2))
        drawn += upright("e", first, last, right + AWAY * 1.7, (beside, beside))
    if sides["left"]:
        inner, upper, outer, _ = view.box(sides["left"][0].foot)
        drawn += across("L", inner, outer, top - AWAY * 0.9, (upper, upper))
        if frame.paddle is not None:
            _, high, edge, low = view.box(frame.paddle_foot or frame.paddle)
            facing = [box for box in (view.box(lead.foot) for lead in sides["left"]) if high < (box[1] + box[3]) / 2 < low]
            row = (facing[0][1] + facing[0][3]) / 2 if facing else 0.0
            drawn += across("K", edge, inner, row, (row, row)) if facing and edge < inner else []
    return drawn


def _pad(foot: Outline, corner: Point, view: View) -> list[str]:
    cut = Outline((bevelled(foot, min(foot.size) // 8, corner),)) if foot.is_box else foot
    left, top, right, bottom = view.box(foot)
    return [view.path("metal", cut), *across("D2", left, right, bottom - (bottom - top) / 5, (bottom, bottom)),
            *upright("E2", top, bottom, left + (right - left) / 5, (left, left))]


def _numbers(leads: Sequence[Lead], side: str, view: View, body: Outline) -> list[str]:
    """The numbers beside the body: all of them where there is room, else the first and the last of the side."""
    left, top, right, bottom = view.box(body)
    spots = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in (view.box(lead.foot) for lead in leads)]
    along = [spot[side in ("left", "right")] for spot in spots]
    dense = any(abs(b - a) < _STEP for a, b in zip(along, along[1:]))
    drawn = []
    for i, (lead, (x, y)) in enumerate(zip(leads, spots)):
        if dense and 0 < i < len(leads) - 1:
            continue
        if side == "left":
            drawn.append(text(lead.name, right + 6, y + 4, "note"))
        elif side == "right":
            drawn.append(text(lead.name, left - 6, y + 4, "note", "end"))
        else:
            drawn.append(text(lead.name, x, top - 6 if side == "top" else bottom + 15, "note", "middle"))
    return drawn
