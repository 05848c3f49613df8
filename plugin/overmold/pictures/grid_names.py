"""The letters of rows and the numbers of columns that names of sites such as A1 and AB12 are made of."""

from __future__ import annotations

import numpy as np

from ..arrays import Sites

_DIGITS = "0123456789"
Lines = list[tuple[str, int]]


def runs_of(sites: Sites) -> list[tuple[int, int]]:
    """From which to which number sites of one y follow each other; arrays are laid out row by row."""
    ends = (np.flatnonzero(np.diff(sites.xy[:, 1])) + 1).tolist()
    return list(zip([0, *ends], [*ends, len(sites)])) if len(sites) else []


def lines_of(sites: Sites) -> tuple[Lines, Lines]:
    """Letters and y of every row, numbers and x of every column; none where any site is not called by its row and column."""
    xs, ys, names = sites.xy[:, 0].tolist(), sites.xy[:, 1].tolist(), list(sites.names)
    runs = runs_of(sites)
    rows = {ys[start]: names[start].rstrip(_DIGITS) for start, _ in runs}
    columns = {x: name[len(name.rstrip(_DIGITS)):] for x, name in dict(zip(xs, names)).items()}
    if not all(rows.values()) or not all(columns.values()):
        return [], []
    for start, end in runs:
        letters = rows[ys[start]]
        if [letters + columns[x] for x in xs[start:end]] != names[start:end]:
            return [], []
    return [(words, y) for y, words in sorted(rows.items())], [(words, x) for x, words in sorted(columns.items())]
