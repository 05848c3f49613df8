"""Files that a package file names: netlists and coordinates."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Optional

from ...faults import Fault, Faults
from ...input_file import read_input
from ...marked_yaml import Marked
from ..models.values import Path, short


def beside(name: str, path: Path, folder: FilePath, marked: Marked, faults: list[Fault]) -> Optional[bytes]:
    """The content of the file ``name`` in ``folder``; None, and a fault at ``path``, where it cannot be read."""
    try:
        return read_input(folder / name)
    except Faults as caught:
        faults += [marked.fault(path, f"'{short(name)}', looked for beside this file: {one.message}") for one in caught.faults]
        return None
