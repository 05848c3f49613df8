"""A lead frame in the package file: from the metal of its leads back to the few numbers that it follows from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Optional

from ...geometry.leads import BOTH, INNER, QUARTER, LeadRow, crowded, leads_of
from ...package import Frame, Lead
from ...package.bounds import MOST_LEADS
from ...shapes import Outline, Point, margin_inside, rectangle
from ...units import Toleranced
from .data import data_lines, data_pairs
from .lead_forms import other_lines, with_forms
from .paddle import paddle_lines
from .text import WIDEST, entries, group, line, mm, pair, unsaid, word, wrapped
from .tie_bars import bar_lines, near

_SLACK = 2  # nm
_Look = tuple[int, int, int, int]  # width and length of a foot, length of the metal, how far the foot is pulled back


def frame_lines(frame: Frame, body: Outline) -> Iterator[str]:
    """The group ``frame`` of a carrier of that outline."""
    row = lead_row(frame, body.size)
    if row is not None:
        row = with_forms(row, _others_than(frame, row, body.size), body.size)
    yield line(2, "frame:")
    if row is None:
        yield unsaid(4, "leads: {per_side: 8, pitch: 0.5 mm, width: 0.25 mm, length: 0.4 mm}", "the board draws no leads")
    else:
        said = _leads(frame, row)
        if not row.forms and len(group(said)) <= WIDEST - len("    leads: "):
            yield line(4, f"leads: {group(said)}")
        else:
            yield line(4, "leads:")
            yield from (line(6, f"{key}: {words}") for key, words in said if words)
            yield from other_lines(row)
    if frame.paddle is not None:
        yield from paddle_lines(frame.paddle, frame.paddle_foot or frame.paddle)
    if frame.paddle_net:
        yield line(4, f"paddle_net: {word(frame.paddle_net)}")
    yield from bar_lines(frame, body)
    yield from data_lines(4, frame)
    yield from _others(frame, row, body.size)
    if frame.etched_above:
        yield line(4, "etched_from_above:")
    for region in frame.etched_above:
        yield from wrapped(6, "- [", [pair(corner) for corner in region.rings[0]])
    if frame.fused:
        yield line(4, f"fused: {entries(entries(map(word, names)) for names in frame.fused)}")


def _leads(frame: Frame, row: LeadRow) -> list[tuple[str, Optional[str]]]:
    measured = {"lead_width": row.width, "lead_length": row.length, "pulled_back": row.pulled_back}
    lacking: dict[str, Any] = {name: Toleranced(value) for name, value in measured.items()
                               if getattr(frame, name) is None and value}
    count = f"[{row.down}, {row.across}]" if row.across not in (0, row.down) else str(row.down)
    return [
        ("sides", "4" if row.across else "2"), ("per_side", entries(map(str, row.counts)) if row.counts else count),
        ("skip", entries(map(str, row.left_out)) if row.left_out else None), ("pitch", mm(row.pitch)),
        *data_pairs(replace(frame, **lacking), "leads."), ("inner_length", mm(row.inner) if row.inner else None),
        ("corner_leads", "true" if row.corners else None), ("round_ends", row.rounded or None),
    ]


def _others(frame: Frame, row: Optional[LeadRow], body: Point) -> Iterator[str]:
    """Leads that are otherwise than their row, and metal that reaches no edge."""
    due = {lead.name: lead for lead in leads_of(row, body)} if row is not None else {}
    others = _others_than(frame, row, body) if row is not None else list(frame.leads)
    islands = [lead for lead in others if lead.name not in due and _is_island(lead, body)]
    own = [lead for lead in others if lead not in islands]
    if own:
        yield line(4, "own:")
    for lead in own:
        yield line(6, f"- name: {word(lead.name)}")
        yield from wrapped(8, "metal: [", [pair(corner) for corner in lead.outline.rings[0]])
        if lead.foot != lead.outline:
            yield from wrapped(8, "foot: [", [pair(corner) for corner in lead.foot.rings[0]])
    if islands:
        yield line(4, "islands:")
    for lead in islands:
        foot = pair(lead.foot.size) if lead.foot != lead.outline else None
        said = [("name", word(lead.name)), ("size", pair(lead.outline.size)), ("at", pair(lead.outline.centre)), ("foot", foot)]
        yield line(6, f"- {group(said)}")


def _is_island(lead: Lead, body: Point) -> bool:
    """Whether its metal is a box that reaches no edge, with its foot in the middle."""
    boxes = lead.outline.is_box and lead.foot.is_box
    return boxes and lead.foot.centre == lead.outline.centre and margin_inside(lead.outline, rectangle((0, 0), body)) > _SLACK


def lead_row(frame: Frame, body: Point) -> Optional[LeadRow]:
    """The numbers that most leads follow from; None where there are no leads."""
    looks: Counter[_Look] = Counter()
    sides: dict[str, list[tuple[Lead, _Look]]] = {"left": [], "top": [], "right": [], "bottom": []}
    corners = 0
    for lead in frame.leads:
        side = _side(lead.outline, body)
        if not side:
            corners += 1
            continue
        look = _look(lead, side, body)
        sides[side].append((lead, look))
    # The metal of a row reaches the body's edge; lands that do not are of a row inside it.
    rim = {side: [one for one in some if _inset(one[0].outline, side, body) <= _SLACK] for side, some in sides.items()}
    sides = rim if any(rim.values()) else sides
    looks.update(look for some in sides.values() for _, look in some)
    if not looks:
        return None
    usual = max(looks, key=lambda look: (looks[look], look))
    found = []
    # Leads of another form stand at places of the row, or at none.
    for wanted in (looks, [usual]):
        taken = {side: [lead for lead, look in some if look in wanted] for side, some in sides.items()}
        row = _row_of(frame, usual, taken, bool(corners))
        found += [row._replace(rounded=ends) for ends in _ends(frame, row)]
    # With leads that differ a row may be closer than without.
    fitting = [row for row in found if not crowded(row, body)]
    return min(fitting or found, key=lambda row: len(_others_than(frame, row, body)))


def _ends(frame: Frame, row: LeadRow) -> Iterator[str]:
    """Which ends of leads may be round."""
    yield ""
    if any(len(lead.foot.rings[0]) > 2 * QUARTER for lead in frame.leads):
        yield from (INNER, *((BOTH,) if row.pulled_back else ()))


def _side(metal: Outline, body: Point) -> str:
    """The side that a lead stands at; "" in a corner."""
    inside = {side: _inset(metal, side, body) for side in ("left", "top", "right", "bottom")}
    return "" if sum(abs(one) <= _SLACK for one in inside.values()) > 1 else min(inside, key=lambda name: inside[name])


def _inset(metal: Outline, side: str, body: Point) -> int:
    """How far metal stays inside the body's edge at a side."""
    (left, top), box = (-(body[0] // 2), -(body[1] // 2)), metal.box
    return {"left": box[0] - left, "top": box[1] - top, "right": left + body[0] - box[2],
            "bottom": top + body[1] - box[3]}[side]


def _look(lead: Lead, side: str, body: Point) -> _Look:
    """Width and length of its foot, length of its metal, and how far the foot stays inside the body."""
    left, top, foot = -(body[0] // 2), -(body[1] // 2), lead.foot.box
    along = 1 if side in ("left", "right") else 0
    back = {"left": foot[0] - left, "top": foot[1] - top, "right": left + body[0] - foot[2], "bottom": top + body[1] - foot[3]}
    return lead.foot.size[along], lead.foot.size[1 - along], lead.outline.size[1 - along], max(0, back[side])


def _row_of(frame: Frame, look: _Look, sides: dict[str, list[Lead]], corners: bool) -> LeadRow:
    width, long, metal, back = look
    width = frame.lead_width.nominal if frame.lead_width else width
    long = frame.lead_length.nominal if frame.lead_length else long
    back = frame.pulled_back.nominal if frame.pulled_back else back
    pitch = _pitch(sides) or 2 * width
    counts = _counts(sides, pitch, corners)
    even = counts[0] == counts[2] and counts[1] == counts[3]
    row = LeadRow(down=max(counts[0], counts[2]), across=max(counts[1], counts[3]), pitch=pitch, width=width, length=long,
                  inner=max(0, metal - back - long), pulled_back=back, corners=corners, counts=() if even else counts)
    named = {lead.name for lead in frame.leads}
    return row._replace(left_out=tuple(place for place in range(1, row.places + 1) if str(place) not in named))


def _others_than(frame: Frame, row: LeadRow, body: Point) -> list[Lead]:
    """The leads that are otherwise than the row has them, or are none of it."""
    due = {lead.name: lead for lead in leads_of(row, body)}
    return [lead for lead in frame.leads if lead.name not in due or not (
        near(lead.outline, due[lead.name].outline) and near(lead.foot, due[lead.name].foot))]


def _counts(sides: dict[str, list[Lead]], pitch: int, corners: bool) -> tuple[int, ...]:
    """The places of the left, bottom, right and top side, those left empty included: as a lead's number and its distance from
    the middle of its side tell, most leads of a side; none where no lead there has a number."""
    first, found = 1, []
    for side, axis, sign in (("left", 1, 1), ("bottom", 0, 1), ("right", 1, -1), ("top", 0, -1)):
        told = Counter(2 * (int(lead.name) - first) + 1 - round(2 * sign * lead.outline.centre[axis] / pitch)
                       for lead in sides[side] if lead.name.isdigit())
        likely = [count for count in told if 0 < count <= MOST_LEADS]
        count = max(likely, key=lambda one: told[one]) if likely else 0
        found.append(count)
        first += count + corners
    return tuple(found)


def _pitch(sides: dict[str, list[Lead]]) -> int:
    """The distance of most neighbours, 0 where no side has two."""
    apart: Counter[int] = Counter()
    for side, axis in (("left", 1), ("right", 1), ("top", 0), ("bottom", 0)):
        spots = sorted(lead.outline.centre[axis] for lead in sides[side])
        if len(spots) > 1:
            # Of the whole row, for single distances are rounded; where a lead is missing or moved, of most pairs.
            apart[round((spots[-1] - spots[0]) / (len(spots) - 1))] += len(spots)
            apart.update(b - a for a, b in zip(spots, spots[1:]))
    return max(apart, key=lambda one: (apart[one], -one)) if apart else 0
