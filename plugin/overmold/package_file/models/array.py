"""The array language of the package file, key by key; the keys are those of ``arrays.ArrayPattern``."""

from __future__ import annotations

from typing import Any, Optional, Union

from ...arrays.pattern import BARE, JEDEC_LETTERS
from . import types as t
from .group import Group, Keys, key, usual
from .schemas import SPOTS_SCHEMA
from .values import Either, ListOf, Scalar, Unread

Selector = Union[str, "list[int]"]
_SELECTORS = ListOf(Either(t.Text, ListOf(t.Coordinate, 4, 4)))
_SELECTED = ["A1", "B2:D4", "row C", "columns 5:9", ["-1 mm", "-1 mm", "1 mm", "1 mm"]]
_PLACES = "Places as B2, B2:D4, row C, rows C:F, column 5, or areas [left, top, right, bottom]"


class Names(Group):
    """How the places of a grid are called; JEDEC's way if nothing is said."""

    first: str = key(t.Text, "Name of the place in the corner; A01 for two digits everywhere", "A1", usual="A1")
    corner: str = key(t.Corner, "Where that place lies, seen from above", "top left", usual="top left")
    rows: list[str] = key(ListOf(t.Text), "Names of your own for all rows", ["A", "B"], usual=[])
    columns: list[str] = key(ListOf(t.Text), "Names of your own for all columns", ["1", "2"], usual=[])
    letters: str = key(t.Letters, "Whether rows or columns have the letters", "rows", usual="rows")
    alphabet: str = key(t.Text, "Letters in use", "ABCDEFGHJKLMNPRTUVWY", usual=JEDEC_LETTERS)
    numbers: str = key(t.Numbers, "What counts: every place, every site, or sites one by one", "by place", usual="by place")
    prefix: str = key(t.Text, "Stands before each name", "1", usual="")


class Array(Group):
    """Which sites there are and where: a grid, or sites one by one (at, csv), or zones."""

    grid: Optional[list[int]] = key(t.Counts, "Columns and rows", [12, 12], usual=None)
    pitch: Optional[Union[int, list[int]]] = key(Either(t.Length, t.Size), "From one place to the next, or [in x, in y]",
                                                 "0.8 mm", ["0.8 mm", "0.65 mm"], usual=None)
    offset: list[int] = key(t.Point, "Where the array's centre is", ["0 mm", "0 mm"], usual=[0, 0])
    stagger: str = key(t.Stagger, "How every second row or column is shifted", "checkerboard", usual="")
    shift: str = key(t.Shift, "Which rows or columns are the shifted ones", "second", usual="second")
    only: list[Selector] = key(_SELECTORS, f"Nothing but these. {_PLACES}", _SELECTED, usual=[])
    rings: Optional[Union[int, list[int]]] = key(Either(t.Count, ListOf(t.Count)),
                                                 "So many outermost rings, or just the rings listed", 4, [1, 2, 5], usual=None)
    centre: Optional[list[int]] = key(t.Counts, "Columns and rows taken out of the middle", [4, 4], usual=None)
    corners: int = key(t.Count, "Sites cut off along each edge at every corner of the whole grid", 1, usual=0)
    skip: list[Selector] = key(_SELECTORS, f"Left out. {_PLACES}", _SELECTED, usual=[])
    keep: list[Selector] = key(_SELECTORS, f"Kept, whatever all else takes away. {_PLACES}", _SELECTED, usual=[])
    names: Names = key(Keys(Names), "How the sites are called", {"first": "A1"}, usual=usual(Names))
    at: Optional[dict[str, Any]] = key(Unread(dict, SPOTS_SCHEMA), "Sites one by one: name: [x, y], or [x, y, diameter], or "
                                       "[x, y, diameter, height, step, turn, width, sphere] of bumps, \"\" for what is as "
                                       "usual; of a site of balls that bears none 'lands' comes last",
                                       {"A1": ["-0.4 mm", "0 mm"], "A2": ["0.4 mm", "0 mm"]}, usual=None)
    csv: Optional[str] = key(t.FileName, "Sites from a table, as CSV or XLSX: the columns name,x,y and, if they "
                             "differ, diameter, bump_height, land_step, bump_turn, bump_width, solder_sphere and bare_land",
                             "bumps.csv", usual=None)
    y: str = key(t.YAxis, "Of a table: where its y grows to", "up", usual="down")
    view: str = key(t.View, "Of a table: which side of the package its places are seen from", "bottom", usual="top")
    origin: Union[str, list[int]] = key(Either(t.Origin, t.Point), "Of a table: the point of it that is the array's centre; "
                                        "'middle' is that of its sites", "middle", ["5 mm", "5 mm"], usual="table")
    diameter: int = key(t.Length, "Diameter of these sites and of those of the zones, where it differs from the others'",
                        "80 um", usual=0)
    height: int = key(t.Length, "Of bumps: height of these, where it differs from the others'; its tolerance is theirs",
                      "70 um", usual=0)
    step: int = key(t.Coordinate, "Of bumps: how much higher than under the others the land under these stands; in a cavity "
                    "it is negative", "-30 um", usual=0)
    turn: Optional[int] = key(t.Angle, "Of oblong bumps: how far the length of these is turned from the chip's own x axis, "
                              "where it is not as the others'", "90 deg", usual=None)
    width: int = key(t.Length, "Of oblong bumps whose diameter, their length, is stated here: how wide these are; round if "
                     "left out", "50 um", usual=0)
    sphere: int = key(t.Length, "Of bumps: diameter of a sphere of as much solder as each of these has, where it differs from "
                      "the others'; its tolerance is theirs", "90 um", usual=0)
    terminals: str = key(Scalar(t.one_of(BARE), {"enum": [BARE]}), "Of balls: 'lands' where these sites and those of the zones "
                         "bear none and are bare lands", BARE, usual="")
    zones: list[Array] = key(ListOf(Keys(lambda: Array)), "Arrays within this one, with a pitch and names of their own",
                             [{"grid": [4, 4], "pitch": "0.5 mm", "names": {"prefix": "Z"}}], usual=[])
