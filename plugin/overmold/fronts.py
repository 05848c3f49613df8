"""Two flow fronts from one edge, one under a chip and one over it: how far the slower has come when the faster is across.

Slots of heights t1 and t2, fed from one edge at one pressure: for Newtonian and every power-law fluid dx/dt = C h^((n+1)/n)
(p/x)^(1/n) with one C(t), so x_under / x_over = t1 / t2, whatever pressure, flow control or viscosity did meanwhile.
Bumps make the gap a porous layer, which counts as a slot of the height sqrt(12 K / φ) (Newtonian, bumps spread evenly).
"""

from __future__ import annotations

import math

# Of the plan, covered by bumps. Up to here the series for thin arrays holds, from here on the film between neighbours decides.
_DENSE = 0.35
_TOUCHING = math.pi / 4


def slower_share(under: float, over: float) -> float:
    """How much of its way the slower front has made when the faster is across, 0 to 1; heights of one unit, either above 0."""
    return min(under, over) / max(under, over)


def effective_height(gap: float, diameter: float, pitch: float) -> float:
    """The height of an empty slot in which a front goes as far as among bumps: ``gap`` t1, bump ``diameter`` and the
    ``pitch`` of a square array, all of one unit; ``gap`` itself without bumps, 0 where they touch.

    1/K = 12/t1² + 1/K2D and φ = 1 - c with c = π d²/(4 pitch²) of the plan covered.
    """
    covered = math.pi * diameter**2 / (4 * pitch**2)
    if not covered:
        return gap
    if covered >= _TOUCHING:
        return 0.0
    # A gap far thinner than its bumps are wide would come out above t1: there the sum of 1/K leaves out the way around them.
    return min(gap, gap / math.sqrt((1 + gap**2 / (12 * across_cylinders(diameter, covered))) * (1 - covered)))


def across_cylinders(diameter: float, covered: float) -> float:
    """K2D, the permeability across a square array of cylinders, in the square of the diameter's unit; ``covered`` 0 to π/4.

    Sangani and Acrivos (1982): d²/(32 c) (-ln c - 1.476 + 2c - 1.774c² + 4.076c³) for thin arrays, the film of lubrication
    between neighbours, drag 9 π / (2 √2) (1 - √(c / (π/4)))^-2.5, for dense ones; the series is 30 % high where they meet.
    """
    if covered <= _DENSE:
        series = -math.log(covered) - 1.476 + 2 * covered - 1.774 * covered**2 + 4.076 * covered**3
    else:
        series = 16 * math.sqrt(2) / 9 * (1 - math.sqrt(covered / _TOUCHING)) ** 2.5
    return diameter**2 / (32 * covered) * series
