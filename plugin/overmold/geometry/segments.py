"""How high solder of a given volume stands between two round lands."""

from __future__ import annotations

import math


def height_between(sphere: float, lower: float, upper: float) -> float:
    """Height of a molten joint between two lands of these diameters, of the volume of a ``sphere`` of this diameter, all of one
    unit.

    Surface tension makes it a sphere that the two lands cut off, a spherical segment between parallel circles of the radii a
    and b: V = pi h / 6 (3 a^2 + 3 b^2 + h^2), the truncated-sphere model of flip-chip joints (L. S. Goldmann, Geometric
    Optimization of Controlled Collapse Interconnections, IBM J. Res. Dev. 13 (1969), 251). With V = pi d^3 / 6 that is
    h^3 + 3 (a^2 + b^2) h = d^3, of which h = 2 c sinh(asinh(d^3 / (2 c^3)) / 3) with c^2 = a^2 + b^2 is the one real root.

    The weight of the chip is left out, which lowers thick chips on few bumps by some micrometres: see ``joints``.
    """
    c = math.hypot(lower / 2, upper / 2)
    return 2 * c * math.sinh(math.asinh((sphere / c) ** 3 / 2) / 3)
