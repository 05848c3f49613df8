"""``overmold drc``."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Optional

from ..exits import BROKEN, KEPT, UNREADABLE
from ..faults import Fault, Faults, fail
from .common import deck_of, emit, read_any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ..check import Result
    from ..compare import Drift
    from ..package import Package


def run(arguments: argparse.Namespace) -> int:
    """Check every file; a file that cannot be read is told and the others are still checked."""
    from ..check import check
    from ..claims import claim_chart
    from ..report import json_report, text_report, unreadable

    _keep_inputs(arguments)
    deck = deck_of(arguments)
    spec = read_any(Path(arguments.spec)) if arguments.spec else None
    worst = KEPT
    texts: list[str] = []
    reports: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for name in arguments.files:
        try:
            package = read_any(Path(name))
        except Faults as caught:
            faults += caught.faults
            reports.append(unreadable(name, caught.faults))
            continue
        result = check(package, deck)
        chart = claim_chart(result)
        drifted = _drift(package, spec)
        worst = max(worst, _verdict(result, drifted, arguments))
        if arguments.format == "json":
            reports.append(json_report(result, chart, drifted))
        else:
            colour = not arguments.output and sys.stdout.isatty()
            texts.append(text_report(result, chart, drifted, colour=colour, every=arguments.all))
    if arguments.format == "json":
        # One file gives one report, as KiCad's own; several give a list of them.
        words = json.dumps(reports[0] if len(arguments.files) == 1 else reports, indent=2, ensure_ascii=False) + "\n"
    else:
        # A report on disk says all there is to say: an older one, left standing, would pass for this run's.
        words = "\n".join([*texts, *(f"{fault}\n" for fault in faults if arguments.output)])
    if words:
        emit(words, arguments.output)
    for fault in faults:
        print(fault, file=sys.stderr)
    return UNREADABLE if faults else worst


def _drift(package: Package, spec: Optional[Package]) -> tuple[Drift, ...]:
    if spec is None:
        return ()
    from ..compare import drift

    return drift(package, spec)


def _keep_inputs(arguments: argparse.Namespace) -> None:
    """Refuse to write the report over something that is read."""
    read = [*arguments.files, *arguments.rules, *([arguments.spec] if arguments.spec else [])]
    if arguments.output and any(Path(arguments.output).resolve() == Path(name).resolve() for name in read):
        raise fail(arguments.output, "is read by this very command; write the report to another file")


def _verdict(result: Result, drifted: Sequence[Drift], arguments: argparse.Namespace) -> int:
    broken = result.errors or (arguments.strict and (result.warnings or drifted))
    incomplete = arguments.complete and any(verdict.untested for verdict in result.verdicts)
    return BROKEN if broken or incomplete else KEPT
