"""The letters of rows and the numbers of columns that names of sites such as A1 and AB12 are made of."""

from __future__ import annotations

from ..arrays import Sites

_DIGITS = "0123456789"
Lines = list[tuple[str, int]]


def lines_of(sites: Sites, within: float) -> tuple[Lines, Lines]:
    """Letters and y of every row, numbers and x of every column; none of those whose sites do not lie ``within`` so many nm of
    one line, or where two lines do."""
    rows: dict[str, list[int]] = {}
    columns: dict[str, list[int]] = {}
    for name, (x, y) in zip(sites.names, sites.xy.tolist()):
        letters = name.rstrip(_DIGITS)
        number = name[len(letters):]
        if not letters or not number:
            return [], []
        rows.setdefault(letters, []).append(y)
        columns.setdefault(number, []).append(x)
    return _straight(rows, within), _straight(columns, within)


def _straight(lines: dict[str, list[int]], within: float) -> Lines:
    ends = sorted((min(places), max(places), words) for words, places in lines.items())
    if any(last - first > within for first, last, _ in ends):
        return []
    if any(one[1] + within >= other[0] for one, other in zip(ends, ends[1:])):
        return []
    return [(words, (first + last) // 2) for first, last, words in ends]
