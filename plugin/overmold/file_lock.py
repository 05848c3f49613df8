"""A lock on an open file that ends with the process that holds it, however that ends: what a dead one held is free."""

from __future__ import annotations

import os
import sys

_FAR = 1 << 30  # Windows locks bytes, and nobody else may read them: so one that is not there


def opened(path: str) -> int:
    """A handle of the plain file at ``path``, made where there is none; through no link, and waiting for no pipe. OSError."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    return os.open(path, flags, 0o666)


def take(handle: int) -> bool:
    """Lock the file, or say at once that another has it. Where a disk knows no locks everybody is let in, as without one."""
    if sys.platform == "win32":
        import msvcrt

        os.lseek(handle, _FAR, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
