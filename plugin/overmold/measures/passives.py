"""Passives beside the chips and on them: room above, beside, and to the edges. Those on the far side: see ``far_passives``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Union

from .. import space
from ..package import Chip, Package, Passive, keys
from ..shapes import Outline, margin_inside, overlap_area, rectangle
from ..units import LENGTH, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .covers import missing_cap_of
from .crowds import MOST
from .levels import shares_height
from .missing import field, missing_depth, missing_for_top, not_stated
from .neighbours import Neighbour, distances_between
from .process import MISSING_STREET
from .stacks import ground_of

_NO_CHIP = Unmeasured(("passives",), f"a passive stands on a chip that is not there ({field(Passive, 'on')} on the board)")


@measure(LENGTH)
def passive_headroom(package: Package) -> Measured:
    """Encapsulant over every passive of the chip side: mold cap, its slanted wall, or underside of a chip that hangs over it,
    less the top of the passive, which stands on the carrier, in a cavity of it or on its chip."""
    if package.mold is None:
        return
    for passive in package.near_passives:
        unknown = [block.key for block in space.over_plan(package, passive.outline) if block.cap is None]
        if unknown:
            yield missing_cap_of(unknown[0])
        elif passive.height is None or space.floor_of(package, passive).lacks:
            yield _no_top(package, passive)
        else:
            on = f" on {' and '.join(passive.on)}" if passive.on else ""
            for key, left in _over(package, passive):
                yield Reading((passive.key, key), left.nominal, left.low, left.high, passive.at,
                              f"{passive.name}{on} is {show(passive.height.nominal, LENGTH)} high")


def _no_top(package: Package, passive: Passive) -> Unmeasured:
    """What to state so that the height of a passive's top is known."""
    chip = space.under_passive(package, passive)
    if passive.height is None:
        return not_stated(Passive, "height", passive.key, passive.name)
    depth = missing_depth(package, passive)
    if depth is not None:
        return depth
    below = missing_for_top(package, chip) if chip is not None else _NO_CHIP
    return below._replace(of=passive.key)


def _over(package: Package, passive: Passive) -> Iterator[tuple[str, Toleranced]]:
    """The room over a passive: up to the chips of a tower that hang over it, else to the mold's top, or a wall of it that
    slants."""
    high = space.body_of(package, passive).top
    hanging = [(chip.key, (space.bottom(package, chip) - high).value) for chip in package.near_chips
               if chip.on and chip.name not in passive.on and overlap_area(chip.outline, passive.outline)]
    over = [(key, room) for key, room in hanging if room is not None and room.nominal >= 0]
    roofs = [(key, (roof - high).value) for key, roof in space.roofs(package, passive.outline)]
    yield from over or [(key, room) for key, room in roofs if room is not None]


@measure(LENGTH, in_plan=True)
def passive_inside_chip(package: Package) -> Measured:
    """How far the body and the terminals of every passive on a chip stay inside that chip's outline, negative where they stick
    out. One that bridges several has every terminal inside one of them, each of these bears a terminal, and its body stays
    inside what they span."""
    for passive in package.passives:
        under = space.chips_under(package, passive)
        ends = [rectangle(one.at, one.size, passive.angle) for one in passive.terminals]
        if len(under) == 1:
            least = min(margin_inside(one, under[0].outline) for one in (passive.outline, *ends))
            yield exact((passive.key, under[0].key), least, passive.at, f"{passive.name} on {under[0].name}")
        elif under:
            yield _bridging(passive, under, ends)


def _bridging(passive: Passive, under: Sequence[Chip], ends: Sequence[Outline]) -> Reading:
    """The worst of a passive that stands on several chips."""
    margins = [[margin_inside(end, chip.outline) for chip in under] for end in ends]
    found = [(max(row), f"terminal {terminal.name}") for row, terminal in zip(margins, passive.terminals)]
    found += [(max(column), f"no terminal on {chip.name}") for column, chip in zip(zip(*margins), under)]
    hull = [tuple((round(x), round(y)) for x, y in ground_of(under).exterior.coords[:-1])]
    found.append((margin_inside(passive.outline, Outline(tuple(hull))), "its body"))
    least, what = min(found, key=lambda one: one[0])
    said = f": {what}" if least < 0 else ""
    return exact((passive.key, *(chip.key for chip in under)), least, passive.at,
                 f"{passive.name} on {' and '.join(chip.name for chip in under)}{said}")


@measure(LENGTH, in_plan=True)
def passive_to_mold_edge(package: Package) -> Measured:
    """How far every passive of the chip side stays inside the mold's outline, where the wall slants inside of it at the
    height of the passive's top, negative where it sticks out."""
    for passive in package.near_passives if package.mold is not None else ():
        top = space.body_of(package, passive).top.value
        if top is None and any(block.draft for block in space.over_plan(package, passive.outline)):
            yield _no_top(package, passive)
            continue
        height = top.high if top is not None else 0
        inside = [(margin_inside(passive.outline, around), block.key) for block in space.blocks(package)
                  if (around := block.at(height)) is not None]
        margin, key = max(inside, default=(-min(passive.outline.size), "mold"))
        yield exact((passive.key, key), margin, passive.at, passive.name)


@measure(LENGTH, in_plan=True)
def passive_to_passive(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan between every two passives on one side of the carrier that share some height, 0 where they touch or
    overlap."""
    def neighbours(one: Neighbour, other: Neighbour) -> bool:
        if not isinstance(one, Passive) or not isinstance(other, Passive):
            return True
        on_one_floor = one.on == other.on and one.in_cavity == other.in_cavity
        return on_one_floor or shares_height(space.body_of(package, one), space.body_of(package, other))

    yield from distances_between(package.near_passives, None, horizon, neighbours)
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
                        sites.at(i), f"land of ball {sites.names[i]}")
