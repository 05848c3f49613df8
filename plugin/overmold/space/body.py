"""What a body is."""

from __future__ import annotations

from typing import NamedTuple, Optional

from ..shapes import Outline
from .sums import Height

LAYER, METAL, CHIP, ATTACH, PASSIVE, MOLD, LID = "layer", "metal", "chip", "attach", "passive", "mold", "lid"
CAVITY, UPPER = "cavity", "upper package"


class Body(NamedTuple):
    """One solid: everything over ``outline`` from ``bottom`` to ``top``. ``key`` is the part's, as ``Package.place`` takes it;
    several bodies share one where a part has several (a lead and its half-etched end, attach on two supports).

    ``at_top`` and ``at_bottom`` are its outlines there where its walls slant, corner by corner those of ``outline``; None where
    they are the same.
    """

    kind: str
    key: str
    outline: Outline
    bottom: Height
    top: Height
    material: str = ""
    at_top: Optional[Outline] = None
    at_bottom: Optional[Outline] = None
