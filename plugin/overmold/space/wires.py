"""Wires in space: the loop of each, swept by its diameter, and the chips that its ends stand on."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple, Optional

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..geometry.loops import loops
from ..geometry.loops.shape import FloatArray
from ..package import Package, keys
from ..units import Toleranced
from .standing import top
from .sums import LEVEL, Height, one

_GROUND = Toleranced(0)


class WireLoops(NamedTuple):
    """The wires of a package in its order: plan ``start`` and ``end`` (n, 2) and ``diameters`` (n) in nm.

    ``based`` (n, 2) numbers the chip under each end in the package's order, -1 for the carrier. ``loops`` are the corners
    (n, 4, 3) of the middle line at nominal heights, ``lowest`` and ``highest`` those at the corners of the loop height; they
    mean something where ``known``. ``levels`` is the height of each chip's upper side by number, the carrier's last.
    """

    start: IntArray
    end: IntArray
    diameters: IntArray
    based: IntArray
    loops: FloatArray
    lowest: FloatArray
    highest: FloatArray
    known: NDArray[np.bool_]
    levels: tuple[Height, ...]

    def base(self, i: int, end: int = 0) -> Height:
        """The height of what the start (0) or end (1) of a wire stands on."""
        return self.levels[int(self.based[i, end])]


@lru_cache(maxsize=2)
def wire_loops(package: Package) -> WireLoops:
    """All wires as arrays. An end that names no pad of a chip lies on the carrier."""
    wires, chip_of = package.wires, _chips_of_pads(package)
    based = np.array([(chip_of.get(wire.start, -1), chip_of.get(wire.end, -1)) for wire in wires], np.int64).reshape(-1, 2)
    levels = (*(top(package, chip) for chip in package.chips), LEVEL)
    stated = [height.value for height in levels]
    z = np.array([(value or _GROUND).nominal for value in stated], np.int64)
    start = np.array([wire.from_at for wire in wires], np.int64).reshape(-1, 2)
    end = np.array([wire.to_at for wire in wires], np.int64).reshape(-1, 2)
    rises: list[Optional[Toleranced]] = [wire.loop_height for wire in wires]
    heights = np.array([(one.nominal, one.low, one.high) for one in (rise or _GROUND for rise in rises)],
                       np.int64).reshape(-1, 3)
    profiles = [wire.profile for wire in wires]
    shapes = [loops(start, end, z[based[:, 0]], z[based[:, 1]], heights[:, k], profiles) for k in range(3)]
    firm = np.array([value is not None for value in stated], bool)
    known = firm[based].all(axis=1) & np.array([rise is not None for rise in rises], bool)
    diameters = np.array([wire.diameter for wire in wires], np.int64)
    return WireLoops(start=start, end=end, diameters=diameters, based=based, loops=shapes[0], lowest=shapes[1],
                     highest=shapes[2], known=known, levels=levels)


def peak(package: Package, number: int) -> Height:
    """The highest point of a wire's middle line, above its start; an end that stands higher is not counted."""
    wire = package.wires[number]
    return wire_loops(package).base(number) + one(keys.within(wire.key, "loop_height"), wire.loop_height)


def _chips_of_pads(package: Package) -> Mapping[str, int]:
    """The number of the chip by the name of each of its bond pads (U1.7); a finger of that name comes first."""
    found = {f"{chip.name}.{name}": i for i, chip in enumerate(package.chips) if chip.pads is not None
             for name in chip.pads.sites.names}
    for finger in package.carrier.fingers if package.carrier is not None else ():
        found.pop(finger.name, None)
    return found
