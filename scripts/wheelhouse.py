"""The wheels that let KiCad set the plugin up without a network, for one system and every Python that a KiCad has there.

KiCad's pip is started isolated: no proxy, no index of one's own. But it heeds options in requirements.txt, and looks for a
folder named there beside that file.
"""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
_GLIBC = range(17, 29)  # up to 2.28, of 2018: older than any Linux on which KiCad 9 is built
# What pip calls each machine, by what KiCad's Plugin and Content Manager calls the system.
SYSTEMS = {
    "linux": ([f"manylinux_2_{minor}_x86_64" for minor in _GLIBC] + ["manylinux2014_x86_64"],),
    "macos": (["macosx_11_0_arm64"], ["macosx_11_0_x86_64"]),
    "windows": (["win_amd64"],),
}
FOLDER = "wheels"
HEAD = f"# All of it comes from the folder beside this file, so that no network is needed.\n--no-index\n--find-links {FOLDER}\n"


def own_system() -> str:
    """What the manager calls the system that this runs on."""
    return {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")


def wheels(system: str, requirements: Path, into: Path) -> dict[str, bytes]:
    """The wheels by name, of the versions in scripts/pins; raises SystemExit with what pip said where one cannot be had."""
    asked = [(python, tags) for python in PYTHONS for tags in SYSTEMS[system]]
    with ThreadPoolExecutor(2) as pool:
        faults = list(filter(None, pool.map(lambda one: _download(one[0], one[1], requirements, into), asked)))
    if faults:
        raise SystemExit(f"the archive for {system} that needs no network was not made: {faults[0]}")
    return {path.name: path.read_bytes() for path in sorted(into.glob("*.whl"))}


def _download(python: str, tags: list[str], requirements: Path, into: Path) -> str:
    where = [word for tag in tags for word in ("--platform", tag)]
    # pip judges by the Python that runs it whether an older one needs this.
    older = ["typing_extensions"] if tuple(map(int, python.split("."))) < (3, 13) else []
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--only-binary", ":all:",
               "--implementation", "cp", "--python-version", python, *where, "--dest", str(into),
               "--constraint", str(HERE / f"scripts/pins/{python}.txt"), "--requirement", str(requirements), *older]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")] or done.stderr.splitlines()
    return f"Python {python}: {said[0] if said else 'pip said nothing'}" if done.returncode else ""
