"""Chips on the far side: their room above the customer's board, to the balls and to the edge. The mold over them, and what they
are bonded with, are told where those of every chip are."""

from __future__ import annotations

from .. import space
from ..package import FAR_SIDE, Balls, Package, keys
from ..shapes import margin_inside
from ..units import LENGTH, show
from . import Measured, Reading, Unmeasured, exact, measure
from .far_passives import NO_BALLS_BELOW, nearest_balls
from .missing import missing_for_top, not_stated


@measure(LENGTH)
def far_chip_headroom(package: Package) -> Measured:
    """Room between every chip on the far side and the customer's board: standoff of the balls, as delivered, less the chip's
    gap and thickness. Soldered down the balls give less."""
    balls = package.balls
    for chip in package.far_chips if package.carrier is not None else ():
        reach = space.top(package, chip).value
        if balls is None or FAR_SIDE not in balls.sides or balls.are_lands:
            yield Unmeasured((keys.BALLS,), NO_BALLS_BELOW, of=chip.key)
        elif balls.height is None:
            yield not_stated(Balls, "standoff", keys.BALLS)._replace(of=chip.key)
        elif reach is None:
            yield missing_for_top(package, chip)._replace(of=chip.key)
        else:
            left = balls.height - reach
            yield Reading((chip.key, "balls.standoff"), left.nominal, left.low, left.high, chip.at,
                          f"{chip.name} reaches {show(reach.nominal, LENGTH)} below the carrier, the balls "
                          f"{show(balls.height.nominal, LENGTH)}")


@measure(LENGTH, in_plan=True)
def far_chip_to_ball(package: Package) -> Measured:
    """Distance in plan from every chip on the far side to the edge of the nearest ball or bare land there, or of its land on
    the carrier where that is wider; negative where it stands in one."""
    balls = package.balls
    if balls is None:
        return
    for chip in package.far_chips:
        found = nearest_balls(balls, chip.outline)
        if isinstance(found, Unmeasured):
            yield found._replace(of=chip.key)
        elif found is not None:
            name, near, plus, minus = found
            yield Reading((chip.key, keys.ball(name)), near, near - plus, near + minus, chip.at, f"{chip.name} to ball {name}")


@measure(LENGTH, in_plan=True)
def far_chip_to_carrier_edge(package: Package) -> Measured:
    """How far every chip on the far side stays inside the carrier's outline, negative where it sticks out."""
    if package.carrier is not None:
        for chip in package.far_chips:
            yield exact((chip.key, "carrier"), margin_inside(chip.outline, package.carrier.outline), chip.at, chip.name)
