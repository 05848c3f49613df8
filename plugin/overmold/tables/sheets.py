"""The tables of a file: one of a text, as many as a workbook has sheets."""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import islice
from typing import Callable, NamedTuple

from ..faults import Fault, Faults
from . import BLANKS, TableRow, Taken, none_taken, table_rows

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"  # how workbooks begin, new ones and old ones
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LETTERS = ("cp1252", "cp1250", "cp1251", "gb18030", "shift_jis", "big5", "euc_kr")
HEADS_WITHIN = 60  # rows: titles may stand above the one that names the columns
_QUOTED = re.compile(r'"(?:[^"]|"")*"')
_LOOKED_AT = 200  # lines by which it is told what stands between cells


class Sheet(NamedTuple):
    """One table: ``source`` is what faults call it, ``name`` that of the sheet ("" for a text), ``rows`` makes its rows,
    ``merged`` tells which of its cells are shown over several: first and last line, and first column (from 0)."""

    source: str
    name: str
    rows: Callable[[Taken], Iterator[TableRow]]

    merged: Callable[[], Sequence[tuple[int, int, int]]] = tuple

    def head(self) -> list[TableRow]:
        """The rows among which the one that names the columns is looked for."""
        return list(islice(self.rows(none_taken), HEADS_WITHIN))

    def all(self) -> list[TableRow]:
        """Every row."""
        return list(self.rows(none_taken))


def is_workbook(data: bytes) -> bool:
    """Whether the bytes are those of a workbook of any kind, and no text."""
    return data.startswith((ZIP, OLE))


def sheets_of(data: bytes, source: str, guess: bool = False) -> list[Sheet]:
    """The tables in the bytes of a file; raises Faults where it is neither text nor a workbook.

    ``guess``: what stands between the cells of a text is told by all its lines and not by the one that names the columns, for
    vendors write titles above it; it may be blanks, too. Letters that are not UTF-8 are taken for those of Windows then.
    """
    if is_workbook(data):
        from .workbook import open_workbook

        book = open_workbook(data, source)
        return [Sheet(f"{source}, sheet '{name}'", name, partial(book.rows, part, f"{source}, sheet '{name}'"),
                      partial(book.merged, part))
                for name, part in book.sheets]
    text = text_of(data, source, guess)
    mark = mark_of(text) if guess else ""
    if mark == BLANKS and _is_parted_by_single(text):
        text, mark = text.replace(" ", "\t"), "\t"
    return [Sheet(source, "", partial(table_rows, with_head(text, mark) if guess else text, mark=mark, joined=True))]


def text_of(data: bytes, source: str, guess: bool = False) -> str:
    """The bytes as text; raises Faults at the first byte that is none."""
    wide = _wide(data)
    try:
        return data.decode(wide or "utf-8")
    except UnicodeDecodeError as error:
        if guess and not wide and b"\0" not in data:
            return _other_letters(data)
        before = data[:error.start].decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        said = f"byte 0x{data[error.start]:02x} is not UTF-8; save the file as UTF-8"
        raise Faults([Fault(source, said, len(before), len(before[-1]) + 1)]) from None


def _wide(data: bytes) -> str:
    """UTF-16 where the bytes are that: by their mark, or, as some tools leave it out, by every other byte being 0."""
    if data.startswith(_UTF_16):
        return "utf-16"
    head = data[:400]
    for name, zeros, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if len(zeros) > 7 and zeros.count(0) > 0.7 * len(zeros) and letters.count(0) == 0:
            return name
    return ""


def _other_letters(data: bytes) -> str:
    """The bytes in the letters of Windows, of a language whose words for columns come out; else in those of its west."""
    from .heads import head_of

    for name in _LETTERS:
        try:
            head = data[:8000].decode(name, "strict" if len(data) < 8000 else "ignore")
        except UnicodeDecodeError:
            continue
        for line in head.splitlines()[:HEADS_WITHIN]:
            if not line.isascii() and sum(bool(head_of(cell).role) for cell in re.split(r"[,;\t|]", line)) > 1:
                return data.decode(name, "replace")
    return data.decode("cp1252", "replace")


def with_head(text: str, mark: str) -> str:
    """The text, in which the line that names the columns is none of the comments: some tools write # before it."""
    from .heads import head_of

    lines = text.splitlines(keepends=True)
    for i, (line, below) in enumerate(zip(lines[:HEADS_WITHIN], lines[1:])):
        bare = line.strip("\ufeff \t")
        if bare[:1] != "#":
            if bare.strip():
                return text
            continue
        cells = re.split(r"\s{2,}|\t", bare[1:].strip()) if mark == BLANKS else bare[1:].split(mark)
        is_last = below.strip() and below.lstrip()[:1] != "#"
        if is_last and len(cells) > 1 and sum(bool(head_of(cell).role) for cell in cells) > 1:
            lines[i] = line.replace("#", " ", 1)
            return "".join(lines)
    return text


def _is_parted_by_single(text: str) -> bool:
    """Whether single blanks stand between the cells: nowhere more than one, and in every line as many."""
    lines = [line.strip() for line in text.splitlines()[:_LOOKED_AT] if line.strip() and line.lstrip()[0] != "#"]
    counts = {line.count(" ") for line in lines}
    return len(lines) > 2 and len(counts) == 1 and min(counts) > 1 and not any("  " in line for line in lines)


def mark_of(text: str) -> str:
    """What stands between cells: of tab, semicolon, comma and bar the one that most lines have equally often, else blanks."""
    lines = [line for line in text.splitlines()[:10 * _LOOKED_AT] if line.strip() and line.lstrip()[0] != "#"][:_LOOKED_AT]
    lines = [_QUOTED.sub("", line) if '"' in line else line for line in lines]
    often = {mark: max(Counter(filter(None, (line.count(mark) for line in lines))).values(), default=0) for mark in "\t;,|"}
    best = max(often, key=lambda mark: often[mark])
    return best if often[best] > (len(lines) > 1) else BLANKS
