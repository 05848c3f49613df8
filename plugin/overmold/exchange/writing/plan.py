"""A package in plan for drawing programs: closed outlines, circles, lines and names, layer by layer, y up.

Layers stand in ``LAYERS`` with their numbers (GDS) and colours (DXF, AutoCAD's index); a layer that nothing lies on is left
out. Lengths are nanometres, the origin is the carrier's centre.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ...arrays import IntArray, Sites
from ...drawing.keep_outs import said_of
from ...geometry.oblongs import outline_of
from ...package import Chip, Package, keys
from ...package.moved import at_home
from ...package.site_lands import ball_lands, diameters_of, in_plan, top_land_sizes
from ...package.soldered import bare_sites, soldered
from ...shapes import Outline, Point, rectangle
from ...space import blocks, far_blocks
from ...space.molds import MAIN


class Layer(NamedTuple):
    """One layer: ``number`` in GDS, ``colour`` by AutoCAD's index. Those ``of_leads`` or of the outside are 1 to 19."""

    name: str
    number: int
    colour: int
    dashed: bool = False


LAYERS = (
    Layer("OUTLINE", 1, 7), Layer("MOLD", 2, 8, True), Layer("LEADS", 3, 30), Layer("LEAD_METAL", 4, 31),
    Layer("HALF_ETCH", 5, 32, True), Layer("PADDLE", 6, 40), Layer("PADDLE_FOOT", 7, 41), Layer("TIE_BARS", 8, 42),
    Layer("ETCH_ABOVE", 9, 33, True), Layer("BALLS", 10, 5), Layer("BALL_LANDS", 11, 150), Layer("MOLD_TOP", 12, 9),
    Layer("MOLD_FAR", 13, 8, True), Layer("MOLD_FAR_TOP", 14, 9), Layer("KEEP_OUTS", 15, 230, True),
    Layer("TOP_LANDS", 16, 140), Layer("CHIPS", 20, 3),
    Layer("BUMPS", 21, 6),
    Layer("BOND_PADS", 22, 2), Layer("FINGERS", 23, 1), Layer("WIRES", 24, 4), Layer("PASSIVES", 25, 34),
    Layer("PASSIVE_PADS", 26, 33), Layer("FAR_CHIPS", 27, 94, True), Layer("FAR_BUMPS", 28, 214),
    Layer("STRIP", 40, 7), Layer("STREETS", 41, 1, True), Layer("GATES", 42, 3),
)


@dataclass(frozen=True)
class Shape:
    """A closed outline on a layer, under a name ("" for none)."""

    layer: str
    name: str
    outline: Outline


@dataclass(frozen=True)
class Circles:
    """Round ones on a layer: names (n), centres ``xy`` (n, 2) and ``diameters`` (n); 0 is not known: a point."""

    layer: str
    names: tuple[str, ...]
    xy: IntArray
    diameters: IntArray


@dataclass(frozen=True)
class Stroke:
    """A line on a layer."""

    layer: str
    name: str
    start: Point
    end: Point


@dataclass(frozen=True)
class Plan:
    """All of a package, y up."""

    shapes: tuple[Shape, ...]
    circles: tuple[Circles, ...]
    strokes: tuple[Stroke, ...]

    def __bool__(self) -> bool:
        return bool(self.shapes)

    @property
    def layers(self) -> tuple[Layer, ...]:
        """The layers that something lies on."""
        used = {one.layer for one in self.shapes} | {one.layer for one in self.circles} | {one.layer for one in self.strokes}
        return tuple(layer for layer in LAYERS if layer.name in used)


def plan_of(package: Package) -> Plan:
    """The plan of a package, seen from the chip side; empty where it has no carrier."""
    home = at_home(package)
    if home.carrier is None:
        return Plan((), (), ())
    shapes = [Shape(one.layer, one.name, _up(one.outline)) for one in _shapes(home)]
    strokes = [Stroke("WIRES", wire.name, y_up(wire.from_at), y_up(wire.to_at)) for wire in home.wires]
    return Plan(tuple(shapes), tuple(_circles(home)), tuple(strokes))


def _shapes(package: Package) -> Iterator[Shape]:
    carrier = package.carrier
    assert carrier is not None
    yield Shape("OUTLINE", "", carrier.outline)
    yield from _mold(package)
    yield from (Shape("KEEP_OUTS", said_of(one), one.outline) for one in package.keep_outs)
    yield from _frame(package)
    for finger in carrier.fingers:
        yield Shape("FINGERS", finger.name, finger.outline)
    for chip in package.chips:
        yield Shape("FAR_CHIPS" if chip.is_far else "CHIPS", chip.name, chip.outline)
        if chip.pads is not None:
            size = (chip.pads.size, chip.pads.size)
            for name, spot in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist()):
                yield Shape("BOND_PADS", f"{chip.name}.{name}", rectangle((spot[0], spot[1]), size, chip.angle))
        yield from _oblong_bumps(chip)
    for part in package.passives:
        yield Shape("PASSIVES", part.name, part.outline)
        for terminal in part.terminals:
            yield Shape("PASSIVE_PADS", f"{part.name}.{terminal.name}", rectangle(terminal.at, terminal.size, part.angle))


def _mold(package: Package) -> Iterator[Shape]:
    """Every block on the carrier, and where its walls slant its top too."""
    for layer, every in (("MOLD", blocks(package)), ("MOLD_FAR", far_blocks(package))):
        for block in every:
            name = "" if block.key == MAIN else keys.last(block.key)
            yield Shape(layer, name, block.outline)
            top = block.at(block.cap.nominal) if block.draft and block.cap is not None else None
            if top is not None:
                yield Shape(f"{layer}_TOP", name, top)
def _bump_layer(chip: Chip) -> str:
    return "FAR_BUMPS" if chip.is_far else "BUMPS"


def _oblong_bumps(chip: Chip) -> Iterator[Shape]:
    bumps = chip.bumps
    if bumps is None or not bumps.is_oblong or bumps.diameter is None:
        return
    of = in_plan(chip, diameters_of(bumps.sites, bumps.diameter.nominal))
    for name, at, *size in zip(bumps.sites.names, of.xy.tolist(), of.length.tolist(), of.width.tolist(), of.angle.tolist()):
        if size[0] != size[1]:
            yield Shape(_bump_layer(chip), f"{chip.name}.{name}", outline_of((at[0], at[1]), size[0], size[1], size[2]))


def _frame(package: Package) -> Iterator[Shape]:
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None:
        return
    for lead in frame.leads:
        yield Shape("LEADS", lead.name, lead.foot)
        yield Shape("LEAD_METAL", lead.name, lead.outline)
        for part in lead.half_etched:
            yield Shape("HALF_ETCH", lead.name, part)
    if frame.paddle is not None:
        yield Shape("PADDLE", "", frame.paddle)
        yield Shape("PADDLE_FOOT", "", frame.paddle_foot or frame.paddle)
    for bar in frame.tie_bars:
        yield Shape("TIE_BARS", "", bar)
    for region in frame.etched_above:
        yield Shape("ETCH_ABOVE", "", region)


def _circles(package: Package) -> Iterator[Circles]:
    balls = package.balls
    if balls is not None and len(balls.sites):
        solder, stated = soldered(balls) or balls, balls.diameter.nominal if balls.diameter is not None else 0
        yield Circles("BALLS", solder.sites.names, _up_all(solder.sites), diameters_of(solder.sites, stated))
        lands, _ = ball_lands(balls)
        if lands.any():
            names = tuple(name if bare and len(solder.sites) < len(balls.sites) else ""
                          for name, bare in zip(balls.sites.names, bare_sites(balls).tolist()))
            yield Circles("BALL_LANDS", names, _up_all(balls.sites), lands)
    top = package.top_lands
    if top is not None and len(top.sites):
        yield Circles("TOP_LANDS", top.sites.names, _up_all(top.sites), top_land_sizes(top)[0])
    for chip in package.chips:
        bumps = chip.bumps
        if bumps is not None and len(bumps.sites):
            stated = bumps.diameter.nominal if bumps.diameter is not None else 0
            names = tuple(f"{chip.name}.{name}" for name in bumps.sites.names)
            shapes = in_plan(chip, diameters_of(bumps.sites, stated))
            rows = np.flatnonzero(shapes.length == shapes.width)  # oblong ones are outlines
            if len(rows):
                yield Circles(_bump_layer(chip), tuple(names[i] for i in rows.tolist()), _up_all(bumps.sites)[rows],
                              shapes.length[rows])


def _up_all(sites: Sites) -> IntArray:
    return sites.xy * (1, -1)


def y_up(spot: Point) -> Point:
    """A spot where y grows up."""
    return spot[0], -spot[1]


def _up(outline: Outline) -> Outline:
    return Outline(tuple(tuple(map(y_up, ring)) for ring in outline.rings))
