"""What bears another package: lands on the carrier's chip side, beside the mold or at the bottom of vias through it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from ..arrays import Sites
from ..shapes import Outline, rectangle
from ..units import Toleranced
from .datum import PLAIN, QUANTITY, datum


@dataclass(frozen=True, eq=False)
class TopLands:
    """Lands for the balls of an upper package (package on package), one net a site.

    With ``via`` each lies at the bottom of a via through the mold, in which solder stands ``via_fill`` high. ``ball_height`` is
    that of the upper package's ball between what it stands on and the upper carrier, after it has collapsed. A site of its own
    diameter is a land as wide as that.
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
    upper_width: int = datum(PLAIN, "Upper package width", "Of the upper package, which stands over the middle of its lands",
                             "12 mm", default=0, key="upper.width")
    upper_length: int = datum(PLAIN, "Upper package length", "Of the upper package, across its width", "12 mm", default=0,
                              key="upper.length")
    upper_thickness: Optional[Toleranced] = datum(
        QUANTITY, "Upper package thickness", "From the underside of its carrier to the top of its mold, without its balls",
        "0.5 mm ± 0.05 mm", default=None, key="upper.thickness")
    stack_height: int = datum(PLAIN, "Largest stack height", "The tallest that both packages together may be", "1.4 mm",
                              default=0, key="upper.max_height")

    @property
    def upper_outline(self) -> Optional[Outline]:
        """The upper package in plan, over the middle of the lands; None where its size is not stated."""
        if not self.upper_width or not self.upper_length or not len(self.sites):
            return None
        (left, top), (right, bottom) = self.sites.xy.min(axis=0).tolist(), self.sites.xy.max(axis=0).tolist()
        return rectangle(((left + right) // 2, (top + bottom) // 2), (self.upper_width, self.upper_length))
