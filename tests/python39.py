"""The oldest Python that a KiCad ships, where this machine has one; `make test-pythons` brings one of its own."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
from pathlib import Path

import pytest


@functools.cache
def need_python39() -> str:
    """A Python 3.9 that starts and can make environments, by its path; skips where there is none."""
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"))
    candidates = [shutil.which("python3.9") or "", *map(str, pyenv.glob("versions/3.9.*/bin/python"))]
    for python in filter(None, candidates):
        answer = subprocess.run([python, "-c", "import sys, venv, ensurepip; print(*sys.version_info[:2])"],
                                capture_output=True, text=True, check=False)
        if answer.stdout == "3 9\n" and answer.returncode == 0:
            return python
    pytest.skip("there is no python3.9 with venv on this machine; `make test-pythons` brings one")
