"""Packages and parts somewhere else: a whole package moved or turned back, a part put to another place and turned."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Optional

import numpy as np

from ..arrays import Sites
from ..shapes import Outline, Point, transform, transform_all
from . import Package
from .carrier import Carrier, Frame
from .chip import Chip
from .mold import Mold
from .passive import Passive
from .top_lands import TopLands


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


def at_home(package: Package) -> Package:
    """The same package as a package file has it: not turned, and with its origin in the carrier's centre.

    Turned back by no right angle every point is rounded once more; as it is where it has no carrier.
    """
    carrier = package.carrier
    if carrier is None:
        return package
    return about_centre(_turned(package, carrier, -carrier.angle) if carrier.angle else package)


def _turned(package: Package, carrier: Carrier, angle: int) -> Package:
    """Everything turned about the origin."""
    move, holes = turning((0, 0), (0, 0), angle), package.holes
    turned = with_carrier_at(with_wires_at(with_fingers_at(package, (0, 0), angle), (0, 0), angle), (0, 0), angle)
    assert turned.carrier is not None
    return replace(
        turned, chips=tuple(chip_at(chip, move(chip.at), (chip.angle + angle) % 360_000) for chip in package.chips),
        passives=tuple(passive_at(one, move(one.at), (one.angle + angle) % 360_000) for one in package.passives),
        carrier=replace(turned.carrier, outline=_outline(carrier.outline, (0, 0), (0, 0), angle),
                        angle=(carrier.angle + angle) % 360_000),
        holes=replace(holes, xy=transform_all(holes.xy, (0, 0), angle)) if holes else None,
        lands=tuple(land._replace(at=move(land.at), angle=(land.angle + angle) % 360_000) for land in package.lands),
    )


def with_carrier_at(package: Package, to: Point, angle: int) -> Package:
    """What the carrier's own footprint holds, balls, metal and mold, turned about the origin and then moved ``to``."""
    mold, balls, carrier = package.mold, package.balls, package.carrier

    def outline(one: Outline) -> Outline:
        return _outline(one, (0, 0), to, angle)

    return replace(
        package, carrier=replace(carrier, frame=_frame(carrier.frame, outline)) if carrier and carrier.frame else carrier,
        mold=_mold(mold, outline) if mold else None,
        balls=replace(balls, sites=_sites(balls.sites, (0, 0), to, angle)) if balls else None,
        keep_outs=tuple(replace(one, outline=outline(one.outline)) for one in package.keep_outs),
        cavities=tuple(replace(one, outline=outline(one.outline)) for one in package.cavities),
        top_lands=_top_lands(package, to, angle),
    )


def with_fingers_at(package: Package, to: Point, angle: int) -> Package:
    """All bond fingers, turned about the origin and then moved ``to``."""
    move, carrier = turning((0, 0), to, angle), package.carrier
    if carrier is None or not carrier.fingers:
        return package
    return replace(package, carrier=replace(carrier, fingers=tuple(
        replace(one, at=move(one.at), angle=(one.angle + angle) % 360_000) for one in carrier.fingers)))


def with_wires_at(package: Package, to: Point, angle: int) -> Package:
    """All wires, turned about the origin and then moved ``to``."""
    move = turning((0, 0), to, angle)
    return replace(package, wires=tuple(
        replace(wire, from_at=move(wire.from_at), to_at=move(wire.to_at)) for wire in package.wires))


def moved_by(package: Package, by: Point) -> Package:
    """The whole package, ``by`` further."""
    mold, balls = package.mold, package.balls
    return replace(
        package, carrier=_carrier(package.carrier, by) if package.carrier else None,
        chips=tuple(chip_at(chip, _further(chip.at, by), chip.angle) for chip in package.chips),
        passives=tuple(passive_at(one, _further(one.at, by), one.angle) for one in package.passives),
        wires=tuple(replace(wire, from_at=_further(wire.from_at, by), to_at=_further(wire.to_at, by))
                    for wire in package.wires),
        mold=_mold(mold, lambda outline: outline.moved(by)) if mold else None,
        balls=replace(balls, sites=_sites(balls.sites, (0, 0), by, 0)) if balls else None,
        top_lands=_top_lands(package, by, 0),
        holes=replace(package.holes, xy=package.holes.xy + np.array(by, np.int64)) if package.holes else None,
        lands=tuple(land._replace(at=_further(land.at, by)) for land in package.lands) if by != (0, 0) else package.lands,
        keep_outs=tuple(replace(one, outline=one.outline.moved(by)) for one in package.keep_outs),
        cavities=tuple(replace(one, outline=one.outline.moved(by)) for one in package.cavities),
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


def _top_lands(package: Package, to: Point, angle: int) -> Optional[TopLands]:
    lands = package.top_lands
    return replace(lands, sites=_sites(lands.sites, (0, 0), to, angle)) if lands is not None else None


def _carrier(carrier: Carrier, by: Point) -> Carrier:
    return replace(carrier, outline=carrier.outline.moved(by), fingers=tuple(
        replace(one, at=_further(one.at, by)) for one in carrier.fingers),
        frame=_frame(carrier.frame, lambda outline: outline.moved(by)) if carrier.frame else None)


def _mold(mold: Mold, change: Callable[[Outline], Outline]) -> Mold:
    return replace(mold, outline=change(mold.outline), area=change(mold.area) if mold.area else None, regions=tuple(
        replace(region, outline=change(region.outline)) for region in mold.regions))


def _frame(frame: Frame, change: Callable[[Outline], Outline]) -> Frame:
    leads = tuple(replace(lead, outline=change(lead.outline), foot=change(lead.foot),
                          half_etched=tuple(map(change, lead.half_etched))) for lead in frame.leads)
    return replace(frame, leads=leads, paddle=change(frame.paddle) if frame.paddle else None,
                   paddle_foot=change(frame.paddle_foot) if frame.paddle_foot else None,
                   tie_bars=tuple(map(change, frame.tie_bars)), etched_above=tuple(map(change, frame.etched_above)))
