"""Solder that stays solid when the package is soldered to its board, so that what is made of it keeps its shape."""

from __future__ import annotations

from typing import TYPE_CHECKING, Optional

if TYPE_CHECKING:
    from . import Alloy, Package

# 1/1000 degC. The highest peak that J-STD-020 classifies packages for (lead-free, table 4-2): no solder is taken for solid that
# might melt in any reflow.
REFLOW_PEAK = 260_000


def stays_solid(alloy: Alloy) -> bool:
    """Whether nothing of it melts at that peak: solder of 90 % lead and more, gold-tin."""
    return alloy.solidus > REFLOW_PEAK


def solid_balls(package: Package) -> Optional[Alloy]:
    """The solder of the balls where it stays solid by ``package.alloys``; None of all else that a package stands on."""
    balls = package.balls
    alloy = package.alloys.get(balls.alloy) if balls is not None and not balls.are_lands and not balls.are_pillars else None
    return alloy if alloy is not None and stays_solid(alloy) else None


def balls_keep_shape(package: Package) -> bool:
    """Whether the balls do not collapse on the customer's board: for their solder, or for a core."""
    cored = package.balls is not None and package.balls.core is not None
    return cored or solid_balls(package) is not None
