"""Ball maps drawn as a matrix: columns counted above, rows lettered at the side, a name or a signal in each cell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Optional

from ...tables import TableRow

_COUNT, _LETTERS = re.compile(r"\d{1,3}"), re.compile(r"[A-Z]{1,3}")
_FEWEST = 2
_NOTHING = frozenset(("", "-", "–", "—", "x", "X", "n/a", "."))


class Matrix(NamedTuple):
    """Names and nets of the sites, and their places as drawn: column and row (n each, from 0 at the top left).

    ``runs_left``: columns are counted from the right, as in a view onto the balls. ``line`` is where it begins.
    """

    names: list[str]
    nets: list[str]
    columns: list[int]
    rows: list[int]
    runs_left: bool
    line: int


def matrix_of(rows: Sequence[TableRow]) -> Optional[Matrix]:
    """The matrix in a table; None where there is none."""
    for i, row in enumerate(rows[:60]):
        counts = {k: int(cell) for k, cell in enumerate(row.cells or ()) if _COUNT.fullmatch(cell)}
        others = [cell for k, cell in enumerate(row.cells or ()) if cell and k not in counts]
        if len(counts) < _FEWEST or len(others) > 2 or not _runs(list(counts.values())):
            continue
        found = _body(rows[i + 1:], counts, row.line)
        if found is not None:
            return found
    return None


def _body(rows: Sequence[TableRow], counts: dict[int, int], line: int) -> Optional[Matrix]:
    names, nets, columns, places = [], [], [], []
    first, values = min(counts), list(counts.values())
    spots = {k: i for i, k in enumerate(sorted(counts))}
    number = 0
    for row in rows:
        cells = row.cells or []
        letters = next((cell.upper() for k, cell in enumerate(cells) if k < first and _LETTERS.fullmatch(cell.upper())), "")
        if not letters:
            if any(cells) and number and not all(_COUNT.fullmatch(cell) for cell in cells if cell):
                break
            continue
        for k, count in counts.items():
            cell = cells[k] if k < len(cells) else ""
            if cell in _NOTHING:
                continue
            name = f"{letters}{count}"
            names.append(name)
            nets.append("" if cell.upper() == name or cell in ("o", "O", "●", "○", "*", "1") else cell)
            columns.append(spots[k])
            places.append(number)
        number += 1
    if number < _FEWEST or not names:
        return None
    return Matrix(names, nets, columns, places, values[0] > values[-1], line)


def _runs(values: Sequence[int]) -> bool:
    steps = {b - a for a, b in zip(values, values[1:])}
    return steps in ({1}, {-1})
