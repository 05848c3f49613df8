"""The netlist as a grid: net, pad and ball in rows, wherever they stand, and what a spreadsheet has on its clipboard.

A cell that is changed changes its own line of the table, or its own entry of the package file; a new package gets a table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Callable, Optional

from ..csv_cells import guarded
from ..faults import fail
from ..marked_yaml.edit import REMOVE, Edit, edited
from ..marked_yaml.tree import Node
from ..package_file.models.values import Path
from ..package_file.reading.netlist_table import COLUMNS
from ..tables import TableRow, table_rows
from .draft import Draft

NETS = "nets"
MOST_ROWS = 20_000  # more than a page holds; longer tables are edited where they were made
_MISSING = "netlist", "the table cannot be read as a netlist; its first line is net,pad,ball"


@dataclass(frozen=True, repr=False)
class Grid:
    """``table`` is the file that the rows stand in, "" for the package file itself; ``places`` are the line of each row, from
    1, and what gives the columns of its cells."""

    table: str
    rows: list[list[str]]
    places: list[tuple[int, Callable[[], list[int]]]]
    order: tuple[int, ...] = (0, 1, 2)
    mark: str = ","


def grid_of(draft: Draft) -> Optional[Grid]:
    """The netlist, with no rows where there is none; None where it cannot be read as one. Raises Faults."""
    node = draft.marked().at(("netlist",))
    if node is None:
        return Grid("", [], [])
    if isinstance(node.value, str):
        return _table_grid(node.value, draft.table(node.value))
    if not isinstance(node.value, list) or not all(isinstance(row.value, list) for row in node.value):
        return None
    rows = [["" if not isinstance(cell.value, str) or (cell.plain and cell.value == "~") else cell.value for cell in row.value]
            for row in node.value]
    return Grid("", [(row + [""] * 3)[:3] for row in rows],
                [(row.line, partial(_entry_columns, row.value)) for row in node.value])


def _table_grid(name: str, text: str) -> Optional[Grid]:
    rows: list[list[str]] = []
    places: list[tuple[int, Callable[[], list[int]]]] = []
    order: Optional[tuple[int, ...]] = None
    mark = ","
    for row in table_rows(text):
        cells = row.cells or []
        if order is None:
            named = [cell.lower() for cell in cells]
            if sorted(named) != sorted(COLUMNS):
                return None
            order, mark = tuple(named.index(one) for one in COLUMNS), row.mark
            continue
        cells = (cells + [""] * 3)[:3]
        rows.append([cells[i] for i in order])
        places.append((row.line, partial(_cell_columns, row, order)))
    return Grid(name, rows, places, order or (0, 1, 2), mark)


def _entry_columns(cells: Sequence[Node]) -> list[int]:
    return [cell.column for cell in cells]


def _cell_columns(row: TableRow, order: Sequence[int]) -> list[int]:
    return [row.column(i) for i in order]


def changed_nets(draft: Draft, change: Mapping[str, Any]) -> Draft:
    """The draft with a block of cells put in from ``row`` and ``column`` on (``block``, or the ``text`` of a clipboard), with
    the rows ``gone`` taken out, or with single cells ``emptied``. Raises Faults."""
    grid = grid_of(draft)
    if grid is None:
        raise fail(*_MISSING)
    gone = change.get("gone")
    if isinstance(gone, list):
        return _without(draft, grid, sorted({i for i in gone if isinstance(i, int) and 0 <= i < len(grid.rows)}))
    if isinstance(change.get("emptied"), list):
        return _emptied(draft, grid, change["emptied"])
    row, column = change.get("row"), change.get("column")
    block = clipboard(str(change.get("text", ""))) if "text" in change else change.get("block")
    if not (isinstance(row, int) and isinstance(column, int) and 0 <= column < 3 and row >= 0 and _is_block(block)):
        raise fail("editor", "this page is older than the plugin; load it anew")
    assert isinstance(block, list)
    return _with(draft, grid, *_placed(block, min(row, len(grid.rows)), column, grid.rows))


def clipboard(text: str) -> list[list[str]]:
    """The cells of what a spreadsheet copies: tabs between them, or what a table has; a heading tells the columns apart."""
    rows = [row.split("\t") for row in text.splitlines()] if "\t" in text else [row.cells or [""] for row in table_rows(text)]
    return [[cell.strip() for cell in row] for row in rows if any(cell.strip() for cell in row)]


def _is_block(block: Any) -> bool:
    return isinstance(block, list) and all(
        isinstance(row, list) and all(isinstance(cell, str) for cell in row) for row in block)


def _placed(block: list[list[str]], row: int, column: int, rows: Sequence[list[str]]) -> tuple[int, list[list[str]]]:
    """From which row on what is to stand, once the block is put in; a heading of the block says where its columns go."""
    heads = [cell.lower() for cell in block[0]] if block else []
    places = [COLUMNS.index(head) if head in COLUMNS else -1 for head in heads]
    if len(set(places) - {-1}) > 1:
        block = block[1:]
    else:
        places = [column + i if column + i < 3 else -1 for i in range(max(map(len, block), default=0))]
    placed = []
    for i, cells in enumerate(block):
        there = list(rows[row + i]) if row + i < len(rows) else ["", "", ""]
        for place, cell in zip(places, cells):
            if place >= 0:
                there[place] = cell.strip()
        placed.append(there)
    return row, placed


def _with(draft: Draft, grid: Grid, first: int, placed: list[list[str]]) -> Draft:
    if first + len(placed) > MOST_ROWS:
        raise fail("netlist", f"more than {MOST_ROWS:,} rows are too many for this page; edit the table itself")
    old = {first + i: row for i, row in enumerate(placed) if first + i < len(grid.rows) and row != grid.rows[first + i]}
    new = [row for row in placed[max(0, len(grid.rows) - first):] if any(row)]
    node = draft.marked().at(("netlist",))
    if node is not None and not grid.table:
        edits = [Edit(("netlist", i, j), cell) for i, row in old.items() for j, cell in enumerate(row)
                 if cell != grid.rows[i][j]]
        edits += [Edit(("netlist", len(grid.rows) + i), row) for i, row in enumerate(new)]
        return _edited(draft, edits)
    if node is None:
        if not new:
            return draft
        name = f"{draft.file.stem}_nets.csv"
        draft = replace(_edited(draft, [Edit(("netlist",), name)]), tables={**draft.tables, name: ",".join(COLUMNS) + "\n"})
        grid = replace(grid, table=name)
    lines = _lines(draft.table(grid.table))
    for i, row in old.items():
        at = grid.places[i][0] - 1
        lines[at] = _line(grid, row) + lines[at][len(lines[at].rstrip("\r\n")):]
    ending = "\r\n" if lines and lines[0].endswith("\r\n") else "\n"
    if new and lines and not lines[-1].endswith(("\n", "\r")):
        lines[-1] += ending
    return _put(draft, grid.table, lines + [_line(grid, row) + ending for row in new])


def _without(draft: Draft, grid: Grid, gone: list[int]) -> Draft:
    if not grid.table:
        whole: Path = ("netlist",)
        rows: list[Path] = [(*whole, i) for i in reversed(gone)]
        return _edited(draft, [Edit(whole, REMOVE)] if len(gone) == len(grid.rows) else [Edit(path, REMOVE) for path in rows])
    lines = _lines(draft.table(grid.table))
    out = {grid.places[i][0] - 1 for i in gone}
    return _put(draft, grid.table, [line for i, line in enumerate(lines) if i not in out])


def _emptied(draft: Draft, grid: Grid, cells: Sequence[Any]) -> Draft:
    """Without what these cells say; a row that then connects nothing goes."""
    rows = {i: list(row) for i, row in enumerate(grid.rows)}
    for cell in cells:
        if isinstance(cell, list) and len(cell) == 2 and cell[0] in rows and cell[1] in (0, 1, 2):
            rows[cell[0]][cell[1]] = ""
    gone = [i for i, row in rows.items() if row != grid.rows[i] and not (row[0] and any(row[1:]))]
    for i, row in rows.items():
        if row != grid.rows[i] and i not in gone:
            draft = _with(draft, grid, i, [row])
    return _without(draft, grid, gone) if gone else draft


def cell_at(grid: Grid, line: int, column: int) -> Optional[tuple[int, int]]:
    """Row and cell of the grid that stand at a place; None where none does."""
    for i, (row_line, columns_of) in enumerate(grid.places):
        if row_line == line:
            columns = columns_of()
            return i, max((j for j, start in enumerate(columns) if start <= column), key=lambda j: columns[j], default=0)
    return None


def _edited(draft: Draft, edits: Sequence[Edit]) -> Draft:
    return replace(draft, text=edited(draft.text, str(draft.file), edits))


def _put(draft: Draft, table: str, lines: Sequence[str]) -> Draft:
    return replace(draft, tables={**draft.tables, table: "".join(lines)})


def _lines(text: str) -> list[str]:
    """Lines with their ends, counted as tables are read."""
    return text.splitlines(keepends=True)


def _line(grid: Grid, row: Sequence[str]) -> str:
    cells = [""] * 3
    for place, cell in zip(grid.order, row):
        cell = guarded(cell)
        cells[place] = '"' + cell.replace('"', '""') + '"' if grid.mark in cell or '"' in cell else cell
    return grid.mark.join(cells)
