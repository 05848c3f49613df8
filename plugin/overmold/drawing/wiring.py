"""Bond fingers on the carrier and the wires that end on them, each as a part of its own at the carrier's middle."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

import numpy as np

from ..package import Finger, Package, Wire
from ..package.datum import data_of
from ..shapes import Point
from ..units import LENGTH, show
from . import FRONT_COPPER, FRONT_FAB, FRONT_MASK, RECTANGLE, WIRES, Line, Pads, Part, Text

Kind = tuple[str, ...]  # all data of a wire, in words


def draw_fingers(package: Package, reference: str) -> Optional[Part]:
    """All bond fingers: real pads, open in the mask as the package says. None where there are none."""
    carrier = package.carrier
    if carrier is None or not carrier.fingers:
        return None
    at = carrier.outline.centre
    groups: dict[tuple[Point, int, bool], list[Finger]] = {}
    for finger in carrier.fingers:
        groups.setdefault((finger.size, finger.angle, finger.opening), []).append(finger)
    pads = tuple(
        Pads(tuple(one.name for one in fingers), tuple(one.net for one in fingers),
             np.array([one.at for one in fingers], np.int64) - np.array(at, np.int64), RECTANGLE, size,
             (FRONT_COPPER, FRONT_MASK) if opening else (FRONT_COPPER,), angle=angle)
        for (size, angle, opening), fingers in groups.items())
    words = f"{package.name}: {len(carrier.fingers)} bond fingers"
    return _part(f"{package.name}_fingers", words, "bond finger wire", reference, at, pads, ())


def wire_kinds(package: Package) -> dict[Kind, list[Wire]]:
    """The wires by what they have in common."""
    kinds: dict[Kind, list[Wire]] = {}
    for wire in package.wires:
        kinds.setdefault(kind_of(wire), []).append(wire)
    return kinds


def kind_of(wire: Wire) -> Kind:
    """All that a wire says of itself beside its ends, as it is written."""
    return tuple(datum.text(getattr(wire, name)) for name, datum in data_of(Wire).items())


def draw_wires(package: Package, references: Iterator[str]) -> Iterator[tuple[Wire, Part]]:
    """One part for each kind of wire: a line from first to second bond, as wide as the wire."""
    carrier = package.carrier
    if carrier is None:
        return
    at = carrier.outline.centre
    for number, wires in enumerate(wire_kinds(package).values()):
        one = wires[0]
        lines = tuple(Line(WIRES, _from(wire.from_at, at), _from(wire.to_at, at), one.diameter) for wire in wires)
        words = f"{package.name}: {len(wires)} wires of {show(one.diameter, LENGTH)}, tier {one.tier}"
        yield one, _part(f"{package.name}_wires" + (f"_{number + 1}" if number else ""), words, "bond wire",
                          next(references), at, (), lines)


def _from(spot: Point, at: Point) -> Point:
    return spot[0] - at[0], spot[1] - at[1]


def _part(name: str, description: str, keywords: str, reference: str, at: Point, pads: tuple[Pads, ...],
          lines: tuple[Line, ...]) -> Part:
    hidden = Text(FRONT_FAB, reference, (0, 0), 0)
    return Part(name=name, description=description, keywords=keywords, reference=hidden,
                value=Text(FRONT_FAB, name, (0, 0), 0), pads=pads, shapes=lines, at=at,
                has_courtyard=False, on_boards_only=True, in_no_schematic=True)
