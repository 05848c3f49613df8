"""``overmold read``."""

from __future__ import annotations

import argparse
from pathlib import Path

from ..exits import KEPT
from ..faults import fail
from ..input_file import read_input
from .written import tell_written


def run(arguments: argparse.Namespace) -> int:
    """Write the package file of a board or footprint and name what was written; what to know about it goes to stderr."""
    from ..kicad.reading.selection import read_one_footprint, read_selection, uuids_of
    from ..output_folder import write_new
    from ..package_file.writing import package_file
    from ..package_file.writing.as_a_file import as_a_file
    from ..package_file.writing.text import BOARD

    path = Path(arguments.board)
    ending = path.suffix.lower()
    if ending not in (".kicad_pcb", ".kicad_mod"):
        raise fail(str(path), "cannot be read back; give a board (.kicad_pcb) or a footprint (.kicad_mod)")
    if ending == ".kicad_mod" and arguments.only is not None:
        raise fail(str(path), "is one footprint; leave --only out")
    data = read_input(path)
    comments: tuple[str, ...] = ()
    teller = BOARD
    if ending == ".kicad_mod":
        found = read_one_footprint(data, str(path))
        package, notes, comments, teller = found.package, found.notes, found.comments, "the footprint"
    else:
        references = [one.strip() for one in (arguments.only or "").split(",") if one.strip()]
        if arguments.only is not None and not references:
            raise fail("overmold read", "--only names no footprint; write for example --only PKG1,U1")
        uuids = uuids_of(data, str(path), references) if references else ()
        package, notes = read_selection(data, str(path), uuids)
    package, more = as_a_file(package, teller)
    files = package_file(package, teller, comments)
    written = write_new(Path(arguments.output), {name: text.encode() for name, text in files.items()}, arguments.force)
    tell_written(path, package, written, (*notes, *more))
    return KEPT
