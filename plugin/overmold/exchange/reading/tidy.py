"""The rows of a foreign table that are its sites: without titles said again, notes and totals, each with all that is its own.

What people leave to the eye is written out: a unit in a column of its own, both places in one cell, a row's letter that stands
once for several columns, a cell that goes over several rows. Whatever is left out here is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Callable, Optional

from ...tables import TableRow
from ...tables.heads import UNITS
from .columns import LETTERED, NUMBER, SITE, Picked, cell_of

_LINE = re.compile(r"[-=+_:*~.\s]+")  # drawn between rows
_NOTE = re.compile(
    r"(grand\s*)?total|sub-?total|sum\b|summe|gesamt|anzahl|count|note|notice|remark|comment|legend|key\b|source|page\b|end\b|hinweis|"
    r"anmerkung|bemerkung|quelle|stand\b|somme|remarque|totale|nota|observa|suma|uwaga|итого|всего|примечан|合计|合計|总计|總計|"
    r"小计|备注|備註|備考|注|合計|총계|비고|revision|rev\b|date\b|copyright|©|\*|\(?\d\)\s|\(\d\)", re.IGNORECASE)
_PAIR = re.compile(r"[(\[]?\s*([-+−]?[\d.,]+)\s*([a-zµμ]{0,2})\s*(?:[/;|]|,\s|\s)\s*([-+−]?[\d.,]+)\s*([a-zµμ]{0,2})\s*[)\]]?")
_NO_BALL = frozenset(("", "-", "–", "—", "--", "n/a", "na", "none"))
_SUMS = frozenset(("min", "max", "mean", "average", "avg", "total", "sum", "count", "span", "range", "minimum", "maximum"))
_WORDS = re.compile(r"[\s,;/|]+")
_TOLD, _SHARE, _HEAD_ROWS = 4, 0.8, 2
Regions = Sequence[tuple[int, int, int]]  # first and last line, and first column (from 0)


def tidied(rows: Sequence[TableRow], picked: Picked, source: str) -> tuple[list[TableRow], list[str]]:
    """The rows below the heads that are sites, and what to say of those that are none."""
    below = [row for row in rows if row.line > picked.line]
    names = [cell_of(row, picked.at["name"]) for row in below] if "name" in picked.at else []
    named = [name for name in names if name]
    lettered = bool(named) and sum(bool(LETTERED.fullmatch(name.upper())) for name in named) >= _SHARE * len(named)
    kept, left, nameless = [], [], []
    plain = _plain(picked, lettered)
    for i, row in enumerate(below):
        why = "" if plain(row) else _none(row, picked, lettered, i < _HEAD_ROWS)
        if why == "note":
            left.append(row)
        elif why == "nameless":
            nameless.append(row)
        elif not why:
            kept.append(row)
    said = [f"{source}: left out, for no ball stands there: {_shown(left)}"] if left else []
    if nameless:
        said.append(f"{source}: left out, for they name no ball: {len(nameless)} rows ({_lines(nameless)})")
    return kept, said


def _plain(picked: Picked, lettered: bool) -> Callable[[TableRow], bool]:
    """Whether a row is a site and nothing else, at a glance: nearly all are."""
    name, x, y = (picked.at.get(role, -1) for role in ("name", "x", "y"))
    is_site, is_number = (LETTERED if lettered else SITE).fullmatch, NUMBER.fullmatch
    least = max(name, x, y) + 1 if min(name, x, y) >= 0 else 1_000_000

    def plain(row: TableRow) -> bool:
        cells = row.cells
        return (cells is not None and len(cells) >= least and is_site(cells[name]) is not None
                and is_number(cells[x]) is not None and is_number(cells[y]) is not None)

    return plain


def _is_head(cells: Sequence[str], picked: Picked) -> bool:
    """Whether all taken columns have their heads once more."""
    said = [(cells[i], picked.heads[i].text) for i in picked.at.values() if i < len(picked.heads) and i < len(cells)]
    return len(said) > 1 and all(cell.casefold() == text.casefold() for cell, text in said)


def _none(row: TableRow, picked: Picked, lettered: bool, is_first: bool) -> str:
    """Why a row is no site: a line, a head, a note, nameless; "" where it is one, or where that is for others to say."""
    cells = row.cells
    if cells is None:
        return ""
    filled = [cell for cell in cells if cell]
    if not filled or all(_LINE.fullmatch(cell) for cell in filled):
        return "line"
    if _is_head(cells, picked):
        return "head"
    name = cell_of(row, picked.at["name"]) if "name" in picked.at else ""
    is_site = bool((LETTERED if lettered else SITE).fullmatch(name.upper()))
    if name.casefold().rstrip(".:") in _SUMS and lettered:
        return "note"
    if picked.has_places:
        numbers = [bool(NUMBER.fullmatch(cell_of(row, picked.at[axis]))) for axis in ("x", "y")]
        is_note = not all(numbers) and (bool(_NOTE.match(filled[0])) or len(filled) == 1 or (is_first and not any(numbers)))
        return "note" if is_note and not is_site else ""
    if "name" not in picked.at:
        return "note" if _NOTE.match(filled[0]) or len(filled) == 1 else ""
    if name.casefold() in _NO_BALL:
        return "nameless"
    is_note = bool(_NOTE.match(filled[0])) or (lettered and (is_first or (len(filled) == 1 and " " in filled[0])))
    return "note" if is_note and not is_site else ""


def _shown(rows: Sequence[TableRow]) -> str:
    told = [f"row {row.line} ('{' '.join(' '.join(filter(None, row.cells or ())).split())[:40]}')" for row in rows[:_TOLD]]
    return ", ".join(told) + (f" and {len(rows) - _TOLD} more" if len(rows) > _TOLD else "")


def _lines(rows: Sequence[TableRow]) -> str:
    return ", ".join(str(row.line) for row in rows[:_TOLD]) + (" …" if len(rows) > _TOLD else "")


def blocks(rows: Sequence[TableRow], picked: Picked) -> list[list[TableRow]]:
    """The rows, once for each time that the same columns stand side by side, as on paper: ``Ball, Net, , Ball, Net``."""
    texts = [head.text.casefold() for head in picked.heads]
    first, last = min(picked.at.values()), max(picked.at.values())
    name = texts[first] if first < len(texts) else ""
    starts = [i for i, text in enumerate(texts) if name and text == name and i > last
              and texts[i:i + last - first + 1] == texts[first:last + 1]]
    found = [list(rows)]
    for start in starts:
        shift = start - first
        moved = [row._replace(cells=row.cells[shift:], skipped=shift) if row.cells is not None else row for row in rows]
        found.append([row for row in moved if row.cells is None or any(row.cells)])
    return found


def completed(rows: Sequence[TableRow], picked: Picked, merged: Regions) -> tuple[list[TableRow], list[str]]:
    """The rows with what stands once for several written in each, with a unit behind every number whose unit has a column of
    its own, and with both places in cells of their own."""
    notes: list[str] = []
    rows = _spread(rows, picked, merged)
    if "row" in picked.at and "name" not in picked.at and rows and not all(cell_of(row, picked.at["row"]) for row in rows):
        rows = list(_carried(rows, picked.at["row"]))
        notes.append("guess: where the row's letter is missing it is that of the line above")
    if not picked.has_places and "name" in picked.at:
        rows, several = _one_a_row(rows, picked.at["name"])
        notes += [f"{several} rows name several balls, each of which is on that net"] if several else []
    unit = _unit_column(rows, picked)
    if unit is not None:
        at = [picked.at[role] for role in ("x", "y", "diameter") if role in picked.at and not picked.units[role]]
        rows = [_changed(row, at, lambda cell, row=row: f"{cell} {UNITS[cell_of(row, unit).lower()]}"  # type: ignore[misc]
                         if NUMBER.fullmatch(cell) else cell) for row in rows]
    return list(rows), notes


def _spread(rows: Sequence[TableRow], picked: Picked, merged: Regions) -> Sequence[TableRow]:
    """What a spreadsheet shows over several rows (a merged cell) stands in its first; names are each a ball's own and stay."""
    taken = {i for role, i in picked.at.items() if role != "name"}
    regions = [one for one in merged if one[1] > one[0] and one[2] in taken]
    if not regions:
        return rows
    by_line = {row.line: row for row in rows}
    for first, last, column in regions:
        text = cell_of(by_line[first], column) if first in by_line else ""
        for line in range(first + 1, last + 1) if text else ():
            if line in by_line:
                by_line[line] = _changed(by_line[line], [column], lambda cell, text=text: cell or text)  # type: ignore[misc]
    return [by_line[row.line] for row in rows]


def _one_a_row(rows: Sequence[TableRow], at: int) -> tuple[list[TableRow], int]:
    """A row for every ball, where a net's balls are listed in one cell (``A1 A2, B7``); and how many such rows there were."""
    found, several = [], 0
    for row in rows:
        words = [word for word in _WORDS.split(cell_of(row, at)) if word]
        if len(words) > 1 and all(LETTERED.fullmatch(word.upper()) for word in words):
            several += 1
            found += [_changed(row, [at], lambda cell, word=word: word) for word in words]  # type: ignore[misc]
        else:
            found.append(row)
    return found, several


def _carried(rows: Iterable[TableRow], at: int) -> Iterable[TableRow]:
    last = ""
    for row in rows:
        last = cell_of(row, at) or last
        yield _changed(row, [at], lambda cell, last=last: cell or last)  # type: ignore[misc]


def _unit_column(rows: Sequence[TableRow], picked: Picked) -> Optional[int]:
    found = [i for i, head in enumerate(picked.heads) if head.role == "unit"]
    return next((i for i in found if rows and all(cell_of(row, i).lower() in UNITS for row in rows)), None)


def _changed(row: TableRow, at: Sequence[int], change: Callable[[str], str]) -> TableRow:
    if row.cells is None:
        return row
    cells = [*row.cells, *[""] * (max(at, default=-1) + 1 - len(row.cells))]
    for i in at:
        cells[i] = change(cells[i])
    return row._replace(cells=cells)


def parted(rows: Sequence[TableRow]) -> tuple[list[TableRow], str]:
    """The rows with the two numbers of one cell (``-0.8 / 0.4``) in two more at their end, under heads x and y; what to say.

    The same rows where no one column has such cells.
    """
    wide = max((len(row.cells or ()) for row in rows), default=0)
    for k in range(wide):
        cells = [cell_of(row, k) for row in rows]
        found = [bool(cell) and bool(_PAIR.fullmatch(cell)) for cell in cells]
        first = next((i for i, one in enumerate(found) if one), 0)
        if sum(found) < 3 or first < 1 or sum(found) < _SHARE * sum(map(bool, cells[first:])):
            continue
        head = next((i for i in range(first - 1, -1, -1) if cells[i]), first - 1)
        unit = re.search(r"[\[(]\s*([a-zµμ]+)\s*[\])]", cells[head])
        behind = f" [{unit[1]}]" if unit and unit[1].lower() in UNITS else ""
        made = [_with_pair(row, k, wide, f"x{behind}", f"y{behind}") if i in (head,) or found[i] else row
                for i, row in enumerate(rows)]
        return made, f"guess: column {k + 1} has x and y in one cell"
    return list(rows), ""


def _with_pair(row: TableRow, k: int, wide: int, *heads: str) -> TableRow:
    match = _PAIR.fullmatch(cell_of(row, k))
    more = [f"{match[1]} {match[2]}".strip(), f"{match[3]} {match[4] or match[2]}".strip()] if match else list(heads)
    return row._replace(cells=[*(row.cells or ()), *[""] * (wide - len(row.cells or ())), *more])
