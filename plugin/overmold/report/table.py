"""Columns of text, with colour where a terminal shows it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

Cell = Union[str, "tuple[str, str]"]
_HUES = {"red": "31;1", "green": "32", "yellow": "33", "grey": "90", "bold": "1"}


def paint(words: str, hue: str, colour: bool) -> str:
    """``words`` in a colour, or as they are."""
    return f"\x1b[{_HUES[hue]}m{words}\x1b[0m" if colour else words


def columns(rows: Sequence[Sequence[Cell]], colour: bool = False) -> str:
    """Rows as aligned columns; a cell may be (words, hue). The first row is the heading."""
    words = [[cell if isinstance(cell, str) else cell[0] for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in words) for i in range(len(words[0]))]
    widths[-1] = 0  # nothing stands beside it
    lines = []
    for k, row in enumerate(rows):
        cells = []
        for cell, text, width in zip(row, words[k], widths):
            padded = text.ljust(width)
            hue = "bold" if k == 0 else ("" if isinstance(cell, str) else cell[1])
            cells.append(paint(padded, hue, colour) if hue else padded)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
