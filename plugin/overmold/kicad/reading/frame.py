"""The lead frame on a board: its metal from the carrier's pads and copper, its feet from their layer, the rest from fields."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ...drawing.frame import ANCHOR
from ...geometry.leads import half_etched
from ...package import PADDLE, Frame, Lead, keys
from ...package.datum import data_of
from ...shapes import Outline, Point, area, inside, rectangle, sticking_out, tidy, transform
from ..clauses.tree import Clause, tree
from .drawn import drawn, path, ring_points
from .fields import Fields
from .one_footprint import Footprint, net_name
from .pads import FRONT

_HERE = keys.FRAME
Foot = tuple[Point, Outline]  # its middle, and all of it


def has_frame(fields: Fields) -> bool:
    """Whether a carrier's fields speak of a frame; its pads are leads then, and no balls."""
    return any(fields.text(one.label) for one in data_of(Frame).values())


def read_frame(made_of: Footprint) -> Optional[Frame]:
    """The frame of a carrier; None, with a fault, where it has no thickness or no metal."""
    fields = made_of.fields
    data, thickness = fields.data(Frame, _HERE), data_of(Frame)["thickness"]
    if data["thickness"] is None and not fields.text(thickness.label):
        made_of.wrong(f"the lead frame has no thickness; add the field '{thickness.label}', for example {thickness.example}",
                      _HERE)
    made_of.put(_HERE, f"{made_of.name}, lead frame")
    metal = _pads(made_of)
    if not metal:
        made_of.wrong("the lead frame has no leads; add a pad on F.Cu for each", _HERE)
    drawn_feet = made_of.contents.layers("Frame feet")
    feet = [(foot.centre, foot) for foot in _outlines(made_of, *drawn_feet, dashed=False)]
    bars = [*_arms(made_of), *_outlines(made_of, FRONT)]
    paddle = metal.pop(PADDLE, None)
    leads = tuple(_lead(name, outline, net, feet) for name, (outline, net) in metal.items())
    found = Frame(
        leads=leads, paddle=paddle[0] if paddle else None,
        paddle_foot=(_foot(paddle[0], feet) or paddle[0]) if paddle else None, paddle_net=paddle[1] if paddle else "",
        tie_bars=tuple(bars), etched_above=tuple(_outlines(made_of, *drawn_feet, dashed=True)), **data)
    return found if data["thickness"] is not None else None


def _pads(made_of: Footprint) -> dict[str, tuple[Outline, str]]:
    """Outline and net of every pad of the carrier, leads in the order of their numbers."""
    pads = made_of.contents.pads
    rows = pads.of(made_of.number)
    found: dict[str, tuple[Outline, str]] = {}
    bars = _bars(made_of)
    for row in (np.flatnonzero(pads.is_contact[rows]) + rows.start).tolist():
        if row in bars:
            continue
        name, clause = pads.names[row], int(pads.clauses[row])
        if name in found:
            made_of.wrong_at(clause, f"{made_of.name}, pad {name}", "two pads have this name; a lead is one pad", _HERE)
        (x, y), (width, height) = pads.xy[row].tolist(), pads.size[row].tolist()
        outline = tidy(rectangle((x, y), (width, height), int(pads.angle[row])))
        rings = _rings(made_of, row) if name != PADDLE or _is_polygon(made_of, row) else []
        if rings:  # the pad is the polygon; its rectangle is no more than KiCad's anchor in it
            outline = tidy(Outline((max(rings, key=lambda ring: area(Outline((ring,)))),)))
        found[name] = outline, net_name(pads.nets[row])
        key = keys.PADDLE if name == PADDLE else keys.lead(name)
        made_of.notes.put(key, PADDLE if name == PADDLE else f"lead {name}", clause, (x, y), pads.uuids[row])
    return dict(sorted(found.items(), key=lambda one: (not one[0].isdigit(), len(one[0]), one[0])))


def _arms(made_of: Footprint) -> list[Outline]:
    """The tie bars: polygons that belong to pads of the paddle's name, one pad for each or all of them to the paddle's own."""
    found: list[Outline] = []
    with made_of.gathering(_HERE):
        for i, row in enumerate(_paddles(made_of)):
            if i or not _is_polygon(made_of, row):  # a paddle that is no rectangle is a polygon itself
                found += [tidy(Outline((ring,))) for ring in _rings(made_of, row)]
    return found


def _is_polygon(made_of: Footprint, row: int) -> bool:
    """Whether a pad is no more than the anchor of a polygon, as pads of any outline are drawn."""
    return int(made_of.contents.pads.size[row].max()) <= ANCHOR and bool(_rings(made_of, row))


def _paddles(made_of: Footprint) -> list[int]:
    """The rows of all pads of the paddle's name, the paddle first: the largest rectangle, or else the largest polygon, for tie
    bars are narrow."""
    pads = made_of.contents.pads
    rows = pads.of(made_of.number)

    def order(row: int) -> tuple[bool, int]:
        if not _is_polygon(made_of, row):
            return False, -int(pads.size[row].prod())
        return True, -max(area(Outline((ring,))) for ring in _rings(made_of, row))

    return sorted((row for row in range(rows.start, rows.stop) if pads.names[row] == PADDLE), key=order)


def _bars(made_of: Footprint) -> list[int]:
    """The rows of pads that are nothing but tie bars."""
    return [row for row in _paddles(made_of)[1:] if _rings(made_of, row)]


def _rings(made_of: Footprint, row: int) -> list[tuple[Point, ...]]:
    """The polygons of a pad of odd shape, where they lie on the board."""
    pads, index = made_of.contents.pads, made_of.contents.index
    primitives = tree(index, int(pads.clauses[row])).first("primitives")
    x, y = pads.xy[row].tolist()
    rings = [tuple(transform(point, (x, y), int(pads.angle[row])) for point in ring_points(index, shape))
             for shape in (primitives.all("gr_poly") if primitives else ())]
    return [ring for ring in rings if len(ring) > 2]


def _outlines(made_of: Footprint, *layers: str, dashed: Optional[bool] = None) -> list[Outline]:
    """The closed shapes on these layers: all, those of a dashed line (as areas etched from above are drawn), or the others."""
    index = made_of.contents.index
    found: list[Outline] = []
    with made_of.gathering(_HERE):
        for shape in drawn(index, made_of.contents.inner(made_of.number), layers, "fp"):
            if dashed is not None and _is_dashed(shape) != dashed:
                continue
            points = path(index, shape, made_of.at, made_of.angle).points
            if len(points) > 2:
                made_of.notes.taken.add(shape.at)
                found.append(tidy(Outline((points,))))
    return found


def _is_dashed(shape: Clause) -> bool:
    stroke = shape.first("stroke")
    return stroke is not None and stroke.word_of("type").startswith(("dash", "dot"))


def _foot(metal: Outline, feet: list[Foot]) -> Optional[Outline]:
    """The foot whose middle lies on this metal; turned, the box around it reaches over others' feet. Of metal that is no box
    the foot that lies on it as a whole, for another's may lie in a bend of it."""
    if not feet:
        return None
    if not metal.is_box:
        left, top, right, bottom = metal.box
        near = [foot for (x, y), foot in feet if left <= x <= right and top <= y <= bottom]
        return next((foot for foot in near if not sticking_out(foot, metal)), None)
    found = inside(np.array([middle for middle, _ in feet], np.int64), metal)
    return next((foot for (_, foot), is_here in zip(feet, found.tolist()) if is_here), None)


def _lead(name: str, metal: Outline, net: str, feet: list[Foot]) -> Lead:
    foot = _foot(metal, feet) or metal
    return Lead(name, metal, foot, net, half_etched(metal, foot))
