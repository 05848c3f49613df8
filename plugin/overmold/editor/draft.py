"""A package file that is being edited: its text, and those of the tables beside it that are not as they are on the disk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..marked_yaml import Marked, load, utf8
from ..package_file.reading.beside import Folder


@dataclass(frozen=True)
class Draft:
    """``file`` is where it is, or is to be; ``tables`` are texts by file name."""

    file: Path
    text: str
    tables: Mapping[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Folder:
        """Where its tables are found."""
        return Folder(self.file.parent, {name: text.encode(errors="replace") for name, text in self.tables.items()})

    def marked(self) -> Marked:
        """Its text, read; raises Faults where it is no YAML."""
        return load(self.text, str(self.file))

    def table(self, name: str) -> str:
        """The text of a table beside it; raises Faults where it cannot be read."""
        return utf8(self.folder.read(name), self.folder.shown(name))
