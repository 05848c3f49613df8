"""``Package``: what the designer means, and the hub of the house.

Readers (a package file, a KiCad board) make one; measures, drawings and pictures look at one and at nothing else. It is
frozen, in whole nanometres, knows nothing of YAML, KiCad or the screen, and holds ``None`` for what nobody has stated:
a measure that needs such a datum says so, it never assumes.

Positions are those of the source: a package file has its origin at the carrier's centre, a board keeps its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Optional

from ..arrays import Sites
from ..geometry.loops import PROFILES
from ..shapes import Outline, Point
from ..units import Toleranced
from .carrier import Carrier, Finger, Frame, Layer, Lead
from .chip import BondPads, Bumps, Chip, Wire, circle_of

FLIP_CHIP = "flip-chip"
FACE_UP = "face-up"
CHIP_SIDE = "chip side"
FAR_SIDE = "far side"
SUBSTRATE = "substrate"
LEAD_FRAME = "lead frame"
PADDLE = "paddle"  # the die attach pad of a lead frame, as wires and netlists call it
# The words a designer may use; every reader takes these and no others.
CARRIER_KINDS = (SUBSTRATE, LEAD_FRAME, "interposer", "wafer", "panel")
MOLD_METHODS = ("reduced-pressure transfer", "transfer", "compression", "liquid dispensing", "film lamination")
FILLINGS = ("encapsulant", "underfill", "nothing")
WIRE_PROFILES = tuple(PROFILES)
CUTS = ("saw", "laser", "punch", "router", "none")


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
class Passive:
    """A passive on the carrier's chip side; ``height`` is its top above the carrier surface."""

    name: str
    outline: Outline
    at: Point
    angle: int
    height: Optional[Toleranced]
    terminals: tuple[Terminal, ...]
    value: str = ""

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return f"passives.{self.name}"


@dataclass(frozen=True)
class Process:
    """How the mold is made: ``pressure`` in the cavity in µPa, ``temperature`` in 1/1000 °C."""

    method: str = ""
    pressure: Optional[Toleranced] = None
    temperature: Optional[Toleranced] = None


@dataclass(frozen=True)
class Mold:
    """The encapsulant: ``cap`` is its height above the carrier surface, ``filler`` the largest particle's diameter.

    ``area`` is the rule area that a board draws for its own design-rule check, None where the source has none.
    """

    outline: Outline
    cap: Optional[Toleranced]
    filler: Optional[Toleranced]
    process: Process = Process()
    area: Optional[Outline] = None


@dataclass(frozen=True, eq=False)
class Balls:
    """The solder-ball array: ``side`` is the carrier's side it sits on, one entry of ``sides`` per ball.

    ``standoff`` is the height of a ball below the carrier as the package is delivered.
    """

    sites: Sites
    nets: tuple[str, ...]
    sides: tuple[str, ...]
    diameter: Optional[Toleranced]
    standoff: Optional[Toleranced] = None
    alloy: str = ""
    land: int = 0
    opening: int = 0


@dataclass(frozen=True)
class Singulation:
    """How the carrier is cut into packages: ``street`` is kept free between units, ``kerf`` is what the cut takes."""

    method: str
    street: Optional[Toleranced] = None
    kerf: Optional[Toleranced] = None


@dataclass(frozen=True)
class Place:
    """Where a part stands for a person: in a file (line and column from 1), or on a board (uuid, position)."""

    text: str
    file: str = ""
    line: int = 0
    column: int = 0
    uuid: str = ""
    at: Optional[Point] = None


@dataclass(frozen=True)
class Alloy:
    """A solder: melting begins at ``solidus`` and ends at ``liquidus``, in 1/1000 °C."""

    name: str
    solidus: int
    liquidus: int
    source: str = ""


@dataclass(frozen=True, eq=False)
class Package:
    """One moulded package.

    ``places`` maps a key (``chips.U1``, ``chips.U1.bumps.A1``, ``mold.cap``) to where that stands in the source.
    ``max_height`` is the tallest the finished package may be. ``alloys`` comes from the rules, by name.
    """

    name: str
    source: str
    carrier: Optional[Carrier] = None
    chips: tuple[Chip, ...] = ()
    passives: tuple[Passive, ...] = ()
    wires: tuple[Wire, ...] = ()
    mold: Optional[Mold] = None
    balls: Optional[Balls] = None
    singulation: Optional[Singulation] = None
    max_height: Optional[int] = None
    places: Mapping[str, Place] = field(default_factory=dict)
    alloys: Mapping[str, Alloy] = field(default_factory=dict)

    def place(self, key: str) -> Place:
        """Where ``key`` stands: its own place, else that of the nearest part around it, else the source as a whole."""
        around = key
        while around:
            if around in self.places:
                return self.places[around]
            around = around.rpartition(".")[0]
        return Place(text=key, file=self.source)


__all__ = [
    "CARRIER_KINDS", "CHIP_SIDE", "CUTS", "FACE_UP", "FAR_SIDE", "FILLINGS", "FLIP_CHIP", "LEAD_FRAME",
    "MOLD_METHODS", "PADDLE", "SUBSTRATE", "WIRE_PROFILES", "Alloy", "Balls", "BondPads", "Bumps", "Carrier", "Chip",
    "Finger", "Frame", "Layer", "Lead", "Mold", "Package", "Passive", "Place", "Process", "Singulation", "Terminal",
    "Wire", "circle_of",
]
