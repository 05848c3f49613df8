"""Tables of sites: the columns name, x, y and, if sites differ, diameter, bump height and land step; of a text or a workbook,
as people have them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple, Optional

from ..faults import Fault, Faults
from ..tables import TableRow
from ..tables.heads import Columns, columns_of, left_out, nearest_heads, slips, with_unit
from ..tables.sheets import Sheet, sheets_of
from ..units import ANGLE, LENGTH, UnitError, parse
from .names import sayable
from .pattern import MAX_SITES, MORE_THAN_NOTHING, OWN, Spot

# By what a ``Spot`` calls them. A table's "height" is most often that of a pad in plan, so that of a bump is "bump_height".
_ROLES = {"name": "name", "x": "x", "y": "y", "diameter": "diameter", "height": "bumpheight", "step": "landstep",
          "turn": "bumpturn", "width": "bumpwidth", "sphere": "soldersphere", "terminals": "bareland"}
_COLUMNS = ("name", "x", "y", "diameter", "bump_height", "land_step", "bump_turn", "bump_width", "solder_sphere", "bare_land")
_MAX_FAULTS = 100


class SiteTable(NamedTuple):
    """What a table says: its sites, in its order, and sentences on what of it counts for nothing.

    ``others`` are, site by site, the cells of the columns that were also asked for, by role and as they stand, with ``lines``.
    """

    spots: tuple[Spot, ...]
    notes: tuple[str, ...]
    others: tuple[dict[str, str], ...] = ()
    lines: tuple[int, ...] = ()
    source: str = ""


class Taken(NamedTuple):
    """Which columns are taken, by what they say, and the unit of each; ``wide`` is how many columns there are, ``also`` are
    further ones by role, and ``line`` is that of the row that names them."""

    at: dict[str, int]
    units: dict[str, str]
    wide: int
    also: dict[str, int]
    line: int = 0


def read_sites(data: bytes, source: str, also: Sequence[str] = ()) -> SiteTable:
    """The sites of a table, and what it says in columns of the roles ``also``; raises Faults with every faulty row.

    A row names the columns, in any order and many languages: ``name,x,y`` or ``Ball;X [mm];Y [mm]``. A length has its unit in
    its cell (``-1.2 mm``) or in the head of its column (``x [mm]``, ``x (um)`` or ``x_mm``). Columns that say nothing of sites
    are left out. Of a workbook the first sheet with such columns is read; blank rows, and rows that begin with #, are passed
    over.
    """
    sheets = sheets_of(data, source)
    found = [(sheet, columns) for sheet in sheets for columns in [columns_of(sheet.head(), _has_all)] if columns is not None]
    if not found:
        raise Faults(_no_columns(sheets[0]))
    sheet, columns = found[0]
    taken = _taken(columns, sheet.source, also)
    table = sites_of(sheet.all(), taken, sheet.source)
    return table._replace(notes=tuple(left_out(sheet, columns, [*taken.at.values(), *taken.also.values()], sheets,
                                               "a table of sites")))


def sites_of(rows: Sequence[TableRow], taken: Taken, source: str) -> SiteTable:
    """The sites in the rows below the one that names the columns; raises Faults with every faulty row."""
    faults: list[Fault] = []
    spots: list[Spot] = []
    others: list[dict[str, str]] = []
    lines: list[int] = []
    for row in rows:
        if row.line <= taken.line or (row.cells is not None and not any(row.cells)):
            continue
        spot = _spot(row, taken, source, faults)
        if spot is not None and row.cells is not None:
            spots.append(spot)
            lines.append(row.line)
            others.append({role: row.cells[i] for role, i in taken.also.items() if i < len(row.cells)})
        if len(faults) >= _MAX_FAULTS:
            break
        if len(spots) > MAX_SITES:
            raise Faults([Fault(source, f"this table has more than {MAX_SITES:,} sites", row.line, 1)])
    if not spots and not faults:
        faults.append(Fault(source, "this table has no sites under its first row", max(taken.line, 1), 1))
    if faults:
        raise Faults(faults)
    return SiteTable(tuple(spots), (), tuple(others), tuple(lines), source)


def _has_all(columns: Columns) -> bool:
    return bool(columns.of("x") and columns.of("y") and _names(columns))


def _taken(columns: Columns, source: str, also: Sequence[str]) -> Taken:
    """Raises Faults for a column named twice, and for one that is most likely meant to be another."""
    at = {"name": _names(columns), **{name: columns.of(role) for name, role in _ROLES.items() if name != "name"}}
    row = columns.row
    faults = [Fault(source, f"there are two columns '{role}'", row.line, row.columns[found[1]])
              for role, found in at.items() if len(found) > 1]
    faults += [Fault(source, f"unknown column '{head}' in a table of sites; did you mean '{near}'?", row.line, row.columns[i])
               for i, head, near in slips(columns, _COLUMNS)]
    if faults:
        raise Faults(faults)
    picked = {role: found[0] for role, found in at.items() if found}
    extra = {role: columns.of(role)[0] for role in also if columns.of(role)}
    return Taken(picked, {role: columns.heads[k].unit for role, k in picked.items()}, len(columns.heads), extra, row.line)


def _names(columns: Columns) -> list[int]:
    """The column of names: what a site is called, else what may be that."""
    heads = columns.heads
    sites = columns.of("site")
    return ([i for i in sites if not heads[i].weak] or sites or columns.of("name"))[:1]


def _no_columns(sheet: Sheet) -> list[Fault]:
    columns = nearest_heads(sheet.head(), ("site", "name", "x", "y"))
    if columns is None:
        return [Fault(sheet.source, "this table is empty; its first row names the columns: name,x,y", 1, 1)]
    line, found = columns.row.line, columns.row.columns
    faults = [Fault(sheet.source, f"unknown column '{head[:60]}' in a table of sites; did you mean '{near}'?", line, found[i])
              for i, head, near in slips(columns, _COLUMNS)]
    roles = {"name" if head.role == "site" else head.role for head in columns.heads}
    missing = [name for name in _COLUMNS[:3] if name not in roles]
    return faults or [Fault(sheet.source, f"there is no column '{name}'; the first row names the columns: name,x,y", line, 1)
                      for name in missing[:1]]


def _spot(row: TableRow, taken: Taken, source: str, faults: list[Fault]) -> Optional[Spot]:
    before, line, given = len(faults), row.line, row.cells
    if given is None:
        faults.append(Fault(source, f"{row.trouble(taken.wide)}; write {row.mark.join(taken.at)}", line, 1))
        return None
    if len(given) > taken.wide and any(given[taken.wide:]):
        faults.append(Fault(source, f"this row has {len(given)} cells, but there are {taken.wide} columns", line, 1))
        return None
    cells = {name: given[i] if i < len(given) else "" for name, i in taken.at.items()}
    if not any(cells.values()):
        return None
    if not sayable(cells["name"]):
        said = "this row has no name" if not cells["name"] else f"'{cells['name'][:60]}' cannot be a site's name: no " \
            "blanks, commas, quotes or invisible characters, 60 characters at most"
        faults.append(Fault(source, said, line, row.column(taken.at["name"])))
    lengths = dict.fromkeys(("x", "y", *(name for _, name, _ in OWN)), 0)
    for name in lengths:
        text = cells.get(name, "")
        if name not in ("x", "y") and not text:
            continue
        try:
            lengths[name] = (turn_in(text) if name == "turn" else _bare_in(text) if name == "terminals" else
                             length_in(text, taken.units[name], row.mark))
            if name in MORE_THAN_NOTHING and lengths[name] < 1:
                raise UnitError(f"'{text}' is too small: a {name} is more than nothing")
        except UnitError as error:
            said = str(error) if text else f"this row has no {name}"
            faults.append(Fault(source, said, line, row.column(taken.at[name])))
    if len(faults) > before:
        return None
    return Spot(cells["name"], *lengths.values())


def _bare_in(text: str) -> int:
    """1 where a cell says that its site is a bare land; raises UnitError."""
    if text.casefold() not in ("yes", "no"):
        raise UnitError(f"'{text[:60]}' does not say whether this is a bare land; write yes, or leave the cell empty")
    return int(text.casefold() == "yes")


def turn_in(text: str) -> int:
    """A stated turn, as ``Sites`` has it: one of nothing is a whole one. Raises UnitError."""
    return parse(text, ANGLE) % 360_000 or 360_000


@lru_cache(maxsize=100_000)
def length_in(text: str, unit: str, mark: str = ",") -> int:
    """The length in a cell, of a column of this ``unit``; raises UnitError."""
    return parse(with_unit(text, unit, mark), LENGTH)
