"""The carrier's pads under oblong bumps."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..arrays import IntArray
from ..geometry.oblongs import Oblongs
from ..package import Chip
from . import BACK_COPPER, BACK_MASK, FRONT_COPPER, FRONT_MASK, OVAL, Pads


def oblong_pads(chip: Chip, lands: Oblongs, openings: IntArray, xy: IntArray, rows: IntArray) -> Iterator[Pads]:
    """Those of some ``rows``, one group for each size, opening and turn; ``xy`` as they lie about the chip's middle before it
    is turned."""
    bumps, layers = chip.bumps, (BACK_COPPER, BACK_MASK) if chip.is_far else (FRONT_COPPER, FRONT_MASK)
    assert bumps is not None
    kinds = np.stack((lands.length, lands.width, openings, (lands.angle - chip.angle) % 360_000), axis=1)
    for kind in dict.fromkeys(map(tuple, kinds[rows].tolist())):
        alike = rows[(kinds[rows] == kind).all(axis=1)]
        length, width, opening, turn = kind
        own = alike.tolist()
        yield Pads(names=tuple(bumps.sites.names[i] for i in own), nets=tuple(bumps.nets[i] for i in own), xy=xy[alike],
                   shape=OVAL, size=(length, width), layers=layers,
                   margin=(opening - length) // 2 if opening else None, is_ball=True, angle=turn)
