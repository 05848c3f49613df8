"""The encapsulant, and how it is brought on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..shapes import Outline
from ..units import ANGLE, EXPANSION, LENGTH, PRESSURE, TEMPERATURE, Toleranced
from . import keys
from .datum import PAIR, PLAIN, QUANTITY, TEXT, WORD, datum
from .words import CHIP_SIDE, FAR_SIDE, GATES, MOLD_METHODS, PART_OF_CARRIER, VENTS

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

    Of compound and process it states what differs from the first block's; see ``regions``.
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
