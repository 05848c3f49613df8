"""One block of mold by itself: each has a cavity, a gate and vents of its own, and nothing of one runs into another."""

from __future__ import annotations

from dataclasses import replace

from ..faults import fail
from ..package import CHIP_SIDE, Package, keys
from ..package.words import FAR_SIDE
from ..shapes import overlap_area
from ..space import Block, blocks, far_blocks
from ..space.molds import MAIN


def all_blocks(package: Package) -> tuple[Block, ...]:
    """Every block of mold, those on the far side last."""
    return (*blocks(package), *far_blocks(package))


def blocks_over_chips(package: Package) -> tuple[Block, ...]:
    """The blocks of the chip side over any of a chip; of a package with one block that one."""
    found = blocks(package)
    over = [one for one in found if any(overlap_area(one.outline, chip.outline) for chip in package.chips)]
    return tuple(over) if len(found) > 1 else found


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
    passives = tuple(replace(one, side="", on=(), cavity=None, cavity_room=0, cavity_top="") for one in package.far_passives)
    return replace(
        package, mold=block.mold, carrier=replace(carrier, frame=None) if carrier is not None else None, chips=(),
        passives=passives, wires=(), balls=None, top_lands=None, lid=None,
        keep_outs=tuple(replace(one, side=CHIP_SIDE) for one in package.keep_outs if one.is_on(FAR_SIDE)))


__all__ = ["all_blocks", "alone", "blocks_over_chips"]
