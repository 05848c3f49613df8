"""A chip from a layout: places on its face, y up, about a corner."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...faults import Faults
from ...input_file import read_input
from ...package import Package
from ...shapes import Point
from . import BUMPS, PADS, Asked, Imported
from .ball_map import name_of
from .lef_words import macros_of
from .made import Said, Spots, chip_with, seen_from_above, unlike

_MOST_LEFS = 20


class Area(NamedTuple):
    """What a layout is called, how large it is ((0, 0): not said), and where its lower left corner lies."""

    name: str
    size: Point = (0, 0)
    corner: Point = (0, 0)


def chip_of(spots: Spots, area: Area, source: str, asked: Asked, notes: list[str]) -> Imported:
    """The chip about its middle: layouts are drawn on its face, y up, their origin in its corner."""
    said = Said(notes, [f"The design is called {area.name}."] if area.name else [])
    (x, y), size = area.corner, area.size
    stated = asked.size or (size if min(size) > 0 else None)
    between = (spots.xy.min(axis=0) + spots.xy.max(axis=0)) // 2
    middle = np.array((x + size[0] // 2, y + size[1] // 2) if min(size) > 0 else between.tolist(), np.int64)
    what = asked.what if asked.what in (BUMPS, PADS) else BUMPS
    about = (spots.xy - middle) * np.array((1, -1), np.int64)
    # LEF and DEF are layouts, so they are seen on the face: nobody has to say that.
    xy = seen_from_above(about, asked, "face", source, what)
    chip = chip_with(asked.chip, what, spots._replace(names=unlike(spots.names), xy=xy), stated, said)
    return said.of(Package(asked.name or name_of(source), source, chips=(chip,)), "the layout")


def sizes_beside(path: Path, cells: set[str], notes: list[str]) -> dict[str, Point]:
    """The sizes of these cells, out of LEF files that lie beside this one."""
    sizes: dict[str, Point] = {}
    for lef in sorted(path.parent.glob("*.lef"))[:_MOST_LEFS]:
        try:
            found = macros_of(read_input(lef), str(lef))
        except Faults as error:
            notes.append(f"{lef.name} is left out: {error.faults[0].message}")
            continue
        new = {cell: found[cell].size for cell in cells if cell in found and min(found[cell].size) > 0}
        if new:
            notes.append(f"the size of {', '.join(sorted(new))} is that of {lef.name}")
        sizes.update(new)
    return sizes
