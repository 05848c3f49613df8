"""A lead frame in the package file: from the metal of its leads back to the few numbers that it follows from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from ...frames import LeadRow, leads_of, tie_bars
from ...package import PADDLE, Frame, Lead
from ...shapes import Outline, Point
from ...units import Toleranced
from .text import group, length, line, mm, pair, quantity, unsaid, word

_SLACK = 2  # nm


def frame_lines(frame: Frame, body: Outline) -> Iterator[str]:
    """The group ``frame`` of a carrier of that outline."""
    row = lead_row(frame, body.size)
    yield line(2, "frame:")
    yield line(4, f"thickness: {quantity(frame.thickness)}")
    if row is None:
        yield unsaid(4, "leads: {per_side: 8, pitch: 0.5 mm, width: 0.25 mm, length: 0.4 mm}", "the board draws no leads")
    else:
        moved = misplaced_leads(frame, body.size)
        yield line(4, f"leads: {_leads(frame, row)}", f"not so on the board: {', '.join(moved)}" if moved else "")
    if frame.paddle is not None:
        yield line(4, f"paddle: {pair(frame.paddle.size)}")
        if frame.paddle_foot is not None and frame.paddle_foot.size != frame.paddle.size:
            yield line(4, f"paddle_foot: {pair(frame.paddle_foot.size)}")
    if frame.paddle_net:
        yield line(4, f"paddle_net: {word(frame.paddle_net)}")
    bars = _bar_width(frame, body)
    if bars:
        yield line(4, f"tie_bars: {length(bars)}")
    if frame.half_etch is not None:
        yield line(4, f"half_etch: {quantity(frame.half_etch)}")
    if frame.dam_bar:
        yield line(4, f"dam_bar: {length(frame.dam_bar)}")
    if frame.strip != (1, 1):
        yield line(4, f"strip: [{frame.strip[0]}, {frame.strip[1]}]", "rows and columns")
    if frame.body_tolerance:
        yield line(4, f"body_tolerance: {mm(frame.body_tolerance)}")


def _leads(frame: Frame, row: LeadRow) -> str:
    width, foot = frame.lead_width or Toleranced(row.width), frame.lead_length or Toleranced(row.length)
    back = frame.pulled_back or Toleranced(row.pulled_back)
    count = f"[{row.down}, {row.across}]" if row.across not in (0, row.down) else str(row.down)
    return group([
        ("sides", "4" if row.across else "2"), ("per_side", count), ("pitch", mm(row.pitch)),
        ("width", quantity(width, unit="mm")), ("length", quantity(foot, unit="mm")),
        ("inner_length", mm(row.inner) if row.inner else None),
        ("pulled_back", quantity(back, unit="mm") if back.nominal else None),
        ("corner_leads", "true" if row.corners else None),
    ])


def misplaced_leads(frame: Frame, body: Point) -> list[str]:
    """The leads (and the paddle) that lie elsewhere than the numbers of the frame say."""
    row = lead_row(frame, body)
    due = {lead.name: lead for lead in leads_of(row, body)} if row is not None else {}
    aside = frame.paddle is not None and max(map(abs, frame.paddle.centre)) > _SLACK
    return [*([PADDLE] if aside else []), *(lead.name for lead in frame.leads if lead.name not in due or not (
        _near(lead.outline, due[lead.name].outline) and _near(lead.foot, due[lead.name].foot)))]


def _near(one: Outline, other: Outline) -> bool:
    return max(abs(a - b) for a, b in zip(one.box, other.box)) <= _SLACK


def lead_row(frame: Frame, body: Point) -> Optional[LeadRow]:
    """The numbers that most leads follow from; None where there are no leads."""
    left, top = -(body[0] // 2), -(body[1] // 2)
    sides: dict[str, list[Lead]] = {"left": [], "top": [], "corner": []}
    for lead in frame.leads:
        at_left, at_top = abs(lead.outline.box[0] - left) <= _SLACK, abs(lead.outline.box[1] - top) <= _SLACK
        if at_left or at_top:
            sides["corner" if at_left and at_top else "left" if at_left else "top"].append(lead)
    if not sides["left"] + sides["top"]:
        return None
    first = (sides["left"] or sides["top"])[0]
    along = 1 if sides["left"] else 0
    metal, foot = first.outline.size, first.foot.size
    width = frame.lead_width.nominal if frame.lead_width else foot[along]
    long = frame.lead_length.nominal if frame.lead_length else foot[1 - along]
    outer = first.foot.box[1 - along] - (left if along else top)
    back = frame.pulled_back.nominal if frame.pulled_back else max(0, outer)
    spots = sorted(lead.outline.centre[along] for lead in sides["left" if along else "top"])
    others = sorted(lead.outline.centre[0] for lead in sides["top"])
    rows = spots if len(spots) > 1 else others
    pitch = round((rows[-1] - rows[0]) / (len(rows) - 1)) if len(rows) > 1 else 2 * width
    down = len(sides["left"]) or len(sides["top"])
    across = len(sides["top"])
    return LeadRow(down, across, pitch, width, long, max(0, metal[1 - along] - back - long), back, bool(sides["corner"]))


def _bar_width(frame: Frame, body: Outline) -> int:
    """The width of the tie bars, 0 where there are none."""
    if not frame.tie_bars or frame.paddle is None:
        return 0
    _, top, right, _ = body.box
    # At the corner of the body a bar is cut off straight: its end there is its width over the square root of two.
    ends = [abs(x - corner) for bar in frame.tie_bars for x, y in bar.rings[0] for corner in (body.box[0], right)
            if abs(y - top) <= _SLACK and abs(x - corner) <= body.size[0] // 2]
    half = max((end for end in ends if end > _SLACK), default=0)
    near = round(half * 2**0.5)
    found = [width for width in range(near - 2, near + 3) if width > 0 and _same_bars(frame, body, width)]
    return min(found, default=near, key=lambda width: (len(str(width).rstrip("0")), abs(width - near)))


def _same_bars(frame: Frame, body: Outline, width: int) -> bool:
    assert frame.paddle is not None
    due = {frozenset(bar.rings[0]) for bar in tie_bars(body.size, frame.paddle.size, width)}
    return {frozenset(bar.rings[0]) for bar in frame.tie_bars} == due
