"""Write scripts/pins/ anew: for each Python the newest versions within pyproject.toml's bounds, for `make` and for CI.

make_pins.py            the pins, one file a Python; commit them
make_pins.py --lowest PYTHON FILE    the lowest version of each direct requirement that has a wheel for this Python

Resolved by uv, which is installed into .venv-pins: pip judges `python_version < "3.11"` by the Python that it runs on.
"""

import subprocess
import sys
from pathlib import Path

from make_venv import create, has_pip, pip_install

ROOT = Path(__file__).resolve().parent.parent
PYTHONS = ("3.9", "3.10", "3.11", "3.12", "3.13", "3.14")
TOOLS = "hatchling\neditables\npip\n"  # what make_venv.py installs with
HEAD = "# Versions that `make` and CI install on Python {}; written by `make pins`, from the bounds in pyproject.toml.\n"


def main(*words):
    """Write all pins, or the lowest versions for one Python into a file."""
    if words[:1] == ("--lowest",):
        _, python, file = words
        text = resolved(python, "dev", "--resolution", "lowest-direct", "--only-binary", ":all:")
        Path(file).write_text(text, encoding="utf-8")
        return
    for python in PYTHONS:
        text = resolved(python, "dev", "--extra", "bench", "-", given=TOOLS)
        (ROOT / "scripts/pins" / (python + ".txt")).write_text(HEAD.format(python) + text, encoding="utf-8")
        print("Python", python + ":", len(text.splitlines()), "pins")


def resolved(python, extra, *options, given=""):
    """One `name==version` a line, of all that Overmold with this extra needs on Linux and this Python.

    On a machine of another kind pip takes the newest of what only that kind needs.
    """
    command = [uv(), "pip", "compile", "--quiet", "--no-config", "--no-header", "--no-annotate", "--python-version", python,
               "--python-platform", "linux", "--extra", extra, *options, "pyproject.toml"]
    done = subprocess.run(command, cwd=ROOT, input=given, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        sys.exit("no set of versions fits Python " + python + "; see above")
    lines = [line for line in done.stdout.splitlines() if "==" in line]
    return "\n".join(lines) + "\n"


def uv():
    """The program, installed where it is not yet there; not pinned, since it is what renews pins that no longer fit."""
    folder = ROOT / ".venv-pins"
    program, python = folder / "bin/uv", str(folder / "bin/python")
    if not program.is_file():
        if not has_pip(python):
            create(str(folder), python, "{}.{}".format(*sys.version_info))
        pip_install(python, "uv>=0.5")
    return str(program)


if __name__ == "__main__":
    main(*sys.argv[1:])
