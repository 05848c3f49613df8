"""Packages and parts somewhere else: a whole package moved, a chip or passive put to another place and turned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..arrays import Sites
from ..shapes import Outline, Point, transform, transform_all
from . import Package
from .carrier import Carrier, Frame
from .chip import Chip
from .passive import Passive


def about_centre(package: Package) -> Package:
    """The same package with its origin in the carrier's centre; where there is no carrier, in that of chip or balls."""
    x, y = 0, 0
    if package.carrier is not None:
        x, y = package.carrier.outline.centre
    elif package.chips:
        x, y = package.chips[0].at
    elif package.balls is not None:
        xy = package.balls.sites.xy
        x, y = (int(middle) for middle in (xy.min(axis=0) + xy.max(axis=0)) // 2)
    return moved_by(package, (-x, -y))


def moved_to(package: Package, to: Point) -> Package:
    """The whole package with the carrier's middle at ``to``; as it is where it has no carrier."""
    if package.carrier is None:
        return package
    x, y = package.carrier.outline.centre
    return moved_by(package, (to[0] - x, to[1] - y))


def moved_by(package: Package, by: Point) -> Package:
    """The whole package, ``by`` further."""
    mold, balls = package.mold, package.balls
    return replace(
        package, carrier=_carrier(package.carrier, by) if package.carrier else None,
        chips=tuple(chip_at(chip, _further(chip.at, by), chip.angle) for chip in package.chips),
        passives=tuple(passive_at(one, _further(one.at, by), one.angle) for one in package.passives),
        wires=tuple(replace(wire, from_at=_further(wire.from_at, by), to_at=_further(wire.to_at, by))
                    for wire in package.wires),
        mold=replace(mold, outline=mold.outline.moved(by), area=mold.area.moved(by) if mold.area else None) if mold else None,
        balls=replace(balls, sites=_sites(balls.sites, (0, 0), by, 0)) if balls else None,
        holes=replace(package.holes, xy=package.holes.xy + np.array(by, np.int64)) if package.holes else None,
    )


def chip_at(chip: Chip, at: Point, angle: int) -> Chip:
    """The chip with its outline, bumps and pads at another place and turned to another angle (1/1000 degree)."""
    turn = (angle - chip.angle) % 360_000
    return replace(
        chip, at=at, angle=angle, outline=_outline(chip.outline, chip.at, at, turn),
        bumps=replace(chip.bumps, sites=_sites(chip.bumps.sites, chip.at, at, turn)) if chip.bumps else None,
        pads=replace(chip.pads, sites=_sites(chip.pads.sites, chip.at, at, turn)) if chip.pads else None,
    )


def passive_at(passive: Passive, at: Point, angle: int) -> Passive:
    """The passive with its outline and terminals at another place and turned to another angle (1/1000 degree)."""
    turn = (angle - passive.angle) % 360_000
    move = turning(passive.at, at, turn)
    return replace(passive, at=at, angle=angle, outline=_outline(passive.outline, passive.at, at, turn),
                   terminals=tuple(replace(one, at=move(one.at)) for one in passive.terminals))


def turning(origin: Point, to: Point, angle: int) -> Callable[[Point], Point]:
    """Moves what lies about ``origin`` to ``to``, turned by ``angle``."""
    return lambda point: transform((point[0] - origin[0], point[1] - origin[1]), to, angle)


def _further(at: Point, by: Point) -> Point:
    return at[0] + by[0], at[1] + by[1]


def _outline(outline: Outline, origin: Point, to: Point, angle: int) -> Outline:
    move = turning(origin, to, angle)
    return Outline(tuple(tuple(move(point) for point in ring) for ring in outline.rings))


def _sites(sites: Sites, origin: Point, to: Point, angle: int) -> Sites:
    return replace(sites, xy=transform_all(sites.xy - np.array(origin, np.int64), to, angle))


def _carrier(carrier: Carrier, by: Point) -> Carrier:
    return replace(carrier, outline=carrier.outline.moved(by), frame=_frame(carrier.frame, by) if carrier.frame else None,
                   fingers=tuple(replace(one, at=_further(one.at, by)) for one in carrier.fingers))


def _frame(frame: Frame, by: Point) -> Frame:
    leads = tuple(replace(lead, outline=lead.outline.moved(by), foot=lead.foot.moved(by),
                          half_etched=tuple(part.moved(by) for part in lead.half_etched)) for lead in frame.leads)
    return replace(frame, leads=leads, paddle=frame.paddle.moved(by) if frame.paddle else None,
                   paddle_foot=frame.paddle_foot.moved(by) if frame.paddle_foot else None,
                   tie_bars=tuple(bar.moved(by) for bar in frame.tie_bars))
