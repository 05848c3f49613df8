"""One block of mold by itself: each has a cavity, a gate and vents of its own, and nothing of one runs into another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeVar

from ..faults import fail
from ..package import CHIP_SIDE, Chip, Package, Passive, keys
from ..package.words import FAR_SIDE
from ..shapes import overlap_area
from ..space import Block, blocks, far_blocks
from ..space.molds import MAIN

_Part = TypeVar("_Part", Chip, Passive)


def all_blocks(package: Package) -> tuple[Block, ...]:
    """Every block of mold, those on the far side last."""
    return (*blocks(package), *far_blocks(package))


def blocks_over_chips(package: Package) -> tuple[Block, ...]:
    """The blocks of either side over any of a chip there; of a package with one block on the chip side that one."""
    found = blocks(package)
    over = _over(found, package.near_chips) if len(found) > 1 else found if package.near_chips else ()
    return *over, *_over(far_blocks(package), package.far_chips)


def _over(found: Sequence[Block], chips: Sequence[Chip]) -> tuple[Block, ...]:
    return tuple(one for one in found if any(overlap_area(one.outline, chip.outline) for chip in chips))


def alone(package: Package, key: str) -> Package:
    """The package with the block of this key as its only mold; what is on the far side is turned up for a block there, and lies
    where it does seen from above, through the package. Raises Faults where there is no such block."""
    if package.mold is None:
        raise fail(package.source, "no mold is described, so there is nothing to fill; describe it under 'mold'")
    block = next((one for one in all_blocks(package) if one.key == key), None)
    if block is None:
        raise fail(package.source, f"there is no block of mold '{keys.last(key)}'")
    if block.key == MAIN:
        return replace(package, mold=replace(package.mold, regions=()))
    if block.key not in {one.key for one in far_blocks(package)}:
        return replace(package, mold=block.mold)
    carrier = package.carrier
    if carrier is not None:  # whose mask under the chips is the far one
        carrier = replace(carrier, frame=None, stackup=carrier.stackup[::-1])
    return replace(
        package, mold=block.mold, carrier=carrier, chips=tuple(map(_turned_up, package.far_chips)),
        passives=tuple(map(_turned_up, package.far_passives)), wires=(), balls=None, top_lands=None, lid=None, cavities=(),
        keep_outs=tuple(replace(one, side=CHIP_SIDE) for one in package.keep_outs if one.is_on(FAR_SIDE)))


def _turned_up(part: _Part) -> _Part:
    return replace(part, side="", on=(), cavity=None, cavity_room=0, cavity_top="", cavity_in="")


__all__ = ["all_blocks", "alone", "blocks_over_chips"]
