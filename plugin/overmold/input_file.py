"""A file that a person named: its bytes, or what is wrong with it."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from .faults import fail

LARGEST = 200_000_000  # bytes; a million named coordinates are 40 MB, the largest board seen in the wild had 70 MB
_MEGABYTE = 1_000_000
State = tuple[int, int, int]  # when it was last written (ns), bytes, number of the file: what changes when it is saved
NOTHING: State = (-1, -1, -1)
_ASKED: dict[Path, State] = {}  # every path that was asked for, also where nothing is, as it was just before it was read
_READ: set[tuple[int, int]] = set()  # device and number of every file that was asked for, by whatever name


def read_input(path: Path) -> bytes:
    """The content of the file at ``path``; raises Faults that say why it cannot be had."""
    _ASKED.setdefault(path, NOTHING)
    try:
        found = path.stat()  # is_file() takes a name that cannot be for one that is not there, since Python 3.14
        if _ASKED[path] == NOTHING:
            _ASKED[path] = _state(found)
        if S_ISDIR(found.st_mode):
            raise fail(str(path), "is a folder; name a file in it")
        if not S_ISREG(found.st_mode):
            raise fail(str(path), "is a pipe or a device; save what it gives as a file")
        _READ.add((found.st_dev, found.st_ino))
        must_fit(found.st_size, str(path))
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise fail(str(path), "there is no such file") from None
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "no file has such a name"
        raise fail(str(path), f"cannot be read: {why}") from None


def was_read(path: Path) -> bool:
    """Whether ``path``, through whatever links, is a file that this process has read as input."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return False
    return (found.st_dev, found.st_ino) in _READ


def asked_for() -> dict[str, State]:
    """Every path that this process has asked for as input, as it was just before it was first read; NOTHING: there was none."""
    return {str(path): state for path, state in _ASKED.items()}


def state_of(name: str) -> State:
    """What changes when the file ``name`` is saved; NOTHING where there is none."""
    try:
        return _state(os.stat(name))  # noqa: PTH116  Path refuses names that no file has, on some Pythons
    except (OSError, ValueError):
        return NOTHING


def _state(found: os.stat_result) -> State:
    return found.st_mtime_ns, found.st_size, found.st_ino


def forget_reads() -> None:
    """Begin anew, for a process that runs more than one command."""
    _READ.clear()
    _ASKED.clear()


def must_fit(size: int, source: str) -> None:
    """Raises Faults where ``size`` bytes are more than can be a package, a board or a table."""
    if size > LARGEST:
        raise fail(source, f"the file has {size // _MEGABYTE} MB; the most that is read is {LARGEST // _MEGABYTE} MB")
