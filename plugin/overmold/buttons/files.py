"""Package files for a form to choose from: those of the project, and the ones used before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..faults import fail
from ..kicad.live.board import OpenBoard
from ..output_file import write_atomically

ENDINGS = (".yaml", ".yml")
MOST_FILES, MOST_RECENT = 200, 8
_HEAD = 20_000  # bytes of a file in which its key 'package' stands, if it is a package file


def project_folder(board: OpenBoard) -> Path:
    """Where the board's project lies; the home folder for a board that was never saved."""
    path = board.board.document.project.path
    return Path(path) if path else Path.home()


def at_hand(board: OpenBoard) -> list[str]:
    """Package files, those used before first: of this board, then of others, then what lies in the project's folder."""
    known = _memory(_memory_file())
    recent = [*known.get(board.name, ()), *known.get("", ())]
    found = [path for path in recent if Path(path).is_file()]
    return list(dict.fromkeys([*found, *map(str, _package_files(project_folder(board)))]))


def remember(board: OpenBoard, path: Path) -> None:
    """Remember that ``path`` was placed into this board."""
    file = _memory_file()
    known = _memory(file)
    for name in (board.name, ""):
        known[name] = list(dict.fromkeys([str(path), *known.get(name, ())]))[:MOST_RECENT]
    file.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(file, json.dumps(known, indent=1).encode())


def listing(folder: str) -> dict[str, Any]:
    """Folders and package files of a folder, hidden ones left out; raises Faults where it cannot be read."""
    here = Path(folder).expanduser() if folder else Path.home()
    here = here if here.is_dir() else here.parent
    try:
        entries = sorted(here.resolve().iterdir(), key=lambda path: path.name.lower())
    except OSError as error:
        raise fail(str(here), f"cannot be looked into: {error.strerror}") from None
    shown = [path for path in entries if not path.name.startswith(".")]
    return {"folder": str(here.resolve()), "parent": str(here.resolve().parent),
            "folders": [path.name for path in shown if path.is_dir()],
            "files": [path.name for path in shown if path.suffix.lower() in ENDINGS and path.is_file()]}


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


def _memory_file() -> Path:
    from ..kicad.installed.homes import report_folder

    return report_folder() / "placed.json"


def _memory(file: Path) -> dict[str, list[str]]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
        return {str(name): [str(path) for path in paths] for name, paths in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
