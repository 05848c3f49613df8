"""Where the bond fingers of a ring and of a row lie, whoever asks: the reader of a package file or its writer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from ..shapes import Point, transform


def ring_spots(size: Point, across: int, down: int, pitch: Optional[int]) -> Iterator[tuple[Point, int]]:
    """Place and angle of each finger on a rectangle about the origin: ``down`` at the left and right, ``across`` at top and
    bottom, counter-clockwise from the top of the left side; spread evenly where there is no ``pitch``."""
    width, height = size
    # Each side runs along the counting; turned by a quarter, the next begins.
    for length, off, count, angle in ((height, width, down, 90_000), (width, height, across, 180_000),
                                      (height, width, down, 270_000), (width, height, across, 0)):
        for i in range(count):
            along = pitch * (2 * i - count + 1) // 2 if pitch else length * (2 * i - count + 1) // (2 * count)
            # At 0 degrees: the top side, counted from right to left.
            yield transform((-along, -(off // 2)), (0, 0), angle), angle % 180_000


def row_spots(start: Point, end: Point, count: int) -> Iterator[Point]:
    """The places of ``count`` fingers from one end of a straight row to the other."""
    steps = max(count - 1, 1)
    for i in range(count):
        x, y = (round(a + (b - a) * i / steps) for a, b in zip(start, end))
        yield x, y
