"""One file onto the disk: all of it or nothing."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from .faults import fail
from .file_lock import take

PREFIX = ".overmold-"  # of what is on its way
UNDER_WAY = re.compile(r"\.overmold-[a-z0-9_]{8}")
_YOUNG_S = 2.0
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def write_atomically(path: Path, data: bytes, private: bool = False) -> None:
    """Write one file beside its place and rename it into it; raises Faults where that cannot be done.

    A link stays a link; what is no ordinary file (``/dev/null``, a pipe) is written to, never replaced. A ``private`` file
    is for its owner alone, and takes the place of a link.
    """
    try:
        target = path if private else path.resolve()
        if not private and target.is_symlink():  # in a circle, which newer Pythons resolve to itself
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        if not private and target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=PREFIX)
        try:
            with os.fdopen(handle, "wb") as file:
                take(file.fileno())
                _remove_stale(target.parent)
                file.write(data)
            if not private:  # what mkstemp makes is private
                _rights(Path(beside), target)
            Path(beside).replace(target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError, ValueError) as error:  # a looping link, up to Python 3.12; a name that no file can have
        why = error.strerror if isinstance(error, OSError) else "its name leads nowhere"
        raise fail(str(path), f"cannot be written: {why}") from None


def put(path: Path, data: bytes, private: bool = False) -> None:
    """Write a file into a folder of our own, onto the disk; raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600 if private else 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def append(path: Path, data: bytes) -> None:
    """Add whole lines to a file that grows; who is stopped leaves at most one that is not whole. Raises Faults."""
    try:
        with path.open("ab") as file:
            file.write(data)
    except (OSError, ValueError) as error:
        raise fail(str(path), f"cannot be written: {getattr(error, 'strerror', None) or error}") from None


def whole_lines(path: Path) -> int:
    """How many whole lines such a file has; one that is not whole is cut off. -1 where there is no file. Raises Faults."""
    try:
        count, size = 0, 0
        with path.open("r+b") as file:
            for line in file:
                if not line.endswith(b"\n"):
                    break
                count, size = count + 1, size + len(line)
            file.truncate(size)
        return count
    except FileNotFoundError:
        return -1
    except (OSError, ValueError) as error:
        raise fail(str(path), f"cannot be read: {getattr(error, 'strerror', None) or error}") from None


def lines_of(path: Path, skipped: int) -> Iterator[str]:
    """The lines of such a file but for the first ones; raises OSError."""
    with path.open(encoding="utf-8") as file:
        yield from islice(file, skipped, None)


def move(path: Path, target: Path) -> None:
    """Put a file that has grown whole into its place; raises Faults."""
    try:
        path.replace(target)
    except (OSError, ValueError) as error:
        raise fail(str(target), f"cannot be written: {getattr(error, 'strerror', None) or error}") from None


def hash_of(data: bytes) -> str:
    """The SHA-256 of a content."""
    return hashlib.sha256(data).hexdigest()


def hash_at(path: Path) -> str:
    """The hash of what stands there, "" where nothing does; something that is no file raises OSError."""
    try:
        return hash_of(path.read_bytes())
    except FileNotFoundError:
        return ""


def _remove_stale(folder: Path) -> None:
    """Remove what runs that were killed while they wrote one file left here. Who still writes holds a lock on it."""
    with os.scandir(folder) as entries:
        names = [entry.name for entry in entries if UNDER_WAY.fullmatch(entry.name)]
    for name in names:
        try:
            found = (folder / name).lstat()
            if not stat.S_ISREG(found.st_mode) or time.time() - found.st_mtime < _YOUNG_S:
                continue
            handle = os.open(folder / name, os.O_RDWR | _NO_LINK)
            free = take(handle)
            os.close(handle)
            if free:
                (folder / name).unlink()
        except OSError:  # another's, or gone meanwhile
            continue


def _rights(path: Path, target: Path) -> None:
    """Those of the file that is replaced, else those that a file made in the ordinary way would have."""
    if target.exists():
        shutil.copymode(target, path)
        return
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)
