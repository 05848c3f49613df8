"""The lead frame: from the numbers of a package file to metal, and every fault that shows when they are seen together."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from ... import package as p
from ...faults import Fault
from ...geometry.leads import LeadRow, crowded, tie_bars
from ...marked_yaml import Marked
from ...package.bounds import MOST_LEADS
from ...shapes import Outline, Point, rectangle
from ...units import LENGTH, show
from ..models.declared import data_in
from ..models.frame import Frame, Leads
from .leads import HERE, all_leads, touching_metal


def built_frame(frame: Frame, outline: Outline, marked: Marked, faults: list[Fault]) -> Optional[p.Frame]:
    """The frame in a carrier of that outline; None where its numbers do not fit together, and a fault says which."""
    def fault(key: str, message: str) -> None:
        inner = ("leads", key) if key in Leads.keys else (key,)
        faults.append(marked.fault((*HERE, *inner) if key else HERE, message, key=True))

    before = len(faults)
    if not outline.is_box or outline.centre != (0, 0):
        fault("", "a lead frame stands in a rectangle; give the carrier a 'size'")
        return None
    row = _row(frame.leads)
    for key, message in (*_odd_paddle(frame, row), *_odd_row(frame.leads, row, outline.size)):
        fault(key, message)
    if len(faults) > before:
        return None
    leads = all_leads(frame, row, outline.size, marked, faults)
    at = (frame.paddle_at[0], frame.paddle_at[1])
    paddle, foot = _rectangle(frame.paddle, at), _rectangle(frame.paddle_foot, at)
    bars: tuple[Outline, ...] = ()
    if frame.paddle and frame.tie_bars:
        bars = tie_bars(outline.size, (frame.paddle[0], frame.paddle[1]), frame.tie_bars)
    faults += touching_metal(frame, leads, paddle, bars, marked)
    if len(faults) > before:
        return None
    data = {**data_in(frame, p.Frame), **data_in(frame.leads, p.Frame, "leads.")}
    if data["pulled_back"] is not None and not data["pulled_back"].nominal:
        data["pulled_back"] = None
    return p.Frame(leads=tuple(leads), paddle=paddle, paddle_foot=foot or paddle, paddle_net=frame.paddle_net, tie_bars=bars,
                   **data)


def _odd_paddle(frame: Frame, row: LeadRow) -> Iterator[tuple[str, str]]:
    """Key and message of all that is wrong with the paddle, its bars and the half-etch."""
    if frame.paddle_foot and not frame.paddle:
        yield "paddle_foot", "there is no paddle that this could be a part of; write 'paddle' too"
    elif frame.paddle_foot and frame.paddle and any(a > b for a, b in zip(frame.paddle_foot, frame.paddle)):
        yield "paddle_foot", "the soldered part is larger than the paddle; make it smaller or leave it out"
    if frame.tie_bars and not frame.paddle:
        yield "tie_bars", "tie bars hold a paddle, and there is none; write 'paddle' too"
    elif frame.tie_bars and frame.paddle_at != [0, 0]:
        yield "tie_bars", "tie bars go from the body's corners to a paddle in its middle; leave 'paddle_at' or them out"
    if frame.tie_bars and row.corners:
        yield "tie_bars", "tie bars end in the corners, where the corner leads stand; leave one of the two out"
    if frame.half_etch is not None and frame.half_etch.high >= frame.thickness.low:
        yield "half_etch", f"it goes through the frame, {show(frame.thickness.nominal, LENGTH)} thick"


def _odd_row(leads: Leads, row: LeadRow, body: Point) -> Iterator[tuple[str, str]]:
    """Key and message of what is wrong with the row of leads."""
    if isinstance(leads.per_side, list) and len(leads.per_side) == 3:
        yield "per_side", ("three counts leave a side out; write one, two ([left and right, top and bottom]) or four "
                           "([left, bottom, right, top])")
    elif not sum(row.sides) or max(row.sides) > MOST_LEADS:
        yield "per_side", f"a frame has leads, {MOST_LEADS:,} a side at most; write for example 8"
    elif crowded(row, body):
        yield "per_side", crowded(row, body)
    beyond = [place for place in row.left_out if not 0 < place <= row.places]
    if beyond:
        yield "skip", f"there is no place {beyond[0]}: the frame has {row.places}"


def _row(leads: Leads) -> LeadRow:
    count = leads.per_side
    many = count if isinstance(count, list) else [count, count]
    down, across = (many[0], many[1]) if len(many) < 4 else (max(many[0], many[2]), max(many[1], many[3]))
    return LeadRow(down=down, across=across if leads.sides == "4" else 0, pitch=leads.pitch, width=leads.width.nominal,
                   length=leads.length.nominal,
                   inner=leads.inner_length or 0, pulled_back=leads.pulled_back.nominal if leads.pulled_back else 0,
                   corners=leads.corner_leads == "true", counts=tuple(many) if len(many) == 4 else (),
                   left_out=tuple(leads.skip))


def _rectangle(size: Optional[list[int]], at: Point) -> Optional[Outline]:
    return rectangle(at, (size[0], size[1])) if size else None
