"""Places and sizes as a part has them: about its own centre, before it is turned."""

from __future__ import annotations

from itertools import product
from typing import Optional

import numpy as np

from ..arrays import IntArray
from ..shapes import Outline, Point, rectangle, transform, untransform, untransform_all

_SLACK = 2  # nm: as much as a turned part's corners lose when they are rounded twice


def own_spot(spot: Point, at: Point, angle: int) -> Point:
    """A place of a part at ``at``, from the part's centre before it is turned.

    Turned by no right angle places are rounded: of those that are the same when they are placed again one is picked, the same
    one whenever it is asked for.
    """
    picked = _own_spot(spot, at, angle)
    return picked if angle % 90_000 == 0 else _own_spot(transform(picked, at, angle), at, angle)


def _own_spot(spot: Point, at: Point, angle: int) -> Point:
    x, y = untransform(spot, at, angle)
    if angle % 90_000 == 0 or transform((x, y), at, angle) == spot:
        return x, y
    beside = ((x + dx, y + dy) for dx, dy in product((-1, 0, 1), repeat=2))
    return next((near for near in beside if transform(near, at, angle) == spot), (x, y))


def own_spots(xy: IntArray, at: Point, angle: int) -> IntArray:
    """Many places of a part at once."""
    if angle % 90_000:
        return np.array([own_spot((x, y), at, angle) for x, y in xy.tolist()], np.int64).reshape(-1, 2)
    return untransform_all(xy, at, angle)


def own_size(outline: Outline, at: Point, angle: int) -> Optional[Point]:
    """Width and height of a part's outline that is a rectangle about its centre; None where it is none."""
    size = _own_size(outline, at, angle)
    # Turned and rounded it may read one nanometre off: then what that would read is taken, until nothing changes.
    for _ in range(4 if size is not None and angle % 90_000 else 0):
        assert size is not None
        again = _own_size(rectangle(at, size, angle), at, angle)
        if again is None or again == size:
            break
        size = again
    return size


def _own_size(outline: Outline, at: Point, angle: int) -> Optional[Point]:
    if len(outline.rings) != 1 or len(outline.rings[0]) != 4:
        return None
    spots = [untransform(spot, at, angle) for spot in outline.rings[0]]
    xs, ys = sorted(x for x, _ in spots), sorted(y for _, y in spots)
    wide, high = xs[-1] - xs[0], ys[-1] - ys[0]
    if angle % 90_000 == 0:
        return (wide, high) if _same(rectangle(at, (wide, high), angle), outline, 0) and wide and high else None
    found = [(wide + dx, high + dy) for dx in range(-2, 3) for dy in range(-2, 3) if wide + dx > 0 and high + dy > 0]
    fitting = [size for size in found if _same(rectangle(at, size, angle), outline, _SLACK)]
    return min(fitting, default=None, key=lambda size: (
        not _same(rectangle(at, size, angle), outline, 0), _roundness(size[0]) + _roundness(size[1]), size))


def _roundness(value: int) -> int:
    """How many digits it takes."""
    return len(str(value).rstrip("0"))


def _same(one: Outline, other: Outline, slack: int) -> bool:
    left = list(other.rings[0])
    for x, y in one.rings[0]:
        near = next((spot for spot in left if max(abs(spot[0] - x), abs(spot[1] - y)) <= slack), None)
        if near is None:
            return False
        left.remove(near)
    return True
