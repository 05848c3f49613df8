"""Which reader a file takes: by its ending, and for tables by the words over their columns."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Callable

from ...faults import fail
from . import BALLS, BUMPS, PADS, WIRES, Asked, Imported

_Reader = Callable[[bytes, str, Asked], Imported]
_TABLES = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xlsm")
_OTHERS: dict[str, tuple[str, str]] = {
    ".kicad_mod": ("footprint", "read_library_footprint"), ".aif": ("aif", "read_aif"), ".chiplet": ("chiplet", "read_chiplet"),
    ".3dbv": ("three_d_blox", "read_three_d_blox"), ".3dbx": ("three_d_blox", "read_three_d_blox"),
    ".bmap": ("bump_map", "read_bump_map"), ".def": ("lef_def", "read_def"), ".lef": ("lef_def", "read_lef"),
    ".tcl": ("openroad_tcl", "read_openroad"), ".l2n": ("klayout_l2n", "read_l2n"), ".lvsdb": ("klayout_l2n", "read_l2n"),
    ".yml": ("gdsfactory", "read_gdsfactory"), ".yaml": ("gdsfactory", "read_gdsfactory"),
    ".gds": ("gds", "read_gds"), ".gds2": ("gds", "read_gds"), ".gdsii": ("gds", "read_gds"),
}
_OF_TABLES: dict[str, tuple[str, str]] = {
    BALLS: ("ball_map", "read_ball_map"), BUMPS: ("die_list", "read_die_list"), PADS: ("die_list", "read_die_list"),
    WIRES: ("wire_list", "read_wire_list"),
}
ENDINGS = (*_TABLES, *_OTHERS)


def read_foreign(path: Path, data: bytes, asked: Asked) -> Imported:
    """The package in a file of another tool; raises Faults."""
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise fail(str(path), f"is not a file that can be imported; known are {', '.join(ENDINGS)}")
    module, reader = _OTHERS[ending] if ending in _OTHERS else _OF_TABLES[asked.what or BALLS]
    read: _Reader = getattr(import_module(f".{module}", __package__), reader)
    return read(data, str(path), asked)
