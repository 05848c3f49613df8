"""What the package stands on beside plain balls: balls with a core that does not melt, copper pillars."""

from __future__ import annotations

from typing import Optional

from ..package import Balls, Package
from ..package.site_lands import diameters_of
from ..units import LENGTH, show
from . import Measured, Reading, exact, measure
from .missing import not_stated


def _cored(package: Package) -> Optional[Balls]:
    """The balls, where a core of theirs is stated."""
    balls = package.balls
    plain = balls is None or balls.core is None or not len(balls.sites) or balls.are_lands or balls.are_pillars
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
