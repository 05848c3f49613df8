"""Make a virtual environment with Overmold in it:  make_venv.py FOLDER [EXTRA]

Runs on any Python 3, so that a Python that is too old is told so in words. Safe to run again.
"""

import os
import subprocess
import sys
import time

OLDEST = (3, 9)


def main(folder, extra=""):
    """Create the environment if it is not there or its Python has gone, then install this checkout into it, editable."""
    if sys.version_info < OLDEST:
        here = ".".join(map(str, sys.version_info[:2]))
        sys.exit("Overmold needs Python 3.9 or newer, this is %s; choose another with make PYTHON=/path/to/python3" % here)
    python = os.path.join(folder, "bin", "python")
    if not works(python):
        create(folder, python)
    target = "." + ("[%s]" % extra if extra else "")
    print("Setting up %s (pip install -e '%s')" % (folder, target), flush=True)
    # The package index fails now and then; what was fetched stays in pip's cache.
    for pause in (10, 30, None):
        command = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "5", "-e", target]
        if subprocess.call(command, stdin=subprocess.DEVNULL) == 0:
            return
        if pause is None:
            sys.exit("pip could not install %s; see above" % target)
        print("pip failed; trying again in %d s" % pause, flush=True)
        time.sleep(pause)


def works(python):
    """Whether this environment's Python starts and has pip."""
    try:
        return subprocess.call([python, "-m", "pip", "--version"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) == 0
    except OSError:
        return False


def create(folder, python):
    """Make the environment; Debian's Python comes without ensurepip, then an installed pip fills it."""
    have_ensurepip = subprocess.call([sys.executable, "-c", "import ensurepip"], stderr=subprocess.DEVNULL) == 0
    command = [sys.executable, "-m", "venv", "--clear", folder]
    if have_ensurepip and subprocess.call(command) == 0:
        return
    fill = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "pip"]
    if works(sys.executable) and subprocess.call([*command, "--without-pip"]) == 0 and subprocess.call(fill) == 0:
        return
    version = "%d.%d" % sys.version_info[:2]
    sys.exit(
        "This Python cannot make a virtual environment: its module ensurepip is missing.\n"
        "On Debian and Ubuntu:  apt-get install python3-venv   (or python%s-venv)\n"
        "or choose another Python:  make PYTHON=/path/to/python3" % version
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
