"""Every body of a package once, and the gaps between them. Nothing else computes a height.

- ``sums``: heights as sums of named dimensions; rooms and ratios with exact corners, and the dimensions they lack.
- ``standing``: what stands on what, and at which height every chip begins and ends.
- ``window``: whether mask stands under a chip, and so its t1.
- ``bodies``: carrier layers, lead frame metal, chips, die attach, passives, mold; bumps and balls as crowds.
- ``wires``: the loops.
- ``slits``: what really lies over every spot of a face, and the gaps with their thickness, outline and filling.
"""

from __future__ import annotations

from .bodies import (
    ATTACH,
    BALLS,
    BUMPS,
    CHIP,
    LAYER,
    LID,
    METAL,
    MOLD,
    PASSIVE,
    Body,
    Crowd,
    bodies,
    body_of,
    crowds,
    die_pad,
    mold_cap,
    package_top,
)
from .slits import (
    ATTACHED,
    BETWEEN,
    CAP,
    CARRIER,
    CONTACT,
    ENCAPSULANT,
    NOTHING_IN_IT,
    UNDERFILL,
    UNKNOWN,
    Slit,
    over,
    over_spot,
    slits,
    under,
)
from .standing import bottom, floor_of, foundation, joint, leaves, standing_on, supports, top, tower, under_passive
from .sums import Dimension, Height, Ratio, Room, Sum, ratio
from .window import gaps, mask_left
from .wires import WireLoops, peak, wire_loops

__all__ = [
    "ATTACH", "ATTACHED", "BALLS", "BETWEEN", "BUMPS", "CAP", "CARRIER", "CHIP", "CONTACT", "ENCAPSULANT", "LAYER",
    "LID", "METAL", "MOLD", "NOTHING_IN_IT", "PASSIVE", "UNDERFILL", "UNKNOWN", "Body", "Crowd", "Dimension", "Height",
    "Ratio", "Room", "Slit", "Sum", "WireLoops", "bodies", "body_of", "bottom", "crowds", "die_pad", "floor_of", "foundation",
    "gaps", "joint", "leaves", "mask_left", "mold_cap", "over", "over_spot", "package_top", "peak", "ratio", "slits",
    "standing_on", "supports", "top", "tower", "under", "under_passive", "wire_loops",
]
