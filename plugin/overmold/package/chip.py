"""Chips, their bond pads and wires."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Optional

from ..arrays import Sites
from ..shapes import Outline, Point
from ..units import MASS, Toleranced
from . import keys
from .bonding import ATTACH, BONDING_WORDS, DOWN, GAP, NONE, UP, Bonding, bonding_of
from .bumps import Bumps
from .cavity import Sunk
from .datum import COUNT, NAMES, PLAIN, QUANTITY, TEXT, WORD, datum
from .words import ATTACH_FORMS, CHIP_SIDE, CLOSED, ENCAPSULANT, EXPOSED, FAR_SIDE, FILLINGS, OPEN, WIRE_PROFILES

MOST_TIERS = 99


@dataclass(frozen=True, eq=False)
class BondPads:
    """The wire-bond pads on a face-up chip's active surface, placed; one net a site, each a square of ``size``."""

    sites: Sites
    nets: tuple[str, ...] = field(repr=False)
    size: int = datum(PLAIN, "Bond pad size", "Of a pad, across", "60 um", needed=True)


@dataclass(frozen=True, eq=False)
class Chip(Sunk):
    """A chip: ``bonded`` is flip-chip or face-up; ``gap`` is t1 where it is given directly.

    ``on`` names what it stands on: no name is the carrier, one a chip below it, two or more a bridge over chips.
    ``side`` is that of the carrier; its place and its sites are always those seen from the chip side.
    A flip chip's bumps sit on what it stands on. ``attach`` is the die-attach film or paste under a face-up chip.
    ``gap_filled_with`` names what stands in the gap: "encapsulant" unless somebody said otherwise.
    """

    name: str
    outline: Outline
    at: Point
    angle: int
    thickness: Optional[Toleranced] = datum(
        QUANTITY, "Chip thickness", "Of the chip, without its bumps", "150 um ± 10 um", wanted=True)
    bonded: str = datum(WORD, "Bonding", "Which way its active surface looks", "flip-chip", words=BONDING_WORDS,
                        needed=True)
    bumps: Optional[Bumps] = None
    gap: Optional[Toleranced] = datum(
        QUANTITY, "Gap thickness", "The gap itself (t1), where you know it; else it follows from the bumps", "65 um ± 8 um",
        default=None)
    gap_filled_with: str = datum(WORD, "Gap filled with", "What stands in the gap", "encapsulant", words=FILLINGS,
                                 default=ENCAPSULANT)
    on: tuple[str, ...] = datum(
        NAMES, "Stands on", "The chip it stands on, or the chips that it bridges; the carrier if left out", "U1", default=())
    attach: Optional[Toleranced] = datum(
        QUANTITY, "Die attach", "Thickness of the film or paste under a face-up chip", "20 um ± 5 um", default=None,
        wanted=True)
    pads: Optional[BondPads] = None
    attach_material: str = datum(TEXT, "Die attach material", "Name of the film or paste under it", "FH-900", default="")
    note: str = datum(TEXT, "Chip note", "Anything to remember about the chip", "shrink B", default="")
    attach_form: str = datum(WORD, "Die attach form", "Whether the die attach under it is a film or a paste", "film",
                             words=ATTACH_FORMS, default="")

    fillet: Optional[Toleranced] = datum(
        QUANTITY, "Underfill fillet", "How far what fills the gap runs out beyond the chip's edge", "0.3 mm ± 0.1 mm",
        default=None)
    exposed: str = datum(WORD, "Exposed", "The face of the chip that the mold leaves bare on purpose", "back", words=EXPOSED,
                         default="")

    cavity: Optional[Toleranced] = datum(
        QUANTITY, "Cavity depth", "Of the cavity in the carrier on whose floor the chip stands", "200 um ± 15 um", default=None,
        key="cavity.depth")
    cavity_room: int = datum(PLAIN, "Cavity room", "Between the chip's edge and the cavity's wall, on every side", "100 um",
                             default=0, key="cavity.room")
    cavity_top: str = datum(WORD, "Cavity top", "Whether the mold fills the cavity, or the carrier closes over the chip, which "
                            "is wholly embedded", CLOSED, words=(OPEN, CLOSED), default="", key="cavity.top")
    cavity_in: str = datum(TEXT, "Stands in cavity", "The cavity of the carrier in which it stands, of which 'cavities' says "
                           "shape and depth", "MEMS", default="", key="cavity.in")
    weight: Optional[Toleranced] = datum(
        QUANTITY, "Chip weight", "With all that lies on it when its bumps are molten; that of silicon of its size if left out",
        "8.7 mg", kind=MASS, default=None)
    side: str = datum(WORD, "Side of carrier", "Which side a flip chip stands on; on the far side it hangs between the balls, "
                      "bare or in a block of mold there. The chip side if left out", FAR_SIDE,
                      words=(CHIP_SIDE, FAR_SIDE), default="")

    @property
    def is_far(self) -> bool:
        """Whether it stands on the carrier's far side, between the balls."""
        return self.side == FAR_SIDE

    @property
    def lands_inside(self) -> bool:
        """Whether its bumps land on something else than the copper on the carrier's outside: on a chip, or in a cavity."""
        return bool(self.on) or self.in_cavity

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return keys.chip(self.name)

    @property
    def bonding(self) -> Bonding:
        """What its word says of it."""
        return bonding_of(self.bonded)

    @property
    def has_gap(self) -> bool:
        """Whether a gap of thickness t1 is under it: a flip chip's."""
        return self.bonding.joint == GAP

    @property
    def has_attach(self) -> bool:
        """Whether die attach is under it."""
        return self.bonding.joint == ATTACH

    @property
    def touches(self) -> bool:
        """Whether nothing lies between it and what it stands on: hybrid and thermo-compression bonding, fan-out."""
        return self.bonding.joint == NONE

    @property
    def faces_up(self) -> bool:
        """Whether its active surface looks away from the carrier."""
        return self.bonding.faces == UP

    @property
    def faces_down(self) -> bool:
        """Whether its active surface looks at what it stands on."""
        return self.bonding.faces == DOWN


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
    diameter: int = datum(PLAIN, "Wire diameter", "Diameter of a wire", "25 um", needed=True)
    loop_height: Optional[Toleranced] = datum(
        QUANTITY, "Loop height", "Highest point of the loop above its first bond", "120 um ± 20 um", default=None)
    tier: int = datum(COUNT, "Loop tier", "Wires of one tier may not cross in plan", "1", default=1, most=MOST_TIERS)
    profile: str = datum(WORD, "Loop profile", "Shape of the loop", "standard", words=WIRE_PROFILES, default="standard")
    net: str = ""
    metal: str = datum(TEXT, "Wire metal", "What the wire is made of", "Au 4N", default="")

    @property
    def key(self) -> str:
        """The name under which ``Package.place`` finds it."""
        return keys.wire(self.name)


def not_on_far_side(chip: Chip, chips: Iterable[Chip]) -> Iterator[tuple[str, str]]:
    """What keeps a chip from the far side, or what stands on one there: the attribute that says it, and a message."""
    below = {one.name for one in chips if one.is_far}
    if chip.is_far and chip.bonded and not chip.has_gap:
        yield "bonded", f"{chip.name} is bonded {chip.bonded}, and on the carrier's far side only flip chips can stand"
    if chip.is_far and chip.pads is not None:
        yield "pads", f"{chip.name} is on the carrier's far side, where no wire and no chip comes to bond pads; leave them out"
    if chip.is_far and chip.on:
        yield "on", f"{chip.name} stands on {chip.on[0]}, so it is not on the carrier's far side; leave one of the two out"
    elif below & set(chip.on):
        name = next(one for one in chip.on if one in below)
        yield "on", f"{name} is on the carrier's far side, and no chip can stand on one there"


def circle_of(chip: Chip, chips: Mapping[str, Chip]) -> tuple[str, ...]:
    """The names from a chip down to itself again, by ``on``; empty where it does not stand on itself, its own name aside."""
    trails: list[tuple[str, ...]] = [(chip.name,)]
    seen: set[str] = set()
    while trails:
        trail = trails.pop()
        for name in chips[trail[-1]].on:
            if name == chip.name and len(trail) > 1:
                return (*trail, name)
            if name in chips and name not in seen and name != chip.name:
                seen.add(name)
                trails.append((*trail, name))
    return ()
