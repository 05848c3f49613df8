"""How far apart the parts of one package may lie on a board: no farther than a package file can say."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from ...faults import Fault
from ...package import Package, Place, keys
from ...package.bounds import too_far
from .fields import Notes


def within_reach(package: Package, notes: Notes) -> Package:
    """The package without the parts of which ``must_hang_together`` notes a fault."""
    far = must_hang_together(package, notes)
    kinds = {keys.split(key)[0] for key in far}
    if not far:
        return package
    left: dict[str, Any] = {
        name: tuple(one for one in getattr(package, name)
                    if not any(key == one.key or keys.is_within(key, one.key) for key in far))
        for name in (keys.CHIPS, keys.PASSIVES, keys.WIRES)}
    left.update({name: None for name in (keys.CARRIER, "mold", keys.BALLS) if name in kinds})
    return replace(package, **left)


def must_hang_together(package: Package, notes: Notes) -> list[str]:
    """Note a fault for every part that reaches farther from the package's middle than any part of a package may.

    A board is 2147 mm to each side of its origin; what is on one carrier is much nearer to each other. The keys of those parts.
    """
    far = list(too_far(package))
    for key, message in far:
        place = package.places.get(key) or Place(key, notes.index.source, 1, 1)
        notes.faults.append(Fault(notes.index.source, message, place.line, place.column, place.text, uuid=place.uuid,
                                  at=place.at, unknown=keys.split(key)[:1]))
    return [key for key, _ in far]
