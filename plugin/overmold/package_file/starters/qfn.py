"""A flip chip on a lead frame."""

from __future__ import annotations

KEYS = """\
package: {name}
max_height: 0.6 mm

carrier:
  kind: lead frame
  size: [5 mm, 5 mm]
  frame:
    thickness: 200 um ± 8 um
    leads:
      sides: 4
      per_side: 6
      pitch: 0.5 mm
      width: 0.25 mm ± 0.05 mm
      length: 0.4 mm ± 0.1 mm
      inner_length: 0.45 mm
    paddle: [2.7 mm, 2.7 mm]
    paddle_foot: [2.5 mm, 2.5 mm]
    paddle_net: GND
    tie_bars: 150 um
    half_etch: 100 um ± 10 um
    dam_bar: 150 um
    strip: [8, 20]
    body_tolerance: 0.1 mm

chips:
  - name: U1
    size: [4 mm, 4 mm]
    thickness: 150 um ± 10 um
    bonded: flip-chip
    bumps:
      array:
        zones:
          - {{grid: [1, 6], pitch: 0.5 mm, offset: [-1.8 mm, 0 mm], names: {{prefix: L, numbers: one by one along rows}}}}
          - {{grid: [6, 1], pitch: 0.5 mm, offset: [0 mm, 1.8 mm], names: {{prefix: B, numbers: one by one along rows}}}}
          - {{grid: [1, 6], pitch: 0.5 mm, offset: [1.8 mm, 0 mm], names: {{prefix: R, numbers: one by one along rows}}}}
          - {{grid: [6, 1], pitch: 0.5 mm, offset: [0 mm, -1.8 mm], names: {{prefix: T, numbers: one by one along rows}}}}
          - {{grid: [4, 4], pitch: 0.5 mm, names: {{prefix: P, numbers: one by one along rows}}}}
      diameter: 120 um
      height: 75 um ± 5 um
      alloy: SAC305

mold:
  cap: 315 um ± 15 um
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
    """A signal for every lead, in the order in which leads are counted, and the die attach pad on ground."""
    around = [*(f"L{i}" for i in range(1, 7)), *(f"B{i}" for i in range(1, 7)),
              *(f"R{i}" for i in range(6, 0, -1)), *(f"T{i}" for i in range(6, 0, -1))]
    return [*(f"S{i},U1.{bump},{i}" for i, bump in enumerate(around, 1)), *(f"GND,U1.P{i}," for i in range(1, 17))]
