"""Where a board and its package file have drifted apart: every datum that differs, with both values.

Positions are compared relative to the carrier's centre: a package file has its origin there, a board anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

import numpy as np

from .arrays import Sites
from .package import Balls, Bumps, Chip, Package, Passive
from .shapes import Outline, Point
from .units import LENGTH, PRESSURE, TEMPERATURE, Kind, Toleranced, show, show_toleranced

# KiCad keeps whole nanometres, but a turned part's corners round twice.
_TOLERANCE = 2


@dataclass(frozen=True)
class Drift:
    """One datum that differs: ``key`` as in ``Package.places``; ``board`` and ``spec`` as people write them, "" is absent."""

    key: str
    board: str
    spec: str

    def __str__(self) -> str:
        return f"{self.key}: board {self.board or 'has none'}, package file {self.spec or 'has none'}"


def drift(board: Package, spec: Package) -> tuple[Drift, ...]:
    """Every difference, part by part; empty where the board is what the package file says."""
    return tuple(_differences(board, spec, _centre(board), _centre(spec)))


def _centre(package: Package) -> Point:
    return package.carrier.outline.centre if package.carrier is not None else (0, 0)


def _differences(board: Package, spec: Package, here: Point, there: Point) -> Iterator[Drift]:
    yield from _text("package", board.name, spec.name)
    yield from _carriers(board, spec, here, there)
    yield from _parts("chips", {c.name: c for c in board.chips}, {c.name: c for c in spec.chips})
    chips = {chip.name: chip for chip in spec.chips}
    for chip in board.chips:
        if chip.name in chips:
            yield from _chip(chip, chips[chip.name], here, there)
    yield from _parts("passives", {p.name: p for p in board.passives}, {p.name: p for p in spec.passives})
    passives = {passive.name: passive for passive in spec.passives}
    for passive in board.passives:
        if passive.name in passives:
            yield from _passive(passive, passives[passive.name], here, there)
    yield from _mold(board, spec, here, there)
    yield from _balls(board.balls, spec.balls, here, there)
    one, other = board.singulation, spec.singulation
    yield from _text("singulation.method", one.method if one else "", other.method if other else "")
    yield from _quantity("singulation.street", one.street if one else None, other.street if other else None, LENGTH)
    yield from _quantity("singulation.kerf", one.kerf if one else None, other.kerf if other else None, LENGTH)
    yield from _length("max_height", board.max_height or 0, spec.max_height or 0)


def _parts(key: str, here: dict[str, Chip] | dict[str, Passive], there: dict[str, Chip] | dict[str, Passive]
           ) -> Iterator[Drift]:
    yield from (Drift(f"{key}.{name}", "is there", "") for name in here if name not in there)
    yield from (Drift(f"{key}.{name}", "", "is there") for name in there if name not in here)


def _carriers(board: Package, spec: Package, here: Point, there: Point) -> Iterator[Drift]:
    one, other = board.carrier, spec.carrier
    if one is None or other is None:
        yield from _text("carrier", "is there" if one else "", "is there" if other else "")
        return
    yield from _text("carrier.kind", one.kind, other.kind)
    yield from _outline("carrier.outline", one.outline, other.outline, here, there)
    if [layer.kind for layer in one.stackup] != [layer.kind for layer in other.stackup]:
        yield Drift("carrier.stackup", ", ".join(layer.kind for layer in one.stackup),
                    ", ".join(layer.kind for layer in other.stackup))
        return
    for i, (a, b) in enumerate(zip(one.stackup, other.stackup)):
        yield from _quantity(f"carrier.stackup.{i}", a.thickness, b.thickness, LENGTH)
        if a.kind != "copper":  # KiCad keeps no material of copper
            yield from _text(f"carrier.stackup.{i}.material", a.material, b.material)


def _chip(one: Chip, other: Chip, here: Point, there: Point) -> Iterator[Drift]:
    key = one.key
    yield from _place(key, one.at, other.at, one.angle, other.angle, here, there)
    yield from _outline(f"{key}.outline", one.outline, other.outline, one.at, other.at)
    yield from _quantity(f"{key}.thickness", one.thickness, other.thickness, LENGTH)
    yield from _quantity(f"{key}.gap", one.gap, other.gap, LENGTH)
    yield from _text(f"{key}.bonded", one.bonded, other.bonded)
    yield from _text(f"{key}.gap_filled_with", one.gap_filled_with, other.gap_filled_with)
    a, b = one.bumps, other.bumps
    if a is None or b is None:
        yield from _text(f"{key}.bumps", "are there" if a else "", "are there" if b else "")
        return
    yield from _solder(f"{key}.bumps", a, b)
    yield from _quantity(f"{key}.bumps.height", a.height, b.height, LENGTH)
    yield from _length(f"{key}.bumps.ubm", a.ubm, b.ubm)
    yield from _length(f"{key}.bumps.passivation", a.passivation, b.passivation)
    yield from _length(f"{key}.bumps.pad", a.pad, b.pad)
    yield from _length(f"{key}.bumps.opening", a.opening, b.opening)
    yield from _sites(f"{key}.bumps", a.sites, b.sites, a.nets, b.nets, one.at, other.at)


def _passive(one: Passive, other: Passive, here: Point, there: Point) -> Iterator[Drift]:
    key = one.key
    yield from _place(key, one.at, other.at, one.angle, other.angle, here, there)
    yield from _outline(f"{key}.outline", one.outline, other.outline, one.at, other.at)
    yield from _quantity(f"{key}.height", one.height, other.height, LENGTH)
    yield from _text(f"{key}.value", one.value, other.value)
    pads, due = ({terminal.name: terminal for terminal in part.terminals} for part in (one, other))
    yield from (Drift(f"{key}.{name}", "is there", "") for name in pads if name not in due)
    yield from (Drift(f"{key}.{name}", "", "is there") for name in due if name not in pads)
    for name in (name for name in pads if name in due):
        a, b = pads[name], due[name]
        yield from _place(f"{key}.{name}", a.at, b.at, 0, 0, one.at, other.at)
        if a.size != b.size:
            yield Drift(f"{key}.{name}.size", _lengths(a.size), _lengths(b.size))
        yield from _text(f"{key}.{name}.net", a.net, b.net)


def _mold(board: Package, spec: Package, here: Point, there: Point) -> Iterator[Drift]:
    one, other = board.mold, spec.mold
    if one is None or other is None:
        yield from _text("mold", "is there" if one else "", "is there" if other else "")
        return
    yield from _outline("mold.outline", one.outline, other.outline, here, there)
    yield from _quantity("mold.cap", one.cap, other.cap, LENGTH)
    yield from _quantity("mold.filler", one.filler, other.filler, LENGTH)
    yield from _text("mold.process.method", one.process.method, other.process.method)
    yield from _quantity("mold.process.pressure", one.process.pressure, other.process.pressure, PRESSURE)
    yield from _quantity("mold.process.temperature", one.process.temperature, other.process.temperature, TEMPERATURE)


def _balls(one: Optional[Balls], other: Optional[Balls], here: Point, there: Point) -> Iterator[Drift]:
    if one is None or other is None:
        yield from _text("balls", "are there" if one else "", "are there" if other else "")
        return
    yield from _solder("balls", one, other)
    yield from _quantity("balls.standoff", one.standoff, other.standoff, LENGTH)
    yield from _length("balls.land", one.land, other.land)
    yield from _length("balls.opening", one.opening, other.opening)
    sides, due = dict(zip(one.sites.names, one.sides)), dict(zip(other.sites.names, other.sides))
    for name in (name for name in sides if name in due and sides[name] != due[name]):
        yield Drift(f"balls.{name}", sides[name], due[name])
    yield from _sites("balls", one.sites, other.sites, one.nets, other.nets, here, there)


def _solder(key: str, one: Bumps | Balls, other: Bumps | Balls) -> Iterator[Drift]:
    yield from _quantity(f"{key}.diameter", one.diameter, other.diameter, LENGTH)
    yield from _text(f"{key}.alloy", one.alloy, other.alloy)


def _sites(key: str, one: Sites, other: Sites, nets: tuple[str, ...], due: tuple[str, ...], here: Point, there: Point
           ) -> Iterator[Drift]:
    """Sites that are missing, new, moved or on another net, by name."""
    at, should = ({name: i for i, name in enumerate(sites.names)} for sites in (one, other))
    yield from (Drift(f"{key}.{name}", "is there", "") for name in at if name not in should)
    yield from (Drift(f"{key}.{name}", "", "is there") for name in should if name not in at)
    both = [name for name in at if name in should]
    if not both:
        return
    i, j = np.array([at[name] for name in both]), np.array([should[name] for name in both])
    apart = np.abs((one.xy[i] - np.array(here)) - (other.xy[j] - np.array(there))).max(axis=1)
    for k in np.flatnonzero(apart > _TOLERANCE):
        x, y = (int(value) for value in one.xy[i[k]] - np.array(here))
        to_x, to_y = (int(value) for value in other.xy[j[k]] - np.array(there))
        yield Drift(f"{key}.{both[k]}", _point((x, y)), _point((to_x, to_y)))
    for name in (name for name in both if nets[at[name]] != due[should[name]]):
        yield Drift(f"{key}.{name}.net", nets[at[name]], due[should[name]])


def _point(point: Point) -> str:
    return f"at {show(point[0], LENGTH, 'mm')}, {show(point[1], LENGTH, 'mm')}"


def _place(key: str, at: Point, due: Point, angle: int, due_angle: int, here: Point, there: Point) -> Iterator[Drift]:
    one, other = (at[0] - here[0], at[1] - here[1]), (due[0] - there[0], due[1] - there[1])
    if max(abs(one[0] - other[0]), abs(one[1] - other[1])) > _TOLERANCE:
        yield Drift(f"{key}.at", _point(one), _point(other))
    if (angle - due_angle) % 360_000:
        yield Drift(f"{key}.angle", f"{angle / 1000:g} deg", f"{due_angle / 1000:g} deg")


def _outline(key: str, one: Outline, other: Outline, here: Point, there: Point) -> Iterator[Drift]:
    """Outlines differ where their corners do, whichever corner each begins with."""
    def corners(outline: Outline, origin: Point) -> list[Point]:
        return sorted(point for ring in outline.moved((-origin[0], -origin[1])).rings for point in ring)

    a, b = corners(one, here), corners(other, there)
    if len(a) != len(b) or any(max(abs(p[0] - q[0]), abs(p[1] - q[1])) > _TOLERANCE for p, q in zip(a, b)):
        yield Drift(key, _size(one), _size(other))


def _size(outline: Outline) -> str:
    width, height = outline.size
    corners = sum(len(ring) for ring in outline.rings)
    return f"{_lengths((width, height))}, {corners} corners"


def _lengths(size: Point) -> str:
    return f"{show(size[0], LENGTH, 'mm')} x {show(size[1], LENGTH, 'mm')}"


def _text(key: str, one: str, other: str) -> Iterator[Drift]:
    if one != other:
        yield Drift(key, one, other)


def _length(key: str, one: int, other: int) -> Iterator[Drift]:
    if one != other:
        yield Drift(key, show(one, LENGTH) if one else "", show(other, LENGTH) if other else "")


def _quantity(key: str, one: Optional[Toleranced], other: Optional[Toleranced], kind: Kind) -> Iterator[Drift]:
    if one != other:
        yield Drift(key, show_toleranced(one, kind) if one else "", show_toleranced(other, kind) if other else "")
