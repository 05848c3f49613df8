"""The lines of an AIF file that ``overmold export`` wrote: its own sections, and what the netlist says of one thing."""

from __future__ import annotations

import re
from typing import Any, NamedTuple, Optional

from ...faults import fail
from ...package.datum import data_of
from ...package_file.models.declared import reader
from ...shapes import Outline, Point, rectangle
from ...units import Toleranced
from .aif_lines import File, at_words
from .made import nanometres

_NONE, _UM = "-", 1000
_LETTER = re.compile(r"_x([0-9a-f]{1,6})_")
_WITH_TOLERANCE = re.compile(r"([-\d.]+)(?:\+([\d.]+)/-([\d.]+))?")


class Own(NamedTuple):
    """A line of one of the sections: its name and the values behind it."""

    name: str
    values: list[str]
    line: int


class Row(NamedTuple):
    """A place in the netlist: its net, name, type of pad, place and angle."""

    net: str
    name: str
    kind: str
    at: Point
    angle: int


def as_it_was(text: str) -> str:
    """A name as it was before it was written: ``a_x3b_b`` is ``a;b``."""
    return "" if text == _NONE else _LETTER.sub(lambda found: chr(min(int(found[1], 16), 0x10ffff)), text)


def own_lines(file: File, section: str) -> list[Own]:
    """The lines of one of the sections."""
    found = []
    for number, line in file.own.get(f"OVERMOLD_{section}", []):
        name, _, values = line.partition("=")
        found.append(Own(as_it_was(name.strip()), values.split(), number))
    return found


def length(file: File, one: Own, i: int) -> int:
    """The ``i``-th value as a length in nm, 0 where it is not stated; raises Faults."""
    text = one.values[i] if i < len(one.values) else _NONE
    return 0 if text == _NONE else nanometres(text, _UM, file.source, one.line, 1)


def said(one: Own, i: int) -> str:
    """The ``i``-th value as a word, "" where it is not stated."""
    return as_it_was(one.values[i]) if i < len(one.values) else ""


def toleranced(file: File, one: Own, i: int) -> Optional[Toleranced]:
    """The ``i``-th value as a length with its tolerance, None where it is not stated; raises Faults."""
    text = one.values[i] if i < len(one.values) else _NONE
    if text == _NONE:
        return None
    found = _WITH_TOLERANCE.fullmatch(text)
    if found is None:
        raise fail(file.source, f"'{text[:40]}' is not a length with its tolerance, as in 90+5/-5", one.line, 1)
    nominal, plus, minus = (nanometres(part or "0", _UM, file.source, one.line, 1) for part in found.groups())
    return Toleranced(nominal, plus, minus)


def further(file: File, section: str, name: str, part: type, wanted: tuple[str, ...]) -> dict[str, Any]:
    """What more is stated of a chip or its bumps, by attribute, one of those ``wanted``; raises Faults."""
    found: dict[str, Any] = {}
    for one in own_lines(file, section):
        for said_of, _, text in (value.partition(":") for value in one.values if one.name == name):
            if said_of not in wanted:
                raise fail(file.source, f"'{said_of[:40]}' is not a datum of {name}; known: {', '.join(wanted)}", one.line, 1)
            try:
                found[said_of] = reader(data_of(part)[said_of])(as_it_was(text))
            except ValueError as error:
                raise fail(file.source, f"{said_of} of {name}: {error}", one.line, 1) from None
    return found


def degrees(file: File, text: str, line: int) -> int:
    """An angle in 1/1000 degree; raises Faults."""
    return nanometres(text, 1000, file.source, line, 1) % 360_000  # a thousandth of a degree, by the same reckoning


def rows_of(file: File, at: int) -> list[Row]:
    """What the netlist has of pads (1), balls (5) or fingers (9), each once; the ends of wires are no fingers."""
    found: dict[str, Row] = {}
    for line, words in file.rows:
        if len(words) < at + 4 or words[at] == _NONE or words[at + 1].startswith("WIRE_END"):
            continue
        angle = degrees(file, words[at + 4], line) if at == 9 and len(words) > at + 4 else 0
        row = Row(as_it_was(words[0]), as_it_was(words[at]), words[at + 1], at_words(words[at + 2:at + 4], file, line), angle)
        found.setdefault(row.name, row)
    return list(found.values())


def shape(file: File, kind: str, at: Point) -> Outline:
    """The outline of a type of pad at a place; raises Faults where it is not defined."""
    words = file.said("PADS", kind.upper()).split()
    if words[:1] == ["POLYGON"] and len(words) > 6:
        ring = tuple((x + at[0], y + at[1]) for x, y in (spot(file, word) for word in words[4:]))
        return Outline((ring,))
    return rectangle(at, size_of(file, kind))


def size_of(file: File, kind: str) -> Point:
    """Width and height of a type of pad, in nm; raises Faults where it is not defined."""
    words = file.said("PADS", kind.upper()).split()
    if words[:1] == ["POLYGON"]:
        raise fail(file.source, f"the pad type '{kind[:40]}' is a polygon: oblong bumps are not read back from AIF; take the "
                   "package file")
    sizes = [nanometres(word, _UM, file.source) for word in words[1:3]]
    if not sizes or min(sizes) < 1:
        raise fail(file.source, f"the pad type '{kind[:40]}' is not defined in [PADS]")
    return sizes[0], sizes[-1]


def spot(file: File, word: str) -> Point:
    """The corner ``x,y`` of a polygon, y down; raises Faults."""
    x, _, y = word.partition(",")
    return nanometres(x, _UM, file.source), -nanometres(y, _UM, file.source)
