"""Sites of a chip that are no copper: bumps that stand on another chip, and bond pads.

Each is a text on a layer of its own, such as "A1: VDD": its place is the site's, its words are name and net.
"""

from __future__ import annotations

from typing import Optional

import numpy as np

from ...arrays import Sites
from ...shapes import Point, transform
from ..clauses.columns import whole
from ..clauses.tree import Clause, tree
from .one_footprint import Footprint, net_name


def read_sites(part: Footprint, meaning: str, what: str) -> Optional[tuple[Sites, tuple[str, ...]]]:
    """The sites that ``part`` has on the layer of this meaning, with their nets; None where it has none."""
    names, spots, uuids, nets = [], [], [], []
    for text in _texts(part, part.contents.layers(meaning)):
        name, _, net = text.word(1).partition(": ")
        name = name.strip()
        spot = _spot(text)
        if not name or spot is None or name in names:
            part.notes.faults.append(part.contents.index.fault(_trouble(name, spot, what), text.at, part.name))
            continue
        names.append(name)
        nets.append(net_name(net.strip()))
        spots.append(transform(spot, part.at, part.angle))
        uuids.append(text.word_of("uuid"))
    if not names:
        return None
    return Sites(tuple(names), np.array(spots, np.int64), tuple(uuids)), tuple(nets)


def _texts(part: Footprint, layers: tuple[str, ...]) -> list[Clause]:
    index, inner = part.contents.index, part.contents.inner(part.number)
    needles = [f'"{layer}"'.encode() for layer in layers]
    found = []
    for clause in index.called(inner, b"fp_text").tolist():
        begin, end = int(index.start[clause]), int(index.end[clause])
        if any(index.data.find(needle, begin, end) >= 0 for needle in needles):
            text = tree(index, clause)
            if text.word() == "user" and text.word_of("layer") in layers:
                found.append(text)
    return found


def _spot(text: Clause) -> Optional[Point]:
    at = text.first("at")
    x, y = (whole(at.word(i)) for i in (0, 1)) if at else (None, None)
    return (x, y) if x is not None and y is not None else None


def _trouble(name: str, spot: Optional[Point], what: str) -> str:
    if not name:
        return f"this text on the layer of {what}s has no name; write name and net, for example A1: VDD"
    if spot is None:
        return f"{what} {name} has no place: (at …) needs two numbers in mm, at most 2147"
    return f"there are two {what}s called {name}; rename or delete one"
