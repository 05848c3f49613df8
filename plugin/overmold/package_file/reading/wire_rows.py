"""Wires as a package file lists them: rows of the file or of a table, checked one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Optional

from ...faults import Fault, did_you_mean
from ...marked_yaml import Marked, utf8
from ...package import Wire
from ...package.datum import data_of, key_of
from ...tables import TableRow, table_rows
from ...units import LENGTH, parse
from ..models import types as t
from ..models.declared import reader
from ..models.values import Path, short, what

ENDS = ("from", "to")
DATA = {key_of(name, datum): (name, reader(datum)) for name, datum in data_of(Wire).items()}
COLUMNS = (*ENDS, *DATA)
KEYS = (*COLUMNS, "at")
MOST_FAULTS = 100


@dataclass(frozen=True)
class WireRow:
    """One wire as it is listed: its two ends, its own data, and where its ends stand in ``source`` (line, column).

    ``at`` is where it ends, if that is not where wires usually end on the metal it is bonded to.
    """

    start: str
    end: str
    data: dict[str, Any]
    source: str
    places: tuple[tuple[int, int], tuple[int, int]]
    at: Optional[tuple[int, int]] = None


def rows_of_spec(rows: Sequence[object], path: Path, marked: Marked, faults: list[Fault]) -> Iterator[WireRow]:
    """The rows that stand in the package file itself: [from, to], or keys."""
    for i, row in enumerate(rows):
        here = (*path, i)
        if isinstance(row, dict):
            faults += [marked.fault((*here, key), f"unknown key '{short(key)}'{did_you_mean(str(key), KEYS)}", key=True)
                       for key in row if key not in KEYS]
            missing = [key for key in ENDS if not isinstance(row.get(key), str)]
            if missing:
                said = f"'{missing[0]}' is missing; write for example {{from: U1.A1, to: F1}}"
                faults.append(marked.fault(here, said, key=True))
                continue
            data = {}
            for key, (name, read) in DATA.items():
                try:
                    data.update({name: read(row[key])} if key in row else {})
                except ValueError as error:
                    faults.append(marked.fault((*here, key), str(error)))
            spot = _spot(row["at"], (*here, "at"), marked, faults) if "at" in row else None
            at = [marked.place((*here, key)) for key in ENDS]
            yield WireRow(row["from"], row["to"], data, marked.source, (at[0], at[1]), spot)
        elif isinstance(row, list) and len(row) == 2 and all(isinstance(cell, str) for cell in row):
            at = [marked.place((*here, j)) for j in range(2)]
            yield WireRow(row[0], row[1], {}, marked.source, (at[0], at[1]))
        else:
            found = f"{len(row)} entries" if isinstance(row, list) else what(row)
            said = f"expected the two ends of a wire, not {found}; write for example [U1.A1, F1]"
            faults.append(marked.fault(here, said))


def _spot(given: object, path: Path, marked: Marked, faults: list[Fault]) -> tuple[int, int]:
    """The place given; the origin, and a fault, where it is none."""
    if not isinstance(given, list) or len(given) != 2:
        faults.append(marked.fault(path, f"expected x and y, not {what(given)}; write for example [1.2 mm, 0 mm]"))
        return 0, 0
    numbers = [0, 0]
    for i, text in enumerate(given):
        try:
            numbers[i] = parse(text, LENGTH) if isinstance(text, str) else t.length_due(text)
        except ValueError as error:
            faults.append(marked.fault((*path, i), str(error)))
    return numbers[0], numbers[1]


def rows_of_file(data: bytes, shown: str, faults: list[Fault]) -> Iterator[WireRow]:
    """The rows of a table with the columns from and to and, where wires differ, their data; raises Faults if it is no text."""
    header: Optional[list[str]] = None
    most = len(faults) + MOST_FAULTS
    for one in table_rows(utf8(data, shown)):
        if header is None:
            header = _header(one, shown, faults)
            if header is None:
                return
            continue
        row = _row(one, header, shown, faults)
        if row is not None:
            yield row
        if len(faults) > most:
            faults.append(Fault(shown, "there may be more faults from here on; they are listed when these are mended",
                                one.line, 1))
            return
    if header is None:
        faults.append(Fault(shown, "this table of wires is empty; its first line is from,to", 1, 1))


def _header(row: TableRow, shown: str, faults: list[Fault]) -> Optional[list[str]]:
    number = row.line
    names = [cell.lower().replace(" ", "_") for cell in row.cells or ()]
    before = len(faults)
    faults += [Fault(shown, f"unknown column '{short(name)}' in a table of wires{did_you_mean(name, COLUMNS)}", number,
                     column)
               for name, column in zip(names, row.columns) if name not in COLUMNS]
    faults += [Fault(shown, f"the column '{name}' is missing; the first line is from,to", number, 1)
               for name in ENDS if name not in names]
    faults += [Fault(shown, f"there are two columns '{name}'", number, 1) for name in COLUMNS if names.count(name) > 1]
    return names if len(faults) == before else None


def _row(row: TableRow, header: Sequence[str], shown: str, faults: list[Fault]) -> Optional[WireRow]:
    number, cells, _, mark = row
    trouble = row.trouble(len(header))
    if trouble or cells is None:
        faults.append(Fault(shown, f"{trouble}; write {mark.join(header)}", number, 1))
        return None
    found = dict(zip(header, zip(cells, row.columns)))
    data: dict[str, Any] = {}
    for key, (text, column) in found.items():
        if text and key in DATA:
            name, read = DATA[key]
            try:
                data[name] = read(text)
            except ValueError as error:
                faults.append(Fault(shown, str(error), number, column))
    for key in ENDS:
        if not found.get(key, ("", 1))[0]:
            said = f"the end '{key}' of this wire is missing; write for example U1.A1{mark}F1"
            faults.append(Fault(shown, said, number, found.get(key, ("", 1))[1]))
            return None
    (start, start_column), (end, end_column) = found["from"], found["to"]
    return WireRow(start, end, data, shown, ((number, start_column), (number, end_column)))
