"""A lead frame in the package file, key by key."""

from __future__ import annotations

from typing import Optional, Union

from ... import package as p
from . import types as t
from .group import Group, Keys, key
from .values import Either, ListOf


class Leads(Group, of=p.Frame, under="leads."):
    """The leads: all alike, evenly about the middle of each side."""

    sides: str = key(t.LeadSides, "4, or 2: only the left and the right side", "4", usual="4")
    per_side: Union[int, list[int]] = key(Either(t.Count, t.Counts), "How many on each side, or [left and right side each, top "
                                          "and bottom each]", 8, [8, 10])
    pitch: int = key(t.Length, "From one lead to the next", "0.5 mm")
    inner_length: Optional[int] = key(t.Length, "How far the metal goes on under the mold, half-etched", "0.3 mm", usual=None)
    corner_leads: str = key(t.TrueFalse, "Whether a square lead stands in each corner", False, usual="false")


class Frame(Group, of=p.Frame):
    """The lead frame that the carrier is. Leads are numbered counter-clockwise from the top of the left side."""

    leads: Leads = key(Keys(Leads), "The leads")
    paddle: Optional[list[int]] = key(t.Size, "Width and height of the die attach pad", ["2.7 mm", "2.7 mm"], usual=None)
    paddle_foot: Optional[list[int]] = key(t.Size, "The part of the paddle that is soldered down; all if left out",
                                           ["2.5 mm", "2.5 mm"], usual=None)
    paddle_net: str = key(t.NetName, "Its net; else the netlist says it", "GND", usual="")
    nets: list[str] = key(ListOf(t.NetName), "Net of each lead, \"\" for none; else the netlist says it", ["VDD", "GND"],
                          usual=[])
    tie_bars: Optional[int] = key(t.Length, "Width of the bars from the paddle's corners to the body's", "200 um", usual=None)
