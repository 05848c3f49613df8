"""A package from whatever a person names."""

from __future__ import annotations

from pathlib import Path

from .faults import fail
from .input_file import read_input
from .package import Package


def read_any(path: Path) -> Package:
    """A package from a package file, a board or a footprint, told apart by the file's ending; raises Faults."""
    ending = path.suffix.lower()
    if ending in (".yaml", ".yml"):
        from .package_file import read_package_file

        return read_package_file(path)
    if ending in (".kicad_pcb", ".kicad_mod"):
        from .kicad.reading import read_board, read_footprint

        return (read_board if ending == ".kicad_pcb" else read_footprint)(read_input(path), str(path))
    raise fail(str(path), "cannot be checked; give a package file (.yaml), a .kicad_pcb or a .kicad_mod")
