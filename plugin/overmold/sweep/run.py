"""A sweep, chunk by chunk: columns here, the other rules wherever somebody asks the check."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Optional

from ..check import INFO, put
from ..measures import all_measures
from ..package import Package
from ..rule import Rule
from ..study.probes import Bench
from .asked import Judged, Question, Values, in_processes, one_by_one
from .columns import KEPT, Columns, columns_of
from .plan import Plan

Executor = Callable[[Question, Iterable[Values], int], Iterator[Judged]]
_CHUNK, _ASKED_CHUNK, _TASK = 50_000, 1_000, 50


@dataclass(frozen=True, repr=False)
class Sweep:
    """What is to be done: rules as ``columns``, rules that are ``asked``, and the ``constant`` ones, which come out the same
    for every variant, with their state."""

    plan: Plan
    package: Package
    columns: tuple[Columns, ...]
    asked: tuple[Rule, ...]
    constant: tuple[tuple[Rule, int], ...]

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Those that depend on what is varied, in the order of their columns."""
        return (*(one.rule for one in self.columns), *self.asked)


@dataclass(frozen=True, eq=False, repr=False)
class Chunk:
    """Variants from number ``first`` on: their values by key, and for each rule its states and its least margins."""

    first: int
    values: dict[str, Any]
    states: list[Any]
    margins: list[Any]


def prepared(package: Package, rules: Sequence[Rule], plan: Plan) -> Sweep:
    """The sweep of a package under these rules."""
    bench = Bench(package)
    columns: list[Columns] = []
    asked: list[Rule] = []
    constant: list[tuple[Rule, int]] = []
    for rule in rules:
        if rule.severity == INFO or rule.silenced_because:
            continue
        if not set(plan.keys) & set(bench.asked(all_measures()[rule.measure], rule.limits.lower)):
            question = Question(package, (), (rule,))
            [[(state, _)]] = question.answer([()])
            constant.append((rule, state))
            continue
        found: Optional[Columns] = columns_of(bench, rule, plan)
        if found is not None:
            columns.append(found)
        elif put(package, rule).judged or not _is_idle(bench, rule, plan):
            asked.append(rule)
    return Sweep(plan, package, tuple(columns), tuple(asked), tuple(constant))


def _is_idle(bench: Bench, rule: Rule, plan: Plan) -> bool:
    """Whether a rule has nothing to judge, neither here nor at the ends of what is varied."""
    ends = [{one.key: pick(one.values) for one in plan.varied} for pick in (min, max)]
    return not any(put(bench.moved(one), rule).judged for one in ends)


def chunks(sweep: Sweep, done: int = 0, jobs: int = 1, executor: Optional[Executor] = None) -> Iterator[Chunk]:
    """Every chunk in order, but for the first ``done`` variants; ``executor`` says where rules are asked."""
    plan, stated = sweep.plan, Bench(sweep.package).stated
    size = _ASKED_CHUNK if sweep.asked else _CHUNK
    starts = range(plan.first + done, plan.end, size)
    answers = _answers(sweep, starts, size, jobs, executor)
    for first in starts:
        end = min(first + size, plan.end)
        values = plan.columns(first, end)
        moved = {key: column - stated[key].nominal for key, column in values.items()}
        judged = [one.judged(moved, end - first) for one in sweep.columns]
        judged += next(answers) if sweep.asked else []
        yield Chunk(first, values, [states for states, _ in judged], [margins for _, margins in judged])


def _answers(sweep: Sweep, starts: range, size: int, jobs: int, executor: Optional[Executor]
             ) -> Iterator[list[tuple[Any, Any]]]:
    """Of each chunk, for each rule that is asked: its states and margins."""
    import numpy as np

    plan = sweep.plan

    def rows_of(first: int) -> Values:
        return list(zip(*(column.tolist() for column in plan.columns(first, min(first + size, plan.end)).values())))

    def tasks() -> Iterator[Values]:
        for first in starts:
            rows = rows_of(first)
            yield from (rows[i:i + _TASK] for i in range(0, len(rows), _TASK))

    question = Question(sweep.package, plan.keys, sweep.asked)
    found = (executor or (in_processes if jobs > 1 else one_by_one))(question, tasks(), jobs)
    for first in starts:
        parts = -(-(min(first + size, plan.end) - first) // _TASK)
        table = np.array([row for answer in islice(found, parts) for row in answer], dtype=np.float64)
        yield [(table[:, i, 0].astype(np.int8), table[:, i, 1]) for i in range(len(sweep.asked))]


def verdicts(sweep: Sweep, chunk: Chunk) -> Any:
    """The worst state of each variant over all rules."""
    import numpy as np

    worst = max((state for _, state in sweep.constant), default=KEPT)
    return np.maximum.reduce([np.full(len(next(iter(chunk.values.values()))), worst, np.int8), *chunk.states])
