"""Sites where their part puts them, what of a lead frame a netlist can connect, and what cannot be under one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Optional

from ... import package as p
from ...arrays import Sites
from ...faults import Fault
from ...marked_yaml import Marked
from ...package import FAR_SIDE, LEAD_FRAME
from ...shapes import Point, transform_all
from ..models.root import Root
from .netlist import Sink


def lead_sink(frame: Optional[p.Frame]) -> Sink:
    """What of a frame a netlist can connect: its leads by name, and its die attach pad, the last."""
    names = [*(lead.name for lead in frame.leads), p.PADDLE] if frame is not None else []
    fixed = [*(lead.net for lead in frame.leads), frame.paddle_net] if frame is not None else []
    return Sink("leads", {name: i for i, name in enumerate(names)}, [""] * len(names), fixed)


def placed_sites(sites: Sites, at: Point, angle: int) -> Sites:
    """The sites of a part that sits at ``at``, turned by ``angle``."""
    return replace(sites, xy=transform_all(sites.xy, at, angle))


def not_under_a_frame(root: Root, entries: Mapping[str, Sequence[int]], marked: Marked) -> Iterator[Fault]:
    """Faults for what stands on the far side of a carrier, where a lead frame has only its own metal; ``entries`` are the
    places of the root's chips and passives in the file."""
    if root.carrier.frame is not None and marked.at(("balls",)) is not None:
        yield marked.fault(("balls",), "a lead frame is soldered by its leads; leave 'balls' out, "
                           "and write lands of inner rows under 'carrier: frame: islands'", key=True)
    if root.carrier.frame is None and root.carrier.kind != LEAD_FRAME:
        return
    for what, parts in (("chip", root.chips), ("passive", root.passives)):
        for part, i in zip(parts, entries.get(f"{what}s", ())):
            if part.side == FAR_SIDE:
                yield marked.fault((f"{what}s", i, "side"), f"a lead frame bears no {what} on its far side, which is soldered "
                                   "to the customer's board; leave 'side' out, or write another kind of carrier", key=True)
