"""A flip chip on a substrate with balls."""

from __future__ import annotations

from .rings import by_angle, grid

KEYS = """\
package: {name}
max_height: 1.2 mm

carrier:
  kind: substrate
  size: [10 mm, 10 mm]
  stackup:
    - {{layer: mask,   thickness: 15 um ± 3 um, material: AUS308}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: core,   thickness: 200 um ± 20 um, material: BT}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: mask,   thickness: 15 um ± 3 um, material: AUS308}}

chips:
  - name: U1
    size: [5 mm, 5 mm]
    at: [0 mm, 0 mm]
    angle: 0 deg
    thickness: 150 um ± 10 um
    bonded: flip-chip
    bumps:
      array: {{grid: [18, 18], pitch: 250 um}}
      diameter: 100 um
      height: 90 um ± 5 um
      alloy: SAC305
      pad: 110 um
      opening: 85 um
    gap_filled_with: encapsulant

passives:
  - {{name: C1, size: "01005", at: [3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}}
  - {{name: C2, size: "01005", at: [-3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}}

mold:
  cap: 315 um ± 15 um
  outline: carrier
  filler: 25 um
  process:
    method: reduced-pressure transfer
    pressure: 10 mmHg
    temperature: 175 degC

balls:
  array: {{grid: [12, 12], pitch: 0.8 mm}}
  diameter: 0.4 mm
  standoff: 0.3 mm ± 0.05 mm
  alloy: SAC305
  land: 0.45 mm
  opening: 0.35 mm
  side: far side

singulation: {{method: saw, street: 300 um, kerf: 200 um}}

netlist: {name}_nets.csv
"""


def nets() -> list[str]:
    """Signals in the two outer rings of bumps and balls, power and ground inside."""
    balls, bumps = _rings(12), _rings(18)
    rows = [f"IO{i + 1},U1.{bumps[0][i * len(bumps[0]) // len(balls[0])]},{ball}" for i, ball in enumerate(balls[0])]
    signals = {row.split(",")[1] for row in rows}
    inner = [f"U1.{site}" for site in (*bumps[0], *bumps[1]) if f"U1.{site}" not in signals]
    for k, net in enumerate(("GND", "VDD")):
        pads, lands = inner[k::2], balls[1][k::2]
        rows += [f"{net},{pad},{lands[i] if i < len(lands) else ''}" for i, pad in enumerate(pads)]
    return rows


def _rings(n: int) -> tuple[list[str], list[str]]:
    """The sites of an n x n grid: the two outer rings, in order around it, and all others row by row."""
    outer = by_angle(n, lambda ring: ring < 2)
    return outer, [name for name in grid(n) if name not in set(outer)]
