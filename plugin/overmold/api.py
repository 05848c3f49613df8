"""What ``import overmold`` offers to programs. Paths may be texts; every input that cannot be read raises ``Faults``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Union

from . import rule
from .check import Result, check
from .faults import Fault, Faults
from .package import Package
from .read_any import read_any

AnyPath = Union[str, "os.PathLike[str]"]


def read(path: AnyPath) -> Package:
    """The package that a file describes: a package file (.yaml), a board (.kicad_pcb) or a footprint (.kicad_mod).

    Lengths are whole nanometres. Raises Faults with all that is wrong in the file, each with its place.
    """
    return read_any(Path(path))


def load_deck(houses: Sequence[str] = (), files: Sequence[AnyPath] = ()) -> rule.Deck:
    """The rules for ``check``: the usual ones, those of assembly houses by name, and a team's own deck files.

    Raises Faults for a house that is not known and for all that is wrong in the files.
    """
    for name, given in (("houses", houses), ("files", files)):
        if isinstance(given, (str, os.PathLike)):  # a text is a sequence too, of letters
            raise TypeError(f"{name} is one {type(given).__name__}; give a list of them: {name}=[{str(given)!r}]")
    return rule.load_deck(houses, [Path(file) for file in files], examples=False)


def build(package: Package, folder: AnyPath, force: bool = False) -> tuple[Path, ...]:
    """Write the board, footprints, symbol, KiCad's rules and pictures into ``folder``; the paths of all that was written.

    Raises Faults, and then has written nothing: for a package that cannot be drawn, and for a file that somebody edited
    since it was built (``force`` overwrites it).
    """
    from .kicad.writing.build import build as build_files
    from .pictures.usual import usual_pictures

    return build_files(package, Path(folder), force, extra=usual_pictures(package))


__all__ = ["Fault", "Faults", "Package", "Result", "build", "check", "load_deck", "read"]
