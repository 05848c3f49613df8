"""Writing a 10,000-ball footprint against KicadModTree: drawing, formatting and writing the file, one pad per ball.

KicadModTree (GPL-3) writes KiCad 5's format; it is installed for this benchmark only, and nothing of it is shipped.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
BALLS = 100  # in x and in y
BEST_OF, TURNS = 5, 3  # on a busy machine a run of milliseconds is easily disturbed

_OURS = """
import sys, tempfile, time, json
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from overmold.arrays import ArrayPattern, lay_out
from overmold.drawing.land_pattern import draw_land_pattern
from overmold.kicad.writing.fields import land_pattern_fields
from overmold.kicad.writing.footprint import footprint_file
from overmold.package import FAR_SIDE, Balls, Carrier, Package
from overmold.shapes import rectangle
from overmold.units import Toleranced
n = int(sys.argv[2])
carrier = Carrier("substrate", rectangle((0, 0), (n * 500_000, n * 500_000)))
times = []
with tempfile.TemporaryDirectory() as folder:
    for _ in range(int(sys.argv[3])):
        begin = time.process_time()
        sites = lay_out(ArrayPattern(grid=(n, n), pitch=(500_000, 500_000)))
        balls = Balls(sites, ("",) * n * n, (FAR_SIDE,) * n * n, diameter=Toleranced(300_000))
        package = Package("BGA", "benchmark", carrier, balls=balls)
        Path(folder, "BGA.kicad_mod").write_bytes(footprint_file(draw_land_pattern(package), land_pattern_fields(package)))
        times.append(time.process_time() - begin)
    pads = Path(folder, "BGA.kicad_mod").read_text().count("(pad ")
print(json.dumps([min(times), pads]))
"""
_PEER = """
import sys, tempfile, time, json, os
from KicadModTree import Footprint, KicadFileHandler, Pad, RectLine, Text
n = int(sys.argv[2])
times = []
letters = "ABCDEFGHJKLMNPRTUVWY"
def row_name(row):
    name, row = "", row + 1
    while row:
        row, last = divmod(row - 1, 20)
        name = letters[last] + name
    return name
with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "BGA.kicad_mod")
    for _ in range(int(sys.argv[3])):
        begin = time.process_time()
        made = Footprint("BGA")
        made.setAttribute("smd")
        half = n * 0.25
        made.append(Text(type="reference", text="REF**", at=[0, -half - 1], layer="F.SilkS"))
        made.append(Text(type="value", text="BGA", at=[0, half + 1], layer="F.Fab"))
        for layer, by, width in (("F.Fab", 0, 0.1), ("F.SilkS", 0.11, 0.12), ("F.CrtYd", 1, 0.05)):
            made.append(RectLine(start=[-half - by] * 2, end=[half + by] * 2, layer=layer, width=width))
        for row in range(n):
            for column in range(n):
                made.append(Pad(number="%s%d" % (row_name(row), column + 1), type=Pad.TYPE_SMT, shape=Pad.SHAPE_CIRCLE,
                                at=[(column - (n - 1) / 2) * 0.5, (row - (n - 1) / 2) * 0.5], size=[0.25, 0.25],
                                layers=Pad.LAYERS_SMT))
        KicadFileHandler(made).writeFile(path)
        times.append(time.process_time() - begin)
    pads = open(path).read().count("(pad ")
print(json.dumps([min(times), pads]))
"""


def run() -> list[dict[str, Any]]:
    """One row; both writers in processes of their own, by turns; processor time, the best of fifteen files each."""
    turns = [(_best(_OURS), _best(_PEER)) for _ in range(TURNS)]
    (ours, our_pads), (peer, peer_pads) = (min(both) for both in zip(*turns))
    ratio = peer / ours
    return [{
        "what": f"write a footprint with {our_pads} balls", "peer": "KicadModTree 1.1", "ours_s": ours, "peer_s": peer,
        "ratio": ratio, "to_reach": 30, "ok": ratio >= 30 and our_pads == peer_pads == BALLS * BALLS,
    }]


def _best(code: str) -> tuple[float, int]:
    command = [sys.executable, "-c", code, str(ROOT / "plugin"), str(BALLS), str(BEST_OF)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, pads = json.loads(done.stdout.splitlines()[-1])
    return float(seconds), int(pads)


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
