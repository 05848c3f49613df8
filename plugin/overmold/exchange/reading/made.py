"""Parts of a package as foreign files speak of them: numbers without a unit, from below, about a corner."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import NamedTuple, Optional

import numpy as np

from ...arrays import IntArray, Sites
from ...faults import Fault, Faults, fail
from ...package import FACE_UP, FLIP_CHIP, BondPads, Bumps, Chip, Package
from ...shapes import Point, rectangle
from ...units import LENGTH, Toleranced, show
from . import BUMPS, Asked, Imported
from .table_sites import plain_nets

_MOST_DIGITS = 40


def nanometres(word: object, scale: int, source: str, line: int = 0, column: int = 0, per: int = 1) -> int:
    """A number times ``scale`` (nm) by ``per``, whole; raises Faults where it is none, or beyond a metre."""
    text = str(word).strip()
    try:
        number = Decimal(text) if len(text) <= _MOST_DIGITS and "_" not in text else Decimal("NaN")
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number.adjusted()) > _MOST_DIGITS or abs(number * scale / per) > LENGTH.largest:
        raise fail(source, f"'{text[:60]}' is not a length that can be", line, column)
    return round(number * scale / per)


def unlike(names: Sequence[str]) -> list[str]:
    """Names of which none is twice: what is there already is numbered."""
    used: set[str] = set()
    found = []
    for name in names:
        number, one = 1, name
        while one in used:
            number += 1
            one = f"{name}_{number}"
        used.add(one)
        found.append(one)
    return found


class Spots(NamedTuple):
    """Pads of a chip: their names, places (n, 2) in nm and nets; ``width`` is that of a pad, 0 for unknown."""

    names: Sequence[str]
    xy: IntArray
    nets: Sequence[str]
    width: int = 0


@dataclass
class Said:
    """What is to be said of a file, and what belongs into the package file as a comment."""

    notes: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def guess(self, words: str, hint: str = "") -> None:
        """Say that this is a guess, in both."""
        self.notes.append(f"guess: {words}{hint}")
        self.comments.append(f"A guess: {words}.")

    def of(self, package: Package, teller: str) -> Imported:
        """The package with all that."""
        return Imported(package, tuple(self.notes), tuple(self.comments), teller)


def chip_with(name: str, what: str, spots: Spots, size: Optional[Point], said: Said) -> Chip:
    """A chip about the origin with bumps or bond pads (``what``) at these places, seen from above and y down.

    Without a stated ``size`` the least that holds its pads is taken, and said to be a guess.
    """
    names, xy, nets, width = spots
    if size is None:
        reach = np.abs(xy).max(axis=0) * 2 + max(width, 100_000)
        size = (int(reach[0]), int(reach[1]))
        wide, high = (show(one, LENGTH, "mm") for one in size)
        said.guess(f"the chip is {wide} by {high}: no size is stated, and its pads need that", "; say --size")
    sites = Sites(tuple(names), xy)
    joined = plain_nets(nets)
    bumps = Bumps(sites, joined, diameter=Toleranced(width) if width else None, height=None) if what == BUMPS else None
    pads = BondPads(sites, joined, size=width) if what != BUMPS else None
    return Chip(name=name, outline=rectangle((0, 0), size), at=(0, 0), angle=0, thickness=None,
                bonded=FLIP_CHIP if what == BUMPS else FACE_UP, bumps=bumps, pads=pads)


def seen_from_above(xy: IntArray, asked: Asked, view: str, source: str, what: str) -> IntArray:
    """Places on a chip's face (y up), as they lie seen from above (y down); raises Faults where nobody says what is seen.

    A flip chip is seen through its back, so what was drawn on its face is mirrored; the pads of one that lies face up are not.
    """
    seen = asked.view or view
    if seen not in ("face", "back"):
        raise fail(source, "nothing says whether these places are seen on the chip's face (as in its layout) or through "
                   "its back; say --view face or --view back")
    mirrored = (seen == "face") == (what == BUMPS)
    return xy * np.array([-1 if mirrored else 1, 1], np.int64)


def each_once(faults: list[Fault]) -> None:
    """Raises the faults, if there are any; not more than anybody would read."""
    if faults:
        raise Faults(list(dict.fromkeys(faults))[:100])
