"""What may lie over what, side by side: the bodies of each side of the carrier, with heights from its surface there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from ..package import Chip, Package, keys
from ..package.watched import without_asking
from .bodies import parts
from .body import CHIP, Body
from .molds import Block, blocks, far_blocks
from .standing import bottom, top

if TYPE_CHECKING:
    from .slits import Slit


@dataclass(frozen=True, eq=False, repr=False)
class Scene:
    """What may lie over a face, with boxes (n, 4); these parts and the chips among them by key; on which chips a passive
    stands, both by key; the blocks of mold of its side; answers so far."""

    above: tuple[Body, ...]
    boxes: np.ndarray
    parts: Mapping[str, Body]
    chips: Mapping[str, Chip]
    stands: Mapping[str, frozenset[str]]
    blocks: tuple[Block, ...]
    answers: dict[str, tuple[Slit, ...]] = field(default_factory=dict)


@lru_cache(maxsize=4)
def scene_of(package: Package) -> Scene:
    """The chips and passives of the chip side."""
    passives = without_asking(package, "passives")
    below = {part.key for part in passives if part.is_far}
    stands = {part.key: frozenset(map(keys.chip, part.on)) for part in passives if part.on}
    closed = {part.key for part in (*package.chips, *passives) if part.is_closed_in}
    below |= {chip.key for chip in package.far_chips}
    standing = tuple(body for body in parts(package) if body.key not in below)
    above = tuple(body for body in standing if body.key not in closed)
    boxes = np.array([body.outline.box for body in above], np.int64).reshape(-1, 4)
    chips = {chip.key: chip for chip in package.near_chips}
    return Scene(above, boxes, {body.key: body for body in standing}, chips, stands, blocks(package))


@lru_cache(maxsize=4)
def far_scene(package: Package) -> Scene:
    """The chips of the far side, heights counted from the carrier's surface there."""
    chips = package.far_chips
    hanging = tuple(Body(CHIP, chip.key, chip.outline, bottom(package, chip), top(package, chip)) for chip in chips)
    boxes = np.array([body.outline.box for body in hanging], np.int64).reshape(-1, 4)
    by_key = {body.key: body for body in hanging}
    return Scene(hanging, boxes, by_key, {chip.key: chip for chip in chips}, {}, far_blocks(package))
