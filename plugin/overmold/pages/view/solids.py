"""The bodies, crowds and wire loops of a package as ``space`` has them, with their colours and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Optional

import numpy as np

from ...arrays import IntArray
from ...metal import BALL, BUMP, metal_of
from ...model3d.colours import SOLDER, colour_of, layer_kind, wire_colour
from ...model3d.solids import Ball, solder
from ...package import Chip, Package, keys
from ...pictures.marks import Marks, name_of
from ...space import (
    ATTACH,
    CHIP,
    LAYER,
    METAL,
    MOLD,
    PASSIVE,
    Body,
    Height,
    bodies,
    crowds,
    supports,
    top,
    wire_loops,
)
from ...space.bodies import carrier_thickness
from ...space.sums import LEVEL, NOTHING
from ...units import LENGTH, Toleranced, show_toleranced
from .columns import column, hex_colour

# How the pictures call what they draw: their styles are those of the page too.
_DRAWN = {CHIP: "chip", ATTACH: "attach", PASSIVE: "part", METAL: "copper", MOLD: "mold"}


def bodies_of(package: Package, hues: Marks) -> list[dict[str, Any]]:
    """Every body with its rings and heights. ``floor`` is where one begins whose underside nobody can tell."""
    chips = {chip.key: chip for chip in package.chips}
    return [{
        "kind": body.kind, "key": body.key, "name": _name(package, body), "words": _thickness(body),
        "drawn": _DRAWN.get(body.kind) or layer_kind(package, body) or "core", "colour": hex_colour(colour_of(package, body)),
        "rings": [[number for point in ring for number in point] for ring in body.outline.rings],
        "low": _nominal(body.bottom), "high": _nominal(body.top), "floor": _floor(package, chips.get(body.key)),
        "hue": hues.get(body.key, ""),
    } for body in (*bodies(package), *_unstated_carrier(package))]


def _unstated_carrier(package: Package) -> Iterator[Body]:
    """A substrate whose stack-up nobody has stated."""
    carrier = package.carrier
    if carrier is not None and carrier.frame is None and not carrier.stackup:
        yield Body(LAYER, keys.CARRIER, carrier.outline, Height((NOTHING - carrier_thickness(package),)), LEVEL, carrier.kind)


def _name(package: Package, body: Body) -> str:
    if body.kind == ATTACH:
        return f"die attach of {name_of(package, keys.around(body.key))}"
    return {"carrier.frame.tie_bars": "tie bar"}.get(body.key) or name_of(package, body.key)


def _thickness(body: Body) -> str:
    """How thick a body is, of what, or what to state so that it is known."""
    room = body.top - body.bottom
    if room.value is None:
        return f"{', '.join(room.lacks)} not stated"
    return f"{show_toleranced(room.value, LENGTH)} {body.material if body.kind == LAYER else ''}".rstrip()


def _floor(package: Package, chip: Optional[Chip]) -> int:
    tops = [_nominal(top(package, under)) for under in supports(package, chip)] if chip is not None else []
    return max((one for one in tops if one is not None), default=0)


def crowds_of(package: Package, place: IntArray) -> list[dict[str, Any]]:
    """Bumps and balls: which pieces they are on the page, how wide each is (0: not stated), between which heights; and of every
    width the sphere's radius of which such a joint is a part, 0 of one that is a rod."""
    found = []
    for crowd, numbers in zip(crowds(package), _numbers(package)):
        low, high = _nominal(crowd.bottom), _nominal(crowd.top)
        shapes = {}
        for wide in {*crowd.diameters.tolist()} - {0} if low is not None and high is not None and high > low else ():
            shape = solder(wide, high - low)
            shapes[wide] = round(shape.radius) if isinstance(shape, Ball) else 0
        found.append({"kind": crowd.kind, "key": crowd.key, "low": low, "high": high, "colour": hex_colour(SOLDER),
                      "diameters": column(crowd.diameters), "shapes": shapes, "pieces": place[numbers].tolist()})
    return found


def _numbers(package: Package) -> list[IntArray]:
    """The pieces of metal that each crowd's joints are, in the order of ``crowds``."""
    pieces, balls = metal_of(package).pieces, package.balls
    found = [pieces.numbers(BUMP, i) for i, chip in enumerate(package.chips)
             if chip.bumps is not None and len(chip.bumps.sites)]
    if balls is not None:
        sides, all_balls = np.array(balls.sides), pieces.numbers(BALL)
        found += [all_balls[sides == side] for side in sorted(set(balls.sides))]
    return found


def wires_of(package: Package, place: IntArray, hues: Marks) -> dict[str, Any]:
    """All wires: corners of each loop, the page's pieces under its ends (-1: none), and whether its heights are known."""
    if not package.wires:
        return {"names": []}
    swept, ends = wire_loops(package), metal_of(package).joints.wire_ends
    return {
        "names": [wire.name for wire in package.wires], "keys": [wire.key for wire in package.wires],
        "words": [f"{wire.start} to {wire.end}, tier {wire.tier}" for wire in package.wires],
        "ends": np.where(ends >= 0, place[np.maximum(ends, 0)], -1).reshape(-1).tolist(),
        "corners": np.rint(swept.loops).astype(np.int64).reshape(-1).tolist(), "known": column(swept.known.astype(np.int64)),
        "diameters": column(swept.diameters), "colours": [hex_colour(wire_colour(wire.metal)) for wire in package.wires],
        "hues": {i: hues[wire.key] for i, wire in enumerate(package.wires) if wire.key in hues},
    }


def _nominal(height: Height) -> Optional[int]:
    value: Optional[Toleranced] = height.value
    return value.nominal if value is not None else None
