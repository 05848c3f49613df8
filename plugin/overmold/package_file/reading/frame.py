"""The lead frame: from the numbers of a package file to metal, and every fault that shows when they are seen together."""

from __future__ import annotations

from typing import Optional

from ... import package as p
from ...faults import Fault
from ...geometry.leads import LeadRow, leads_of, tie_bars
from ...marked_yaml import Marked
from ...package.bounds import MOST_LEADS
from ...shapes import Outline, Point, distance, rectangle
from ...units import LENGTH, show
from ..models.declared import data_in
from ..models.frame import Frame, Leads

HERE = ("carrier", "frame")


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
    if frame.paddle_foot and not frame.paddle:
        fault("paddle_foot", "there is no paddle that this could be a part of; write 'paddle' too")
    elif frame.paddle_foot and frame.paddle and any(a > b for a, b in zip(frame.paddle_foot, frame.paddle)):
        fault("paddle_foot", "the soldered part is larger than the paddle; make it smaller or leave it out")
    if frame.tie_bars and not frame.paddle:
        fault("tie_bars", "tie bars hold a paddle, and there is none; write 'paddle' too")
    if frame.tie_bars and row.corners:
        fault("tie_bars", "tie bars end in the corners, where the corner leads stand; leave one of the two out")
    if frame.half_etch is not None and frame.half_etch.high >= frame.thickness.low:
        fault("half_etch", f"it goes through the frame, {show(frame.thickness.nominal, LENGTH)} thick")
    if not row.down + row.across or max(row.down, row.across) > MOST_LEADS:
        fault("per_side", f"a frame has leads, {MOST_LEADS:,} a side at most; write for example 8")
        return None
    fault_at = _too_many(row, outline.size)
    if fault_at:
        fault("per_side", fault_at)
        return None
    leads = leads_of(row, outline.size)
    if frame.nets and len(frame.nets) != len(leads):
        fault("nets", f"there are {len(leads)} leads, but 'nets' lists {len(frame.nets)}; write one for each, \"\" for none")
    paddle = _rectangle(frame.paddle)
    near = next((lead for lead in leads if paddle is not None and not distance(lead.outline, paddle)), None)
    if near is not None:
        fault("paddle", f"the paddle touches lead {near.name}; make it smaller, or the leads shorter")
    bars: tuple[Outline, ...] = ()
    if frame.paddle and frame.tie_bars and not row.corners:
        bars = tie_bars(outline.size, (frame.paddle[0], frame.paddle[1]), frame.tie_bars)
    hit = next((lead.name for lead in leads for bar in bars if not distance(lead.outline, bar)), None)
    if hit:
        fault("tie_bars", f"a tie bar touches lead {hit}; make it narrower, or the leads shorter or fewer")
    if len(faults) > before:
        return None
    nets = frame.nets or [""] * len(leads)
    data = {**data_in(frame, p.Frame), **data_in(frame.leads, p.Frame, "leads.")}
    if data["pulled_back"] is not None and not data["pulled_back"].nominal:
        data["pulled_back"] = None
    return p.Frame(
        leads=tuple(p.Lead(lead.name, lead.outline, lead.foot, net, lead.half_etched) for lead, net in zip(leads, nets)),
        paddle=paddle, paddle_foot=_rectangle(frame.paddle_foot) or paddle, paddle_net=frame.paddle_net, tie_bars=bars, **data)


def _row(leads: Leads) -> LeadRow:
    count = leads.per_side
    down, across = (count[0], count[1]) if isinstance(count, list) else (count, count)
    return LeadRow(down=down, across=across if leads.sides == "4" else 0, pitch=leads.pitch, width=leads.width.nominal,
                   length=leads.length.nominal,
                   inner=leads.inner_length or 0, pulled_back=leads.pulled_back.nominal if leads.pulled_back else 0,
                   corners=leads.corner_leads == "true")


def _too_many(row: LeadRow, body: Point) -> str:
    """What is wrong with the leads of a side: they touch, or reach into the corners, where those of the next side stand."""
    if row.width >= row.pitch and max(row.down, row.across) > 1:
        return f"leads {show(row.width, LENGTH)} wide at a pitch of {show(row.pitch, LENGTH)} touch each other"
    rows = [(count, (count - 1) * row.pitch + row.width if count else 0, side)
            for count, side in ((row.down, body[1]), (row.across, body[0]))]
    # Leads of two sides meet in a corner where both rows reach into it; into that of a corner lead none may.
    meet = all(count and needed + 2 * row.depth > side for count, needed, side in rows)
    corner = row.pulled_back + row.length if row.corners else row.depth if meet else 0
    for count, needed, side in rows:
        if needed + 2 * corner > side:
            rest = f" beside {show(corner, LENGTH)} of corner at each end" if corner else ""
            return f"{count} leads take {show(needed, LENGTH)}{rest}; a side has {show(side, LENGTH)}"
    if any(count and 2 * row.depth >= size for count, size in zip((row.down, row.across), body)):
        return "leads of opposite sides meet in the middle; make them shorter"
    return ""


def _rectangle(size: Optional[list[int]]) -> Optional[Outline]:
    return rectangle((0, 0), (size[0], size[1])) if size else None
