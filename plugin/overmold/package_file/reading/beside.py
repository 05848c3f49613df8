"""Files that a package file names: netlists and coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path as FilePath
from typing import Optional

from ...faults import Fault, Faults
from ...input_file import read_input
from ...marked_yaml import Marked
from ..models.values import Path, short


@dataclass(frozen=True, repr=False)
class Folder:
    """Where tables are looked for: ``texts``, by name, stand for files that are not on the disk yet, or differ from it."""

    path: FilePath
    texts: Mapping[str, bytes] = field(default_factory=dict)

    def shown(self, name: str) -> str:
        """The table's name in faults."""
        return str(self.path / name)

    def read(self, name: str) -> bytes:
        """Its content; raises Faults."""
        return self.texts[name] if name in self.texts else read_input(self.path / name)


def beside(name: str, path: Path, folder: Folder, marked: Marked, faults: list[Fault]) -> Optional[bytes]:
    """The content of the file ``name`` in ``folder``; None, and a fault at ``path``, where it cannot be read."""
    try:
        return folder.read(name)
    except Faults as caught:
        faults += [marked.fault(path, f"'{short(name)}', looked for beside this file: {one.message}") for one in caught.faults]
        return None
