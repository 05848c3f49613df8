"""Which reader a file takes: by its ending, and for tables by the words over their columns."""

from __future__ import annotations

from pathlib import Path
from typing import Callable

from ...faults import fail
from . import BALLS, BUMPS, PADS, WIRES, Asked, Imported

_Reader = Callable[[bytes, str, Asked], Imported]
_TABLES = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm", ".asc", ".pinout")
ENDINGS = (*_TABLES, ".kicad_mod", ".aif", ".chiplet", ".yaml", ".yml", ".3dbv", ".3dbx", ".def", ".lef", ".bumps", ".gds", ".gds2")


def read_foreign(path: Path, data: bytes, asked: Asked) -> Imported:
    """The package in a file of another tool; raises Faults."""
    return _reader(path, data, asked)(data, str(path), asked)


def _reader(path: Path, data: bytes, asked: Asked) -> _Reader:
    ending = path.suffix.lower()
    if ending in _TABLES:
        return _table(data, path, asked)
    if ending == ".kicad_mod":
        from .footprint import read_library_footprint

        return read_library_footprint
    said = ", ".join(ENDINGS)
    raise fail(str(path), f"is no file that can be imported; known are {said}; a table under another name is read as .csv")


def _table(data: bytes, path: Path, asked: Asked) -> _Reader:
    what = asked.what
    if what in (BUMPS, PADS):
        from .die_list import read_die_list

        return read_die_list
    if what == WIRES:
        from .wire_list import read_wire_list

        return read_wire_list
    from .ball_map import read_ball_map

    return read_ball_map
