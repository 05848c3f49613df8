"""Rows of leads as a package file says them: the numbers of the row, leads that differ from it, rows of lands inside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Union

from ... import package as p
from ...faults import Fault
from ...geometry.leads import BOTH, Form, LeadRow, crowded, leads_of
from ...marked_yaml import Marked
from ...package.bounds import MOST_LEADS
from ...shapes import Outline, Point, margin_inside, rectangle
from ...units import LENGTH, show
from ..models.frame import LandRow, Leads, OtherLeads
from ..models.values import Path

HERE = ("carrier", "frame")
SIDES = ("left", "bottom", "right", "top")
Say = Callable[[str, str], None]


def lead_row(leads: Leads, body: Point, marked: Marked, faults: list[Fault]) -> LeadRow:
    """The row of the outermost leads; a fault for each of its numbers that does not fit."""
    pulled_back = leads.pulled_back.nominal if leads.pulled_back else 0
    row = _counted(leads.per_side, LeadRow(
        down=0, across=0, pitch=leads.pitch, width=leads.width.nominal, length=leads.length.nominal,
        inner=leads.inner_length or 0, pulled_back=pulled_back, corners=leads.corner_leads == "true",
        left_out=tuple(leads.skip), rounded=leads.round_ends), has_four=leads.sides == "4")
    row = _with_others(leads.other, row, marked, faults)
    if row.rounded and not_round(row):
        faults.append(marked.fault((*HERE, "leads", "round_ends"), not_round(row), key=True))
    faults += (marked.fault((*HERE, "leads", key), said, key=True) for key, said in _odd(leads.per_side, row, body))
    return row


def _counted(per_side: Union[int, list[int]], row: LeadRow, has_four: bool = True) -> LeadRow:
    many = per_side if isinstance(per_side, list) else [per_side, per_side]
    down, across = (many[0], many[1]) if len(many) < 4 else (max(many[0], many[2]), max(many[1], many[3]))
    return row._replace(down=down, across=across if has_four else 0, counts=tuple(many) if len(many) == 4 else ())


def _odd(per_side: Union[int, list[int]], row: LeadRow, body: Point) -> Iterator[tuple[str, str]]:
    """Key and message of what is wrong with a row."""
    if isinstance(per_side, list) and len(per_side) == 3:
        yield "per_side", ("three counts leave a side out; write one, two ([left and right, top and bottom]) or four "
                           "([left, bottom, right, top])")
    elif not sum(row.sides) or max(row.sides) > MOST_LEADS:
        yield "per_side", f"a frame has leads, {MOST_LEADS:,} a side at most; write for example 8"
    elif crowded(row, body):
        yield "per_side", crowded(row, body)
    beyond = [place for place in row.left_out if not 0 < place <= row.places]
    if beyond:
        yield "skip", f"there is no place {beyond[0]}: the frame has {row.places}"


def _with_others(others: list[OtherLeads], row: LeadRow, marked: Marked, faults: list[Fault]) -> LeadRow:
    """The row with the forms and pitches of the leads that differ."""
    forms, pitches = dict[int, Form](), [row.pitch] * 4
    by_side = {place for side in range(4) for place in row.places_of(side)}
    for i, one in enumerate(others):
        path = (*HERE, "leads", "other", i)
        said = _odd_other(one, row, by_side)
        if said:
            faults.append(marked.fault(path, said, key=True))
            continue
        if one.pitch is not None:
            pitches[SIDES.index(one.side)] = one.pitch
        for place in row.places_of(SIDES.index(one.side)) if one.side else one.leads:
            form = forms.get(place, row.form)
            said_of_it = {"width": one.width, "length": one.length, "inner": one.inner_length, "shift": one.shift or None}
            forms[place] = form._replace(**{name: value for name, value in said_of_it.items() if value is not None})
    plain = all(pitch == row.pitch for pitch in pitches)
    return row._replace(forms=tuple(sorted((place, form) for place, form in forms.items() if form != row.form)),
                        pitches=() if plain else tuple(pitches))


def not_round(row: LeadRow) -> str:
    """Why the ends of the leads cannot be half circles, "" where they can."""
    if row.rounded == BOTH and not row.pulled_back:
        return "an outer end at the body's edge is cut off straight; write 'inner', or how far the leads are pulled back"
    for form in (row.form, *(form for _, form in row.forms)):
        needed = form.width if row.rounded == BOTH else form.width // 2
        if form.length < needed:
            return (f"a lead {show(form.width, LENGTH)} wide is too short for that, {show(form.length, LENGTH)}; a half circle "
                    "takes half its width at each end")
    return ""


def _odd_other(one: OtherLeads, row: LeadRow, by_side: set[int]) -> str:
    if bool(one.side) == bool(one.leads):
        return "say which leads differ: all of a side ('side: left'), or some by their numbers ('leads: [1, 8]')"
    if one.pitch is not None and not one.side:
        return "'pitch' is from lead to lead of a whole side; write 'side', or 'shift' for single leads"
    beyond = next((place for place in one.leads if not 0 < place <= row.places), None)
    if beyond is not None:
        return f"there is no place {beyond}: the frame has {row.places}"
    corner = next((place for place in one.leads if place not in by_side), None)
    return f"lead {corner} stands in a corner; give it a form under 'own'" if corner is not None else ""


def inner_lands(leads: Leads, body: Point, marked: Marked, faults: list[Fault]) -> Iterator[tuple[str, p.Lead, Path]]:
    """The lands of all further rows, each with its place in the file."""
    for i, one in enumerate(leads.rows):
        path = (*HERE, "leads", "rows", i)
        row = _counted(one.per_side, LeadRow(down=0, across=0, pitch=one.pitch, width=one.width, length=one.length,
                                             pulled_back=one.inset, left_out=tuple(one.skip)))
        wrong = list(_odd(one.per_side, row, body))
        faults += (marked.fault((*path, key), said, key=True) for key, said in wrong)
        if not wrong:
            yield from ((f"{one.prefix}{land.name}", _land(one, land.name, land.foot), path) for land in leads_of(row, body))


def _land(row: LandRow, number: str, foot: Outline) -> p.Lead:
    return p.Lead(f"{row.prefix}{number}", foot, foot)


def beyond_body(leads: Iterator[p.Lead], body: Point) -> Iterator[str]:
    """The names of leads that reach beyond the body, rounding aside."""
    room = rectangle((0, 0), body)
    return (lead.name for lead in leads if margin_inside(lead.outline, room) < -1)


__all__ = ["HERE", "beyond_body", "inner_lands", "lead_row"]
