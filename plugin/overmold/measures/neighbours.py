"""Parts beside each other: which of them are nearer than a rule asks, without looking at every two of them."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Callable, Optional, Protocol, TypeVar, Union

import numpy as np

from ..arrays import IntArray
from ..package import Chip, Finger, Passive
from ..shapes import Outline, distance
from . import Measured, exact

_FARTHEST = 3_000_000_000  # no two parts are farther apart, and its square is still an int64
Neighbour = Union[Chip, Passive, Finger]


class Flat(Protocol):
    """Whatever covers a piece of the plane."""

    @property
    def outline(self) -> Outline: ...


F = TypeVar("F", bound=Flat)
G = TypeVar("G", bound=Flat)


def distances_between(ones: Sequence[Neighbour], others: Optional[Sequence[Neighbour]], horizon: int,
                      beside: Callable[[Neighbour, Neighbour], bool] = lambda one, other: True) -> Measured:
    """Distances in plan of every two parts (of ``ones``, or one of each), as ``nearest_of`` gives them."""
    for one, other, apart in nearest_of(ones, ones if others is None else others, horizon, beside):
        yield exact((one.key, other.key), apart, one.at, f"{one.name} to {other.name}")


def nearest_of(ones: Sequence[F], others: Sequence[G], horizon: int, beside: Callable[[F, G], bool] = lambda one, other: True
               ) -> Iterator[tuple[F, G, int]]:
    """Every two, one of ``ones`` and one of ``others`` (the same sequence: each two of it once), with their distance in plan
    in nm, 0 where they touch or overlap: those below ``horizon`` nm, and where there are none the nearest.

    Two that are not ``beside`` each other, but one over the other, are left out.
    """
    if len(ones) < (2 if ones is others else 1) or not others:
        return
    near = [found for found in _measured(ones, others, horizon) if beside(found[0], found[1])]
    if not any(apart < horizon for _, _, apart in near):
        # No two are nearer than their boxes, so the nearest two are among those whose boxes are no farther apart.
        reach = min(int(gaps.min()) for _, gaps in _box_gaps(ones, others) if len(gaps))
        guess = min(apart for _, _, apart in _measured(ones, others, math.isqrt(reach) + 1))
        guess += 1
        nearest: list[tuple[F, G, int]] = []
        while not nearest and guess < _FARTHEST:
            nearest = [found for found in _measured(ones, others, guess) if beside(found[0], found[1])]
            # Where the nearest lie over each other, they are looked for farther away, and at last as far as one was found.
            wanted = min((apart for _, _, apart in nearest), default=-1) + 1
            if wanted > guess:
                guess, nearest = wanted, []
            elif not nearest:
                guess = max(4 * guess, 100_000)
        near = [min(nearest, key=lambda found: found[2])] if nearest else []
    yield from (found for found in near if found[2] < horizon or len(near) == 1)


def touching(chips: Sequence[Chip]) -> Iterator[tuple[Chip, Chip]]:
    """Every two chips whose enclosing boxes touch or overlap."""
    for i, gaps in _box_gaps(chips, chips) if chips else ():
        for j in np.flatnonzero(gaps == 0).tolist():
            yield chips[i], chips[i + 1 + j]


def _measured(ones: Sequence[F], others: Sequence[G], reach: int) -> Iterator[tuple[F, G, int]]:
    """Those whose enclosing boxes are less than ``reach`` apart, with their distance."""
    for i, gaps in _box_gaps(ones, others):
        start = i + 1 if ones is others else 0
        for j in np.flatnonzero(gaps < reach * reach).tolist():
            yield ones[i], others[start + j], distance(ones[i].outline, others[start + j].outline)


def _box_gaps(ones: Sequence[Flat], others: Sequence[Flat]) -> Iterator[tuple[int, IntArray]]:
    """For each of ``ones`` the squared distance of its box from those of ``others`` (of the same, from those after it)."""
    boxes = np.array([part.outline.box for part in ones], np.int64)
    seconds = np.array([part.outline.box for part in others], np.int64)
    for i, (left, top, right, bottom) in enumerate(boxes):
        rest = seconds[i + 1:] if ones is others else seconds
        across = np.maximum(np.maximum(rest[:, 0] - right, left - rest[:, 2]), 0)
        down = np.maximum(np.maximum(rest[:, 1] - bottom, top - rest[:, 3]), 0)
        yield i, across * across + down * down
