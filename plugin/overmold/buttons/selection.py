"""The button *Package from selection*: what the board knows of the selected footprints, as a package file to go on from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ..faults import Fault, Faults, fail
from ..file_names import alike, is_plain
from ..kicad.live.board import OpenBoard, open_board
from ..kicad.live.note import take_notes_away
from ..kicad.reading.selection import read_selection
from ..output_folder import write_new
from ..package_file import read_package_file
from ..package_file.models.values import short
from ..package_file.writing import package_file
from ..package_file.writing.as_a_file import as_a_file
from ..pages.log import write_log
from . import files
from .showing import selection_of_the_user


def press() -> int:
    """Read the selection and show what comes of it, until the page is closed. Raises Faults where nothing can be read."""
    from ..pages import render
    from .window import open_file, serve

    def page(nonce: str) -> str:
        return render("selection", nonce)

    if serve(page, {"begin": begin, "browse": browse, "save": save}, "Package from selection") == 0:
        return 0
    said = render("message", title="Package from selection", lines=["No browser opened; use 'overmold read BOARD' instead."],
                  trace="")
    return open_file("selection", said, "Package from selection needs a browser")


def begin(data: dict[str, Any]) -> dict[str, Any]:
    """What is selected, as files that could be written; nothing selected is the whole board. Raises Faults.

    What a check has left selected is nobody's choice: what was selected before that is.
    """
    board = open_board()
    take_notes_away(board)
    uuids, aside = _chosen(board)
    package, notes = read_selection(board.text, board.name, uuids)
    package, more = as_a_file(package)
    return {"board": board.name, "selected": len(uuids), "package": package.name, "files": package_file(package),
            "notes": [*aside, *notes, *more], "folder": str(files.project_folder(board))}


def _chosen(board: OpenBoard) -> tuple[list[str], list[str]]:
    """The uuids of what somebody has selected, and in words what is not counted as that."""
    now, own = board.selected(), selection_of_the_user(board, write_log)
    if now == own:
        return own, []
    # Of what was selected before the check, something may have been deleted since.
    there = [uuid for uuid in own if uuid.encode() in board.text]
    meant = "what was selected before it" if there else "everything on the board"
    return there, [f"What is selected in KiCad was put there by Check package; this is {meant}. Select other footprints and "
                   "read the selection again"]


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
    paths = ", ".join(str(folder / name) for name in texts)
    unread = _written(folder, texts, keep=bool(data.get("unfinished")))
    write_log(f"Package from selection: wrote {paths}{'; unfinished' if unread else ''}")
    return {"unfinished": [f"Unfinished, and no package file yet: {paths}", *unread]} if unread else {
        "done": f"Written, and read back as a package file: {paths}"}


def _written(folder: Path, texts: dict[str, bytes], keep: bool) -> list[str]:
    """Write the files and read them back; what is wrong with them as a package file, where they are to be kept all the same.

    Raises Faults where they are not, and then all is as it was before.
    """
    before = {name: (folder / name).read_bytes() for name in texts if (folder / name).exists()}
    try:
        for path in write_new(folder, texts, force=True):
            if path.suffix == ".yaml":
                read_package_file(path)
    except Faults as faults:
        if keep:
            return list(map(str, faults.faults))
        for name in texts.keys() - before.keys():
            (folder / name).unlink(missing_ok=True)
        write_new(folder, before, force=True)
        said = ("nothing is written, for this is not a package file yet: mend it here as said below, or tick 'write it "
                "unfinished'")
        raise Faults([Fault("Package from selection", said), *faults.faults]) from None
    return []


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
