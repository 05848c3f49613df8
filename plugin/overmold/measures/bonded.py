"""How many bumps a chip is bonded with, what they land on, and whether anybody has stated it."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..arrays import IntArray
from ..geometry.circles import clearance_inside
from ..metal import BOND_PAD, BUMP, UNKNOWN, metal_of
from ..package import Bumps, Chip, Package, Passive, keys
from . import Unmeasured
from .missing import field, not_stated

PLURALITY = 2  # "a plurality", "an array": two or more


def bump_count(chip: Chip) -> int:
    """How many bumps are stated."""
    return len(chip.bumps.sites) if chip.bumps is not None else 0


def bumps_unstated(chip: Chip) -> bool:
    """Whether nobody has said what joins a flip chip: neither bumps nor pads are stated, or its bonding is not."""
    return not chip.bonded or (chip.faces_down and chip.bumps is None and chip.pads is None)


def missing_bumps(chip: Chip) -> Unmeasured:
    """What to state so that the bumps of a chip are known."""
    if not chip.bonded:
        return not_stated(Chip, "bonded", chip.key, chip.name)._replace(of=chip.key)
    return Unmeasured((chip.key,), f"the bumps of {chip.name} are not stated ('bumps' in the package file; pads and "
                      f"{field(Bumps, 'diameter')} on the board)", of=chip.key)


def missing_pads(chip: Chip, below: Optional[Chip] = None) -> Unmeasured:
    """What to state so that it is known what the bumps of a chip land on."""
    names = (below.name,) if below is not None else chip.on
    return Unmeasured(tuple(keys.pads(name) for name in names), f"what the bumps of {chip.name} land on is not known: state "
                      f"the pads of {' and '.join(names)} ('pads' in the package file, the layer 'Bond pads' on the board)",
                      of=chip.key)


def missing_pads_under(passive: Passive, chip: Chip) -> Unmeasured:
    """What to state so that it is known what the terminals of a passive on a chip stand on."""
    return Unmeasured((keys.pads(chip.name),), f"what the terminals of {passive.name} stand on is not known: state the pads of "
                      f"{chip.name} ('pads' in the package file, the layer 'Bond pads' on the board)", of=passive.key)


def landed_bumps(package: Package, chip: Chip) -> tuple[int, int]:
    """How many bumps on a chip's active surface land on metal; and on how many more nobody knows what is below, for the chip
    there does not state its pads. Bumps beside their own chip are on no surface of it."""
    under = metal_of(package).joints.under[_on_its_face(package, chip)]
    return int((under >= 0).sum()), int((under == UNKNOWN).sum())


def soldered_bumps(package: Package, upper: Chip, lower: Chip) -> tuple[int, int]:
    """How many bumps of a chip are soldered to bond pads of their own net on the chip below; and how many more may be, for
    nobody has stated the pads there, or any net."""
    metal, number = metal_of(package), package.chips.index(lower)
    mine = _on_its_face(package, upper)
    under = metal.joints.under[mine]
    land = np.isin(under, metal.pieces.numbers(BOND_PAD, number))
    net = metal.pieces.net
    sound = land & (net[mine] == net[np.maximum(under, 0)]) & (net[mine] > 0) if len(mine) else land
    unknown = (under == UNKNOWN) & (clearance_inside(metal.pieces.xy[mine], np.zeros(len(mine), np.int64), lower.outline) >= 0)
    if len(metal.pieces.nets) < 2:
        return 0, int((land | unknown).sum())
    return int(sound.sum()), int(unknown.sum())


def _on_its_face(package: Package, chip: Chip) -> IntArray:
    """The bumps (numbers of pieces) within a chip's own plan."""
    pieces = metal_of(package).pieces
    bumps = pieces.numbers(BUMP, package.chips.index(chip))
    inside: IntArray = bumps[clearance_inside(pieces.xy[bumps], np.zeros(len(bumps), np.int64), chip.outline) >= 0]
    return inside
