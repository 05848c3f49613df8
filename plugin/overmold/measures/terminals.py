"""What the package stands on beside plain balls: balls with a core that does not melt, copper pillars, bare lands among
balls."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..package import Balls, Package, keys
from ..package.site_lands import ball_lands, diameters_of
from ..package.soldered import bare_lands, soldered
from ..package.solders import solid_balls
from ..units import LENGTH, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
from .crowds import widths
from .missing import not_stated


def _cored(package: Package) -> Optional[Balls]:
    """The balls, where a core of theirs is stated."""
    balls = soldered(package.balls)
    plain = balls is None or balls.core is None or not len(balls.sites) or balls.are_pillars
    return None if plain else balls


@measure(LENGTH)
def standoff_beyond_core(package: Package) -> Measured:
    """Standoff of balls with a core that does not melt, less that core: it lies between the land and the board and carries the
    package."""
    balls = _cored(package)
    if balls is None or balls.core is None:
        return
    if balls.standoff is None:
        yield not_stated(Balls, "standoff", "balls")
        return
    room = balls.standoff - balls.core
    yield Reading(("balls.standoff", "balls.core"), room.nominal, room.low, room.high, None,
                  f"standoff {show(balls.standoff.nominal, LENGTH)}, core {show(balls.core.nominal, LENGTH)}")


@measure(LENGTH)
def standoff_beyond_solid_balls(package: Package) -> Measured:
    """Standoff of balls of solder that stays solid, less what of the widest stands out of the far side's mask when it lies on
    its land."""
    balls, carrier = soldered(package.balls), package.carrier
    if balls is None or carrier is None or not len(balls.sites) or solid_balls(package) is None:
        return
    widest = int(diameters_of(balls.sites, balls.diameter.nominal if balls.diameter is not None else 0).max())
    if balls.standoff is None or not widest:
        yield not_stated(Balls, "standoff" if balls.standoff is None else "diameter", "balls")
        return
    last = carrier.stackup[-1] if carrier.stackup else None
    if last is None or (last.kind == "mask" and last.thickness is None):
        yield Unmeasured((keys.STACKUP,), "how deep the balls stand in the far side's mask is not known: state the stack-up "
                         "('carrier: stackup' in the package file, the board's own stack-up)")
        return
    mask = last.thickness if last.kind == "mask" and last.thickness is not None else Toleranced(0)
    # A wide ball stands high: the two go together, so the diameter is taken as it is named.
    room = balls.standoff - Toleranced(widest) + mask
    yield Reading(("balls.standoff", "balls.diameter"), room.nominal, room.low, room.high, None,
                  f"standoff {show(balls.standoff.nominal, LENGTH)}, solid ball {show(widest, LENGTH)} in mask "
                  f"{show(mask.nominal, LENGTH)} deep")


@measure(LENGTH)
def solder_around_core(package: Package) -> Measured:
    """Thickness of the solder around the core of a ball: half of what the ball is wider; of balls of several diameters the
    narrowest counts."""
    balls = _cored(package)
    if balls is None or balls.core is None:
        return
    narrowest = int(diameters_of(balls.sites, balls.diameter.nominal if balls.diameter is not None else 0).min())
    if not narrowest:
        yield not_stated(Balls, "diameter", "balls")
        return
    plus, minus = (balls.diameter.plus, balls.diameter.minus) if balls.diameter is not None else (0, 0)
    nominal, low, high = (one // 2 for one in (narrowest - balls.core.nominal, narrowest - minus - balls.core.high,
                                               narrowest + plus - balls.core.low))
    yield Reading(("balls.diameter", "balls.core"), nominal, low, high, None,
                  f"ball {show(narrowest, LENGTH)}, core {show(balls.core.nominal, LENGTH)}")


@measure(LENGTH)
def standoff_off_pillar(package: Package) -> Measured:
    """How far the stated standoff of a package on copper pillars lies from their copper and solder cap together, beyond all
    tolerances; 0 where they agree."""
    balls = package.balls
    if balls is None or not balls.are_pillars or balls.standoff is None or balls.pillar is None or balls.solder_cap is None:
        return
    parts = balls.pillar + balls.solder_cap
    off = max(0, balls.standoff.low - parts.high, parts.low - balls.standoff.high)
    yield exact(("balls.standoff", "balls.pillar"), off, None,
                f"standoff {show(balls.standoff.nominal, LENGTH)}, pillar and cap {show(parts.nominal, LENGTH)}")


def _mixed(package: Package) -> Optional[tuple[Balls, Balls]]:
    """The balls or pillars, and the bare lands among them; None where there are not both."""
    solder, bare = soldered(package.balls), bare_lands(package.balls)
    return (solder, bare) if solder is not None and bare is not None else None


@measure(LENGTH, in_plan=True)
def ball_to_bare_land(package: Package) -> Measured:
    """Distance in plan between the edges of a ball and of a bare land among the balls, on one side: the nearest two, negative
    where they overlap."""
    found = _mixed(package)
    if found is None:
        return
    solder, bare = found
    across = widths(solder.sites, solder.diameter)
    if across is None:
        yield not_stated(Balls, "diameter", "balls")
        return
    plus, minus = (solder.diameter.plus, solder.diameter.minus) if solder.diameter is not None else (0, 0)
    lands, best = ball_lands(bare)[0], None
    for i, (x, y) in enumerate(bare.sites.xy.tolist()):
        apart = np.hypot(*(solder.sites.xy - (x, y)).T) - (across + lands[i]) / 2
        apart[np.array(solder.sides) != bare.sides[i]] = np.inf
        k = int(apart.argmin())
        if np.isfinite(apart[k]) and (best is None or apart[k] < best[0]):
            best = float(apart[k]), solder.sites.names[k], bare.sites.names[i], (x, y)
    if best is not None:
        value, ball, land, spot = round(best[0]), *best[1:]
        yield Reading((keys.ball(ball), keys.ball(land)), value, value - -(-plus // 2), value + minus // 2, spot,
                      f"ball {ball} to bare land {land}")


@measure(LENGTH)
def standoff_over_bare_lands(package: Package) -> Measured:
    """How far the bare lands that have a net stand over the customer's board before it is soldered: the standoff of the balls
    beside them, as delivered."""
    found = _mixed(package)
    if found is None or not any(found[1].nets):
        return
    standoff = package.balls.height if package.balls is not None else None
    if standoff is None:
        yield not_stated(Balls, "standoff", "balls")
        return
    name = next(name for name, net in zip(found[1].sites.names, found[1].nets) if net)
    yield Reading(("balls.standoff", keys.ball(name)), standoff.nominal, standoff.low, standoff.high, None, f"bare land {name}")
