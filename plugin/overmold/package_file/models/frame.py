"""A lead frame in the package file, key by key."""

from __future__ import annotations

from typing import Optional, Union

from ... import package as p
from . import types as t
from .group import Group, Keys, key
from .values import Either, ListOf

_LEAD = [["-2.5 mm", "-1 mm"], ["-1.5 mm", "-1 mm"], ["-1.5 mm", "-0.3 mm"], ["-2.5 mm", "-0.3 mm"]]
_FOOT = [["-2.5 mm", "-1 mm"], ["-2.1 mm", "-1 mm"], ["-2.1 mm", "-0.3 mm"], ["-2.5 mm", "-0.3 mm"]]
_PAD = [["-1 mm", "-0.7 mm"], ["-0.7 mm", "-1 mm"], ["1 mm", "-1 mm"], ["1 mm", "1 mm"], ["-1 mm", "1 mm"]]


class OtherLeads(Group):
    """Leads that differ from the others, those of a side or by number; of two that name the same lead, the later counts."""

    side: str = key(t.BodySide, "All of this side", "left", usual="")
    leads: list[int] = key(ListOf(t.Count), "Their numbers, in place of a side", [1, 8], usual=[])
    pitch: Optional[int] = key(t.Length, "From one lead of the side to the next", "0.4 mm", usual=None)
    width: Optional[int] = key(t.Length, "Their width", "0.4 mm", usual=None)
    length: Optional[int] = key(t.Length, "How much of each is soldered down", "0.6 mm", usual=None)
    inner_length: Optional[int] = key(t.Reach, "How far the metal goes on under the mold, half-etched; 0 mm for not at "
                                      "all", "0.5 mm", usual=None)
    shift: int = key(t.Coordinate, "How far along their side they are moved, in the direction in which leads are counted",
                     "0.1 mm", usual=0)


class LandRow(Group):
    """A row of lands inside the leads, on all sides, as in a package of two rows (dual-row QFN)."""

    prefix: str = key(t.PartName, "Stands before the number in each name", "B")
    per_side: Union[int, list[int]] = key(Either(t.Count, t.SideCounts), "How many on each side, as of the leads", 6, [6, 8])
    skip: list[int] = key(ListOf(t.Count), "Places left out, by number; the others keep theirs", [3], usual=[])
    pitch: int = key(t.Length, "From one land to the next", "0.5 mm")
    inset: int = key(t.Length, "From the body's edge to the land", "0.9 mm")
    width: int = key(t.Length, "Of a land, along its side", "0.25 mm")
    length: int = key(t.Length, "Of a land, inwards", "0.3 mm")


class Leads(Group, of=p.Frame, under="leads."):
    """The leads: all alike unless 'other' says so, evenly about the middle of each side."""

    sides: str = key(t.LeadSides, "4, or 2: only the left and the right side", "4", usual="4")
    per_side: Union[int, list[int]] = key(Either(t.Count, t.SideCounts), "How many on each side, or [left and right side each, "
                                          "top and bottom each], or [left, bottom, right, top]", 8, [8, 10])
    skip: list[int] = key(ListOf(t.Count), "Places left out, by number; the others keep theirs", [3, 5], usual=[])
    pitch: int = key(t.Length, "From one lead to the next", "0.5 mm")
    inner_length: Optional[int] = key(t.Length, "How far the metal goes on under the mold, half-etched", "0.3 mm", usual=None)
    corner_leads: str = key(t.TrueFalse, "Whether a square lead stands in each corner", False, usual="false")
    round_ends: str = key(t.RoundEnds, "Which ends of the leads are half circles: the inner ones, or both where they are "
                          "pulled back; corner leads and further rows have none", "inner", usual="")
    other: list[OtherLeads] = key(ListOf(Keys(OtherLeads)), "Leads of another size or pitch",
                                  [{"side": "left", "width": "0.4 mm"}, {"leads": [1, 8], "length": "0.6 mm"}], usual=[])
    rows: list[LandRow] = key(ListOf(Keys(LandRow)), "Further rows of lands inside these leads",
                              [{"prefix": "B", "per_side": 6, "pitch": "0.5 mm", "inset": "0.9 mm", "width": "0.25 mm",
                                "length": "0.3 mm"}], usual=[])


class OwnLead(Group):
    """A lead of a form of its own, about the carrier's middle: one of the row by its number, or a further one by a name."""

    name: str = key(t.PartName, "Its number or name", "5")
    metal: list[list[int]] = key(t.Points, "Corners of all its metal, seen from the chip side", _LEAD)
    foot: Optional[list[list[int]]] = key(t.Points, "Corners of what is soldered down; all of it if left out, else the rest is "
                                          "half-etched", _FOOT, usual=None)
    net: str = key(t.NetName, "Its net, of a further lead; else the netlist says it", "GND", usual="")


class Island(Group):
    """Metal that reaches no edge: a further die attach pad, a land of an inner row."""

    name: str = key(t.PartName, "Its name", "EP2")
    size: list[int] = key(t.Size, "Width and height", ["1.2 mm", "2 mm"])
    at: list[int] = key(t.Point, "Where its centre is", ["1 mm", "0 mm"])
    foot: Optional[list[int]] = key(t.Size, "Width and height of what is soldered down; all if left out", ["1 mm", "1.8 mm"],
                                    usual=None)
    net: str = key(t.NetName, "Its net; else the netlist says it", "GND", usual="")


class OwnTieBar(Group):
    """A tie bar of a course of its own, about the carrier's middle: by its middle line and width, or by its corners."""

    path: Optional[list[list[int]]] = key(ListOf(t.Point, 2), "Its middle line, from the body's edge to the paddle or to "
                                          "another tie bar", [["-2.5 mm", "0 mm"], ["-1 mm", "0 mm"]], usual=None)
    width: Optional[int] = key(t.Length, "Its width, of one with a middle line", "150 um", usual=None)
    outline: Optional[list[list[int]]] = key(t.Points, "Its corners instead", _FOOT, usual=None)


class Frame(Group, of=p.Frame):
    """The lead frame that the carrier is. Leads are numbered counter-clockwise from the top of the left side."""

    leads: Leads = key(Keys(Leads), "The leads")
    paddle: Optional[list[int]] = key(t.Size, "Width and height of the die attach pad", ["2.7 mm", "2.7 mm"], usual=None)
    paddle_outline: Optional[list[list[int]]] = key(t.Points, "Its corners instead, about its place", _PAD, usual=None)
    paddle_chamfer: Optional[int] = key(t.Length, "How much of its corner at lead 1 is cut off, and of what is soldered of it",
                                        "0.3 mm", usual=None)
    paddle_at: list[int] = key(t.Point, "Where the paddle's centre is", ["0.3 mm", "0 mm"], usual=[0, 0])
    paddle_foot: Optional[list[int]] = key(t.Size, "The part of the paddle that is soldered down; all if left out",
                                           ["2.5 mm", "2.5 mm"], usual=None)
    paddle_foot_outline: Optional[list[list[int]]] = key(t.Points, "The corners of that part instead, about the paddle's place",
                                                         _PAD, usual=None)
    paddle_net: str = key(t.NetName, "Its net; else the netlist says it", "GND", usual="")
    own: list[OwnLead] = key(ListOf(Keys(OwnLead)), "Leads of another form than their row, and further ones",
                             [{"name": "5", "metal": _LEAD}], usual=[])
    islands: list[Island] = key(ListOf(Keys(Island)), "Further die attach pads, and lands of inner rows",
                                [{"name": "EP2", "size": ["1.2 mm", "2 mm"], "at": ["1 mm", "0 mm"]}], usual=[])
    fused: list[list[str]] = key(ListOf(ListOf(t.PartName, 2)), "Leads that are one piece of metal, by name, 'paddle' for the "
                                 "paddle: neighbours are joined at their inner ends, others must touch as they are drawn",
                                 [["5", "6"], ["12", "paddle"]], usual=[])
    etched_from_below: list[list[list[int]]] = key(
        ListOf(t.Points), "Further regions, by their corners, of which the metal is half-etched and not soldered down",
        [[["-1 mm", "-1 mm"], ["1 mm", "-1 mm"], ["1 mm", "-0.8 mm"], ["-1 mm", "-0.8 mm"]]], usual=[])
    etched_from_above: list[list[list[int]]] = key(
        ListOf(t.Points), "Regions, by their corners, of which all metal is half-etched on the chip side: steps of leads, "
        "grooves and moats of the paddle; nothing can land there",
        [[["-1.2 mm", "-1.2 mm"], ["1.2 mm", "-1.2 mm"], ["1.2 mm", "-1.1 mm"], ["-1.2 mm", "-1.1 mm"]]], usual=[])
    nets: list[str] = key(ListOf(t.NetName), "Net of each lead, \"\" for none; else the netlist says it", ["VDD", "GND"],
                          usual=[])
    tie_bars: Optional[int] = key(t.Length, "Width of the bars from the paddle's corners to the body's", "200 um", usual=None)
    own_tie_bars: list[OwnTieBar] = key(ListOf(Keys(OwnTieBar)), "Further tie bars, or others: to the middle of a side, bent, "
                                        "forked", [{"path": [["-2.5 mm", "0 mm"], ["-1 mm", "0 mm"]], "width": "150 um"}],
                                        usual=[])
