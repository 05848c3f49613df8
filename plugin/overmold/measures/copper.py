"""Copper and mask as they are made: the mask between openings, the ball on its land, the die on its paddle."""

from __future__ import annotations

from fractions import Fraction

from ..package import Balls, Package, keys
from ..package.site_lands import ball_lands, bump_lands
from ..shapes import margin_inside
from ..units import LENGTH, RATIO, Toleranced, show
from . import Measured, Reading, exact, measure
from .bumps import bumped
from .crowds import spacings
from .missing import not_stated


@measure(LENGTH, in_plan=True)
def mask_between_openings(package: Package, horizon: int = 0) -> Measured:
    """Width of the mask that is left between neighbouring openings over the pads of one chip's bumps, and over the lands of
    balls on one side; 0 and less where two openings are one. Only where openings are stated, and none on a lead frame.

    Openings of fingers and passives are not looked at, nor those of two chips against each other.
    """
    if package.carrier is not None and package.carrier.frame is not None:
        return
    for chip, bumps in bumped(package):
        openings = bump_lands(bumps)[1]
        if not chip.on and bool((openings > 0).all()):
            yield from spacings(keys.bumps(chip.name), bumps.sites, openings, None, horizon)
    balls = package.balls
    if balls is not None and len(balls.sites) and len(set(balls.sides)) == 1:
        openings = ball_lands(balls)[1]
        if bool((openings > 0).all()):
            yield from spacings("balls", balls.sites, openings, None, horizon)


@measure(LENGTH)
def ball_diameter_beyond_standoff(package: Package) -> Measured:
    """Diameter of the balls less their standoff: how much a ball loses in height when it is soldered to the carrier. Of balls
    of several diameters the widest counts."""
    balls = package.balls
    if balls is None or not len(balls.sites) or balls.standoff is None:
        return
    own = int(balls.sites.diameters.max()) if balls.sites.diameters is not None else 0
    if balls.diameter is None and not own:
        yield not_stated(Balls, "diameter", "balls")
        return
    wide = balls.diameter if balls.diameter is not None else Toleranced(own)
    if own > wide.nominal:
        wide = Toleranced(own)
    # A wide ball stands high: the two go together, so the diameter is taken as it is named.
    high = balls.standoff
    yield Reading(("balls.standoff", "balls.diameter"), wide.nominal - high.nominal, wide.nominal - high.high,
                  wide.nominal - high.low,
                  note=f"diameter {show(wide.nominal, LENGTH)}, standoff {show(high.nominal, LENGTH)}")


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
    """How far every chip that is glued to a lead frame stays inside the die attach pad, negative where it sticks out."""
    frame = package.carrier.frame if package.carrier is not None else None
    if frame is None or frame.paddle is None:
        return
    for chip in package.chips:
        if chip.has_attach and not chip.on:
            yield exact((chip.key, keys.PADDLE), margin_inside(chip.outline, frame.paddle), chip.at, chip.name)
