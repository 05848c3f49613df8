"""3Dblox: chiplets (``.3dbv``) and how they are stacked (``.3dbx``), YAML in micrometres, y up, as OpenROAD reads it.

A chiplet of type substrate, interposer or package is the carrier, each other one that is placed a chip. ``loc`` is the lower
left corner of its area; an orientation with MZ has it face down. Which region of whose lies on which is in the connections.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Optional

import numpy as np

from ...arrays import Sites
from ...faults import Faults, fail
from ...input_file import read_input
from ...marked_yaml import Marked, load
from ...package import FACE_UP, FLIP_CHIP, SUBSTRATE, Bumps, Carrier, Chip, Package
from ...package.moved import chip_at
from ...shapes import Point, rectangle
from ...tables.sheets import text_of
from ...units import Toleranced
from . import Asked, Imported
from .ball_map import name_of
from .bump_map import bumps_in
from .made import nanometres
from .table_sites import plain_nets

_UM = 1000
_CARRIERS = {"substrate": SUBSTRATE, "interposer": "interposer", "package": SUBSTRATE, "rdl": "interposer"}
_MOST_FILES = 50
_ORIENT = re.compile(r"(MZ_?)?(MX|MY)?_?(R0|R90|R180|R270)?")


@dataclass
class _Def:
    """A chiplet: width and height, thickness, and the bump map of its front with its place in the file."""

    name: str
    kind: str
    size: Point
    thickness: int
    maps: dict[str, Path] = field(default_factory=dict)


@dataclass
class _Read:
    """All files read so far: the definitions, and the first design file."""

    definitions: dict[str, _Def] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def read_three_d_blox(data: bytes, source: str, asked: Asked) -> Imported:
    """The package of a ``.3dbx``, or of the chiplet of a ``.3dbv`` (``asked.layer`` names one of several); raises Faults."""
    read = _Read()
    marked = _load(data, source)
    _take(marked, Path(source).parent, read)
    words = marked.words
    if not isinstance(words.get("ChipletInst"), dict):
        return _single(read, source, asked)
    chips, carrier = _placed(marked, read)
    design = words.get("Design")
    called = str(design["name"]) if isinstance(design, dict) and design.get("name") else name_of(source)
    package = Package(asked.name or called, source, carrier, tuple(chips))
    return Imported(package, tuple(read.notes), (), "the 3Dblox file")


def _load(data: bytes, source: str) -> Marked:
    marked = load(text_of(data, source), source)
    if not isinstance(marked.words, dict) or not any(key in marked.words for key in ("Header", "ChipletDef", "ChipletInst")):
        raise fail(source, "is not a 3Dblox file: it has neither ChipletDef nor ChipletInst", 1, 1)
    header = marked.words.get("Header")
    unit = str(header.get("unit", "micron")) if isinstance(header, dict) else "micron"
    if unit.lower() not in ("micron", "um", "microns"):
        raise fail(source, f"the unit '{unit[:20]}' is not read; 3Dblox is in microns", *marked.place(("Header", "unit")))
    return marked


def _take(marked: Marked, folder: Path, read: _Read) -> None:
    """The definitions of a file and of those that it includes."""
    read.seen.add(str(Path(marked.source).resolve()))
    header = marked.words.get("Header")
    included = header.get("include") if isinstance(header, dict) else None
    for i, name in enumerate(included if isinstance(included, list) else []):
        path = folder / str(name)
        if str(path.resolve()) in read.seen:
            continue
        if len(read.seen) >= _MOST_FILES:
            raise fail(marked.source, f"more than {_MOST_FILES} files include each other", *marked.place(("Header", "include")))
        try:
            inner = _load(read_input(path), str(path))
        except Faults as error:
            said = "; ".join(one.message for one in error.faults)
            place = marked.place(("Header", "include", i))
            raise fail(marked.source, f"'{name}', looked for beside this file: {said}", *place) from None
        _take(inner, path.parent, read)
    found = marked.words.get("ChipletDef")
    for name, said in (found.items() if isinstance(found, dict) else ()):
        if isinstance(said, dict):
            read.definitions[str(name)] = _definition(marked, str(name), said, folder)


def _definition(marked: Marked, name: str, said: dict[str, Any], folder: Path) -> _Def:
    here = ("ChipletDef", name)
    area = said.get("design_area")
    if not isinstance(area, list) or len(area) != 2:
        raise fail(marked.source, f"chiplet '{name}' has no design_area of width and height", *marked.place(here, key=True))
    width, height = (nanometres(word, _UM, marked.source, *marked.place((*here, "design_area", i)))
                     for i, word in enumerate(area))
    shrink = float(str(said.get("shrink") or 1)) if str(said.get("shrink") or 1).replace(".", "", 1).isdecimal() else 1.0
    size = (round(width * shrink), round(height * shrink))
    if min(size) < 1:
        raise fail(marked.source, f"chiplet '{name}' has a design_area of nothing", *marked.place((*here, "design_area")))
    thickness = said.get("thickness")
    thick = nanometres(thickness, _UM, marked.source, *marked.place((*here, "thickness"))) if thickness is not None else 0
    regions = said.get("regions")
    maps = {str(region.get("side", "front")): folder / str(region["bmap"])
            for region in (regions.values() if isinstance(regions, dict) else ())
            if isinstance(region, dict) and region.get("bmap")}
    return _Def(name, str(said.get("type") or "die").lower(), size, max(0, thick), maps)


def _single(read: _Read, source: str, asked: Asked) -> Imported:
    names = list(read.definitions)
    if asked.layer and asked.layer not in names:
        raise fail(source, f"there is no chiplet '{asked.layer}'; known: {', '.join(names)}")
    if not asked.layer and len(names) != 1:
        raise fail(source, f"this file defines {len(names)} chiplets and does not place them: {', '.join(names)}; give "
                   "the .3dbx, or name one with --layer" if names else "this file defines no chiplet")
    one = read.definitions[asked.layer or names[0]]
    chip = _chip(read, asked.chip, one, (0, 0), "MZ" if "front" in one.maps else "R0")
    read.notes.append(f"taken: the chiplet {one.name} as {asked.chip}; which way it looks is not said in a .3dbv"
                      + (", a guess by its bumps" if chip.has_gap else ""))
    return Imported(Package(asked.name or one.name, source, chips=(chip,)), tuple(read.notes), (), "the 3Dblox file")


def _placed(marked: Marked, read: _Read) -> tuple[list[Chip], Optional[Carrier]]:
    words = marked.words
    stack = words.get("Stack") if isinstance(words.get("Stack"), dict) else {}
    placed: list[tuple[str, _Def, Point, str, int]] = []
    for name, said in words["ChipletInst"].items():
        reference = str(said.get("reference")) if isinstance(said, dict) else ""
        if reference not in read.definitions:
            raise fail(marked.source, f"'{name}' refers to the chiplet '{reference}', which nothing defines",
                       *marked.place(("ChipletInst", name)))
        at = stack.get(name)
        if not isinstance(at, dict):
            raise fail(marked.source, f"'{name}' has no place under Stack", *marked.place(("ChipletInst", name), key=True))
        loc: list[Any] = at["loc"] if isinstance(at.get("loc"), list) and len(at["loc"]) == 2 else ["0", "0"]
        x, y = (nanometres(word, _UM, marked.source, *marked.place(("Stack", name, "loc"))) for word in loc)
        z = nanometres(at.get("z") or 0, _UM, marked.source, *marked.place(("Stack", name, "z")))
        one, orient = read.definitions[reference], str(at.get("orient") or "R0")
        wide, high = one.size[::-1] if orient.endswith(("R90", "R270")) else one.size
        placed.append((str(name), one, (x + wide // 2, -(y + high // 2)), orient, z))
    bases = [one for one in placed if one[1].kind in _CARRIERS]
    origin = bases[0][2] if bases else (0, 0)
    carrier = Carrier(_CARRIERS[bases[0][1].kind], rectangle((0, 0), bases[0][1].size)) if bases else None
    if len(bases) > 1:
        read.notes.append(f"left out, for a package has one carrier: {', '.join(one[0] for one in bases[1:])}")
    chips = [_chip(read, name, one, (at[0] - origin[0], at[1] - origin[1]), orient)
             for name, one, at, orient, _ in sorted(placed, key=lambda each: each[4]) if one.kind not in _CARRIERS]
    if not chips:
        raise fail(marked.source, "this design places no die")
    return _connected(marked, chips, {one[0] for one in bases}), carrier


def _chip(read: _Read, name: str, one: _Def, at: Point, orient: str) -> Chip:
    found = _ORIENT.fullmatch(orient)
    if found is None:
        raise fail(name, f"the orientation '{orient[:20]}' is not known")
    down = bool(found[1])
    angle = int((found[3] or "R0")[1:]) * 1000
    if found[2]:
        read.notes.append(f"{name}: it is mirrored ({orient}), which no chip can be; taken as it lies unmirrored")
    bumps = None
    side = "front"
    if side in one.maps:
        mapped = bumps_in(read_input(one.maps[side]), str(one.maps[side]))
        xy = mapped.xy - np.array((one.size[0] // 2, -(one.size[1] // 2)), np.int64)
        bumps = Bumps(Sites(tuple(mapped.names), xy), plain_nets(mapped.nets), diameter=None, height=None) if down else None
        left = "" if down else " are left out: it faces up"
        read.notes.append(f"{name}: {len(mapped.names)} bumps of {one.maps[side].name}{left}")
    chip = Chip(name=name, outline=rectangle((0, 0), one.size), at=(0, 0), angle=0,
                thickness=Toleranced(one.thickness) if one.thickness else None, bumps=bumps,
                bonded=FLIP_CHIP if down else FACE_UP)
    return chip_at(chip, at, angle)


def _connected(marked: Marked, chips: list[Chip], bases: set[str]) -> list[Chip]:
    """The chips with what each stands on and how high, as the connections say."""
    said = marked.words.get("Connection")
    known = {chip.name: chip for chip in chips}
    for key, one in (said.items() if isinstance(said, dict) else ()):
        if not isinstance(one, dict):
            continue
        top, bottom = (str(one.get(end) or "").partition(".")[0].rpartition("/")[2] for end in ("top", "bot"))
        chip = known.get(top)
        if chip is None:
            continue
        word = one.get("thickness")
        thick = nanometres(word, _UM, marked.source, *marked.place(("Connection", key, "thickness"))) if word is not None else 0
        if bottom in known and bottom not in bases and bottom not in chip.on and bottom != top:
            chip = replace(chip, on=(*chip.on, bottom))
        if thick > 0:
            chip = replace(chip, gap=Toleranced(thick)) if chip.has_gap else replace(chip, attach=Toleranced(thick))
        known[top] = chip
    return [known[chip.name] for chip in chips]
