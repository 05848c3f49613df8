"""The solder-ball array under the carrier: its side, its spacing, its distance from the carrier's edge."""

from __future__ import annotations

from ..package import FAR_SIDE, Balls, Package, keys
from ..units import COUNT, LENGTH
from . import Measured, exact, measure
from .crowds import edge_distances, spacings, widths
from .missing import not_stated

_NO_DIAMETER = not_stated(Balls, "diameter", "balls")


@measure(COUNT)
def balls_on_chip_side(package: Package) -> Measured:
    """How many balls sit on the side of the carrier that bears the chip."""
    balls = package.balls
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
    said = ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
    x, y = (int(value) for value in balls.sites.xy[wrong[0]])
    yield exact(tuple(keys.ball(name) for name in names), len(wrong), (x, y), f"ball {said}")


@measure(LENGTH, in_plan=True)
def ball_spacing(package: Package, horizon: int = 0) -> Measured:
    """Edge-to-edge distance of neighbouring balls."""
    if package.balls is not None and len(package.balls.sites):
        across = widths(package.balls.sites, package.balls.diameter)
        if across is None:
            yield _NO_DIAMETER
        else:
            yield from spacings("balls", package.balls.sites, across, package.balls.diameter, horizon)


@measure(LENGTH, in_plan=True)
def ball_to_carrier_edge(package: Package, horizon: int = 0) -> Measured:
    """Distance from a ball's edge to the carrier's edge, negative where it hangs over."""
    if package.balls is not None and len(package.balls.sites) and package.carrier is not None:
        across = widths(package.balls.sites, package.balls.diameter)
        if across is None:
            yield _NO_DIAMETER
        else:
            yield from edge_distances("balls", package.balls.sites, across, package.balls.diameter, package.carrier.outline,
                                      "carrier", horizon)
