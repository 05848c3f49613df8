"""Tables on a sheet: ruled rows of words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..pictures.svg import line, rect, text
from ..pictures.words import fitted


@dataclass(frozen=True)
class Column:
    """One column: its head, its width in units, and to which side its words stand."""

    head: str
    width: float
    right: bool = False


def grid(columns: Sequence[Column], rows: Sequence[Sequence[str]], x: float, y: float, step: float, kind: str = "note"
         ) -> list[str]:
    """The table with its upper left corner there; a cell that is too long is cut. Rows are ``step`` high."""
    wide, tall = sum(column.width for column in columns), step * (len(rows) + 1)
    drawn = [rect("edge", x, y, wide, tall), line("rule", x, y + step, x + wide, y + step)]
    drawn += [line("fine", x, y + step * i, x + wide, y + step * i) for i in range(2, len(rows) + 1)]
    left = x
    for i, column in enumerate(columns):
        if i:
            drawn.append(line("fine", left, y, left, y + tall))
        for number, cell in enumerate([column.head, *(row[i] for row in rows)]):
            words = fitted(cell, column.width - 8, kind)
            if words:
                at = left + column.width - 5 if column.right else left + 5
                drawn.append(text(words, at, y + step * number + step * 0.72, kind, "end" if column.right else "start"))
        left += column.width
    return drawn


def height_of(rows: int, step: float) -> float:
    """How high a table of so many rows is, its head included."""
    return step * (rows + 1)
