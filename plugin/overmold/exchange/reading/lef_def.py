"""LEF and DEF: the pads of a macro, and bumps as they are placed in a design."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ...faults import fail
from ...shapes import Point
from . import Asked, Imported
from .layout import Area, chip_of, sizes_beside
from .lef_words import Words, macros_of, words_of
from .made import Spots, nanometres

_UM = 1000
_BUMP = re.compile(r"bump|c4|flip", re.IGNORECASE)


def read_lef(data: bytes, source: str, asked: Asked) -> Imported:
    """The chip that a macro with pads is (``asked.layer`` names one of several); raises Faults."""
    found = {name: macro for name, macro in macros_of(data, source).items() if macro.pins}
    if asked.layer and asked.layer not in found:
        raise fail(source, f"there is no macro '{asked.layer}' with pins; known: {', '.join(list(found)[:12])}")
    if not found or (len(found) > 1 and not asked.layer):
        raise fail(source, f"this LEF file has {len(found)} macros with pins; name one with --layer"
                   + (f": {', '.join(list(found)[:12])}" if found else ""))
    name = asked.layer or next(iter(found))
    macro = found[name]
    spots = np.array([at for at, _ in macro.pins.values()], np.int64)
    width = min(width for _, width in macro.pins.values())
    names = list(macro.pins)
    return chip_of(Spots(names, spots, names, width), Area(name, macro.size), source, asked, [f"taken: the macro {name}"])


def read_def(data: bytes, source: str, asked: Asked) -> Imported:
    """The chip whose bumps a DEF file places; the cells' sizes are those of the LEF files beside it. Raises Faults."""
    design = _design(words_of(data, source))
    notes: list[str] = []
    cells = {cell for cell, _, _ in design.placed.values()}
    bumps = {asked.layer} if asked.layer else {cell for cell in cells if _BUMP.search(cell)}
    taken = {name: one for name, one in design.placed.items() if one[0] in bumps}
    if not taken and design.pins and not asked.layer:
        notes.append(f"taken: the {len(design.pins)} placed pins")
        spots = np.array([at for _, at in design.pins.values()], np.int64)
        return chip_of(Spots(list(design.pins), spots, [net for net, _ in design.pins.values()]), design.area, source, asked,
                     notes)
    if not taken:
        known = ", ".join(sorted(cells)[:12])
        raise fail(source, "no component is placed whose cell is called a bump; name the cell with --layer"
                   + (f"; cells: {known}" if known else ""))
    sizes = sizes_beside(Path(source), bumps, notes)
    middles = [_middle(at, orient, sizes.get(cell, (0, 0))) for cell, at, orient in taken.values()]
    if not all(cell in sizes for cell in bumps):
        notes.append("guess: bumps lie at the corner of their cells that DEF places, for no LEF file beside this one says how "
                     "large these are")
    notes.insert(0, f"taken: {len(taken)} components of {', '.join(sorted(bumps))}; left out: "
                 f"{len(design.placed) - len(taken)} others")
    nets = [design.nets.get(name, "") for name in taken]
    return chip_of(Spots(list(taken), np.array(middles, np.int64), nets), design.area, source, asked, notes)


@dataclass
class _Design:
    """What a DEF file places: cell, lower left corner and orientation of each component; net and place of each pin."""

    name: str = ""
    size: Point = (0, 0)
    corner: Point = (0, 0)
    placed: dict[str, tuple[str, Point, str]] = field(default_factory=dict)
    pins: dict[str, tuple[str, Point]] = field(default_factory=dict)
    nets: dict[str, str] = field(default_factory=dict)

    @property
    def area(self) -> Area:
        """Its name, size and lower left corner."""
        return Area(self.name, self.size, self.corner)


def _design(words: Words) -> _Design:
    design, scale, section = _Design(), 1, ""
    while (word := words.next()):
        if word == "DESIGN" and not design.name:
            design.name = words.next()
        elif word == "UNITS":
            said = words.statement()
            per = int(said[-1]) if said and said[-1].isdecimal() and 0 < int(said[-1]) < 10**7 else 0
            if not per:
                raise fail(words.source, "UNITS DISTANCE MICRONS is not a number of units in a micron", words.line, 1)
            scale = per
        elif word == "DIEAREA":
            points = _points(words.statement(), scale, words)
            if len(points) >= 2:
                xs, ys = [x for x, _ in points], [y for _, y in points]
                design.corner, design.size = (min(xs), min(ys)), (max(xs) - min(xs), max(ys) - min(ys))
        elif word in ("COMPONENTS", "PINS", "NETS", "SPECIALNETS"):
            section = word
            words.statement()
        elif word == "END":
            section = ""
            words.next()
        elif word == "-" and section:
            _entry(words.statement(), section, scale, design, words)
    return design


def _points(said: list[str], scale: int, words: Words) -> list[Point]:
    """Every ``( x y )`` of a statement, in nm; ``*`` repeats the coordinate before it."""
    points: list[Point] = []
    for i, word in enumerate(said):
        if word == "(" and said[i + 3:i + 4] == [")"]:
            last = points[-1] if points else (0, 0)
            x, y = (last[k] if one == "*" else _nm(one, scale, words) for k, one in enumerate(said[i + 1:i + 3]))
            points.append((x, y))
    return points


def _nm(word: str, scale: int, words: Words) -> int:
    return nanometres(word, _UM, words.source, words.line, 1, scale)


def _entry(said: list[str], section: str, scale: int, design: _Design, words: Words) -> None:
    name = said[0] if said else ""
    if section in ("NETS", "SPECIALNETS"):
        for i, word in enumerate(said):
            if word == "(" and said[i + 3:i + 4] == [")"] and said[i + 1] not in ("PIN", "*"):
                design.nets.setdefault(said[i + 1], name)
        return
    at = next((i for i, word in enumerate(said) if word in ("PLACED", "FIXED", "COVER")), -1)
    spots = _points(said[at:], scale, words) if at >= 0 else []
    if not spots:
        return
    if section == "COMPONENTS":
        orient = said[at + 5] if len(said) > at + 5 else "N"
        design.placed[name] = (said[1] if len(said) > 1 else "", spots[0], orient)
    else:
        net = said[said.index("NET") + 1] if "NET" in said[:-1] else name
        design.pins[name] = (net, spots[0])


def _middle(at: Point, orient: str, size: Point) -> Point:
    wide, high = size[::-1] if orient.lstrip("F") in ("W", "E") else size
    return at[0] + wide // 2, at[1] + high // 2
