"""The whole check of a large package, from start to exit: 25 stacks with 100,750 bumps, 5,000 wires and a netlist for all.

The row is to take under 2 s on the machine on which this project's first rows were counted, where a process that imports numpy
and shapely took 94 ms: 21 times as long. That process runs beside it, so the row asks the same of a slower machine.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from pathlib import Path
from typing import Any

from overmold.arrays import ArrayPattern, lay_out

from .process import OVERMOLD, measured

TOWERS, WIRES, BUMPS = 5, 50, (65, 62)  # stacks along a side of the carrier, wires a side of each, bumps of each lower chip
CELL, DIE, BUMP_PITCH, PAD_PITCH = 12.0, 7.0, 0.1, 0.1  # mm
NETS = 100  # of each stack
SECONDS = 2.0
IMPORTS_S = 0.094  # of IMPORTS on the machine that the two seconds are meant for
IMPORTS = "import numpy, shapely"


def run() -> list[dict[str, Any]]:
    """One row."""
    with tempfile.TemporaryDirectory() as name:
        spec = written(Path(name))
        pairs = [(measured([OVERMOLD, "drc", str(spec), "-q"]), measured([sys.executable, "-c", IMPORTS])) for _ in range(5)]
    ours_s = statistics.median(ours[0] for ours, _ in pairs)
    peer_s = statistics.median(theirs[0] for _, theirs in pairs)
    kept = all(ours[2] == 0 for ours, _ in pairs)
    memory = max(ours[1] for ours, _ in pairs)
    most = SECONDS / IMPORTS_S
    return [{
        "what": f"overmold drc, {BUMPS[0] * BUMPS[1] * TOWERS**2:,} bumps and {4 * WIRES * TOWERS**2:,} wires",
        "peer": f'python -c "{IMPORTS}"', "ours_s": ours_s, "peer_s": peer_s, "ratio": ours_s / peer_s,
        "to_reach": f"at most {most:.0f} x", "ok": kept and ours_s / peer_s <= most,
        "note": f"largest resident memory {memory / 1e6:.0f} MB" if kept else "the command did not end with exit code 0",
    }]


def written(folder: Path) -> Path:
    """The package file with its netlist and its table of wires."""
    balls = lay_out(ArrayPattern((50, 50), (1_000_000, 1_000_000))).names
    bumps = lay_out(ArrayPattern(BUMPS, (100_000, 100_000))).names
    chips, fingers, wires, nets = [], [], ["from,to"], ["net,pad,ball"]
    for k in range(TOWERS**2):
        x, y = ((i - (TOWERS - 1) / 2) * CELL for i in divmod(k, TOWERS))
        pads = []
        for number, (side, (dx, dy)) in enumerate(zip("LBRT", ((-1, 0), (0, 1), (1, 0), (0, -1)))):
            half, reach, edge = (WIRES - 1) / 2 * PAD_PITCH, DIE / 2 + 1.2, DIE / 2 - 0.1
            first, last = (f"[{x + dx * reach + dy * way:.6f} mm, {y + dy * reach - dx * way:.6f} mm]" for way in (-half, half))
            fingers.append(f"    - {{row: {{from: {first}, to: {last}, count: {WIRES}}}, size: [60 um, 200 um], "
                           f"angle: {90 if dx else 0} deg, prefix: F{k}{side}}}")
            for i in range(WIRES):
                along = (i - (WIRES - 1) / 2) * PAD_PITCH
                pads.append(f"{side}{i + 1}: [{dx * edge + dy * along:.6f} mm, {dy * edge - dx * along:.6f} mm]")
                wires.append(f"U{k}.{side}{i + 1},F{k}{side}{i + 1}")
                nets.append(f"N{k}_{(number * WIRES + i) % NETS},U{k}.{side}{i + 1},")
        place = f"size: [{DIE} mm, {DIE} mm], at: [{x} mm, {y} mm]"
        chips += [f"  - {{name: D{k}, {place}, bonded: flip-chip, thickness: 100 um ± 3 um,",
                  f"     bumps: {{array: {{grid: [{BUMPS[0]}, {BUMPS[1]}], pitch: {BUMP_PITCH} mm}}, diameter: 55 um, "
                  "height: 110 um ± 5 um, alloy: SAC305, pad: 50 um}}",
                  f"  - {{name: U{k}, stands_on: D{k}, {place}, bonded: face-up, thickness: 80 um ± 3 um,",
                  f"     attach: 20 um ± 3 um, pads: {{size: 60 um, array: {{at: {{{', '.join(pads)}}}}}}}}}"]
        nets += [f"N{k}_{i % NETS},D{k}.{bump}," for i, bump in enumerate(bumps)]
        nets += [f"N{k}_{i},,{balls[k * NETS + i]}" for i in range(NETS)]
    spec = folder / "large.yaml"
    spec.write_text(SPEC.format(size=TOWERS * CELL, fingers="\n".join(fingers), chips="\n".join(chips)), encoding="utf-8")
    (folder / "wires.csv").write_text("\n".join([*wires, ""]), encoding="utf-8")
    (folder / "nets.csv").write_text("\n".join([*nets, ""]), encoding="utf-8")
    return spec


SPEC = """\
package: large
carrier:
  kind: substrate
  size: [{size} mm, {size} mm]
  stackup:
    - {{layer: mask, thickness: 15 um ± 3 um, material: AUS308}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: core, thickness: 400 um ± 20 um, material: BT}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: mask, thickness: 15 um ± 3 um}}
  fingers:
{fingers}
chips:
{chips}
mold:
  cap: 440 um ± 10 um
  outline: carrier
  filler: 18 um
  process: {{method: reduced-pressure transfer, pressure: 10 mmHg, temperature: 175 degC}}
balls: {{array: {{grid: [50, 50], pitch: 1 mm}}, diameter: 0.5 mm, standoff: 0.4 mm ± 0.05 mm, alloy: SAC305}}
netlist: nets.csv
wires: {{csv: wires.csv, defaults: {{diameter: 20 um, loop_height: 46 um ± 5 um}}}}
singulation: {{method: saw, street: 300 um, kerf: 200 um}}
"""
