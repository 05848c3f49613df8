"""What several commands do: load the rules asked for, read what they are given, put out what they have to say."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..faults import fail
from ..input_file import read_input

if TYPE_CHECKING:
    from ..package import Package
    from ..rule import Deck


def deck_of(arguments: argparse.Namespace) -> Deck:
    from ..rule import load_deck

    return load_deck(arguments.house, [Path(name) for name in arguments.rules], examples=False)


def read_any(path: Path) -> Package:
    """A package from a package file, a board or a footprint, told apart by the file's ending."""
    ending = path.suffix.lower()
    if ending in (".yaml", ".yml"):
        from ..package_file import read_package_file

        return read_package_file(path)
    if ending in (".kicad_pcb", ".kicad_mod"):
        from ..kicad.reading import read_board, read_footprint

        return (read_board if ending == ".kicad_pcb" else read_footprint)(read_input(path), str(path))
    raise fail(str(path), "is no file that can be checked; give a package file (.yaml), a .kicad_pcb or a .kicad_mod")


def emit(words: str, output: str) -> None:
    if output:
        from ..output_file import write_atomically

        write_atomically(Path(output), words.encode())
    else:
        sys.stdout.write(words)
