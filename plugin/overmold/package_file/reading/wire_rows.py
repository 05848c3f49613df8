"""Wires as a package file lists them: rows of the file or of a table, checked one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Optional

from ...faults import Fault, did_you_mean
from ...marked_yaml import Marked
from ...package import Wire
from ...package.datum import data_of, key_of
from ...tables import TableRow, none_taken
from ...tables.heads import Columns, Head, columns_of, left_out, nearest_heads, slips, unit_off, with_unit
from ...tables.sheets import sheets_of
from ...units import LENGTH, parse
from ..models import types as t
from ..models.declared import reader
from ..models.values import Path, short, what

ENDS = ("from", "to")
DATA = {key_of(name, datum): (name, reader(datum)) for name, datum in data_of(Wire).items()}
COLUMNS = (*ENDS, *DATA)
KEYS = (*COLUMNS, "at")
MOST_FAULTS = 100
LENGTH_OF_WIRE = "length"
_MEANING = {"from": "from", "to": "to", "finger": "to", "length": LENGTH_OF_WIRE, "tier": "tier", "wiredia": "diameter",
            "diameter": "diameter"}
_BARE = re.compile(r"[-+0-9.,eE]+")


@dataclass(frozen=True)
class WireRow:
    """One wire as it is listed: its two ends, its own data, and where its ends stand in ``source`` (line, column).

    ``at`` is where it ends, if that is not where wires usually end on the metal it is bonded to; ``length`` is the one that a
    table says it has, None where it says none.
    """

    start: str
    end: str
    data: dict[str, Any]
    source: str
    places: tuple[tuple[int, int], tuple[int, int]]
    at: Optional[tuple[int, int]] = None
    length: Optional[int] = None


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


def rows_of_file(data: bytes, shown: str, faults: list[Fault], notes: list[str]) -> Iterator[WireRow]:
    """The rows of a table with the columns from and to and, where wires differ, their data; raises Faults if it is no table.

    ``notes`` takes what of it counts for nothing.
    """
    sheets = sheets_of(data, shown)
    found = [(sheet, columns) for sheet in sheets for columns in [columns_of(sheet.head(), _has_ends)] if columns is not None]
    sheet, columns = found[0] if found else (sheets[0], nearest_heads(sheets[0].head(), ENDS))
    if columns is None:
        faults.append(Fault(sheet.source, "this table of wires is empty; its first line is from,to", 1, 1))
        return
    header = _header(columns, sheet.source, faults)
    if header is None:
        return
    notes += left_out(sheet, columns, [i for i, name in enumerate(header.names) if name], sheets, "a table of wires")
    most = len(faults) + MOST_FAULTS
    for one in sheet.rows(none_taken):
        if one.line <= columns.row.line or (one.cells is not None and not any(one.cells)):
            continue
        row = _row(one, header, sheet.source, faults)
        if row is not None:
            yield row
        if len(faults) > most:
            faults.append(Fault(sheet.source, "there may be more faults from here on; they are listed when these are mended",
                                one.line, 1))
            return


class _Header(NamedTuple):
    """For each column the end or datum that it is, "" for none of them, and the unit in its head."""

    names: list[str]
    units: list[str]


def _name_of(head: Head) -> str:
    """The key of a wire that a head stands for: as it is written, else by what it means."""
    plain = unit_off(head.text).strip().lower().replace(" ", "_")
    return plain if plain in (*COLUMNS, LENGTH_OF_WIRE) else _MEANING.get(head.role, "")


def _has_ends(columns: Columns) -> bool:
    return {"from", "to"} <= {_name_of(head) for head in columns.heads}


def _header(columns: Columns, shown: str, faults: list[Fault]) -> Optional[_Header]:
    names, row = [_name_of(head) for head in columns.heads], columns.row
    before = len(faults)
    faults += [Fault(shown, f"the column '{name}' is missing; the first line is from,to", row.line, 1)
               for name in ENDS if name not in names]
    faults += [Fault(shown, f"unknown column '{short(head)}' in a table of wires; did you mean '{near}'?", row.line,
                     row.columns[i]) for i, head, near in slips(columns, COLUMNS) if not names[i]]
    faults += [Fault(shown, f"there are two columns '{name}'", row.line, 1) for name in COLUMNS if names.count(name) > 1]
    return _Header(names, [head.unit for head in columns.heads]) if len(faults) == before else None


def _row(row: TableRow, header: _Header, shown: str, faults: list[Fault]) -> Optional[WireRow]:
    number, cells, mark = row.line, row.cells, row.mark
    trouble = row.trouble(len(header.names)) if cells is None or any(cells[len(header.names):]) else ""
    if trouble or cells is None:
        faults.append(Fault(shown, f"{trouble}; write {mark.join(name for name in header.names if name)}", number, 1))
        return None
    found = {name: (cell, column) for name, cell, column in zip(header.names, cells, row.columns) if name}
    units = dict(zip(header.names, header.units))
    data: dict[str, Any] = {}
    said: Optional[int] = None
    for key, (text, column) in found.items():
        if text and (key in DATA or (key == LENGTH_OF_WIRE and (units[key] or not _BARE.fullmatch(text)))):
            try:
                text = with_unit(text, units[key], mark)
                if key == LENGTH_OF_WIRE:
                    said = parse(text, LENGTH)
                else:
                    name, read = DATA[key]
                    data[name] = read(text)
            except ValueError as error:
                faults.append(Fault(shown, str(error), number, column))
    for key in ENDS:
        if not found.get(key, ("", 1))[0]:
            due = f"the end '{key}' of this wire is missing; write for example U1.A1{mark or ','}F1"
            faults.append(Fault(shown, due, number, found.get(key, ("", 1))[1]))
            return None
    (start, start_column), (end, end_column) = found["from"], found["to"]
    return WireRow(start, end, data, shown, ((number, start_column), (number, end_column)), length=said)
