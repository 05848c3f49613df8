"""Heights as sums of named dimensions, so that what two of them share cancels and corners of differences are exact.

With the cavity height M fixed by the mold tool, t2 = M - t1 - T: a taller bump raises t1 and lowers t2. Who subtracts two
worst cases counts the bump's tolerance twice, or not at all. Here a height is the dimensions it is made of, each with a whole
coefficient, and a tolerance is looked at only at the very end. A dimension that nobody has stated is in the sum all the same:
what does not depend on it stays known, and what does can say which one it lacks.

Values are whole nanometres. Keys are those of ``Package.place``: ``chips.U1.thickness``, ``carrier.stackup.0.thickness``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, NamedTuple, Optional

from ..units import Toleranced


class Dimension(NamedTuple):
    """One dimension of the package by its key; ``value`` is None where nobody has stated it."""

    key: str
    value: Optional[Toleranced]


@dataclass(frozen=True)
class Sum:
    """Dimensions with their coefficients, by key, none of them 0, and ``plus`` nm without a tolerance; the empty sum is 0."""

    terms: tuple[tuple[Dimension, int], ...] = ()
    plus: int = 0

    @cached_property
    def lacks(self) -> tuple[str, ...]:
        """The keys of the dimensions in it that nobody has stated."""
        return tuple(dimension.key for dimension, _ in self.terms if dimension.value is None)

    @cached_property
    def value(self) -> Optional[Toleranced]:
        """Worst case of independent dimensions; None where one of them is not stated."""
        if len(self.terms) == 1 and self.terms[0][1] == 1 and not self.plus:
            return self.terms[0][0].value
        nominal, plus, minus = self.plus, 0, 0
        for dimension, times in self.terms:
            if dimension.value is None:
                return None
            nominal += times * dimension.value.nominal
            more, less = (dimension.value.plus, dimension.value.minus)[::1 if times > 0 else -1]
            plus, minus = plus + abs(times) * more, minus + abs(times) * less
        return Toleranced(nominal, plus, minus)

    def at(self, values: Mapping[str, Any]) -> Any:
        """Its value where the dimensions have these ``values``: numbers, or arrays of one shape for a Monte Carlo.

        Raises KeyError where one is not given.
        """
        return sum((times * values[dimension.key] for dimension, times in self.terms), self.plus)

    def __add__(self, other: Sum) -> Sum:
        return self._with(other, 1)

    def __sub__(self, other: Sum) -> Sum:
        return self._with(other, -1)

    def _with(self, other: Sum, sign: int) -> Sum:
        if not other.terms and not other.plus:
            return self
        found = {dimension.key: (dimension, times) for dimension, times in self.terms}
        for dimension, times in other.terms:
            found[dimension.key] = dimension, found.get(dimension.key, (dimension, 0))[1] + sign * times
        return Sum(tuple(found[key] for key in sorted(found) if found[key][1]), self.plus + sign * other.plus)


def one(key: str, value: Optional[Toleranced]) -> Sum:
    """The sum of a single dimension."""
    return Sum(((Dimension(key, value), 1),))


NOTHING = Sum()


@dataclass(frozen=True)
class Height:
    """A height above the carrier's chip-side surface: the highest of several sums, for a bridge rests on the tallest of its
    supports, whichever that is at a corner; one sum for all else."""

    sums: tuple[Sum, ...] = (NOTHING,)

    @property
    def value(self) -> Optional[Toleranced]:
        """Worst case, limit by limit; None where a dimension of any of the sums is not stated."""
        return (self - LEVEL).value

    @property
    def lacks(self) -> tuple[str, ...]:
        """The keys of the dimensions that nobody has stated."""
        return _keys(self.sums)

    def at(self, values: Mapping[str, Any]) -> Any:
        """Its value where the dimensions have these values, see ``Sum.at``."""
        return _greatest(one.at(values) for one in self.sums)

    def __add__(self, more: Sum) -> Height:
        return Height(tuple(each + more for each in self.sums))

    def __sub__(self, lower: Height) -> Room:
        return Room(self, lower)


LEVEL = Height()


def highest(heights: Iterable[Height]) -> Height:
    """The highest of several; the carrier's surface where there are none."""
    return Height(tuple(dict.fromkeys(each for height in heights for each in height.sums)) or (NOTHING,))


@dataclass(frozen=True, repr=False)
class Room:
    """What lies between two heights, ``upper`` less ``lower``; negative where they share heights.

    What both are made of cancels. Its corners are exact unless both ends are the highest of several sums: then they are never
    narrower than the truth.
    """

    upper: Height
    lower: Height = LEVEL

    @cached_property
    def sums(self) -> tuple[tuple[Sum, ...], ...]:
        """Every sum of the upper less each of the lower: the room is the greatest over the rows' least, and the other way
        round, for the two ends are apart from each other."""
        return tuple(tuple(above - below for below in self.lower.sums) for above in self.upper.sums)

    @cached_property
    def lacks(self) -> tuple[str, ...]:
        """The keys of the dimensions that nobody has stated and that do not cancel."""
        return _keys(each for row in self.sums for each in row)

    @cached_property
    def value(self) -> Optional[Toleranced]:
        """Nominal and worst-case corners; None where a dimension of it is not stated."""
        if len(self.sums) == 1 and len(self.sums[0]) == 1:
            return self.sums[0][0].value
        rows = [[each.value for each in row] for row in self.sums]
        known = [[value for value in row if value is not None] for row in rows]
        if any(len(some) < len(row) for some, row in zip(known, rows)):
            return None
        nominal, low, high = _corners([[(Fraction(one.nominal), Fraction(one.low), Fraction(one.high)) for one in row]
                                       for row in known])
        return Toleranced(int(nominal), int(high - nominal), int(nominal - low))

    def at(self, values: Mapping[str, Any]) -> Any:
        """Its value where the dimensions have these values, see ``Sum.at``."""
        return self.upper.at(values) - self.lower.at(values)


Corners = tuple[Fraction, Fraction, Fraction]


class Ratio(NamedTuple):
    """A ratio of two lengths and its corners; ``high`` is None where the divisor may reach zero."""

    nominal: Fraction
    low: Fraction
    high: Optional[Fraction]


def ratio(over: Room, under: Sum) -> Optional[Ratio]:
    """``over`` / ``under`` and its exact corners with all dimensions moving together; None where one is not stated or the
    divisor is not above zero.

    A quotient of two sums is monotone in every dimension, so it is extreme at a corner; which one follows from Dinkelbach's
    rule: the greatest q is the one at which max(over - q under) is nothing.
    """
    divisor = under.value
    if over.value is None or divisor is None or divisor.nominal <= 0:
        return None
    bounded = divisor.low > 0
    found = [[_quotient(each, under, bounded) for each in row] for row in over.sums]
    nominal, low, high = _corners(found)
    return Ratio(nominal, low, high if bounded else None)


def _quotient(over: Sum, under: Sum, bounded: bool) -> Corners:
    top, bottom = over.value or Toleranced(0), under.value or Toleranced(0)
    nominal = Fraction(top.nominal, bottom.nominal)
    if not bounded:
        return nominal, Fraction(top.low, bottom.high), nominal
    return nominal, _extreme(over, under, nominal, -1), _extreme(over, under, nominal, 1)


def _extreme(over: Sum, under: Sum, start: Fraction, way: int) -> Fraction:
    """The greatest (``way`` 1) or least (-1) value of over / under, from that of some corner on."""
    times = {dimension: (count, 0) for dimension, count in over.terms}
    times.update({dimension: (times.get(dimension, (0, 0))[0], count) for dimension, count in under.terms})
    best = start
    while True:
        top, bottom = over.plus, under.plus
        for dimension, (above, below) in times.items():
            value = dimension.value or Toleranced(0)
            taken = value.high if way * (above - best * below) > 0 else value.low
            top, bottom = top + above * taken, bottom + below * taken
        found = Fraction(top, bottom)
        if way * found <= way * best:
            return best
        best = found


def _corners(rows: list[list[Corners]]) -> Corners:
    """Nominal, least and greatest of the greatest over rows less the greatest over columns, given those of every pair."""
    columns = list(zip(*rows))
    return (min(max(each[0] for each in column) for column in columns),
            min(max(each[1] for each in column) for column in columns),
            max(min(each[2] for each in row) for row in rows))


def _keys(sums: Iterable[Sum]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for each in sums for key in each.lacks))


def _greatest(values: Iterable[Any]) -> Any:
    found = list(values)
    if len(found) == 1:
        return found[0]
    import numpy as np

    return np.maximum.reduce(found)
