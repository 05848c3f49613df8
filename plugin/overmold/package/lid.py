"""What is put on top of a package: a lid, or a heat spreader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..units import Toleranced
from .datum import QUANTITY, TEXT, datum


@dataclass(frozen=True)
class Lid:
    """A lid or heat spreader that lies on the mold and on the bare backs of chips, by its ``attach``."""

    thickness: Optional[Toleranced] = datum(
        QUANTITY, "Lid thickness", "Of the lid or heat spreader", "0.5 mm ± 0.05 mm", needed=True)
    attach: Optional[Toleranced] = datum(
        QUANTITY, "Lid attach", "Thickness of what holds the lid and leads the heat into it", "50 um ± 20 um", default=None,
        wanted=True)
    material: str = datum(TEXT, "Lid material", "What the lid is made of", "Cu, Ni plated", default="")
    attach_material: str = datum(TEXT, "Lid attach material", "Name of the thermal interface material", "TIM-1", default="")
