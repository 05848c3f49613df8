"""Two flip chips side by side with passives: a system in a package."""

from __future__ import annotations

from .rings import by_angle, grid

KEYS = """\
package: {name}
max_height: 1.2 mm

carrier:
  kind: substrate
  size: [12 mm, 8 mm]
  stackup:
    - {{layer: mask,   thickness: 15 um ± 3 um, material: AUS308}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: core,   thickness: 200 um ± 20 um, material: BT}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: mask,   thickness: 15 um ± 3 um, material: AUS308}}

chips:
  - name: U1
    size: [3 mm, 3 mm]
    at: [-2.5 mm, 0 mm]
    thickness: 150 um ± 10 um
    bonded: flip-chip
    bumps: &bumps
      array: {{grid: [10, 10], pitch: 250 um}}
      diameter: 100 um
      height: 90 um ± 5 um
      alloy: SAC305
      pad: 110 um
      opening: 85 um
  - name: U2
    size: [3 mm, 3 mm]
    at: [2.5 mm, 0 mm]
    thickness: 150 um ± 10 um
    bonded: flip-chip
    bumps: *bumps

passives:
  - {{name: C1, size: "01005", at: [0 mm, -3 mm], nets: [VDD, GND], value: 10 nF}}
  - {{name: C2, size: "01005", at: [0 mm, 3 mm], nets: [VDD, GND], value: 10 nF}}
  - {{name: R1, size: "01005", at: [0 mm, 0 mm], angle: 90 deg, nets: [IO1, LINK1], value: 33 ohm}}

mold:
  cap: 315 um ± 15 um
  outline: carrier
  filler: 25 um
  process: {{method: reduced-pressure transfer, pressure: 10 mmHg, temperature: 175 degC}}

balls:
  array: {{grid: [14, 9], pitch: 0.8 mm}}
  diameter: 0.4 mm
  standoff: 0.3 mm ± 0.05 mm
  alloy: SAC305
  land: 0.45 mm
  opening: 0.35 mm

singulation: {{method: saw, street: 300 um, kerf: 200 um}}

netlist: {name}_nets.csv
"""
_LINKS = 8


def nets() -> list[str]:
    """Signals in the outer ring of bumps, eight of which link the chips; power and ground inside."""
    ring = by_angle(10, lambda one: one < 1)
    outer, inner = ring, [name for name in grid(10) if name not in set(ring)]
    balls = [f"{row}{column}" for row in "ABCDEFGHJ" for column in range(1, 15)]
    rows: list[str] = []
    links: dict[str, list[str]] = {}
    for chip in ("U1", "U2"):
        for i, bump in enumerate(outer):
            net = f"LINK{i + 1}" if i < _LINKS else f"{'IO' if chip == 'U1' else 'AUX'}{i - _LINKS + 1}"
            links.setdefault(net, []).append(f"{chip}.{bump}")
        for i, bump in enumerate(inner):
            links.setdefault(("GND", "VDD")[i % 2], []).append(f"{chip}.{bump}")
    spots = iter(balls)
    for net, pads in links.items():
        ends = [next(spots) for _ in pads[:12]] if net in ("GND", "VDD") else [] if net.startswith("LINK") else [next(spots)]
        rows += [f"{net},{pad},{ends[i] if i < len(ends) else ''}" for i, pad in enumerate(pads)]
    return rows
