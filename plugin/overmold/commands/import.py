"""``overmold import``."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING, Optional

from ..exits import KEPT
from ..faults import fail
from ..input_file import read_input
from ..shapes import Point
from .written import tell_written

if TYPE_CHECKING:
    from ..exchange.reading import Asked

_SIZE = re.compile(r"\s*([\d.]+)\s*([a-zµμ]*)\s*[x×*]\s*([\d.]+)\s*([a-zµμ]+)\s*", re.IGNORECASE)
_ROLES = ("name", "x", "y", "net", "diameter", "row", "column", "angle", "from", "to", "length", "tier")


def options(command: argparse.ArgumentParser) -> None:
    """What the command accepts."""
    command.add_argument("file", metavar="FILE", help="ball map, pad or wire list (.csv, .tsv, .txt, .xlsx), KiCad footprint "
                         "(.kicad_mod), .aif, .chiplet, .3dbv or .3dbx, .def or .lef, .gds, .tcl "
                         "of OpenROAD, .l2n of KLayout, .yml of gdsfactory")
    command.add_argument("-o", "--output", metavar="DIR", default=".", help="folder to write to (default: here)")
    command.add_argument("--name", metavar="NAME", help="name of the package (default: after the file)")
    command.add_argument("--what", choices=("balls", "bumps", "pads", "wires"), help="what a table lists (default: balls)")
    command.add_argument("--columns", metavar="ROLE=COLUMN,…", help="columns by head or number, for example name=Ball,x=3,y=4")
    command.add_argument("--unit", choices=("nm", "um", "mm", "mil", "in"), help="of numbers that have none")
    command.add_argument("--y", choices=("up", "down"), help="where y grows to")
    command.add_argument("--view", choices=("top", "bottom", "face", "back"), help="the package seen from above or onto its "
                         "balls; a chip seen on its active face or through its back")
    command.add_argument("--origin", choices=("table", "middle"), help="the table's own origin, or the middle of its sites")
    command.add_argument("--pitch", metavar="LENGTH", help="of sites that have names and no places, for example 0.8mm")
    command.add_argument("--size", metavar="SIZE", help="of the package or the chip, for example 10x10mm")
    command.add_argument("--sheet", metavar="NAME", help="of a workbook")
    command.add_argument("--chip", metavar="REF", help="name of the chip that a list of pads is of (default: U1)")
    command.add_argument("--layer", metavar="LAYER", help="of GDSII, for example 5/0, or of KLayout's netlist; the "
                         "macro, cell or component of others")
    command.add_argument("--force", action="store_true", help="overwrite files that are there")


def run(arguments: argparse.Namespace) -> int:
    """Write the package file of a file of another tool and name what was written; what was taken, guessed and left out goes
    to stderr."""
    from ..exchange.reading.any_file import read_foreign
    from ..output_folder import write_new
    from ..package_file.writing import package_file
    from ..package_file.writing.as_a_file import as_a_file

    path = Path(arguments.file)
    found = read_foreign(path, read_input(path), _asked(arguments))
    package, more = as_a_file(found.package, found.teller)
    files = package_file(package, found.teller, found.comments)
    written = write_new(Path(arguments.output), {name: text.encode() for name, text in files.items()}, arguments.force)
    tell_written(path, package, written, (*found.notes, *more))
    return KEPT


def _asked(arguments: argparse.Namespace) -> Asked:
    from ..exchange.reading import Asked

    return Asked(name=arguments.name or "", what=arguments.what or "", columns=_columns(arguments.columns or ""),
                 unit=arguments.unit or "", y=arguments.y or "", view=arguments.view or "", origin=arguments.origin or "",
                 pitch=_length("--pitch", arguments.pitch) if arguments.pitch else 0,
                 size=_size(arguments.size) if arguments.size else None, sheet=arguments.sheet or "",
                 chip=arguments.chip or "U1", layer=arguments.layer or "")


def _columns(words: str) -> dict[str, str]:
    """As in ``name=Ball,x=3,y=4``; raises Faults."""
    columns: dict[str, str] = {}
    for one in filter(None, (part.strip() for part in words.split(","))):
        role, _, head = one.partition("=")
        role = role.strip().lower()
        if role not in _ROLES or not head.strip() or head.strip() == "0":
            raise fail("overmold import", f"'{one}' names no column; write for example --columns name=Ball,x=3,y=4; known: "
                       f"{', '.join(_ROLES)}")
        columns[role] = head.strip()
    return columns


def _length(option: str, text: str) -> int:
    from ..units import LENGTH, UnitError, parse

    try:
        value = parse(text, LENGTH)
    except UnitError as error:
        raise fail("overmold import", f"{option}: {error}") from None
    if value < 1:
        raise fail("overmold import", f"{option}: '{text}' is too small: this length must be more than nothing")
    return value


def _size(text: str) -> Optional[Point]:
    found = _SIZE.fullmatch(text)
    if found is None:
        raise fail("overmold import", f"--size: '{text}' is not a width and height; write for example --size 10x10mm")
    return tuple(_length("--size", f"{found[i]} {found[i + 1] or found[4]}") for i in (1, 3))  # type: ignore[return-value]
