"""Passives beside the chips: room above them, beside them, and to the edges. Those on the far side: see ``far_passives``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Union

from .. import space
from ..package import Chip, Package, Passive, keys
from ..shapes import margin_inside, overlap_area
from ..units import LENGTH, Toleranced, show
from . import Measured, Reading, exact, measure
from .covers import missing_cap_of
from .crowds import MOST
from .levels import bottom
from .missing import not_stated
from .neighbours import distances_between
from .process import MISSING_STREET


@measure(LENGTH)
def passive_headroom(package: Package) -> Measured:
    """Encapsulant over every passive of the chip side: mold cap, its slanted wall, or the underside of a chip that
    hangs over it, less the passive's height."""
    if package.mold is None:
        return
    for passive in package.near_passives:
        unknown = [block.key for block in space.over_plan(package, passive.outline) if block.cap is None]
        if unknown:
            yield missing_cap_of(unknown[0])
        elif passive.height is None:
            yield not_stated(Passive, "height", passive.key, passive.name)
        elif passive.in_cavity and passive.cavity is None:
            yield not_stated(Passive, "cavity", passive.key, passive.name)
        else:
            for key, under in _over(package, passive, passive.height):
                left = under - passive.height + (passive.cavity if passive.in_cavity and passive.cavity else Toleranced(0))
                yield Reading((passive.key, key), left.nominal, left.low, left.high, passive.at,
                              f"{passive.name} is {show(passive.height.nominal, LENGTH)} high")


def _over(package: Package, passive: Passive, height: Toleranced) -> Iterator[tuple[str, Toleranced]]:
    """What is above a passive: the chips of a tower that hang over it, else the mold's top, or a wall of it that slants."""
    hanging = [(chip.key, bottom(package, chip)) for chip in package.chips
               if chip.on and overlap_area(chip.outline, passive.outline)]
    over = [(key, under) for key, under in hanging if under is not None and under.nominal >= height.nominal]
    roofs = [(key, roof.value) for key, roof in space.roofs(package, passive.outline)]
    yield from over or [(key, value) for key, value in roofs if value is not None]


@measure(LENGTH, in_plan=True)
def passive_to_mold_edge(package: Package) -> Measured:
    """How far every passive of the chip side stays inside the mold's outline, where the wall slants inside of it at the
    passive's own height, negative where it sticks out."""
    for passive in package.near_passives if package.mold is not None else ():
        height = passive.height.high if passive.height is not None else 0
        inside = [(margin_inside(passive.outline, around), block.key) for block in space.blocks(package)
                  if (around := block.at(height)) is not None]
        margin, key = max(inside, default=(-min(passive.outline.size), "mold"))
        yield exact((passive.key, key), margin, passive.at, passive.name)


@measure(LENGTH, in_plan=True)
def passive_to_passive(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan between every two passives on one side of the carrier, 0 where they touch or overlap."""
    yield from distances_between(package.near_passives, None, horizon)
    yield from distances_between(package.far_passives, None, horizon)


@measure(LENGTH, in_plan=True)
def clear_of_street(package: Package, horizon: int = 0) -> Measured:
    """How far chips, passives and ball lands stay out of the saw street: their distance from the carrier's edge less
    the strip of street that lies inside it, (street - kerf) / 2."""
    cut, carrier = package.singulation, package.carrier
    if cut is None or cut.method in ("", "none") or carrier is None:
        return
    if cut.street is None or cut.kerf is None:
        yield MISSING_STREET
        return
    strip = (cut.street - cut.kerf).nominal // 2
    parts: list[Union[Chip, Passive]] = [*package.chips, *package.passives]
    for part in parts:
        yield exact((part.key, "singulation.street"), margin_inside(part.outline, carrier.outline) - strip, part.at,
                    part.name)
    if package.balls is not None and len(package.balls.sites):
        import numpy as np

        from ..geometry.circles import clearance_inside
        from ..package.site_lands import ball_lands

        sites = package.balls.sites
        inside = clearance_inside(sites.xy, ball_lands(package.balls)[0], carrier.outline)
        order = np.argsort(inside, kind="stable")[:MOST]
        for i in order[:max(1, int((inside[order] < strip + horizon).sum()))].tolist():
            yield exact((keys.ball(sites.names[i]), "singulation.street"), int(inside[i]) - strip,
                        (int(sites.xy[i, 0]), int(sites.xy[i, 1])), f"land of ball {sites.names[i]}")
