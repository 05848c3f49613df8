"""AIF, version 1 and 2: a die with its pads, and where there are any its fingers, balls, wires and nets.

The format is that of Artwork Conversion (What's in an AIF File?): sections as in an INI file, ``;`` begins a comment, a line of
[NETLIST] has net, pad, its type, x and y, then ball, its type, x and y, then finger, its type, x, y and angle; ``-`` stands for
what there is not. y grows up, and everything is seen from above.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

import numpy as np

from ...arrays import Sites
from ...faults import fail
from ...package import FAR_SIDE, SUBSTRATE, Balls, Carrier, Chip, Finger, Package, Wire
from ...package.keys import end as end_of
from ...package.moved import chip_at
from ...shapes import Point, rectangle
from ...tables.sheets import text_of
from ...units import LENGTH, show
from . import BUMPS, PADS, Asked, Imported
from .aif_back import read_back
from .aif_lines import OWN, Ends, File, at_words, ends_in, is_number, is_place, sections
from .ball_map import name_of
from .lie import cells_of
from .made import Said, Spots, chip_with, nanometres, seen_from_above
from .table_sites import on_grid, plain_nets

_DIAMETER = 25_000


def read_aif(data: bytes, source: str, asked: Asked) -> Imported:
    """The package of an AIF file; raises Faults with line and column."""
    file = sections(text_of(data, source, guess=True), source)
    if any(name.startswith(OWN) for name in file.own):
        return read_back(file, asked)
    ends = ends_in(file)
    if not ends.pads and not ends.balls:
        raise fail(source, "this AIF file has no pad and no ball in its [NETLIST]")
    said = Said()
    what = asked.what if asked.what in (BUMPS, PADS) else PADS
    name = asked.name or name_of(source)
    carrier = _carrier(file, ends)
    dies = _dies(file, ends, asked)
    chips = tuple(_chip(file, die, ends, what, asked, said) for die in dies)
    called = {pad: end_of(die.name, pad[len(die.prefix):]) for die in dies for pad in die.pads}
    wires = tuple(Wire(f"W{i + 1}", called[pad], finger, ends.pads[pad][1], ends.fingers[finger][1],
                       diameter=_DIAMETER)
                  for i, (pad, finger) in enumerate(ends.wires) if pad in called) if what == PADS else ()
    balls = _balls(file, ends, asked, said.notes)
    said.notes.insert(0, f"taken: {len(ends.pads)} pads, {len(ends.fingers)} fingers, {len(ends.balls)} balls, {len(wires)} "
                      f"wires")
    if wires:
        said.guess("wires of 25 um", "; AIF does not say their diameter")
    if file.others:
        left = ", ".join(f"[{one}]" for one in file.others)
        said.notes.append(f"left out, for a package file has no words for them: {left}")
    if carrier is not None:
        said.guess("kind: substrate", ", as AIF is made for these")
    return said.of(Package(name, source, carrier, chips, wires=wires, balls=balls), "the AIF file")


def _size_of(file: File, kind: str) -> Point:
    """Width and height of a pad type, in nm; 0 where it is not defined so."""
    words = file.said("PADS", kind.upper()).split()
    numbers = [nanometres(word, file.scale, file.source) for word in words[1:3] if is_number(word)]
    return (numbers[0], numbers[-1]) if numbers else (0, 0)


def _carrier(file: File, ends: Ends) -> Optional[Carrier]:
    wide, high = (file.length("BGA", *names) for names in (("WIDTH", "X"), ("HEIGHT", "Y")))
    if not wide or not high:
        if not ends.fingers:
            return None
        reach = 2 * max(abs(v) for one in ends.fingers.values() for v in one[1]) + 1_000_000
        wide, high = reach, reach
    fingers = tuple(Finger(name, at, _finger_size(file, kind), angle, plain_nets([net])[0])
                    for name, (net, at, kind, angle) in ends.fingers.items())
    return Carrier(SUBSTRATE, rectangle((0, 0), (wide, high)), fingers=fingers)


def _finger_size(file: File, kind: str) -> Point:
    size = _size_of(file, kind)
    return size if min(size) else (80_000, 200_000)


@dataclass(frozen=True)
class _Die:
    """One die: the section that says its size, what its pads' names begin with, and those names."""

    name: str
    section: str
    prefix: str
    pads: tuple[str, ...]


def _dies(file: File, ends: Ends, asked: Asked) -> list[_Die]:
    """The one die of [DIE], or those of [MCM_DIE], whose pads are called U1.7."""
    listed = file.keys.get("MCM_DIE", {})
    if not listed:
        return [_Die(asked.chip, "DIE", "", tuple(ends.pads))] if ends.pads else []
    found = []
    for key, (component, _) in listed.items():
        pads = tuple(pad for pad in ends.pads if pad.upper().startswith(f"{key}."))
        if pads:
            name = pads[0][:len(key)]
            found.append(_Die(name, f"MCM_{component.upper()}_{key}", f"{name}.", pads))
    return found


def _chip(file: File, die: _Die, ends: Ends, what: str, asked: Asked, said: Said) -> Chip:
    section, some = die.section, [ends.pads[pad] for pad in die.pads]
    xy = np.array([at for _, at, _ in some], np.int64)
    centre = file.said(section, "CENTER").split()
    between = (xy.min(axis=0) + xy.max(axis=0)) // 2
    middle = np.array(at_words(centre, file, 0) if is_place(centre) else between.tolist(), np.int64)
    wide, high = file.length(section, "WIDTH", "DIE_X"), file.length(section, "HEIGHT", "DIE_Y")
    kinds = [kind for _, _, kind in some]
    width = max(_size_of(file, max(set(kinds), key=kinds.count))) or file.length("DIE", "DIE_PAD_SIZE")
    about = xy - middle
    if what == BUMPS:
        about = seen_from_above(about, asked, "", file.source, what)
    nets = [net for net, _, _ in some]
    names = [pad[len(die.prefix):] for pad in die.pads]
    size = (wide, high) if wide and high else asked.size
    chip = chip_with(die.name, what, Spots(names, about, nets, width), size, said)
    called = file.said(section, "NAME", "DIE_NAME")
    if called:
        said.comments.append(f"The die {die.name} is called {called}.")
    return chip_at(chip, (int(middle[0]), int(middle[1])), 0)


def _balls(file: File, ends: Ends, asked: Asked, notes: list[str]) -> Optional[Balls]:
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
    return Balls(Sites(names, xy), nets, (FAR_SIDE,) * len(names), diameter=None, land=land, opening=land)
