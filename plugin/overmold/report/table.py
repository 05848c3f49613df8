"""Lines and columns of text, with colour where a terminal shows it.

Everything that becomes text of a report goes through here, so that nothing out of a file steers the terminal.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Union

from ..plain import one_line

Cell = Union[str, "tuple[str, str]"]
_HUES = {"red": "31;1", "green": "32", "yellow": "33", "grey": "90", "bold": "1"}


def paint(words: str, hue: str, colour: bool) -> str:
    """``words`` in a colour, or as they are."""
    return f"\x1b[{_HUES[hue]}m{one_line(words)}\x1b[0m" if colour else one_line(words)


def listed(title: str, lines: Sequence[str], colour: bool = False) -> str:
    """A heading, and what stands under it, a line each."""
    return "\n".join([paint(title, "bold", colour), *(f"  {one_line(line)}" for line in lines)])


def columns(rows: Sequence[Sequence[Cell]], colour: bool = False, heading: bool = True) -> str:
    """Rows as aligned columns; a cell may be (words, hue). The first row is the heading, unless there is none."""
    words = [[one_line(cell if isinstance(cell, str) else cell[0]) for cell in row] for row in rows]
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
