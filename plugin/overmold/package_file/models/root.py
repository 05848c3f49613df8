"""The package file, key by key: what there is, what it means, how it is written.

These models are the one description of the file. Reading uses them, and so does the JSON Schema that completes keys in
an editor. They know nothing of what belongs together; ``build`` does.
"""

from __future__ import annotations

from typing import Annotated, Any, Optional, Union

from pydantic import Field, Tag

from ... import package as p
from . import types as t
from .array import Array
from .frame import Frame
from .group import Group
from .schemas import ROW_SCHEMA
from .wire import Fingers, Wires

Size = Annotated[t.SizeXY, Field(min_length=2, max_length=2, examples=[["5 mm", "5 mm"]])]
Point = Annotated[t.PointXY, Field(min_length=2, max_length=2, examples=[["0 mm", "0 mm"]])]
Points = Annotated[
    list[Point], Field(min_length=3, examples=[[["-5 mm", "-5 mm"], ["5 mm", "-5 mm"], ["0 mm", "5 mm"]]])]
SizeOrPoints = Annotated[
    Union[Annotated[t.OutlineWord, Tag("<word>")], Annotated[Size, Tag("<size>")], Annotated[Points, Tag("<points>")]],
    t.word_or("<size>")]
NameOrNames = Annotated[
    Union[Annotated[t.PartName, Tag("<word>")], Annotated[list[t.PartName], Field(min_length=1), Tag("<list>")]],
    t.word_or("<list>")]
CaseOrSize = Annotated[Union[Annotated[t.CaseName, Tag("<word>")], Annotated[Size, Tag("<list>")]], t.word_or("<list>")]
FileOrRows = Annotated[
    Union[Annotated[t.FileName, Tag("<word>")],
          Annotated[list[Annotated[list[Any], ROW_SCHEMA]], Tag("<list>")]], t.word_or("<list>")]


class Layer(Group, of=p.Layer):
    """One layer of the carrier's stack-up."""

    layer: t.LayerKind = Field(description="What it is", examples=["mask"])
    name: t.Text = Field("", description="A name of your own", examples=["top mask"])


class Carrier(Group, of=p.Carrier):
    """What chips, passives and mold stand on. Its centre is the origin of all positions."""

    size: Optional[Size] = Field(None, description="Width and height", examples=[["10 mm", "10 mm"]])
    outline: Optional[Points] = Field(None, description="Corners instead of a size, for any other shape",
                                      examples=[[["-5 mm", "-5 mm"], ["5 mm", "-5 mm"], ["0 mm", "5 mm"]]])
    stackup: list[Layer] = Field([], description="Layers from the chip side down",
                                 examples=[[{"layer": "mask", "thickness": "15 um ± 3 um"}]])
    frame: Optional[Frame] = Field(None, description="The metal of a lead frame: leads, die attach pad, tie bars", examples=[
        {"thickness": "200 um ± 8 um", "leads": {"per_side": 8, "pitch": "0.5 mm", "width": "0.25 mm", "length": "0.4 mm"}}])
    fingers: list[Fingers] = Field([], description="Bond fingers, in groups",
                                   examples=[[{"ring": ["8 mm", "8 mm"], "count": [12, 12], "size": ["80 um", "200 um"]}]])


class Bumps(Group, of=p.Bumps):
    """The bumps under a flip chip, as they lie under it seen from above, before the chip is turned."""

    array: Array = Field(description="Which bumps there are and where",

                         examples=[{"grid": [18, 18], "pitch": "250 um"}])


class BondPads(Group, of=p.BondPads):
    """The pads on a chip's upper side, about its centre before it is turned: for wires, and for bumps of a chip on it."""

    array: Array = Field(description="Which pads there are and where",
                         examples=[{"grid": [20, 20], "pitch": "250 um", "rings": 1}])


class Chip(Group, of=p.Chip):
    """One chip."""

    name: t.PartName = Field(description="Reference of the chip", examples=["U1"])
    size: Optional[Size] = Field(None, description="Width and height", examples=[["5 mm", "5 mm"]])
    outline: Optional[Points] = Field(None, description="Corners instead of a size, about the chip's centre",
                                      examples=[[["-2 mm", "-2 mm"], ["2 mm", "-2 mm"], ["0 mm", "2 mm"]]])
    at: Point = Field([0, 0], description="Where its centre is on the carrier")
    angle: t.Angle = Field(0, description="How far it is turned, counter-clockwise", examples=["0 deg"])
    stands_on: Optional[NameOrNames] = Field(None, description="The chip it stands on, or the chips that it bridges; the "
                                             "carrier if left out", examples=["U1", ["U1", "U2"]])
    # YAML 1.1 reads this key as the truth value, so that other tools lose it.
    on: Optional[NameOrNames] = Field(None, description="An older word for stands_on", examples=["U1"],
                                      json_schema_extra={"deprecated": True})
    pads: Optional[BondPads] = Field(None, description="Pads on its upper side, for wires or for a flip chip on it")
    bumps: Optional[Bumps] = Field(None, description="What joins it to what it stands on")


class Pad(Group):
    """One pad of a passive, about the passive's centre."""

    at: Point = Field(description="Its centre", examples=[["-0.25 mm", "0 mm"]])
    size: Size = Field(description="Width and height", examples=[["0.3 mm", "0.3 mm"]])


class Passive(Group, of=p.Passive):
    """A capacitor, resistor or coil beside the chip."""

    name: t.PartName = Field(description="Its reference", examples=["C1"])
    size: CaseOrSize = Field(description="Imperial case size in quotes, or width and height",
                             examples=["0201", ["0.6 mm", "0.3 mm"]])
    at: Point = Field(description="Where its centre is on the carrier", examples=[["4 mm", "0 mm"]])
    angle: t.Angle = Field(0, description="How far it is turned, counter-clockwise", examples=["90 deg"])
    nets: list[t.NetName] = Field([], description="Net of each pad, \"\" for none", examples=[["VDD", "GND"]])
    pads: Optional[list[Pad]] = Field(None, min_length=1, description="Its pads, where it has a size of its own",
                                      examples=[[{"at": ["-0.25 mm", "0 mm"], "size": ["0.3 mm", "0.3 mm"]}]])


class Process(Group, of=p.Process):
    """How the mold is made."""


class Mold(Group, of=p.Mold):
    """The encapsulant."""

    outline: SizeOrPoints = Field("carrier", description="'carrier', width and height, or corners",
                                  examples=["carrier", ["10 mm", "10 mm"]])
    process: Process = Field(default_factory=lambda: Process.model_construct(), description="How it is molded")


class Balls(Group, of=p.Balls):
    """The solder balls, seen from above, through the package."""

    array: Array = Field(description="Which balls there are and where",
                         examples=[{"grid": [12, 12], "pitch": "0.8 mm"}])
    side: t.Side = Field("far side", description="Which side of the carrier they sit on", examples=["far side"])


class Singulation(Group, of=p.Singulation):
    """How packages are cut apart."""


class Root(Group, of=p.Package):
    """A package file of Overmold: one moulded package."""

    package: t.PackageName = Field(description="Name of the package; files are named after it",
                                   examples=["FCCSP-144_10x10mm_P0.8mm"])
    carrier: Carrier = Field(examples=[{"kind": "substrate", "size": ["10 mm", "10 mm"]}])
    chips: list[Chip] = Field([], description="The chips")
    passives: list[Passive] = Field([], description="Parts beside the chips")
    wires: Optional[Wires] = Field(None, description="Bond wires")
    mold: Optional[Mold] = Field(None)
    balls: Optional[Balls] = Field(None)
    singulation: Optional[Singulation] = Field(None)
    netlist: Optional[FileOrRows] = Field(None, description="A CSV file with columns net,pad,ball, or its rows: "
                                          "[VDD, U1.A1, B2]; a pad is U1.A1 or C1.1, an empty text leaves a column out",
                                          examples=["nets.csv"])
