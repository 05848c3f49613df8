"""``overmold sweep``."""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..exits import BROKEN, KEPT
from ..faults import fail
from .common import deck_of, emit, must_be_svg, read_named, settings_for
from .console import err

if TYPE_CHECKING:
    from ..sweep.run import Executor, Sweep
    from ..sweep.table import Table

_WIDTH = 30
_FEW = 400  # variants that are asked one by one: beginning processes would take longer


def run(arguments: argparse.Namespace) -> int:
    """Judge every variant into a table; 1 where none of them keeps every rule. What is done stays when it is stopped."""
    from ..sweep.columns import BROKEN as BREAKS
    from ..sweep.run import chunks, verdicts
    from ..sweep.table import Table

    must_be_svg(arguments.picture or "")
    table = Table(_prepared(arguments), Path(arguments.output))
    sweep, plan = table.sweep, table.sweep.plan
    done = _done(arguments, table)
    jobs, executor = _where(arguments, sweep)
    kept: list[Any] = []
    bar = _Bar(plan.end - plan.first, done)
    try:
        table.begin()
        for chunk in chunks(sweep, done, jobs, executor):
            table.add(chunk)
            kept.append(verdicts(sweep, chunk))
            done += len(kept[-1])
            bar.show(done)
    except KeyboardInterrupt:
        err(f"stopped after {done:,} of {plan.end - plan.first:,} variants; go on with --resume")
        raise
    finally:
        bar.end()
    picture = table.states() if arguments.picture else None
    table.finish()
    hold = sum(int((states < BREAKS).sum()) for states in kept)
    judged = sum(map(len, kept))
    err(f"{arguments.output}: {plan.end - plan.first:,} variants, in this run {hold:,} of {judged:,} keep every rule")
    if picture is not None:
        from ..pictures.swept import swept

        emit(swept(sweep.package.name, plan.varied, picture), arguments.picture)
    return KEPT if hold or not kept else BROKEN


def _prepared(arguments: argparse.Namespace) -> Sweep:
    from ..check import under
    from ..sweep.plan import plan
    from ..sweep.run import prepared

    path = Path(arguments.file)
    deck, package = deck_of(settings_for(arguments, path)), read_named(path)
    rules = deck.rules
    if arguments.rule:
        names = [rule.name for rule in rules]
        unknown = [name for name in arguments.rule if name not in names]
        if unknown:
            from ..faults import did_you_mean

            raise fail("--rule", f"there is no rule '{unknown[0]}'{did_you_mean(unknown[0], names)}")
        rules = tuple(rule for rule in rules if rule.name in arguments.rule)
    package = under(package, deck)
    return prepared(package, rules, plan(package, arguments.vary, arguments.shard))


def _done(arguments: argparse.Namespace, table: Table) -> int:
    """How many variants are there from an earlier run, which is only gone on with where that is asked for."""
    begun = table.begun()
    if begun > 0 and not arguments.resume:
        raise fail(str(table.growing), f"has {begun:,} variants of this sweep from a run that was stopped; go on with "
                                       "--resume, or remove it")
    return max(0, begun)


def _where(arguments: argparse.Namespace, sweep: Sweep) -> tuple[int, Executor | None]:
    jobs = arguments.jobs or os.cpu_count() or 1
    if arguments.dask:
        from functools import partial

        from ..sweep.on_dask import on_dask

        return jobs, partial(on_dask, arguments.dask)
    return (jobs if sweep.plan.end - sweep.plan.first > _FEW else 1), None


class _Bar:
    """How far it is, on a terminal."""

    def __init__(self, count: int, done: int) -> None:
        self.count, self.first, self.begun = count, done, time.monotonic()
        self.is_shown = sys.stderr.isatty()

    def show(self, done: int) -> None:
        """So many variants are done."""
        if not self.is_shown:
            return
        share = done / max(1, self.count)
        left = (time.monotonic() - self.begun) / max(1, done - self.first) * (self.count - done)
        filled = "█" * round(share * _WIDTH)
        sys.stderr.write(f"\r{filled:░<{_WIDTH}} {share:4.0%}  {done:,} of {self.count:,}, {left:,.0f} s left ")
        sys.stderr.flush()

    def end(self) -> None:
        """The line is over."""
        if self.is_shown:
            sys.stderr.write("\n")
