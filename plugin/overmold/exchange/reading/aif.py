"""AIF, version 1 and 2: a die with its pads, and where there are any its fingers, balls, wires and nets.

The format is that of Artwork Conversion (What's in an AIF File?): sections as in an INI file, ``;`` begins a comment, a line of
[NETLIST] has net, pad, its type, x and y, then ball, its type, x and y, then finger, its type, x, y and angle; ``-`` stands for
what there is not. y grows up, and everything is seen from above.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional

import numpy as np

from ...arrays import Sites
from ...faults import fail
from ...package import FAR_SIDE, SUBSTRATE, Balls, Carrier, Chip, Finger, Package, Wire
from ...package.keys import end as end_of
from ...package.moved import chip_at
from ...shapes import Point, rectangle
from ...tables.heads import UNITS
from ...tables.sheets import text_of
from ...units import LENGTH, show
from . import BUMPS, PADS, Asked, Imported
from .ball_map import name_of, on_grid, plain_nets
from .lie import cells_of
from .made import chip_with, nanometres, seen_from_above

_SCALES = {"nm": 1, "um": 1000, "mm": 10**6, "mil": 25_400, "cm": 10**7, "in": 25_400_000}
_DIAMETER = 25_000
_NONE = ("-", "", "--")
_READ = ("DATABASE", "DIE", "BGA", "PADS", "NETLIST")


@dataclass
class _File:
    """What the sections say: keys of each by name in capitals, and the lines of the netlist with their numbers."""

    source: str
    scale: int = 1000
    keys: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def said(self, section: str, *names: str) -> str:
        """What a key of a section says, "" where it is not there."""
        return next((self.keys.get(section, {})[name][0] for name in names if name in self.keys.get(section, {})), "")

    def length(self, section: str, *names: str) -> int:
        """The same as a length in nm, 0 where it is not there."""
        name = next((one for one in names if one in self.keys.get(section, {})), "")
        return nanometres(self.keys[section][name][0], self.scale, self.source, self.keys[section][name][1], 1) if name else 0


@dataclass
class _Ends:
    """Pads, balls and fingers by name, with net, place (y down) and type; wires between them."""

    pads: dict[str, tuple[str, Point, str]] = field(default_factory=dict)
    balls: dict[str, tuple[str, Optional[Point], str]] = field(default_factory=dict)
    fingers: dict[str, tuple[str, Point, str, int]] = field(default_factory=dict)
    wires: list[tuple[str, str]] = field(default_factory=list)


def read_aif(data: bytes, source: str, asked: Asked) -> Imported:
    """The package of an AIF file; raises Faults with line and column."""
    file = _sections(text_of(data, source, guess=True), source)
    ends = _ends(file)
    if not ends.pads and not ends.balls:
        raise fail(source, "this AIF file has no pad and no ball in its [NETLIST]")
    notes, comments = list[str](), list[str]()
    what = asked.what if asked.what in (BUMPS, PADS) else PADS
    name = asked.name or name_of(source)
    carrier = _carrier(file, ends)
    chips = (_chip(file, ends, what, asked, notes, comments),) if ends.pads else ()
    wires = tuple(Wire(f"W{i + 1}", end_of(chips[0].name, pad), finger, ends.pads[pad][1], ends.fingers[finger][1], _DIAMETER)
                  for i, (pad, finger) in enumerate(ends.wires)) if chips and what == PADS else ()
    balls = _balls(file, ends, asked, notes)
    notes.insert(0, f"taken: {len(ends.pads)} pads, {len(ends.fingers)} fingers, {len(ends.balls)} balls, {len(wires)} wires")
    if wires:
        notes.append("guess: wires of 25 um; AIF does not say their diameter")
        comments.append("A guess: wires of 25 um.")
    if file.others:
        notes.append(f"left out, for a package file has no words for them: {', '.join(f'[{one}]' for one in file.others)}")
    if carrier is not None:
        comments.append("A guess: kind: substrate.")
        notes.append("guess: its carrier is a substrate, as AIF is made for these")
    return Imported(Package(name, source, carrier, chips, wires=wires, balls=balls), tuple(notes), tuple(comments),
                    "the AIF file")


def _sections(text: str, source: str) -> _File:
    if text.lstrip("\ufeff \t\r\n").startswith("("):
        raise fail(source, "is AIF of version 3, which no tool writes; export version 2", 1, 1)
    file, section = _File(source), ""
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = raw.partition(";")[0].strip()
        if not line:
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip().upper()
            if section not in _READ:
                file.others.append(section)
        elif section == "NETLIST":
            file.rows.append((number, line.split()))
        elif not section and "=" not in line:
            raise fail(source, "is no AIF file: it begins with no section such as [DATABASE]", number, 1)
        elif section in _READ or not section:
            key, _, value = line.partition("=")
            file.keys.setdefault(section or "DIE", {})[key.strip().upper()] = (value.strip(), number)
    if not file.rows:
        raise fail(source, "is no AIF file: it has no section [NETLIST] with lines in it")
    unit = (file.said("DATABASE", "UNITS", "UNIT") or file.said("DIE", "DIE_UNITS") or "um").lower()
    if UNITS.get(unit, "") not in _SCALES:
        raise fail(source, f"the unit '{unit[:20]}' is not known; known: {', '.join(_SCALES)}", 1, 1)
    file.scale = _SCALES[UNITS[unit]]
    return file


def _ends(file: _File) -> _Ends:
    ends = _Ends()
    for line, words in file.rows:
        if len(words) < 5:
            raise fail(file.source, "this line has fewer than five words: net, pad, its type, x and y; - stands for none",
                       line, 1)
        net = "" if words[0] in _NONE else words[0]
        pad, ball, finger = words[1], words[5] if len(words) > 5 else "-", words[9] if len(words) > 9 else "-"
        if pad not in _NONE and _is_place(words[3:5]):
            ends.pads.setdefault(pad, (net, _at(words[3:5], file, line), words[2]))
        if ball not in _NONE:
            at = _at(words[7:9], file, line) if _is_place(words[7:9]) else None
            ends.balls.setdefault(ball, (net, at, words[6] if len(words) > 6 else ""))
        if finger not in _NONE and _is_place(words[11:13]):
            angle = round(float(words[13]) * 1000) % 180_000 if len(words) > 13 and _is_number(words[13]) else 0
            called = _called(ends, finger, net, _at(words[11:13], file, line))
            ends.fingers.setdefault(called, (net, _at(words[11:13], file, line), words[10], angle))
            if pad in ends.pads:
                ends.wires.append((pad, called))
    return ends


def _called(ends: _Ends, finger: str, net: str, at: Point) -> str:
    """A finger's name; one that is there already at another place is numbered."""
    number, name = 1, f"F{finger}" if finger.isdigit() else finger
    one = name
    while one in ends.fingers and ends.fingers[one][1] != at:
        number += 1
        one = f"{name}_{number}"
    return one


def _is_place(words: Sequence[str]) -> bool:
    return len(words) == 2 and all(word not in _NONE for word in words)


def _is_number(word: str) -> bool:
    return word.replace(".", "", 1).replace("-", "", 1).isdigit() and len(word) < 20


def _at(words: Sequence[str], file: _File, line: int) -> Point:
    x, y = (nanometres(word, file.scale, file.source, line, 1) for word in words)
    return x, -y


def _size_of(file: _File, kind: str) -> Point:
    """Width and height of a pad type, in nm; 0 where it is not defined so."""
    words = file.said("PADS", kind.upper()).split()
    numbers = [nanometres(word, file.scale, file.source) for word in words[1:3] if _is_number(word)]
    return (numbers[0], numbers[-1]) if numbers else (0, 0)


def _carrier(file: _File, ends: _Ends) -> Optional[Carrier]:
    wide, high = (file.length("BGA", *names) for names in (("WIDTH", "X"), ("HEIGHT", "Y")))
    if not wide or not high:
        if not ends.fingers:
            return None
        reach = 2 * max(abs(v) for one in ends.fingers.values() for v in one[1]) + 1_000_000
        wide, high = reach, reach
    fingers = tuple(Finger(name, at, _finger_size(file, kind), angle, plain_nets([net])[0])
                    for name, (net, at, kind, angle) in ends.fingers.items())
    return Carrier(SUBSTRATE, rectangle((0, 0), (wide, high)), fingers=fingers)


def _finger_size(file: _File, kind: str) -> Point:
    size = _size_of(file, kind)
    return size if min(size) else (80_000, 200_000)


def _chip(file: _File, ends: _Ends, what: str, asked: Asked, notes: list[str], comments: list[str]
          ) -> Chip:
    xy = np.array([at for _, at, _ in ends.pads.values()], np.int64)
    centre = file.said("DIE", "CENTER").split()
    middle = np.array(_at(centre, file, 0) if _is_place(centre) else ((xy.min(axis=0) + xy.max(axis=0)) // 2).tolist(),
                      np.int64)
    wide, high = file.length("DIE", "WIDTH", "DIE_X"), file.length("DIE", "HEIGHT", "DIE_Y")
    kinds = [kind for _, _, kind in ends.pads.values()]
    width = max(_size_of(file, max(set(kinds), key=kinds.count))) or file.length("DIE", "DIE_PAD_SIZE")
    about = xy - middle
    if what == BUMPS:
        about = seen_from_above(about, asked, "", file.source, what)
    nets = [net for net, _, _ in ends.pads.values()]
    chip = chip_with(asked.chip, what, list(ends.pads), about, nets, (wide, high) if wide and high else asked.size, width,
                     notes,
                     comments)
    called = file.said("DIE", "NAME", "DIE_NAME")
    if called:
        comments.append(f"The die is called {called}.")
    return chip_at(chip, (int(middle[0]), int(middle[1])), 0)


def _balls(file: _File, ends: _Ends, asked: Asked, notes: list[str]) -> Optional[Balls]:
    if not ends.balls:
        return None
    names, nets = tuple(ends.balls), plain_nets([net for net, _, _ in ends.balls.values()])
    spots = [at for _, at, _ in ends.balls.values()]
    if any(at is None for at in spots):
        cells = cells_of(names)
        if cells is None or not asked.pitch:
            notes.append(f"the {len(names)} balls are left out, for they have no places; --pitch 0.8mm places them by their "
                         f"names")
            return None
        xy = on_grid(cells.columns, cells.rows, asked.pitch)
        notes.append(f"the balls' places follow from their names and the pitch of {show(asked.pitch, LENGTH, 'mm')}")
    else:
        xy = np.array(spots, np.int64)
    kinds = [kind for _, _, kind in ends.balls.values()]
    land = max(_size_of(file, max(set(kinds), key=kinds.count)))
    return Balls(Sites(names, xy), nets, (FAR_SIDE,) * len(names), None, land=land, opening=land)
