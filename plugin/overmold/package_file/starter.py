"""What ``overmold new NAME`` writes: a package that breaks no rule, and a line on every key."""

from __future__ import annotations

import json
import math

from ..faults import Fault, Faults

SCHEMA_FILE = "overmold.schema.json"
_ROWS = "ABCDEFGHJKLMNPRTUV"

_SPEC = """\
# yaml-language-server: $schema=overmold.schema.json
# The line above gives completion and help in an editor. Check this file with   overmold drc {name}.yaml
# and make KiCad files of it with                                               overmold build {name}.yaml -o {name}
# Every length has its unit (nm, um, mm, mil, in). A tolerance is written 65 um ± 8 um, 65 um +10/-5 um or 60..70 um.

package: {name}
max_height: 1.2 mm                      # the tallest the finished package may be; leave it out where nothing limits it

carrier:                                # its centre is the origin; x goes to the right, y down
  kind: substrate                       # substrate, lead frame, interposer, wafer or panel
  size: [10 mm, 10 mm]                  # width and height; any other shape: outline: [[x, y], [x, y], ...]
  stackup:                              # from the chip side down: mask, copper, core or build-up
    - {{layer: mask,   thickness: 15 um ± 3 um, material: AUS308}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: core,   thickness: 200 um ± 20 um, material: BT}}
    - {{layer: copper, thickness: 15 um ± 2 um}}
    - {{layer: mask,   thickness: 15 um ± 3 um, material: AUS308}}

chips:
  - name: U1
    size: [5 mm, 5 mm]
    at: [0 mm, 0 mm]                    # where its centre is
    angle: 0 deg                        # counter-clockwise
    thickness: 150 um ± 10 um           # without the bumps
    bonded: flip-chip                   # or face-up
    bumps:                              # as they lie on the carrier, seen from above
      array: {{grid: [18, 18], pitch: 250 um}}
      diameter: 100 um
      height: 90 um ± 5 um              # after reflow, from the pad; less the mask above the pad this makes t1
      alloy: SAC305                     # overmold rules lists the known ones
      pad: 110 um                       # copper land; as wide as the bump if left out
      opening: 85 um                    # solder-mask opening
    gap_filled_with: encapsulant        # encapsulant, underfill or nothing

passives:                               # a case size in quotes, or a size, height and pads of your own
  - {{name: C1, size: "01005", at: [3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}}
  - {{name: C2, size: "01005", at: [-3.6 mm, 0 mm], angle: 90 deg, nets: [VDD, GND], value: 10 nF}}

mold:
  cap: 315 um ± 15 um                   # top of the mold above the carrier; less gap and chip this makes t2
  outline: carrier                      # as large as the carrier; or [width, height], or corners
  filler: 25 um                         # the largest particle
  process:
    method: reduced-pressure transfer   # or transfer, compression, liquid dispensing, film lamination
    pressure: 10 mmHg                   # also Torr, Pa, kPa, mbar
    temperature: 175 degC

balls:                                  # seen from above, through the package
  array: {{grid: [12, 12], pitch: 0.8 mm}}
  diameter: 0.4 mm                      # before it is soldered
  standoff: 0.3 mm ± 0.05 mm            # under the carrier, as the package is delivered
  alloy: SAC305
  land: 0.45 mm                         # copper on the carrier; from the ball if left out
  opening: 0.35 mm                      # solder-mask opening
  side: far side                        # away from the chip

singulation: {{method: saw, street: 300 um, kerf: 200 um}}      # saw, laser, punch, router or none

netlist: {name}_nets.csv                # columns net,pad,ball

# A chip on a chip: 'stands_on: U1', with 'attach' where it looks up. Bond pads: 'pads' of a chip; fingers: 'carrier: fingers';
# then 'wires: {{auto: {{chips: [U2], max_length: 3 mm}}}}'. A lead frame: 'carrier: frame'. docs/package-file.md has it all.
"""


def starter(name: str) -> dict[str, str]:
    """The package file, its netlist and the schema for the editor, by file name."""
    from .models.types import package_name
    from .schema import json_schema

    try:
        package_name(name)
    except ValueError as error:
        raise Faults([Fault("overmold new", str(error))]) from None
    schema = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    return {f"{name}.yaml": _SPEC.format(name=name), f"{name}_nets.csv": _nets(), SCHEMA_FILE: schema}


def _nets() -> str:
    """A netlist for that package: signals in the two outer rings of bumps and balls, power and ground inside."""
    balls, bumps = _rings(12), _rings(18)
    rows = [f"IO{i + 1},U1.{bumps[0][i * len(bumps[0]) // len(balls[0])]},{ball}" for i, ball in enumerate(balls[0])]
    signals = {row.split(",")[1] for row in rows}
    inner = [f"U1.{site}" for site in (*bumps[0], *bumps[1]) if f"U1.{site}" not in signals]
    for k, net in enumerate(("GND", "VDD")):
        pads, lands = inner[k::2], balls[1][k::2]
        rows += [f"{net},{pad},{lands[i] if i < len(lands) else ''}" for i, pad in enumerate(pads)]
    return "\n".join(["net,pad,ball", *rows]) + "\n"


def _rings(n: int) -> tuple[list[str], list[str]]:
    """The sites of an n x n grid: the two outer rings, in order around it, and all others row by row."""
    outer: list[tuple[int, int]] = []
    inner: list[tuple[int, int]] = []
    for row in range(n):
        for column in range(n):
            ring = min(row, column, n - 1 - row, n - 1 - column)
            (outer if ring < 2 else inner).append((row, column))
    outer.sort(key=lambda site: (math.atan2(2 * site[0] - n + 1, 2 * site[1] - n + 1), site))
    return [f"{_ROWS[row]}{column + 1}" for row, column in outer], [f"{_ROWS[r]}{c + 1}" for r, c in inner]
