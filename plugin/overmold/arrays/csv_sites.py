"""Tables of sites: CSV text with the columns name, x, y and, if sites differ, diameter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Optional

from ..faults import Fault, Faults, did_you_mean
from ..tables import TableRow, table_rows
from ..units import LENGTH, UnitError, parse
from .names import sayable
from .pattern import MAX_SITES, Spot

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
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    for row in table_rows(text):
        if row.cells is not None and not any(row.cells):
            continue
        if not columns:
            columns, units = _head(row, source)
            continue
        spot = _spot(row, columns, units, source, faults)
        if spot is not None:
            spots.append(spot)
        if len(faults) >= _MAX_FAULTS:
            break
        if len(spots) > MAX_SITES:
            raise Faults([Fault(source, f"this table has more than {MAX_SITES:,} sites", row.line, 1)])
    if not columns:
        faults.append(Fault(source, "this table is empty; its first row names the columns: name,x,y", 1, 1))
    elif not spots and not faults:
        faults.append(Fault(source, "this table has no sites under its first row", 1, 1))
    if faults:
        raise Faults(faults)
    return tuple(spots)


def _head(row: TableRow, source: str) -> tuple[dict[str, int], dict[str, str]]:
    """Which column is which, and its unit; without a head nothing else can be read, so this raises Faults at once."""
    columns: dict[str, int] = {}
    units: dict[str, str] = {}
    faults, line = [], row.line
    for i, cell in enumerate(row.cells or ()):
        found = _HEAD.fullmatch(cell)
        name = found[1].lower() if found else cell[:60]
        name = _ALSO.get(name, name)
        if name not in _COLUMNS:
            said = f"unknown column '{name}' in a table of sites{did_you_mean(name, _COLUMNS)}"
            faults.append(Fault(source, said, line, row.columns[i]))
        elif name in columns:
            faults.append(Fault(source, f"there are two columns '{name}'", line, row.columns[i]))
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


def _spot(row: TableRow, columns: dict[str, int], units: dict[str, str], source: str, faults: list[Fault]
          ) -> Optional[Spot]:
    before, line, given = len(faults), row.line, row.cells
    if given is None:
        faults.append(Fault(source, f"{row.trouble(len(columns))}; write {row.mark.join(columns)}", line, 1))
        return None
    if len(given) > len(columns) and any(given[len(columns):]):
        faults.append(Fault(source, f"this row has {len(given)} cells, but there are {len(columns)} columns", line, 1))
        return None
    cells = {name: given[i] if i < len(given) else "" for name, i in columns.items()}
    if not sayable(cells["name"]):
        said = "this row has no name" if not cells["name"] else f"'{cells['name'][:60]}' cannot be a site's name: no " \
            "blanks, commas, quotes or invisible characters, 60 characters at most"
        faults.append(Fault(source, said, line, row.column(columns["name"])))
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
            faults.append(Fault(source, said, line, row.column(columns[name])))
    if len(faults) > before:
        return None
    return Spot(cells["name"], lengths["x"], lengths["y"], lengths["diameter"])


@lru_cache(maxsize=100_000)
def _length(text: str, unit: str) -> int:
    bare = bool(unit) and re.fullmatch(r"[-+0-9.eE]+", text)
    return parse(f"{text} {unit}" if bare else text, LENGTH)
