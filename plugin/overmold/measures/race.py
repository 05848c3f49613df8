"""The race of the two flow fronts, under a chip and over it, in words: what t2 / t1 means for one gap."""

from __future__ import annotations

import math
from typing import NamedTuple, Optional

from ..fronts import effective_height, slower_share
from ..geometry.oblongs import as_circles
from ..package import Chip
from ..package.site_lands import in_plan
from ..package.words import ENCAPSULANT
from ..shapes import area
from ..units import Toleranced
from .crowds import widths


class Race(NamedTuple):
    """Which front is the slower, "under" or "over" ("" where they are across together), and the share of its way that it has
    made when the faster is across."""

    slower: str
    share: float

    @property
    def text(self) -> str:
        """The share in percent."""
        return f"{100 * self.share:.0f} %"


def race(under: float, over: float) -> Race:
    """The race of slots of these heights in nm."""
    return Race("" if under == over else "under" if under < over else "over", slower_share(under, over))


def among_bumps(chip: Chip, gap: int) -> Optional[float]:
    """The height that the gap, ``gap`` nm thick, counts as with the bumps in the front's way, spread evenly over the chip;
    None where they or their diameter are not stated."""
    bumps = chip.bumps
    across = widths(bumps.sites, bumps.diameter) if bumps is not None and len(bumps.sites) else None
    if across is None:
        return None
    # The bumps of a square array that cover as much of the chip.
    diameter = math.sqrt(float((as_circles(in_plan(chip, across)) ** 2).mean()))
    return effective_height(gap, diameter, math.sqrt(area(chip.outline) / len(across)))


def races(chip: Chip, gap: Toleranced, cover: Toleranced) -> Optional[tuple[Race, Optional[Race]]]:
    """The race without the bumps and with them, at nominal; None where the encapsulant does not flow under the chip."""
    if chip.gap_filled_with != ENCAPSULANT or gap.nominal <= 0 or cover.nominal <= 0:
        return None
    height = among_bumps(chip, gap.nominal)
    return race(gap.nominal, cover.nominal), None if height is None else race(height, cover.nominal)


def told(chip: Chip, leaf: Chip, gap: Toleranced, cover: Toleranced) -> str:
    """One clause for people, "" where there is no race; ``leaf`` is the chip that the upper front passes over."""
    found = races(chip, gap, cover)
    if found is None:
        return ""
    bare, held = found
    names = {"under": chip.name, "over": leaf.name}
    said = (f"the faster front across, the slower front, {bare.slower} {names[bare.slower]}, has then covered {bare.text}"
            if bare.slower else "both fronts are across together")
    if held is None or (held.text, held.slower) == (bare.text, bare.slower) or not held.slower:
        return said
    if held.slower == bare.slower:
        return f"{said}, {held.text} with its bumps counted"
    return f"{said}; with its bumps counted, the one {held.slower} {names[held.slower]} {held.text}"
