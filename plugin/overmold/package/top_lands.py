"""What bears another package: lands on the carrier's chip side, beside the mold or at the bottom of vias through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from ..arrays import Sites
from ..units import Toleranced
from .datum import PLAIN, QUANTITY, datum


@dataclass(frozen=True, eq=False)
class TopLands:
    """Lands for the balls of an upper package (package on package), one net a site.

    With ``via`` each lies at the bottom of a via through the mold, in which solder stands ``via_fill`` high. ``ball_height`` is
    that of the upper package's ball between what it stands on and the upper carrier, after it has collapsed.
    """

    sites: Sites
    nets: tuple[str, ...] = field(repr=False)
    land: int = datum(PLAIN, "Top land", "Diameter of the copper land", "0.3 mm", default=0, drawn=True, needed=True)
    opening: int = datum(PLAIN, "Top land opening", "Diameter of the solder-mask opening; that of the land if left out",
                         "0.25 mm", default=0, drawn=True)
    via: Optional[Toleranced] = datum(
        QUANTITY, "Mold via", "Diameter, at the mold's top, of the vias through the mold over the lands; lands beside the mold "
        "have none", "0.4 mm ± 0.03 mm", default=None)
    via_fill: Optional[Toleranced] = datum(
        QUANTITY, "Mold via fill", "Height of the solder that stands on a land in its via, from the carrier's surface",
        "150 um ± 15 um", default=None)
    ball_height: Optional[Toleranced] = datum(
        QUANTITY, "Upper ball height", "Of a ball of the upper package after it has collapsed, over what it stands on",
        "220 um ± 20 um", default=None, wanted=True)
