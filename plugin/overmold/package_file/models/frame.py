"""A lead frame in the package file, key by key."""

from __future__ import annotations

from typing import Annotated, Optional, Union

from pydantic import Field, Tag

from ... import package as p
from . import types as t
from .group import Group

Size = Annotated[t.SizeXY, Field(min_length=2, max_length=2)]
CountOrCounts = Annotated[
    Union[Annotated[t.Count, Tag("<word>")],
          Annotated[list[t.Count], Field(min_length=2, max_length=2), Tag("<list>")]], t.word_or("<list>")]


class Leads(Group, of=p.Frame, under="leads."):
    """The leads: all alike, evenly about the middle of each side."""

    sides: t.LeadSides = Field("4", description="4, or 2: only the left and the right side", examples=["4"])
    per_side: CountOrCounts = Field(description="How many on each side, or [left and right side each, top and bottom each]",
                                    examples=[8, [8, 10]])
    pitch: t.Length = Field(description="From one lead to the next", examples=["0.5 mm"])
    inner_length: Optional[t.Length] = Field(None, description="How far the metal goes on under the mold, half-etched",
                                             examples=["0.3 mm"])
    corner_leads: t.TrueFalse = Field("false", description="Whether a square lead stands in each corner", examples=[False])


class Frame(Group, of=p.Frame):
    """The lead frame that the carrier is. Leads are numbered counter-clockwise from the top of the left side."""

    leads: Leads = Field(description="The leads")
    paddle: Optional[Size] = Field(None, description="Width and height of the die attach pad", examples=[["2.7 mm", "2.7 mm"]])
    paddle_foot: Optional[Size] = Field(None, description="The part of the paddle that is soldered down; all if left out",
                                        examples=[["2.5 mm", "2.5 mm"]])
    paddle_net: t.NetName = Field("", description="Its net; else the netlist says it", examples=["GND"])
    nets: list[t.NetName] = Field([], description="Net of each lead, \"\" for none; else the netlist says it",
                                  examples=[["VDD", "GND"]])
    tie_bars: Optional[t.Length] = Field(None, description="Width of the bars from the paddle's corners to the body's",
                                         examples=["200 um"])
