"""Random packages in space: stacks, bridges, overhangs, turned chips, passives, frames, and here and there a datum unstated.

Whatever may stand on what does: a chip may miss what it stands on, or share its place with another. With them an oracle that
knows nothing of sums: heights by plain numbers, plans by asking point for point.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Optional

import numpy as np

from overmold.arrays import Sites
from overmold.package import Bumps, Carrier, Chip, Frame, Layer, Lead, Mold, Package, Passive
from overmold.shapes import Outline, rectangle, transform
from overmold.units import Toleranced

MM = 1_000_000
_CORNERS = ((-1000, -900), (800, -1000), (1000, 200), (100, 1000), (-900, 700))


def a_stack(seed: int, chips: int = 6, unstated: float = 0.0, passives: int = 3) -> Package:
    """The package with this number."""
    chance = random.Random(seed)
    made: list[Chip] = []
    for i in range(1, chance.randint(1, chips) + 1):
        made.append(_chip(chance, f"U{i}", made, unstated))
    order = made[:]
    chance.shuffle(order)
    plan = rectangle((0, 0), (8 * MM, 8 * MM))
    frame = _frame(chance) if chance.random() < 0.3 else None
    layers = () if frame is not None or chance.random() < unstated else (
        Layer("", "mask", _length(chance, 12, 20)), Layer("", "copper", Toleranced(15_000)))
    carrier = Carrier("lead frame" if frame is not None else "substrate", plan, layers, frame=frame)
    angle = chance.choice([0, 0, 20_000])
    covered = rectangle((chance.randrange(-MM, MM), 0), (chance.randrange(3 * MM, 9 * MM), 7 * MM), angle)
    cap = _maybe(chance, _length(chance, 300, 900), unstated)
    mold = Mold(covered, cap, None) if chance.random() < 0.95 else None
    return Package(f"R-{seed}", "r.yaml", carrier, tuple(order), mold=mold,
                   passives=tuple(_passive(chance, f"C{i}", unstated) for i in range(chance.randint(0, passives))))


def _chip(chance: random.Random, name: str, below: list[Chip], unstated: float) -> Chip:
    at = (chance.randrange(-2 * MM, 2 * MM), chance.randrange(-2 * MM, 2 * MM))
    on: tuple[str, ...] = ()
    if below and chance.random() < 0.7:
        on = tuple(one.name for one in chance.sample(below, min(len(below), chance.choice([1, 1, 1, 2, 3]))))
        first = next(one for one in below if one.name == on[0])
        at = (first.at[0] + chance.randrange(-MM, MM), first.at[1] + chance.randrange(-MM, MM))
    angle = chance.choice([0, 0, 0, 90_000, 45_000, 12_345])
    outline = rectangle(at, (chance.randrange(MM, 3 * MM), chance.randrange(MM, 3 * MM)), angle)
    if chance.random() < 0.2:
        outline = Outline((tuple(transform((x * 1000, y * 1000), at, angle) for x, y in _CORNERS),))
    thickness = _maybe(chance, _length(chance, 40, 200), unstated)
    if chance.random() < 0.5:
        return Chip(name, outline, at, angle, thickness, "face-up", on=on,
                    attach=_maybe(chance, _length(chance, 5, 30), unstated))
    filled = chance.choice(["encapsulant", "encapsulant", "underfill", "nothing"])
    if chance.random() < 0.5:
        gap = _length(chance, 30, 90)
        return Chip(name, outline, at, angle, thickness, "flip-chip", gap=gap, on=on, gap_filled_with=filled)
    bumps = Bumps(Sites(("A1",), np.array([at], np.int64)), ("",), Toleranced(90_000),
                  _maybe(chance, _length(chance, 50, 90), unstated))
    return Chip(name, outline, at, angle, thickness, "flip-chip", bumps, on=on, gap_filled_with=filled)


def _passive(chance: random.Random, name: str, unstated: float) -> Passive:
    at = (chance.randrange(-3 * MM, 3 * MM), chance.randrange(-3 * MM, 3 * MM))
    angle = chance.choice([0, 90_000, 30_000])
    height = _maybe(chance, _length(chance, 100, 400), unstated)
    return Passive(name, rectangle(at, (600_000, 300_000), angle), at, angle, height, ())


def _frame(chance: random.Random) -> Frame:
    leads = tuple(Lead(str(i), box, box) for i, box in enumerate(
        (rectangle((x * MM, y), (300_000, MM)) for y in (-3 * MM, 3 * MM) for x in (-2, 0, 2)), 1))
    return Frame(_length(chance, 150, 220), leads, rectangle((0, 0), (chance.randrange(2 * MM, 5 * MM), 3 * MM)))


def _length(chance: random.Random, low: int, high: int) -> Toleranced:
    return Toleranced(chance.randrange(low * 1000, high * 1000), chance.choice([0, 3000, 5000]), chance.choice([0, 3000, 9000]))


def _maybe(chance: random.Random, value: Toleranced, unstated: float) -> Optional[Toleranced]:
    return None if chance.random() < unstated else value


def stated(package: Package) -> dict[str, Optional[Toleranced]]:
    """Every dimension that heights depend on, by key; None where it is not stated."""
    found: dict[str, Optional[Toleranced]] = {}
    carrier = package.carrier
    assert carrier is not None
    found["carrier.stackup.0.thickness" if carrier.stackup else "carrier.stackup"] = (
        carrier.stackup[0].thickness if carrier.stackup else None)
    if carrier.frame is not None:
        found["carrier.frame.thickness"] = carrier.frame.thickness
    if package.mold is not None:
        found["mold.cap"] = package.mold.cap
    for chip in package.chips:
        found[f"{chip.key}.thickness"] = chip.thickness
        if chip.bonded == "face-up":
            found[f"{chip.key}.attach"] = chip.attach
        elif chip.gap is not None:
            found[f"{chip.key}.gap"] = chip.gap
        else:
            assert chip.bumps is not None
            found[f"{chip.key}.bumps.height"] = chip.bumps.height
    found.update({f"{one.key}.height": one.height for one in package.passives})
    return found


def spans(package: Package, values: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Underside and upper side of every chip and passive by key, where the dimensions have these values."""
    chips = {chip.name: chip for chip in package.chips}
    framed = package.carrier is not None and package.carrier.frame is not None

    def span(chip: Chip) -> tuple[int, int]:
        low = max((span(chips[name])[1] for name in chip.on), default=0) + gap(chip)
        return low, low + values[f"{chip.key}.thickness"]

    def gap(chip: Chip) -> int:
        if chip.bonded == "face-up":
            return values[f"{chip.key}.attach"]
        if chip.gap is not None:
            return values[f"{chip.key}.gap"]
        bare = chip.on or framed
        return values[f"{chip.key}.bumps.height"] - (0 if bare else _mask(values))

    return {**{chip.key: span(chip) for chip in package.chips},
            **{one.key: (0, values[f"{one.key}.height"]) for one in package.passives}}


def _mask(values: Mapping[str, int]) -> int:
    return values["carrier.stackup.0.thickness"] if "carrier.stackup.0.thickness" in values else values["carrier.stackup"]


def within(outline: Outline, at: tuple[float, float]) -> bool:
    """Whether a point lies in an outline, by counting the edges right of it."""
    x, y, inside = *at, False
    for ring in outline.rings:
        for (ax, ay), (bx, by) in zip(ring, (*ring[1:], ring[0])):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                inside = not inside
    return inside


def below_of(package: Package, chip: Chip) -> set[str]:
    """The names of all that a chip stands on, directly or not."""
    chips = {one.name: one for one in package.chips}
    return {name for one in chip.on for name in (one, *below_of(package, chips[one]))}


def next_above(package: Package, key: str, at: tuple[float, float], values: Mapping[str, int]
               ) -> tuple[set[str], Optional[int]]:
    """What is next above an upward face at a spot (the keys of all that are equally near), and how far; nothing, None."""
    heights, chips = spans(package, values), {chip.key: chip for chip in package.chips}
    level = 0 if key.startswith("carrier") else heights[key][1]
    if key == "carrier.frame":
        level = -values["carrier.frame.thickness"]
    found: dict[str, int] = {}
    for part in (*package.chips, *package.passives):
        if part.key == key or not within(part.outline, at):
            continue
        low, high = heights[part.key]
        lies_under = key in chips and part.key in {f"chips.{name}" for name in below_of(package, chips[key])}
        if key.startswith("carrier") or (not lies_under and (low >= level or high > level)):
            found[part.key] = low - level
    if not found:
        covered = package.mold is not None and within(package.mold.outline, at)
        return ({"mold.cap"}, values["mold.cap"] - level) if covered else ({""}, None)
    least = min(found.values())
    return {name for name, room in found.items() if room == least}, least


def spots_on(outline: Outline, chance: random.Random, count: int) -> list[tuple[float, float]]:
    """Points in an outline, on no whole nanometre."""
    left, upper, right, lower = outline.box
    tried = [(chance.uniform(left, right), chance.uniform(upper, lower)) for _ in range(4 * count)]
    return [at for at in tried if within(outline, at)][:count]
