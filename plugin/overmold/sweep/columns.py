"""Rules whose readings are formulas of what is varied: all variants at once, and exactly, in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import floor
from typing import Any, Optional

from ..check import ERROR
from ..measures import Reading, all_measures
from ..rule import Limits, Rule
from ..study.formula import GREATEST, Formula, Piece, Values, learned
from ..study.probes import Bench, Id, readings
from ..units import RATIO, Number
from .plan import Plan

KEPT, WARNING, BROKEN = 0, 1, 2
_SAFE = 2**62
_MOST_EDGES = 5
_NOT_POSITIVE = Limits(at_most=0)
Box = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, repr=False)
class Columns:
    """A rule with the formulas of each of its readings: nominal, and its two corners where they are others. Those that are
    ``partial`` are there only where they are above zero: there is no ratio without a cover."""

    rule: Rule
    readings: tuple[tuple[Formula, ...], ...]
    partial: tuple[bool, ...]

    def judged(self, moved: Mapping[str, Any], count: int) -> tuple[Any, Any]:
        """For each variant: kept, warning or broken, and the least margin at nominal in base units. ``moved`` is by how much
        each dimension is more than stated, in whole base units."""
        import numpy as np

        states, margins = np.zeros(count, np.int8), np.full(count, np.inf)
        limits, severity = self.rule.limits, _code(self.rule.severity)
        at_corner = _code(self.rule.corners if self.rule.severity == ERROR else self.rule.severity)
        for (nominal, *corners), partial in zip(self.readings, self.partial):
            there = _breaks(nominal, _NOT_POSITIVE, moved, count) if partial else np.ones(count, bool)
            beyond = _breaks(nominal, limits, moved, count) & there
            states[beyond] = np.maximum(states[beyond], severity)
            margins = np.where(there, np.minimum(margins, _margin(nominal, limits, moved, count)), margins)
            for one in corners if self.rule.corners != "ignore" else ():
                beyond = _breaks(one, limits, moved, count) & there
                states[beyond] = np.maximum(states[beyond], at_corner)
        return states, margins


def columns_of(bench: Bench, rule: Rule, plan: Plan) -> Optional[Columns]:
    """The rule as columns; None where one of its readings is no formula all over what is varied, or not there everywhere."""
    measure = all_measures()[rule.measure]
    keys = [key for key in plan.keys if key in bench.asked(measure, rule.limits.lower)]
    box = {key: _ends(plan, key, bench) for key in keys}
    seen: dict[tuple[int, ...], dict[Id, Reading]] = {}

    def at(moved: Values) -> dict[Id, Reading]:
        spot = tuple(moved.get(key, 0) for key in keys)
        if spot not in seen:
            package = bench.moved({key: bench.stated[key].nominal + step for key, step in zip(keys, spot)})
            seen[spot] = readings(measure, package, rule.limits.lower)
        return seen[spot]

    found, partial = [], []
    for name, reading in at({}).items():
        formulas: list[Formula] = []
        for take in ("value",) if reading.low == reading.value == reading.high else ("value", "low", "high"):
            def read(moved: Values, name: Id = name, take: str = take) -> Optional[Number]:
                one = at(moved).get(name)
                return getattr(one, take) if one is not None else None

            # Of a corner it is enough that it can be told wherever there is the reading.
            formula = learned(read, box, isinstance(getattr(reading, take), int) and measure.kind is not RATIO,
                              _is_positive if take == "value" else _never, everywhere=True)
            if formula is None:
                return None
            formulas.append(formula)
        found.append(tuple(formulas))
        partial.append(any(name not in one for one in seen.values()))
        if partial[-1] and not _begins_at_zero(formulas[0], box, _there(at, name)):
            return None
    if any(set(one) - set(at({})) for one in seen.values()) or not found:
        return None
    return Columns(rule, tuple(found), tuple(partial))


def _there(at: Callable[[Values], dict[Id, Reading]], name: Id) -> Callable[[Values], bool]:
    """Whether a reading is there, by where."""
    return lambda moved: name in at(moved)


def _is_positive(value: Number) -> bool:
    return value > 0


def _never(value: Number) -> bool:
    return False


def _begins_at_zero(formula: Formula, box: Box, there: Callable[[Values], bool]) -> bool:
    """Whether a reading is there just where its formula is above zero: looked at on both sides of zero, on every edge of the
    box that passes it. Zero is a plane, and so is the border of what is there: they are one if they meet in so many points."""
    if len(formula.pieces) != 1 or len(box) > _MOST_EDGES:
        return False
    (piece,) = formula.pieces
    met = 0
    for corner in (dict(zip(box, ends)) for ends in product(*box.values())):
        for key, slope in zip(formula.keys, piece.top):
            value = formula.value({**corner, key: 0})
            if not slope or value is None:
                continue
            over = piece.top0 + sum((a * corner[one] for one, a in zip(formula.keys, piece.top) if one != key), Fraction(0))
            zero = floor(-over / slope)
            sides = [{**corner, key: zero + step} for step in (-1, 0, 1, 2)]
            if not all(box[key][0] <= one[key] <= box[key][1] for one in sides):
                continue
            met += 1
            if any(there(one) != ((formula.value(one) or 0) > 0) for one in sides):
                return False
    return met > 0


def _ends(plan: Plan, key: str, bench: Bench) -> tuple[int, int]:
    """How far a dimension goes from its nominal value, which belongs to it: what is learned holds there too."""
    values = next(one.values for one in plan.varied if one.key == key)
    nominal = bench.stated[key].nominal
    return min(min(values) - nominal, 0), max(max(values) - nominal, 0)


def _code(severity: str) -> int:
    return BROKEN if severity == ERROR else WARNING


def _breaks(formula: Formula, limits: Limits, moved: Mapping[str, Any], count: int) -> Any:
    """For which variants a formula is beyond the limits, exactly."""
    import numpy as np

    beyond = np.zeros(count, bool)
    for limit, way, strict in ((limits.lower, -1, limits.above is not None), (limits.upper, 1, limits.below is not None)):
        if limit is not None:
            each = [_above(piece, formula.keys, limit, way, strict, moved=moved, count=count) for piece in formula.pieces]
            one_is_enough = (formula.way == GREATEST) == (way > 0)
            beyond |= np.logical_or.reduce(each) if one_is_enough else np.logical_and.reduce(each)
    return beyond


def _above(piece: Piece, keys: tuple[str, ...], limit: Number, way: int, strict: bool, *, moved: Mapping[str, Any], count: int
           ) -> Any:
    """Where ``way`` (N/D - limit) > 0, or 0 for a limit that does not belong: way (N - limit D), in whole numbers."""
    import numpy as np

    start = way * (piece.top0 - limit * piece.bottom0)
    slopes = [way * (a - limit * b) for a, b in zip(piece.top, piece.bottom)]
    times = math.lcm(*(Fraction(one).denominator for one in (start, *slopes)))
    factors = [int(one * times) for one in slopes]
    largest = abs(int(start * times)) + sum(abs(one) * int(np.abs(moved[key]).max()) for one, key in zip(factors, keys))
    kind: Any = np.int64 if largest < _SAFE else object
    total = np.full(count, int(start * times), kind)
    for factor, key in zip(factors, keys):
        if factor:
            total += factor * moved[key].astype(kind)
    return (total >= 0 if strict else total > 0).astype(bool)


def _margin(formula: Formula, limits: Limits, moved: Mapping[str, Any], count: int) -> Any:
    import numpy as np

    values = formula.of({key: moved[key].astype(np.float64) for key in formula.keys}) if formula.keys else float(
        formula.value({}) or 0)
    rooms = [values - float(limits.lower)] if limits.lower is not None else []
    rooms += [float(limits.upper) - values] if limits.upper is not None else []
    return np.broadcast_to(np.minimum.reduce(rooms), count)
