"""Runs that write into one folder, one after the other; each first clears away what a run that was killed has left."""

from __future__ import annotations

import os
import shutil
import stat
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Callable

from ..faults import fail
from ..file_lock import opened, take
from ..output_file import PREFIX, UNDER_WAY

LOCK = ".overmold.lock"
PATIENCE_S = 120.0
_PAUSE_S = 0.02
# All that a folder under way ever holds: a folder that has anything else in it is somebody's own.
_HOLDS = {"new", "old", "memory", "memory-after"}


@contextmanager
def locked(folder: Path, patience_s: float = PATIENCE_S, on_stale: Callable[[Path], None] = lambda stale: None
           ) -> Iterator[None]:
    """The folder, made where there is none, is ours alone meanwhile. Raises OSError; Faults where another takes too long.

    The lock is one on an open file, so that of a run that died is free at once; ``on_stale`` is called with each folder that
    it has left, before that is removed.
    """
    path = folder / LOCK
    end = time.monotonic() + patience_s
    handle = _taken(folder, path)
    while handle is None:
        if time.monotonic() > end:
            raise fail(str(folder), "another overmold writes into this folder and does not come to an end; nothing was "
                                    "written. End it, or write to another folder")
        time.sleep(_PAUSE_S)
        handle = _taken(folder, path)
    try:
        for left in _stale(folder):
            on_stale(left)
            shutil.rmtree(left, ignore_errors=True)
        yield
    finally:
        # Unlinked before it is let go: whoever waits for this one sees that it is no longer the file of that name.
        with suppress(OSError):
            if sys.platform != "win32":
                path.unlink()
        os.close(handle)
        with suppress(OSError):
            if sys.platform == "win32":
                path.unlink()


@contextmanager
def under_way(folder: Path) -> Iterator[Path]:
    """A hidden folder in ``folder``, on its disk, for what is prepared; gone afterwards with all that is in it then."""
    beside = Path(tempfile.mkdtemp(dir=folder, prefix=PREFIX))
    try:
        yield beside
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _stale(folder: Path) -> Iterator[Path]:
    """Folders under way that nobody is at any more, as seen by who has the lock; oldest first."""
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if UNDER_WAY.fullmatch(entry.name) and entry.is_dir(follow_symlinks=False):
                with suppress(OSError):
                    if {one.name for one in Path(entry.path).iterdir()} <= _HOLDS:
                        found.append((entry.stat(follow_symlinks=False).st_mtime, Path(entry.path)))
    return (path for _, path in sorted(found))


def _taken(folder: Path, path: Path) -> int | None:
    folder.mkdir(parents=True, exist_ok=True)
    try:
        handle = opened(str(path))
    except FileNotFoundError:  # another run has just failed and taken the folder that it had made away again
        return None
    except PermissionError:
        if sys.platform == "win32":  # it is just being removed
            return None
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise fail(str(path), "is not a plain file; remove it")
        if take(handle) and _is_at(path, handle):
            return handle
    except BaseException:
        os.close(handle)
        raise
    os.close(handle)
    return None


def _is_at(path: Path, handle: int) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
