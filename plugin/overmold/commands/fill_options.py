"""What ``overmold fill`` accepts."""

from __future__ import annotations

import argparse

from .flags import FILES, json


def _cells(words: str) -> int:
    if not words.isdecimal() or not 8 <= int(words) <= 256:
        raise argparse.ArgumentTypeError(f"'{words}' is not a number of cells from 8 to 256")
    return int(words)


def _index(words: str) -> float:
    try:
        value = float(words)
    except ValueError:
        value = 0.0
    if not 0.2 <= value <= 1:
        raise argparse.ArgumentTypeError(f"'{words}' is not an index of a power law from 0.2 to 1; 1 is Newtonian")
    return value


def fill(command: argparse.ArgumentParser) -> None:
    """Of ``fill``."""
    command.add_argument("files", metavar="FILE", nargs="+", help=FILES)
    json(command)
    command.add_argument("-o", "--output", metavar="DIR", default="",
                         help="also write pictures into this folder: the maps of the front over and under the chips, and the "
                              "section as air is closed in")
    command.add_argument("--force", action="store_true", help="overwrite pictures that somebody edited since they were written")
    command.add_argument("--vary", metavar="KEY=FROM..TO:STEP", default="",
                         help="one fill for each value of a dimension, for example mold.cap=200..400um:20um")
    command.add_argument("--cells", metavar="NUMBER", type=_cells, default=0,
                         help="cells along the longer side of a unit (default: by its smallest feature, 48 to 64)")
    command.add_argument("--index", metavar="NUMBER", type=_index, default=1.0,
                         help="index of a power law, for a compound that thins under shear (default: 1, Newtonian)")
    command.add_argument("--rules", metavar="FILE", action="append", default=[],
                         help="a deck with your compound's own flow data, for time and shear (may be repeated)")
    command.add_argument("--no-settings", action="store_true", help="leave the project's overmold.settings.yaml aside")
    command.set_defaults(house=[])
