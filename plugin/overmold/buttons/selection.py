"""The button *Package from selection*: what the board knows of the selected footprints, as a package file to go on from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..faults import Fault, Faults, fail
from ..file_names import alike, is_plain
from ..kicad.live.board import open_board
from ..kicad.reading.selection import read_selection
from ..output_folder import write_new
from ..package_file.models.values import short
from ..package_file.writing import package_file
from ..package_file.writing.as_a_file import as_a_file
from ..pages.log import write_log
from . import files


def press() -> int:
    """Read the selection and show what comes of it, until the page is closed. Raises Faults where nothing can be read."""
    from ..pages import render, serve
    from . import open_file

    def page(nonce: str) -> str:
        return render("selection", nonce)

    if serve(page, {"begin": begin, "browse": browse, "save": save}) == 0:
        return 0
    said = render("message", title="Package from selection", lines=["No browser opened; use 'overmold read BOARD' instead."],
                  trace="")
    return open_file("selection", said, "Package from selection needs a browser")


def begin(data: dict[str, Any]) -> dict[str, Any]:
    """What is selected, as files that could be written; nothing selected is the whole board. Raises Faults."""
    board = open_board()
    uuids = board.selected()
    package, notes = read_selection(board.text, board.name, uuids)
    package, more = as_a_file(package)
    return {"board": board.name, "selected": len(uuids), "package": package.name, "files": package_file(package),
            "notes": [*notes, *more], "folder": str(files.project_folder(board))}


def browse(data: dict[str, Any]) -> dict[str, Any]:
    """The folders of a folder."""
    return files.listing(str(data.get("folder", "")))


def save(data: dict[str, Any]) -> dict[str, Any]:
    """Write the files as they stand in the form; never over one that is there, unless that is asked for. Raises Faults."""
    texts = _texts(data.get("files"))
    folder = _folder(str(data.get("folder", "")))
    faults = [Fault(str(folder / name), "is a link; it stays as it is. Remove it, or choose another folder")
              for name in texts if (folder / name).is_symlink()]
    if not faults and not data.get("force"):
        faults = [Fault(str(folder / name), "is there already; tick 'write over it', or choose another folder")
                  for name in texts if (folder / name).exists()]
    if faults:
        raise Faults(faults)
    paths = ", ".join(map(str, write_new(folder, texts, force=True)))
    write_log(f"Package from selection: wrote {paths}")
    return {"done": f"Written: {paths}"}


def _texts(texts: object) -> dict[str, bytes]:
    """The files as bytes; raises Faults for what is no package file and no table, and for what no file can be called."""
    if not isinstance(texts, dict) or not texts or not all(isinstance(text, str) for text in texts.values()):
        raise fail("Package from selection", "this page is older than the plugin; load it anew")
    for name in texts:
        if not is_plain(name) or not name.endswith((".yaml", ".csv")) or len(set(map(alike, texts))) < len(texts):
            raise fail("Package from selection", f"'{short(name)}' is not written: only package files (.yaml) and tables "
                                                 "(.csv) are, each under a name of its own, into the folder shown")
    return {name: text.encode(errors="replace") for name, text in texts.items()}


def _folder(words: str) -> Path:
    if not words.strip():
        raise fail("Package from selection", "no folder is named; choose one")
    folder = files.path_of(words)
    if not folder.is_absolute():
        raise fail(str(folder), "is not a whole path; choose a folder")
    if not folder.is_dir():
        raise fail(str(folder), "is not a folder; choose one that is there")
    if folder.is_symlink():
        raise fail(str(folder), f"is a link to {folder.resolve()}; choose that folder itself")
    return folder
