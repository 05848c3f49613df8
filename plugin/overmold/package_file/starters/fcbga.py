"""A large flip chip on a build-up substrate, molded under and around it, its back bare under a lid; capacitors on both sides.

C4 bumps at 150 um, balls at 0.8 mm and build-up of ABF as STATS ChipPAC offers them (data sheet fcBGA: 130 um and more for
lead-free bumps, 0.8 mm, up to 6-2-6); a chip as thick as its wafer, 775 um; mold beside and under it as in Amkor's and
Altera's molded flip-chip BGA (ECTC 2009, doi 10.1109/ectc.2009.5074031).
"""

from __future__ import annotations

from .rings import by_angle, grid

_BUMPS, _BALLS, _HOLE = 34, 18, 4  # sites along an edge; and of the hole in the balls, for capacitors

KEYS = """\
package: {name}
max_height: 3.1 mm

carrier:
  kind: substrate
  size: [15 mm, 15 mm]
  tolerance: 0.1 mm
  stackup:
    - {{layer: mask,     thickness: 18 um ± 3 um, material: SR1}}
    - {{layer: copper,   thickness: 15 um ± 3 um}}
    - {{layer: build-up, thickness: 30 um ± 5 um, material: ABF}}
    - {{layer: copper,   thickness: 15 um ± 3 um}}
    - {{layer: core,     thickness: 800 um ± 50 um, material: E679FG}}
    - {{layer: copper,   thickness: 15 um ± 3 um}}
    - {{layer: build-up, thickness: 30 um ± 5 um, material: ABF}}
    - {{layer: copper,   thickness: 15 um ± 3 um}}
    - {{layer: mask,     thickness: 18 um ± 3 um, material: SR1}}

chips:
  - name: U1
    size: [5.5 mm, 5.5 mm]
    thickness: 775 um ± 15 um
    bonded: flip-chip
    exposed: back
    bumps:
      array: {{grid: [34, 34], pitch: 150 um}}
      diameter: 90 um
      height: 78 um ± 5 um
      alloy: SnAg
      pad: 100 um
      opening: 80 um
    gap_filled_with: encapsulant

passives:
  - {{name: C1, size: "0201", at: [-4.5 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 100 nF}}
  - {{name: C2, size: "0201", at: [4.5 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 100 nF}}
  - {{name: C3, size: "0201", at: [0 mm, -4.5 mm], nets: [VDD, GND], value: 100 nF}}
  - {{name: C4, size: "0201", at: [0 mm, 4.5 mm], nets: [VDD, GND], value: 100 nF}}
  - {{name: C5, size: "01005", at: [-0.6 mm, 0 mm], side: far side, nets: [VDD, GND], value: 100 nF}}
  - {{name: C6, size: "01005", at: [0.6 mm, 0 mm], side: far side, nets: [VDD, GND], value: 100 nF}}

mold:
  cap: 835 um ± 15 um
  outline: carrier
  filler: 20 um
  process:
    method: reduced-pressure transfer
    pressure: 10 mmHg
    temperature: 175 degC

lid: {{thickness: 0.5 mm ± 0.03 mm, attach: 50 um ± 20 um, material: Cu}}

balls:
  array: {{grid: [18, 18], pitch: 0.8 mm, centre: [4, 4]}}
  diameter: 0.5 mm
  standoff: 0.4 mm ± 0.05 mm
  alloy: SAC305
  land: 0.5 mm
  opening: 0.4 mm
  side: far side

singulation: {{method: saw, street: 300 um, kerf: 200 um}}

netlist: {name}_nets.csv
"""


def nets() -> list[str]:
    """A signal for every ball of the two outer rings, on the three outer rings of bumps; power and ground inside."""
    outer, free = by_angle(_BALLS, lambda ring: ring < 2), by_angle(_BUMPS, lambda ring: ring < 3)
    hole = by_angle(_BALLS, lambda ring: ring >= (_BALLS - _HOLE) // 2)
    balls = [ball for ball in grid(_BALLS) if ball not in {*outer, *hole}]
    signals = [free[i * len(free) // len(outer)] for i in range(len(outer))]
    rows = [f"IO{i},U1.{bump},{ball}" for i, (bump, ball) in enumerate(zip(signals, outer), 1)]
    inner = [bump for bump in grid(_BUMPS) if bump not in set(signals)]
    for k, net in enumerate(("GND", "VDD")):
        pads, lands = inner[k::2], balls[k::2]
        rows += [f"{net},U1.{pad},{lands[i] if i < len(lands) else ''}" for i, pad in enumerate(pads)]
    return rows
