"""*Place package* begins with a package: one that is there, a new one of some kind, or what is selected on the board."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..editor.draft import Draft
from ..kicad.live.board import open_board
from ..kicad.reading.selection import read_selection
from ..package_file.writing import package_file
from ..package_file.writing.as_a_file import as_a_file
from ..pages import Action, render
from ..pages.edit import Desk
from . import files


class PlaceDesk(Desk):
    """The editor in the project of the open board; while nothing is edited, the page is that of *Place package*."""

    def __init__(self) -> None:
        super().__init__(goes_on="Place", begin_in=_project)

    @property
    def actions(self) -> dict[str, Action]:
        return {**super().actions, "selection": self.selection}

    def page(self, nonce: str) -> str:
        """The editor while something is edited, else the form of *Place package*."""
        return super().page(nonce) if self.draft is not None else render("place", nonce)

    def open(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Edit the file that is named, as it stands in the form: its path, or its name in the project; raises Faults."""
        return super().open({"file": str(_project() / files.path_of(str(data.get("file", ""))))})

    def selection(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Edit what the board knows of the selected footprints, of all where none is; raises Faults."""
        board = open_board()
        package, notes = read_selection(board.text, board.name, board.selected())
        package, more = as_a_file(package)
        texts = package_file(package)
        name = next(iter(texts))
        self.show(Draft(files.project_folder(board) / name, texts.pop(name), texts), is_new=True)
        self.notes = (*notes, *more)
        return {"done": True}

    def first(self, begun: dict[str, Any]) -> dict[str, Any]:
        """What the form begins with, the file that was edited last before all others."""
        known = [one for one in begun["files"] if one != self.saved]
        return {**begun, "files": [self.saved, *known] if self.saved else known}


def _project() -> Path:
    return files.project_folder(open_board())
