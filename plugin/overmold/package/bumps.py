"""Bumps: what joins a flip chip to what it stands on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Optional

from ..arrays import Sites
from ..units import ANGLE, TENSION, Toleranced
from .datum import PLAIN, QUANTITY, TEXT, datum


@dataclass(frozen=True, eq=False)
class Bumps:
    """The bumps of one chip as they sit on the carrier (chip already placed), one net per site ("" is none).

    ``height`` is after reflow, from the pad; of a copper pillar it follows from ``pillar`` and ``solder_cap``. ``pad`` is the
    land on the carrier, ``opening`` the mask opening over it, ``ubm`` the under-bump metal on the chip and ``passivation`` the
    opening under it; 0 where not stated.
    """

    sites: Sites
    nets: tuple[str, ...] = field(repr=False)
    diameter: Optional[Toleranced] = datum(QUANTITY, "Bump diameter", "Diameter of a bump", "100 um", needed=True)
    height: Optional[Toleranced] = datum(
        QUANTITY, "Bump height", "After reflow, measured from the pad", "90 um ± 5 um", wanted=True)
    alloy: str = datum(
        TEXT, "Bump alloy", "Solder, as the rules' table of materials names it", "SAC305", default="", wanted=True)
    # On the carrier these two are copper and mask, which a board draws; of bumps on a chip it has fields.
    pad: int = datum(PLAIN, "Bump pad diameter", "Diameter of the copper land; the bump's if left out", "110 um",
                     default=0, drawn=True)
    opening: int = datum(PLAIN, "Bump pad opening", "Diameter of the solder-mask opening; that of the pad if left out",
                         "85 um", default=0, drawn=True)
    ubm: int = datum(PLAIN, "UBM diameter", "Diameter of the under-bump metal on the chip", "80 um", default=0)
    passivation: int = datum(PLAIN, "Passivation opening",
                             "Diameter of the opening in the chip's passivation under a bump", "60 um", default=0)
    pillar: Optional[Toleranced] = datum(
        QUANTITY, "Pillar height", "Copper of a pillar bump, without its solder cap; with the cap it makes the bump's height",
        "40 um ± 3 um", default=None)
    solder_cap: Optional[Toleranced] = datum(
        QUANTITY, "Solder cap height", "Solder of a pillar bump, after reflow", "25 um ± 4 um", default=None)
    plated_cap: Optional[Toleranced] = datum(
        QUANTITY, "Solder cap as plated", "Solder of a pillar bump before its first reflow", "30 um ± 3 um", default=None)
    presolder: str = datum(
        TEXT, "Presolder alloy", "Solder on the carrier's pads before bonding, where it is another than the bumps'", "SnAg3.5",
        default="")
    width: Optional[Toleranced] = datum(
        QUANTITY, "Bump width", "Of oblong bumps: across their length, which is their diameter", "60 um", default=None)
    turn: int = datum(PLAIN, "Bump turn", "Of oblong bumps: how far their length is turned from the chip's own x axis",
                      "90 deg", default=0, kind=ANGLE, least=-ANGLE.largest)
    sphere: Optional[Toleranced] = datum(
        QUANTITY, "Solder sphere", "Diameter of a sphere of as much solder as a bump has, with any presolder; where no height "
        "is stated it is calculated from this", "100 um ± 3 um", default=None)
    coined: Optional[Toleranced] = datum(
        QUANTITY, "Stud height as coined", "Of gold stud bumps, before they are pressed onto their lands", "50 um ± 3 um",
        default=None)
    surface_tension: Optional[Toleranced] = datum(
        QUANTITY, "Surface tension", "Of the molten solder; where it is stated, a height that is calculated is lower, as the "
        "chip's weight presses it", "0.5 N/m ± 0.05 N/m", kind=TENSION, default=None)

    @property
    def is_calculated(self) -> bool:
        """Whether its height is not stated but follows from the volume of its solder."""
        return self.sphere is not None and self.height is None and self.pillar is None and self.solder_cap is None

    @property
    def is_oblong(self) -> bool:
        """Whether some of them may be longer than wide."""
        usual = self.width is not None and self.diameter is not None and self.width.nominal < self.diameter.nominal
        return usual or self.sites.widths is not None
