"""All rules along one dimension: between which values every one keeps, and which rule ends it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Optional

from ..check import INFO, Judged, put
from ..faults import did_you_mean, fail
from ..measures import all_measures
from ..package import Package
from ..package import keys as names
from ..package.datum import PLAIN, QUANTITY, Datum, data_of, key_of
from ..package.pieces import pieces
from ..rule import Rule
from ..study import assumptions_of
from ..study.probes import Bench, readings
from ..study.run import Studying, first_order_cpk
from ..units import FLAG, LENGTH, TEMPERATURE, Kind, Number, Toleranced
from .capable import capable
from .line import BREAKS, KEEPS, NOTHING, Answer, Span, seeds_of, spans
from .straight import Range, straight

_CELLS, _FEW = 48, 16  # looks along the way, beside those where heights meet: yes and no turn there and nowhere else
_LENGTH_BEYOND, _HEAT_BEYOND = 500_000, 300_000  # nm and 1/1000 °C that are looked at beyond what is stated


@dataclass(frozen=True)
class Mode:
    """What has to hold at a value: the limits at nominal, ``at_corners`` too, or so large a ``cpk`` (first order)."""

    at_corners: bool = False
    cpk: Optional[float] = None

    @property
    def words(self) -> str:
        """For a heading."""
        return f"with a Cpk of {self.cpk:g}" if self.cpk is not None else (
            "at every tolerance corner" if self.at_corners else "at nominal")


NOMINAL, AT_CORNERS = Mode(), Mode(at_corners=True)


@dataclass(frozen=True)
class Interval:
    """The values from ``low`` to ``high``; the rules that break beyond either end, none where only the search ended there."""

    low: int
    high: int
    below: tuple[str, ...] = ()
    above: tuple[str, ...] = ()


@dataclass(frozen=True, repr=False)
class Solution:
    """One dimension, searched from ``low`` to ``high``: ``by_rule`` has every rule that depends on it, ``keeps`` where all of
    these keep, ``never`` the rules that no value mends."""

    key: str
    stated: Toleranced
    kind: Kind
    mode: Mode
    low: int
    high: int
    by_rule: tuple[tuple[Rule, tuple[Span, ...]], ...]
    keeps: tuple[Interval, ...]
    never: tuple[str, ...]

    def spans_of(self, rule: str) -> tuple[Span, ...]:
        """Where the rule of that name keeps and where it breaks; none for a rule that does not depend on the dimension."""
        return next((spans for one, spans in self.by_rule if one.name == rule), ())


def varied(package: Package, wanted: str) -> tuple[str, Datum]:
    """The key of a dimension that is stated, and its datum; raises Faults for any other."""
    found = _dimensions(package)
    if wanted not in found:
        raise fail(package.source, f"there is no dimension '{wanted}' in this package{did_you_mean(wanted, list(found))}")
    return wanted, found[wanted]


@lru_cache(maxsize=1)
def _dimensions(package: Package) -> dict[str, Datum]:
    found: dict[str, Datum] = {}
    for key, part in pieces(package):
        for name, datum in data_of(type(part)).items():
            if datum.form in (QUANTITY, PLAIN) and datum.is_stated(getattr(part, name)):
                found[names.within(key, key_of(name, datum))] = datum
    return found


@lru_cache(maxsize=1)
def _bench(package: Package) -> Bench:
    """The package under study, which knows what its measures ask for: many dimensions of one package are solved for in turn."""
    return Bench(package)


def searched(stated: Toleranced, datum: Datum) -> tuple[int, int]:
    """From where to where a dimension is searched: from the least it may be to some four times what it is."""
    low = datum.least + stated.minus
    beyond = {LENGTH.name: _LENGTH_BEYOND, TEMPERATURE.name: _HEAT_BEYOND}.get(datum.kind.name, 0)
    high = min(datum.kind.largest, 4 * abs(stated.nominal) + beyond) - stated.plus
    return min(low, stated.nominal), max(high, stated.nominal)


def solve(package: Package, rules: Sequence[Rule], key: str, mode: Mode = NOMINAL,
          within: Optional[tuple[int, int]] = None) -> Solution:
    """Where all of these rules keep, along the dimension of that key; raises Faults where it is not stated."""
    key, datum = varied(package, key)
    bench = _bench(package)
    low, high = within or searched(bench.stated[key], datum)
    line = Line(bench, key, mode)
    found = []
    for rule in rules:
        measure = all_measures()[rule.measure]
        if rule.severity != INFO and not rule.silenced_because and key in bench.asked(measure, rule.limits.lower):
            found.append((rule, line.spans(rule, low, high)))
    found = [(rule, some) for rule, some in found if len(some) > 1 or some[0].state == BREAKS]
    never = tuple(rule.name for rule, some in found if all(span.state == BREAKS for span in some))
    return Solution(key=key, stated=bench.stated[key], kind=datum.kind, mode=mode, low=low, high=high, by_rule=tuple(found),
                    keeps=_all_keep(found, low, high), never=never)


class Line:
    """A package with one of its dimensions moved, and what rules say of it there."""

    def __init__(self, bench: Bench, key: str, mode: Mode) -> None:
        self.bench, self.key, self.mode = bench, key, mode
        self._moved: dict[int, Package] = {}
        self._seeds: Optional[list[int]] = None

    def spans(self, rule: Rule, low: int, high: int) -> tuple[Span, ...]:
        """One rule along the dimension."""
        measure, where = all_measures()[rule.measure], Range(low, high, self.bench.stated[self.key].nominal)
        asked = self._asked(rule)
        if asked is not None and measure.kind is not FLAG:
            studied = Studying(self.bench.package, assumptions_of(self.bench.package.tolerances), {
                self.key: (low - where.nominal, high - where.nominal)})
            ask = capable(studied, measure, rule, self.key, where, asked)
            if ask is not None:
                return spans(ask, low, high, (where.nominal,), _CELLS)
        elif not measure.in_plan and measure.kind is not FLAG:
            found = straight(lambda value: readings(measure, self.at(value), rule.limits.lower),
                             lambda value: self.answer(rule, value), measure, rule, where, self.judges_corners(rule))
            if found is not None:
                return found
        if self._seeds is None:
            self._seeds = [*seeds_of(self.bench.package, self.key), self.bench.stated[self.key].nominal]
        return spans(lambda value: self.answer(rule, value), low, high, self._seeds, _FEW if measure.kind is FLAG else _CELLS)

    def answer(self, rule: Rule, value: int) -> Answer:
        """What a rule says where the dimension has this value."""
        package = self.at(value)
        verdict = put(package, rule._replace(cpk=None))
        if not verdict.judged:
            return Answer(NOTHING)
        asked = self._asked(rule)
        if asked is not None:
            return _capable(package, rule, verdict.judged, asked)
        return least(verdict.judged, self.judges_corners(rule))

    def _asked(self, rule: Rule) -> Optional[float]:
        """The Cpk that is to be reached, None for none."""
        return self.mode.cpk if self.mode.cpk is not None else float(rule.cpk) if rule.cpk is not None else None

    def judges_corners(self, rule: Rule) -> bool:
        """Whether the rule has to keep at the corners too."""
        return self.mode.at_corners and rule.corners != "ignore"

    def at(self, value: int) -> Package:
        """The package where the dimension has this value."""
        if value not in self._moved:
            if len(self._moved) > 500:
                self._moved.clear()
            self._moved[value] = self.bench.moved({self.key: value})
        return self._moved[value]


def _capable(package: Package, rule: Rule, judged: Sequence[Judged], asked: float) -> Answer:
    nominal = least(judged, False)
    cpk = first_order_cpk(package, rule, assumptions_of(package.tolerances)) if nominal.state == KEEPS else None
    return nominal if cpk is None else Answer(KEEPS if cpk >= asked else BREAKS)


def least(judged: Sequence[Judged], at_corners: bool) -> Answer:
    """What several readings come to: the least margin, and whether any breaks, at nominal or also at its corners."""
    breaks = any(one.severity and (at_corners or not one.at_corner) for one in judged)
    margin: Number = min((one.corner_margin if at_corners else one.margin) for one in judged)
    return Answer(BREAKS if breaks else KEEPS, margin)


def _all_keep(found: Sequence[tuple[Rule, tuple[Span, ...]]], low: int, high: int) -> tuple[Interval, ...]:
    """Where none breaks, with the rules that break just beyond."""
    broken = [(rule.name, span) for rule, some in found for span in some if span.state == BREAKS]
    starts = sorted({low, *(span.high + 1 for _, span in broken if span.high < high)})
    intervals = []
    for start in starts:
        if any(span.low <= start <= span.high for _, span in broken):
            continue
        end = min((span.low - 1 for _, span in broken if span.low > start), default=high)
        below = tuple(name for name, span in broken if span.high == start - 1)
        above = tuple(name for name, span in broken if span.low == end + 1)
        intervals.append(Interval(start, end, below, above))
    return tuple(intervals)

