"""Every body of a package once, and the gaps between them. Nothing else computes a height.

- ``sums``: heights as sums of named dimensions; rooms and ratios with exact corners, and the dimensions they lack.
- ``standing``: what stands on what, and at which height every chip begins and ends.
- ``window``: whether mask stands under a chip, and so its t1.
- ``molds``: the blocks of mold, their caps and slanted walls.
- ``body``, ``bodies``: carrier layers, lead frame metal, chips, die attach, passives, mold.
- ``crowds``: bumps and balls.
- ``wires``: the loops.
- ``scenes``: what may lie over what, of either side of the carrier.
- ``slits``: what really lies over every spot of a face, and the gaps with their thickness, outline and filling.
"""

from __future__ import annotations

from .bodies import above_mold, bodies, body_of, chip_body, die_pad, package_top, room_at
from .body import ATTACH, CAVITY, CHIP, LAYER, LID, METAL, MOLD, PASSIVE, UPPER, Body
from .crowds import BALLS, BUMPS, Crowd, crowds, upper_package
from .molds import Block, blocks, far_blocks, is_roof, mold_cap, over_plan, roofs, wall_over
from .slits import (
    BETWEEN,
    CARRIER,
    CONTACT,
    Slit,
    over,
    slits,
    under,
)
from .standing import (
    bottom,
    bump_length,
    chips_under,
    floor_of,
    joint,
    leaves,
    over_support,
    own_heights,
    standing_on,
    supports,
    top,
    tower,
    under_passive,
    uneven,
)
from .sums import LEVEL, Dimension, Height, Room, Sum, ratio
from .window import gaps, mask_left
from .wires import peak, wire_loops

__all__ = [
    "ATTACH", "BALLS", "BETWEEN", "BUMPS", "CARRIER", "CAVITY", "CHIP", "CONTACT", "LAYER", "LEVEL", "LID", "METAL",
    "MOLD", "PASSIVE", "UPPER", "Block", "Body", "Crowd", "Dimension", "Height", "Room", "Slit", "Sum", "above_mold",
    "blocks", "bodies", "body_of", "bottom", "bump_length", "chip_body", "chips_under", "crowds", "die_pad", "far_blocks",
    "floor_of", "gaps", "is_roof", "joint", "leaves", "mask_left", "mold_cap", "over", "over_plan", "over_support",
    "own_heights", "package_top", "peak", "ratio", "roofs", "room_at", "slits", "standing_on", "supports", "top", "tower",
    "under", "under_passive", "uneven", "upper_package", "wall_over", "wire_loops",
]
