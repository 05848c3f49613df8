"""``overmold drc``."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING, Optional, Union

from ..faults import Faults, fail
from .common import emit, read_named, read_with_settings
from .console import coloured, err
from .inputs import STANDARD_INPUT, Input, files_of

if TYPE_CHECKING:
    from ..compare import Drift
    from ..package import Package
    from ..report.finding import Report
    from ..rule import Deck
    from ..settings import Settings


def run(arguments: argparse.Namespace) -> int:
    """Check every file; a file that cannot be read is told and the others are still checked."""
    from ..report import FORMATS
    from ..report.finding import View

    _keep_inputs(arguments)
    inputs = files_of(arguments.files)
    decks: dict[Settings, Deck] = {}
    spec = _spec(arguments)
    reports = [_report(one, arguments, decks, spec) for one in inputs]
    faults = dict.fromkeys(fault for report in reports for fault in report.faults)
    # A report on disk says all there is to say: an older one, left standing, would pass for this run's.
    view = View(not arguments.output and coloured(), arguments.all, arguments.quiet, faults=bool(arguments.output))
    words = FORMATS[arguments.format](reports, view)
    notes = [note for one in inputs for note in one.notes if not arguments.quiet]
    for line in (*notes, *map(str, faults)):
        err(line)
    if words:
        emit(words, arguments.output)
    return max(report.code for report in reports)


def _spec(arguments: argparse.Namespace) -> Union[Package, Faults, None]:
    """The package file to hold boards against, or why it cannot be read."""
    try:
        return read_named(Path(arguments.spec)) if arguments.spec else None
    except Faults as caught:
        return caught


def _report(one: Input, arguments: argparse.Namespace, decks: dict[Settings, Deck], spec: Union[Package, Faults, None]
            ) -> Report:
    """What there is to say of one file, also where it, its settings, its deck or its package file cannot be read."""
    from ..report.finding import Report, unreadable

    source = STANDARD_INPUT if one.name == "-" else one.name
    try:
        package, settings = read_with_settings(one, arguments, decks)
        if isinstance(spec, Faults):
            raise spec
    except Faults as caught:
        return unreadable(source, caught.faults)
    from ..check import check
    from ..claims import claim_chart

    result = check(package, decks[settings])
    return Report(source, result, claim_chart(result), _drift(package, spec), settings=settings if settings.file else None,
                  strict=settings.strict, complete=settings.complete)


def _drift(package: Package, spec: Optional[Package]) -> tuple[Drift, ...]:
    if spec is None:
        return ()
    from ..compare import drift
    from ..package import keys

    open_ones = [key for odd in package.odd for key in odd.unknown]
    return tuple(row for row in drift(package, spec)
                 if not any(row.key == key or keys.is_within(row.key, key) for key in open_ones))


def _keep_inputs(arguments: argparse.Namespace) -> None:
    """Refuse to write the report over what is named on the command line; ``emit`` looks for what these files name."""
    read = [*arguments.files, *arguments.rules, *([arguments.spec] if arguments.spec else [])]
    if arguments.output and any(_real(arguments.output) == _real(name) for name in read):
        raise fail(arguments.output, "is read by this very command; write the report to another file")


def _real(name: str) -> str:
    """The file behind all links, also behind one that leads in a circle."""
    try:
        return os.path.realpath(name)
    except ValueError:  # no file has such a name
        return name
