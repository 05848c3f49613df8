"""Tables that people keep beside a package file: CSV with commas, semicolons or tabs, every cell with its line and column.

Blank lines and lines that begin with # are passed over. What stands between the cells is told by the first line that is
left, the one that names the columns: the mark that stands there most, a comma where two are as many.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Callable, NamedTuple, Optional

from ..csv_cells import unguarded

_CELL = {mark: re.compile(rf'[ ]*(?:"((?:[^"]|"")*)"|([^{re.escape(mark)}"]*))[ ]*({re.escape(mark)}|$)') for mark in ",;\t|"}
_WORD = re.compile(r"\S+(?: \S+)*?(?=\s{2,}|\t|$)|\S+")  # single blanks are within a cell, wider room is between two
_OPEN = "a quote that is not closed"
BLANKS = " "  # the mark of a text whose columns are kept apart by blanks
CELLS = ""  # the mark of a workbook, whose cells are apart already


class TableRow(NamedTuple):
    """One row: its line from 1, its cells without blanks and quotes around them, and the text that they stand in.

    An apostrophe that keeps a spreadsheet from taking a cell for a formula is no part of it. ``cells`` is None where a quote
    is not closed. ``skipped`` are cells before them in the same line, which are none of this row.
    """

    line: int
    cells: Optional[list[str]]
    text: str
    mark: str
    skipped: int = 0

    @property
    def columns(self) -> list[int]:
        """The column of each cell from 1; reckoned when it is asked for, which a sound table is not."""
        if self.mark == CELLS:
            return list(range(1 + self.skipped, len(self.cells or ()) + 1 + self.skipped))
        return _cells(self.text, self.mark)[1][self.skipped:]

    def column(self, i: int) -> int:
        """Where the ``i``-th cell begins, or, where it is missing, what is behind the last."""
        columns = self.columns
        return columns[i] if i < len(columns) else i + 1 + self.skipped if self.mark == CELLS else len(self.text) + 1

    def trouble(self, due: int) -> str:
        """What is wrong with a row that has more than ``due`` cells or a broken quote; "" where it has neither."""
        if self.cells is None:
            return _OPEN
        return f"expected {due} cells, not {len(self.cells)}" if len(self.cells) > due else ""


Taken = Callable[[int, list[str]], bool]


def none_taken(line: int, cells: list[str]) -> bool:
    """Takes no row."""
    return False


_LOOKED_AT = 60
_MOST_LINES = 30  # of one row, whose quoted cells may have several


def table_rows(text: str, taken: Taken = none_taken, mark: str = "", joined: bool = False) -> Iterator[TableRow]:
    """The rows of a table, the one that names the columns first; without those that ``taken`` has dealt with, which is shown
    line and cells of every plain row: in a table of a hundred thousand nearly all need no more than that.

    ``mark`` is what stands between cells where that is known. ``joined``: a quoted cell may go over several lines, as
    spreadsheets write it; its row has the number of the first.
    """
    lines = text.lstrip("\ufeff").splitlines()
    unquoted = '"' not in text and "'" not in text
    tight = unquoted and text.isascii() and not any(blank in text for blank in " \t\x1f")  # no cell has blanks about it
    for number, line in _joined(lines, mark or _most(lines[0])) if joined and '"' in text else enumerate(lines, 1):
        bare = line if tight else line.strip()
        if not bare or (bare[0] == "#" and not is_head(bare)):
            continue
        mark = mark or _most(line)
        plain = mark != BLANKS and (unquoted or ('"' not in line and "'" not in line))
        cells = None if not plain else line.split(mark or ",") if tight else list(map(str.strip, line.split(mark or ",")))
        if cells is None:
            cells = _cells(line, mark or ",")[0]
        elif taken(number, cells):
            continue
        yield TableRow(number, cells, line, mark or ",")


def is_head(line: str) -> bool:
    """Whether a line that begins with # is no comment, but has # over its first column: nothing but the mark follows it."""
    return line[:2] in ("#,", "#;", "#\t", "#|") and any(letter.isalpha() for letter in line)


def _joined(lines: Sequence[str], mark: str) -> Iterator[tuple[int, str]]:
    """The lines with their numbers, those of one quoted cell together; a quote that is never closed stays as it is, and so does
    one that would swallow a row: within a cell no line has as many cells as the table has."""
    mark = mark if mark.strip() or mark == "\t" else ","
    wide = max(2, max((line.count(mark) for line in lines[:_LOOKED_AT]), default=0))
    at = 0
    while at < len(lines):
        count = 1
        if lines[at].count('"') % 2 and lines[at].lstrip()[:1] != "#":
            end = next((i for i in range(at + 1, min(at + _MOST_LINES, len(lines))) if lines[i].count('"') % 2), at)
            within = [*lines[at + 1:end], lines[end].rpartition('"')[0]]
            count = end - at + 1 if all(one.count(mark) < wide for one in within) else 1
        yield at + 1, "\n".join(lines[at:at + count])
        at += count


def _most(line: str) -> str:
    """The mark that stands in a line most; "" where none does, as in a title."""
    best = max(",;\t", key=line.count)
    return best if best in line else ""


def _cells(line: str, mark: str) -> tuple[Optional[list[str]], list[int]]:
    cells, columns, at = [], [], 0
    if mark == BLANKS:
        found = list(_WORD.finditer(line))
        return [unguarded(one[0]) for one in found], [one.start() + 1 for one in found]
    if '"' not in line:
        for cell in line.split(mark):
            columns.append(at + len(cell) - len(cell.lstrip()) + 1)
            cells.append(unguarded(cell.strip()))
            at += len(cell) + 1
        return cells, columns
    while True:
        one = _CELL[mark].match(line, at)
        if one is None:
            return None, []
        quoted = one.group(1) is not None
        cells.append(unguarded(one.group(1).replace('""', '"') if quoted else one.group(2).strip()))
        columns.append(one.start(1 if quoted else 2) + 1)
        at = one.end()
        if not one.group(3):
            return cells, columns
