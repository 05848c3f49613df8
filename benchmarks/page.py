"""The page of a check of a package with ten thousand balls: made from a report, as ``--format html`` makes it after the check.

Beside it a process that imports numpy and shapely, so that a slower machine is asked the same.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from .process import measured

BALLS_10000 = """\
package: BGA-10000_42x42mm_P0.4mm
carrier:
  kind: substrate
  size: [42 mm, 42 mm]
  stackup:
    - {layer: mask, thickness: 15 um ± 3 um, material: AUS308}
    - {layer: copper, thickness: 15 um ± 2 um}
    - {layer: core, thickness: 400 um ± 20 um, material: BT}
    - {layer: copper, thickness: 15 um ± 2 um}
    - {layer: mask, thickness: 15 um ± 3 um}
chips:
  - name: U1
    size: [26 mm, 26 mm]
    thickness: 150 um ± 10 um
    bonded: flip-chip
    bumps: {array: {grid: [40, 40], pitch: 250 um}, diameter: 100 um, height: 90 um ± 5 um, alloy: SAC305, pad: 90 um}
mold:
  cap: 340 um ± 15 um
  outline: carrier
  filler: 25 um
balls:
  array: {grid: [100, 100], pitch: 0.4 mm}
  diameter: 0.25 mm
  standoff: 0.18 mm ± 0.03 mm
  alloy: SAC305
  land: 0.22 mm
"""
MOST_S, MOST_BYTES = 1.0, 3_000_000
IMPORTS = "import numpy, shapely"


def run() -> list[dict[str, Any]]:
    """One row."""
    from overmold.check import check
    from overmold.claims import claim_chart
    from overmold.package_file import read_package_file
    from overmold.pages.check import check_page
    from overmold.pages.render import three
    from overmold.report.finding import Report
    from overmold.rule import load_deck

    with tempfile.TemporaryDirectory() as name:
        file = Path(name) / "balls.yaml"
        file.write_text(BALLS_10000, encoding="utf-8")
        deck = load_deck(examples=False)
        times = []
        for _ in range(3):
            result = check(read_package_file(file), deck)  # anew, so that nothing is remembered of the package
            report = Report(str(file), result, claim_chart(result))
            start = time.process_time()
            page = check_page(report)[0]
            (Path(name) / "page.html").write_text(page, encoding="utf-8")
            times.append(time.process_time() - start)
    size = len(page.encode()) - len(three().text.encode())
    ours_s, peer_s = statistics.median(times), statistics.median(
        measured([sys.executable, "-c", IMPORTS])[0] for _ in range(5))
    return [{"what": "the page of a check of 10,000 balls", "peer": f'python -c "{IMPORTS}"', "ours_s": ours_s,
             "peer_s": peer_s, "ratio": ours_s / peer_s, "to_reach":
             f"under {MOST_S:g} s, < {MOST_BYTES // 10**6} MB beside three.js",
             "ok": ours_s < MOST_S and size < MOST_BYTES,
             "note": f"{size / 1e6:.2f} MB and three.js with {len(three().text) / 1e6:.2f} MB"}]
