"""The carrier in the package file: outline, stack-up or lead frame, bond fingers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Optional

from ...package import LEAD_FRAME, SUBSTRATE, Carrier, Layer
from ...package.own import own_size, own_spot
from ...shapes import Outline, Point
from .data import data_lines, data_pairs
from .fingers import finger_lines
from .frame import frame_lines
from .text import group, line, pair, unsaid, word, wrapped

# What KiCad calls the layers of every stack-up: no names of somebody's own.
_KICADS_OWN = re.compile(r"[FB]\.(Mask|Cu)|In\d+\.Cu|dielectric \d+( \(\d+\))?")


def carrier_lines(carrier: Optional[Carrier]) -> Iterator[str]:
    """The group ``carrier``."""
    if carrier is None:
        yield unsaid(0, f"carrier: {{kind: {SUBSTRATE}, size: [10 mm, 10 mm]}}")
        return
    yield "carrier:"
    yield from data_lines(2, carrier)
    yield from outline_lines(2, carrier.outline, (0, 0), 0)
    if carrier.frame is not None:
        yield from frame_lines(carrier.frame, carrier.outline)
    elif carrier.stackup:
        yield line(2, "stackup:", "from the chip side down")
        yield from (line(4, f"- {text}") for text in _layers(carrier.stackup))
    elif carrier.kind == LEAD_FRAME:
        yield unsaid(2, "frame: {thickness: 200 um, leads: {per_side: 8, pitch: 0.5 mm, width: 0.25 mm, length: 0.4 mm}}")
    else:
        yield unsaid(2, "stackup: [{layer: mask, thickness: 15 um ± 3 um}, {layer: copper, thickness: 15 um}]")
    yield from finger_lines(carrier.fingers)


def _layers(layers: Sequence[Layer]) -> Iterator[str]:
    wide = max(len(layer.kind) for layer in layers) + 1
    for layer in layers:
        named = layer.name and not _KICADS_OWN.fullmatch(layer.name)
        text = group([("layer", layer.kind), *data_pairs(layer), ("name", word(layer.name) if named else None)])
        yield text.replace(f"{layer.kind},", f"{layer.kind},".ljust(wide), 1)


def outline_lines(indent: int, outline: Outline, at: Point, angle: int) -> list[str]:
    """``size`` of a part that is a rectangle about its centre, else ``outline`` with its corners."""
    size = own_size(outline, at, angle)
    if size is not None:
        return [line(indent, f"size: {pair(size)}")]
    corners = [pair(own_spot(corner, at, angle)) for corner in outline.rings[0]]
    return wrapped(indent, "outline: [", corners)
