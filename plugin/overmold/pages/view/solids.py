"""The bodies, crowds and wire loops of a package as ``space`` has them, with their colours and what they are called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from ...arrays import IntArray
from ...drawing.keep_outs import said_of
from ...geometry.oblongs import as_circles
from ...metal import BALL, BUMP, TOP_LAND, metal_of
from ...model3d.colours import COPPER, SOLDER, colour_of, core_colour, is_of_copper, wire_colour
from ...package import Package, keys
from ...pictures.keep_outs import keep_out_spaces
from ...pictures.levels import ends, level, metals
from ...pictures.marks import Marks, hue_of_body, name_of
from ...pictures.pieces import bare_kind, fillings, kind_of, words_of
from ...pictures.solder import disc_of
from ...shapes import Outline
from ...space import (
    ATTACH,
    BALLS,
    CAVITY,
    LAYER,
    Body,
    Crowd,
    Height,
    bodies,
    crowds,
    package_top,
    upper_package,
    wire_loops,
)
from ...space.bodies import carrier_thickness
from ...space.molds import slabs
from ...space.pockets import without_pockets
from ...space.sums import LEVEL, NOTHING
from .columns import column, hex_colour

BARE, FILLED, KEPT_OUT = (.55, .50, .32), (.48, .42, .29), (.72, .20, .50)


def bodies_of(package: Package, hues: Marks) -> list[dict[str, Any]]:
    """Every body with its rings and the heights between which a picture draws it: ``known`` are those that follow from what is
    stated, and ``hatched`` is what of nobody knows how thick it is."""
    made = [_body(package, slab, hues) for whole in bodies(package)
            for body in (without_pockets(package, whole) if whole.kind == LAYER else (whole,)) for slab in slabs(body)]
    upper = upper_package(package)
    if upper is not None:
        made.append({**_body(package, upper, hues), "name": "upper package"})
    carrier = package.carrier
    if carrier is not None and carrier.frame is None and not carrier.stackup:
        body = Body(LAYER, keys.CARRIER, carrier.outline, Height((NOTHING - carrier_thickness(package),)), LEVEL)
        made.append({**_shape(package, body), "name": carrier.kind, "words": f"{carrier.kind}, thickness not stated",
                     "drawn": bare_kind(carrier), "colour": hex_colour(BARE), "hue": hues.get(keys.CARRIER, "")})
    for outline, room, kind, words in fillings(package):
        body = Body("filling", "", outline, room.lower, room.upper)
        made.append({**_shape(package, body), "name": words, "words": words, "drawn": kind, "colour": hex_colour(FILLED),
                     "hue": ""})
    return [*made, *_keep_outs(package, hues)]


def _keep_outs(package: Package, hues: Marks) -> Iterator[dict[str, Any]]:
    """What must stay free, as bodies of the kind "keepout"; "name" alone is what people look it up by."""
    top = package_top(package)
    for one, low, high in keep_out_spaces(package):
        yield {"kind": "keepout", "key": one.key, "low": low, "high": high, "rings": _rings(one.outline),
               "known": top is None or top.value is not None, "hatched": False, "name": f"keep-out {one.name}",
               "words": f"keep-out {said_of(one)}", "drawn": "keepout", "colour": hex_colour(KEPT_OUT),
               "hue": hues.get(one.key, "")}


def _body(package: Package, body: Body, hues: Marks) -> dict[str, Any]:
    named = {f"{keys.FRAME}.tie_bars": "tie bar", "lid.attach": "lid attach"}
    if body.kind == CAVITY:
        shared = keys.is_within(body.key, keys.CAVITIES)
        named[body.key] = f"cavity {keys.last(body.key) if shared else f'of {name_of(package, keys.around(body.key))}'}"
    name = f"die attach of {name_of(package, keys.around(body.key))}" if body.kind == ATTACH else name_of(package, body.key)
    return {**_shape(package, body), "name": named.get(body.key, name),
            "words": words_of(package, body), "drawn": kind_of(package, body), "colour": hex_colour(colour_of(package, body)),
            "hue": hue_of_body(body, hues)}


def _shape(package: Package, body: Body) -> dict[str, Any]:
    low, high = sorted((level(package, body.bottom), level(package, body.top)))
    return {"kind": body.kind, "key": body.key, "low": low, "high": high,
            "rings": _rings(body.outline),
            "known": body.bottom.value is not None and body.top.value is not None,
            "hatched": bool((body.top - body.bottom).lacks)}


def _rings(outline: Outline) -> list[list[int]]:
    return [[number for point in ring for number in point] for ring in outline.rings]


def crowds_of(package: Package, place: IntArray) -> list[dict[str, Any]]:
    """Bumps and balls: which pieces they are on the page, between which heights, how wide each is (0: nobody has said), and of
    every width the sphere that it is a part of: its radius (0: a rod) and how far its middle lies below the upper end. The
    copper of pillars and the cores of balls are further ones of the same pieces."""
    found = []
    for crowd in crowds(package):
        diameters = crowd.diameters if crowd.shapes is None else np.rint(as_circles(crowd.shapes)).astype(np.int64)
        known = crowd.bottom.value is not None and crowd.top.value is not None
        same = {"kind": crowd.kind, "key": crowd.key, "known": known, "hatched": bool((crowd.top - crowd.bottom).lacks),
                "pieces": place[_numbers(package)[crowd.key][crowd.rows]].tolist()}
        for low, high, is_copper in metals(package, crowd):
            found.append({**same, "low": low, "high": high, "colour": hex_colour(COPPER if is_copper else SOLDER),
                          "drawn": "copper" if is_copper else "bump", "diameters": column(diameters),
                          "shapes": _spheres(crowd, diameters, low, high)})
        if crowd.core:
            low, _ = ends(package, crowd)
            found.append({**same, "low": low, "high": low + crowd.core, "colour": hex_colour(core_colour(crowd.core_material)),
                          "drawn": "copper" if is_of_copper(crowd.core_material) else "core",
                          "diameters": column(np.full(len(crowd.xy), crowd.core, np.int64)),
                          "shapes": {crowd.core: [crowd.core // 2, crowd.core // 2]}})
    return found


def _spheres(crowd: Crowd, diameters: IntArray, low: int, high: int) -> dict[int, list[int]]:
    on_land = crowd.kind == BALLS and high > 0  # on the chip side a ball stands on its land
    shapes = {}
    for wide in {*diameters.tolist()} - {0} if high > low and not crowd.rod else ():
        disc = disc_of(crowd.kind, wide, high - low, 0.0)
        if disc is not None:
            shapes[wide] = [round(disc.radius), round(disc.height - disc.depth if on_land else disc.depth)]
    return shapes


def _numbers(package: Package) -> dict[str, IntArray]:
    """The pieces of metal that all joints of a part are, by the key that crowds have."""
    pieces = metal_of(package).pieces
    return {**{keys.bumps(chip.name): pieces.numbers(BUMP, i) for i, chip in enumerate(package.chips)},
            keys.BALLS: pieces.numbers(BALL), keys.TOP_LANDS: pieces.numbers(TOP_LAND)}


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

