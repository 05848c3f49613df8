"""How many bumps a chip is bonded with, and whether anybody has stated it."""

from __future__ import annotations

from dataclasses import replace

from ..package import Bumps, Chip
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
        return replace(not_stated(Chip, "bonded", chip.key, chip.name), of=chip.key)
    return Unmeasured((chip.key,), f"the bumps of {chip.name} are not stated ('bumps' in the package file; pads and "
                      f"{field(Bumps, 'diameter')} on the board)", of=chip.key)
