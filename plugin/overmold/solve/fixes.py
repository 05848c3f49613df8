"""The numbers that go with a finding: which dimension, from what to between what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache
from typing import Optional

from ..check import ERROR, WARNING, Breach, judge
from ..measures import Reading, all_measures
from ..package import Package, keys
from ..package.crowds import site_crowds
from ..package.datum import QUANTITY, Datum
from ..rule import Rule
from ..study.probes import Bench, Id, readings
from ..units import COUNT, FLAG, LENGTH, Kind, Toleranced, show, show_toleranced
from .interval import AT_CORNERS, NOMINAL, Interval, Mode, least, searched, varied
from .line import BREAKS, KEEPS, NOTHING, Answer, Span, spans
from .straight import Range, straight

_MOST_DIMENSIONS = 12  # that a measure asks for: of a measure that asks for more, none is tried
_MOST_SITES = 20_000  # of a package for which numbers are looked for: a look at one costs a second beyond that
_TOLD = 3
_CELLS = 12


@dataclass(frozen=True)
class Fix:
    """``key`` has to come from ``now`` into one of the intervals for the finding to go; ``at_corners`` are those in which the
    rule keeps at every tolerance corner too, where they were looked for."""

    key: str
    name: str
    kind: Kind
    now: Toleranced
    intervals: tuple[Interval, ...]
    at_corners: tuple[Interval, ...] = ()

    @property
    def words(self) -> str:
        """For people: ``mold cap 455 um → between 262.5 um and 375 um, at every corner between 299.5 um and 326 um``."""
        said = f"{self.name} {show(self.now.nominal, self.kind)} → {all_said(self.intervals, self.kind)}"
        corners = self.at_corners if self.at_corners != self.intervals else ()
        return f"{said}, at every corner {all_said(corners, self.kind)}" if corners else said


def all_said(intervals: Sequence[Interval], kind: Kind) -> str:
    """Several intervals in words."""
    return " or ".join(ends_said(one, kind) for one in intervals)


def ends_said(one: Interval, kind: Kind) -> str:
    """An interval; an end that only the search has is none."""
    if one.low == one.high:
        return show(one.low, kind)
    if not one.below:
        return f"at most {show(one.high, kind)}" if one.above else "any value"
    if not one.above:
        return f"at least {show(one.low, kind)}"
    return f"between {show(one.low, kind)} and {show(one.high, kind)}"


def fixes(package: Package, found: Breach) -> tuple[Fix, ...]:
    """For each dimension of the reading that alone can mend it, the nearest first and not more than three; of a breach at the
    corners only, where it holds at every corner. None for what is read in the plane, counted, or yes or no by other data."""
    rule, measure = found.rule, all_measures()[found.rule.measure]
    if measure.in_plan or measure.kind is COUNT or found.severity not in (ERROR, WARNING) or sum(
            len(sites) for sites in site_crowds(package).values()) > _MOST_SITES:
        return ()
    bench = _bench(package)
    # What has no tolerance, an opening say, is drawn and not chosen by what follows from it.
    asked = [key for key in bench.asked(measure, rule.limits.lower) if varied(package, key)[1].form == QUANTITY]
    mode = AT_CORNERS if found.judged.at_corner else NOMINAL
    where = found.judged.reading.where
    looks = {key: _Looks(bench, rule, where, key) for key in asked} if len(asked) <= _MOST_DIMENSIONS else {}
    tried = [_tried(one, mode) for one in looks.values()]
    known = sorted((one for one in tried if one is not None), key=_far)[:_TOLD]
    if known and mode == NOMINAL:
        nearest = _tried(looks[known[0].key], AT_CORNERS)
        known[0] = replace(known[0], at_corners=nearest.intervals if nearest is not None else ())
    return tuple(known)


@lru_cache(maxsize=1)
def _bench(package: Package) -> Bench:
    """One for all findings of a package."""
    return Bench(package)


def _far(one: Fix) -> Fraction:
    """How far it has to go, as a share of what it is."""
    ends = [abs(end - one.now.nominal) for each in one.intervals for end in (each.low, each.high)]
    return Fraction(min(ends), max(1, abs(one.now.nominal)))


class _Looks:
    """What is read in one place where a dimension has other values; each value is looked at once."""

    def __init__(self, bench: Bench, rule: Rule, where: tuple[str, ...], key: str) -> None:
        self.bench, self.rule, self.where, self.key = bench, rule, where, key
        self.measure = all_measures()[rule.measure]
        self._seen: dict[int, dict[Id, Reading]] = {}

    def read(self, value: int) -> dict[Id, Reading]:
        """The readings of that place."""
        if value not in self._seen:
            found = readings(self.measure, self.bench.moved({self.key: value}), self.rule.limits.lower)
            self._seen[value] = {name: one for name, one in found.items() if one.where == self.where}
        return self._seen[value]


def _tried(looks: _Looks, mode: Mode) -> Optional[Fix]:
    """What one dimension can do for the reading that was taken there."""
    rule, key = looks.rule, looks.key
    _, datum = varied(looks.bench.package, key)
    now, corners = looks.bench.stated[key], mode.at_corners and rule.corners != "ignore"
    low, high = searched(now, datum)

    def answer(value: int) -> Answer:
        judged = [judge(one, rule) for one in looks.read(value).values()]
        return least(judged, corners) if judged else Answer(NOTHING)

    first = answer(now.nominal)
    others = (now.nominal + 1000, now.nominal - 1000, low, high)
    if first.state != BREAKS or all(answer(one) == first for one in others if low <= one <= high):
        return None
    is_flag = looks.measure.kind is FLAG
    found = None if is_flag else straight(looks.read, answer, looks.measure, rule, Range(low, high, now.nominal), corners)
    found = found or spans(answer, low, high, (now.nominal,), _CELLS)
    kept = tuple(_interval(found, i) for i, span in enumerate(found) if span.state == KEEPS)
    return Fix(key, name_of(key, datum), datum.kind, now, kept) if kept else None


def _interval(found: tuple[Span, ...], i: int) -> Interval:
    return Interval(found[i].low, found[i].high, ("",) if i else (), ("",) if i + 1 < len(found) else ())


def name_of(key: str, datum: Datum) -> str:
    """A dimension as people call it: ``mold cap``, ``bump height of U1``."""
    parts = keys.split(key)
    of = parts[1] if parts[0] in (keys.CHIPS, keys.PASSIVES, keys.WIRES) and len(parts) > 2 else ""
    of = f"layer {int(parts[2]) + 1}" if keys.is_within(key, keys.STACKUP) else of
    return f"{datum.in_sentence} of {of}" if of else datum.in_sentence


def chosen(one: Interval) -> int:
    """A round value well inside of an interval, to write into a file: near its middle, or where it has one end near that."""
    if one.below and one.above:
        low, high = one.low, one.high
    else:
        width = max(1, abs(one.low if one.below else one.high) // 20)
        low, high = (one.low, one.low + width) if one.below else (one.high - width, one.high)
    middle, quarter = (low + high) // 2, (high - low) // 4
    for step in (100_000, 50_000, 10_000, 5_000, 1_000, 500, 100, 50, 10, 5):
        rounded = round(Fraction(middle, step)) * step
        if abs(rounded - middle) <= quarter:
            return rounded
    return middle


def written(stated: Toleranced, nominal: int, kind: Kind) -> str:
    """The dimension with another nominal value as it is to stand in a file: with its tolerance, in its own unit."""
    found = re.search(r"[A-Za-zµμ°]+(?:/[A-Za-z°]+)?", stated.stated)
    unit = found[0] if found is not None and found[0] in dict(kind.units) and kind is LENGTH else ""
    unit = unit if unit in ("nm", "um", "mm") else ""
    return show_toleranced(Toleranced(nominal, stated.plus, stated.minus), kind, unit)

