"""A lead frame in the package file, key by key."""

from __future__ import annotations

from typing import Annotated, Optional, Union

from pydantic import Field, Tag

from . import types as t
from .group import Group

Size = Annotated[t.SizeXY, Field(min_length=2, max_length=2)]
CountOrCounts = Annotated[
    Union[Annotated[t.Count, Tag("<word>")],
          Annotated[list[t.Count], Field(min_length=2, max_length=2), Tag("<list>")]], t.word_or("<list>")]


class Leads(Group):
    """The leads: all alike, evenly about the middle of each side."""

    sides: t.LeadSides = Field("4", description="4, or 2: only the left and the right side", examples=["4"])
    per_side: CountOrCounts = Field(description="How many on each side, or [left and right side each, top and bottom each]",
                                    examples=[8, [8, 10]])
    pitch: t.Length = Field(description="From one lead to the next", examples=["0.5 mm"])
    width: t.Distance = Field(description="Of a lead", examples=["0.25 mm ± 0.05 mm"])
    length: t.Distance = Field(description="Of the part that is soldered down, its foot", examples=["0.4 mm ± 0.1 mm"])
    inner_length: Optional[t.Length] = Field(None, description="How far the metal goes on under the mold, half-etched",
                                             examples=["0.3 mm"])
    pulled_back: t.Inset = Field(t.NO_INSET, description="How far the foot stays inside the body's edge",
                                 examples=["0 mm"])
    corner_leads: t.TrueFalse = Field("false", description="Whether a square lead stands in each corner", examples=[False])


class Frame(Group):
    """The lead frame that the carrier is. Leads are numbered counter-clockwise from the top of the left side."""

    thickness: t.Distance = Field(description="Of the metal", examples=["200 um ± 8 um"])
    leads: Leads = Field(description="The leads")
    paddle: Optional[Size] = Field(None, description="Width and height of the die attach pad", examples=[["2.7 mm", "2.7 mm"]])
    paddle_foot: Optional[Size] = Field(None, description="The part of the paddle that is soldered down; all if left out",
                                        examples=[["2.5 mm", "2.5 mm"]])
    paddle_net: t.NetName = Field("", description="Its net; else the netlist says it", examples=["GND"])
    nets: list[t.NetName] = Field([], description="Net of each lead, \"\" for none; else the netlist says it",
                                  examples=[["VDD", "GND"]])
    tie_bars: Optional[t.Length] = Field(None, description="Width of the bars from the paddle's corners to the body's",
                                         examples=["200 um"])
    half_etch: Optional[t.Distance] = Field(None, description="Depth of the half-etch from below", examples=["100 um"])
    dam_bar: Optional[t.Length] = Field(None, description="Width of the bar that joins the leads of neighbours",
                                        examples=["150 um"])
    strip: Annotated[list[t.OnStrip], Field(min_length=2, max_length=2)] = Field(
        [1, 1], description="Rows and columns of packages on one strip", examples=[[8, 20]])
    body_tolerance: Optional[t.Length] = Field(None, description="How much wider or narrower the body may be",
                                               examples=["0.1 mm"])
