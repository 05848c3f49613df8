"""Leads that are one piece of metal: joined to their neighbours at their inner ends, or drawn on to the paddle."""

from __future__ import annotations

from typing import Optional

from ... import package as p
from ...faults import Fault, did_you_mean
from ...geometry.joined import groups, touching
from ...geometry.leads import half_etched
from ...marked_yaml import Marked
from ...shapes import Box, Outline, box_outline, distance, polygon
from ..models.frame import Frame
from .lead_rows import HERE

_OVERLAP = 10_000  # nm that a bridge reaches into what it joins, so that the two are one piece however they are turned
Metals = dict[str, Outline]


def fused_leads(frame: Frame, leads: list[p.Lead], paddle: Optional[Outline], body: Outline, marked: Marked,
                faults: list[Fault]) -> tuple[list[p.Lead], set[frozenset[str]]]:
    """The leads with the metal that joins them, and all pairs of names that may touch; a fault for what cannot be joined."""
    metal: Metals = {**{lead.name: lead.outline for lead in leads}, **({p.PADDLE: paddle} if paddle is not None else {})}
    joined: set[frozenset[str]] = set()
    grown: set[str] = set()
    for i, names in enumerate(frame.fused):
        path = (*HERE, "fused", i)
        unknown = next((k for k, name in enumerate(names) if name not in metal), None)
        if unknown is not None:
            hint = did_you_mean(names[unknown], list(metal))
            faults.append(marked.fault((*path, unknown), f"the frame has no lead '{names[unknown]}'{hint}"))
            continue
        joined |= {frozenset((one, other)) for one in names for other in names if one != other}
        for one, other in zip(names, names[1:]):
            if _are_one(metal, names, one, other):
                continue
            owner, bridge = _bridge(metal, one, other, body)
            if bridge is None:
                faults.append(marked.fault(path, f"{_said(one)} and {_said(other)} do not lie side by side; draw what joins "
                                           "them as metal of one of the two, under 'own'", key=True))
                continue
            united = _union(metal[owner], bridge)
            if united is None:
                faults.append(marked.fault(path, f"what would join {_said(one)} and {_said(other)} misses one of them, or "
                                           "closes a ring; draw it as metal of one of the two, under 'own'", key=True))
                continue
            metal[owner] = united
            grown.add(owner)
    return [_with_metal(lead, metal[lead.name]) if lead.name in grown else lead for lead in leads], joined


def _are_one(metal: Metals, names: list[str], one: str, other: str) -> bool:
    """Whether two of these names are one piece of metal already, through the others too."""
    outlines = [metal[name] for name in names]
    pieces = groups(len(names), list(touching(outlines)))
    return any(names.index(one) in piece and names.index(other) in piece for piece in pieces)


def _said(name: str) -> str:
    return "the paddle" if name == p.PADDLE else f"lead {name}"


def _with_metal(lead: p.Lead, metal: Outline) -> p.Lead:
    return p.Lead(lead.name, metal, lead.foot, lead.net, half_etched(metal, lead.foot))


def _union(one: Outline, other: Outline) -> Optional[Outline]:
    """Both as one outline; None where they lie apart, or around a hole."""
    both = polygon(one).union(polygon(other))
    if both.geom_type != "Polygon" or both.interiors:
        return None
    return Outline((tuple((round(x), round(y)) for x, y in both.simplify(0).exterior.coords[:-1]),))


def _bridge(metal: Metals, one: str, other: str, body: Outline) -> tuple[str, Optional[Outline]]:
    """Whose metal the bridge between two is, and the bridge; None where it would not run straight."""
    if p.PADDLE in (one, other):
        lead = other if one == p.PADDLE else one
        return lead, _to_paddle(metal[lead], metal[p.PADDLE], body)
    return one, _to_neighbour(metal[one].box, metal[other].box, body)


def _to_neighbour(a: Box, b: Box, body: Outline) -> Optional[Outline]:
    """A bar from one lead to another of its side, at the inner end of the shorter one and as wide as the narrower one."""
    side = _side_of(a, body)
    if not side or side != _side_of(b, body):
        return None
    axis = 1 if side in ("left", "right") else 0
    low, high = sorted((a, b), key=lambda box: box[axis])
    wide = min(a[axis + 2] - a[axis], b[axis + 2] - b[axis])
    # From the edge of the first over the gap, a little into the other.
    into = (_OVERLAP, 0) if low is b else (0, _OVERLAP)
    span = (low[axis + 2] - max(into[0], 1), high[axis] + max(into[1], 1))
    if side in ("left", "top"):
        end = min(a[1 - axis + 2], b[1 - axis + 2])
        deep = (end - wide, end)
    else:
        end = max(a[1 - axis], b[1 - axis])
        deep = (end, end + wide)
    return _box(span, deep) if axis == 0 else _box(deep, span)


def _to_paddle(lead: Outline, paddle: Outline, body: Outline) -> Optional[Outline]:
    """The lead drawn on to the paddle, as wide as it is; None where it would miss the paddle."""
    side, box, pad = _side_of(lead.box, body), lead.box, paddle.box
    if not side:
        return None
    axis = 0 if side in ("left", "right") else 1
    across = (box[1 - axis], box[3 - axis])
    inner, edge = (box[axis + 2], pad[axis]) if side in ("left", "top") else (box[axis], pad[axis + 2])
    step = _OVERLAP if side in ("left", "top") else -_OVERLAP
    # What was cut off a corner of the paddle leaves the way longer.
    for reach in (edge + step, edge + step + (pad[axis + 2] - pad[axis]) // (2 if step > 0 else -2)):
        along = (min(inner, reach), max(inner, reach))
        bridge = _box(along, across) if axis == 0 else _box(across, along)
        if not distance(bridge, paddle):
            return bridge
    return None


def _side_of(box: Box, body: Outline) -> str:
    """The side of the body that a lead reaches, "" where it reaches none or two."""
    left, top, right, bottom = body.box
    reached = [side for side, apart in (("left", box[0] - left), ("top", box[1] - top), ("right", right - box[2]),
                                        ("bottom", bottom - box[3])) if apart <= 1]
    return reached[0] if len(reached) == 1 else ""


def _box(x: tuple[int, int], y: tuple[int, int]) -> Outline:
    return box_outline((x[0], y[0], x[1], y[1]))
