"""A lead frame from the lands that it is soldered to: what of it they show, and what is guessed.

A foot lies under the body, and its land reaches out of that by a toe for the solder; so each foot is taken for the part of its
land that lies under the body. Of the metal above nothing is shown: it is as large as the foot, and as thick as JEDEC
MO-220 and MO-229 have it for reference (A3 = 0.2 mm).
"""

from __future__ import annotations

from typing import NamedTuple, Optional, Union

from ...package import Frame, Land, Lead
from ...shapes import Box, Outline, Point, area, box_outline, transform
from ...units import Toleranced

THICKNESS = 200_000
_NEAR_EDGE = 250_000  # nm: from a body's edge to a foot that is pulled back from it, at most
_FULL = 0.7  # of the rectangle around it
_ROUND = 1000  # nm: places in libraries are rounded
_LEAST = 50_000  # nm: a foot is longer than that, or its land lies beside the body


class Guessed(NamedTuple):
    """The frame, the names of the leads and of the metal in the middle; or why there is none."""

    frame: Optional[Frame]
    leads: tuple[str, ...] = ()
    middle: tuple[str, ...] = ()
    why_not: str = ""


def frame_of_lands(lands: tuple[Land, ...], size: Point) -> Guessed:
    """The frame of a body of that size about the origin."""
    found = _one_each([land for land in lands if land.is_terminal])
    if isinstance(found, str):
        return Guessed(None, why_not=found)
    body = (-(size[0] // 2), -(size[1] // 2), size[0] - size[0] // 2, size[1] - size[1] // 2)
    leads: list[_Foot] = []
    middle: list[_Foot] = []
    for land in found:
        box = _box(land)
        foot = _within(box, body)
        if foot is None:
            return Guessed(None, why_not=f"the land {land.name} lies beside the body")
        near = [side for side, is_near in enumerate(_edges(box, body)) if is_near]
        if not near or _holds(box, (0, 0)):
            middle.append(_Foot(land.name, foot, -1))
            continue
        out = [side for side, is_out in enumerate(_edges(box, body, 0)) if is_out]
        if (len(near) > 1 and len(out) != 1) or sum(_edges(foot, body, _ROUND)) > 1:
            return Guessed(None, why_not=f"the land {land.name} reaches two sides of the body")
        leads.append(_Foot(land.name, foot, (out or near)[0]))
    trouble = _not_in_rows(leads, size)
    if trouble:
        return Guessed(None, why_not=trouble)
    return _frame(leads, middle)


class _Foot(NamedTuple):
    """What is soldered down of one piece of metal, and the side it comes from: left, bottom, right, top, -1 for none."""

    name: str
    box: Box
    side: int


def _frame(leads: list[_Foot], middle: list[_Foot]) -> Guessed:
    pad = max(middle, key=lambda one: (one.box[2] - one.box[0]) * (one.box[3] - one.box[1]), default=None)
    # The die attach pad has the number after the leads', or a name that is not a number.
    if pad is not None and pad.name.isdecimal() and pad.name != str(len(leads) + 1):
        pad = None
    feet = [(one.name, box_outline(one.box)) for one in (*leads, *(one for one in middle if one is not pad))]
    made = tuple(Lead(name, outline, outline) for name, outline in feet)
    paddle = box_outline(pad.box) if pad is not None else None
    frame = Frame(thickness=Toleranced(THICKNESS), leads=made, paddle=paddle, paddle_foot=paddle)
    return Guessed(frame, tuple(one.name for one in leads), tuple(one.name for one in middle))


def _one_each(lands: list[Land]) -> Union[list[Land], str]:
    """The land of every name, that which holds the others of its name; or why there is none."""
    by_name: dict[str, list[Land]] = {}
    for land in lands:
        if land.angle % 90_000 or (land.arms and not _is_nearly_a_box(land)):
            return f"the land {land.name} is not a rectangle along the sides"
        by_name.setdefault(land.name, []).append(land)
    found = []
    for name, some in by_name.items():
        largest = max(some, key=lambda land: land.size[0] * land.size[1])
        box = _box(largest)
        if any(not (_holds(box, _box(land)[:2]) and _holds(box, _box(land)[2:])) for land in some):
            return f"{name} has several lands"
        found.append(largest)
    return found


def _not_in_rows(leads: list[_Foot], size: Point) -> str:
    """Why these are no leads in even rows, numbered around from the top of the left side; "" where they are."""
    if not leads:
        return "no land is near the body's edge"
    if {one.name for one in leads} != {str(i) for i in range(1, len(leads) + 1)}:
        return "its leads are not numbered one by one"
    pitches: set[int] = set()
    first, reach = 1, []
    # How far from its edge a lead ends; two rows that both reach into a corner would meet there.
    deep = max(_depth(one, size) for one in leads)
    for side, (axis, sign) in enumerate(((1, 1), (0, 1), (1, -1), (0, -1))):
        row = sorted((one for one in leads if one.side == side), key=lambda one: int(one.name))
        spots = [sign * (one.box[axis] + one.box[axis + 2]) // 2 for one in row]
        if [int(one.name) for one in row] != list(range(first, first + len(row))):
            return "its leads are not numbered around from the top of the left side"
        first += len(row)
        pitches |= {round((spots[-1] - spots[0]) / (len(row) - 1) / _ROUND) for _ in row[:1] if len(row) > 1}
        steps = [b - a for a, b in zip(spots, spots[1:])]
        if (steps and max(steps) - min(steps) > 2 * _ROUND) or (row and abs(spots[0] + spots[-1]) > 2 * _ROUND):
            return "its leads are not in even rows about the middle of each side"
        wide = max((one.box[axis + 2] - one.box[axis] for one in row), default=0)
        taken = spots[-1] - spots[0] + wide if row else 0
        if taken > size[axis]:
            return "its leads take more than a side of the body has"
        reach.append(bool(row) and taken + 2 * deep > size[axis])
    if any(one and reach[i - 1] for i, one in enumerate(reach)):
        return "its rows reach into each other's corners"
    return "" if len(pitches) == 1 else "its rows differ in pitch"


def _depth(one: _Foot, size: Point) -> int:
    """From the edge of the body to the lead's inner end."""
    left, top, right, bottom = one.box
    return (right + size[0] // 2, size[1] // 2 - top, size[0] // 2 - left, bottom + size[1] // 2)[one.side]


def _is_nearly_a_box(land: Land) -> bool:
    """Whether a land of a form of its own is a rectangle but for a corner: where two rows meet they are cut back."""
    left, top, right, bottom = _box(land)
    return len(land.arms) == 1 and area(Outline((land.arms[0],))) >= _FULL * (right - left) * (bottom - top)


def _box(land: Land) -> Box:
    if land.arms:
        spots = [transform(spot, land.at, land.angle) for arm in land.arms for spot in arm]
        xs, ys = [x for x, _ in spots], [y for _, y in spots]
        half = land.stroke // 2
        return min(xs) - half, min(ys) - half, max(xs) + half, max(ys) + half
    wide, high = land.size if land.angle % 180_000 == 0 else land.size[::-1]
    left, top = land.at[0] - wide // 2, land.at[1] - high // 2
    return left, top, left + wide, top + high


def _within(box: Box, body: Box) -> Optional[Box]:
    left, top, right, bottom = max(box[0], body[0]), max(box[1], body[1]), min(box[2], body[2]), min(box[3], body[3])
    return (left, top, right, bottom) if min(right - left, bottom - top) >= _LEAST else None


def _edges(box: Box, body: Box, near: int = _NEAR_EDGE) -> tuple[bool, bool, bool, bool]:
    """Which of the body's edges it reaches, or nearly: left, bottom, right, top."""
    return box[0] - body[0] < near, body[3] - box[3] < near, body[2] - box[2] < near, box[1] - body[1] < near


def _holds(box: Box, spot: Point) -> bool:
    return box[0] <= spot[0] <= box[2] and box[1] <= spot[1] <= box[3]
