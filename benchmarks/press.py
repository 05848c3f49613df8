"""*Check package* without KiCad around it: from the start of its process to the finished page, against the headless check.

Both judge the same board file, run by run in turns. What KiCad itself takes to hand the board over is in ``place``.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from .process import ALTERNATING_RUNS, BUMPS_10000, DEMO, OVERMOLD, measured

MOST = 2.0
_PRESS = """
import sys
from pathlib import Path
from overmold.short_lived import collect_little
collect_little()  # as every button begins
from overmold.buttons.check import judged
file = Path(sys.argv[1])
report = judged(file.read_bytes(), file.name, str(file.parent))
from overmold.pages.check import check_page
from overmold.pages.findings import Targets
sys.exit(not check_page(report, "nonce", "Nothing to select.", targets=Targets())[0].rstrip().endswith("</html>"))
"""


def run() -> list[dict[str, Any]]:
    """A row for a usual board and one for a large one."""
    with tempfile.TemporaryDirectory() as name:
        large = Path(name, "bumps.yaml")
        large.write_text(BUMPS_10000, encoding="utf-8")
        return [_row("the demo's board", DEMO, ALTERNATING_RUNS), _row("a board with 10,000 bumps", str(large), 5)]


def _row(what: str, spec: str, runs: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as name:
        subprocess.run([OVERMOLD, "build", spec, "-o", name], check=True, stdout=subprocess.DEVNULL)
        board = str(next(Path(name).glob("*.kicad_pcb")))
        Path(name, "overmold").mkdir(mode=0o700)  # as buttons make it: the templates are compiled by the first press
        press = [sys.executable, "-c", _PRESS, board]
        measured(press, folder=name)
        pairs = [(measured(press, folder=name), measured([OVERMOLD, "drc", board])) for _ in range(runs)]
    ours_s, peer_s = (statistics.median(pair[k][0] for pair in pairs) for k in (0, 1))
    done = all(code == 0 for pair in pairs for _, _, code in pair)
    return {
        "what": f"page of Check package, {what}", "peer": "overmold drc, the same file", "ours_s": ours_s, "peer_s": peer_s,
        "ratio": ours_s / peer_s, "to_reach": f"at most {MOST:g} x", "ok": done and ours_s <= MOST * peer_s,
        "note": "" if done else "one of the two did not end with exit code 0",
    }
