"""What buttons and pages remember between two presses, and where their log is: few small files in a private folder.

Each file is written whole or not at all, is for its owner alone, and does not grow without end. One that cannot be read, or
that holds what we would not have written, is ignored, and ``say`` is told so; nothing here makes a button fail.
"""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Callable

from .faults import Faults
from .output_file import write_atomically
from .output_folder.lock import locked

Say = Callable[[str], None]

MARKERS, SELECTION = "markers", "selection"  # the two ways to show findings in KiCad
MOST_BOARDS, MOST_FILES, MOST_MARKERS, MOST_SELECTED, LONGEST = 60, 8, 500, 1000, 4096
_LARGEST = 4_000_000  # bytes of a file
_PATIENCE_S = 5.0


@dataclass(frozen=True)
class Choices:
    """How findings are shown in KiCad: as ``MARKERS`` or as a ``SELECTION``; ``keep``: also as texts in the board itself.

    Unless somebody chooses otherwise a check changes nothing, so that it is no reason to save the board.
    """

    show: str = SELECTION
    keep: bool = False


def folder() -> Path:
    """Where the buttons leave their pages, their log and what they remember: the folder of what programs can make again."""
    if sys.platform == "win32":
        base = os.environ.get("LOCALAPPDATA") or str(Path.home() / "AppData/Local")
    elif sys.platform == "darwin":
        base = str(Path.home() / "Library/Caches")
    else:
        base = os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")
    return Path(base) / "overmold"


def log_file() -> Path:
    """The log of the buttons."""
    return folder() / "overmold.log"


def private_folder() -> Path:
    """``folder``, made for its owner alone where there is none; raises OSError."""
    where = folder()
    where.mkdir(mode=0o700, parents=True, exist_ok=True)
    return where


def choices(say: Say) -> Choices:
    """What was chosen last."""
    found = _read("choices.json", say)
    return Choices(MARKERS if found.get("show") == MARKERS else SELECTION, found.get("keep") is True)


def remember_choices(chosen: Choices, say: Say) -> None:
    """For the next press."""
    _change("choices.json", lambda _: {"show": chosen.show, "keep": chosen.keep}, say)


def markers(board: str, say: Say) -> list[str]:
    """The markers that checks of this board have put into KiCad's list, by their ids, the newest first.

    Those of earlier checks are among them, for an undo brings back what a check has replaced. ``board`` is its path, here and
    below: boards of two projects may have one name.
    """
    return _lists(_read("markers.json", say), MOST_MARKERS).get(board, [])


def remember_markers(board: str, ids: Sequence[str], say: Say) -> None:
    """For the next check of this board, with those that were remembered before."""
    _remember("markers.json", board, ids, MOST_MARKERS, say, add=True)


def package_files(board: str, say: Say) -> list[str]:
    """The package files that were placed into this board before, the last one first."""
    return _lists(_read("placed.json", say), MOST_FILES).get(board, [])


def remember_package_file(board: str, path: str, say: Say) -> None:
    """Remember that the package file at ``path`` was placed into this board."""
    _remember("placed.json", board, [path], MOST_FILES, say, add=True)


def selection_left(board: str, say: Say) -> tuple[list[str], list[str]]:
    """What the last check left selected on this board, and what somebody had selected before it; uuids."""
    return (_lists(_read("shown.json", say), MOST_SELECTED).get(board, []),
            _lists(_read("selected.json", say), MOST_SELECTED).get(board, []))


def remember_selection(board: str, shown: Sequence[str], before: Sequence[str], say: Say) -> None:
    """Remember what a check leaves ``shown`` as a selection, and the selection ``before`` it, which is somebody's own."""
    for name, uuids in (("shown.json", shown), ("selected.json", before)):
        _remember(name, board, uuids, MOST_SELECTED, say)


def _remember(name: str, board: str, words: Sequence[str], most: int, say: Say, add: bool = False) -> None:
    """Have a file hold ``words`` for this board, and with ``add`` those that it had before behind them."""
    def change(found: dict[str, Any]) -> dict[str, Any]:
        known = _lists(found, most)
        former = known.get(board, ()) if add else ()
        return _with_newest(known, {board: list(dict.fromkeys([*words, *former]))[:most]})

    _change(name, change, say)


def _with_newest(known: Mapping[str, list[str]], new: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The newest boards last, the oldest of too many left out."""
    every = {**{name: each for name, each in known.items() if name not in new}, **new}
    return dict(list(every.items())[-MOST_BOARDS:])


def _lists(found: Mapping[str, Any], most: int) -> dict[str, list[str]]:
    """What of it is a list of short words by board."""
    return {name: [one for one in each if isinstance(one, str) and len(one) <= LONGEST][:most]
            for name, each in found.items() if isinstance(each, list) and len(name) <= LONGEST}


def _read(name: str, say: Say) -> dict[str, Any]:
    file = folder() / name
    why = "is not as Overmold writes it"
    try:
        found = file.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_size > _LARGEST:
            raise ValueError
        words = json.loads(file.read_bytes())
        if isinstance(words, dict) and (name == "choices.json" or all(isinstance(each, list) for each in words.values())):
            return words
    except FileNotFoundError:
        return {}
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
    except (ValueError, RecursionError):
        pass
    say(f"{file}: {why}, and is ignored")
    return {}


def _change(name: str, change: Callable[[dict[str, Any]], dict[str, Any]], say: Say) -> None:
    """Write a file anew from what stands in it; two buttons may be pressed at once."""
    try:
        with locked(private_folder(), _PATIENCE_S):
            data = json.dumps(change(_read(name, lambda words: None)), indent=1)
            write_atomically(folder() / name, data.encode(), private=True)
    except Faults as faults:
        say(str(faults))
    except OSError as error:
        say(f"{error.filename or folder()}: cannot be written: {error.strerror}")
