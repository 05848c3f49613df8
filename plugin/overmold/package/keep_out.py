"""Outlines on the package in which something must not be: under an antenna, over a sensor, where no mold may come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from ..shapes import Outline
from ..units import Toleranced
from . import keys
from .datum import QUANTITY, WORD, datum
from .words import ALL_LAYERS, BOTH_SIDES, CHIP_SIDE, EVERYTHING, FAR_SIDE, INNER_LAYERS, KEPT_OUT, METAL, MOLD, PARTS


@dataclass(frozen=True)
class KeepOut:
    """One outline, by a name of its own: ``kept_out`` is what must not be in it, on which ``side`` of the carrier.

    ``above``: of parts and mold only what is higher than this above the carrier's surface of its side.
    """

    name: str
    outline: Outline
    kept_out: str = datum(WORD, "Kept out", "What must not be in it", "metal", words=KEPT_OUT, needed=True)
    side: str = datum(WORD, "Keep-out side", "On which side of the carrier; of metal also on its inner layers alone, or on all",
                      CHIP_SIDE, words=(BOTH_SIDES, CHIP_SIDE, FAR_SIDE, INNER_LAYERS, ALL_LAYERS), default=BOTH_SIDES)
    above: Optional[Toleranced] = datum(
        QUANTITY, "Keep-out height", "Of parts and mold: only what is higher than this above the carrier's surface is kept out",
        "200 um", default=None)

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return keys.keep_out(self.name)

    @property
    def is_of_metal(self) -> bool:
        """Whether metal is kept out."""
        return self.kept_out in (METAL, EVERYTHING)

    @property
    def is_of_parts(self) -> bool:
        """Whether chips and passives are kept out."""
        return self.kept_out in (PARTS, EVERYTHING)

    @property
    def is_of_mold(self) -> bool:
        """Whether encapsulant is kept out."""
        return self.kept_out in (MOLD, EVERYTHING)

    @property
    def is_wall(self) -> bool:
        """Whether the mold tool of the chip side closes it off at any height."""
        return self.is_of_mold and self.above is None and self.is_on(CHIP_SIDE)

    @property
    def is_inside(self) -> bool:
        """Whether it is on the carrier's inner layers, alone or as on all."""
        return self.side in (INNER_LAYERS, ALL_LAYERS)

    def is_on(self, side: str) -> bool:
        """Whether it is on this side of the carrier, alone or as on both."""
        return self.side in (side, BOTH_SIDES, ALL_LAYERS, "")


def trouble_of(kept_out: str, side: str, inner: int) -> str:
    """What is wrong with a keep-out of this side on a carrier with so many inner copper layers; "" where nothing is."""
    if side not in (INNER_LAYERS, ALL_LAYERS):
        return ""
    if kept_out not in (METAL, EVERYTHING) or (side == INNER_LAYERS and kept_out == EVERYTHING):
        return f"on {side} metal can be kept out, and this keeps out {kept_out}"
    return "" if inner else f"the carrier's stack-up has no inner copper layer for a keep-out on {side}"
