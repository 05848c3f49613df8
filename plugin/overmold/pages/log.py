"""The log file of the buttons: KiCad 9 shows nothing of a plugin that fails, so every page names this file."""

from __future__ import annotations

import platform
import sys
import time
from pathlib import Path

from .. import __version__
from ..kicad.installed.homes import report_folder

LARGEST = 200_000  # bytes; what was there before goes to one older file


def log_file() -> Path:
    """The log of the buttons."""
    return report_folder() / "overmold.log"


def write_error(words: str, trace: str = "") -> None:
    """Add a dated entry of something that went wrong; 'kicad doctor' shows the last one."""
    write_log("\n".join(filter(None, [f"error: {words}", trace])))


def write_log(words: str) -> None:
    """Add a dated entry. A log that cannot be written is no reason for a button to fail."""
    file = log_file()
    when = time.strftime("%Y-%m-%d %H:%M:%S")
    rows = "\n    ".join(words.rstrip().splitlines())
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > LARGEST:
            file.replace(file.with_suffix(".older.log"))
        with file.open("a", encoding="utf-8") as log:
            log.write(f"{when}  overmold {__version__}, Python {platform.python_version()}, {sys.platform}: {rows}\n")
    except OSError:
        return
