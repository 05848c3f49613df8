"""GDSII: the pads of a chip on one layer, named by the texts that lie on them."""

from __future__ import annotations

import re

import numpy as np

from ...faults import fail
from ...package import Package
from ...units import LENGTH
from . import BUMPS, PADS, Asked, Imported
from .ball_map import name_of
from .gds_records import MOST_SHAPES, Layer, Stream, placed_cells, read_stream
from .made import Said, Spots, chip_with, seen_from_above, unlike

_LAYER = re.compile(r"(\d{1,5})(?:[/:](\d{1,5}))?")
_Box = tuple[float, float, float, float]
_Label = tuple[str, float, float]


def read_gds(data: bytes, source: str, asked: Asked) -> Imported:
    """The chip whose pads are the shapes on the layer ``asked.layer``; raises Faults, also where none is named."""
    stream = read_stream(data, source)
    known = ", ".join(f"{a}/{b}" for a, b in sorted(stream.layers())[:20])
    found = _LAYER.fullmatch(asked.layer)
    if found is None:
        raise fail(source, f"say on which layer the pads are, for example --layer 5/0; there are {known or 'none'}")
    layer = (int(found[1]), int(found[2] or 0))
    tops = stream.tops()
    if not tops:
        raise fail(source, "is a GDSII file whose cells all lie in each other")
    boxes, labels, extent = _drawn(stream, tops[0], layer, source)
    if not boxes:
        raise fail(source, f"nothing is drawn on layer {layer[0]}/{layer[1]}; there are {known}")
    notes = [f"taken: the {len(boxes)} shapes on layer {layer[0]}/{layer[1]} of cell {tops[0]}"]
    if len(tops) > 1:
        notes.append(f"other top cells are left out: {', '.join(tops[1:9])}")
    names, named = _names(boxes, labels)
    notes.append(f"{named} of them are named by the texts on them" + ("" if named == len(boxes) else
                                                                      f", {len(boxes) - named} are counted (P1, P2 …)"))
    texts = {text for text, _, _ in labels}
    nets = [name if name in texts else "" for name in names]
    return _chip(boxes, Spots(names, np.zeros((0, 2), np.int64), nets), (extent, stream.unit), source, asked, notes)


def _drawn(stream: Stream, top: str, layer: Layer, source: str) -> tuple[list[_Box], list[_Label], _Box]:
    boxes: list[_Box] = []
    labels: list[_Label] = []
    reach = [float("inf"), float("inf"), float("-inf"), float("-inf")]
    for cell, place in placed_cells(stream, top, source):
        for one, drawn in cell.boxes.items():
            for left, bottom, right, upper in drawn:
                (ax, ay), (bx, by) = place.of(left, bottom), place.of(right, upper)
                box = (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
                reach = [min(reach[0], box[0]), min(reach[1], box[1]), max(reach[2], box[2]), max(reach[3], box[3])]
                if one == layer:
                    boxes.append(box)
        for one, texts in cell.texts.items():
            if one[0] == layer[0]:
                labels += [(text, *place.of(x, y)) for text, x, y in texts]
        if len(boxes) + len(labels) > MOST_SHAPES:
            raise fail(source, f"there are more than {MOST_SHAPES:,} shapes on this layer")
    return boxes, labels, (reach[0], reach[1], reach[2], reach[3])


def _names(boxes: list[_Box], labels: list[_Label]) -> tuple[list[str], int]:
    """What each pad is called: by the text on it, else by its number; and how many have a text."""
    at = np.array([(x, y) for _, x, y in labels], np.float64).reshape(-1, 2)
    names, named = [], 0
    for number, (left, bottom, right, upper) in enumerate(boxes, 1):
        on = np.flatnonzero((at[:, 0] >= left) & (at[:, 0] <= right) & (at[:, 1] >= bottom) & (at[:, 1] <= upper))
        text = labels[int(on[0])][0].strip() if len(on) else ""
        named += bool(text)
        names.append(re.sub(r"[\s,;\"]+", "_", text)[:60] or f"P{number}")
    return unlike(names), named


def _chip(boxes: list[_Box], spots: Spots, drawn: tuple[_Box, float], source: str, asked: Asked, notes: list[str]) -> Imported:
    """The chip about the middle of all that is ``drawn``, a box in database units, and what such a unit is in nm."""
    said, (extent, unit) = Said(notes), drawn
    xy = np.array([((left + right) / 2, (bottom + upper) / 2) for left, bottom, right, upper in boxes])
    middle = np.array([(extent[0] + extent[2]) / 2, (extent[1] + extent[3]) / 2])
    nm = np.rint((xy - (0 if asked.origin == "table" else middle)) * unit * np.array([1, -1]))
    if np.abs(nm).max() > LENGTH.largest:
        raise fail(source, "its pads lie farther than 1 m from each other")
    size = (round((extent[2] - extent[0]) * unit), round((extent[3] - extent[1]) * unit))
    if not asked.size:
        said.guess("the chip is as large as all that is drawn", ", its seal ring perhaps included; say --size")
    wide = min(min(right - left, upper - bottom) for left, bottom, right, upper in boxes)
    what = asked.what if asked.what in (BUMPS, PADS) else PADS
    about = seen_from_above(nm.astype(np.int64), asked, "face", source, what)  # a layout is drawn on the chip's face
    placed = spots._replace(xy=about, width=round(wide * unit))
    chip = chip_with(asked.chip, what, placed, asked.size or size, said)
    return said.of(Package(asked.name or name_of(source), source, chips=(chip,)), "the layout")
