"""A package from whatever a person names: a package file, a board or a footprint."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from .faults import fail
from .input_file import read_input

if TYPE_CHECKING:
    from .package import Package

PACKAGE_FILE, BOARD, FOOTPRINT = "package file", "board", "footprint"
_KINDS = {".yaml": PACKAGE_FILE, ".yml": PACKAGE_FILE, ".kicad_pcb": BOARD, ".kicad_mod": FOOTPRINT}


def kind_of(path: Path) -> str:
    """What a file is by its ending, "" where it can be nothing that is checked."""
    return _KINDS.get(path.suffix.lower(), "")


def read_any(path: Path, odd: bool = False) -> Package:
    """The package that a file describes, told by the file's ending; raises Faults.

    ``odd``: parts of a board that cannot be read are the package's ``odd``, and no Faults are raised for them.
    """
    kind = kind_of(path)
    if not kind:
        read_input(path)  # which says so where there is none, or a folder
        raise fail(str(path), "is of no kind that is read here; give a package file (.yaml), a .kicad_pcb or a .kicad_mod")
    return read_data(read_input(path), kind, str(path), path.parent, odd)


def read_data(data: bytes, kind: str, source: str, folder: Path, odd: bool = False) -> Package:
    """The package in the text of a file of this kind; ``source`` is its name in faults, tables are looked for in ``folder``."""
    if kind == PACKAGE_FILE:
        from .package_file import read_package_text

        return read_package_text(data, source, folder)
    from .kicad.reading import read_board, read_board_as_far_as_it_goes, read_footprint

    return {BOARD: read_board_as_far_as_it_goes if odd else read_board, FOOTPRINT: read_footprint}[kind](data, source)
