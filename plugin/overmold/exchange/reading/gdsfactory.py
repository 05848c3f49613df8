"""Netlists of gdsfactory (YAML: instances, placements, nets, ports): the pads or bumps in one, with their nets.

``placements`` say where each instance lies, in micrometres, y up; an instance may be an array.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from ...faults import fail
from ...marked_yaml import Marked, load
from ...shapes import Point
from ...tables.sheets import text_of
from . import BUMPS, PADS, Asked, Imported
from .layout import Area, chip_of
from .made import Spots, nanometres

_PAD = re.compile(r"bump|c4|pillar|pad(?!dle)", re.IGNORECASE)
_BUMP = re.compile(r"bump|c4|pillar", re.IGNORECASE)
_METAL = re.compile(r"bump|c4|pillar|pad|straight|bend|wire|corner|taper|via|route", re.IGNORECASE)
_UM, _MOST = 1000, 100_000


def is_gdsfactory(data: Mapping[str, Any]) -> bool:
    """Whether the top of a YAML file is that of a netlist."""
    return isinstance(data.get("instances"), dict) and ("placements" in data or "nets" in data or "ports" in data)


def read_gdsfactory(data: bytes, source: str, asked: Asked) -> Imported:
    """The chip whose pads or bumps a netlist places; raises Faults with line and column."""
    marked = load(text_of(data, source), source)
    words = marked.words if isinstance(marked.words, dict) else {}
    if "package" in words:
        raise fail(source, "is a package file already; there is nothing to import", 1, 1)
    if not is_gdsfactory(words):
        raise fail(source, "is not a netlist of gdsfactory: it has no instances with placements", 1, 1)
    cells = {name: str(_map(one).get("component") or "") for name, one in words["instances"].items()}
    taken = [name for name, cell in cells.items() if asked.layer == cell or (not asked.layer and _PAD.search(cell))]
    bumps = [name for name in taken if _BUMP.search(cells[name])]
    taken = bumps or taken
    if not taken:
        known = ", ".join(sorted(set(cells.values()))[:12])
        raise fail(source, f"no instance is of a component called a pad or a bump; name it with --layer; components: {known}",
                   *marked.place(("instances",)))
    nets = _nets(words, cells)
    names, joined, xy = [], [], []
    for name in taken:
        for called, spot in _places(marked, name):
            names.append(called)
            joined.append(nets.get(called) or nets.get(name, ""))
            xy.append(spot)
    notes = [f"taken: {len(names)} places of {', '.join(sorted({cells[name] for name in taken}))}; left out: "
             f"{len(cells) - len(taken)} other instances", "guess: a pad lies with its middle where its instance is placed"]
    what = asked.what or (BUMPS if bumps else PADS)
    spots = Spots(names, np.array(xy, np.int64), joined, _width(marked, taken[0]))
    return chip_of(spots, Area(str(words.get("name") or "")), source, replace(asked, what=what), notes)


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _length(marked: Marked, *path: Any) -> int:
    value: Any = marked.words
    for step in path:
        is_there = isinstance(value, dict) or (isinstance(value, list) and step < len(value))
        value = (value.get(step) if isinstance(value, dict) else value[step]) if is_there else None
    return nanometres(value, _UM, marked.source, *marked.place(path)) if isinstance(value, str) else 0


def _width(marked: Marked, name: str) -> int:
    here = ("instances", name, "settings", "size")
    size = [_length(marked, *here, 0), _length(marked, *here, 1)]
    return min(size) if min(size) > 0 else max(_length(marked, "instances", name, "settings", "diameter"), 0)


def _places(marked: Marked, name: str) -> Iterator[tuple[str, Point]]:
    """Where an instance lies; each place of an array with its column and row."""
    x, y = _length(marked, "placements", name, "x"), _length(marked, "placements", name, "y")
    array = _map(_map(marked.words["instances"].get(name)).get("array"))
    if not array:
        yield name, (x, y)
        return
    here = ("instances", name, "array")
    counts = [str(array.get(key) or "1") for key in ("columns", "rows")]
    if not all(count.isdecimal() and int(count) > 0 for count in counts) or int(counts[0]) * int(counts[1]) > _MOST:
        raise fail(marked.source, "an array has columns and rows, each from 1", *marked.place(here))
    across, up = _length(marked, *here, "column_pitch"), _length(marked, *here, "row_pitch")
    for column in range(int(counts[0])):
        for row in range(int(counts[1])):
            yield f"{name}_{column}_{row}", (x + column * across, y + row * up)


def _nets(words: Mapping[str, Any], cells: Mapping[str, str]) -> dict[str, str]:
    """The net of every instance that is in one: what is joined, port by port, is one, and so are all ports of a pad and both
    ends of a piece of wire. It has the name of a port of the whole, else of an instance in it."""
    group: dict[str, str] = {}

    def node(end: str) -> str:
        instance = end.partition(",")[0]
        return instance if _METAL.search(cells.get(instance.partition("<")[0], "")) else end

    def root(one: str) -> str:
        while group.setdefault(one, one) != one:
            one = group[one]
        return one

    pairs = [(str(one.get("p1")), str(one.get("p2"))) for one in words.get("nets") or () if isinstance(one, dict)]
    pairs += [(str(one), str(other)) for one, other in _map(words.get("connections")).items()]
    for first, second in pairs:
        group[root(node(first))] = root(node(second))
    called = {root(node(str(at))): str(name) for name, at in _map(words.get("ports")).items()}
    return {re.sub(r"<(\d+)\.(\d+)>", r"_\1_\2", one.partition(",")[0]): called.get(root(one), root(one).partition(",")[0])
            for one in list(group)}
