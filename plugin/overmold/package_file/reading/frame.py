"""The lead frame: from the numbers of a package file to metal, and every fault that shows when they are seen together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from ... import package as p
from ...faults import Fault
from ...geometry.leads import LeadRow, without_corner
from ...marked_yaml import Marked
from ...shapes import Outline, Point, margin_inside, rectangle
from ...units import LENGTH, show
from ..models.declared import data_in
from ..models.frame import Frame, Leads
from .etched import etched, etched_above
from .fused import fused_leads
from .lead_rows import HERE, lead_row
from .leads import all_leads, touching_metal
from .outlines import corner_outline
from .tie_bars import built_bars


def built_frame(frame: Frame, outline: Outline, marked: Marked, faults: list[Fault]) -> Optional[p.Frame]:
    """The frame in a carrier of that outline; None where its numbers do not fit together, and a fault says which."""
    def fault(key: str, message: str) -> None:
        inner = ("leads", key) if key in Leads.keys else (key,)
        faults.append(marked.fault((*HERE, *inner) if key else HERE, message, key=True))

    before = len(faults)
    if not outline.is_box or outline.centre != (0, 0):
        fault("", "a lead frame stands in a rectangle; give the carrier a 'size'")
        return None
    row = lead_row(frame.leads, outline.size, marked, faults)
    for key, message in _odd_paddle(frame, row):
        fault(key, message)
    paddle, foot = _paddle(frame, marked, faults)
    if len(faults) > before:
        return None
    leads = all_leads(frame, row, outline.size, marked, faults)
    leads, fused = fused_leads(frame, leads, paddle, outline, marked, faults)
    leads, foot = etched(frame, leads, paddle, foot, marked, faults)
    bars = built_bars(frame, outline.size, paddle, marked, faults)
    above = etched_above(frame, leads, paddle, foot, bars, marked, faults)
    if len(faults) == before:
        faults += touching_metal(frame, row, leads, paddle, bars, marked, fused)
    if len(faults) > before:
        return None
    data = {**data_in(frame, p.Frame), **data_in(frame.leads, p.Frame, "leads.")}
    if data["pulled_back"] is not None and not data["pulled_back"].nominal:
        data["pulled_back"] = None
    return p.Frame(leads=tuple(leads), paddle=paddle, paddle_foot=foot, paddle_net=frame.paddle_net, tie_bars=bars,
                   etched_above=above, **data)


def _odd_paddle(frame: Frame, row: LeadRow) -> Iterator[tuple[str, str]]:
    """Key and message of all that is wrong with the paddle, its bars and the half-etch."""
    has_paddle = frame.paddle is not None or frame.paddle_outline is not None
    for key in ("paddle_foot", "paddle_foot_outline", "paddle_chamfer"):
        if getattr(frame, key) is not None and not has_paddle:
            yield key, "there is no paddle that this could be a part of; write 'paddle' too"
    for size, corners in (("paddle", "paddle_outline"), ("paddle_foot", "paddle_foot_outline")):
        if getattr(frame, size) is not None and getattr(frame, corners) is not None:
            yield corners, f"write either '{size}' or '{corners}', not both"
    if frame.paddle_foot and frame.paddle and any(a > b for a, b in zip(frame.paddle_foot, frame.paddle)):
        yield "paddle_foot", "the soldered part is larger than the paddle; make it smaller or leave it out"
    if frame.paddle_chamfer and frame.paddle_outline is not None:
        yield "paddle_chamfer", "a paddle of stated corners has its own; leave 'paddle_chamfer' out"
    elif frame.paddle_chamfer and frame.paddle and frame.paddle_chamfer >= min(*frame.paddle, *(frame.paddle_foot or [])):
        yield "paddle_chamfer", "it cuts off a whole side of the paddle; make it smaller"
    if (frame.tie_bars or frame.own_tie_bars) and not has_paddle:
        yield "tie_bars" if frame.tie_bars else "own_tie_bars", "tie bars hold a paddle, and there is none; write 'paddle' too"
    elif frame.tie_bars and frame.paddle_at != [0, 0]:
        yield "tie_bars", ("tie bars go from the body's corners to a paddle in its middle; leave 'paddle_at' out, or draw them "
                           "under 'own_tie_bars'")
    if frame.tie_bars and row.corners:
        yield "tie_bars", ("tie bars end in the corners, where the corner leads stand; leave one of the two out, or draw the "
                           "bars under 'own_tie_bars'")
    for key in ("half_etch", "half_etch_above"):
        depth = getattr(frame, key)
        if depth is not None and depth.high >= frame.thickness.low:
            yield key, f"it goes through the frame, {show(frame.thickness.nominal, LENGTH)} thick"


def _paddle(frame: Frame, marked: Marked, faults: list[Fault]) -> tuple[Optional[Outline], Optional[Outline]]:
    """The paddle and the part of it that is soldered down, both None where there is none."""
    at, cut = (frame.paddle_at[0], frame.paddle_at[1]), frame.paddle_chamfer or 0
    if frame.paddle is None and frame.paddle_outline is None:
        return None, None
    paddle = _part(frame.paddle, frame.paddle_outline, at, cut, "paddle_outline", marked, faults)
    foot = _part(frame.paddle_foot, frame.paddle_foot_outline, at, cut, "paddle_foot_outline", marked, faults)
    sizes = frame.paddle is not None and frame.paddle_foot is not None
    if paddle is not None and foot is not None and not sizes and margin_inside(foot, paddle) < 0:
        key = "paddle_foot" if frame.paddle_foot else "paddle_foot_outline"
        faults.append(marked.fault((*HERE, key), "the soldered part reaches beyond the paddle; make it smaller or leave it "
                                   "out", key=True))
    return paddle, foot or paddle


def _part(size: Optional[list[int]], corners: Optional[list[list[int]]], at: Point, cut: int, key: str, marked: Marked,
          faults: list[Fault]) -> Optional[Outline]:
    if corners is not None:
        return corner_outline(corners, at, 0, (*HERE, key), marked, faults)
    return without_corner(rectangle(at, (size[0], size[1])), cut) if size else None
