"""Package files for a form to choose from: those of the board's own project, and of others only what was placed into it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Callable

from ..faults import fail
from ..kicad.live.board import OpenBoard
from ..package_file.models.values import short
from ..state import Say, package_files

ENDINGS = (".yaml", ".yml")
MOST_FILES = 200
_HEAD = 20_000  # bytes of a file in which its key 'package' stands, if it is a package file
_PACKAGE = re.compile(rb"^package:[ \t]*([^#\r\n]*)", re.MULTILINE)


def project_folder(board: OpenBoard) -> Path:
    """Where the board's project lies; the home folder for a board that was never saved."""
    return Path(board.project) if board.project else Path.home()


def at_hand(board: OpenBoard, say: Say) -> list[str]:
    """Package files of the board's project, the likeliest first, then those from elsewhere that were placed into this board.

    Likeliest is the one placed last; then one that is called as the board is; then one of the package that the board has, or of
    the board's name; then those beside the board. A board that was never saved has no project, and nothing is offered for it.
    """
    if not board.project:
        return []
    folder = project_folder(board)
    before = [Path(path) for path in package_files(board.path, say) if _is(Path(path).is_file)]
    inside = [path for path in before if folder in path.parents]
    found = sorted(_package_files(folder), key=lambda path: _distance(path, board, folder))
    return list(dict.fromkeys(map(str, [*inside, *found, *before])))


def _distance(path: Path, board: OpenBoard, folder: Path) -> tuple[bool, bool, bool]:
    """How far a package file is from being that of the board: by its name, by what it holds, by where it lies."""
    stem = Path(board.name).stem
    holds = _package_in(path)
    names_it = bool(holds) and (holds == stem or f'"{holds}"'.encode() in board.text or f':{holds}"'.encode() in board.text)
    return path.stem != stem, not names_it, path.parent != folder


def path_of(words: str) -> Path:
    """The path that somebody entered, ``~`` and quotation marks included; raises Faults where there is no such person."""
    words = words.strip().strip('"')
    try:
        path = Path(words).expanduser()
        path.is_dir()
    except (OSError, RuntimeError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "nothing has such a name, or nobody such a home"
        raise fail(short(words), f"cannot be found: {why}") from None
    return path


def listing(words: str) -> dict[str, Any]:
    """Folders and package files of a folder, hidden ones left out; raises Faults where it cannot be read."""
    here = path_of(words) if words else Path.home()
    if not here.is_absolute():
        raise fail(words, "is not a whole path; choose a folder")
    here = here if here.is_dir() else here.parent
    try:
        entries = sorted(here.resolve().iterdir(), key=lambda path: path.name.lower())
    except (OSError, RuntimeError) as error:
        raise fail(str(here), f"cannot be looked into: {getattr(error, 'strerror', 'its links lead in a circle')}") from None
    shown = [path for path in entries if not path.name.startswith(".")]
    return {"folder": str(here.resolve()), "parent": str(here.resolve().parent),
            "folders": [path.name for path in shown if _is(path.is_dir)],
            "files": [path.name for path in shown if path.suffix.lower() in ENDINGS and _is(path.is_file)]}


def _is(question: Callable[[], bool]) -> bool:
    try:
        return question()
    except (OSError, ValueError):
        return False


def _package_files(folder: Path) -> Iterator[Path]:
    """The package files of a folder and of the folders in it."""
    found = 0
    for pattern in ("*", "*/*"):
        try:
            for path in sorted(folder.glob(pattern)):
                if path.suffix.lower() in ENDINGS and _is_package(path):
                    yield path
                    found += 1
                    if found == MOST_FILES:
                        return
        except OSError:
            return


def _is_package(path: Path) -> bool:
    return _PACKAGE.search(_head(path)) is not None


def _package_in(path: Path) -> str:
    """What a package file calls its package, "" where that is not plainly said."""
    found = _PACKAGE.search(_head(path))
    return found[1].decode(errors="replace").strip().strip("\"'") if found else ""


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_HEAD)
    except OSError:
        return b""
