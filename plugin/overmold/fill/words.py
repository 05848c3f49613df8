"""The answer of a fill in words, for the command, pages and pictures alike."""

from __future__ import annotations

import math
from typing import Optional

from ..package import Package, keys
from ..space.molds import MAIN
from ..units import PRESSURE, show
from .answer import Filled, Trapped, Void
from .cells import Part

_MOST = 4  # places that are told
# Of a chip: less than a hundredth is told as such, for the model knows no better.
TELLABLE = 0.01
NOT_MODELLED = (
    "Not modelled: wetting and capillary force, gravity, cure, heat, filler that jams or separates, air that dissolves or "
    "leaks, the squeeze of compression molding, fingers below some 500 um.")


def headline(filled: Filled) -> str:
    """The answer in one sentence: under and over which chip air is closed in, how much before packing, how much after."""
    some = worst(filled)
    air = sorted((one for one in some if one.before >= TELLABLE), key=lambda one: -one.before)
    if not some:
        beside = sum(one.share for one in filled.found.voids if not one.part.chip)
        return "There is no chip in the mold to close air in under or over." + (
            f" Of its volume {percent(beside)} is closed in before packing." if beside >= TELLABLE else "")
    if not air:
        return "No air is closed in under or over a chip: everywhere the front leaves it a way to a vent."
    vacuum, packing = filled.pressures.vacuum, filled.pressures.packing
    at = f" at {show(vacuum, PRESSURE)}" if vacuum is not None else ""
    said = [f"{place(filled, one.part)}: {percent(one.before)}" for one in air]
    before = f"Air is closed in {said[0]} of its area{at} before packing"
    if air[0].after is None:
        lacks = "packing pressure" if packing is None else "pressure in the cavity"
        ending = f". State the {lacks} for what is left after it."
    else:
        ending = f"; at most {percent(air[0].after)} after packing at {show(packing or 0, PRESSURE, 'MPa')}."
    others = [f"; {one}" for one in said[1:_MOST]] + ([f"; and {len(said) - _MOST} more"] if len(said) > _MOST else [])
    return before + "".join(others) + ending


def block_name(key: str) -> str:
    """What people call a block of mold by its key: "the first block of mold", "mold RF"."""
    return "the first block of mold" if key == MAIN else f"mold {keys.last(key)}"


def several(package: Package) -> bool:
    """Whether a package has more than one block of mold."""
    return package.mold is not None and bool(package.mold.regions)


def worst(filled: Filled) -> tuple[Trapped, ...]:
    """Of every chip, under and over it, the unit with the most air."""
    found: dict[tuple[str, str], Trapped] = {}
    for one in filled.trapped:
        name = one.part.where, one.part.chip
        if name not in found or one.before > found[name].before:
            found[name] = one
    return tuple(found.values())


def percent(share: float) -> str:
    """A share as people may rely on it: whole percents, of less than one two digits."""
    value = 100 * share
    if value >= 1 or value == 0:
        return f"{value:.0f} %"
    digits = max(1, 1 - math.floor(math.log10(value)))
    return f"{value:.{digits}f} %" if digits <= 5 else "below 0.00001 %"


def largest(filled: Filled, part: Part) -> Optional[Void]:
    """The largest pocket that lies most in this part."""
    return next((one for one in filled.found.voids if one.part == part), None)


def place(filled: Filled, part: Part) -> str:
    """Where a part is: "under U1", of several units with row and column."""
    return f"{part.where} {part.chip}{unit_of(filled, part)}"


def unit_of(filled: Filled, part: Part) -> str:
    """Row and column of a unit, where the cavity has several."""
    rows, columns_ = filled.process.cavity
    return f", row {part.row + 1} column {part.column + 1}" if rows * columns_ > 1 else ""
