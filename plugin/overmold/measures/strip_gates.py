"""Where the gates of a strip are: at a side or corner of every block, or over every unit."""

from __future__ import annotations

from typing import NamedTuple, Optional

from ..package import Package
from ..package.words import CENTRE, POINT
from ..shapes import Point
from .strip import Strip

_WAYS = {"left": (-1, 0), "right": (1, 0), "top": (0, -1), "bottom": (0, 1)}


class Gate(NamedTuple):
    """A gate: its middle, the way the mold comes out of it ((0, 0): from above), and how wide it is, 0 where not stated."""

    at: Point
    way: Point
    width: int


def gates_of(package: Package, strip: Strip) -> Optional[list[Gate]]:
    """All gates of a strip; None where nobody has stated where they are."""
    process = package.mold.process if package.mold is not None else None
    if process is None or not process.gate:
        return None
    if process.gate in (CENTRE, POINT):
        x, y = (process.gate_x, process.gate_y) if process.gate == POINT else (0, 0)
        return [Gate((column + x, row + y), (0, 0), process.gate_width) for row in strip.rows() for column in strip.columns()]
    steps = [_WAYS[word] for word in process.gate.split()]
    way = sum(x for x, _ in steps), sum(y for _, y in steps)
    found = []
    for block in strip.block_boxes():
        (x, y), (wide, high) = block.centre, block.size
        found.append(Gate((x + way[0] * wide // 2, y + way[1] * high // 2), (-way[0], -way[1]), process.gate_width))
    return found
