"""The encapsulant, and how it is brought on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Optional

from ..shapes import Outline
from ..units import ANGLE, EXPANSION, LENGTH, PRESSURE, TEMPERATURE, Toleranced
from . import keys
from .datum import PAIR, PLAIN, QUANTITY, TEXT, WORD, Datum, data_of, datum
from .words import CHIP_SIDE, FAR_SIDE, GATES, MOLD_METHODS, PART_OF_CARRIER, POINT, VENTS

MOST_IN_CAVITY = 12
STEEPEST = 60_000  # 1/1000 degree: a wall that leans more is none; mold tools take 3 to 20


@dataclass(frozen=True)
class Process:
    """How the mold is made: ``pressure`` in the cavity and ``packing`` in µPa, ``temperature`` in 1/1000 °C.

    Sides and places of gates and vents are those of the package as a package file has it, however a board has turned it.
    """

    method: str = datum(WORD, "Mold method", "Way of molding", "reduced-pressure transfer", words=MOLD_METHODS, default="",
                        wanted=True)
    pressure: Optional[Toleranced] = datum(
        QUANTITY, "Mold pressure", "In the cavity, absolute", "10 mmHg", kind=PRESSURE, default=None, wanted=True)
    temperature: Optional[Toleranced] = datum(
        QUANTITY, "Mold temperature", "Of the mold", "175 degC", kind=TEMPERATURE, default=None, wanted=True)
    packing: Optional[Toleranced] = datum(
        QUANTITY, "Packing pressure", "On the encapsulant when the cavity is full", "7 MPa", kind=PRESSURE, default=None)
    gate: str = datum(WORD, "Mold gate", "Where the encapsulant comes in: a side, a corner, the centre of each unit or a point",
                      "left", words=GATES, default="")
    gate_width: int = datum(PLAIN, "Gate width", "Of the gate along its side, or the diameter of a point; all of the side if "
                            "left out", "2 mm", default=0)
    gate_x: int = datum(PLAIN, "Gate x", "Where a point gate is, from the middle of the unit to the right", "1.5 mm", default=0,
                        least=-LENGTH.largest)
    gate_y: int = datum(PLAIN, "Gate y", "Where a point gate is, from the middle of the unit down", "1.5 mm", default=0,
                        least=-LENGTH.largest)
    vents: str = datum(WORD, "Mold vents", "Where the air leaves the cavity", "parting line", words=VENTS, default="")
    cavity: tuple[int, int] = datum(PAIR, "Units in a cavity", "Rows and columns of packages that are molded in one cavity",
                                    "2 x 3", default=(1, 1), most=MOST_IN_CAVITY)


@dataclass(frozen=True)
class Region:
    """A further block of mold, apart from the first: ``outline`` is the one on the carrier, ``cap`` its height above the side
    of the carrier that it is on.

    Of compound and process it states what differs from the first block's; ``Mold.of`` has all of it.
    """

    name: str
    outline: Outline
    cap: Optional[Toleranced] = datum(
        QUANTITY, "Region cap", "Height of its top above its side of the carrier", "450 um ± 15 um", default=None, wanted=True)
    draft: int = datum(PLAIN, "Region draft", "How far its walls lean in, from the upright; its outline is that on the carrier",
                       "8 deg", kind=ANGLE, default=0)
    side: str = datum(WORD, "Region side", "Of the carrier; on the far side it lies between the balls. The chip side if left "
                      "out", FAR_SIDE, words=(CHIP_SIDE, FAR_SIDE), default="")
    compound: str = datum(TEXT, "Region compound", "Name of its mold compound; that of the first block if left out", "CEL-9750",
                          default="")
    filler: Optional[Toleranced] = datum(
        QUANTITY, "Region filler", "Diameter of its largest filler particle; that of the first block if left out, unless its "
        "compound is another", "25 um", default=None)
    expansion: Optional[Toleranced] = datum(
        QUANTITY, "Region expansion", "Thermal expansion of its compound below its glass transition; that of the first block "
        "if left out, unless its compound is another", "9 ppm/K ± 1 ppm/K", kind=EXPANSION, default=None)
    process: Process = Process()

    @property
    def is_far(self) -> bool:
        """Whether it is on the carrier's far side."""
        return self.side == FAR_SIDE

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return keys.region(self.name)


@dataclass(frozen=True)
class Mold:
    """The encapsulant: ``cap`` is its height above the carrier surface, ``filler`` the largest particle's diameter.

    ``outline`` is the one on the carrier; with a ``draft`` its walls lean inwards from there, so that its top is smaller.
    ``regions`` are further blocks beside it or on the far side.
    ``area`` is the rule area that a board draws for its own design-rule check, None where the source has none.
    """

    outline: Outline
    cap: Optional[Toleranced] = datum(
        QUANTITY, "Mold cap", "Height of the mold's top above the carrier's chip side", "315 um ± 15 um", wanted=True)
    filler: Optional[Toleranced] = datum(
        QUANTITY, "Largest filler", "Diameter of the largest filler particle", "25 um", wanted=True)
    process: Process = Process()
    area: Optional[Outline] = None
    compound: str = datum(TEXT, "Mold compound", "Name of the mold compound", "CEL-9750", default="")
    expansion: Optional[Toleranced] = datum(
        QUANTITY, "Mold expansion", "Thermal expansion of the mold compound below its glass transition", "9 ppm/K ± 1 ppm/K",
        kind=EXPANSION, default=None)
    draft: int = datum(PLAIN, "Mold draft", "How far its walls lean in, from the upright; its outline is that on the carrier",
                       "8 deg", kind=ANGLE, default=0)
    covers: str = datum(WORD, "Mold covers", "That the mold leaves a part of the carrier bare on purpose", PART_OF_CARRIER,
                        words=(PART_OF_CARRIER,), default="")
    regions: tuple[Region, ...] = ()

    def of(self, region: Region) -> Mold:
        """A further block as a mold of its own, with what it takes over from this first one: see ``taken_over``."""
        shared = taken_over(self, region)
        data = {name: getattr(self if name in shared else region, name) for name in OF_COMPOUND}
        process = {name: getattr(self.process if _process(name) in shared else region.process, name)
                   for name in data_of(Process)}
        return replace(self, outline=region.outline, cap=region.cap, draft=region.draft, process=Process(**process), area=None,
                       covers="", regions=(), **data)


OF_COMPOUND = ("compound", "filler", "expansion")
_OF_GATE = ("gate", "gate_width", "gate_x", "gate_y")


def taken_over(first: Mold, region: Region) -> frozenset[str]:
    """The data that a further block does not state and has of the first, as ``filler`` or ``process.pressure``.

    Filler and expansion are those of a compound: a block of another compound has neither of the first's. A process goes with
    its method, a gate is all of it or nothing, and a point is one of the block that it was stated for, as are the units that
    are molded in one cavity.
    """
    found = {name for name in OF_COMPOUND if not getattr(region, name)}
    if region.compound and region.compound != first.compound:
        found -= set(OF_COMPOUND)
    own, usual = region.process, Process()
    if own.method and own.method != first.process.method:
        return frozenset(found)
    found |= {_process(name) for name in data_of(Process) if getattr(own, name) == getattr(usual, name) and name != "cavity"}
    if own.gate or first.process.gate == POINT:
        found -= {_process(name) for name in _OF_GATE}
    return frozenset(found)


def _process(name: str) -> str:
    return f"process.{name}"


def field_of_region(one: Datum, name: str) -> str:
    """What people call a datum of a further block of this name, and its field on a board: "Region mold pressure RF"."""
    label = one.label if one.label.startswith(_REGION) else f"{_REGION}{one.label[0].lower()}{one.label[1:]}"
    return f"{label} {name}"


_REGION = "Region "
