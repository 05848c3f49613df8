"""One rule along one dimension: where it keeps, where it breaks, where there is nothing to judge; every end to the nanometre.

The check itself says what holds at a value. It is asked at values all along, at those where two heights that the dimension is
part of pass each other, and, where its margin falls and rises again between two of these, towards the turn: a margin is made of
quotients of sums, so there is no other way for an end to hide. Between two values with different answers the end is halved out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import count
from typing import Optional

from .. import space
from ..package import Package
from ..space import Sum
from ..units import Number

KEEPS, BREAKS, NOTHING = "keeps", "breaks", "nothing to judge"
_MOST_SEEDS = 400
_TURNS = 40  # steps towards one turn of a margin: each halves what is left or better


@dataclass(frozen=True)
class Answer:
    """What holds at one value; ``margin`` is that of the reading with the least, None without readings."""

    state: str
    margin: Optional[Number] = None


@dataclass(frozen=True)
class Span:
    """All whole values from ``low`` to ``high``, both of them in it."""

    low: int
    high: int
    state: str


Ask = Callable[[int], Answer]


def spans(ask: Ask, low: int, high: int, seeds: Iterable[int] = (), cells: int = 48) -> tuple[Span, ...]:
    """The values from ``low`` to ``high`` in spans of one state; ``seeds`` are values at which to look, ``cells`` how
    many parts are looked at."""
    known: dict[int, Answer] = {}

    def at(value: int) -> Answer:
        if value not in known:
            known[value] = ask(value)
        return known[value]

    step = max(1, (high - low) // cells)
    looked = sorted({low, high, *range(low, high, step), *(one for one in seeds if low <= one <= high)})
    for one, other in zip(looked, looked[1:]):
        _look(at, one, other)
    ordered = sorted(known)
    ends = [one for one, other in zip(ordered, ordered[1:]) if known[one].state != known[other].state]
    starts = [low, *(end + 1 for end in ends)]
    return tuple(Span(start, end, at(start).state) for start, end in zip(starts, [*ends, high]))


def _look(at: Ask, low: int, high: int) -> None:
    """Find every end between two values; what was asked is remembered by ``at``."""
    if at(low).state != at(high).state:
        end = _end(at, low, high)
        _look(at, low, end)
        _look(at, end + 1, high)
        return
    found = _turn(at, low, high)
    if found is not None:
        _look(at, low, found)
        _look(at, found, high)


def _end(at: Ask, low: int, high: int) -> int:
    """The last value with the state of the lower of two values, before one with another."""
    first = at(low).state
    for tries in count():
        if high - low <= 1:
            break
        middle = _guess(at, low, high, tries)
        if at(middle).state == first:
            low = middle
        else:
            high = middle
    return low


def _guess(at: Ask, left: int, right: int, tries: int) -> int:
    """Where to look for an end between two values: in turns where the margin would be nothing if it were straight, right beside
    what was looked at last, and in the middle, so that the worst case is a halving."""
    one, other = at(left).margin, at(right).margin
    middle = (left + right) // 2
    if not one or not other or (one < 0) == (other < 0) or tries % 3 == 2:
        return middle  # of yes and no there is no way between
    if tries % 3 == 0:
        middle = left + int(one * (right - left) / (one - other))
    else:
        middle = left + 1 if (one + other > 0) == (one < 0) else right - 1
    return min(max(middle, left + 1), right - 1)


def _turn(at: Ask, low: int, high: int) -> Optional[int]:
    """A value of another state between two of one, where the margin turns on its way; None where it does not get so far."""
    state = at(low).state
    sign = 1 if state == BREAKS else -1  # beyond its limits, it is the highest margin that could keep; else the lowest
    for _ in range(_TURNS):
        if high - low < 3:
            break
        rise = _slope(at, low, state)
        fall = _slope(at, high - 1, state) if rise is not None and sign * rise > 0 else None
        if rise is None or fall is None or sign * fall >= 0:
            break
        apart = (at(high).margin or 0) - (at(low).margin or 0)
        # Where the two tangents meet.
        middle = min(max(low + int((apart - fall * (high - low)) / (rise - fall)), low + 1), high - 2)
        slope = _slope(at, middle, state)
        if slope is None or slope == 0:
            return next((one for one in (middle, middle + 1) if at(one).state != state), None)
        low, high = (middle, high) if sign * slope > 0 else (low, middle + 1)
    return next((one for one in (low + 1, high - 1) if low < one < high and at(one).state != state), None)


def _slope(at: Ask, value: int, state: str) -> Optional[Number]:
    """By how much the margin is more at the next value; None where either has another state, or no margin."""
    one, other = at(value), at(value + 1)
    if one.state != state or other.state != state or one.margin is None or other.margin is None:
        return None
    return other.margin - one.margin


def seeds_of(package: Package, key: str) -> list[int]:
    """The values of a dimension at which two heights of the package that it moves against each other are the same."""
    faces: dict[Sum, None] = {}
    for body in space.bodies(package):
        faces.update(dict.fromkeys((*body.top.sums, *body.bottom.sums)))
    found: set[int] = set()
    sums = sorted(faces, key=lambda one: not _times(one, key))
    moving = [one for one in sums if _times(one, key)]
    for one in moving:
        for other in sums:
            apart = one - other
            times = _times(apart, key)
            value = apart.value
            if times and value is not None:
                nominal = next(each.value for each, _ in apart.terms if each.key == key)
                assert nominal is not None
                found.add(nominal.nominal - value.nominal // times)
            if len(found) >= _MOST_SEEDS:
                return sorted(found)
    return sorted(found)


def _times(one: Sum, key: str) -> int:
    return next((times for dimension, times in one.terms if dimension.key == key), 0)
