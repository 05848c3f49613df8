"""Ball maps drawn as a matrix: counted along one side, lettered along another, a name or a signal in each cell.

The counts may stand above or below, the letters at the left, at the right or on both sides; or the letters above and the counts
at the side. What the names say of the order tells from which side it is seen: with A1 at the top left of a package seen from
above, counts grow to the right and letters downwards.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Optional

from ...arrays import row_number
from ...arrays.pattern import JEDEC_LETTERS
from ...tables import BLANKS, TableRow

_COUNT = re.compile(r"(?:c|col|column)?[ ._-]?(\d{1,3})", re.IGNORECASE)
_LETTERS = re.compile(r"(?:row)?[ ._-]?([A-Z]{1,2})", re.IGNORECASE)
_FEWEST, _LOOKED_AT = 2, 60
_NOTHING = frozenset(("", "-", "–", "—", "x", "X", "n/a", "."))
_DOTS = frozenset(("o", "O", "●", "○", "•", "*", "1"))
_BETWEEN = re.compile(r"[\s:;,/|()=]+")


class Matrix(NamedTuple):
    """Names and nets of the sites, and where each is drawn: column and row (n each), counted to the right and downwards.

    ``mirrored``: drawn as it is seen from below. ``turn`` says which way such a drawing is turned over to have A1 at the top
    left: x, y, or both swapped (xy). ``gaps``: columns or rows without balls are not drawn, places follow from their names.
    ``line`` is where it begins; ``left`` are the first lines of rows within its reach, and below it, that count for nothing.
    """

    names: list[str]
    nets: list[str]
    columns: list[int]
    rows: list[int]
    mirrored: bool
    turn: str
    gaps: bool
    line: int
    left: tuple[int, ...] = ()


class _Axis(NamedTuple):
    """What stands along one side: the text of each place, where it lies, and whether it grows in the way of reading."""

    texts: dict[int, str]
    places: dict[int, int]
    grows: bool
    gaps: bool


def matrix_of(rows: Sequence[TableRow]) -> Optional[Matrix]:
    """The matrix in a table; None where there is none."""
    for i in [*range(min(_LOOKED_AT, len(rows))), *range(len(rows) - 1, max(_LOOKED_AT, len(rows) - _LOOKED_AT) - 1, -1)]:
        for above, beside in ((_COUNT, _LETTERS), (_LETTERS, _COUNT)):
            head = _head(rows[i], above)
            axis = _axis(head, above) if head is not None else None
            if axis is None:
                continue
            found = _body(rows[i + 1:], axis, beside, rows[i]) or _body(rows[:i], axis, beside, rows[i])
            if found is not None:
                return found
    return None


def _head(row: TableRow, pattern: re.Pattern[str]) -> Optional[dict[int, str]]:
    """The cells that count or letter the columns; None where too much else stands in that row."""
    found = {k: match[1] for k, cell in enumerate(row.cells or ()) for match in [pattern.fullmatch(cell)] if match}
    others = [cell for k, cell in enumerate(row.cells or ()) if cell and k not in found]
    return found if len(found) >= _FEWEST and len(others) <= 2 else None


def _axis(texts: Mapping[int, str], pattern: re.Pattern[str]) -> Optional[_Axis]:
    """Where each lies, by its own number; None where they do not run one way."""
    ordered = [texts[k] for k in sorted(texts)]
    numbers = [int(text) for text in ordered] if pattern is _COUNT else _row_numbers(ordered)
    steps = [b - a for a, b in zip(numbers, numbers[1:])]
    if not steps or not (min(steps) > 0 or max(steps) < 0) or (pattern is _COUNT and min(numbers) > 99):
        return None
    sign = 1 if steps[0] > 0 else -1
    places = dict(zip(sorted(texts), ((number - numbers[0]) * sign for number in numbers)))
    return _Axis(dict(texts), places, sign > 0, any(abs(step) > 1 for step in steps))


def _row_numbers(texts: Sequence[str]) -> list[int]:
    upper = [text.upper() for text in texts]
    alphabet = JEDEC_LETTERS if all(set(text) <= set(JEDEC_LETTERS) for text in upper) else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    return [row_number(text, alphabet) for text in upper]


def _body(rows: Sequence[TableRow], across: _Axis, beside: re.Pattern[str], head: TableRow) -> Optional[Matrix]:
    """The matrix whose columns ``across`` names, if the rows are lettered (counted) at one side or both."""
    sides: dict[int, str] = {}
    drawn: dict[int, dict[int, str]] = {}
    left: list[int] = []
    for number, row in enumerate(rows):
        cells = _laid(row, across, head)
        side = _side(cells, across, beside)
        if side:
            sides[number], drawn[number] = side, {k: cells.get(k, "") for k in across.texts}
        elif sides and any(cells.values()) and _head(row, _COUNT) is None and _head(row, _LETTERS) is None:
            left.append(row.line)
    down = _axis(sides, beside) if len(sides) >= _FEWEST else None
    if down is None:
        return None
    found = _matrix(across, down, drawn, beside is _COUNT, min(head.line, rows[0].line))
    return found._replace(left=tuple(left)) if found is not None else None


def _laid(row: TableRow, across: _Axis, head: TableRow) -> dict[int, str]:
    """The cells of a row by the column of the head that they stand under. In a text kept apart by blanks an empty cell leaves
    nothing behind, so that what stands where in the line has to tell."""
    cells = row.cells or []
    if row.mark != BLANKS or head.mark != BLANKS:
        return dict(enumerate(cells))
    heads, columns = head.columns, row.columns
    laid: dict[int, str] = {}
    for text, column in zip(cells, columns):
        ends = column + len(text)
        nearest = min(across.texts, key=lambda k: abs(2 * heads[k] + len((head.cells or [])[k]) - column - ends))
        before = ends <= heads[min(across.texts)] and column == columns[0]
        laid[-1 if before or nearest in laid else nearest] = text
    return laid


def _side(cells: Mapping[int, str], across: _Axis, pattern: re.Pattern[str]) -> str:
    """The letters (or the count) of a row, at its left or its right end; "" where neither has any, or the two differ."""
    first, last = min(across.texts), max(across.texts)
    found = [match[1].upper() for k, cell in sorted(cells.items()) if k < first or k > last
             for match in [pattern.fullmatch(cell)] if match]
    return found[0] if found and len(set(found)) == 1 else ""


def _matrix(across: _Axis, down: _Axis, drawn: Mapping[int, Mapping[int, str]], swapped: bool, line: int) -> Optional[Matrix]:
    names, nets, columns, places = [], [], [], []
    for number, cells in drawn.items():
        for k, cell in cells.items():
            if cell in _NOTHING:
                continue
            letters, count = (across.texts[k], down.texts[number]) if swapped else (down.texts[number], across.texts[k])
            name = f"{letters.upper()}{count}"
            names.append(name)
            nets.append(_net(cell, name))
            columns.append(across.places[k])
            places.append(down.places[number])
    if not names:
        return None
    mirrored = (across.grows != down.grows) != swapped
    turn = "xy" if swapped else "y" if across.grows and not down.grows else "x"
    return Matrix(names=names, nets=nets, columns=columns, rows=places, mirrored=mirrored, turn=turn,
                  gaps=across.gaps or down.gaps, line=line)


def _net(cell: str, name: str) -> str:
    """The signal in a cell, without the name of the ball that may stand there, too."""
    if cell in _DOTS:
        return ""
    words = [word for word in _BETWEEN.split(cell.strip()) if word]
    bare = re.sub(r"(?<=[A-Z])0+(?=\d)", "", name)
    if words and words[0].upper() in (name, bare):
        words = words[1:]
    elif len(words) > 1 and words[-1].upper() in (name, bare):
        words = words[:-1]
    else:
        return " ".join(cell.split())
    return " ".join(words)
