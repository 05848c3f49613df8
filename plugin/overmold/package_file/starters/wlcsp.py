"""A chip of a wafer that is balled whole and sawn apart: the chip is the carrier.

Sizes of a published 30-ball package (Cirrus Logic DS992F1, figure 10-1: A 0.505 mm, A1 0.20 mm, A2 0.305 mm, b 0.26 mm, e
0.40 mm); under-bump metal of google/skywater-pdk docs/rules/wlcsp/amkor.csv.
"""

from __future__ import annotations

KEYS = """\
package: {name}
max_height: 0.56 mm

carrier:
  kind: wafer
  size: [2.6 mm, 2.2 mm]
  tolerance: 20 um
  stackup:
    - {{layer: core, name: chip, thickness: 305 um ± 25 um, material: silicon}}

balls:
  array: {{grid: [6, 5], pitch: 0.4 mm}}
  diameter: 0.26 mm
  standoff: 0.2 mm ± 0.03 mm
  alloy: SAC305
  land: 0.215 mm

singulation: {{method: saw, street: 80 um, kerf: 30 um}}

netlist: {name}_nets.csv
"""


def nets() -> list[str]:
    """Signals in the outer ring of balls, power and ground inside."""
    balls = [(row, column) for row in range(5) for column in range(6)]
    inner = [(row, column) for row, column in balls if 0 < row < 4 and 0 < column < 5]
    signals = [spot for spot in balls if spot not in inner]
    names = {spot: f"IO{i}" for i, spot in enumerate(signals, 1)}
    names.update({spot: ("GND", "VDD")[i % 2] for i, spot in enumerate(inner)})
    return [f"{names[row, column]},,{'ABCDE'[row]}{column + 1}" for row, column in balls]
