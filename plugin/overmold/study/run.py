"""The tolerance study of a check: every reading that has a tolerance, against the limits of every rule that judges it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any, Optional

from ..measures import Measure, Reading, all_measures
from ..package import Package
from ..rule import Limits, Rule
from ..units import FLAG, RATIO, Kind, Number, Toleranced
from .assumptions import Assumptions, assumptions_of
from .figures import Capability, Figures, Tally, slopes
from .formula import Formula, Values, learned
from .probes import Bench, Id, readings

_CHUNK = 1 << 16
_ASKED = 300        # samples of a reading that is no formula: its measure is asked for each
MOST_READINGS = 20  # of one rule that are studied, the worst first
MOST_DIMENSIONS = 60  # of one measure: more would have it asked for minutes


@dataclass(frozen=True, repr=False)
class Studied:
    """One reading with its figures and, where a ``rule`` judges it, how capable it is of keeping that."""

    measure: str
    kind: Kind
    reading: Reading
    figures: Figures
    rule: str = ""
    limits: Optional[Limits] = None
    capability: Optional[Capability] = None
    wanted_cpk: Optional[Fraction] = None


@dataclass(frozen=True, repr=False)
class Study:
    """Every reading that has a tolerance, those against rules first; ``left_out`` says what was not studied, and why."""

    assumed: Assumptions
    rows: tuple[Studied, ...]
    left_out: tuple[str, ...] = ()


@dataclass(eq=False, repr=False)
class Subject:
    """A reading that is to be sampled: with its formula, or where it has none with what reads it."""

    measure: Measure
    id: Id
    reading: Reading
    read: Callable[[Values], Optional[Number]]
    keys: tuple[str, ...]
    formula: Optional[Formula]
    against: list[Rule] = field(default_factory=list)


class Studying:
    """What is known of a package while it is studied: formulas by measure and reading, each learned once. ``wide`` are
    dimensions that are to go farther than their tolerances, how far down and up."""

    def __init__(self, package: Package, assumed: Assumptions, wide: Optional[Mapping[str, tuple[int, int]]] = None) -> None:
        self.bench, self.assumed, self.wide = Bench(package), assumed, dict(wide or {})
        self._read: dict[tuple[str, Number, tuple[tuple[str, int], ...]], dict[Id, Reading]] = {}
        self._subjects: dict[tuple[str, Id], Subject] = {}
        self.left_out: dict[str, None] = {}

    def subject(self, measure: Measure, name: Id, reading: Reading, lower: Optional[Number],
                keeps: Optional[Callable[[Number], bool]] = None) -> Optional[Subject]:
        """The reading as something to sample; None, noted in ``left_out``, for one of too many dimensions. ``keeps`` as in
        ``learned``."""
        if (measure.name, name) not in self._subjects:
            keys = tuple(key for key in self.bench.asked(measure, lower) if key in self.bench.toleranced or key in self.wide)
            if len(keys) > MOST_DIMENSIONS:
                self.left_out[f"{measure.name}: it asks for {len(keys)} dimensions with tolerances, more than {MOST_DIMENSIONS}"
                              ] = None
                return None
            pins = self._pins(measure, name, reading, keys, lower)

            def read(moved: Values) -> Optional[Number]:
                found = self._at(measure, keys, {**pins, **moved}, lower).get(name)
                return found.value if found is not None else None

            stated = self.bench.stated
            box = {key: self.wide.get(key, (-stated[key].minus, stated[key].plus)) for key in keys if key not in pins}
            whole = isinstance(reading.value, int) and measure.kind is not RATIO
            formula = learned(read, box, whole, keeps) if box else None
            if formula is not None and not formula.keys:
                return None  # it has a tolerance by what is pinned alone
            self._subjects[measure.name, name] = Subject(measure, name, reading, read, tuple(box), formula)
        return self._subjects[measure.name, name]

    def _pins(self, measure: Measure, name: Id, reading: Reading, keys: Sequence[str], lower: Optional[Number]
              ) -> dict[str, int]:
        """Dimensions of which a limit counts already at nominal, a filler's largest say: they do not vary."""
        def value(moved: Values) -> Optional[Number]:
            found = self._at(measure, keys, moved, lower).get(name)
            return found.value if found is not None else None

        if value({}) == reading.value:
            return {}
        for key in keys:
            stated = self.bench.stated[key]
            for end in (stated.plus, -stated.minus):
                if value({key: end}) == reading.value:
                    return {key: end}
        return {}

    def _at(self, measure: Measure, keys: Sequence[str], moved: Values, lower: Optional[Number]) -> dict[Id, Reading]:
        made = (measure.name, lower or 0, tuple(sorted((key, step) for key, step in moved.items() if step)))
        if made not in self._read:
            stated = self.bench.stated
            package = self.bench.at({key: stated[key].nominal + step for key, step in moved.items() if step}, keys)
            self._read[made] = readings(measure, package, lower)
        return self._read[made]


def study(package: Package, rules: Sequence[Rule], assumed: Optional[Assumptions] = None) -> Study:
    """The study of what these rules judge, worst first for each rule, and of the readings that a study tells anyway."""
    assumed = assumed or assumptions_of(package.tolerances)
    studying = Studying(package, assumed)
    subjects: dict[tuple[str, Id], Subject] = {}
    for rule in rules:
        measure = all_measures()[rule.measure]
        if measure.kind is FLAG:
            continue
        found = [one for one in readings(measure, package, rule.limits.lower).items() if one[1].low != one[1].high]
        found.sort(key=lambda one: rule.limits.margin(one[1].value))
        if len(found) > MOST_READINGS:
            studying.left_out[f"{rule.name}: {len(found) - MOST_READINGS} more readings, each with more margin"] = None
        for name, reading in found[:MOST_READINGS]:
            subject = studying.subject(measure, name, reading, rule.limits.lower)
            if subject is not None:
                subjects.setdefault((measure.name, name), subject).against.append(rule)
    for measure in all_measures().values():
        if measure.studied and not package.odd:
            for name, reading in list(readings(measure, package).items())[:MOST_READINGS]:
                other = studying.subject(measure, name, reading, None) if reading.low != reading.high else None
                if other is not None:
                    subjects.setdefault((measure.name, name), other)
    rows = [row for subject, tally in sampled(list(subjects.values()), studying) for row in _rows(subject, tally, studying)]
    return Study(assumed, tuple(sorted(rows, key=lambda row: not row.rule)), tuple(studying.left_out))


def capabilities(package: Package, rule: Rule, assumed: Assumptions) -> dict[Id, Capability]:
    """How capable each reading is of keeping a rule, for those that have a tolerance."""
    studying, measure = Studying(package, assumed), all_measures()[rule.measure]
    found = [studying.subject(measure, name, reading, rule.limits.lower)
             for name, reading in readings(measure, package, rule.limits.lower).items() if reading.low != reading.high]
    subjects = [one for one in found if one is not None]
    for subject in subjects:
        subject.against.append(rule)
    return {subject.id: tally.capability(0) for subject, tally in sampled(subjects, studying)}


def first_order_cpk(package: Package, rule: Rule, assumed: Assumptions) -> Optional[float]:
    """The least Cpk of the readings that have a tolerance, by their slopes at the means and without samples; None where there
    are none, or one of them is no formula."""
    studying, measure = Studying(package, assumed), all_measures()[rule.measure]
    found: list[float] = []
    for name, reading in readings(measure, package, rule.limits.lower).items():
        if reading.low == reading.high:
            continue
        subject = studying.subject(measure, name, reading, rule.limits.lower)
        if subject is not None and subject.formula is None:
            return None
        if subject is not None and subject.formula is not None:
            found.append(first_order(subject.formula, rule.limits, studying))
    return min(found, default=None)


def first_order(formula: Formula, limits: Limits, studying: Studying, moved: Optional[Values] = None) -> float:
    """The Cpk of a formula by its slopes, where dimensions are ``moved`` from nominal; infinite either way for no spread, and
    where there is no value."""
    assumed, stated, moved = studying.assumed, studying.bench.stated, moved or {}
    sigma, _ = slopes(formula, stated, assumed, moved)
    mean = formula.value({key: round(assumed.spread(stated[key])[0]) + moved.get(key, 0) for key in formula.keys})
    if mean is None or not sigma:
        return float("inf") if mean is not None and limits.kept_by(mean) else float("-inf")
    return float(limits.margin(mean)) / (3 * sigma) - assumed.shift / 3


def sampled(subjects: Sequence[Subject], studying: Studying) -> list[tuple[Subject, Tally]]:
    """Each with its samples counted. All formulas see the same packages; a reading without one is asked of fewer."""
    assumed, stated = studying.assumed, studying.bench.stated
    tallies = [_tally(one, studying) for one in subjects]
    pairs = [(one, tally) for one, tally in zip(subjects, tallies) if one.formula is not None]
    keys = sorted({key for one, _ in pairs for key in (one.formula.keys if one.formula is not None else ())})
    streams = {key: assumed.stream(key) for key in keys}
    for begin in range(0, assumed.samples if pairs else 0, _CHUNK):
        count = min(_CHUNK, assumed.samples - begin)
        moved = {key: assumed.draw(streams[key], stated[key], count) for key in keys}
        for one, tally in pairs:
            if one.formula is not None:
                tally.add(one.formula.of(moved))
    for one, tally in zip(subjects, tallies):
        if one.formula is None:
            tally.add(_asked(one, assumed, stated))
    return list(zip(subjects, tallies))


def _tally(subject: Subject, studying: Studying) -> Tally:
    rss = slopes(subject.formula, studying.bench.stated, studying.assumed)[0] if subject.formula is not None else 0.0
    return Tally(float(subject.reading.value), studying.assumed.shift * rss, [rule.limits for rule in subject.against])


def _asked(subject: Subject, assumed: Assumptions, stated: Mapping[str, Toleranced]) -> Any:
    """Samples of a reading by asking its measure; where it does not read anything, it has no bound."""
    import numpy as np

    count = min(_ASKED, assumed.samples)
    drawn = {key: np.rint(assumed.draw(assumed.stream(key), stated[key], count)) for key in subject.keys}
    values = (subject.read({key: int(column[i]) for key, column in drawn.items()}) for i in range(count))
    return np.array([float("inf") if value is None else float(value) for value in values])


def _rows(subject: Subject, tally: Tally, studying: Studying) -> list[Studied]:
    reading, formula = subject.reading, subject.formula
    rss, shares = slopes(formula, studying.bench.stated, studying.assumed) if formula is not None else (tally.sigma, ())
    figures = Figures(
        nominal=reading.value, low=reading.low, high=reading.high, mean=tally.mean, sigma=tally.sigma, least=tally.least,
        greatest=tally.greatest, rss=rss, shares=shares, samples=tally.count, unbound=tally.unbound,
        is_exact=formula is not None)
    plain = Studied(subject.measure.name, subject.measure.kind, reading, figures)
    return [replace(plain, rule=rule.name, limits=rule.limits, capability=tally.capability(i), wanted_cpk=rule.cpk)
            for i, rule in enumerate(subject.against)] or [plain]
