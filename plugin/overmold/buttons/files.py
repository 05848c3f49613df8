"""Package files for a form to choose from: those of the project, and the ones used before."""

from __future__ import annotations

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


def project_folder(board: OpenBoard) -> Path:
    """Where the board's project lies; the home folder for a board that was never saved."""
    path = board.board.document.project.path
    return Path(path) if path else Path.home()


def at_hand(board: OpenBoard, say: Say) -> list[str]:
    """Package files, those used before first: of this board, then of others, then what lies in the project's folder."""
    found = [path for path in package_files(board.name, say) if _is_file(path)]
    return list(dict.fromkeys([*found, *map(str, _package_files(project_folder(board)))]))


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
    here = here if here.is_dir() else here.parent
    try:
        entries = sorted(here.resolve().iterdir(), key=lambda path: path.name.lower())
    except (OSError, RuntimeError) as error:
        raise fail(str(here), f"cannot be looked into: {getattr(error, 'strerror', 'its links lead in a circle')}") from None
    shown = [path for path in entries if not path.name.startswith(".")]
    return {"folder": str(here.resolve()), "parent": str(here.resolve().parent),
            "folders": [path.name for path in shown if _is(path.is_dir)],
            "files": [path.name for path in shown if path.suffix.lower() in ENDINGS and _is(path.is_file)]}


def _is_file(path: str) -> bool:
    return _is(Path(path).is_file)


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
    try:
        with path.open("rb") as file:
            head = b"\n" + file.read(_HEAD)
    except OSError:
        return False
    return b"\npackage:" in head
