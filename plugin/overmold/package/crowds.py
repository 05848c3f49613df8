"""The crowds of sites in a package, by key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..arrays import Sites
from . import keys

if TYPE_CHECKING:
    from . import Package


def site_crowds(package: Package) -> dict[str, Sites]:
    """The bumps and the bond pads of every chip, balls, and lands for an upper package, by the key of the whole crowd."""
    found = {keys.bumps(chip.name): chip.bumps.sites for chip in package.chips if chip.bumps is not None}
    found.update({keys.pads(chip.name): chip.pads.sites for chip in package.chips if chip.pads is not None})
    if package.balls is not None:
        found[keys.BALLS] = package.balls.sites
    if package.top_lands is not None:
        found[keys.TOP_LANDS] = package.top_lands.sites
    return found
