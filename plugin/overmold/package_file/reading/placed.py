"""Sites where their part puts them, and what of a lead frame a netlist can connect."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

import numpy as np

from ... import package as p
from ...arrays import Sites
from ...shapes import Point
from .netlist import Sink


def lead_sink(frame: Optional[p.Frame]) -> Sink:
    """What of a frame a netlist can connect: its leads by name, and its die attach pad, the last."""
    names = [*(lead.name for lead in frame.leads), p.PADDLE] if frame is not None else []
    fixed = [*(lead.net for lead in frame.leads), frame.paddle_net] if frame is not None else []
    return Sink("leads", {name: i for i, name in enumerate(names)}, [""] * len(names), fixed)


def placed_sites(sites: Sites, at: Point, angle: int) -> Sites:
    """The sites of a part that sits at ``at``, turned by ``angle``; the same arithmetic as ``shapes.place``."""
    quarter, rest = divmod(angle % 360_000, 90_000)
    x, y = sites.xy[:, 0], sites.xy[:, 1]
    if rest:
        turn = np.radians(angle / 1000)
        cos, sin = np.cos(turn), np.sin(turn)
        x, y = np.rint(x * cos + y * sin).astype(np.int64), np.rint(y * cos - x * sin).astype(np.int64)
    else:
        x, y = ((x, y), (y, -x), (-x, -y), (-y, x))[quarter]
    return replace(sites, xy=np.column_stack((x + at[0], y + at[1])))
