"""Sites of square grids by their names, in the orders that starters count them in."""

from __future__ import annotations

import math
from typing import Callable

from ...arrays.names import row_letters


def grid(n: int) -> list[str]:
    """The sites of an n x n grid, row by row."""
    return [_name(row, column) for row in range(n) for column in range(n)]


def by_angle(n: int, wanted: Callable[[int], bool]) -> list[str]:
    """The sites of an n x n grid that lie in the rings ``wanted``, 0 the outermost, in order around it."""
    sites = [(row, column) for row in range(n) for column in range(n)
             if wanted(min(row, column, n - 1 - row, n - 1 - column))]
    sites.sort(key=lambda site: (math.atan2(2 * site[0] - n + 1, 2 * site[1] - n + 1), site))
    return [_name(row, column) for row, column in sites]


def _name(row: int, column: int) -> str:
    return f"{row_letters(row + 1)}{column + 1}"
