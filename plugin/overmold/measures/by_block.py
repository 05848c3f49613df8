"""What the block of mold over a part is made of and how, where there are several: its filler, its process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from operator import attrgetter
from typing import Any, Optional, Union

from .. import space
from ..package import Chip, Mold, Package, Passive, Process, Region, keys
from ..package.datum import data_of
from ..package.regions import field_of_region
from ..shapes import Outline, overlap_area
from ..space import Block
from ..space.molds import MAIN
from ..units import TEMPERATURE, Toleranced, show
from . import Unmeasured
from .missing import not_stated

FILLER, METHOD, PRESSURE, PACKING, HEAT = (
    "filler", "process.method", "process.pressure", "process.packing", "process.temperature")

Heat = tuple[str, Toleranced, int, str]


def stated(block: Block, attribute: str) -> Any:
    """What is stated of a block, or of the first where it has it of that; ``attribute`` as ``filler``, ``process.pressure``."""
    return attrgetter(attribute)(block.mold)


def over(package: Package, outline: Outline) -> tuple[Block, ...]:
    """The blocks of the chip side over any of a plan; of a package with one block that one, wherever it stands."""
    return space.over_plan(package, outline)


def over_chip(package: Package, chip: Chip) -> tuple[Block, ...]:
    """The blocks over a chip, of the far side those that it hangs in."""
    return space.over_plan(package, chip.outline, chip.is_far)


def distinct(blocks: Iterable[Block], *attributes: str) -> Iterator[Block]:
    """One of all blocks that have these data of one place: what several take over of the first is told once."""
    seen: set[tuple[str, ...]] = set()
    for block in blocks:
        where = tuple(map(block.where, attributes))
        if where not in seen:
            seen.add(where)
            yield block


def all_of(package: Package) -> tuple[Block, ...]:
    """Every block, on either side of the carrier."""
    return *space.blocks(package), *space.far_blocks(package)


def named(block: Block, attribute: str) -> str:
    """For a note: which block has this datum of its own, "" where it is the first's."""
    return f"{block.name}: " if block.where(attribute).startswith(f"{keys.REGIONS}.") else ""


def missing(block: Block, attribute: str) -> Unmeasured:
    """That a datum of a block is not stated, and where to state it."""
    where, short = block.where(attribute), keys.last(attribute)
    part = Process if attribute != short else Mold
    if not keys.is_within(where, keys.REGIONS):
        return not_stated(part, short, keys.around(where))
    return missing_in_region(block.key, Process if part is Process else Region, short)


def missing_in_region(key: str, part: type, attribute: str) -> Unmeasured:
    """That a datum of the further block of this key, or of its process, is not stated."""
    name, one = keys.last(key), data_of(part)[attribute]
    path = attribute if part is Region else f"process: {attribute}"
    says = one.label.split(" ", 1)[1] if one.label.startswith("Region ") else one.in_sentence
    where = keys.within(key, attribute) if part is Region else keys.within(key, "process", attribute)
    return Unmeasured((where,), f"the {says} of mold {name} is not stated ('{path}' of its entry of 'regions' in the package "
                      f"file, field '{field_of_region(one, name)}' on the board)")


def around_gaps(package: Package) -> tuple[Block, ...]:
    """The blocks over chips that have a gap to fill, or may have one, of either side; the first where none is."""
    gaps = [chip for chip in package.chips if not (chip.has_attach or chip.touches)]
    over_any = [block for far, found in ((False, space.blocks(package)), (True, space.far_blocks(package))) for block in found
                if any(chip.is_far == far and overlap_area(block.outline, chip.outline) for chip in gaps)]
    return tuple(over_any) or space.blocks(package)[:1]


def heats(package: Package, part: Union[Chip, Passive]) -> Iterator[Union[Heat, Unmeasured]]:
    """The temperature of every block that a part lies in: its key, the temperature, how hot the part may get, which is more
    where another block is molded hotter, and a note that says so.

    The whole carrier lies in the tool, so that a block beside heats what is there already; in which order parts are mounted and
    blocks molded nobody states.
    """
    own = list(space.over_plan(package, part.outline, part.is_far))
    every = list(distinct(all_of(package), HEAT))
    bare = not own and isinstance(part, Chip)
    if not own and (bare or not part.is_far):
        own = list(space.blocks(package))  # bare, and still in the tool
    hottest = max((one for one in every if stated(one, HEAT) is not None), key=lambda one: stated(one, HEAT).high, default=None)
    told = {block.where(HEAT) for block in own}
    for block in distinct(own, HEAT):
        heat: Optional[Toleranced] = stated(block, HEAT)
        if heat is None:
            yield missing(block, HEAT)
            continue
        more = hottest is not None and stated(hottest, HEAT).high > heat.high and hottest.where(HEAT) not in told
        high = stated(hottest, HEAT).high if hottest is not None and more else heat.high
        said = (f"; {hottest.name if hottest.key != MAIN else 'the first block of mold'} is made at {show(high, TEMPERATURE)}, "
                "which it sees as well unless it is mounted later") if hottest is not None and more else ""
        if bare and part.is_far:
            said = said or "; it is bare on the far side, and sees that unless it is mounted later"
        yield block.where(HEAT), heat, high, said
    if own:
        yield from (missing(block, HEAT) for block in every if stated(block, HEAT) is None and block.where(HEAT) not in told)
