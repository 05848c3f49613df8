"""The encapsulant, and how it is brought on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..shapes import Outline
from ..units import EXPANSION, PRESSURE, TEMPERATURE, Toleranced
from .datum import QUANTITY, TEXT, WORD, datum
from .words import MOLD_METHODS


@dataclass(frozen=True)
class Process:
    """How the mold is made: ``pressure`` in the cavity in µPa, ``temperature`` in 1/1000 °C."""

    method: str = datum(WORD, "Mold method", "Way of molding", "reduced-pressure transfer", words=MOLD_METHODS, default="",
                        wanted=True)
    pressure: Optional[Toleranced] = datum(
        QUANTITY, "Mold pressure", "In the cavity, absolute", "10 mmHg", kind=PRESSURE, default=None, wanted=True)
    temperature: Optional[Toleranced] = datum(
        QUANTITY, "Mold temperature", "Of the mold", "175 degC", kind=TEMPERATURE, default=None, wanted=True)


@dataclass(frozen=True)
class Mold:
    """The encapsulant: ``cap`` is its height above the carrier surface, ``filler`` the largest particle's diameter.

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
