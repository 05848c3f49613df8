"""How far apart the parts of one package may lie on a board: no farther than a package file can say."""

from __future__ import annotations

from ...faults import Fault
from ...package import Package, Place
from ...package.bounds import too_far
from .fields import Notes


def must_hang_together(package: Package, notes: Notes) -> None:
    """Note a fault for every part that reaches farther from the package's middle than any part of a package may.

    A board is 2147 mm to each side of its origin; what is on one carrier is much nearer to each other.
    """
    for key, message in too_far(package):
        place = package.places.get(key) or Place(key, notes.index.source, 1, 1)
        notes.faults.append(Fault(notes.index.source, message, place.line, place.column, place.text))
