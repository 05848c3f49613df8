"""What changed between two designs, as a page in one file."""

from __future__ import annotations

from ..difference import Difference
from ..report.differing import DATA_HEAD, NOTHING, RULE_HEAD, closing, data_cells, rule_cells, title
from ..report.table import Cell
from .render import render


def difference_page(found: Difference) -> str:
    """The page; it needs nothing else and has no script."""
    hue = "good" if found.is_nothing else "bad" if found.is_worse else "warn"
    word = "SAME" if found.is_nothing else "WORSE" if found.is_worse else "CHANGED"
    return render(
        "difference", title=title(found), hue=hue, word=word, closing=NOTHING if found.is_nothing else closing(found),
        rule_head=RULE_HEAD, rules=[list(map(_words, rule_cells(one))) for one in found.rules],
        data_head=DATA_HEAD, data=[list(map(_words, data_cells(one))) for one in found.data],
        claims=[{"number": one.number, "words": one.words, "old": one.old or "not charted", "new": one.new}
                for one in found.claims])


def _words(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell[0]
