"""The row over the columns of a foreign table, or the rows: cells merged over several columns, units in a row of their own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from ...tables import TableRow
from ...tables.heads import UNITS, Columns, Head, head_of

_MOST = 3
_DIGITS = re.compile(r"[-+−]?\d*[.,]?\d+(?:\s*[a-zµμ]{1,2})?")
_UNIT = re.compile(r"[\[(（]?\s*(?:in\s+)?([^\W\d_]+)\s*[\])）]?")


def headings(rows: Sequence[TableRow], i: int) -> Iterator[tuple[Columns, int]]:
    """The heads that begin in row ``i``: of it alone, then together with one and two rows below; each with its last row."""
    heads = [head_of(cell) for cell in rows[i].cells or ()]
    yield Columns(rows[i], heads), i
    upper = list(rows[i].cells or ())
    for last in range(i + 1, min(i + _MOST, len(rows))):
        lower = rows[last].cells or []
        if any(_DIGITS.fullmatch(cell) for cell in lower):
            return
        heads = [_both(*one) for one in _columns(upper, lower)]
        upper = [head.text for head in heads]
        yield Columns(rows[last], heads), last


def _columns(upper: Sequence[str], lower: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Of every column the cell above, that which is merged over it from the left, and the cell below."""
    spread = ""
    for above, below in zip_longest(upper, lower, fillvalue=""):
        spread = above or spread
        yield above, spread, below


def _both(above: str, spread: str, below: str) -> Head:
    """The head that two cells make: the lower says more, the upper may have the unit, or the lower nothing but that."""
    unit = _UNIT.fullmatch(below)
    if above and (not below or (unit and unit[1].lower() in UNITS) or not any(map(str.isalnum, below))):
        head = head_of(above)
        return head._replace(unit=UNITS[unit[1].lower()] if unit and unit[1].lower() in UNITS else head.unit)
    head, over = head_of(below), head_of(spread)
    if head.role:
        return head._replace(unit=head.unit or over.unit)
    if not above:
        return head
    joined = head_of(f"{above} {below}")
    return joined if joined.role else head_of(above)._replace(text=f"{above} {below}")
