"""The leads of a frame as its file says them: those of the row, those of a form of their own, islands; none touches another."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Optional

from ... import package as p
from ...faults import Fault
from ...geometry.leads import LeadRow, half_etched, leads_of
from ...marked_yaml import Marked
from ...shapes import Outline, Point, distance, margin_inside, overlap_area, rectangle
from ..models.frame import Frame, OwnLead
from ..models.values import Path
from .lead_rows import HERE, beyond_body, inner_lands
from .outlines import corner_outline


def all_leads(frame: Frame, row: LeadRow, body: Point, marked: Marked, faults: list[Fault]) -> list[p.Lead]:
    """Every lead with its net, those of the row first; a fault for each that cannot be."""
    regular = leads_of(row, body)
    if frame.nets and len(frame.nets) != len(regular):
        said = f"there are {len(regular)} leads, but 'nets' lists {len(frame.nets)}; write one for each, \"\" for none"
        faults.append(marked.fault((*HERE, "nets"), said, key=True))
    nets = [*frame.nets, *[""] * len(regular)]
    leads = {one.name: p.Lead(one.name, one.outline, one.foot, net, one.half_etched) for one, net in zip(regular, nets)}
    for name in beyond_body(iter(leads.values()), body):
        said = f"lead {name} reaches beyond the body; make it shorter, or 'shift' it less"
        faults.append(marked.fault((*HERE, "leads"), said, key=True))
    inner = inner_lands(frame.leads, body, marked, faults)
    for name, lead, path in (*_own(frame, leads, marked, faults), *inner, *_islands(frame)):
        if name == p.PADDLE or (path[-2] != "own" and name in leads):
            key = "prefix" if path[-2] == "rows" else "name"
            faults.append(marked.fault((*path, key), f"'{name}' is the name of other metal of the frame; choose another"))
        elif not overlap_area(lead.outline, rectangle((0, 0), body)):
            faults.append(marked.fault(path, f"{name} lies beside the body", key=True))
        else:
            leads[name] = lead
    return list(leads.values())


def _own(frame: Frame, regular: dict[str, p.Lead], marked: Marked, faults: list[Fault]) -> Iterator[tuple[str, p.Lead, Path]]:
    for i, own in enumerate(frame.own):
        path = (*HERE, "own", i)
        metal = corner_outline(own.metal, (0, 0), 0, (*path, "metal"), marked, faults)
        foot = _foot(own, path, marked, faults) if own.foot is not None else metal
        if metal is None or foot is None:
            continue
        if foot is not metal and margin_inside(foot, metal) < 0:
            faults.append(marked.fault((*path, "foot"), "the foot reaches beyond the metal of its lead", key=True))
            continue
        net = own.net or (regular[own.name].net if own.name in regular else "")
        yield own.name, p.Lead(own.name, metal, foot, net, half_etched(metal, foot)), path


def _foot(own: OwnLead, path: Path, marked: Marked, faults: list[Fault]) -> Optional[Outline]:
    return corner_outline(own.foot or (), (0, 0), 0, (*path, "foot"), marked, faults)


def _islands(frame: Frame) -> Iterator[tuple[str, p.Lead, Path]]:
    for i, one in enumerate(frame.islands):
        at = (one.at[0], one.at[1])
        metal = rectangle(at, (one.size[0], one.size[1]))
        foot = rectangle(at, (one.foot[0], one.foot[1])) if one.foot else metal
        yield one.name, p.Lead(one.name, metal, foot, one.net, half_etched(metal, foot)), (*HERE, "islands", i)


def touching_metal(frame: Frame, row: LeadRow, leads: Sequence[p.Lead], paddle: Optional[Outline], bars: Sequence[Outline],
                   marked: Marked, fused: Collection[frozenset[str]]) -> Iterator[Fault]:
    """A fault where a lead touches another, the paddle or a tie bar, the first of each; ``fused`` are pairs that may."""
    def may(one: str, other: str) -> bool:
        return frozenset((one, other)) in fused

    near = next((lead for lead in leads if paddle is not None and not may(lead.name, p.PADDLE)
                 and not distance(lead.outline, paddle)), None)
    if near is not None:
        said = f"the paddle touches lead {near.name}; make it smaller, or the leads shorter, or name both under 'fused'"
        yield marked.fault((*HERE, "paddle"), said, key=True)
    hit = next(((lead.name, i) for lead in leads for i, bar in enumerate(bars)
                if not may(lead.name, p.PADDLE) and not distance(lead.outline, bar)), None)
    if hit is not None:
        said = f"a tie bar touches lead {hit[0]}; make it narrower, or the leads shorter or fewer"
        first = len(bars) - len(frame.own_tie_bars)
        path: Path = ("own_tie_bars", hit[1] - first) if hit[1] >= first else ("tie_bars",)
        yield marked.fault((*HERE, *path), said, key=True)
    odd = {one.name for one in (*frame.own, *frame.islands)} | {str(place) for place, _ in row.forms}
    odd |= {name for pair in fused for name in pair} | {lead.name for lead in leads if not lead.name.isdecimal()}
    for lead in (lead for lead in leads if lead.name in odd):
        other = next((one.name for one in leads if one is not lead and not may(one.name, lead.name)
                      and not distance(one.outline, lead.outline)), None)
        if other is not None:
            yield marked.fault(HERE, f"lead {lead.name} touches lead {other}; name leads that are one piece of metal under "
                               "'fused'", key=True)
            return
