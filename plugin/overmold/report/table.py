"""Lines and columns of text, with colour where a terminal shows it.

Everything that becomes text of a report goes through here, so that nothing out of a file steers the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

from ..plain import message

Cell = Union[str, "tuple[str, str]"]
_WIDEST, _LONGEST = 1000, 8000  # characters of a cell, and of a line: a board's field may hold a megabyte
_HUES = {"red": "31;1", "green": "32", "yellow": "33", "grey": "90", "bold": "1"}


def paint(words: str, hue: str, colour: bool) -> str:
    """``words`` in a colour, or as they are."""
    line = message(words, _WIDEST)
    return f"\x1b[{_HUES[hue]}m{line}\x1b[0m" if colour else line


def listed(title: str, lines: Sequence[str], colour: bool = False) -> str:
    """A heading, and what stands under it, a line each."""
    return "\n".join([paint(title, "bold", colour), *(f"  {message(line, _LONGEST)}" for line in lines)])


def columns(rows: Sequence[Sequence[Cell]], colour: bool = False, heading: bool = True) -> str:
    """Rows as aligned columns; a cell may be (words, hue). The first row is the heading, unless there is none."""
    words = [[message(cell if isinstance(cell, str) else cell[0], _WIDEST) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in words) for i in range(len(words[0]))]
    widths[-1] = 0  # nothing stands beside it
    lines = []
    for k, row in enumerate(rows):
        cells = []
        for cell, text, width in zip(row, words[k], widths):
            padded = text.ljust(width)
            hue = "bold" if k == 0 and heading else ("" if isinstance(cell, str) else cell[1])
            cells.append(paint(padded, hue, colour) if hue else padded)
        lines.append("  ".join(cells).rstrip())
    return "\n".join(lines)
