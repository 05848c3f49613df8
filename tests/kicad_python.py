"""KiCad 9's own Python: the only way to let that version save a board, since its command line has none.

Only tests ask for ``pcbnew``, as somebody else's word on where a moved part stands; KiCad 11 removes it.
"""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from paths import REPOSITORY

_SAVE = "import pcbnew, sys; b = pcbnew.LoadBoard(sys.argv[1]); {do}; pcbnew.SaveBoard(sys.argv[1], b)"


def save_with_9(path: Path, do: str = "pass") -> None:
    """Load the board, do something to it that is called ``b`` there, and save it in its place."""
    # A root of KiCad 9's own has its Python beside it; else it is the system's, whatever else is first on the path.
    environment = {**os.environ, "OVERMOLD_KICAD_PROGRAM": "python3", "PATH": "/usr/bin:/bin:/usr/sbin:/sbin"}
    command = [str(REPOSITORY / "scripts/kicad-cli"), "9", "-W", "ignore", "-c", _SAVE.format(do=do), str(path)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
