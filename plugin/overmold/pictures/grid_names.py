"""The letters of rows and the numbers of columns that names of sites such as A1 and AB12 are made of."""

from __future__ import annotations

from ..arrays import Sites

_DIGITS = "0123456789"
Lines = list[tuple[str, int]]


def lines_of(sites: Sites) -> tuple[Lines, Lines]:
    """Letters and y of every row, numbers and x of every column; none where any site is not called by its row and column."""
    xs, ys = sites.xy[:, 0].tolist(), sites.xy[:, 1].tolist()
    rows = {y: name.rstrip(_DIGITS) for y, name in dict(zip(ys, sites.names)).items()}
    columns = {x: name[len(name.rstrip(_DIGITS)):] for x, name in dict(zip(xs, sites.names)).items()}
    if not all(rows.values()) or not all(columns.values()):
        return [], []
    if [rows[y] + columns[x] for x, y in zip(xs, ys)] != list(sites.names):
        return [], []
    return [(words, y) for y, words in sorted(rows.items())], [(words, x) for x, words in sorted(columns.items())]
