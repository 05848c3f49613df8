"""How the places of a table lie: which way y grows, which side they are seen from, where the origin is.

What is said is taken. What is not follows from the names where these are rows and columns as JEDEC has them: A1 in the top
left corner, seen from above. Whatever was told in this way, or could not be told, is said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple, Optional

import numpy as np

from ...arrays import IntArray, row_number
from ...arrays.pattern import JEDEC_LETTERS
from . import DOWN, UP, Asked
from .facts import Facts

_NAME = re.compile(r"([A-Z]{1,3})0*(\d{1,3})")
_MOST = 0.8  # of all names, and of a perfect correlation
FROM_ABOVE = ("top", "back")


class Cells(NamedTuple):
    """Row and column (n each, from 1) of names such as A1."""

    rows: IntArray
    columns: IntArray


def cells_of(names: Sequence[str]) -> Optional[Cells]:
    """Row and column of every name; None where any is no such name."""
    found = [_NAME.fullmatch(name.upper()) for name in names]
    if not found or any(one is None for one in found):
        return None
    alphabet = JEDEC_LETTERS if all(set(one[1]) <= set(JEDEC_LETTERS) for one in found if one) else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    rows = [row_number(one[1], alphabet) for one in found if one]
    return Cells(np.array(rows, np.int64), np.array([int(one[2]) for one in found if one], np.int64))


def placed(names: Sequence[str], xy: IntArray, asked: Asked, facts: Facts, is_chip: bool = False) -> tuple[IntArray, list[str]]:
    """The places (n, 2) as a package file has them, seen from above and y down, about the middle; and what to say of that."""
    notes: list[str] = []
    y, view = asked.y or facts.y, asked.view or facts.view
    told_y, told_view = _told(names, xy) if not is_chip else ("", "")
    if not y:
        y = told_y or UP
        notes.append("guess: y grows " + (f"{y}, for so the names run (A1 at the top left)" if told_y else
                                          "up, as in most tables; say --y down where it does not"))
    if not view:
        # With A1 where the names have it, a table that is seen from the other side is one that has one axis turned.
        view = told_view or "top"
        if told_view == "bottom" or not told_view:
            notes.append("guess: " + ("seen from below, onto the balls, for so the names run" if told_view else
                                      "seen from above; say --view bottom where it is seen onto the balls"))
    across, down = (1 if view in FROM_ABOVE else -1), (-1 if y == UP else 1)
    middle = (xy.min(axis=0) + xy.max(axis=0)) // 2
    origin = asked.origin or facts.origin
    if not origin:
        origin = "middle" if (xy.min(axis=0) >= 0).all() or (xy.max(axis=0) <= 0).all() else "table"
        if origin == "middle" and middle.any():
            notes.append("guess: the origin is a corner, so the middle of the sites is taken for that of the package; say "
                         "--origin table where it is not")
    moved = xy - (middle if origin == "middle" else 0)
    return moved * np.array([across, down], np.int64), notes


def _told(names: Sequence[str], xy: IntArray) -> tuple[str, str]:
    """Where y grows and what side is seen, by the names; "" each where they do not tell."""
    cells = cells_of(names)
    if cells is None or len(names) < 4:
        return "", ""
    down, across = _along(cells.rows, xy[:, 1]), _along(cells.columns, xy[:, 0])
    if not down or not across:
        return "", ""
    return DOWN if down > 0 else UP, "top" if across > 0 else "bottom"


def _along(numbers: IntArray, places: IntArray) -> int:
    """1 where places grow with the numbers, -1 where they shrink, 0 where neither is so."""
    a, b = numbers - numbers.mean(), places - places.mean()
    size = float(np.sqrt((a * a).sum() * (b * b).sum()))
    share = float((a * b).sum()) / size if size else 0.0
    return (share > _MOST) - (share < -_MOST)
