"""Bump lists as OpenROAD and 3Dblox write them (``.bmap``): instance, cell, x, y, port and net, blanks between, # a comment."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from ...arrays import IntArray
from ...faults import Fault, Faults, fail
from ...package import Package
from ...tables.sheets import text_of
from . import BUMPS, Asked, Imported
from .ball_map import name_of
from .made import Said, Spots, chip_with, each_once, nanometres, seen_from_above, unlike

_UM = 1000
_WORDS = "instance, cell, x, y, port, net"


class BumpMap(NamedTuple):
    """Names, nets and places (n, 2) with y down, about the map's own origin."""

    names: list[str]
    nets: list[str]
    xy: IntArray


def bumps_in(data: bytes, source: str) -> BumpMap:
    """The bumps of a map; raises Faults with every faulty line."""
    names, nets, spots = [], [], []
    faults: list[Fault] = []
    for number, line in enumerate(text_of(data, source).splitlines(), 1):
        words = line.partition("#")[0].split()
        if not words:
            continue
        if len(words) < 4:
            faults.append(Fault(source, f"this line has {len(words)} words; a bump has {_WORDS}", number, 1))
            continue
        try:
            x, y = (nanometres(word, _UM, source, number, line.find(word) + 1) for word in words[2:4])
        except Faults as error:
            faults += error.faults
            continue
        names.append(words[0])
        nets.append(words[5] if len(words) > 5 and words[5] != "-" else "")
        spots.append((x, -y))
    each_once(faults)
    if not names:
        raise fail(source, f"this bump map is empty; a line of it has {_WORDS}")
    return BumpMap(unlike(names), nets, np.array(spots, np.int64))


def read_bump_map(data: bytes, source: str, asked: Asked) -> Imported:
    """The chip whose bumps a map lists; raises Faults, also where nothing says from which side they are seen."""
    found = bumps_in(data, source)
    said = Said()
    middle = (found.xy.min(axis=0) + found.xy.max(axis=0)) // 2
    if asked.origin != "table" and middle.any():
        said.notes.append("guess: the middle of the bumps is that of the chip; say --origin table where the list's origin is")
    about = found.xy - (middle if asked.origin != "table" else 0)
    xy = seen_from_above(about, asked, "", source, BUMPS)
    chip = chip_with(asked.chip, BUMPS, Spots(found.names, xy, found.nets), asked.size, said)
    said.notes.insert(0, f"taken as the bumps of a flip chip, {len(found.names)} of them")
    return said.of(Package(asked.name or name_of(source), source, chips=(chip,)), "the bump list")
