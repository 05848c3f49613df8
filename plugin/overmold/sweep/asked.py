"""Rules that are no formula of what is varied: the check is asked, variant by variant, where there are processors for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ..check import ERROR, INFO, put
from ..package import Package
from ..rule import Rule
from ..study.probes import Bench
from .columns import BROKEN, KEPT, WARNING

Values = Sequence[tuple[int, ...]]
Judged = list[list[tuple[int, float]]]
_AHEAD = 4  # tasks for each worker that wait or run


@dataclass(frozen=True, repr=False)
class Question:
    """What every worker has to know: the package, which dimensions are varied, and the rules."""

    package: Package
    keys: tuple[str, ...]
    rules: tuple[Rule, ...]

    def answer(self, values: Values) -> Judged:
        """For each variant, for each rule: kept, warning or broken, and its least margin (infinite without readings)."""
        bench = Bench(self.package)
        made = [bench.moved(dict(zip(self.keys, one))) for one in values]
        return [[_judged(package, rule) for rule in self.rules] for package in made]


def _judged(package: Package, rule: Rule) -> tuple[int, float]:
    judged = put(package, rule._replace(cpk=None)).judged
    severities = {one.severity for one in judged} - {"", INFO}
    state = BROKEN if ERROR in severities else WARNING if severities else KEPT
    return state, float(min((one.margin for one in judged), default=float("inf")))


def one_by_one(question: Question, tasks: Iterable[Values], jobs: int) -> Iterator[Judged]:
    """In this process."""
    for values in tasks:
        yield question.answer(values)


def in_processes(question: Question, tasks: Iterable[Values], jobs: int) -> Iterator[Judged]:
    """In so many processes of their own, in order. They are begun anew, not copied: on every system alike."""
    import multiprocessing

    with multiprocessing.get_context("spawn").Pool(jobs, _begin, (question,)) as pool:
        waiting: list[Any] = []
        for values in tasks:
            waiting.append(pool.apply_async(_answer, (values,)))
            if len(waiting) > _AHEAD * jobs:
                yield waiting.pop(0).get()
        for one in waiting:
            yield one.get()


_question: list[Question] = []


def _begin(question: Question) -> None:
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one at the terminal ends the sweep, and with it these
    _question[:] = [question]


def _answer(values: Values) -> Judged:
    return _question[0].answer(values)
