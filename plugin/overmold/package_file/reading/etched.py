"""Regions that are half-etched: from below, and what they leave of feet to be soldered down; from above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Optional

from ... import package as p
from ...faults import Fault
from ...geometry.leads import half_etched
from ...marked_yaml import Marked
from ...shapes import Outline, overlap_area, sticking_out, tidy
from ...units import LENGTH, show
from ..models.frame import Frame
from .lead_rows import HERE
from .outlines import corner_outline


def etched(frame: Frame, leads: list[p.Lead], paddle: Optional[Outline], foot: Optional[Outline], marked: Marked,
           faults: list[Fault]) -> tuple[list[p.Lead], Optional[Outline]]:
    """Leads and the paddle's foot without what is etched; a fault for a region without metal, and for a foot that is gone or in
    pieces."""
    feet = {lead.name: lead.foot for lead in leads}
    if foot is not None:
        feet[p.PADDLE] = foot
    metal = [*(lead.outline for lead in leads), *([paddle] if paddle is not None else [])]
    for i, corners in enumerate(frame.etched_from_below):
        path = (*HERE, "etched_from_below", i)
        region = corner_outline(corners, (0, 0), 0, path, marked, faults)
        if region is None:
            continue
        if not any(overlap_area(region, one) for one in metal):
            faults.append(marked.fault(path, "there is no metal here that could be etched", key=True))
        for name, said in _left(feet, region):
            whose = "the paddle" if name == p.PADDLE else f"lead {name}"
            faults.append(marked.fault(path, f"{said} of {whose} is left to solder down; make the region smaller or two of it",
                                       key=True))
    return [_with_foot(lead, feet[lead.name]) for lead in leads], feet.get(p.PADDLE)


def etched_above(frame: Frame, leads: list[p.Lead], paddle: Optional[Outline], foot: Optional[Outline], bars: Sequence[Outline],
                 marked: Marked, faults: list[Fault]) -> tuple[Outline, ...]:
    """The regions etched from above; a fault for one without metal, and for one that goes through what is etched from below."""
    metal = [*(lead.outline for lead in leads), *([paddle] if paddle is not None else []), *bars]
    thin = [part for lead in leads for part in lead.half_etched]
    if paddle is not None and foot is not None and foot != paddle:
        thin += sticking_out(paddle, foot)
    both = [frame.half_etch, frame.half_etch_above]
    deep = sum(depth.nominal for depth in both if depth is not None)
    found = []
    for i, corners in enumerate(frame.etched_from_above):
        path = (*HERE, "etched_from_above", i)
        region = corner_outline(corners, (0, 0), 0, path, marked, faults)
        if region is None:
            continue
        found.append(region)
        if not any(overlap_area(region, one) for one in metal):
            faults.append(marked.fault(path, "there is no metal here that could be etched", key=True))
        elif None not in both and deep >= frame.thickness.nominal and any(overlap_area(region, part) for part in thin):
            faults.append(marked.fault(path, "the metal here is etched from below as well: both depths, "
                                       f"{show(deep, LENGTH)}, go through the frame, {show(frame.thickness.nominal, LENGTH)} "
                                       "thick; make the region smaller or one of the depths", key=True))
    return tuple(found)


def _with_foot(lead: p.Lead, foot: Outline) -> p.Lead:
    if foot is lead.foot:
        return lead
    return p.Lead(lead.name, lead.outline, foot, lead.net, half_etched(lead.outline, foot))


def _left(feet: dict[str, Outline], region: Outline) -> Iterable[tuple[str, str]]:
    """Takes the region off all feet; of each that cannot lose it, its name and how much would be left."""
    wrong = []
    for name, foot in feet.items():
        if not overlap_area(foot, region):
            continue
        rest = sticking_out(foot, region)
        if len(rest) == 1 and len(rest[0].rings) == 1:
            feet[name] = tidy(rest[0])
        else:
            wrong.append((name, "nothing" if not rest else "more than one piece" if len(rest) > 1 else "a ring"))
    return wrong
