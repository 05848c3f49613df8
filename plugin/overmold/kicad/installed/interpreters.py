"""The Pythons behind the buttons: the one KiCad makes the plugin's environment with, and that environment itself."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

OLDEST = (3, 9)
_ASK = "import sys; print(*sys.version_info[:2]); import venv, ensurepip"
_PATIENCE = 120.0  # seconds; the first import of numpy on a slow disk


def interpreter_of(settings: dict[str, Any]) -> Path:
    """The Python that KiCad would use: the one in its settings, else its own or the system's."""
    api = settings.get("api")
    named = api.get("interpreter_path") if isinstance(api, dict) else ""
    if isinstance(named, str) and named:
        return Path(named)
    if sys.platform == "darwin":
        return Path("/Applications/KiCad/KiCad.app/Contents/Frameworks/Python.framework/Versions/Current/bin/python3")
    if sys.platform == "win32":
        found = sorted(Path(os.environ.get("PROGRAMFILES", "C:/Program Files"), "KiCad").glob("*/bin/python.exe"))
        return found[-1] if found else Path("python.exe")
    system = Path("/usr/bin/python3")
    return system if system.exists() else Path(shutil.which("python3") or system)


def wrong_with_interpreter(python: Path) -> str:
    """What keeps KiCad from making an environment with this Python, with what to do; "" if nothing does."""
    choose = "choose another under Preferences > Plugins"
    if not python.is_file():
        return f"{python} is not there; {choose}, or install Python there"
    try:
        done = subprocess.run([str(python), "-c", _ASK], capture_output=True, text=True, check=False, timeout=_PATIENCE)
    except (OSError, subprocess.SubprocessError) as error:
        return f"{python} does not start ({error}); {choose}"
    numbers = done.stdout.split()
    if len(numbers) != 2 or not all(number.isdigit() for number in numbers):
        return f"{python} does not answer as Python does; {choose}"
    version = ".".join(numbers)
    if tuple(map(int, numbers)) < OLDEST:
        return f"{python} is Python {version}, and Overmold needs 3.9; {choose}"
    if done.returncode:
        return (f"{python} cannot make an environment, its module venv or ensurepip is missing; on Debian and Ubuntu: "
                f"apt install python{version}-venv, then start KiCad again")
    return ""


def python_in(environment: Path) -> Path:
    """The Python of a virtual environment."""
    return environment / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def imported_in(environment: Path, names: list[str]) -> dict[str, dict[str, str]]:
    """For each distribution its ``version`` in this environment, or the ``error`` that keeps it from being imported.

    Empty where the environment's Python itself does not run.
    """
    command = [str(python_in(environment)), "-B", str(Path(__file__).with_name("probe.py")), *names]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=_PATIENCE)
        answer = json.loads(done.stdout) if done.returncode == 0 else {}
        return answer if isinstance(answer, dict) else {}
    except (OSError, subprocess.SubprocessError, ValueError):
        return {}
