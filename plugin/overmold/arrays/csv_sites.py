"""Tables of sites: CSV text with the columns name, x, y and, if sites differ, diameter."""

from __future__ import annotations

import csv
import re
from functools import lru_cache
from typing import Optional

from ..csv_cells import unguarded
from ..faults import Fault, Faults, did_you_mean
from ..units import LENGTH, UnitError, parse
from .names import sayable
from .plan import MAX_SITES, Spot

_COLUMNS = ("name", "x", "y", "diameter")
_ALSO = {"ball": "name", "bump": "name", "pad": "name", "pin": "name"}
_HEAD = re.compile(r"([^\W\d_]+)\s*(?:[_ ]?[\[(]?\s*(nm|um|µm|μm|mm|cm|mil|in|inch)\s*[\])]?)?", re.IGNORECASE)
_MAX_FAULTS = 100


def read_sites(text: str, source: str) -> tuple[Spot, ...]:
    """The sites of a table, in its order; raises Faults with every faulty row.

    The first row names the columns, in any order: ``name,x,y``. A length has its unit in its cell (``-1.2 mm``) or in
    the head of its column (``x [mm]``, ``x (um)`` or ``x_mm``). Semicolons or tabs may stand for the commas; blank rows
    and rows that begin with # are passed over.
    """
    faults: list[Fault] = []
    spots: list[Spot] = []
    reader = csv.reader(text.lstrip("\ufeff").splitlines(), delimiter=_delimiter(text))
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    try:
        for row in reader:
            line = reader.line_num
            if not any(cell.strip() for cell in row) or row[0].lstrip().startswith("#"):
                continue
            if not columns:
                columns, units = _head(row, source, line)
                continue
            spot = _spot(row, columns, units, source, line, faults)
            if spot is not None:
                spots.append(spot)
            if len(faults) >= _MAX_FAULTS:
                break
            if len(spots) > MAX_SITES:
                raise Faults([Fault(source, f"this table has more than {MAX_SITES:,} sites", line, 1)])
    except csv.Error as error:
        faults.append(Fault(source, f"this table cannot be read: {error}", reader.line_num, 1))
    if not columns:
        faults.append(Fault(source, "this table is empty; its first row names the columns: name,x,y", 1, 1))
    elif not spots and not faults:
        faults.append(Fault(source, "this table has no sites under its first row", 1, 1))
    if faults:
        raise Faults(faults)
    return tuple(spots)


def _delimiter(text: str) -> str:
    head = text.lstrip("\ufeff \r\n").split("\n", 1)[0]
    return max(",;\t", key=head.count)


def _head(row: list[str], source: str, line: int) -> tuple[dict[str, int], dict[str, str]]:
    """Which column is which, and its unit; without a head nothing else can be read, so this raises Faults at once."""
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    faults = []
    for i, cell in enumerate(row):
        found = _HEAD.fullmatch(cell.strip())
        name = found[1].lower() if found else cell.strip()[:60]
        name = _ALSO.get(name, name)
        if name not in _COLUMNS:
            said = f"unknown column '{name}' in a table of sites{did_you_mean(name, _COLUMNS)}"
            faults.append(Fault(source, said, line, _column(row, i)))
        elif name in columns:
            faults.append(Fault(source, f"there are two columns '{name}'", line, _column(row, i)))
        else:
            columns[name] = i
            units[name] = found[2] or "" if found else ""
    missing = [name for name in _COLUMNS[:3] if name not in columns]
    if missing and not faults:
        said = f"there is no column '{missing[0]}'; the first row names the columns: name,x,y"
        faults.append(Fault(source, said, line, 1))
    if faults:
        raise Faults(faults)
    return columns, units


def _spot(row: list[str], columns: dict[str, int], units: dict[str, str], source: str, line: int,
          faults: list[Fault]) -> Optional[Spot]:
    before = len(faults)
    if len(row) > len(columns) and any(cell.strip() for cell in row[len(columns):]):
        faults.append(Fault(source, f"this row has {len(row)} cells, but there are {len(columns)} columns", line, 1))
        return None
    cells = {name: unguarded(row[i].strip()) if i < len(row) else "" for name, i in columns.items()}
    if not sayable(cells["name"]):
        said = "this row has no name" if not cells["name"] else f"'{cells['name'][:60]}' cannot be a site's name: no " \
            "blanks, commas, quotes or invisible characters, 60 characters at most"
        faults.append(Fault(source, said, line, _column(row, columns["name"])))
    lengths = {"x": 0, "y": 0, "diameter": 0}
    for name in lengths:
        text = cells.get(name, "")
        if name == "diameter" and not text:
            continue
        try:
            lengths[name] = _length(text, units[name])
            if name == "diameter" and lengths[name] < 1:
                raise UnitError(f"'{text}' is too small: a diameter is more than nothing")
        except UnitError as error:
            said = str(error) if text else f"this row has no {name}"
            faults.append(Fault(source, said, line, _column(row, columns[name])))
    if len(faults) > before:
        return None
    return Spot(cells["name"], lengths["x"], lengths["y"], lengths["diameter"])


def _column(row: list[str], i: int) -> int:
    """Where the ``i``-th cell begins in its line, counted from 1 (of a row without quotes)."""
    return sum(len(cell) + 1 for cell in row[:i]) + 1


@lru_cache(maxsize=100_000)
def _length(text: str, unit: str) -> int:
    bare = bool(unit) and re.fullmatch(r"[-+0-9.eE]+", text)
    return parse(f"{text} {unit}" if bare else text, LENGTH)
