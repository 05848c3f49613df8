"""``overmold drc``."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Union

from ..faults import Faults, fail
from .common import emit, read_named, read_with_settings
from .console import coloured, err
from .inputs import STANDARD_INPUT, Input, files_of

if TYPE_CHECKING:
    from ..check import Result
    from ..compare import Drift
    from ..package import Package
    from ..report.finding import Report
    from ..report.since import Row
    from ..rule import Deck
    from ..settings import Settings
    from ..study import Study


def run(arguments: argparse.Namespace) -> int:
    """Check every file, or with ``--watch`` check them whenever one is saved."""
    if not arguments.watch:
        return _once(arguments)
    from .watch import watch

    pages = [file for name, file in arguments.format if name == "html" and file]
    return watch(arguments, lambda: _once(arguments), pages[0] if pages else None)


def _once(arguments: argparse.Namespace) -> int:
    """Check every file; a file that cannot be read is told and the others are still checked."""
    from ..report.finding import View
    from .formats import FORMATS

    wanted = _wanted(arguments)
    _keep_inputs(arguments, [file for _, file in wanted if file])
    inputs = files_of(arguments.files)
    decks: dict[Settings, Deck] = {}
    spec, baseline = _spec(arguments), _baseline(arguments)
    reports = [_compared(_report(one, arguments, decks, spec), baseline, arguments.baseline) for one in inputs]
    faults = dict.fromkeys(fault for report in reports for fault in report.faults)
    notes = [note for one in inputs for note in one.notes if not arguments.quiet]
    for line in (*notes, *map(str, faults)):
        err(line)
    for name, file in wanted:
        # A report on disk says all there is to say: an older one, left standing, would pass for this run's.
        quiet = arguments.quiet and file in ("", arguments.output)
        view = View(not file and coloured(), arguments.all, quiet, faults=bool(file))
        words = FORMATS[name](reports, view)
        if words:
            emit(words, file)
    return max(report.code for report in reports)


def _wanted(arguments: argparse.Namespace) -> list[tuple[str, str]]:
    """Every format that is asked for with the file it goes to, "" for the terminal; text there where nothing else is."""
    wanted: list[tuple[str, str]] = arguments.format
    bare = [name for name, file in wanted if not file]
    if len(bare) > 1:
        raise fail("--format", f"{' and '.join(bare)} cannot go to {arguments.output or 'the terminal'} together; write one "
                               f"of them as {bare[-1]}=FILE")
    files = [(name, file) for name, file in wanted if file]
    if not bare and arguments.output and files:
        raise fail("--output", "is for the format without a file, and there is none; leave it out, or name one")
    return [*files, ((bare or ["text"])[0], arguments.output or "")]


def _spec(arguments: argparse.Namespace) -> Union[Package, Faults, None]:
    """The package file to hold boards against, or why it cannot be read."""
    try:
        return read_named(Path(arguments.spec)) if arguments.spec else None
    except Faults as caught:
        return caught


def _baseline(arguments: argparse.Namespace) -> Optional[dict[str, Row]]:
    """The reports of an earlier run to compare with; raises Faults."""
    if not arguments.baseline:
        return None
    from ..report.since import read_baseline

    return read_baseline(Path(arguments.baseline))


def _compared(report: Report, baseline: Optional[dict[str, Row]], file: str) -> Report:
    """The report with what changed since the earlier one on the same file."""
    if baseline is None or report.result is None:
        return report
    from ..report.formats.json import rule_rows
    from ..report.since import since

    return replace(report, since=since(baseline, file, report.source, report.result, rule_rows(report.result)))


def _report(one: Input, arguments: argparse.Namespace, decks: dict[Settings, Deck], spec: Union[Package, Faults, None]
            ) -> Report:
    """What there is to say of one file, also where it, its settings, its deck or its package file cannot be read."""
    from ..report.finding import Report, unreadable

    source = STANDARD_INPUT if one.name == "-" else one.name
    try:
        package, settings = read_with_settings(one, arguments, decks, optional=True)
        if isinstance(spec, Faults):
            raise spec
    except Faults as caught:
        return unreadable(source, caught.faults)
    from ..check import check
    from ..claims import claim_chart

    result = check(package, decks[settings])
    return Report(source, result, claim_chart(result), _drift(package, spec), settings=settings if settings.file else None,
                  strict=settings.strict, complete=settings.complete, study=_study(result, arguments))


def _study(result: Result, arguments: argparse.Namespace) -> Optional[Study]:
    """The tolerance study of what was judged, where one is asked for."""
    if not arguments.study:
        return None
    from ..study import assumptions_of, study

    judged = [one.rule for one in result.verdicts if one.judged and not one.rule.silenced_because]
    return study(result.package, judged, assumptions_of(result.package.tolerances, arguments.samples, arguments.seed))


def _drift(package: Package, spec: Optional[Package]) -> tuple[Drift, ...]:
    if spec is None:
        return ()
    from ..compare import drift
    from ..package import keys

    open_ones = [key for odd in package.odd for key in odd.unknown]
    return tuple(row for row in drift(package, spec)
                 if not any(row.key == key or keys.is_within(row.key, key) for key in open_ones))


def _keep_inputs(arguments: argparse.Namespace, written: Sequence[str]) -> None:
    """Refuse to write a report over what is named on the command line; ``emit`` looks for what these files name."""
    read = {_real(name) for name in (*arguments.files, *arguments.rules, *([arguments.spec] if arguments.spec else []),
                                      *([arguments.baseline] if arguments.baseline else []))}
    for file in written:
        if _real(file) in read:
            raise fail(file, "is read by this very command; write the report to another file")
    if len(set(map(_real, written))) < len(written):
        raise fail("--format", "two reports cannot go to one file; give each its own")


def _real(name: str) -> str:
    """The file behind all links, also behind one that leads in a circle."""
    try:
        return os.path.realpath(name)
    except ValueError:  # no file has such a name
        return name
