"""What the commands have in common that print one table of a package: text, CSV or JSON, of one file or of several."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Callable

from ..exits import KEPT, UNREADABLE
from ..faults import Faults, fail
from .common import emit, package_of
from .console import coloured, err
from .inputs import STANDARD_INPUT, files_of

if TYPE_CHECKING:
    from ..package import Package


@dataclass(frozen=True)
class Table:
    """One table: its rows of a package, each as cells by ``columns``, as data for JSON, and as cells on a terminal;
    ``empty`` says why there are none."""

    name: str
    columns: tuple[str, ...]
    rows: Callable[[Package], Sequence[Any]]
    cells: Callable[[Any], tuple[str, ...]]
    data: Callable[[Any], dict[str, Any]]
    shown: Callable[[Any], tuple[str, ...]]
    empty: str


def run_table(arguments: argparse.Namespace, table: Table) -> int:
    """Put the table out; 2 where a file could not be read, the others are told all the same."""
    inputs = files_of(arguments.files)
    read: list[tuple[str, Package]] = []
    code = KEPT
    for one in inputs:
        for note in one.notes:
            err(note)
        try:
            read.append((STANDARD_INPUT if one.name == "-" else one.name, package_of(one)))
        except Faults as caught:
            code = UNREADABLE
            for fault in caught.faults:
                err(str(fault))
    if not read and arguments.output:
        # An older table, left standing, would pass for this run's.
        raise fail(arguments.output, "was not written: no file could be read")
    if read:
        words = {"csv": _csv, "json": _json, "text": _text}[arguments.format](table, read, len(inputs) > 1,
                                                                              not arguments.output and coloured())
        emit(words, arguments.output)
    return code


def _csv(table: Table, read: Sequence[tuple[str, Package]], several: bool, colour: bool) -> str:
    """One table of all files; of several the first column names the file."""
    from ..report.wiring import csv_text

    rows = [((source,) if several else ()) + table.cells(row) for source, package in read for row in table.rows(package)]
    return csv_text((("file",) if several else ()) + table.columns, rows)


def _json(table: Table, read: Sequence[tuple[str, Package]], several: bool, colour: bool) -> str:
    from ..report.formats.json import written

    return written({"reports": [{"source": source, "package": package.name,
                                 table.name: [table.data(row) for row in table.rows(package)]} for source, package in read]})


def _text(table: Table, read: Sequence[tuple[str, Package]], several: bool, colour: bool) -> str:
    from ..plain import one_line
    from ..report.table import columns, paint

    blocks = []
    for source, package in read:
        cells = [table.shown(row) for row in table.rows(package)]
        body = columns([table.columns, *cells], colour) if cells else table.empty
        blocks.append(f"{paint(package.name, 'bold', colour)}  {one_line(source)}\n\n{body}\n")
    return "\n".join(blocks)


__all__ = ["Table", "run_table"]
