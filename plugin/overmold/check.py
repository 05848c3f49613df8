"""Rules × Package → verdicts: the numbers come from measures, the limits from rules, and here the two meet.

A reading is judged at its nominal value and at its tolerance corners. A nominal breach has the rule's severity; a breach
at a corner only is a warning, unless the rule says otherwise. A breach of a rule that only informs is noted, and so is one that
the designer means: it tells what a design is not, for the claim chart. What could not be measured is said, never passed over;
and a rule that asks for what could not be read is not checked.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from operator import attrgetter
from types import ModuleType
from typing import NamedTuple, Optional

from .measures import Reading, Unmeasured, all_measures
from .measures.rounding import is_turned, with_slack
from .package import Odd, Package
from .package.watched import GUESSED, PART, needing
from .rule import Deck, Rule, load_deck
from .rule.said import limits_text
from .units import Kind, Number, show

KEPT, BROKEN, WARNED, NOTED = "kept", "broken", "warned", "noted"
UNTESTED, NOT_APPLICABLE, SILENCED = "not checked", "not applicable", "silenced"
ERROR, WARNING, INFO = "error", "warning", "info"


class Judged(NamedTuple):
    """A reading against its rule's limits: ``margin`` is what is left to the nearest limit at nominal, ``corner_margin``
    at the worst tolerance corner (negative: beyond it). ``severity`` is "" where the limits are kept, also at the corners.
    ``on_limit``: the nominal value stands exactly on a limit that still keeps the rule. ``cpk`` is how capable the reading is
    of keeping the rule, where that asks for it: then ``severity`` may also be for want of that."""

    reading: Reading
    margin: Number
    corner_margin: Number
    severity: str = ""
    at_corner: bool = False
    on_limit: bool = False
    cpk: Optional[float] = None
    incapable: bool = False


class Verdict(NamedTuple):
    """What came of one rule: ``judged`` worst first, ``untested`` what was missing."""

    rule: Rule
    kind: Kind
    status: str
    judged: tuple[Judged, ...] = ()
    untested: tuple[Unmeasured, ...] = ()

    def __repr__(self) -> str:
        return f"<Verdict {self.rule.name}: {self.status}, {len(self.judged)} reading{'s' * (len(self.judged) != 1)}>"

    @property
    def worst(self) -> Optional[Judged]:
        """The judged reading with the least margin; None where nothing was measured."""
        return self.judged[0] if self.judged else None


class Breach(NamedTuple):
    """One reading beyond its limits."""

    verdict: Verdict
    judged: Judged

    @property
    def rule(self) -> Rule:
        """The rule that is broken."""
        return self.verdict.rule

    @property
    def severity(self) -> str:
        """``ERROR``, ``WARNING`` or ``INFO``."""
        return self.judged.severity

    @property
    def message(self) -> str:
        """What was read, against which limit, in one sentence."""
        return breach(self.verdict, self.judged)


@dataclass(frozen=True, eq=False, repr=False)
class Result:
    """Everything a check found out about one package, one verdict a rule, in the order of the decks."""

    package: Package
    verdicts: tuple[Verdict, ...]

    def __repr__(self) -> str:
        counts = Counter(verdict.status for verdict in self.verdicts)
        rules = ", ".join(f"{count} {status}" for status, count in counts.items())
        breaches = ", ".join(f"{count} {word}{'s' * (count != 1)}" for count, word in (
            (self.errors, "error"), (self.warnings, "warning")))
        return f"<Result {self.package.name}: {rules or 'no rules'}; {breaches}>"

    @cached_property
    def findings(self) -> tuple[Breach, ...]:
        """Every breach of every rule that is not silenced, errors first."""
        found = [Breach(verdict, judged) for verdict in self.verdicts if verdict.status != SILENCED
                 for judged in verdict.judged if judged.severity]
        return tuple(sorted(found, key=lambda one: (ERROR, WARNING, INFO).index(one.severity)))

    @cached_property
    def errors(self) -> int:
        """How many breaches are errors."""
        return sum(finding.severity == ERROR for finding in self.findings)

    @cached_property
    def warnings(self) -> int:
        """How many breaches are warnings."""
        return sum(finding.severity == WARNING for finding in self.findings)

    def verdict(self, rule: str) -> Verdict:
        """The verdict on the rule of that name; raises KeyError."""
        return {verdict.rule.name: verdict for verdict in self.verdicts}[rule]


def check(package: Package, deck: Optional[Deck] = None) -> Result:
    """Put every rule of ``deck`` to ``package``; the usual ones where no deck is given."""
    deck = load_deck(examples=False) if deck is None else deck
    package = under(package, deck)
    return Result(package, tuple(put(package, rule) for rule in deck.rules))


def under(package: Package, deck: Deck) -> Package:
    """The package with what the deck knows: alloys, and what a tolerance means where the package does not say."""
    return replace(package, alloys=deck.alloys, tolerances=package.tolerances or deck.tolerances)


def put(package: Package, rule: Rule) -> Verdict:
    """One rule put to the package."""
    measure = all_measures()[rule.measure]
    asked: dict[Odd, str] = {}
    wanted = needing(package, asked)
    judged, untested = [], []
    turned = measure.in_plan and is_turned(package)
    for one in measure.of(wanted, rule.limits.lower):
        if isinstance(one, Unmeasured):
            untested.append(one)
        else:
            judged.append(judge(with_slack(one, measure.kind, turned) if turned or one.slack else one, rule))
    if rule.cpk is not None and not asked:
        judged = _capable(package, rule, judged)
    if any(how == GUESSED or (how == PART and not measure.in_plan) for how in asked.values()):
        judged, untested = [], []
    return _verdict_of(rule, measure.kind, judged, [*(Unmeasured(odd.unknown, odd.words) for odd in asked), *untested])


def _capable(package: Package, rule: Rule, judged: list[Judged]) -> list[Judged]:
    """The same, held also against the capability that the rule asks for."""
    from .study import assumptions_of
    from .study.run import capabilities

    found = capabilities(package, rule, assumptions_of(package.tolerances))
    counts: Counter[tuple[str, ...]] = Counter()
    made = []
    for one in judged:
        capability = found.get((one.reading.where, counts[one.reading.where]))
        counts[one.reading.where] += 1
        cpk = capability.cpk if capability is not None else None
        short = cpk is not None and rule.cpk is not None and cpk < rule.cpk
        made.append(one._replace(cpk=cpk, incapable=short, severity=rule.severity, at_corner=False)
                    if short and (not one.severity or one.at_corner) else one._replace(cpk=cpk))
    return made


def _verdict_of(rule: Rule, kind: Kind, judged: list[Judged], untested: Sequence[Unmeasured]) -> Verdict:
    worst_first = attrgetter("margin", "corner_margin")
    ordered = [*sorted((one for one in judged if one.severity), key=worst_first),
               *sorted((one for one in judged if not one.severity), key=worst_first)]
    return Verdict(rule, kind, _status(rule, ordered, untested), tuple(ordered), tuple(untested))


def as_its_file_has_it(verdict: Verdict) -> Verdict:
    """The same readings judged by the rule before any deck changed or silenced it."""
    original = verdict.rule.original
    if original is None:
        return verdict
    return _verdict_of(original, verdict.kind, [judge(one.reading, original) for one in verdict.judged], verdict.untested)


def _status(rule: Rule, judged: Sequence[Judged], untested: Sequence[Unmeasured]) -> str:
    if rule.silenced_because:
        return SILENCED
    severities = {one.severity for one in judged}
    if ERROR in severities:
        return BROKEN
    if WARNING in severities:
        return WARNED
    if untested:
        return UNTESTED
    if INFO in severities:
        return NOTED
    return KEPT if judged else NOT_APPLICABLE


def judge(reading: Reading, rule: Rule) -> Judged:
    """One reading against the limits of ``rule``; what stands nearer to a limit than rounding may move it stands on it."""
    limits = rule.limits
    if reading.slack:
        value, low, high = (limits.snapped(one, reading.slack) for one in (reading.value, reading.low, reading.high))
        reading = reading._replace(value=value, low=low, high=high)
    margin = limits.margin(reading.value)
    is_exact = reading.low == reading.value == reading.high
    corner = margin if is_exact else min(limits.margin(reading.low), limits.margin(reading.high))
    if margin < 0 or (not margin and not limits.kept_by(reading.value)):
        return Judged(reading, margin, corner, INFO if reading.meant else rule.severity)
    if not is_exact and rule.corners != "ignore" and not (limits.kept_by(reading.low) and limits.kept_by(reading.high)):
        # A corner is never worse than the nominal breach of the same rule would be.
        severity = INFO if reading.meant else rule.corners if rule.severity == ERROR else rule.severity
        return Judged(reading, margin, corner, severity, at_corner=True, on_limit=not margin)
    return Judged(reading, margin, corner, on_limit=not margin)


def breach(verdict: Verdict, judged: Judged) -> str:
    """One sentence: the rule's title, what was read, against which limit."""
    note = f" ({judged.reading.note})" if judged.reading.note else ""
    limit = limits_text(verdict.rule.limits, verdict.kind, verdict.rule.cpk)
    return f"{verdict.rule.title}: {reading_text(verdict, judged)}{note}, limit {limit}"


def reading_text(verdict: Verdict, judged: Judged) -> str:
    """What was read and is beyond the limit: the nominal value, or that at the worst corner."""
    reading, kind = judged.reading, verdict.kind
    if judged.incapable and judged.cpk is not None:
        return f"{show(reading.value, kind)} with a Cpk of {judged.cpk:.2f}"
    if not judged.at_corner:
        return show(reading.value, kind)
    corner = min(reading.low, reading.high, key=verdict.rule.limits.margin)
    return f"{show(corner, kind)} at the worst tolerance corner (nominal {show(reading.value, kind)})"


class _Module(ModuleType):
    """``overmold.check`` is a function of the API and, for Python, this module: so the module is called as the function."""

    def __call__(self, package: Package, deck: Optional[Deck] = None) -> Result:
        return check(package, deck)


sys.modules[__name__].__class__ = _Module
