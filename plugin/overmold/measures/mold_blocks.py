"""Several blocks of mold: how far they are apart; those on the far side, above the customer's board and between the balls."""

from __future__ import annotations

import numpy as np

from .. import space
from ..package import FAR_SIDE, LEAD_FRAME, Balls, Package, Passive, keys
from ..package.soldered import soldered
from ..shapes import margin_inside, overlap_area, polygon
from ..units import LENGTH, show
from . import Measured, Reading, Unmeasured, exact, measure
from .covers import missing_cap_of
from .crowds import widths
from .missing import not_stated
from .neighbours import nearest_of


@measure(LENGTH, in_plan=True)
def mold_to_mold(package: Package, horizon: int = 0) -> Measured:
    """Distance in plan between every two blocks of mold on one side of the carrier, 0 where they touch or overlap."""
    for side in (space.blocks(package), space.far_blocks(package)):
        for one, other, apart in nearest_of(side, side, horizon):
            yield exact((one.key, other.key), apart, other.outline.centre)


@measure(LENGTH)
def far_mold_headroom(package: Package) -> Measured:
    """Room between every block of mold on the far side and the customer's board: standoff of the balls, as delivered, less its
    cap. Soldered down the balls give less; under a lead frame there is none."""
    balls = package.balls
    for block in space.far_blocks(package):
        name = keys.last(block.key)
        if package.carrier is not None and package.carrier.kind == LEAD_FRAME and block.cap is not None:
            low, high = -block.cap.high, -block.cap.low
            yield Reading((block.key, keys.CARRIER), -block.cap.nominal, low, high, block.outline.centre,
                          f"mold {name} lies under a lead frame, which is soldered flat to the customer's board")
        elif balls is None or FAR_SIDE not in balls.sides or balls.are_lands:
            yield Unmeasured((keys.BALLS,), "the room under the carrier is not known: no balls on its far side are described "
                             "('balls' in the package file, pads of the carrier on the board)", of=block.key)
        elif balls.height is None:
            yield not_stated(Balls, "standoff", keys.BALLS)._replace(of=block.key)
        elif block.cap is None:
            yield missing_cap_of(block.key)
        else:
            left = balls.height - block.cap
            yield Reading((block.key, "balls.standoff"), left.nominal, left.low, left.high, block.outline.centre,
                          f"mold {name} is {show(block.cap.nominal, LENGTH)} high, the balls "
                          f"{show(balls.height.nominal, LENGTH)}")


@measure(LENGTH, in_plan=True)
def far_mold_to_ball(package: Package) -> Measured:
    """Distance in plan from every block of mold on the far side to the edge of the nearest ball or land there, negative where
    that is in it."""
    balls = package.balls
    if balls is None or not space.far_blocks(package):
        return
    import shapely

    from ..package.site_lands import terminal_widths

    solder = soldered(balls)
    across = terminal_widths(balls) if solder is None or widths(solder.sites, solder.diameter) is not None else None
    rows = np.flatnonzero(np.array(balls.sides) == FAR_SIDE)
    if across is None:
        yield not_stated(Balls, "diameter", keys.BALLS)
        return
    spots = shapely.points(balls.sites.xy[rows])
    for block in space.far_blocks(package) if len(rows) else ():
        shape = polygon(block.outline)
        apart = shapely.distance(shape, spots) - np.where(
            shapely.contains(shape, spots), shapely.distance(shape.boundary, spots), 0) - across[rows] / 2
        name = balls.sites.names[int(rows[int(apart.argmin())])]
        yield exact((block.key, keys.ball(name)), round(float(apart.min())), block.outline.centre, f"ball {name}")


@measure(LENGTH)
def mold_around_far_passive(package: Package) -> Measured:
    """Least mold on every passive on the far side of which any lies in a block of mold: beside it at its own height, and over
    it, which is the block's cap less the passive's height. Negative where it sticks out."""
    for passive in package.far_passives:
        for block in space.far_blocks(package):
            if not overlap_area(passive.outline, block.outline):
                continue
            if block.cap is None:
                yield missing_cap_of(block.key)
            elif passive.height is None:
                yield not_stated(Passive, "height", passive.key, passive.name)
            else:
                around, over = block.at(passive.height.high), block.cap - passive.height
                beside = margin_inside(passive.outline, around) if around is not None else -min(passive.outline.size)
                yield Reading((passive.key, block.key), min(beside, over.nominal), min(beside, over.low),
                              min(beside, over.high), passive.at, passive.name)
