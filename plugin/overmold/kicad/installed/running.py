"""Which KiCads run now: one that runs writes its settings when it ends, over any change made meanwhile."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from .homes import Home, bases

# The last is what Linux keeps of bitmap2component.
PROGRAMS = {"kicad", "pcbnew", "eeschema", "gerbview", "pl_editor", "cvpcb", "pcb_calculator", "bitmap2component",
            "bitmap2componen"}


@dataclass(frozen=True)
class Running:
    """One process of KiCad's, and the ``socket`` on which it would answer ("" where that is not known)."""

    program: str
    process: int
    socket: str = ""


def running(home: Home) -> list[Running]:
    """The KiCads that use these settings, as far as the system lets one see; of whichever version they are."""
    if sys.platform.startswith("linux"):
        return _on_linux(home)
    command = ["tasklist", "/FO", "CSV", "/NH"] if sys.platform == "win32" else ["ps", "-xo", "comm=,pid="]
    try:
        words = subprocess.run(command, capture_output=True, text=True, check=False, timeout=20).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    return listed(words, sys.platform == "win32")


def listed(words: str, windows: bool) -> list[Running]:
    """KiCad's processes in what ``tasklist`` (as CSV) or ``ps`` (program, then number) printed."""
    if windows:
        rows = [(row[0], row[1]) for row in csv.reader(words.splitlines()) if len(row) > 1]
    else:
        rows = [(row[0], row[1]) for row in (line.rsplit(maxsplit=1) for line in words.splitlines()) if len(row) > 1]
    named = [(Path(program).name.lower(), number) for program, number in rows]
    found = [(program[:-4] if program.endswith(".exe") else program, number) for program, number in named]
    return [Running(program, int(number)) for program, number in found if program in PROGRAMS and number.isdigit()]


def _on_linux(home: Home) -> list[Running]:
    found = []
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            program = (folder / "comm").read_text(encoding="utf-8", errors="replace").strip()
            if program not in PROGRAMS:
                continue
            words = (folder / "environ").read_bytes().decode(errors="surrogateescape")
        except OSError:  # ended meanwhile, or another user's: it has settings of its own
            continue
        environ = dict(word.partition("=")[::2] for word in words.split("\0") if "=" in word)
        if environ and any(home.settings.parent == base.settings for base in bases(environ, sys.platform)):
            process = int(folder.name)
            found.append(Running(program, process, _socket(Path(environ.get("TMPDIR") or "/tmp"), process)))
    return sorted(found, key=lambda one: one.process)


def _socket(temporary: Path, process: int) -> str:
    """The first KiCad takes the plain name, each further one a name with its number."""
    for name in (f"api-{process}.sock", "api.sock"):
        path = temporary / "kicad" / name
        if os.path.lexists(path):
            return f"ipc://{path}"
    return ""
