"""A power stage on the leads themselves (FCOL), without a die attach pad: three bars carry its current, short leads signals.

The form of TI's HotRod packages (VQFN-HR, 2 mm to 4 mm wide at 0.5 mm pitch: power leads run under the chip as bars), with
copper pillars, which keep their height where solder runs out over bare copper.
"""

from __future__ import annotations

KEYS = """\
package: {name}
max_height: 0.65 mm

carrier:
  kind: lead frame
  size: [3 mm, 3 mm]
  frame:
    thickness: 200 um ± 8 um
    leads:
      sides: 2
      per_side: 5
      pitch: 0.5 mm
      width: 0.25 mm ± 0.05 mm
      length: 0.4 mm ± 0.1 mm
      inner_length: 0.3 mm
    own:
      - name: "11"
        metal: [[-0.65 mm, -1.2 mm], [-0.35 mm, -1.2 mm], [-0.35 mm, 1.5 mm], [-0.65 mm, 1.5 mm]]
      - name: "12"
        metal: [[-0.15 mm, -1.5 mm], [0.15 mm, -1.5 mm], [0.15 mm, 1.2 mm], [-0.15 mm, 1.2 mm]]
      - name: "13"
        metal: [[0.35 mm, -1.2 mm], [0.65 mm, -1.2 mm], [0.65 mm, 1.5 mm], [0.35 mm, 1.5 mm]]
    half_etch: 100 um ± 10 um
    dam_bar: 150 um
    strip: [12, 40]
    body_tolerance: 0.1 mm
    finish: NiPdAu

chips:
  - name: U1
    size: [2.2 mm, 2.4 mm]
    thickness: 200 um ± 10 um
    bonded: flip-chip
    bumps:
      array:
        zones:
          - {{grid: [1, 5], pitch: 0.5 mm, offset: [-0.95 mm, 0 mm], names: {{prefix: L, numbers: one by one along rows}}}}
          - {{grid: [1, 5], pitch: 0.5 mm, offset: [0.95 mm, 0 mm], names: {{prefix: R, numbers: one by one along rows}}}}
          - {{grid: [3, 9], pitch: [0.5 mm, 0.25 mm], names: {{prefix: P}}}}
      diameter: 120 um
      pillar: 60 um ± 3 um
      solder_cap: 25 um ± 4 um
      plated_cap: 30 um ± 3 um
      alloy: SnAg
    gap_filled_with: encapsulant

mold:
  cap: 400 um ± 15 um
  outline: carrier
  filler: 25 um
  process:
    method: reduced-pressure transfer
    pressure: 10 mmHg
    temperature: 175 degC

singulation: {{method: saw, street: 300 um, kerf: 200 um}}

netlist: {name}_nets.csv
"""


def nets() -> list[str]:
    """A signal for every short lead, and the three nets of a power stage on the bars."""
    around = [*(f"L{i}" for i in range(1, 6)), *(f"R{i}" for i in range(5, 0, -1))]
    rows = [f"S{i},U1.{bump},{i}" for i, bump in enumerate(around, 1)]
    for column, (net, lead) in enumerate((("VIN", 11), ("SW", 12), ("GND", 13)), 1):
        rows += [f"{net},U1.P{row}{column},{lead}" for row in "ABCDEFGHJ"]
    return rows
