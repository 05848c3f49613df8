"""A rule along one dimension by the formulas of its readings: its ends are where a quotient of two sums meets a limit.

A dozen looks teach the formulas, and the check is asked on both sides of every end that they give; where it says otherwise or a
reading is no formula, there is nothing to be had here, and the ends are searched for (``line``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import floor
from typing import Optional

from ..measures import Measure, Reading
from ..rule import Limits, Rule
from ..study.formula import Formula, Values, learned
from ..study.probes import Id
from ..units import RATIO, Number
from .line import BREAKS, KEEPS, NOTHING, Ask, Span

Read = Callable[[int], dict[Id, Reading]]
_KEY = "x"


@dataclass(frozen=True)
class Range:
    """Where to look: from ``low`` to ``high``, the dimension being ``nominal`` as it is stated."""

    low: int
    high: int
    nominal: int


@dataclass(frozen=True, repr=False)
class _Line:
    """A reading: its formulas (nominal, and corners where they count), and from where to where it is there."""

    formulas: tuple[Formula, ...]
    there: tuple[tuple[int, int], ...]


def straight(read: Read, ask: Ask, measure: Measure, rule: Rule, where: Range, at_corners: bool) -> Optional[tuple[Span, ...]]:
    """The spans of a rule; None where they cannot be had by formulas."""
    looked: dict[int, dict[Id, Reading]] = {}

    def at(value: int) -> dict[Id, Reading]:
        if value not in looked:
            looked[value] = read(value)
        return looked[value]

    lines = []
    for name, reading in at(where.nominal).items():
        takes = ("low", "high") if at_corners and reading.low != reading.high else ()
        formulas = [_learned(at, name, take, measure, rule.limits, where) for take in ("value", *takes)]
        if None in formulas:
            return None
        lines.append((name, tuple(one for one in formulas if one is not None)))
    names = {name for name, _ in lines}
    if not lines or any(set(one) - names for one in looked.values()):
        return None
    known = [_Line(formulas, _there(at, name, where, sorted(looked))) for name, formulas in lines]
    found = _spans(known, rule.limits, where)
    sure = all(ask(value).state == span.state for span, other in zip(found, found[1:])
               for span, value in ((span, span.high), (other, other.low)))
    return found if sure else None


def _learned(at: Read, name: Id, take: str, measure: Measure, limits: Limits, where: Range) -> Optional[Formula]:
    def value(moved: Values) -> Optional[Number]:
        reading = at(where.nominal + moved[_KEY]).get(name)
        return None if reading is None else getattr(reading, take)

    whole = isinstance(value({_KEY: 0}), int) and measure.kind is not RATIO
    return learned(value, {_KEY: (where.low - where.nominal, where.high - where.nominal)}, whole, limits.kept_by)


def _there(at: Read, name: Id, where: Range, looked: Sequence[int]) -> tuple[tuple[int, int], ...]:
    """Between which values a reading is there: halved out between those that were looked at."""
    starts, ends = [where.low] if name in at(where.low) else [], list[int]()
    for one, other in zip(looked, looked[1:]):
        if (name in at(one)) == (name in at(other)):
            continue
        is_there = name in at(one)
        while other - one > 1:
            middle = (one + other) // 2
            one, other = (middle, other) if (name in at(middle)) == is_there else (one, middle)
        (ends if is_there else starts).append(one if is_there else other)
    if name in at(where.high):
        ends.append(where.high)
    return tuple(zip(starts, ends))


def _spans(lines: Sequence[_Line], limits: Limits, where: Range) -> tuple[Span, ...]:
    cuts = {where.low, where.high}
    for line in lines:
        cuts.update(value for ends in line.there for end in ends for value in (end - 1, end, end + 1))
        cuts.update(value for formula in line.formulas for root in _roots(formula, limits)
                    for value in range(floor(root) - 1 + where.nominal, floor(root) + 3 + where.nominal))
    ordered = sorted(value for value in cuts if where.low <= value <= where.high)
    states = [_state(lines, limits, value, where) for value in ordered]
    ends = [one for one, state, following in zip(ordered, states, states[1:]) if state != following]
    by_value = dict(zip(ordered, states))
    starts = [where.low, *(end + 1 for end in ends)]
    return tuple(Span(start, end, by_value[start]) for start, end in zip(starts, [*ends, where.high]))


def _roots(formula: Formula, limits: Limits) -> list[Number]:
    """By how much the dimension is more than nominal where a piece meets a limit: a0 + a d = limit (b0 + b d)."""
    found: list[Number] = []
    for limit in (limits.lower, limits.upper):
        if limit is None or not formula.keys:
            continue
        for piece in formula.pieces:
            slope = piece.top[0] - limit * piece.bottom[0]
            if slope:
                found.append((limit * piece.bottom0 - piece.top0) / slope)
    return found


def _state(lines: Sequence[_Line], limits: Limits, value: int, where: Range) -> str:
    there = [line for line in lines if any(low <= value <= high for low, high in line.there)]
    if not there:
        return NOTHING
    values = [formula.value({_KEY: value - where.nominal}) for line in there for formula in line.formulas]
    return KEEPS if all(one is not None and limits.kept_by(one) for one in values) else BREAKS
