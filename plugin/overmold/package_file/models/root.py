"""The package file, key by key: what there is, what it means, how it is written.

These models are the one description of the file. Reading uses them, and so does the JSON Schema that completes keys in
an editor. They know nothing of what belongs together; ``build`` does.
"""

from __future__ import annotations

from typing import Annotated, Any, Optional, Union

from pydantic import Field, Tag

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


class Layer(Group):
    """One layer of the carrier's stack-up."""

    layer: t.LayerKind = Field(description="What it is", examples=["mask"])
    thickness: t.Distance = Field(examples=["15 um ± 3 um"])
    material: t.Text = Field("", description="For people and drawings", examples=["AUS308"])
    name: t.Text = Field("", description="A name of your own", examples=["top mask"])


class Carrier(Group):
    """What chips, passives and mold stand on. Its centre is the origin of all positions."""

    kind: t.CarrierKind = Field(description="Substrate, lead frame or else", examples=["substrate"])
    size: Optional[Size] = Field(None, description="Width and height", examples=[["10 mm", "10 mm"]])
    outline: Optional[Points] = Field(None, description="Corners instead of a size, for any other shape",
                                      examples=[[["-5 mm", "-5 mm"], ["5 mm", "-5 mm"], ["0 mm", "5 mm"]]])
    stackup: list[Layer] = Field([], description="Layers from the chip side down",
                                 examples=[[{"layer": "mask", "thickness": "15 um ± 3 um"}]])
    frame: Optional[Frame] = Field(None, description="The metal of a lead frame: leads, die attach pad, tie bars", examples=[
        {"thickness": "200 um ± 8 um", "leads": {"per_side": 8, "pitch": "0.5 mm", "width": "0.25 mm", "length": "0.4 mm"}}])
    fingers: list[Fingers] = Field([], description="Bond fingers, in groups",
                                   examples=[[{"ring": ["8 mm", "8 mm"], "count": [12, 12], "size": ["80 um", "200 um"]}]])


class Bumps(Group):
    """The bumps under a flip chip, as they lie under it seen from above, before the chip is turned."""

    array: Array = Field(description="Which bumps there are and where",

                         examples=[{"grid": [18, 18], "pitch": "250 um"}])
    diameter: t.Distance = Field(description="Diameter of a bump", examples=["100 um"])
    height: Optional[t.Distance] = Field(None, description="After reflow, measured from the pad",
                                         examples=["90 um ± 5 um"])
    alloy: t.Text = Field("", description="Solder, as the rules' table of materials names it", examples=["SAC305"])
    pad: Optional[t.Length] = Field(None, description="Diameter of the copper land; the bump's if left out",
                                    examples=["110 um"])
    opening: Optional[t.Length] = Field(
        None, description="Diameter of the solder-mask opening; that of the pad if left out", examples=["85 um"])
    ubm: Optional[t.Length] = Field(None, description="Diameter of the under-bump metal on the chip", examples=["80 um"])
    passivation: Optional[t.Length] = Field(
        None, description="Diameter of the opening in the chip's passivation under a bump", examples=["60 um"])


class BondPads(Group):
    """The pads on a chip's upper side, about its centre before it is turned: for wires, and for bumps of a chip on it."""

    array: Array = Field(description="Which pads there are and where",
                         examples=[{"grid": [20, 20], "pitch": "250 um", "rings": 1}])
    size: t.Length = Field(description="Of a pad, across", examples=["60 um"])


class Chip(Group):
    """One chip."""

    name: t.PartName = Field(description="Reference of the chip", examples=["U1"])
    size: Optional[Size] = Field(None, description="Width and height", examples=[["5 mm", "5 mm"]])
    outline: Optional[Points] = Field(None, description="Corners instead of a size, about the chip's centre",
                                      examples=[[["-2 mm", "-2 mm"], ["2 mm", "-2 mm"], ["0 mm", "2 mm"]]])
    at: Point = Field([0, 0], description="Where its centre is on the carrier")
    angle: t.Angle = Field(0, description="How far it is turned, counter-clockwise", examples=["0 deg"])
    thickness: Optional[t.Distance] = Field(None, description="Of the chip, without its bumps",
                                            examples=["150 um ± 10 um"])
    bonded: t.Bonding = Field(description="Which way its active surface looks", examples=["flip-chip"])
    stands_on: Optional[NameOrNames] = Field(None, description="The chip it stands on, or the chips that it bridges; the "
                                             "carrier if left out", examples=["U1", ["U1", "U2"]])
    # YAML 1.1 reads this key as the truth value, so that other tools lose it.
    on: Optional[NameOrNames] = Field(None, description="An older word for stands_on", examples=["U1"],
                                      json_schema_extra={"deprecated": True})
    attach: Optional[t.Distance] = Field(None, description="Thickness of the film or paste under a face-up chip",
                                         examples=["20 um ± 5 um"])
    pads: Optional[BondPads] = Field(None, description="Pads on its upper side, for wires or for a flip chip on it")
    bumps: Optional[Bumps] = Field(None, description="What joins it to what it stands on")
    gap: Optional[t.Distance] = Field(
        None, description="t1 itself, where you know it; else it follows from the bumps' height",
        examples=["65 um ± 8 um"])
    gap_filled_with: t.Filling = Field("encapsulant", description="What stands in the gap", examples=["encapsulant"])


class Pad(Group):
    """One pad of a passive, about the passive's centre."""

    at: Point = Field(description="Its centre", examples=[["-0.25 mm", "0 mm"]])
    size: Size = Field(description="Width and height", examples=[["0.3 mm", "0.3 mm"]])


class Passive(Group):
    """A capacitor, resistor or coil beside the chip."""

    name: t.PartName = Field(description="Its reference", examples=["C1"])
    size: CaseOrSize = Field(description="Imperial case size in quotes, or width and height",
                             examples=["0201", ["0.6 mm", "0.3 mm"]])
    height: Optional[t.Distance] = Field(
        None, description="Of its top above the carrier; typical of the case if left out",
        examples=["0.3 mm ± 0.03 mm"])
    at: Point = Field(description="Where its centre is on the carrier", examples=[["4 mm", "0 mm"]])
    angle: t.Angle = Field(0, description="How far it is turned, counter-clockwise", examples=["90 deg"])
    nets: list[t.NetName] = Field([], description="Net of each pad, \"\" for none", examples=[["VDD", "GND"]])
    pads: Optional[list[Pad]] = Field(None, min_length=1, description="Its pads, where it has a size of its own",
                                      examples=[[{"at": ["-0.25 mm", "0 mm"], "size": ["0.3 mm", "0.3 mm"]}]])
    value: t.Text = Field("", description="For people and drawings", examples=["100 nF"])


class Process(Group):
    """How the mold is made."""

    method: t.Method = Field("", description="Way of molding", examples=["reduced-pressure transfer"])
    pressure: Optional[t.Pressure] = Field(None, description="In the cavity, absolute", examples=["10 mmHg"])
    temperature: Optional[t.Temperature] = Field(None, description="Of the mold", examples=["175 degC"])


class Mold(Group):
    """The encapsulant."""

    cap: Optional[t.Distance] = Field(None, description="Height of the mold's top above the carrier's chip side",
                                      examples=["315 um ± 15 um"])
    outline: SizeOrPoints = Field("carrier", description="'carrier', width and height, or corners",
                                  examples=["carrier", ["10 mm", "10 mm"]])
    filler: Optional[t.Distance] = Field(None, description="Diameter of the largest filler particle",
                                         examples=["25 um"])
    process: Process = Field(default_factory=lambda: Process.model_construct(), description="How it is molded")


class Balls(Group):
    """The solder balls, seen from above, through the package."""

    array: Array = Field(description="Which balls there are and where",
                         examples=[{"grid": [12, 12], "pitch": "0.8 mm"}])
    diameter: t.Distance = Field(description="Diameter of a ball before it is soldered", examples=["0.4 mm"])
    standoff: Optional[t.Distance] = Field(None, description="Height of a ball under the carrier, as delivered",
                                           examples=["0.3 mm ± 0.05 mm"])
    alloy: t.Text = Field("", description="Solder, as the rules' table of materials names it", examples=["SAC305"])
    land: Optional[t.Length] = Field(None, description="Diameter of the copper land on the carrier",
                                     examples=["0.45 mm"])
    opening: Optional[t.Length] = Field(None, description="Diameter of the solder-mask opening", examples=["0.35 mm"])
    side: t.Side = Field("far side", description="Which side of the carrier they sit on", examples=["far side"])


class Singulation(Group):
    """How packages are cut apart."""

    method: t.Cut = Field(description="What cuts", examples=["saw"])
    street: Optional[t.Distance] = Field(None, description="Kept free between two packages", examples=["300 um"])
    kerf: Optional[t.Distance] = Field(None, description="Taken away by the cut", examples=["200 um"])


class Root(Group):
    """A package file of Overmold: one moulded package."""

    package: t.PackageName = Field(description="Name of the package; files are named after it",
                                   examples=["FCCSP-144_10x10mm_P0.8mm"])
    max_height: Optional[t.Length] = Field(None, description="The tallest the finished package may be",
                                           examples=["1.2 mm"])
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
