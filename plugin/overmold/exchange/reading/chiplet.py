"""IHP's ``.chiplet``: an assembly of dies on an interposer, as YAML (format_version 1). Lengths are micrometres, y grows up.

What a die has on its face is in its layout (GDS), which the file only names; its bumps are left to be said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Optional

from ...faults import fail
from ...marked_yaml import Marked, load
from ...package import FACE_UP, FAR_SIDE, FLIP_CHIP, Carrier, Chip, Finger, Package
from ...package.bonding import GAP, bonding_of
from ...package.moved import chip_at
from ...package.words import INTERPOSER, SUBSTRATE
from ...shapes import Point, rectangle
from ...tables.sheets import text_of
from ...units import Toleranced
from . import Asked, Imported
from .ball_map import name_of
from .made import nanometres
from .table_sites import plain_nets

_UM = 1000
_BONDED = {"face_up": FACE_UP, "flip_chip": FLIP_CHIP, "face_down": FLIP_CHIP}
_MOST = 1000  # dies of an array
_SAME = 1000  # nm: heights are sums of rounded ones
_TAKEN = ("format_version", "assembly", "components", "connection_stacks", "technologies", "interposer", "interconnect")


class _File:
    """The file's content, whose numbers are read with their places."""

    def __init__(self, marked: Marked) -> None:
        self.marked = marked
        self.data: dict[str, Any] = marked.words if isinstance(marked.words, dict) else {}

    def length(self, *path: Any) -> int:
        """The length at ``path`` in nm, 0 where none stands there."""
        value: Any = self.data
        for step in path:
            value = value[step] if isinstance(value, list) or (isinstance(value, dict) and step in value) else None
        if value is None:
            return 0
        if isinstance(value, (dict, list)):
            raise fail(self.marked.source, "expected a number", *self.marked.place(path))
        return nanometres(value, _UM, self.marked.source, *self.marked.place(path))

    def components(self) -> list[dict[str, Any]]:
        """The list of components."""
        listed = self.data.get("components")
        if not isinstance(listed, list) or not all(isinstance(one, dict) for one in listed):
            raise fail(self.marked.source, "is not a .chiplet file: it has no list of components", 1, 1)
        return listed


def read_chiplet(data: bytes, source: str, asked: Asked) -> Imported:
    """The package of a ``.chiplet`` file; raises Faults with line and column."""
    file = _File(load(text_of(data, source), source))
    parts = file.components()
    unit = (file.data.get("assembly") or {}).get("units", "um") if isinstance(file.data.get("assembly"), dict) else "um"
    if unit != "um":
        place = file.marked.place(("assembly", "units"))
        raise fail(source, f"the unit '{unit}' is not read; a .chiplet file is in um", *place)
    if str(_map(file.data.get("_metadata")).get("finalize_required", "")).lower() == "true":
        raise fail(source, "is a .chiplet file that is not finished: its places are not those of the assembly yet; run its "
                   "finalizer first", *file.marked.place(("_metadata",)))
    notes: list[str] = []
    bases = [i for i, one in enumerate(parts) if one.get("type") == "interposer"] or [
        i for i, one in enumerate(parts) if one.get("type") == "substrate"]
    dies = [i for i, one in enumerate(parts) if one.get("type") == "die"]
    bundles = [i for i, one in enumerate(parts) if one.get("type") == "die_array"]
    others = [str(one.get("id")) for i, one in enumerate(parts) if i not in (*bases, *dies, *bundles)]
    if not dies and not bundles:
        raise fail(source, "this assembly has no die among its components", *file.marked.place(("components",)))
    centre = _position(file, bases[0]) if bases else (0, 0)
    carrier = _carrier(file, bases[0], centre, notes) if bases else None
    chips = tuple(chip for i in sorted((*dies, *bundles)) for chip in _chips(file, i, centre, notes))
    chips = _stacked(chips, {parts[i].get("id"): file.length("components", i, "position", "z") for i in dies}, notes)
    if others or len(bases) > 1:
        left = [*others, *(str(parts[i].get("id")) for i in bases[1:])]
        notes.append(f"left out, for they are neither a die nor the one interposer (or substrate): {', '.join(left)}")
    unread = [key for key in file.data if key not in _TAKEN]
    if unread:
        notes.append(f"left out: {', '.join(unread)}")
    notes.append("the dies' bumps are left out: they are in the layouts that the file names; import these with --what bumps")
    said = file.data.get("assembly")
    name = asked.name or (str(said.get("name")) if isinstance(said, dict) and said.get("name") else name_of(source))
    return Imported(Package(name, source, carrier, chips), tuple(notes), _comments(file, dies), "the .chiplet file")


def _position(file: _File, i: int) -> Point:
    return file.length("components", i, "position", "x"), -file.length("components", i, "position", "y")


def _size(file: _File, i: int) -> Point:
    size = (file.length("components", i, "dimensions", "width"), file.length("components", i, "dimensions", "height"))
    if min(size) < 1:
        part = file.components()[i].get("id")
        raise fail(file.marked.source, f"'{part}' has no width and height in its dimensions",
                   *file.marked.place(("components", i, "dimensions")))
    return size


def _carrier(file: _File, i: int, centre: Point, notes: list[str]) -> Carrier:
    pads = file.components()[i].get("io_pads") or []
    fingers, kind = [], file.components()[i].get("type")
    for k, pad in enumerate(pads if isinstance(pads, list) else []):
        here = ("components", i, "io_pads", k)
        if not isinstance(pad, dict) or pad.get("io_class", "wire_bond") != "wire_bond":
            continue
        at = (file.length(*here, "position", "x") - centre[0], -file.length(*here, "position", "y") - centre[1])
        size = (file.length(*here, "size", "x") or 100_000, file.length(*here, "size", "y") or 100_000)
        fingers.append(Finger(str(pad.get("id", f"F{k + 1}")), at, size, 0, plain_nets([str(pad.get("net") or "")])[0]))
    if fingers:
        notes.append(f"the {len(fingers)} pads for wires on the interposer are taken for bond fingers")
    return Carrier(INTERPOSER if kind == INTERPOSER else SUBSTRATE, rectangle((0, 0), _size(file, i)), fingers=tuple(fingers))


def _map(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _chips(file: _File, i: int, centre: Point, notes: list[str]) -> list[Chip]:
    """The die, or every die of an array, row by row: NAME_1, NAME_2 …"""
    part = file.components()[i]
    one = _chip(file, i, centre, notes)
    if part.get("type") == "die":
        return [one]
    here = ("components", i, "array")
    counts = [str(_map(_map(part.get("array")).get("count")).get(axis, 1)) for axis in ("x", "y")]
    if not all(count.isdecimal() and 0 < int(count) <= _MOST for count in counts) or int(counts[0]) * int(counts[1]) > _MOST:
        raise fail(file.marked.source, f"an array has a count in x and y from 1 to {_MOST}", *file.marked.place(here))
    pitch = file.length(*here, "pitch", "x"), file.length(*here, "pitch", "y")
    first = file.length(*here, "start_position", "x") - centre[0], -file.length(*here, "start_position", "y") - centre[1]
    spots = [(first[0] + k * pitch[0], first[1] - n * pitch[1]) for n in range(int(counts[1])) for k in range(int(counts[0]))]
    return [replace(chip_at(one, spot, one.angle), name=f"{one.name}_{k + 1}") for k, spot in enumerate(spots)]


def _stacked(chips: tuple[Chip, ...], bottoms: Mapping[Any, int], notes: list[str]) -> tuple[Chip, ...]:
    """Every die that begins where another ends, its joint between, stands on that; the file says so by heights alone."""
    found = []
    for chip in chips:
        between = (chip.gap or chip.attach or Toleranced(0)).nominal
        below = [one.name for one in chips if one is not chip and one.thickness is not None
                 and bottoms.get(chip.name, 0) and bottoms.get(one.name, 0) and _above(chip, one)
                 and abs(bottoms[one.name] + one.thickness.nominal + between - bottoms[chip.name]) <= _SAME]
        if below:
            notes.append(f"{chip.name} stands on {', '.join(below)}, by the heights")
        found.append(replace(chip, on=tuple(below)))
    return tuple(found)


def _above(chip: Chip, other: Chip) -> bool:
    (a, b, c, d), (e, f, g, h) = chip.outline.box, other.outline.box
    return a < g and e < c and b < h and f < d


def _chip(file: _File, i: int, centre: Point, notes: list[str]) -> Chip:
    part = file.components()[i]
    name, at = str(part.get("id", f"U{i + 1}")), _position(file, i)
    at = (at[0] - centre[0], at[1] - centre[1])
    if part.get("anchor") == "gds_origin":
        notes.append(f"guess: {name} stands with its middle where the file has the origin of its layout, which is not read")
    turn = part.get("rotation")
    angle = file.length("components", i, "rotation", "z") % 360_000 if isinstance(turn, dict) else 0
    thickness = file.length("components", i, "dimensions", "thickness")
    bonded = _BONDED.get(str(part.get("orientation", "face_up")), "")
    size = _size(file, i)
    side = ""
    if thickness and file.length("components", i, "position", "z") + thickness <= 0:
        if bonding_of(bonded).joint == GAP:
            notes.append(f"{name} lies below what bears it and looks away from that, which cannot be said; taken as one above")
        else:
            bonded, side = FLIP_CHIP, FAR_SIDE
            notes.append(f"{name} lies below what bears it and looks up at that: a flip chip on the far side")
    gap, attach = _stack(file, i, name, bonded, notes)
    return Chip(name=name, outline=rectangle(at, size, angle), at=at, angle=angle,
                thickness=Toleranced(thickness) if thickness else None, bonded=bonded, gap=gap, attach=attach, side=side)


def _stack(file: _File, i: int, name: str, bonded: str, notes: list[str]) -> tuple[Optional[Toleranced], Optional[Toleranced]]:
    """How high a die stands: the heights of all layers of its joint together, as its gap or as its die attach."""
    stack = file.components()[i].get("connection")
    stacks = file.data.get("connection_stacks")
    found = stacks.get(stack) if isinstance(stacks, dict) and stack is not None else None
    layers = found.get("layers") if isinstance(found, dict) else None
    if not isinstance(layers, list) or not layers:
        return None, None
    total = sum(file.length("connection_stacks", stack, "layers", k, "height") for k in range(len(layers)))
    if not total:
        return None, None
    parts = ", ".join(str(one.get("name", "a layer")) for one in layers if isinstance(one, dict))
    notes.append(f"{name}: its joint '{stack}' ({parts}) is taken as one height")
    return (Toleranced(total), None) if bonding_of(bonded).joint == GAP else (None, Toleranced(total))


def _comments(file: _File, dies: list[int]) -> tuple[str, ...]:
    parts = file.components()
    return tuple(f"{parts[i].get('id')}: layout {parts[i]['layout']}" for i in dies if parts[i].get("layout"))
