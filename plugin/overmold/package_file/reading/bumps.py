"""The bumps of a chip as a package file says them."""

from __future__ import annotations

from typing import Callable, Optional

from ... import package as p
from ...arrays import Sites
from ...geometry.lands import bump_pad
from ...units import LENGTH, show
from ..models import root as m
from ..models.declared import data_in
from ..models.values import Path

Fault = Callable[[Path, str], None]


def built_bumps(given: m.Bumps, sites: Sites, path: Path, fault: Fault, remarks: list[str]) -> p.Bumps:
    """The bumps at ``path``, on these sites and without nets; what of them cannot be goes to ``fault``, and to ``remarks`` what
    counts for nothing."""
    data = data_in(given, p.Bumps)
    if isinstance(data["diameter"], list):
        length, width = data["diameter"]
        if data["width"] is not None:
            fault((*path, "width"), "the width is said twice, for 'diameter' lists length and width; leave 'width' out")
        if width.nominal > length.nominal:
            fault((*path, "diameter"), f"bumps {show(length.nominal, LENGTH)} long are not {show(width.nominal, LENGTH)} wide; "
                  "write the length first, and turn them with 'turn'")
        data["diameter"], data["width"] = length, width
    if data["width"] is None and sites.widths is None and (data["turn"] or sites.turns is not None):
        remarks.append(f"{'.'.join(map(str, path))}: 'turn' counts for nothing, for these bumps are round; oblong ones have "
                       "length and width: diameter: [110 um, 60 um]")
    if not data["sphere"]:
        of_solder = ("surface_tension", data["surface_tension"]), ("array: sphere", sites.spheres is not None)
        remarks += [f"{'.'.join(map(str, path))}: '{name}' counts for nothing, for no height is calculated where 'sphere' does "
                    "not say how much solder a bump has" for name, is_said in of_solder if is_said]
    pad, opening = bump_pad(data["diameter"].nominal)
    copper = {"pad": given.pad or pad, "opening": given.opening or given.pad or opening}
    return p.Bumps(sites, (), **{**data, **copper})


def idle_weight(chip: m.Chip, bumps: Optional[p.Bumps], path: Path) -> list[str]:
    """That the weight of the chip at ``path`` counts for nothing, where it does."""
    if chip.weight is None or (bumps is not None and bumps.surface_tension is not None):
        return []
    return [f"{'.'.join(map(str, path))}: 'weight' counts for nothing, for 'bumps: surface_tension' does not say what bears it"]
