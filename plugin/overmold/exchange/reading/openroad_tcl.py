"""Bumps as OpenROAD scripts place them: ``make_io_bump_array``, ``place_cell`` and ``assign_io_bump``, in micrometres.

A script is a program. It is not run: values that are plain numbers or ``set`` to such are read, and where bumps depend on more
than that (a loop, an expression) the script is refused, for the DEF file that it writes has them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...faults import Fault, Faults, fail
from ...shapes import Point
from ...tables.sheets import text_of
from . import Asked, Imported
from .layout import Area, chip_of, sizes_beside
from .made import Spots, each_once, nanometres

_UM, _MOST = 1000, 1_000_000
_ARRAY, _ASSIGN, _REMOVE, _REMOVE_ALL = "make_io_bump_array", "assign_io_bump", "remove_io_bump", "remove_io_bump_array"
_PLACE = ("place_cell", "place_inst", "place_bump")
_OURS = re.compile(rf"\b({'|'.join((_ARRAY, _ASSIGN, _REMOVE, *_PLACE))})\b")
_BUMP = re.compile(r"bump|c4|pillar", re.IGNORECASE)
_WORD = re.compile(r'\{((?:[^{}]|\{[^{}]*\})*)\}|"((?:[^"\\]|\\.)*)"|([^\s{}"]+)')
_SET = re.compile(r"\$(?:\{(\w+)\}|(\w+))")
_BLOCKS = ("foreach", "for", "while", "if", "proc", "namespace")
_FLAGS = frozenset(("-dont_route", "-unique"))


class _Command(NamedTuple):
    """One command with the options that have a value, the words that are none, and its line."""

    name: str
    options: dict[str, str]
    words: list[str]
    line: int


@dataclass
class _Bumps:
    """Lower left corner and cell of every bump, its net, and what the script says of the die."""

    placed: dict[str, tuple[str, Point]] = field(default_factory=dict)
    nets: dict[str, str] = field(default_factory=dict)
    size: Point = (0, 0)
    corner: Point = (0, 0)
    ignored: int = 0


def read_openroad(data: bytes, source: str, asked: Asked) -> Imported:
    """The flip chip whose bumps a script places; raises Faults with every command that cannot be read without running it."""
    found = _Bumps()
    faults: list[Fault] = []
    for command in _commands(text_of(data, source), source, faults):
        try:
            _do(command, found, source)
        except Faults as error:
            faults += error.faults
    each_once(faults)
    if not found.placed:
        raise fail(source, f"no bumps are placed here by {_ARRAY} or {_PLACE[0]}")
    cells, notes = {cell for cell, _ in found.placed.values()}, [f"taken: {len(found.placed)} bumps; the script was not run"]
    sizes = sizes_beside(Path(source), cells, notes)
    if not cells <= set(sizes):
        notes.append("guess: bumps lie at the corner of their cells that the script places, for no LEF file beside this one "
                     "says how large these are")
    half = {cell: (wide // 2, high // 2) for cell, (wide, high) in sizes.items()}
    spots = [(at[0] + half.get(cell, (0, 0))[0], at[1] + half.get(cell, (0, 0))[1]) for cell, at in found.placed.values()]
    lost = sorted(set(found.nets) - set(found.placed))
    if lost:
        notes.append(f"left out, for no such bump is placed: {', '.join(lost[:6])}{' …' if len(lost) > 6 else ''}")
    if found.ignored:
        notes.append(f"left out: {found.ignored} other commands")
    nets = [found.nets.get(name, "") for name in found.placed]
    area = Area("", found.size, found.corner)
    return chip_of(Spots(list(found.placed), np.array(spots, np.int64), nets), area, source, asked, notes)


def _commands(text: str, source: str, faults: list[Fault]) -> Iterator[_Command]:
    """The commands with what is ``set`` put in; loops and other blocks are passed over, unless they have to do with bumps."""
    known: dict[str, str] = {}
    for line, said in _lines(text):
        words = [next(part for part in match.groups() if part is not None) if any(match.groups()) else ""
                 for match in _WORD.finditer(said)]
        name = words[0].rpartition("::")[2] if words else ""
        if name in _BLOCKS or (name not in (_ARRAY, _ASSIGN, _REMOVE, _REMOVE_ALL, *_PLACE) and _OURS.search(said)):
            if _OURS.search(said):
                faults.append(Fault(source, f"bumps are placed within '{name[:20]}', which is not run; import the DEF file "
                                    "that the script writes", line, 1))
            continue
        if name == "set" and len(words) == 3:
            if "[" not in words[2] and "$" not in _filled(words[2], known):
                known[words[1]] = _filled(words[2], known)
            continue
        yield _parted(name, [_filled(word, known) for word in words[1:]], line)


def _filled(word: str, known: Mapping[str, str]) -> str:
    return _SET.sub(lambda found: known.get(found[1] or found[2], found[0]), word)


def _parted(name: str, words: list[str], line: int) -> _Command:
    options: dict[str, str] = {}
    rest, at = [], 0
    while at < len(words):
        if re.fullmatch(r"-[a-z_]+", words[at]) and words[at] not in _FLAGS and at + 1 < len(words):
            options[words[at]] = words[at + 1]
            at += 2
        else:
            rest += [words[at]] if words[at] not in _FLAGS else []
            at += 1
    return _Command(name, options, rest, line)


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Whole commands with their first lines: a backslash goes on in the next line, and so does an open brace."""
    held, first, depth = "", 0, 0
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        bare = raw.strip()
        if not held and (not bare or bare.startswith("#")):
            continue
        first = first or number
        depth += raw.count("{") - raw.count("}")
        if raw.rstrip().endswith("\\"):
            held += raw.rstrip()[:-1] + " "
            continue
        held += raw + "\n"
        if depth <= 0:
            parts = held.split(";") if "{" not in held and '"' not in held else [held]
            yield from ((first, part) for part in parts if part.strip() and not part.strip().startswith("#"))
            held, first, depth = "", 0, 0
    if held.strip():
        yield first, held


def _do(command: _Command, found: _Bumps, source: str) -> None:
    """What one command does to the bumps; raises Faults where it says too little, or what only running it would tell."""
    name, options, words, line = command
    if name == _ARRAY:
        _array(options, found, source, line)
    elif name in _PLACE:
        _place(options, words, found, source, line)
    elif name == _ASSIGN:
        bump = _only(words, source, line)
        found.nets[bump] = _need(options, "-net", source, line)
    elif name == _REMOVE:
        found.placed.pop(_only(words, source, line), None)
    elif name == _REMOVE_ALL:
        cell = _need(options, "-bump", source, line)
        found.placed = {bump: one for bump, one in found.placed.items() if one[0] != cell}
    elif name == "initialize_floorplan" and "-die_area" in options:
        left, low, right, high = _numbers(options["-die_area"], 4, source, line)
        found.corner, found.size = (left, low), (right - left, high - low)
    else:
        found.ignored += 1


def _array(options: Mapping[str, str], found: _Bumps, source: str, line: int) -> None:
    """Columns by rows from the origin upwards; a bump is called prefix, column, _ and row, from 0."""
    cell = _need(options, "-bump", source, line)
    x, y = _numbers(_need(options, "-origin", source, line), 2, source, line)
    pitch = _numbers(_need(options, "-pitch", source, line), 0, source, line)
    counts = [_need(options, option, source, line) for option in ("-columns", "-rows")]
    if not all(count.isdecimal() and len(count) < 7 for count in counts) or int(counts[0]) * int(counts[1]) > _MOST:
        raise fail(source, f"'{' by '.join(counts)[:40]}' are not the columns and rows of an array", line, 1)
    prefix = options.get("-prefix", "BUMP_")
    for column in range(int(counts[0])):
        for row in range(int(counts[1])):
            found.placed[f"{prefix}{column}_{row}"] = cell, (x + column * pitch[0], y + row * pitch[-1])


def _place(options: Mapping[str, str], words: list[str], found: _Bumps, source: str, line: int) -> None:
    cell = options.get("-cell") or options.get("-master") or options.get("-bump") or ""
    bump = options.get("-inst_name") or options.get("-inst") or options.get("-name") or (words[-1] if words else "")
    if not _BUMP.search(cell or bump):
        found.ignored += 1
        return
    if not bump:
        raise fail(source, "this bump has no name (-inst_name)", line, 1)
    at = next((options[one] for one in ("-origin", "-location", "-at") if one in options), "")
    x, y = _numbers(at or _need(options, "-origin", source, line), 2, source, line)
    found.placed[bump] = cell or "bump", (x, y)
    if "-net" in options:
        found.nets[bump] = options["-net"]


def _need(options: Mapping[str, str], name: str, source: str, line: int) -> str:
    if not options.get(name):
        raise fail(source, f"this command lacks {name}", line, 1)
    return options[name]


def _only(words: list[str], source: str, line: int) -> str:
    if len(words) != 1 or "$" in words[0] or "[" in words[0]:
        raise fail(source, f"'{' '.join(words)[:60]}' is not the name of a bump; a script is not run", line, 1)
    return words[0]


def _numbers(text: str, count: int, source: str, line: int) -> list[int]:
    """Lengths in nm, as many as ``count`` (0: one or two)."""
    words = text.split()
    if "$" in text or "[" in text or (len(words) != count if count else len(words) not in (1, 2)):
        raise fail(source, f"'{text[:60]}' are not plain numbers; a script is not run: import the DEF file that it writes",
                   line, 1)
    return [nanometres(word, _UM, source, line, 1) for word in words]
