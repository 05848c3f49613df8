"""The tables of a file: one of a text, as many as a workbook has sheets."""

from __future__ import annotations

import codecs
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Callable

from ..faults import Fault, Faults
from . import BLANKS, TableRow, Taken, none_taken, table_rows
from .workbook import is_workbook, open_workbook

_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
HEADS_WITHIN = 60  # rows: titles may stand above the one that names the columns
_LOOKED_AT = 200  # lines by which it is told what stands between cells


@dataclass(frozen=True, repr=False)
class Sheet:
    """One table: ``source`` is what faults call it, ``name`` that of the sheet ("" for a text), ``rows`` makes its rows."""

    source: str
    name: str
    rows: Callable[[Taken], Iterator[TableRow]]

    def head(self) -> list[TableRow]:
        """The rows among which the one that names the columns is looked for."""
        return list(islice(self.rows(none_taken), HEADS_WITHIN))

    def all(self) -> list[TableRow]:
        """Every row."""
        return list(self.rows(none_taken))


def sheets_of(data: bytes, source: str, guess: bool = False) -> list[Sheet]:
    """The tables in the bytes of a file; raises Faults where it is neither text nor a workbook.

    ``guess``: what stands between the cells of a text is told by all its lines and not by the one that names the columns, for
    vendors write titles above it; it may be blanks, too. Letters that are not UTF-8 are taken for those of Windows then.
    """
    if is_workbook(data):
        book = open_workbook(data, source)
        return [Sheet(f"{source}, sheet '{name}'", name, partial(book.rows, part, f"{source}, sheet '{name}'"))
                for name, part in book.sheets]
    text = text_of(data, source, guess)
    mark = mark_of(text) if guess else ""
    return [Sheet(source, "", partial(table_rows, text, mark=mark))]


def text_of(data: bytes, source: str, guess: bool = False) -> str:
    """The bytes as text; raises Faults at the first byte that is none."""
    try:
        return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8")
    except UnicodeDecodeError as error:
        if guess and b"\0" not in data and not data.startswith(_UTF_16):
            return data.decode("cp1252", "replace")
        before = data[:error.start].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        said = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise Faults([Fault(source, said, len(before), len(before[-1]) + 1)]) from None


def mark_of(text: str) -> str:
    """What stands between cells: of tab, semicolon, comma and bar the one that most lines have equally often, else blanks."""
    lines = [line for line in text.splitlines()[:10 * _LOOKED_AT] if line.strip() and line.lstrip()[0] != "#"][:_LOOKED_AT]
    often = {mark: max(Counter(filter(None, (line.count(mark) for line in lines))).values(), default=0) for mark in "\t;,|"}
    best = max(often, key=lambda mark: often[mark])
    return best if often[best] > (len(lines) > 1) else BLANKS
