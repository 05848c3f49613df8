"""A chip glued to a substrate and wired to it, with a flip chip on top of it."""

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
    - {{layer: core,   thickness: 150 um ± 15 um, material: BT}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: mask,   thickness: 15 um ± 3 um, material: AUS308}}
  fingers:
    - {{ring: [8.2 mm, 8.2 mm], count: [19, 19], pitch: 300 um, size: [90 um, 220 um]}}

chips:
  - name: U1
    size: [6 mm, 6 mm]
    thickness: 150 um ± 8 um
    bonded: face-up
    attach: 20 um ± 5 um
    pads:
      array:
        zones:
          - {{grid: [20, 20], pitch: 280 um, rings: 1}}
          - {{grid: [12, 12], pitch: 250 um, names: {{prefix: X}}}}
      size: 70 um
  - name: U2
    stands_on: U1
    size: [3.5 mm, 3.5 mm]
    thickness: 100 um ± 6 um
    bonded: flip-chip
    bumps:
      array: {{grid: [12, 12], pitch: 250 um}}
      diameter: 80 um
      height: 60 um ± 4 um
      alloy: SAC305
      pad: 70 um

wires:
  defaults: {{diameter: 20 um, loop_height: 100 um ± 15 um}}
  auto: {{chips: [U1], max_length: 3 mm, max_angle: 45 deg}}

mold:
  cap: 400 um ± 10 um
  outline: carrier
  filler: 20 um
  process:
    method: reduced-pressure transfer
    pressure: 10 mmHg
    temperature: 175 degC

balls:
  array: {{grid: [12, 12], pitch: 0.8 mm, rings: 3}}
  diameter: 0.4 mm
  standoff: 0.3 mm ± 0.05 mm
  alloy: SAC305
  land: 0.4 mm
  opening: 0.32 mm

singulation: {{method: saw, street: 300 um, kerf: 200 um}}

netlist: {name}_nets.csv
"""
_POWER = {3: "VDD", 7: "GND"}


def nets() -> list[str]:
    """Every wired pad of the lower chip on a ball, and the upper chip on that one's inner pads; power and ground in both."""
    pads, balls = by_angle(20, lambda ring: ring == 0), by_angle(12, lambda ring: ring < 3)
    lands = [balls[i * len(balls) // len(pads)] for i in range(len(pads))]
    rows = [f"{_POWER.get(i % 8, f'D{i}')},U1.{pad},{ball}" for i, (pad, ball) in enumerate(zip(pads, lands))]
    rows += [f"{('VDD', 'GND')[i % 2]},,{ball}" for i, ball in enumerate(ball for ball in balls if ball not in set(lands))]
    for i, site in enumerate(grid(12)):
        net = _POWER.get(2 * i % 8 + 1, f"M{i}")
        rows += [f"{net},U1.X{site},", f"{net},U2.{site},"]
    return rows
