"""Bond fingers and wires in the package file, key by key."""

from __future__ import annotations

from typing import Annotated, Any, Optional

from pydantic import Field

from ... import package as p
from ...package.datum import data_of
from . import types as t
from .group import Group
from .schemas import FINGERS_SCHEMA, WIRES_SCHEMA

Size = Annotated[t.SizeXY, Field(min_length=2, max_length=2)]
Point = Annotated[t.PointXY, Field(min_length=2, max_length=2)]
Counts = Annotated[list[t.Count], Field(min_length=2, max_length=2)]
WireRows = Annotated[list[Any], WIRES_SCHEMA]
ChipNames = list[t.PartName]


class Row(Group):
    """Fingers in a straight row, the first at its one end, the last at the other."""

    start: Point = Field(alias="from", description="Centre of the first finger", examples=[["-2 mm", "4 mm"]])
    end: Point = Field(alias="to", description="Centre of the last finger", examples=[["2 mm", "4 mm"]])
    count: t.Count = Field(description="How many", examples=[5])


class Arc(Group):
    """Fingers on an arc, each looking at its centre."""

    centre: Point = Field([0, 0], description="Centre of the circle", examples=[["0 mm", "0 mm"]])
    radius: t.Length = Field(description="Of the circle through the fingers' centres", examples=["5 mm"])
    start: t.Angle = Field(alias="from", description="Of the first finger, counter-clockwise from the right",
                           examples=["30 deg"])
    end: t.Angle = Field(alias="to", description="Of the last finger", examples=["60 deg"])
    count: t.Count = Field(description="How many", examples=[8])


class Fingers(Group):
    """Bond fingers of one size: a ring, a row, an arc, or one by one."""

    ring: Optional[Size] = Field(None, description="Around the carrier's centre: width and height of the rectangle that "
                                 "the fingers' centres lie on", examples=[["8 mm", "8 mm"]])
    count: Optional[Counts] = Field(None, description="Of a ring: how many at top and bottom each, and how many at the left "
                                    "and right side each", examples=[[12, 12]])
    pitch: Optional[t.Length] = Field(None, description="Of a ring: from one finger to the next; spread evenly if left out",
                                      examples=["200 um"])
    row: Optional[Row] = Field(None, description="A straight row",
                               examples=[{"from": ["-2 mm", "4 mm"], "to": ["2 mm", "4 mm"], "count": 5}])
    arc: Optional[Arc] = Field(None, description="An arc",
                               examples=[{"radius": "5 mm", "from": "30 deg", "to": "60 deg", "count": 8}])
    at: Optional[Annotated[dict[str, Any], FINGERS_SCHEMA]] = Field(
        None, description="One by one: name: [x, y], or [x, y, angle]", examples=[{"F1": ["-4 mm", "0 mm", "0 deg"]}])
    size: Size = Field(description="Across the wire and along it", examples=[["80 um", "200 um"]])
    angle: t.Angle = Field(0, description="Of a row: how far each finger is turned, counter-clockwise; at 0 it is long in y",
                           examples=["0 deg"])
    prefix: t.Text = Field("F", description="Stands before the number in each name", examples=["F"])
    nets: list[t.NetName] = Field([], description="Net of each finger, \"\" for none; else the netlist or its wire says it",
                                  examples=[["VDD", "GND"]])
    mask: t.MaskOver = Field("open", description="Whether solder mask covers them", examples=["open"])


class WireDefaults(Group, of=p.Wire):
    """What every wire is that says nothing else."""

    diameter: t.Length = Field(25_000, description="Diameter of a wire; 25 um if left out", examples=["25 um"])


class Auto(Group):
    """Wires that are proposed for pads which have none yet."""

    chips: ChipNames = Field(description="Whose bond pads", examples=[["U1"]])
    max_length: t.Length = Field(description="The longest wire, in plan", examples=["3 mm"])
    max_angle: t.Angle = Field(45_000, description="From the normal of the chip's edge", examples=["45 deg"])
    tiers: t.Tier = Field(1, description="How many loop tiers it may use", examples=[1])
    tier_step: Optional[t.Length] = Field(None, description="How much higher each tier loops than the one before",
                                          examples=["60 um"])


class Wires(Group):
    """The bond wires: a list, a table, and proposals for what is left."""

    defaults: WireDefaults = Field(default_factory=WireDefaults.model_construct, description="What every wire is",
                                   examples=[{"diameter": "25 um", "loop_height": "120 um ± 20 um"}])
    csv: Optional[t.FileName] = Field(None, description="A file with the columns from,to and, where they differ, "
                                      + ", ".join(data_of(p.Wire)), examples=["wires.csv"])
    list: WireRows = Field([], description="Wires one by one: [from, to], or with data of their own",
                           examples=[[["U1.A1", "F1"], {"from": "U1.A2", "to": "F2", "tier": 2}]])
    auto: Optional[Auto] = Field(None, description="Propose the rest",
                                 examples=[{"chips": ["U1"], "max_length": "3 mm"}])
