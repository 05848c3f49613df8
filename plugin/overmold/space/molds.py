"""The blocks of mold: where each stands on the carrier, how high it is, and how its walls slant.

A wall that slants by a draft angle stands on the outline on the carrier; at a height h the block is narrower by h · tan(draft)
on every side, up to its top. Over a chip near such a wall there is less mold than at the cap.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, Optional, Union

from ..geometry.taper import pulled_in
from ..package import Mold, Package, Region, keys
from ..package.mold import STEEPEST
from ..package.regions import taken_over, whole
from ..shapes import Outline, margin_inside, overlap_area
from ..units import Toleranced
from .body import MOLD, Body
from .sums import LEVEL, Height, Sum, highest, one

MAIN, FILLED = "mold", "encapsulant"
SLABS = 6


class Block(NamedTuple):
    """One block of mold: ``part`` says where it stands and how high it is, and is asked only for what is wanted of it; ``key``
    is the part's, ``cap_key`` that of its cap. ``mold`` has its compound and its process, of which it has those in ``shared``
    from the first block."""

    key: str
    part: Union[Mold, Region]
    mold: Mold
    shared: frozenset[str] = frozenset()

    @property
    def outline(self) -> Outline:
        """The one on the carrier."""
        return self.part.outline

    @property
    def cap(self) -> Optional[Toleranced]:
        """Its height from the carrier."""
        return self.part.cap

    @property
    def draft(self) -> int:
        """How far its walls lean inwards, in thousandths of a degree."""
        return self.part.draft

    def where(self, attribute: str) -> str:
        """The key of one of its data, as ``filler`` or ``process.pressure``: the first block's, where it has it of that."""
        return keys.within(MAIN if attribute in self.shared else self.key, attribute)

    @property
    def name(self) -> str:
        """What people call it, as part of a sentence: "mold" of the first, else "mold RF"."""
        return MAIN if self.key == MAIN else f"{MAIN} {keys.last(self.key)}"

    @property
    def cap_key(self) -> str:
        """The key of its cap, which is as well what a slit under it names."""
        return keys.within(self.key, "cap")

    @property
    def draft_key(self) -> str:
        """The key of its draft, which stands for its walls."""
        return keys.within(self.key, "draft")

    @property
    def height(self) -> Sum:
        """The cap as a dimension."""
        return one(self.cap_key, self.cap)

    @property
    def slope(self) -> float:
        """How far a wall leans inwards, a unit of height."""
        return math.tan(math.radians(min(self.draft, STEEPEST) / 1000))

    def at(self, height: int) -> Optional[Outline]:
        """Its outline at a height above the carrier, in nm; None where nothing of it is left there."""
        return _at(self.outline, math.ceil(max(height, 0) * self.slope))


@lru_cache(maxsize=64)
def _at(outline: Outline, by: int) -> Optional[Outline]:
    return pulled_in(outline, by)


def blocks(package: Package) -> tuple[Block, ...]:
    """All blocks on the chip side, the first of the package first; none of a package without mold."""
    mold = package.mold
    if mold is None:
        return ()
    return (Block(MAIN, mold, mold), *(_block(mold, one) for one in mold.regions if not one.is_far))


def far_blocks(package: Package) -> tuple[Block, ...]:
    """All blocks on the far side, whose heights run down from the carrier's underside."""
    mold = package.mold
    return tuple(_block(mold, one) for one in mold.regions if one.is_far) if mold is not None else ()


def _block(mold: Mold, region: Region) -> Block:
    return Block(region.key, region, whole(mold, region), taken_over(mold, region))


def is_roof(key: str) -> bool:
    """Whether a key names the top of a block of mold, or a wall of it."""
    return keys.is_within(key, MAIN) and keys.last(key) in ("cap", "draft")


def mold_cap(package: Package) -> Height:
    """Height of the mold's top, the highest where there are several."""
    found = [LEVEL + block.height for block in blocks(package)]
    return highest(found) if found else LEVEL + one(keys.CAP, None)


def over_plan(package: Package, outline: Outline, far: bool = False) -> tuple[Block, ...]:
    """The blocks that stand over any of a plan; those of the ``far`` side where that is asked for."""
    found = blocks(package)
    if far:
        return tuple(block for block in far_blocks(package) if overlap_area(block.outline, outline))
    return found if len(found) < 2 else tuple(block for block in found if overlap_area(block.outline, outline))


def roofs(package: Package, outline: Outline, far: bool = False) -> Iterator[tuple[str, Height]]:
    """What of the mold lies over a plan, with its height: the cap of every block over it, and a slanted wall where that is
    lower over any of the plan than the cap may be. Of the ``far`` side heights count down from the carrier's surface there."""
    for block in over_plan(package, outline, far):
        yield block.cap_key, LEVEL + block.height
        wall = wall_over(block, outline)
        if wall is not None:
            yield block.draft_key, LEVEL + one(block.draft_key, Toleranced(wall))


def wall_over(block: Block, outline: Outline) -> Optional[int]:
    """The least height of a slanted wall over a plan, in nm; None where the walls are upright, lean over none of it, or nobody
    has stated how high they are."""
    if not block.draft or block.cap is None or _holds(block, outline, block.cap.high):
        return None
    low, high = 0, block.cap.high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if _holds(block, outline, middle) else (low, middle)
    return low


def mold_bodies(block: Block, floor: Height) -> Iterator[Body]:
    """A block of mold from ``floor``, which lies below the surface where mold stands between leads: there its walls are
    upright."""
    over = LEVEL + block.height
    narrow = block.at(block.cap.nominal) if block.draft and block.cap is not None else None
    if narrow is None:
        yield Body(MOLD, block.key, block.outline, floor, over, material=FILLED)
        return
    if floor != LEVEL:
        yield Body(MOLD, block.key, block.outline, floor, LEVEL, material=FILLED)
    yield Body(MOLD, block.key, block.outline, LEVEL, over, material=FILLED, at_top=narrow)


def far_mold(block: Block, ceiling: Height) -> Body:
    """A block of mold that hangs from ``ceiling``, the carrier's underside."""
    narrow = block.at(block.cap.nominal) if block.draft and block.cap is not None else None
    low = Height(tuple(each - block.height for each in ceiling.sums))
    return Body(MOLD, block.key, block.outline, low, ceiling, material=FILLED, at_bottom=narrow)


def slabs(body: Body) -> Iterator[Body]:
    """A body as such with upright walls: itself, or where its walls slant a few lying on each other, each as wide as the body
    in its middle; for who can draw no other."""
    low, high = body.bottom.value, body.top.value
    narrow = body.at_top or body.at_bottom
    if narrow is None or low is None or high is None:
        yield body
        return
    inset = max(abs(a - b) for ring, other in zip(body.outline.rings, narrow.rings)
                for one, two in zip(ring, other) for a, b in zip(one, two))
    key, tall = keys.within(body.key, "slabs"), high.nominal - low.nominal
    for i in range(SLABS):
        far = 2 * (i if body.at_top is not None else SLABS - 1 - i) + 1
        outline = pulled_in(body.outline, inset * far // (2 * SLABS)) or narrow
        lower, upper = (LEVEL + one(key, Toleranced(low.nominal + tall * k // SLABS)) for k in (i, i + 1))
        yield body._replace(outline=outline, bottom=lower, top=upper, at_top=None, at_bottom=None)


def _holds(block: Block, outline: Outline, height: int) -> bool:
    """Whether a plan lies inside of the block at a height."""
    around = block.at(height)
    return around is not None and margin_inside(outline, around) >= 0


__all__ = ["MAIN", "Block", "blocks", "far_blocks", "is_roof", "mold_bodies", "mold_cap", "over_plan", "roofs", "slabs",
           "wall_over"]
