"""The lines of an AIF file: its sections, and what its netlist names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Optional

from ...faults import fail
from ...shapes import Point
from ...tables.heads import UNITS
from .made import nanometres

_SCALES = {"nm": 1, "um": 1000, "mm": 10**6, "mil": 25_400, "cm": 10**7, "in": 25_400_000}
_NONE = ("-", "", "--")
OWN = "OVERMOLD_"
_READ = ("DATABASE", "DIE", "BGA", "PADS", "NETLIST", "MCM_DIE")


@dataclass
class File:
    """What the sections say: keys of each by name in capitals, and the lines of the netlist with their numbers;
    ``own`` are the lines of sections that Overmold adds, and of rings."""

    source: str
    scale: int = 1000
    keys: dict[str, dict[str, tuple[str, int]]] = field(default_factory=dict)
    rows: list[tuple[int, list[str]]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    own: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def said(self, section: str, *names: str) -> str:
        """What a key of a section says, "" where it is not there."""
        return next((self.keys.get(section, {})[name][0] for name in names if name in self.keys.get(section, {})), "")

    def length(self, section: str, *names: str) -> int:
        """The same as a length in nm, 0 where it is not there."""
        name = next((one for one in names if one in self.keys.get(section, {})), "")
        return nanometres(self.keys[section][name][0], self.scale, self.source, self.keys[section][name][1], 1) if name else 0


@dataclass
class Ends:
    """Pads, balls and fingers by name, with net, place (y down) and type; wires between them."""

    pads: dict[str, tuple[str, Point, str]] = field(default_factory=dict)
    balls: dict[str, tuple[str, Optional[Point], str]] = field(default_factory=dict)
    fingers: dict[str, tuple[str, Point, str, int]] = field(default_factory=dict)
    wires: list[tuple[str, str]] = field(default_factory=list)


def sections(text: str, source: str) -> File:
    """The file in sections; raises Faults where it is none."""
    if text.lstrip("\ufeff \t\r\n").startswith("("):
        raise fail(source, "is AIF of version 3, which no tool writes; export version 2", 1, 1)
    file, section = File(source), ""
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = raw.partition(";")[0].strip()
        if not line:
            continue
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1].strip().upper()
            if section not in _READ and not section.startswith(("MCM_", OWN)):
                file.others.append(section)
        elif section.startswith(OWN) or section == "RINGS":
            file.own.setdefault(section, []).append((number, line))
        elif section == "NETLIST":
            file.rows.append((number, line.split()))
        elif not section and "=" not in line:
            raise fail(source, "is not an AIF file: it begins with no section such as [DATABASE]", number, 1)
        elif section in _READ or section.startswith("MCM_") or not section:
            key, _, value = line.partition("=")
            file.keys.setdefault(section or "DIE", {})[key.strip().upper()] = (value.strip(), number)
    if not file.rows:
        raise fail(source, "is not an AIF file: it has no section [NETLIST] with lines in it")
    unit = (file.said("DATABASE", "UNITS", "UNIT") or file.said("DIE", "DIE_UNITS") or "um").lower()
    if UNITS.get(unit, "") not in _SCALES:
        raise fail(source, f"the unit '{unit[:20]}' is not known; known: {', '.join(_SCALES)}", 1, 1)
    file.scale = _SCALES[UNITS[unit]]
    return file


def ends_in(file: File) -> Ends:
    """Pads, balls and fingers of its netlist, and the wires between; raises Faults."""
    ends = Ends()
    for line, words in file.rows:
        if len(words) < 5:
            raise fail(file.source, "this line has fewer than five words: net, pad, its type, x and y; - stands for none",
                       line, 1)
        net = "" if words[0] in _NONE else words[0]
        pad, ball, finger = words[1], words[5] if len(words) > 5 else "-", words[9] if len(words) > 9 else "-"
        if pad not in _NONE and is_place(words[3:5]):
            ends.pads.setdefault(pad, (net, at_words(words[3:5], file, line), words[2]))
        if ball not in _NONE:
            at = at_words(words[7:9], file, line) if is_place(words[7:9]) else None
            ends.balls.setdefault(ball, (net, at, words[6] if len(words) > 6 else ""))
        if finger not in _NONE and is_place(words[11:13]):
            angle = round(float(words[13]) * 1000) % 180_000 if len(words) > 13 and is_number(words[13]) else 0
            called = _called(ends, finger, net, at_words(words[11:13], file, line))
            ends.fingers.setdefault(called, (net, at_words(words[11:13], file, line), words[10], angle))
            if pad in ends.pads:
                ends.wires.append((pad, called))
    return ends


def _called(ends: Ends, finger: str, net: str, at: Point) -> str:
    """A finger's name; one that is there already at another place is numbered."""
    number, name = 1, f"F{finger}" if finger.isdecimal() else finger
    one = name
    while one in ends.fingers and ends.fingers[one][1] != at:
        number += 1
        one = f"{name}_{number}"
    return one


def is_place(words: Sequence[str]) -> bool:
    """Whether two words stand where a place is due, and neither for nothing."""
    return len(words) == 2 and all(word not in _NONE for word in words)


def is_number(word: str) -> bool:
    """Whether a word is a plain number."""
    return word.replace(".", "", 1).replace("-", "", 1).isdecimal() and len(word) < 20


def at_words(words: Sequence[str], file: File, line: int) -> Point:
    """The place that two words say, y down; raises Faults."""
    x, y = (nanometres(word, file.scale, file.source, line, 1) for word in words)
    return x, -y
