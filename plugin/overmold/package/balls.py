"""The outside of the package: its solder balls, and how it is cut from its neighbours."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from ..arrays import Sites
from ..units import Toleranced
from .carrier import MOST_ON_STRIP
from .datum import PAIR, PLAIN, QUANTITY, TEXT, WORD, datum
from .words import CUTS, LANDS, PILLARS, TERMINALS


@dataclass(frozen=True, eq=False)
class Balls:
    """The solder-ball array: ``side`` is the carrier's side it sits on, one entry of ``sides`` per ball.

    ``standoff`` is the height of a ball below the carrier as the package is delivered; of a pillar that of its copper and cap.
    """

    sites: Sites
    nets: tuple[str, ...] = field(repr=False)
    sides: tuple[str, ...] = field(repr=False)
    diameter: Optional[Toleranced] = datum(
        QUANTITY, "Ball diameter", "Diameter of a ball before it is soldered; bare lands have none", "0.4 mm", default=None,
        wanted=True)
    standoff: Optional[Toleranced] = datum(
        QUANTITY, "Ball standoff", "Height of a ball under the carrier, as delivered", "0.3 mm ± 0.05 mm", default=None,
        wanted=True)
    alloy: str = datum(
        TEXT, "Ball alloy", "Solder, as the rules' table of materials names it", "SAC305", default="", wanted=True)
    land: int = datum(PLAIN, "Ball land", "Diameter of the copper land on the carrier", "0.45 mm", default=0, drawn=True)
    opening: int = datum(PLAIN, "Ball land opening", "Diameter of the solder-mask opening", "0.35 mm", default=0, drawn=True)
    finish: str = datum(TEXT, "Ball land finish", "What the lands under the balls are plated with", "ENIG", default="")
    customer_land: int = datum(PLAIN, "Customer land", "Diameter of the land on the customer's board; by IPC-7351 if left out",
                               "0.35 mm", default=0)
    customer_opening: int = datum(PLAIN, "Customer land opening", "Diameter of the solder-mask opening on the customer's board",
                                  "0.45 mm", default=0)
    customer_paste: int = datum(PLAIN, "Customer paste", "Diameter of the paste on the customer's board; that of the land if "
                                "left out", "0.33 mm", default=0)
    terminals: str = datum(WORD, "Terminals", "What it is soldered down by: balls, as usual, bare lands (LGA) or copper "
                           "pillars", "lands", words=TERMINALS, default="")
    core: Optional[Toleranced] = datum(
        QUANTITY, "Ball core", "Diameter of a core of copper or polymer in a ball, which does not melt: no ball stands lower",
        "0.25 mm ± 0.01 mm", default=None)
    core_material: str = datum(TEXT, "Ball core material", "What that core is made of", "copper", default="")
    pillar: Optional[Toleranced] = datum(
        QUANTITY, "Terminal pillar height", "Copper of a pillar that the package stands on, without its solder cap; with the "
        "cap it makes the standoff", "60 um ± 5 um", default=None)
    solder_cap: Optional[Toleranced] = datum(
        QUANTITY, "Terminal solder cap", "Solder on such a pillar, as delivered", "30 um ± 5 um", default=None)
    attach: str = datum(TEXT, "Ball attach alloy", "Solder that joins balls to the carrier whose own stays solid, as the "
                        "rules' table of materials names it", "63Sn37Pb", default="")

    @property
    def are_lands(self) -> bool:
        """Whether they are bare lands on purpose: a land grid array."""
        return self.terminals == LANDS

    @property
    def are_pillars(self) -> bool:
        """Whether they are copper pillars with a solder cap."""
        return self.terminals == PILLARS

    @property
    def height(self) -> Optional[Toleranced]:
        """How far they stand below the carrier: their standoff; of pillars of which none is stated copper and cap together."""
        if self.standoff is None and self.are_pillars and self.pillar is not None and self.solder_cap is not None:
            return self.pillar + self.solder_cap
        return self.standoff


@dataclass(frozen=True)
class Singulation:
    """How the carrier is cut into packages: ``street`` is kept free between units, ``kerf`` is what the cut takes. ``units``
    are those of a whole strip or panel, ``blocks`` how these are divided."""

    method: str = datum(WORD, "Singulation", "What cuts", "saw", words=CUTS, needed=True)
    street: Optional[Toleranced] = datum(QUANTITY, "Saw street", "Kept free between two packages", "300 um", default=None)
    kerf: Optional[Toleranced] = datum(QUANTITY, "Kerf", "Taken away by the cut", "200 um", default=None)
    units: tuple[int, int] = datum(PAIR, "Units on strip", "Rows and columns of packages on one strip or panel; a lead frame "
                                   "has its own", "6 x 20", default=(1, 1), most=MOST_ON_STRIP)
    blocks: tuple[int, int] = datum(PAIR, "Blocks on strip", "Rows and columns of blocks, each molded in one piece", "1 x 4",
                                    default=(1, 1), most=MOST_ON_STRIP)
    block_gap: int = datum(PLAIN, "Gap between blocks", "From one block of the strip to the next", "2 mm", default=0)
    strip_length: int = datum(PLAIN, "Strip length", "Of the strip, along its columns of packages", "240 mm", default=0)
    strip_width: int = datum(PLAIN, "Strip width", "Of the strip, along its rows of packages", "78 mm", default=0)
