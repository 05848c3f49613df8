"""``Package``: what the designer means, and the hub of the house.

Readers (a package file, a KiCad board) make one; measures, drawings and pictures look at one and at nothing else. It is
frozen, in whole nanometres, knows nothing of YAML, KiCad or the screen, and holds ``None`` for what nobody has stated:
a measure that needs such a datum says so, it never assumes.

Positions are those of the source: a package file has its origin at the carrier's centre, a board keeps its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple, Optional

from . import keys
from .balls import Balls, Singulation
from .bumps import Bumps
from .carrier import Carrier, Finger, Frame, Layer, Lead
from .cavity import Cavity
from .chip import BondPads, Chip, Wire, circle_of
from .compound import Compound
from .datum import PLAIN, TEXT, WORD, datum
from .holes import Holes
from .keep_out import KeepOut
from .lands import Land
from .lid import Lid
from .mold import Mold, Process, Region
from .passive import Passive, Terminal
from .place import Odd, Place
from .top_lands import TopLands
from .words import (
    CARRIER_KINDS,
    CHIP_SIDE,
    CUTS,
    FACE_UP,
    FAR_SIDE,
    FILLINGS,
    FLIP_CHIP,
    HEIGHT_METHODS,
    LANDS,
    LEAD_FRAME,
    MOLD_METHODS,
    PADDLE,
    PILLARS,
    SUBSTRATE,
    TOLERANCES,
    WAFER,
    WIRE_PROFILES,
)


class Alloy(NamedTuple):
    """A solder: melting begins at ``solidus`` and ends at ``liquidus``, in 1/1000 °C."""

    name: str
    solidus: int
    liquidus: int
    source: str = ""


@dataclass(frozen=True, eq=False, repr=False)
class Package:
    """One moulded package.

    ``places`` maps a key (``chips.U1``, ``chips.U1.bumps.A1``, ``mold.cap``) to where that stands in the source.
    ``max_height`` is the tallest the finished package may be. ``lands`` are those on the customer's board that are stated
    one by one; a carrier's board does not show them. ``holes`` are those that a board drills, None in a package file.
    ``alloys`` comes from the rules, by name. ``odd`` is what of the source cannot be read, ``remarks`` are sentences on what of
    it counts for nothing, ``unplaced`` names what is marked not to be placed and therefore is no part. ``lacks`` is what a
    board does not have that would make it a package: a carrier, a chip. ``keep_outs`` are outlines in which something must not
    be.
    """

    name: str
    source: str
    carrier: Optional[Carrier] = None
    chips: tuple[Chip, ...] = ()
    passives: tuple[Passive, ...] = ()
    wires: tuple[Wire, ...] = ()
    mold: Optional[Mold] = None
    lid: Optional[Lid] = None
    balls: Optional[Balls] = None
    singulation: Optional[Singulation] = None
    max_height: int = datum(PLAIN, "Largest package height", "The tallest the finished package may be", "1.2 mm", default=0)
    height_by: str = datum(WORD, "Height method", "How the drawing sums the parts up to that height, where it says so", "RSS",
                           words=HEIGHT_METHODS, default="")
    tolerances: str = datum(WORD, "Meaning of limits", "What a tolerance means, for studies of yield; normal, 3 sigma if left "
                            "out", TOLERANCES[0], words=TOLERANCES, default="")
    note: str = datum(TEXT, "Package note", "Anything to remember about the package", "first lot", default="")
    coplanarity: int = datum(
        PLAIN, "Coplanarity", "How far off the seating plane a ball or lead may end", "0.1 mm", default=0)
    datasheet: str = datum(TEXT, "Package data sheet", "Where its outline is drawn: the address of a data sheet or a standard",
                           "https://www.jedec.org/sites/default/files/docs/MO-276F.pdf", default="")
    holes: Optional[Holes] = None
    lands: tuple[Land, ...] = field(default=(), compare=False)
    places: Mapping[str, Place] = field(default_factory=dict)
    alloys: Mapping[str, Alloy] = field(default_factory=dict)
    odd: tuple[Odd, ...] = ()
    remarks: tuple[str, ...] = ()
    unplaced: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    keep_outs: tuple[KeepOut, ...] = ()
    top_lands: Optional[TopLands] = None
    cavities: tuple[Cavity, ...] = ()

    def __repr__(self) -> str:
        balls = len(self.balls.sites) if self.balls is not None else 0
        counts = ((len(self.chips), "chip"), (len(self.passives), "passive"), (len(self.wires), "wire"), (balls, "ball"))
        parts = ", ".join(f"{count} {what}{'s' * (count != 1)}" for count, what in counts if count)
        return f"<Package {self.name} of {self.source}: {parts or 'no parts'}>"

    @property
    def near_chips(self) -> tuple[Chip, ...]:
        """Those of the chip side, on the carrier, in it or on each other."""
        return tuple(one for one in self.chips if not one.is_far)

    @property
    def far_chips(self) -> tuple[Chip, ...]:
        """Those on the carrier's far side: between the balls, above the customer's board."""
        return tuple(one for one in self.chips if one.is_far)

    @property
    def near_passives(self) -> tuple[Passive, ...]:
        """Those in the mold: on the carrier's chip side beside the chips, or on a chip; those wholly embedded in the carrier
        aside."""
        return tuple(one for one in self.passives if not one.is_far and not one.is_closed_in)

    @property
    def carrier_passives(self) -> tuple[Passive, ...]:
        """Those that stand on the carrier's chip side, beside the chips."""
        return tuple(one for one in self.near_passives if not one.on)

    @property
    def far_passives(self) -> tuple[Passive, ...]:
        """Those on the carrier's far side: between the balls, above the customer's board."""
        return tuple(one for one in self.passives if one.is_far)

    @property
    def far_keys(self) -> frozenset[str]:
        """The keys of chips and passives on the carrier's far side."""
        return frozenset((*(chip.key for chip in self.far_chips), *(part.key for part in self.far_passives)))

    @property
    def is_bare_wafer_chip(self) -> bool:
        """Whether the chip is the carrier: one of a wafer that is balled whole and sawn apart (WLCSP), without any mold.
        Another may hang below it."""
        wafer = self.carrier is not None and self.carrier.kind == WAFER
        return wafer and self.balls is not None and not self.near_chips and self.mold is None

    def place(self, key: str) -> Place:
        """Where ``key`` stands: its own place, else that of the nearest part around it, else the source as a whole."""
        around = key
        while around:
            if around in self.places:
                return self.places[around]
            around = keys.around(around)
        return Place(text=key, file=self.source)


__all__ = [
    "CARRIER_KINDS", "CHIP_SIDE", "CUTS", "FACE_UP", "FAR_SIDE", "FILLINGS", "FLIP_CHIP", "HEIGHT_METHODS", "LANDS",
    "LEAD_FRAME", "MOLD_METHODS", "PADDLE", "PILLARS", "SUBSTRATE", "TOLERANCES", "WAFER", "WIRE_PROFILES", "Alloy",
    "Balls", "BondPads", "Bumps", "Carrier", "Cavity", "Chip", "Compound", "Finger", "Frame", "Holes", "KeepOut", "Land",
    "Layer", "Lead", "Lid", "Mold", "Odd", "Package", "Passive", "Place", "Process", "Region", "Singulation", "Terminal",
    "TopLands", "Wire", "circle_of",
]
