"""Which outlines touch: one piece of metal, however many outlines it is drawn with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from ..shapes import ROUNDING, Outline, distance

_CHUNK = 512  # outlines at a time: of a few thousand a table of all pairs would take a gigabyte


def nearest_first(outlines: Sequence[Outline]) -> Iterator[tuple[int, int, int]]:
    """Pairs (i < j) of outlines with the distance of the boxes around them, nearest first."""
    boxes = np.array([one.box for one in outlines], np.int64).reshape(-1, 4)
    found = []
    for start in range(0, len(boxes), _CHUNK):
        mine = boxes[start:start + _CHUNK, None]
        apart = np.maximum(np.maximum(mine[..., 0], boxes[:, 0]) - np.minimum(mine[..., 2], boxes[:, 2]), 0)
        down = np.maximum(np.maximum(mine[..., 1], boxes[:, 1]) - np.minimum(mine[..., 3], boxes[:, 3]), 0)
        i, j = np.nonzero(np.arange(start, start + len(mine))[:, None] < np.arange(len(boxes)))
        found.append(np.stack((i + start, j, np.hypot(apart[i, j], down[i, j]).astype(np.int64)), axis=1))
    pairs = np.concatenate(found) if found else np.zeros((0, 3), np.int64)
    for i, j, apart_by in pairs[np.argsort(pairs[:, 2], kind="stable")].tolist():
        yield i, j, apart_by


def touching(outlines: Sequence[Outline]) -> Iterator[tuple[int, int]]:
    """Pairs (i < j) of outlines that touch or overlap, rounding aside."""
    for i, j, apart in nearest_first(outlines):
        if apart > ROUNDING:
            return
        if distance(outlines[i], outlines[j]) <= ROUNDING:
            yield i, j


def groups(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """The sets of two or more that pairs make, each in order, by their first."""
    root = list(range(count))

    def top(one: int) -> int:
        while root[one] != one:
            one = root[one]
        return one

    for i, j in pairs:
        a, b = sorted((top(i), top(j)))
        root[b] = a
    found: dict[int, list[int]] = {}
    for one in range(count):
        found.setdefault(top(one), []).append(one)
    return [some for some in found.values() if len(some) > 1]
