"""The solder cap of a copper pillar, before and after it is molten."""

from __future__ import annotations

import math


def cap_after_reflow(plated: float, diameter: float) -> float:
    """Height of a solder cap that stands free on a pillar after reflow, in the unit of both: the cylinder that was ``plated``
    becomes a cap of a sphere on the same ``diameter``, with the same volume.

    pi d^2 h / 4 = pi H (3 d^2 / 4 + H^2) / 6, of which H = d sinh(asinh(6 h / d) / 3) is the one real root. Joined to a pad the
    cap is never higher.
    """
    return diameter * math.sinh(math.asinh(6 * plated / diameter) / 3)
