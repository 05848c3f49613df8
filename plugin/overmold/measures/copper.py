"""Copper and mask as they are made: the mask between openings, the ball on its land, the die on its paddle."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from .. import space
from ..arrays import picked
from ..package import Balls, Package, keys
from ..package.site_lands import ball_lands, bump_lands, diameters_of, in_plan, top_land_sizes
from ..package.soldered import soldered
from ..shapes import margin_inside
from ..units import LENGTH, RATIO, show
from . import Measured, Reading, exact, measure
from .bumps import bumped
from .crowds import spacings
from .mask import webs_between_kinds
from .missing import not_stated


@measure(LENGTH, in_plan=True)
def mask_between_openings(package: Package, horizon: int = 0) -> Measured:
    """Width of the mask that is left between neighbouring openings over pads of bumps, lands of passives and balls and fingers;
    0 and less where two openings are one. Only where openings are stated, and none on a lead frame.

    Those of fingers and passives are as wide as their land. Finger to finger is told by ``mask_between_fingers``.
    """
    if package.carrier is not None and package.carrier.frame is not None:
        return
    for chip, bumps in bumped(package):
        openings = bump_lands(bumps)[1]
        if not chip.lands_inside and bool((openings > 0).all()):
            yield from spacings(keys.bumps(chip.name), bumps.sites, in_plan(chip, openings), None, horizon)
    yield from webs_between_kinds(package, horizon)
    top, balls = package.top_lands, package.balls
    if top is not None and top.opening:
        yield from spacings(keys.TOP_LANDS, top.sites, top_land_sizes(top)[1], None, horizon)
    if balls is None:
        return
    for side in sorted(set(balls.sides)):
        rows = np.flatnonzero(np.array(balls.sides) == side)
        openings = ball_lands(balls)[1][rows]
        if bool((openings > 0).all()):
            yield from spacings(keys.BALLS, picked(balls.sites, rows.tolist()), openings, None, horizon)


@measure(LENGTH)
def ball_diameter_beyond_standoff(package: Package) -> Measured:
    """Diameter of the balls less their standoff: how much a ball loses in height when it is soldered to the carrier. Of balls
    of several diameters the narrowest counts: all stand equally high."""
    balls = soldered(package.balls)
    if balls is None or not len(balls.sites) or balls.are_pillars:
        return
    if balls.standoff is None:
        yield not_stated(Balls, "standoff", keys.BALLS)
        return
    narrowest = int(diameters_of(balls.sites, balls.diameter.nominal if balls.diameter is not None else 0).min())
    if not narrowest:
        yield not_stated(Balls, "diameter", keys.BALLS)
        return
    # A wide ball stands high: the two go together, so the diameter is taken as it is named.
    high = balls.standoff
    yield Reading(("balls.standoff", "balls.diameter"), narrowest - high.nominal, narrowest - high.high, narrowest - high.low,
                  told=f"diameter {show(narrowest, LENGTH)}, standoff {show(high.nominal, LENGTH)}")


@measure(RATIO, in_plan=True)
def bond_pad_to_wire(package: Package) -> Measured:
    """Width of every bond pad that a wire is bonded to / that wire's diameter; the worst of each chip."""
    for chip in package.chips:
        if chip.pads is None:
            continue
        own = {f"{chip.name}.{name}" for name in chip.pads.sites.names}
        wires = [wire for wire in package.wires if wire.start in own or wire.end in own]
        if wires:
            thick = max(wires, key=lambda wire: wire.diameter)
            yield exact((keys.within(chip.key, "pads"), thick.key), Fraction(chip.pads.size, thick.diameter), chip.at,
                        f"{chip.name}: pad {show(chip.pads.size, LENGTH)}, wire {show(thick.diameter, LENGTH)}")


@measure(LENGTH, in_plan=True)
def chip_inside_paddle(package: Package) -> Measured:
    """How far every chip that is glued to a lead frame stays inside its die attach pad, negative where it sticks out."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None or frame.paddle is None:
        return
    for chip in package.chips:
        pad = space.die_pad(frame, chip) if chip.has_attach and not chip.on else None
        if pad is not None:
            yield exact((chip.key, pad[0]), margin_inside(chip.outline, pad[1]), chip.at, chip.name)
