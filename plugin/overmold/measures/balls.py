"""The solder-ball array under the carrier: its side, its spacing, its distance from the carrier's edge."""

from __future__ import annotations

from fractions import Fraction
from typing import Union

import numpy as np

from ..geometry.circles import clearance_inside, nearest_pair
from ..package import FAR_SIDE, WAFER, Balls, Carrier, Package, keys
from ..package.soldered import soldered
from ..plain import listed
from ..shapes import ROUNDING
from ..units import COUNT, LENGTH, RATIO, Number, show
from . import Measured, Reading, Unmeasured, exact, measure
from .crowds import edge_distances, spacings, widths
from .missing import not_stated

_WIDEST_PITCH = 1_000_000
_NO_DIAMETER = not_stated(Balls, "diameter", "balls")


@measure(COUNT)
def balls_on_chip_side(package: Package) -> Measured:
    """How many balls sit on the side of the carrier that bears the chip."""
    balls = soldered(package.balls)
    if balls is None or not len(balls.sites):
        return
    if widths(balls.sites, balls.diameter) is None and balls.standoff is None and not balls.alloy:
        yield _NO_DIAMETER  # lands alone: nobody has said that balls stand on them
        return
    wrong = [i for i, side in enumerate(balls.sides) if side != FAR_SIDE]
    if not wrong:
        yield exact(("balls",), 0)
        return
    names = [balls.sites.names[i] for i in wrong]
    x, y = (int(value) for value in balls.sites.xy[wrong[0]])
    yield exact(tuple(keys.ball(name) for name in names), len(wrong), (x, y), f"ball {listed(names, 8)}")


def bears_balls(package: Package) -> bool:
    """Whether there are balls, and not bare lands: neither a diameter nor a standoff nor an alloy is stated of those."""
    balls = package.balls
    return balls is not None and len(balls.sites) > 0 and not balls.are_lands and (
        balls.diameter is not None or balls.standoff is not None or bool(balls.alloy))


def balls_out_of_place(package: Package) -> dict[str, str]:
    """The balls that are not under the carrier, and where each of them is: beside the carrier, or on the chips' side."""
    balls, carrier = soldered(package.balls), package.carrier
    if balls is None:
        return {}
    found = {name: "on the chip side" for name, side in zip(balls.sites.names, balls.sides) if side != FAR_SIDE}
    if carrier is not None:
        inside = clearance_inside(balls.sites.xy, np.zeros(len(balls.sites), np.int64), carrier.outline) >= 0
        found.update((balls.sites.names[i], "beside the carrier") for i in np.flatnonzero(~inside).tolist())
    return found


@measure(LENGTH, in_plan=True)
def ball_spacing(package: Package, horizon: int = 0) -> Measured:
    """Edge-to-edge distance of neighbouring balls."""
    balls = soldered(package.balls)
    if balls is not None and len(balls.sites) and not balls.are_lands:
        across = widths(balls.sites, balls.diameter)
        if across is None:
            yield _NO_DIAMETER
        else:
            yield from spacings("balls", balls.sites, across, balls.diameter, horizon)


@measure(RATIO, in_plan=True)
def ball_to_sawn_edge_in_pitches(package: Package, horizon: Number = 0) -> Measured:
    """Distance from a ball's edge to the edge of a carrier that is sawn or routed / the balls' pitch (their smallest distance
    of centres; no more than 1 mm of it counts), negative where it hangs over. Not on a wafer, whose edge is a chip's."""
    balls = _on_known_carrier(package)
    if isinstance(balls, Unmeasured):
        yield balls
    if not isinstance(balls, Balls) or package.carrier is None or package.carrier.kind == WAFER:
        return
    nearest = nearest_pair(balls.sites.xy, np.zeros(len(balls.sites), np.int64))
    # A single ball has no pitch; it stands as far from the edge as the widest needs.
    pitch = min(nearest[2], _WIDEST_PITCH) if nearest is not None else _WIDEST_PITCH
    if pitch <= 0:
        return
    for one in _edge_distances(package, balls, -(-horizon * pitch // 1)):
        if isinstance(one, Reading):
            said = f"{one.note}: {show(one.value, LENGTH)} at a pitch of {show(pitch, LENGTH)}"
            value, low, high = (Fraction(length, pitch) for length in (one.value, one.low, one.high))
            one = Reading(one.where, value, low, high, one.at, said, slack=Fraction(ROUNDING, pitch))
        yield one


@measure(LENGTH, in_plan=True)
def ball_to_wafer_chip_edge(package: Package, horizon: int = 0) -> Measured:
    """Distance from a ball's edge to the edge of the chip that is the carrier: one of a wafer that is balled whole and sawn
    apart; negative where it hangs over."""
    balls = _on_known_carrier(package)
    if isinstance(balls, Balls) and package.carrier is not None and package.carrier.kind == WAFER:
        yield from _edge_distances(package, balls, horizon)


def _on_known_carrier(package: Package) -> Union[Balls, Unmeasured, None]:
    """The balls, if there are any; what is missing where nobody said what carries them."""
    balls = soldered(package.balls)
    if balls is None or not len(balls.sites) or package.carrier is None:
        return None
    return balls if package.carrier.kind else not_stated(Carrier, "kind", "carrier")


def _edge_distances(package: Package, balls: Balls, horizon: int) -> Measured:
    across = widths(balls.sites, balls.diameter)
    if across is None:
        yield _NO_DIAMETER
    elif package.carrier is not None:
        yield from edge_distances("balls", balls.sites, across, balls.diameter, package.carrier.outline, "carrier", horizon)
