"""Metal: one graph of what touches what, from the die to the ball.

Its nodes are pieces of metal (``pieces``): balls, leads, die attach pad, fingers, carrier pads, bond pads, bumps, terminals of
passives. Its edges are joints (``joints``): solder, wires, lands that overlap; and the carrier's copper as designed, which
joins lands of one net. Positions decide what touches, never names. A chip's own pads are ends; only a chip with pads on both
sides joins them through its silicon. ``walk`` says what hangs together; ``tables``, imported by those who ask for it, tells
it to bonders and testers.

It knows no heights: whether a wire has room, or a bump reaches down, is asked of the measures.
"""

from .joints import OWN_LAND, SOLDER, TOUCH, UNKNOWN, WIRE
from .pieces import (
    BALL,
    BOND_PAD,
    BUMP,
    CARRIER,
    CARRIER_PAD,
    DIE_PAD,
    FINGER,
    LEAD,
    NO_NET,
    ON_FRONT,
    TERMINAL,
    TOP_LAND,
    Pieces,
)
from .touching import NOTHING
from .walk import (
    Metal,
    half_joints,
    hanging,
    leading_on,
    metal_of,
    nets_apart,
    open_nets,
    untouched_pads,
)

__all__ = [
    "BALL",
    "BOND_PAD",
    "BUMP",
    "CARRIER",
    "CARRIER_PAD",
    "DIE_PAD",
    "FINGER",
    "LEAD",
    "NOTHING",
    "NO_NET",
    "ON_FRONT",
    "OWN_LAND",
    "SOLDER",
    "TERMINAL",
    "TOP_LAND",
    "TOUCH",
    "UNKNOWN",
    "WIRE",
    "Metal",
    "Pieces",
    "half_joints",
    "hanging",
    "leading_on",
    "metal_of",
    "nets_apart",
    "open_nets",
    "untouched_pads",
]
