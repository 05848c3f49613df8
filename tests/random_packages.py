"""Sound package files of whatever numbers: odd nanometres, any angles, arrays of every kind, outlines of many corners."""

from __future__ import annotations

import random
from dataclasses import replace

from overmold.package import Package

MM = 1_000_000
ANGLES = (0, 0, 90, 180, 270, 45, 30, 12.345)
NETS = ("", "", "VDD", "/a/GND", "#x", "N-1", "Net-(U1-Pad1)", "~{RST}")


def a_package(seed: int) -> str:
    """The package file with this number."""
    chance = random.Random(seed)
    columns, rows = chance.randint(4, 9), chance.randint(4, 9)
    wide, high = chance.randrange(8 * MM, 9 * MM), chance.randrange(8 * MM, 9 * MM)
    shape = f"size: [{wide} nm, {high} nm]"
    if chance.random() < 0.3:
        half = f"{wide // 2} nm"
        shape = f"outline: [[-{half}, -4 mm], [{half}, -4 mm], [{half}, 3 mm], [3 mm, 4 mm], [-4.1 mm, 4 mm]]"
    mold = chance.choice(["carrier", "[7 mm, 7.000001 mm]", "[[-3 mm, -3 mm], [3 mm, -3 mm], [2.9 mm, 3 mm]]"])
    bumps = _array(chance, columns, rows, chance.choice([200_000, 233_333, 250_001]))
    ring = f"ring: [7 mm, {_length(chance, 6 * MM, 7 * MM)}], count: [{chance.randint(0, 5)}, {chance.randint(1, 6)}]"
    row = f"from: [-1 mm, 3.6 mm], to: [1.000003 mm, 3.5 mm], count: {chance.randint(1, 5)}"
    return f"""\
package: P-{seed}
carrier:
  kind: {chance.choice(["substrate", "interposer", "wafer"])}
  {shape}
  stackup: [{{layer: mask, thickness: {chance.randrange(9000, 20000)} nm}}, {{layer: copper, thickness: 15 um +2/-1 um}}]
  fingers:
    - {{{ring}, size: [80 um, 200 um]}}
    - {{row: {{{row}}}, size: [80 um, 1 mm], angle: 30 deg, prefix: G}}
    - {{arc: {{radius: 3.1 mm, from: 0 deg, to: 70 deg, count: 4}}, size: [70 um, 90 um], prefix: H}}
chips:
  - name: U1
    size: [{_length(chance, 2 * MM, 3 * MM)}, {_length(chance, 2 * MM, 3 * MM)}]
    at: [{chance.randrange(-MM, MM)} nm, {chance.randrange(-MM, MM)} nm]
    angle: {chance.choice(ANGLES)} deg
    thickness: {chance.choice(["100 um", "100 um ± 3 um", "90..101 um"])}
    bonded: flip-chip
    bumps: {{array: {bumps}, diameter: 90 um, height: 70 um, pad: 80 um}}
    gap_filled_with: {chance.choice(["encapsulant", "underfill", "nothing"])}
  - name: U2
    outline: [[-1 mm, -1 mm], [1 mm, -1.1 mm], [1 mm, 1 mm], [-0.7 mm, 1.3 mm]]
    angle: {chance.choice(ANGLES)} deg
    stands_on: U1
    bonded: face-up
    pads: {{array: {_array(chance, 5, 4, 150_000)}, size: 60 um}}
passives:
  - name: R1
    size: [{_length(chance, 400_000, 700_000)}, 0.3 mm]
    height: 0.2 mm
    at: [3 mm, -3 mm]
    angle: {chance.choice(ANGLES)} deg
    pads: [{{at: [-0.2 mm, 3 nm], size: [0.2 mm, 0.3 mm]}}, {{at: [0.2 mm, 0 mm], size: [0.2 mm, 0.3 mm]}}]
    nets: [A, "#B"]
  - name: C1
    size: "0201"
    at: [-3 mm, {chance.randrange(-MM, MM)} nm]
    angle: {chance.choice(ANGLES)} deg
    value: "4.7 uF, 6 V"
mold: {{cap: 500 um ± 10 um, outline: {mold}, process: {{pressure: {chance.choice(["10 mmHg", "1.3 kPa", "7 mbar"])}}}}}
balls:
  array: {_array(chance, columns, rows, 800_000)}
  diameter: 0.4 mm
  standoff: 0.3 mm +50/-20 um
  side: {chance.choice(["far side", "chip side"])}
"""


def _length(chance: random.Random, low: int, high: int) -> str:
    step = chance.choice([1, 10, 1000, 1000, 10_000, 50_000])
    return f"{chance.randrange(low, high) // step * step or step} nm"


def _array(chance: random.Random, columns: int, rows: int, pitch: int) -> str:
    keys = [f"grid: [{columns}, {rows}], pitch: [{pitch} nm, {pitch + chance.choice([0, 0, 50_001])} nm]"]
    kind = chance.randrange(7)
    if kind == 1:
        keys.append(f"rings: {chance.randint(1, (min(columns, rows) + 1) // 2)}")
    elif kind == 2:
        keys.append(f"corners: {chance.randint(0, min(columns, rows) // 2)}, skip: [B2, 'C3:D4']")
    elif kind == 3:
        keys.append(f"stagger: {chance.choice(['checkerboard', 'shifted rows', 'shifted columns'])}")
    elif kind == 4:
        corner = chance.choice(["top right", "bottom left", "bottom right"])
        keys.append(f"names: {{corner: {corner}, letters: columns, first: B3}}")
    elif kind == 5:
        keys.append("names: {numbers: one by one along rows}, offset: [10 um, -3 nm]")
    elif kind == 6:
        keys.append("only: [A1, B3, C2, D2, D4]")
    return "{" + ", ".join(keys) + "}"


def with_nets(package: Package, chance: random.Random) -> Package:
    """The package with bumps, balls and fingers on some nets."""
    def some(count: int) -> tuple[str, ...]:
        return tuple(chance.choices(NETS, k=count))

    first, *others = package.chips
    assert first.bumps is not None
    assert package.balls is not None
    assert package.carrier is not None
    fingers = tuple(replace(one, net=net) for one, net in zip(package.carrier.fingers, some(99)))
    bumps = replace(first.bumps, nets=some(len(first.bumps.sites)))
    return replace(package, chips=(replace(first, bumps=bumps), *others), carrier=replace(package.carrier, fingers=fingers),
                   balls=replace(package.balls, nets=some(len(package.balls.sites))))
