"""Sites that lie on a chip and not on the carrier's copper: bumps that stand on another chip, bond pads, terminals on a chip.

Each is a text such as "A1: VDD" at its place, which says name and net and can be moved by hand, and a shape to look at.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..arrays import Sites
from ..geometry.oblongs import outline_of
from ..package import Chip, Passive
from ..package.site_lands import bump_lands, diameters_of, in_plan
from ..shapes import Point, untransform, untransform_all
from . import BOND_PADS, BUMPS_ON_CHIPS, SITE_WIDTH, Circle, Polygon, Shape, Text

_LETTERS = 6  # a text may be this many times as long as its site is wide


def site_shapes(chip: Chip) -> tuple[Shape, ...]:
    """Circles or ovals for bumps on a chip, squares for bond pads."""
    shapes: list[Shape] = []
    if chip.lands_inside and chip.bumps is not None:
        lands = in_plan(chip, np.array(_widths_of_bumps(chip), np.int64))
        for at, long, wide, turn in zip(_spots(chip, chip.bumps.sites), lands.length.tolist(), lands.width.tolist(),
                                        (lands.angle - chip.angle).tolist()):
            shapes.append(Circle(BUMPS_ON_CHIPS, at, long, SITE_WIDTH) if long == wide else
                          Polygon(BUMPS_ON_CHIPS, outline_of(at, long, wide, turn).rings[0], SITE_WIDTH))
    if chip.pads is not None:
        half = chip.pads.size // 2
        shapes += [Polygon(BOND_PADS, ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)),
                           SITE_WIDTH) for x, y in _spots(chip, chip.pads.sites)]
    return tuple(shapes)


def site_texts(chip: Chip) -> tuple[Text, ...]:
    """Name and net of each of these sites, at its place."""
    texts: list[Text] = []
    if chip.lands_inside and chip.bumps is not None:
        texts += _texts(BUMPS_ON_CHIPS, chip, chip.bumps.sites, chip.bumps.nets, _widths_of_bumps(chip))
    if chip.pads is not None:
        texts += _texts(BOND_PADS, chip, chip.pads.sites, chip.pads.nets, [chip.pads.size] * len(chip.pads.sites))
    return tuple(texts)


def terminal_shapes(passive: Passive) -> tuple[Shape, ...]:
    """The rectangles of the terminals of a passive on a chip: as large as the terminals, where these stand."""
    found = []
    for one in passive.terminals:
        x, y = untransform(one.at, passive.at, passive.angle)
        wide, high = one.size
        left, top = x - wide // 2, y - high // 2
        corners = ((left, top), (left + wide, top), (left + wide, top + high), (left, top + high))
        found.append(Polygon(BUMPS_ON_CHIPS, corners, SITE_WIDTH))
    return tuple(found)


def terminal_texts(passive: Passive) -> tuple[Text, ...]:
    """Name and net of each terminal of a passive on a chip, at its middle."""
    return tuple(Text(BUMPS_ON_CHIPS, _words(one.name, one.net), untransform(one.at, passive.at, passive.angle),
                      max(5_000, min(one.size) // _LETTERS // 1_000 * 1_000)) for one in passive.terminals)


def _widths_of_bumps(chip: Chip) -> list[int]:
    assert chip.bumps is not None
    usual = chip.bumps.diameter.nominal if chip.bumps.diameter else 50_000
    widths = bump_lands(chip.bumps)[0] if chip.bumps.pad else diameters_of(chip.bumps.sites, usual)
    return [int(width) for width in widths]


def _spots(chip: Chip, sites: Sites) -> Iterator[Point]:
    return ((x, y) for x, y in untransform_all(sites.xy, chip.at, chip.angle).tolist())


def _texts(layer: str, chip: Chip, sites: Sites, nets: tuple[str, ...], widths: list[int]
           ) -> Iterator[Text]:
    for name, net, at, width in zip(sites.names, nets, _spots(chip, sites), widths):
        yield Text(layer, _words(name, net), at, max(5_000, width // _LETTERS // 1_000 * 1_000))


def _words(name: str, net: str) -> str:
    # A name with a colon in it ends with one of its own, or it would be read as name and net.
    return f"{name}: {net}" if net else f"{name}:" if ":" in name else name
