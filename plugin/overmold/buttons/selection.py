"""The button *Package from selection*: what the board knows of the selected footprints, as a package file to go on from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..faults import Fault, Faults, fail
from ..kicad.live.board import open_board
from ..kicad.reading.selection import read_selection
from ..output_file import write_atomically
from ..package_file.writing import package_file
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
    return {"board": board.name, "selected": len(uuids), "package": package.name, "files": package_file(package),
            "notes": list(notes), "folder": str(files.project_folder(board))}


def browse(data: dict[str, Any]) -> dict[str, Any]:
    """The folders of a folder."""
    return files.listing(str(data.get("folder", "")))


def save(data: dict[str, Any]) -> dict[str, Any]:
    """Write the files as they stand in the form; never over one that is there, unless that is asked for. Raises Faults."""
    words = str(data.get("folder", "")).strip().strip('"')
    texts = data.get("files")
    if not words:
        raise fail("Package from selection", "no folder is named; choose one")
    if not isinstance(texts, dict) or any(Path(name).name != name or not isinstance(texts[name], str) for name in texts):
        raise fail("Package from selection", "this page is older than the plugin; load it anew")
    folder = Path(words).expanduser()
    if not folder.is_dir():
        raise fail(str(folder), "is not a folder; choose one that is there")
    there = [] if data.get("force") else [name for name in texts if (folder / name).exists()]
    if there:
        raise Faults([Fault(str(folder / name), "is there already; tick 'write over it', or choose another folder")
                      for name in there])
    for name, text in texts.items():
        write_atomically(folder / name, text.encode())
    paths = [str(folder / name) for name in texts]
    write_log(f"Package from selection: wrote {', '.join(paths)}")
    return {"done": f"Written: {', '.join(paths)}"}
