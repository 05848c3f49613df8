"""Small packages with wires, made by hand: lengths in um."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Optional

import numpy as np

from overmold.arrays import Sites
from overmold.package import FACE_UP, BondPads, Bumps, Carrier, Chip, Finger, Layer, Mold, Package, Wire
from overmold.shapes import rectangle
from overmold.units import Toleranced

Spot = tuple[float, float]


def nm(um: float) -> int:
    return round(um * 1000)


def spot(at: Spot) -> tuple[int, int]:
    return nm(at[0]), nm(at[1])


def length(nominal: float, tolerance: float = 0) -> Toleranced:
    return Toleranced(nm(nominal), nm(tolerance), nm(tolerance))


def sites(spots: Mapping[str, Spot]) -> Sites:
    return Sites(tuple(spots), np.array([spot(at) for at in spots.values()], np.int64).reshape(-1, 2))


def chip(name: str, at: Spot, size: Spot, pads: Optional[Mapping[str, Spot]] = None, thickness: float = 100,
         tolerance: float = 0, attach: Optional[float] = 20, **more: object) -> Chip:
    """A face-up chip with bond pads at places of the carrier."""
    bonded = BondPads(sites(pads), ("",) * len(pads), nm(60)) if pads else None
    data = {"bonded": FACE_UP, "attach": None if attach is None else length(attach), "pads": bonded, **more}
    return Chip(name, rectangle(spot(at), spot(size)), spot(at), 0, length(thickness, tolerance), **data)


def flip_chip(name: str, at: Spot, size: Spot, on: Sequence[str], height: float, tolerance: float = 0,
              thickness: float = 100) -> Chip:
    """A flip chip with one bump in its middle."""
    bumps = Bumps(sites({"1": at}), ("",), length(80), length(height, tolerance))
    return Chip(name, rectangle(spot(at), spot(size)), spot(at), 0, length(thickness), "flip-chip", bumps, on=tuple(on))


def finger(name: str, at: Spot, net: str = "", opening: bool = True, angle: int = 0, size: Spot = (80, 200)) -> Finger:
    return Finger(name, spot(at), spot(size), angle, net, opening)


def wire(name: str, start: str, end: str, from_at: Spot, to_at: Spot, loop: Optional[float] = 100, tolerance: float = 0,
         tier: int = 1, diameter: float = 20, profile: str = "standard") -> Wire:
    return Wire(name, start, end, spot(from_at), spot(to_at), nm(diameter),
                None if loop is None else length(loop, tolerance), tier, profile)


def package(chips: Sequence[Chip], fingers: Sequence[Finger], wires: Sequence[Wire], cap: float = 600, tolerance: float = 0
            ) -> Package:
    plan = rectangle((0, 0), (nm(20_000), nm(20_000)))
    carrier = Carrier("substrate", plan, (Layer("", "mask", length(15)),), tuple(fingers))
    return Package("P", "p.yaml", carrier, tuple(chips), wires=tuple(wires), mold=Mold(plan, length(cap, tolerance), None))


def wired(chips: Sequence[Chip], ends: Mapping[str, Spot], **more: object) -> Package:
    """Wires W1, W2, … from the pads named to fingers of their own at the places given."""
    pads = {f"{one.name}.{name}": (x / 1000, y / 1000) for one in chips if one.pads is not None
            for name, (x, y) in zip(one.pads.sites.names, one.pads.sites.xy.tolist())}
    fingers = [finger(f"F{i}", at) for i, at in enumerate(ends.values(), 1)]
    wires = [wire(f"W{i}", pad, f"F{i}", pads[pad], at, **more) for i, (pad, at) in enumerate(ends.items(), 1)]
    return package(chips, fingers, wires)
