"""KiCad itself, as it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Optional

from .homes import Home

_PATIENCE = 30.0  # seconds


def program_of(home: Home) -> Optional[tuple[Path, str]]:
    """The kicad-cli of this KiCad and its full version, 9.0.8 for example; None where it is not in the usual places."""
    for program in _candidates(home):
        try:
            # In folders of its own: with the API on, even kicad-cli begins to set plugins up, and ends half-way.
            with tempfile.TemporaryDirectory(prefix="overmold-") as folder:
                elsewhere = {f"KICAD_{name}_HOME": folder for name in ("CONFIG", "DOCUMENTS", "CACHE")}
                done = subprocess.run([str(program), "version"], capture_output=True, text=True, check=False,
                                      timeout=_PATIENCE, env={**os.environ, **elsewhere})
        except (OSError, subprocess.SubprocessError):
            continue
        version = done.stdout.strip()
        if done.returncode == 0 and version.startswith(home.version.partition(".")[0] + "."):
            return program, version
    return None


def _candidates(home: Home) -> Iterator[Path]:
    found = shutil.which("kicad-cli")
    if found:
        yield Path(found)
    if sys.platform == "darwin":
        yield from sorted(Path("/Applications").glob("KiCad*/KiCad.app/Contents/MacOS/kicad-cli"))
    elif sys.platform == "win32":
        yield Path(os.environ.get("PROGRAMFILES", "C:/Program Files"), "KiCad", home.version, "bin/kicad-cli.exe")
