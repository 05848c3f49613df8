"""How far apart the parts of one package may lie: as far as a package file can say, and as squares of distances are exact."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import numpy as np

from ...arrays import Sites
from ...faults import Fault
from ...package import Package, Place
from ...shapes import Point
from ...units import LENGTH, show
from .fields import Notes


def must_hang_together(package: Package, notes: Notes) -> None:
    """Note a fault for every part that reaches farther from the package's middle than a length can be.

    A board is 2147 mm to each side of its origin; what is on one carrier is much nearer to each other.
    """
    x, y = _middle(package)
    for key, points in _points(package):
        far = np.abs(points - (x, y)).max(axis=0, initial=0).max()
        if far > LENGTH.largest:
            place = package.places.get(key) or Place(key, notes.index.source, 1, 1)
            message = f"this reaches farther than {show(LENGTH.largest, LENGTH)} from the middle of the package; move it nearer"
            notes.faults.append(Fault(notes.index.source, message, place.line, place.column, place.text))


def _middle(package: Package) -> Point:
    """Where a package file has its origin."""
    if package.carrier is not None:
        return package.carrier.outline.centre
    if package.chips:
        return package.chips[0].at
    points = [points for _, points in _points(package) if len(points)]
    both = np.concatenate(points) if points else np.zeros((1, 2), np.int64)
    x, y = ((both.min(axis=0) + both.max(axis=0)) // 2).tolist()
    return x, y


def _points(package: Package) -> Iterator[tuple[str, np.ndarray[tuple[int, ...], np.dtype[np.int64]]]]:
    """Everything of a package by its key, as points (n, 2)."""
    carrier, mold = package.carrier, package.mold
    outlines = [(chip.key, chip.outline) for chip in package.chips] + [(one.key, one.outline) for one in package.passives]
    if carrier is not None:
        outlines += [("carrier", carrier.outline), *((finger.key, finger.outline) for finger in carrier.fingers)]
        outlines += [("carrier.frame", lead.outline) for lead in carrier.frame.leads] if carrier.frame else []
    if mold is not None:
        outlines += [("mold", mold.outline), *([("mold.area", mold.area)] if mold.area else [])]
    for key, outline in outlines:
        yield key, np.array(list(chain(*outline.rings)), np.int64)
    for key, sites in _sites(package):
        yield key, sites.xy
    for wire in package.wires:
        yield wire.key, np.array((wire.from_at, wire.to_at), np.int64)


def _sites(package: Package) -> Iterator[tuple[str, Sites]]:
    for chip in package.chips:
        if chip.bumps is not None:
            yield f"{chip.key}.bumps", chip.bumps.sites
        if chip.pads is not None:
            yield f"{chip.key}.pads", chip.pads.sites
    if package.balls is not None:
        yield "balls", package.balls.sites
