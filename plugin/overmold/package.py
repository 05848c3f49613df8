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

from .arrays import Sites
from .shapes import Outline, Point
from .units import Toleranced

FLIP_CHIP = "flip-chip"
FACE_UP = "face-up"
CHIP_SIDE = "chip side"
FAR_SIDE = "far side"
SUBSTRATE = "substrate"
LEAD_FRAME = "lead frame"
# The words a designer may use; every reader takes these and no others.
CARRIER_KINDS = (SUBSTRATE, LEAD_FRAME, "interposer", "wafer", "panel")
MOLD_METHODS = ("reduced-pressure transfer", "transfer", "compression", "liquid dispensing", "film lamination")
FILLINGS = ("encapsulant", "underfill", "nothing")
CUTS = ("saw", "laser", "punch", "router", "none")


@dataclass(frozen=True)
class Layer:
    """One layer of the carrier's stack-up; ``kind`` is mask, copper, core or build-up; ``thickness`` in nm."""

    name: str
    kind: str
    thickness: Toleranced
    material: str = ""


@dataclass(frozen=True)
class Carrier:
    """What chips, passives and mold stand on: ``stackup`` runs from the chip side down and is empty where unknown."""

    kind: str
    outline: Outline
    stackup: tuple[Layer, ...] = ()
    fingers: tuple[Finger, ...] = ()
    frame: Optional[Frame] = None

    @property
    def thickness(self) -> Optional[Toleranced]:
        """Sum of the stack-up, worst case; None where there is no stack-up."""
        if self.frame is not None:
            return self.frame.thickness
        if not self.stackup:
            return None
        return sum((layer.thickness for layer in self.stackup), Toleranced(0))

    @property
    def mask_above_pad(self) -> Toleranced:
        """How far the chip-side solder mask stands above the pads: its thickness, nothing where there is no mask."""
        top = next(iter(self.stackup), None)
        return top.thickness if top is not None and top.kind == "mask" else Toleranced(0)


@dataclass(frozen=True, eq=False)
class Bumps:
    """The bumps of one chip as they sit on the carrier (chip already placed), one net per site ("" is none).

    ``height`` is after reflow, from the pad. ``pad`` is the land on the carrier, ``opening`` the mask opening over it,
    ``ubm`` the under-bump metal on the chip and ``passivation`` the opening under it; 0 where not stated.
    """

    sites: Sites
    nets: tuple[str, ...]
    diameter: Optional[Toleranced]
    height: Optional[Toleranced]
    alloy: str = ""
    pad: int = 0
    opening: int = 0
    ubm: int = 0
    passivation: int = 0


@dataclass(frozen=True, eq=False)
class BondPads:
    """The wire-bond pads on a face-up chip's active surface, placed; one net a site, each a square of ``size``."""

    sites: Sites
    nets: tuple[str, ...]
    size: int


@dataclass(frozen=True, eq=False)
class Chip:
    """A chip: ``bonded`` is flip-chip or face-up; ``gap`` is t1 where it is given directly.

    ``on`` names what it stands on: no name is the carrier, one a chip below it, two or more a bridge over chips.
    A flip chip's bumps sit on what it stands on. ``attach`` is the die-attach film or paste under a face-up chip.
    ``gap_filled_with`` names what stands in the gap: "encapsulant" unless somebody said otherwise.
    """

    name: str
    outline: Outline
    at: Point
    angle: int
    thickness: Optional[Toleranced]
    bonded: str
    bumps: Optional[Bumps] = None
    gap: Optional[Toleranced] = None
    gap_filled_with: str = "encapsulant"
    on: tuple[str, ...] = ()
    attach: Optional[Toleranced] = None
    pads: Optional[BondPads] = None

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return f"chips.{self.name}"


@dataclass(frozen=True)
class Finger:
    """One bond finger on the carrier (or lead of a frame): a rectangle of ``size`` (across, along) at ``at``, turned.

    ``opening``: whether the solder mask leaves it free, as it must.
    """

    name: str
    at: Point
    size: Point
    angle: int = 0
    net: str = ""
    opening: bool = True


@dataclass(frozen=True)
class Wire:
    """One bond wire from pad to finger or from pad to pad.

    ``start`` and ``end`` name a bond pad ("U1.7") or a finger ("F12"); ``from_at`` and ``to_at`` are where the wire is
    drawn. ``loop_height`` is its highest point above its start. Wires of one ``tier`` may not cross in plan.
    """

    name: str
    start: str
    end: str
    from_at: Point
    to_at: Point
    diameter: int
    loop_height: Optional[Toleranced] = None
    tier: int = 1
    profile: str = "standard"
    net: str = ""

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return f"wires.{self.name}"


@dataclass(frozen=True)
class Lead:
    """One lead of a lead frame, seen from the chip side: ``foot`` is the outline soldered to the customer's board,
    ``outline`` the whole metal, ``half_etched`` the parts of it that are etched from below."""

    name: str
    outline: Outline
    foot: Outline
    net: str = ""
    half_etched: tuple[Outline, ...] = ()


@dataclass(frozen=True)
class Frame:
    """A lead frame: its ``thickness``, leads, die attach pad (``paddle``) with the part of it soldered down, tie bars.

    ``paddle_net`` is the paddle's net, "" where it has none.
    """

    thickness: Toleranced
    leads: tuple[Lead, ...]
    paddle: Optional[Outline] = None
    paddle_foot: Optional[Outline] = None
    paddle_net: str = ""
    tie_bars: tuple[Outline, ...] = ()
    half_etch: Optional[Toleranced] = None
    dam_bar: int = 0
    strip: tuple[int, int] = (1, 1)


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
