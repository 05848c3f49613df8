"""Chips, and what joins them to what they stand on: bumps, bond pads and wires."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

from ..arrays import Sites
from ..shapes import Outline, Point
from ..units import Toleranced


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
