"""A reading as a formula of the dimensions it depends on, learned from its measure and proved where it was not learned.

Heights are sums of dimensions and what is judged of them are sums and quotients of sums; a bridge that rests on the tallest of
its supports makes it the greatest of several such. Of a quotient of two sums (a0 + Σ a d)/(1 + Σ b d), d being what a dimension
is more than nominal, two values beside the first fix a and b of every dimension: (r1 - r0)/h1 = a - b r1. Measures give exact
fractions, so what is learned is exact; what is rounded to whole nanometres on its way is found out by the proof.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import Any, Optional

from ..units import Number

Values = Mapping[str, int]            # by key, what a dimension is more than nominal, in nm
Read = Callable[[Values], Optional[Number]]
ONE, GREATEST, LEAST = "one", "greatest", "least"
_MOST_PIECES, _PROOFS, _ALL_CORNERS, _MANY = 6, 6, 5, 24
_NEAR = 2  # nm that a length may be off which was rounded


@dataclass(frozen=True)
class Piece:
    """(``top0`` + Σ ``top`` d) / (``bottom0`` + Σ ``bottom`` d), in base units of the reading."""

    top0: Fraction
    top: tuple[Fraction, ...]
    bottom0: Fraction
    bottom: tuple[Fraction, ...]

    def value(self, moved: Sequence[Number]) -> Optional[Fraction]:
        """Exactly; None where there is none, for the divisor is not above zero."""
        under = self.bottom0 + sum((b * d for b, d in zip(self.bottom, moved)), Fraction(0))
        over = self.top0 + sum((a * d for a, d in zip(self.top, moved)), Fraction(0))
        return over / under if under > 0 else None


@dataclass(frozen=True, repr=False)
class Formula:
    """``way``: one piece, or the greatest or least of several, in the dimensions ``keys``."""

    keys: tuple[str, ...]
    pieces: tuple[Piece, ...]
    way: str = ONE

    def value(self, moved: Values) -> Optional[Fraction]:
        """Exactly, where the dimensions are so much more than nominal; None where it has none."""
        numbers = [moved.get(key, 0) for key in self.keys]
        found = [piece.value(numbers) for piece in self.pieces]
        known = [one for one in found if one is not None]
        if len(known) < len(found):
            return None
        return max(known) if self.way == GREATEST else min(known)

    def of(self, moved: Mapping[str, Any]) -> Any:
        """The same for arrays of one shape; infinite where it has no value."""
        import numpy as np

        found = [_array(piece, [moved[key] for key in self.keys]) for piece in self.pieces]
        return found[0] if len(found) == 1 else (np.maximum if self.way == GREATEST else np.minimum).reduce(found)

    def gradient(self, moved: Mapping[str, float]) -> tuple[float, ...]:
        """Its change by each dimension near these values, in base units by nm, of the piece that counts there."""
        numbers = [Fraction(moved.get(key, 0.0)) for key in self.keys]
        chosen = max(self.pieces, key=lambda piece: (piece.value(numbers) or Fraction(0)) * (-1 if self.way == LEAST else 1))
        under = chosen.bottom0 + sum((b * d for b, d in zip(chosen.bottom, numbers)), Fraction(0))
        value = chosen.value(numbers) or Fraction(0)
        return tuple(float((a - value * b) / under) if under else 0.0 for a, b in zip(chosen.top, chosen.bottom))


def _array(piece: Piece, columns: Sequence[Any]) -> Any:
    import numpy as np

    over = _sum(piece.top0, piece.top, columns)
    if not any(piece.bottom):
        return over
    under = _sum(piece.bottom0, piece.bottom, columns)
    if under.min() > 0:
        over /= under
        return over
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(under > 0, over / under, np.inf)


def _sum(start: Fraction, factors: Sequence[Fraction], columns: Sequence[Any]) -> Any:
    import numpy as np

    total: Any = None
    for factor, column in zip(factors, columns):
        if factor:
            part = column * column.dtype.type(float(factor))
            if total is None:
                total = part
            else:
                total += part
    if total is None:
        return np.full(len(columns[0]) if columns else 1, float(start), np.float64)
    total += total.dtype.type(float(start))
    return total


def learned(read: Read, box: Mapping[str, tuple[int, int]], whole: bool,
            keeps: Optional[Callable[[Number], bool]] = None, everywhere: bool = False) -> Optional[Formula]:
    """The formula of what ``read`` gives, in the dimensions of ``box``, each of which goes so far down and up from nominal;
    ``whole`` for readings in whole base units. None where a reading of several dimensions is none of the kinds above.

    With ``keeps``, a limit, it may be that nothing is read somewhere, as long as the formula is beyond the limit there.
    ``everywhere``: there has to be a reading at every corner of the box, of up to five dimensions.
    """
    chance = random.Random(len(box))
    keys = tuple(box)
    corners = [{key: ends[0] for key, ends in box.items()}, {key: ends[1] for key, ends in box.items()}]
    inside = [{key: chance.randint(*ends) for key, ends in box.items()} for _ in range(_PROOFS)]
    # What is read at all corners of the box is read all over, for where a height is above another is a half of space.
    sides = ([dict(zip(keys, ends)) for ends in product(*box.values())] if everywhere and len(box) <= _ALL_CORNERS else
             [{key: chance.choice(ends) for key, ends in box.items()} for _ in range(_MANY if everywhere else _PROOFS // 2)])
    # Nominal values come last: designs like to stand where two supports are equally tall, and there two pieces meet.
    points = [*inside, *sides, *corners, dict.fromkeys(keys, 0)]
    truth = [read(point) for point in points]
    if truth[-1] is None or (keeps is None and any(value is None for value in truth)):
        return None
    known = [(point, value) for point, value in zip(points, truth) if value is not None]
    pieces: list[Piece] = []
    for point, value in known:
        if any(_agrees(piece.value([point[key] for key in keys]), value, whole) for piece in pieces):
            continue
        found = _piece(read, box, point, value, whole) if len(pieces) < _MOST_PIECES else None
        if found is None:
            return None
        pieces.append(found)
    for way in (ONE,) if len(pieces) == 1 else (GREATEST, LEAST):
        formula = _fewer(Formula(keys, tuple(pieces), way))
        if all(_agrees(formula.value(point), value, whole) for point, value in known) and all(
                value is not None or _is_beyond(formula.value(point), keeps) for point, value in zip(points, truth)):
            return formula
    return None


def _is_beyond(value: Optional[Number], keeps: Optional[Callable[[Number], bool]]) -> bool:
    return value is None or keeps is None or not keeps(value)


def _fewer(formula: Formula) -> Formula:
    """Without the dimensions that it does not depend on."""
    used = [i for i in range(len(formula.keys)) if any(piece.top[i] or piece.bottom[i] for piece in formula.pieces)]
    return Formula(tuple(formula.keys[i] for i in used), tuple(
        Piece(one.top0, tuple(one.top[i] for i in used), one.bottom0, tuple(one.bottom[i] for i in used))
        for one in formula.pieces), formula.way)


def _agrees(found: Optional[Fraction], value: Number, whole: bool) -> bool:
    return found is not None and abs(found - value) <= (_NEAR if whole else abs(Fraction(value)) / 10**9)


def _piece(read: Read, box: Mapping[str, tuple[int, int]], point: Values, value: Number, whole: bool) -> Optional[Piece]:
    """The piece that holds around ``point``."""
    base = Fraction(value)
    slopes = []
    for key, (low, high) in box.items():
        # Small steps, for the next piece may begin near by; within the box, on the side where there is more of it.
        side = -1 if point[key] - low > high - point[key] else 1
        step = max(1, (high - low) // 64)
        for tried in (side * step, -side * step, side):
            one, two = (read({**point, key: point[key] + k * tried}) for k in (1, 2))
            if one is not None and two is not None:
                slopes.append(_slopes(base, Fraction(one), Fraction(two), tried, whole))
                break
        else:
            return None
    at = [point[key] for key in box]
    tops, bottoms = zip(*slopes)
    return Piece(base - sum((a * d for a, d in zip(tops, at)), Fraction(0)), tops,
                 1 - sum((b * d for b, d in zip(bottoms, at)), Fraction(0)), bottoms)


def _slopes(base: Fraction, one: Fraction, two: Fraction, step: int, whole: bool) -> tuple[Fraction, Fraction]:
    """a and b of a dimension, by the values one and two steps from the base; b is 0 for what is in whole units, a length."""
    if whole:  # sums have whole coefficients, halves where a measure halves; what is more comes from rounding
        return ((two - base) / (2 * step)).limit_denominator(4), Fraction(0)
    if one == two:
        return Fraction(0), Fraction(0)
    first, second = (one - base) / step, (two - base) / (2 * step)
    bottom = (first - second) / (two - one)
    return first + bottom * one, bottom
