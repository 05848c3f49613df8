"""Rules whose readings are formulas of what is varied: all variants at once, and exactly, in whole numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
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
Box = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, repr=False)
class Columns:
    """A rule with the formulas of each of its readings: nominal, and its two corners where they are others."""

    rule: Rule
    readings: tuple[tuple[Formula, ...], ...]

    def judged(self, moved: Mapping[str, Any], count: int) -> tuple[Any, Any]:
        """For each variant: kept, warning or broken, and the least margin at nominal in base units. ``moved`` is by how much
        each dimension is more than stated, in whole base units."""
        import numpy as np

        states, margins = np.zeros(count, np.int8), np.full(count, np.inf)
        limits, severity = self.rule.limits, _code(self.rule.severity)
        at_corner = _code(self.rule.corners if self.rule.severity == ERROR else self.rule.severity)
        for nominal, *corners in self.readings:
            states[_breaks(nominal, limits, moved, count)] = severity
            margins = np.minimum(margins, _margin(nominal, limits, moved, count))
            for one in corners if self.rule.corners != "ignore" else ():
                beyond = _breaks(one, limits, moved, count)
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

    found = []
    for name, reading in at({}).items():
        formulas = []
        for take in ("value",) if reading.low == reading.value == reading.high else ("value", "low", "high"):
            def read(moved: Values, name: Id = name, take: str = take) -> Optional[Number]:
                one = at(moved).get(name)
                return getattr(one, take) if one is not None else None

            formula = learned(read, box, isinstance(getattr(reading, take), int) and measure.kind is not RATIO,
                              everywhere=True)
            if formula is None:
                return None
            formulas.append(formula)
        found.append(tuple(formulas))
    if any(len(one) != len(found) for one in seen.values()) or not found:
        return None
    return Columns(rule, tuple(found))


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
