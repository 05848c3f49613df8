"""Leads that stand at places of their row in another size: as the few numbers that they follow from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

from ...geometry.leads import Form, LeadRow, leads_of
from ...package import Lead
from ...shapes import Outline, Point, transform
from .text import entries, group, line, mm
from .tie_bars import near

SLACK = 2  # nm
_TURNS = (0, 90_000, 180_000, 270_000)  # of each side, from the left one


def with_forms(row: LeadRow, others: Sequence[Lead], body: Point) -> LeadRow:
    """The row with the forms of those leads at its sides that are of its kind, foot and metal: rectangles, or rounded too."""
    forms = {int(lead.name): form for lead in others if lead.name.isdecimal() and (form := _form(row, lead, body)) is not None}
    due = {lead.name: lead for lead in leads_of(row._replace(forms=tuple(forms.items())), body)}
    kept = {int(lead.name): forms[int(lead.name)] for lead in others if lead.name.isdecimal() and int(lead.name) in forms
            and lead.name in due and near(lead.outline, due[lead.name].outline) and near(lead.foot, due[lead.name].foot)}
    return row._replace(forms=tuple(sorted(kept.items())))


def _form(row: LeadRow, lead: Lead, body: Point) -> Optional[Form]:
    place = int(lead.name)
    side = next((side for side in range(4) if place in row.places_of(side)), None)
    if side is None or not (row.rounded or (lead.outline.is_box and lead.foot.is_box)):
        return None
    edge = body[side % 2] // 2
    metal, foot = (_turned_back(outline, _TURNS[side]) for outline in (lead.outline, lead.foot))
    count = row.sides[side]
    due = (2 * row.places_of(side).index(place) - count + 1) * row.pitch
    due = due // 2 if due >= 0 else -(-due // 2)
    width, along = foot[3] - foot[1], (foot[1] + foot[3]) // 2
    form = Form(width, foot[2] - foot[0], max(0, metal[2] - foot[2]), row.pulled_back, along - due)
    # No more than rounding is none.
    form = form._replace(shift=0 if abs(form.shift) <= SLACK else form.shift,
                         inner=row.inner if abs(form.inner - row.inner) <= SLACK else form.inner)
    return form if abs(metal[0] + edge) <= SLACK and abs(foot[0] + edge - row.pulled_back) <= SLACK else None


def _turned_back(outline: Outline, angle: int) -> tuple[int, int, int, int]:
    points = [transform(point, (0, 0), -angle) for point in outline.rings[0]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def other_lines(row: LeadRow) -> Iterator[str]:
    """The key ``other``: leads of one form together."""
    alike: dict[Form, list[int]] = {}
    for place, form in row.forms:
        alike.setdefault(form, []).append(place)
    if alike:
        yield line(6, "other:")
    for form, places in alike.items():
        said = [("leads", entries(map(str, places))),
                ("width", mm(form.width) if form.width != row.width else None),
                ("length", mm(form.length) if form.length != row.length else None),
                ("inner_length", (mm(form.inner) if form.inner else "0 mm") if form.inner != row.inner else None),
                ("shift", mm(form.shift) if form.shift else None)]
        yield line(8, f"- {group(said)}")
