"""Make a virtual environment with Overmold in it:  make_venv.py FOLDER [EXTRA] [VERSIONS]

VERSIONS is a file of `name==version` lines, or `newest`; without it scripts/pins/ says which versions this Python gets, so
that a release of somebody else's turns nothing red overnight. Users' `pip install overmold` knows only pyproject.toml's bounds.

Written for any Python 3, so that a Python that is too old is told so in words. Safe to run again.
"""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path

OLDEST = (3, 9)
PINS = Path(__file__).resolve().parent / "pins"
GET_PIP = "https://bootstrap.pypa.io/get-pip.py"


def main(folder, extra="", versions=""):
    """Create the environment if it is not there or does not work, then install this checkout into it, editable."""
    version = "{}.{}".format(*sys.version_info)
    if sys.version_info < OLDEST:
        sys.exit("Overmold needs Python 3.9 or newer, this is " + version + "; try make PYTHON=/path/to/python3")
    python = str(Path(folder, "bin", "python"))
    if not has_pip(python):
        create(folder, python, version)
    target = ".[" + extra + "]" if extra else "."
    print("Setting up " + folder + " on Python " + version + ": pip install -e " + target, flush=True)
    pins = versions or pins_for(version)
    chosen = [] if pins == "newest" else ["--constraint", pins]
    # The pip that comes with Python 3.9 cannot install a pyproject.toml editable, nor one before 25.3 pin what builds it.
    pip_install(python, *(chosen or ["--upgrade"]), "pip>=22.3")
    if chosen and not versions:
        chosen += ["--build-constraint", pins]
    pip_install(python, *chosen, "-e", target)


def pins_for(version):
    """The committed versions for this Python; `newest`, and a word about it, where there are none yet."""
    pins = PINS / (version + ".txt")
    if pins.is_file():
        return str(pins)
    print("scripts/pins has nothing for Python " + version + " yet: the newest versions are taken, which nobody has tried")
    return "newest"


def pip_install(python, *what):
    """Three tries: the package index fails now and then, and what was fetched stays in pip's cache."""
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "5", *what]
    for pause in (5, 20, None):
        if subprocess.call(pip, stdin=subprocess.DEVNULL) == 0:
            return
        if pause is None:
            sys.exit("pip could not install " + what[-1] + "; see above")
        print("pip failed; trying again in", pause, "s", flush=True)
        time.sleep(pause)


def has_pip(python):
    """Whether this Python starts and has pip."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    try:
        return subprocess.call([python, "-m", "pip", "--version"], **quiet) == 0
    except OSError:
        return False


def create(folder, python, version):
    """Make the environment. Debian's Python comes without ensurepip: then pip or PyPA's script fills it."""
    venv = [sys.executable, "-m", "venv", "--clear", folder]
    if subprocess.call([sys.executable, "-c", "import ensurepip, venv"], stderr=subprocess.DEVNULL) == 0:
        if subprocess.call(venv) == 0:
            return
    elif subprocess.call([*venv, "--without-pip"]) == 0:
        fill = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "pip"]
        if (has_pip(sys.executable) and subprocess.call(fill) == 0) or run_get_pip(python):
            return
    sys.exit(
        "This Python cannot make a virtual environment; its module ensurepip or venv is missing.\n"
        "On Debian and Ubuntu:  apt-get install python3-venv   (or python" + version + "-venv)\n"
        "or choose another Python:  make PYTHON=/path/to/python3"
    )


def run_get_pip(python):
    """PyPA's own way to a pip where there is none; False if it cannot be fetched or fails."""
    try:
        with urllib.request.urlopen(GET_PIP, timeout=30) as answer:
            program = answer.read()
    except OSError as error:
        print("No pip here, and", GET_PIP, "cannot be fetched:", error)
        return False
    process = subprocess.Popen([python, "-", "--quiet"], stdin=subprocess.PIPE)
    process.communicate(program)
    return process.returncode == 0


if __name__ == "__main__":
    main(*sys.argv[1:])
