"""What the package stands on beside plain balls: balls with a core that does not melt, copper pillars."""

from __future__ import annotations

from typing import Optional

from ..package import Balls, Package, keys
from ..package.site_lands import diameters_of
from ..package.solders import solid_balls
from ..units import LENGTH, Toleranced, show
from . import Measured, Reading, Unmeasured, exact, measure
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
def standoff_beyond_solid_balls(package: Package) -> Measured:
    """Standoff of balls of solder that stays solid, less what of the widest stands out of the far side's mask when it lies on
    its land."""
    balls, carrier = package.balls, package.carrier
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
