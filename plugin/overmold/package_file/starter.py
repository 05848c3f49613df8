"""What ``overmold new NAME`` writes: a package that breaks no rule, and a line on every key."""

from __future__ import annotations

import json
import math
import re
from textwrap import wrap

from ..faults import Fault, Faults

SCHEMA_FILE = "overmold.schema.json"
_ROWS = "ABCDEFGHJKLMNPRTUV"
_COLUMN, _WIDTH = 40, 120
_KEY = re.compile(r"( *(?:- )?)(\w+):")

# Comments on keys are put beside these lines from the declared data.
_HEAD = """\
# yaml-language-server: $schema=overmold.schema.json
# The line above gives completion and help in an editor. Check this file with   overmold drc {name}.yaml
# and make KiCad files of it with                                               overmold build {name}.yaml -o {name}
# Every length has its unit (nm, um, mm, mil, in). A tolerance is written 65 um ± 8 um, 65 um +10/-5 um or 60..70 um.
"""

_KEYS = """\
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

_TAIL = """\
# A chip on a chip: 'stands_on: U1', with 'attach' where it looks up. Bond pads: 'pads' of a chip; fingers: 'carrier: fingers';
# then 'wires: {{auto: {{chips: [U2], max_length: 3 mm}}}}'. A lead frame: 'carrier: frame'. docs/keys.md has all keys.
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
    return {f"{name}.yaml": _commented(name), f"{name}_nets.csv": _nets(), SCHEMA_FILE: schema}


def _commented(name: str) -> str:
    """The package file with a comment on every key: what the field at its place is said to be."""
    lines: list[str] = []
    open_keys: list[tuple[int, str]] = []  # the keys around a line, with the columns where they begin
    for line in _KEYS.format(name=name).splitlines():
        found = _KEY.match(line)
        if found is None:
            lines.append(line)
            continue
        column = len(found[1])
        open_keys = [*((at, key) for at, key in open_keys if at < column), (column, found[2])]
        lines += _beside(line, _said_of([key for _, key in open_keys]))
    return "\n".join([_HEAD.format(name=name), *lines, "", _TAIL.format(name=name)])


def _said_of(path: list[str]) -> str:
    """What the key at ``path`` is, and the words that may stand there."""
    from .models.root import key_in_file

    key = key_in_file(tuple(path))
    assert key is not None, path
    words = f": {', '.join(key.datum.words)}" if key.datum is not None and key.datum.words else ""
    return key.says_of_itself().rstrip(".") + words


def _beside(line: str, said: str) -> list[str]:
    """The line with the comment in its column, and as many lines more as the comment takes."""
    column = max(_COLUMN, len(line) + 2)
    first, *more = wrap(said, _WIDTH - column - 2)
    return [f"{line:{column}}# {first}", *(f"{'':{column}}# {rest}" for rest in more)]


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
