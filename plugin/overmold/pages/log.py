"""The log file of the buttons: KiCad 9 shows nothing of a plugin that fails, so every page names this file."""

from __future__ import annotations

import os
import platform
import sys
import time

from .. import __version__
from ..state import log_file, private_folder

__all__ = ["log_file", "write_error", "write_log"]

LARGEST = 200_000  # bytes; what was there before goes to one older file


def write_error(words: str, trace: str = "") -> None:
    """Add a dated entry of something that went wrong; 'kicad doctor' shows the last one."""
    write_log("\n".join(filter(None, [f"error: {words}", trace])))


def write_log(words: str) -> None:
    """Add a dated entry. A log that cannot be written is no reason for a button to fail."""
    file = log_file()
    when = time.strftime("%Y-%m-%d %H:%M:%S")
    rows = "\n    ".join(words.rstrip().splitlines())
    try:
        private_folder()
        if file.is_symlink() or (file.exists() and file.stat().st_size > LARGEST):
            file.replace(file.with_suffix(".older.log"))
        handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o600)
        with os.fdopen(handle, "a", encoding="utf-8", errors="backslashreplace") as log:
            if sys.platform != "win32":
                os.fchmod(handle, 0o600)  # earlier versions made it for everybody to read
            log.write(f"{when}  overmold {__version__}, Python {platform.python_version()}, {sys.platform}: {rows}\n")
    except OSError:
        return
