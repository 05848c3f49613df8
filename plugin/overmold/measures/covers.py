"""What lies over a chip: t2 by what is next above it, the mold's cap, a wall of mold that slants, or another chip."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple, Optional

from .. import space
from ..package import Chip, Package, Region, keys
from ..space import Room, standing
from ..space.molds import MAIN
from ..space.standing import tower
from ..units import Toleranced
from . import Unmeasured
from .by_block import missing_in_region
from .missing import NO_MOLD_CAP, missing_for_top

CLOSED_IN = "it is embedded in the carrier, as stated ('cavity'), where no encapsulant comes"


def bare_below(package: Package, chip: Chip) -> str:
    """What to say of a chip on the far side that no block of mold there reaches: no encapsulant comes to it; "" of others."""
    molded = package.mold is not None or package.is_bare_wafer_chip  # which has none, so that nobody need state one
    bare = chip.is_far and molded and not space.over_plan(package, chip.outline, far=True)
    return "it stands on the far side, as stated ('side'), where no block of mold reaches it" if bare else ""


class Cover(NamedTuple):
    """One cover: ``key`` is that of what is next above, ``over`` the chip that it is, None for mold; ``room`` is t2."""

    key: str
    over: Optional[Chip]
    room: Room

    @property
    def spot(self) -> str:
        """Where over the chip that is, for a note; "" where it is all of it, as usual."""
        if self.over is not None:
            return f" under {self.over.name}"
        return " at the slanted wall" if keys.last(self.key) == "draft" else ""


def covers(package: Package, chip: Chip) -> Iterator[Cover]:
    """t2 over a chip that nothing stands on, by what is next above: the mold, and each chip that hangs over it.

    Chips in one place are left out, for another rule tells of them; over one that the carrier closes in there is
    no t2, nor over a bare one on the far side. The mold is told unless all of the chip lies under others.
    """
    if chip.is_closed_in or bare_below(package, chip):
        return
    own = {one.key for one in tower(package, chip)}
    chips = {one.key: one for one in package.chips if one.key not in own}
    over = {slit.upper: slit.thickness for slit in space.over(package, chip.key)}
    hanging = {key: room for key, room in over.items() if key in chips and room is not None and (
        room.value.nominal > 0 if room.value is not None else set(chips[key].on) != set(chip.on))}
    if len(hanging) < len(over):
        no_mold = Cover(keys.CAP, None, space.mold_cap(package) - standing.top(package, chip))
        yield from mold_covers(package, chip) if package.mold is not None else (no_mold,)
    yield from (Cover(key, chips[key], room) for key, room in hanging.items())


def mold_covers(package: Package, chip: Chip) -> Iterator[Cover]:
    """t2 over a chip up to the mold alone, whatever hangs between."""
    top = standing.top(package, chip)
    yield from (Cover(key, None, height - top) for key, height in space.roofs(package, chip.outline, chip.is_far))


def cover_thickness(package: Package, chip: Chip) -> Optional[Toleranced]:
    """t2 over a chip that nothing stands on: mold cap less its top, worst case, of several caps the lowest; None where a
    thickness is not stated, and where no mold is over the chip. What a slanted wall leaves is told by ``mold_covers``."""
    top = standing.top(package, chip)
    found = [(space.LEVEL + block.height - top).value for block in space.over_plan(package, chip.outline, chip.is_far)]
    known = [value for value in found if value is not None]
    return min(known, key=lambda value: value.nominal) if known and len(known) == len(found) else None


def cover_key(package: Package, chip: Chip) -> str:
    """The key of the lowest of the caps over a chip."""
    found = [block for block in space.over_plan(package, chip.outline, chip.is_far) if block.cap is not None]
    return min(found, key=lambda block: block.cap.nominal if block.cap is not None else 0).cap_key if found else keys.CAP


def missing_for_cover(package: Package, chip: Chip) -> Unmeasured:
    """What to state so that t2 is known."""
    return missing_for_top(package, chip) if standing.top(package, chip).value is None else missing_cap(package, chip)


def missing_cap(package: Package, chip: Chip) -> Unmeasured:
    """That the cap of the mold over a chip is not stated."""
    over = space.over_plan(package, chip.outline, chip.is_far)
    return missing_cap_of(next((block.key for block in over if block.cap is None), MAIN))


def missing_cap_of(key: str) -> Unmeasured:
    """That the cap of the block with this key is not stated."""
    if key == MAIN:
        return NO_MOLD_CAP
    return missing_in_region(key, Region, "cap")
