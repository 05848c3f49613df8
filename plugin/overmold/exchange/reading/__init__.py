"""From the files that a team already has to a package: each reader gives one, and says what it left out and what it guessed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Optional

from ...package import Package
from ...shapes import Point

BALLS, BUMPS, PADS, WIRES = "balls", "bumps", "pads", "wires"
UP, DOWN = "up", "down"


@dataclass(frozen=True)
class Asked:
    """What somebody says of a file that it does not say itself; "" and 0 leave that to the file.

    ``columns`` are those to take, by what they say: a head or a number from 1. ``unit`` is that of bare numbers. ``y`` is
    where y grows to, ``view`` what the places are seen on: the package from above (top) or its balls (bottom), a chip's
    active face (face) or through its back (back). ``origin``: whether the table's own origin is the middle of the
    package, or the sites'
    ``middle`` is. ``pitch`` (nm) places sites that have no place; ``size`` (nm) is that of the package, or of the chip.
    """

    name: str = ""
    what: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    y: str = ""
    view: str = ""
    origin: str = ""
    pitch: int = 0
    size: Optional[Point] = None
    sheet: str = ""
    chip: str = "U1"
    layer: str = ""


@dataclass(frozen=True, eq=False)
class Imported:
    """What a file says: the ``package``, what was taken, guessed and left out (``notes``), and lines that belong into the
    package file as comments. ``teller`` is what the package file calls the source."""

    package: Package
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    teller: str = "the table"
