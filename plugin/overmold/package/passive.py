"""Passives beside the chips, on a chip, or on the carrier's far side between the balls: capacitors, resistors, coils."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..shapes import Outline, Point
from ..units import Toleranced
from . import keys
from .cavity import Sunk
from .datum import NAMES, PLAIN, QUANTITY, TEXT, WORD, datum
from .words import CHIP_SIDE, CLOSED, FAR_SIDE, OPEN


@dataclass(frozen=True)
class Terminal:
    """One pad of a passive: rectangle of ``size``, turned by its passive's angle, at ``at`` on the carrier.

    ``net`` is "" where nothing is connected.
    """

    name: str
    at: Point
    size: Point
    net: str = ""


@dataclass(frozen=True)
class Passive(Sunk):
    """A passive: on the carrier's chip side unless ``side`` says otherwise, or on the chip that ``on`` names, or as a
    bridge on several. ``height`` is its top above the surface that it stands on; on the far side it reaches so far below the
    carrier. On a chip its terminals are no copper of the carrier: they stand on that chip's bond pads."""

    name: str
    outline: Outline
    at: Point
    angle: int
    height: Optional[Toleranced] = datum(
        QUANTITY, "Passive height", "Of its top above what it stands on; typical of the case if left out", "0.3 mm ± 0.03 mm",
        wanted=True)
    terminals: tuple[Terminal, ...]  # type: ignore[misc]  # mypy takes datum() for a default
    value: str = datum(TEXT, "Value", "For people and drawings", "100 nF", default="", drawn=True)
    note: str = datum(TEXT, "Passive note", "Anything to remember about the part", "second source: none", default="")
    alloy: str = datum(TEXT, "Passive solder", "Solder under it, as the rules' table of materials names it", "SAC305",
                       default="")
    side: str = datum(WORD, "Passive side", "Of the carrier; on the far side it stands between the balls, outside the mold. "
                      "The chip side if left out", FAR_SIDE, words=(CHIP_SIDE, FAR_SIDE), default="")

    cavity: Optional[Toleranced] = datum(
        QUANTITY, "Passive cavity depth", "Of the cavity in the carrier on whose floor the passive stands", "200 um ± 15 um",
        default=None, key="cavity.depth")
    cavity_room: int = datum(PLAIN, "Passive cavity room", "Between the passive's edge and the cavity's wall, on every side",
                             "100 um", default=0, key="cavity.room")
    cavity_top: str = datum(WORD, "Passive cavity top", "Whether the mold fills the cavity, or the carrier closes over the "
                            "passive, which is wholly embedded", CLOSED, words=(OPEN, CLOSED), default="", key="cavity.top")

    on: tuple[str, ...] = datum(
        NAMES, "Passive stands on", "The chip or interposer whose bond pads it stands on, or the chips that it bridges; the "
        "carrier if left out", "U1", default=())
    cavity_in: str = datum(TEXT, "Passive stands in cavity", "The cavity of the carrier in which it stands, of which "
                           "'cavities' says shape and depth", "MEMS", default="", key="cavity.in")

    @property
    def is_far(self) -> bool:
        """Whether it stands on the carrier's far side, which is as well outside the mold."""
        return self.side == FAR_SIDE

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return keys.passive(self.name)
