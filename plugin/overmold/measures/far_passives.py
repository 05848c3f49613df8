"""Passives on the far side, such as land-side capacitors: their room above the customer's board, to the balls, to the edge."""

from __future__ import annotations

from typing import Optional, Union

import numpy as np

from ..package import FAR_SIDE, Balls, Package, Passive, keys
from ..package.site_lands import ball_lands, terminal_widths
from ..package.soldered import bare_sites, soldered
from ..shapes import Outline, margin_inside, polygon
from ..units import LENGTH, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .crowds import widths
from .missing import not_stated

NO_BALLS_BELOW = ("the room under the carrier is not known: no balls on its far side are described ('balls' in the package "
                  "file, pads of the carrier on the board)")


@measure(LENGTH)
def far_passive_headroom(package: Package) -> Measured:
    """Room between every passive on the far side and the customer's board: standoff of the balls, as delivered, less the
    passive's height. Soldered down the balls give less."""
    balls = package.balls
    if package.carrier is None:
        return
    for passive in package.far_passives:
        if balls is None or FAR_SIDE not in balls.sides or balls.are_lands:
            yield Unmeasured((keys.BALLS,), NO_BALLS_BELOW, of=passive.key)
        elif balls.height is None:
            yield not_stated(Balls, "standoff", keys.BALLS)._replace(of=passive.key)
        elif passive.height is None:
            yield not_stated(Passive, "height", passive.key, passive.name)
        else:
            left = balls.height - passive.height
            yield Reading((passive.key, "balls.standoff"), left.nominal, left.low, left.high, passive.at,
                          f"{passive.name} is {show(passive.height.nominal, LENGTH)} high, the balls "
                          f"{show(balls.height.nominal, LENGTH)}")


@measure(LENGTH, in_plan=True)
def far_passive_to_ball(package: Package) -> Measured:
    """Distance in plan from the body of every passive on the far side to the edge of the nearest ball there, negative where it
    stands in one."""
    balls = soldered(package.balls)
    if balls is None or not package.far_passives:
        return
    rows = np.flatnonzero(np.array(balls.sides) == FAR_SIDE)
    across = widths(balls.sites, balls.diameter)
    if not len(rows):
        return
    if across is None:
        yield not_stated(Balls, "diameter", keys.BALLS)
        return
    import shapely

    spots = shapely.points(balls.sites.xy[rows])
    plus, minus = (-(-balls.diameter.plus // 2), balls.diameter.minus // 2) if balls.diameter is not None else (0, 0)
    for passive in package.far_passives:
        apart = shapely.distance(polygon(passive.outline), spots) - across[rows] / 2
        nearest = int(apart.argmin())
        name, value = balls.sites.names[int(rows[nearest])], round(float(apart[nearest]))
        yield Reading((passive.key, keys.ball(name)), value, value - plus, value + minus, passive.at,
                      f"{passive.name} to ball {name}")


def nearest_balls(balls: Balls, outline: Outline) -> Optional[Union[tuple[str, int, int, int], Unmeasured]]:
    """Of the balls or bare lands on the far side the nearest to an outline by its edge, or by that of its land where that is
    wider: its name, how far it is (negative where it lies in the outline), and by how much nearer or farther at tolerances.
    None where there are none there."""
    rows = np.flatnonzero(np.array(balls.sides) == FAR_SIDE)
    if not len(rows):
        return None
    solder = soldered(balls)
    if solder is not None and widths(solder.sites, solder.diameter) is None:
        return not_stated(Balls, "diameter", keys.BALLS)
    import shapely

    shape, spots = polygon(outline), shapely.points(balls.sites.xy[rows])
    # Where one lies in the outline, how deep: its middle is inside by its distance from the rim.
    deep = np.where(shapely.contains(shape, spots), shapely.distance(shape.boundary, spots), 0)
    apart = shapely.distance(shape, spots) - deep
    lands, wide, bare = ball_lands(balls)[0][rows], terminal_widths(balls)[rows], bare_sites(balls)[rows]
    edges = apart - np.maximum(wide, lands) / 2
    nearest = int(edges.argmin())
    is_ball = wide[nearest] >= lands[nearest] and not bare[nearest]
    spread = balls.diameter if balls.diameter is not None and is_ball else Toleranced(0)
    return balls.sites.names[int(rows[nearest])], round(float(edges[nearest])), -(-spread.plus // 2), spread.minus // 2


@measure(LENGTH, in_plan=True)
def far_passive_to_carrier_edge(package: Package) -> Measured:
    """How far the body of every passive on the far side stays inside the carrier's outline, negative where it sticks out."""
    if package.carrier is not None:
        for passive in package.far_passives:
            yield exact((passive.key, "carrier"), margin_inside(passive.outline, package.carrier.outline), passive.at,
                        passive.name)
