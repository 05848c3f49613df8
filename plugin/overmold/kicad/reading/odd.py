"""Faults of single parts of a board as what a package may go on without, and back."""

from __future__ import annotations

from collections.abc import Sequence

from ...faults import Fault
from ...package import Odd, Place, keys
from ..names.fields import CARRIER, CHIP, FINGERS, LAND_PATTERN, PASSIVE, WIRES

OF_CARRIER = (keys.CARRIER, "mold", keys.BALLS, "singulation", "max_height")
NOTHING = "nothing"  # a fault that leaves nothing open: every part is there, with all that it states
# What is not known where a part of each kind cannot be read at all.
LOST: dict[str, tuple[str, ...]] = {
    CARRIER: OF_CARRIER, CHIP: (keys.CHIPS,), PASSIVE: (keys.PASSIVES,), FINGERS: (keys.FINGERS,), WIRES: (keys.WIRES,),
    LAND_PATTERN: (NOTHING,),
}
EVERYTHING = (*OF_CARRIER, keys.CHIPS, keys.PASSIVES, keys.WIRES)


def in_order(faults: Sequence[Fault]) -> list[Fault]:
    """As they stand in the file."""
    return sorted(faults, key=lambda fault: (fault.line, fault.column))


def odd_of(fault: Fault) -> Odd:
    """The same as something to go on without; a fault that does not say what is unknown leaves everything open."""
    place = Place(fault.part, fault.file, fault.line, fault.column, fault.uuid, fault.at)
    return Odd(place, fault.message, fault.unknown or EVERYTHING)


def fault_of(odd: Odd) -> Fault:
    """The same as a fault of the whole input."""
    place = odd.place
    return Fault(place.file, odd.message, place.line, place.column, place.text, uuid=place.uuid, at=place.at,
                 unknown=odd.unknown)
