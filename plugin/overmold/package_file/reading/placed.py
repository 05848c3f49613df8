"""Sites where their part puts them, and what of a lead frame a netlist can connect."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from ... import package as p
from ...arrays import Sites
from ...shapes import Point, transform_all
from .netlist import Sink


def lead_sink(frame: Optional[p.Frame]) -> Sink:
    """What of a frame a netlist can connect: its leads by name, and its die attach pad, the last."""
    names = [*(lead.name for lead in frame.leads), p.PADDLE] if frame is not None else []
    fixed = [*(lead.net for lead in frame.leads), frame.paddle_net] if frame is not None else []
    return Sink("leads", {name: i for i, name in enumerate(names)}, [""] * len(names), fixed)


def placed_sites(sites: Sites, at: Point, angle: int) -> Sites:
    """The sites of a part that sits at ``at``, turned by ``angle``."""
    return replace(sites, xy=transform_all(sites.xy, at, angle))
