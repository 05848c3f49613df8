"""What a check found out, with every part of it still to be had by itself; each format and the page are readers of this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING, NamedTuple, Optional

from ..check import (
    INFO,
    KEPT,
    NOT_APPLICABLE,
    NOTED,
    SILENCED,
    UNTESTED,
    Breach,
    Result,
    reading_text,
)
from ..claims import ClaimRow
from ..exits import BROKEN as EXIT_BROKEN
from ..exits import KEPT as EXIT_KEPT
from ..exits import UNREADABLE as EXIT_UNREADABLE
from ..faults import Fault
from ..package import Package
from ..plain import one_line
from ..rule.said import limits_text
from ..shapes import Point
from ..units import Kind, Number
from .not_read import NotRead, not_read
from .places import Find, Spot, finder

if TYPE_CHECKING:
    from ..compare import Drift
    from ..settings import Settings
    from ..study import Study
    from .since import Since

IS_KEPT, IS_BROKEN, NOTHING_JUDGED, IS_UNREADABLE = "kept", "broken", "nothing judged", "unreadable"
IS_INCOMPLETE = "incomplete"  # parts could not be read; the rest is judged
IS_NO_PACKAGE = "no package"  # a board without carrier or chip; whatever is there is judged, and is no package
HUES = {IS_KEPT: "green", IS_BROKEN: "red", NOTHING_JUDGED: "yellow", IS_INCOMPLETE: "red", IS_NO_PACKAGE: "red",
        IS_UNREADABLE: "red"}


_SOLVED = 2  # breaches of one rule for which numbers are looked for


@dataclass(frozen=True)
class Finding:
    """One breach. ``read``, ``note`` and ``limit`` are words with units; ``reading``, ``low``, ``high``, ``margin`` and
    ``corner_margin`` are numbers in base units of ``kind``. ``places`` are the parts it was read on, ``at`` is the spot on the
    plan, in nm."""

    rule: str
    severity: str
    title: str
    read: str
    note: str
    limit: str
    places: tuple[Spot, ...]
    at: Optional[Point]
    kind: Kind
    reading: Number
    low: Number
    high: Number
    margin: Number
    corner_margin: Number
    at_corner: bool
    why: str
    fix: str
    solved: Callable[[], tuple[str, ...]] = field(default=tuple, compare=False, repr=False)

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The changes of one dimension each that mend it, in words; looked for when somebody asks."""
        return self.solved()

    @property
    def whole_fix(self) -> str:
        """How to mend it, with the numbers that do."""
        return f"{self.fix} In numbers: {'; or '.join(self.numbers)}." if self.numbers else self.fix

    @property
    def message(self) -> str:
        """The parts as one sentence."""
        return f"{self.title}: {self.read}{f' ({self.note})' if self.note else ''}, limit {self.limit}"


@dataclass(frozen=True, eq=False, repr=False)
class Report:
    """Everything there is to say of one file: ``result`` is None, and ``faults`` say why, where it could not be read.

    ``strict``: warnings and drift break the check too; ``complete``: rules that could not be checked do. ``since``: what
    changed since an earlier report, where one was given; ``study``, where one was asked for.
    """

    source: str
    result: Optional[Result] = None
    claims: tuple[ClaimRow, ...] = ()
    drift: tuple[Drift, ...] = ()
    faults: tuple[Fault, ...] = ()
    settings: Optional[Settings] = None
    strict: bool = False
    complete: bool = False
    since: Optional[Since] = None
    study: Optional[Study] = None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Every breach of every rule that is not silenced, errors first."""
        if self.result is None:
            return ()
        find = finder(self.result.package)
        limits = {one.rule.name: limits_text(one.rule.limits, one.kind, one.rule.cpk) for one in self.result.verdicts}
        told: Counter[str] = Counter()
        made = []
        for one in self.result.findings:
            told[one.rule.name] += 1
            solved = partial(_numbers, self.result.package, one) if told[one.rule.name] <= _SOLVED else tuple
            made.append(_finding(one, find, limits[one.rule.name], solved))
        return tuple(made)

    @cached_property
    def not_read(self) -> tuple[NotRead, ...]:
        """What of the file could not be read, where the rest of it was judged."""
        return not_read(self.result.package) if self.result is not None else ()

    @property
    def broken_by(self) -> str:
        """What breaks the check, in words; "" where nothing does."""
        if self.result is None:
            return ""
        unchecked = any(verdict.untested for verdict in self.result.verdicts)
        return next((words for words, broken in (
            ("an error", self.result.errors), ("strict: a warning", self.strict and self.result.warnings),
            ("strict: drift", self.strict and self.drift), ("complete: a rule not checked", self.complete and unchecked),
        ) if broken), "")

    @property
    def verdict(self) -> str:
        """What the last line, JSON and ``code`` say: ``IS_KEPT``, ``IS_BROKEN``, ``NOTHING_JUDGED``, ``IS_INCOMPLETE``,
        ``IS_NO_PACKAGE`` or ``IS_UNREADABLE``."""
        if self.result is None:
            return IS_UNREADABLE
        if self.not_read:
            return IS_INCOMPLETE
        if self.broken_by:
            return IS_BROKEN
        if self.result.package.lacks:
            return IS_NO_PACKAGE
        return IS_KEPT if any(verdict.status == KEPT for verdict in self.result.verdicts) else NOTHING_JUDGED

    @property
    def code(self) -> int:
        """The exit code for this file alone."""
        codes = {IS_BROKEN: EXIT_BROKEN, IS_KEPT: EXIT_KEPT, NOTHING_JUDGED: EXIT_KEPT}
        return codes.get(self.verdict, EXIT_UNREADABLE)

    @property
    def hue(self) -> str:
        """Green is for a package with every rule checked and no warning; kept with less than that is yellow."""
        if self.result is None or self.verdict != IS_KEPT:
            return HUES[self.verdict]
        clean = not self.result.warnings and not any(verdict.status == UNTESTED for verdict in self.result.verdicts)
        return "green" if clean else "yellow"

    @property
    def counts(self) -> str:
        """How many rules came out how, or how many faults there are."""
        result = self.result
        if result is None:
            return many(len(self.faults), "fault")
        statuses = [verdict.status for verdict in result.verdicts]
        said = [f"{len(self.not_read)} not read"] if self.not_read else []
        said += [f"no {what} on this board" for what in result.package.lacks]
        said += [f"{many(statuses.count(KEPT), 'rule')} kept"]
        said += [many(result.errors, "error")] if result.errors else []
        said += [many(result.warnings, "warning")] if result.warnings else []
        said += [f"{len(self.drift)} drifted"] if self.drift else []
        said += [f"{statuses.count(one)} {one}" for one in (NOTED, UNTESTED, SILENCED, NOT_APPLICABLE) if one in statuses]
        because = f" ({self.broken_by} breaks the check)" if self.broken_by and not result.errors else ""
        return ", ".join(said) + because


class View(NamedTuple):
    """How it is shown: in ``colour``, ``every`` rule or those that had something to judge, ``quiet``: closing lines only.

    ``faults``: what could not be read stands in the text too, not on standard error alone.
    """

    colour: bool = False
    every: bool = False
    quiet: bool = False
    faults: bool = True


def unreadable(source: str, faults: Sequence[Fault]) -> Report:
    """The report on a file that could not be judged."""
    return Report(source, faults=tuple(faults))


def total(reports: Sequence[Report]) -> tuple[str, str]:
    """The verdict on several files together, and how many came out how: what the exit code of them all says."""
    verdicts = [report.verdict for report in reports]
    order = (IS_UNREADABLE, IS_INCOMPLETE, IS_NO_PACKAGE, IS_BROKEN, IS_KEPT, NOTHING_JUDGED)
    worst = next((one for one in order if one in verdicts), NOTHING_JUDGED)
    counts = [f"{verdicts.count(one)} {one}" for one in reversed(order) if one in verdicts]
    return worst, ", ".join([many(len(reports), "file"), *counts])


def to_mend(findings: Sequence[Finding]) -> dict[str, list[Finding]]:
    """The errors and warnings by rule."""
    found: dict[str, list[Finding]] = {}
    for finding in findings:
        if finding.severity != INFO:
            found.setdefault(finding.rule, []).append(finding)
    return found


def _numbers(package: Package, found: Breach) -> tuple[str, ...]:
    """The numbers that mend a breach; none for a package that is not known whole."""
    if package.odd:
        return ()
    from ..solve.fixes import fixes

    return tuple(fix.words for fix in fixes(package, found))


def _finding(found: Breach, find: Find, limit: str, solved: Callable[[], tuple[str, ...]]) -> Finding:
    verdict, judged, rule = found.verdict, found.judged, found.rule
    reading = judged.reading
    places = tuple(find(key, reading.at) for key in reading.where)
    return Finding(
        rule=rule.name, severity=judged.severity, title=one_line(rule.title), read=reading_text(verdict, judged),
        note=one_line(reading.note), limit=limit,
        places=places, at=reading.at or next((spot.at for spot in places[:1]), None), kind=verdict.kind, reading=reading.value,
        low=reading.low, high=reading.high, margin=judged.margin, corner_margin=judged.corner_margin,
        at_corner=judged.at_corner, why=rule.why, fix=rule.fix, solved=solved,
    )


def many(count: int, word: str) -> str:
    """A count with its word, in the plural but for one."""
    return f"{count} {word}{'s' * (count != 1)}"
