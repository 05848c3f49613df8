"""The array language of the package file, key by key; the keys are those of ``arrays.ArrayPattern``."""

from __future__ import annotations

from typing import Annotated, Any, Optional, Union

from pydantic import BaseModel, ConfigDict, Field, Tag

from ...arrays.pattern import JEDEC_LETTERS
from . import types as t
from .schemas import SPOTS_SCHEMA

Area = Annotated[t.PointXY, Field(min_length=4, max_length=4)]
Selector = Annotated[Union[Annotated[t.Text, Tag("<word>")], Annotated[Area, Tag("<list>")]], t.word_or("<list>")]
_SELECTORS = [["A1", "B2:D4", "row C", "columns 5:9", ["-1 mm", "-1 mm", "1 mm", "1 mm"]]]
_PLACES = "Places as B2, B2:D4, row C, rows C:F, column 5, or areas [left, top, right, bottom]"


class Names(BaseModel):
    """How the places of a grid are called; JEDEC's way if nothing is said."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    first: t.Text = Field("A1", description="Name of the place in the corner; A01 for two digits everywhere",
                          examples=["A1"])
    corner: t.Corner = Field("top left", description="Where that place lies, seen from above", examples=["top left"])
    rows: list[t.Text] = Field([], description="Names of your own for all rows", examples=[["A", "B"]])
    columns: list[t.Text] = Field([], description="Names of your own for all columns", examples=[["1", "2"]])
    letters: t.Letters = Field("rows", description="Whether rows or columns have the letters", examples=["rows"])
    alphabet: t.Text = Field(JEDEC_LETTERS, description="Letters in use", examples=["ABCDEFGHJKLMNPRTUVWY"])
    numbers: t.Numbers = Field("by place", description="What counts: every place, every site, or sites one by one",
                               examples=["by place"])
    prefix: t.Text = Field("", description="Stands before each name", examples=["1"])


class Array(BaseModel):
    """Which sites there are and where: a grid, or sites one by one (at, csv), or zones."""

    model_config = ConfigDict(extra="forbid", defer_build=True)

    grid: Optional[Annotated[list[t.Count], Field(min_length=2, max_length=2)]] = Field(
        None, description="Columns and rows", examples=[[12, 12]])
    pitch: Optional[Annotated[Union[Annotated[t.Length, Tag("<word>")],
                                    Annotated[t.SizeXY, Field(min_length=2, max_length=2), Tag("<list>")]],
                              t.word_or("<list>")]] = Field(
        None, description="From one place to the next, or [in x, in y]", examples=["0.8 mm", ["0.8 mm", "0.65 mm"]])
    offset: Annotated[t.PointXY, Field(min_length=2, max_length=2)] = Field(
        [0, 0], description="Where the array's centre is", examples=[["0 mm", "0 mm"]])
    stagger: t.Stagger = Field("", description="How every second row or column is shifted", examples=["checkerboard"])
    shift: t.Shift = Field("second", description="Which rows or columns are the shifted ones", examples=["second"])
    only: list[Selector] = Field([], description=f"Nothing but these. {_PLACES}", examples=_SELECTORS)
    rings: Optional[Annotated[Union[Annotated[t.Count, Tag("<word>")], Annotated[list[t.Count], Tag("<list>")]],
                              t.word_or("<list>")]] = Field(
        None, description="So many outermost rings, or just the rings listed", examples=[4, [1, 2, 5]])
    centre: Optional[Annotated[list[t.Count], Field(min_length=2, max_length=2)]] = Field(
        None, description="Columns and rows taken out of the middle", examples=[[4, 4]])
    corners: t.Count = Field(0, description="Sites cut off along each edge at every corner of what rings and only leave",
                              examples=[1])
    skip: list[Selector] = Field([], description=f"Left out. {_PLACES}", examples=_SELECTORS)
    keep: list[Selector] = Field([], description=f"Kept, whatever all else takes away. {_PLACES}", examples=_SELECTORS)
    names: Names = Field(default_factory=Names.model_construct, description="How the sites are called",
                         examples=[{"first": "A1"}])
    at: Optional[Annotated[dict[str, Any], SPOTS_SCHEMA]] = Field(
        None, description="Sites one by one: name: [x, y], or [x, y, diameter]",
        examples=[{"A1": ["-0.4 mm", "0 mm"], "A2": ["0.4 mm", "0 mm"]}])
    csv: Optional[t.FileName] = Field(
        None, description="Sites from a table: a file with the columns name,x,y and, if they differ, diameter",
        examples=["bumps.csv"])
    zones: list[Array] = Field([], description="Arrays within this one, with a pitch and names of their own",
                               examples=[[{"grid": [4, 4], "pitch": "0.5 mm", "names": {"prefix": "Z"}}]])
