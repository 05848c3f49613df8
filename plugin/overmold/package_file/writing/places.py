"""Places as a package file has them: from the carrier's centre, and of a part from the part's own, before it is turned."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Optional

import numpy as np

from ...arrays import IntArray, Sites
from ...package import Carrier, Frame, Package
from ...shapes import Outline, Point, place, rectangle

_SLACK = 2  # nm: as much as a turned part's corners lose when they are rounded twice


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
    by = (-x, -y)

    def spot(at: Point) -> Point:
        return at[0] + by[0], at[1] + by[1]

    def sites(some: Sites) -> Sites:
        return replace(some, xy=some.xy + np.array(by, np.int64))

    mold, balls = package.mold, package.balls
    return replace(
        package, carrier=_carrier(package.carrier, by) if package.carrier else None,
        chips=tuple(replace(
            chip, outline=chip.outline.moved(by), at=spot(chip.at),
            bumps=replace(chip.bumps, sites=sites(chip.bumps.sites)) if chip.bumps else None,
            pads=replace(chip.pads, sites=sites(chip.pads.sites)) if chip.pads else None) for chip in package.chips),
        passives=tuple(replace(
            part, outline=part.outline.moved(by), at=spot(part.at),
            terminals=tuple(replace(one, at=spot(one.at)) for one in part.terminals)) for part in package.passives),
        wires=tuple(replace(wire, from_at=spot(wire.from_at), to_at=spot(wire.to_at)) for wire in package.wires),
        mold=replace(mold, outline=mold.outline.moved(by), area=mold.area.moved(by) if mold.area else None) if mold else None,
        balls=replace(balls, sites=sites(balls.sites)) if balls else None,
    )


def _carrier(carrier: Carrier, by: Point) -> Carrier:
    fingers = tuple(replace(one, at=(one.at[0] + by[0], one.at[1] + by[1])) for one in carrier.fingers)
    frame = _frame(carrier.frame, by) if carrier.frame else None
    return replace(carrier, outline=carrier.outline.moved(by), fingers=fingers, frame=frame)


def _frame(frame: Frame, by: Point) -> Frame:
    leads = tuple(replace(lead, outline=lead.outline.moved(by), foot=lead.foot.moved(by),
                          half_etched=tuple(part.moved(by) for part in lead.half_etched)) for lead in frame.leads)
    return replace(frame, leads=leads, paddle=frame.paddle.moved(by) if frame.paddle else None,
                   paddle_foot=frame.paddle_foot.moved(by) if frame.paddle_foot else None,
                   tie_bars=tuple(bar.moved(by) for bar in frame.tie_bars))


def own_spot(spot: Point, at: Point, angle: int) -> Point:
    """A place of a part at ``at``, from the part's centre before it is turned.

    Turned by no right angle places are rounded: of those that are the same when they are placed again one is picked, the same
    one whenever it is asked for.
    """
    picked = _own_spot(spot, at, angle)
    return picked if angle % 90_000 == 0 else _own_spot(place(picked, at, angle), at, angle)


def _own_spot(spot: Point, at: Point, angle: int) -> Point:
    x, y = place((spot[0] - at[0], spot[1] - at[1]), (0, 0), -angle)
    if angle % 90_000 == 0 or place((x, y), at, angle) == spot:
        return x, y
    beside = ((x + dx, y + dy) for dx, dy in product((-1, 0, 1), repeat=2))
    return next((near for near in beside if place(near, at, angle) == spot), (x, y))


def own_spots(xy: IntArray, at: Point, angle: int) -> IntArray:
    """Many places of a part at once."""
    quarter, rest = divmod(angle % 360_000, 90_000)
    if rest:
        return np.array([own_spot((x, y), at, angle) for x, y in xy.tolist()], np.int64).reshape(-1, 2)
    x, y = xy[:, 0] - at[0], xy[:, 1] - at[1]
    turned: IntArray = np.column_stack(((x, y), (-y, x), (-x, -y), (y, -x))[quarter])
    return turned


def own_size(outline: Outline, at: Point, angle: int) -> Optional[Point]:
    """Width and height of a part's outline that is a rectangle about its centre; None where it is none."""
    size = _own_size(outline, at, angle)
    # Turned and rounded it may read one nanometre off: then what that would read is taken, until nothing changes.
    for _ in range(4 if size is not None and angle % 90_000 else 0):
        assert size is not None
        again = _own_size(rectangle(at, size, angle), at, angle)
        if again is None or again == size:
            break
        size = again
    return size


def _own_size(outline: Outline, at: Point, angle: int) -> Optional[Point]:
    if len(outline.rings) != 1 or len(outline.rings[0]) != 4:
        return None
    spots = [place((x - at[0], y - at[1]), (0, 0), -angle) for x, y in outline.rings[0]]
    xs, ys = sorted(x for x, _ in spots), sorted(y for _, y in spots)
    wide, high = xs[-1] - xs[0], ys[-1] - ys[0]
    if angle % 90_000 == 0:
        return (wide, high) if _same(rectangle(at, (wide, high), angle), outline, 0) and wide and high else None
    found = [(wide + dx, high + dy) for dx in range(-2, 3) for dy in range(-2, 3) if wide + dx > 0 and high + dy > 0]
    fitting = [size for size in found if _same(rectangle(at, size, angle), outline, _SLACK)]
    return min(fitting, default=None, key=lambda size: (
        not _same(rectangle(at, size, angle), outline, 0), _roundness(size[0]) + _roundness(size[1]), size))


def _roundness(value: int) -> int:
    """How many digits it takes."""
    return len(str(value).rstrip("0"))


def _same(one: Outline, other: Outline, slack: int) -> bool:
    left = list(other.rings[0])
    for x, y in one.rings[0]:
        near = next((spot for spot in left if max(abs(spot[0] - x), abs(spot[1] - y)) <= slack), None)
        if near is None:
            return False
        left.remove(near)
    return True
