"""What changed between two designs: data and geometry, readings, margins, verdicts, claims."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Optional

from .check import BROKEN, NOTED, WARNED, Judged, Result, Verdict
from .claims import ClaimRow
from .compare import Drift, drift

_WORSE = (NOTED, WARNED, BROKEN)


@dataclass(frozen=True, repr=False)
class RuleChange:
    """One rule of which the verdict or a worst reading is another; None for a design that does not know the rule."""

    rule: str
    old: Optional[Verdict]
    new: Optional[Verdict]

    @property
    def is_worse(self) -> bool:
        """Whether the new design breaks, or only nearly keeps, what the old one kept."""
        return _rank(self.new) > _rank(self.old)

    @property
    def is_better(self) -> bool:
        """The other way round."""
        return _rank(self.new) < _rank(self.old)


@dataclass(frozen=True)
class ClaimChange:
    """One claim that comes to something else."""

    number: int
    words: str
    old: str
    new: str


@dataclass(frozen=True, eq=False, repr=False)
class Difference:
    """``data`` has every datum and shape that differs (``board`` is the new value, ``spec`` the old one)."""

    old: Result
    new: Result
    data: tuple[Drift, ...]
    rules: tuple[RuleChange, ...]
    claims: tuple[ClaimChange, ...]

    @property
    def is_worse(self) -> bool:
        """Whether the new design breaks a rule that the old one did not."""
        return any(one.is_worse and one.new is not None and one.new.status == BROKEN for one in self.rules)

    @property
    def is_nothing(self) -> bool:
        """Whether the two are one design."""
        return not (self.data or self.rules or self.claims)


def difference(old: Result, new: Result, old_claims: Sequence[ClaimRow], new_claims: Sequence[ClaimRow]) -> Difference:
    """All that changed from one checked design to another."""
    before, after = ({one.rule.name: one for one in result.verdicts} for result in (old, new))
    changes = [RuleChange(name, before.get(name), after.get(name)) for name in dict.fromkeys([*before, *after])]
    changed = [one for one in changes if _differs(one)]
    changed.sort(key=lambda one: (not one.is_worse, not one.is_better))
    return Difference(old, new, drift(new.package, old.package), tuple(changed), tuple(_claims(old_claims, new_claims)))


def _differs(one: RuleChange) -> bool:
    if one.old is None or one.new is None:
        return True
    return one.old.status != one.new.status or _numbers(one.old.worst) != _numbers(one.new.worst)


def _numbers(one: Optional[Judged]) -> Optional[tuple[object, ...]]:
    return None if one is None else (one.reading.value, one.reading.low, one.reading.high)


def _claims(old: Sequence[ClaimRow], new: Sequence[ClaimRow]) -> list[ClaimChange]:
    before = {row.number: row.status for row in old}
    return [ClaimChange(row.number, row.words, before.get(row.number, ""), row.status) for row in new
            if before.get(row.number) != row.status]


def _rank(one: Optional[Verdict]) -> int:
    return _WORSE.index(one.status) if one is not None and one.status in _WORSE else -1

