"""Bond fingers and wires in the package file, key by key."""

from __future__ import annotations

from typing import Any, Optional

from ... import package as p
from ...package.datum import data_of
from . import types as t
from .group import Group, Keys, key, usual
from .schemas import FINGERS_SCHEMA, WIRES_SCHEMA
from .values import ListOf, Unread


class Row(Group):
    """Fingers in a straight row, the first at its one end, the last at the other."""

    start: list[int] = key(t.Point, "Centre of the first finger", ["-2 mm", "4 mm"], name="from")
    end: list[int] = key(t.Point, "Centre of the last finger", ["2 mm", "4 mm"], name="to")
    count: int = key(t.Count, "How many", 5)


class Arc(Group):
    """Fingers on an arc, each looking at its centre."""

    centre: list[int] = key(t.Point, "Centre of the circle", ["0 mm", "0 mm"], usual=[0, 0])
    radius: int = key(t.Length, "Of the circle through the fingers' centres", "5 mm")
    start: int = key(t.Angle, "Of the first finger, counter-clockwise from the right", "30 deg", name="from")
    end: int = key(t.Angle, "Of the last finger", "60 deg", name="to")
    count: int = key(t.Count, "How many", 8)


class Fingers(Group):
    """Bond fingers of one size: a ring, a row, an arc, one by one, or from a table."""

    ring: Optional[list[int]] = key(t.Size, "Around the carrier's centre: width and height of the rectangle that the fingers' "
                                    "centres lie on", ["8 mm", "8 mm"], usual=None)
    count: Optional[list[int]] = key(t.Counts, "Of a ring: how many at top and bottom each, and how many at the left and right "
                                     "side each", [12, 12], usual=None)
    pitch: Optional[int] = key(t.Length, "Of a ring: from one finger to the next; spread evenly if left out", "200 um",
                               usual=None)
    row: Optional[Row] = key(Keys(Row), "A straight row", {"from": ["-2 mm", "4 mm"], "to": ["2 mm", "4 mm"], "count": 5},
                             usual=None)
    arc: Optional[Arc] = key(Keys(Arc), "An arc", {"radius": "5 mm", "from": "30 deg", "to": "60 deg", "count": 8}, usual=None)
    at: Optional[dict[str, Any]] = key(Unread(dict, FINGERS_SCHEMA), "One by one: name: [x, y], or [x, y, angle]",
                                       {"F1": ["-4 mm", "0 mm", "0 deg"]}, usual=None)
    csv: Optional[str] = key(t.FileName, "From a table, as CSV or XLSX: the columns name,x,y and, if they differ, angle and "
                             "net",
                             "fingers.csv", usual=None)
    size: list[int] = key(t.Size, "Across the wire and along it", ["80 um", "200 um"])
    angle: int = key(t.Angle, "Of a row: how far each finger is turned, counter-clockwise; at 0 it is long in y", "0 deg",
                     usual=0)
    prefix: str = key(t.Text, "Stands before the number in each name", "F", usual="F")
    nets: list[str] = key(ListOf(t.NetName), "Net of each finger, \"\" for none; else the netlist or its wire says it",
                          ["VDD", "GND"], usual=[])
    mask: str = key(t.MaskOver, "Whether solder mask covers them", "open", usual="open")


class WireDefaults(Group, of=p.Wire):
    """What every wire is that says nothing else."""

    diameter: int = key(t.Length, "Diameter of a wire; 25 um if left out", "25 um", usual=25_000)


class Auto(Group):
    """Wires that are proposed for pads which have none yet."""

    chips: list[str] = key(ListOf(t.PartName), "Whose bond pads", ["U1"])
    max_length: int = key(t.Length, "The longest wire, in plan", "3 mm")
    max_angle: int = key(t.Angle, "From the normal of the chip's edge", "45 deg", usual=45_000)
    tiers: int = key(t.Tier, "How many loop tiers it may use", 1, usual=1)
    down_bonds: Optional[int] = key(t.Length, "Pads of the net of a lead frame's paddle, or of metal around it, are wired down "
                                    "to that: from the chip's edge to where such a wire lands; none are if left out", "0.3 mm",
                                    usual=None)
    tier_step: Optional[int] = key(t.Length, "How much higher each tier loops than the one before", "60 um", usual=None)


class Wires(Group):
    """The bond wires: a list, a table, and proposals for what is left."""

    defaults: WireDefaults = key(Keys(WireDefaults), "What every wire is",
                                 {"diameter": "25 um", "loop_height": "120 um ± 20 um"}, usual=usual(WireDefaults))
    csv: Optional[str] = key(t.FileName, "A file with the columns from,to and, where they differ, "
                             + ", ".join(data_of(p.Wire)), "wires.csv", usual=None)
    list: list[Any] = key(Unread(list, WIRES_SCHEMA), "Wires one by one: [from, to], or with data of their own",
                          [["U1.A1", "F1"], {"from": "U1.A2", "to": "F2", "tier": 2}], usual=())
    auto: Optional[Auto] = key(Keys(Auto), "Propose the rest", {"chips": ["U1"], "max_length": "3 mm"}, usual=None)
