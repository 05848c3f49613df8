"""Workbooks of spreadsheets (XLSX): the cells of each sheet as text, and nothing else of it.

A cell with a formula says what the spreadsheet last reckoned. Whatever somebody may have put into such a file, it is read in
bounded memory, and nothing in it is followed, run or fetched.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional
from xml.etree import ElementTree

from ..faults import Faults, fail
from . import CELLS, TableRow, Taken, none_taken
from .sheets import OLE

LARGEST_PART = 200_000_000  # bytes of one unpacked part, as of any other input
MOST_CELLS = 20_000_000
_SMALL_PART = 8_000_000  # bytes, which make some hundred megabytes of elements at most
_MOST_COLUMNS = 16_384
_PLACE = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_NUMBER = re.compile(r"-?\d+\.\d{12,}(?:E[-+]?\d+)?|-?\d+(?:\.\d+)?E[-+]?\d+")
_MERGED = re.compile(rb'<mergeCell\s+ref="([A-Z]{1,3})([1-9]\d{0,6}):([A-Z]{1,3})([1-9]\d{0,6})"')
_MOST_MERGED = 100_000  # rows of one such cell
_HIDDEN = ("hidden", "veryHidden")
_SAVE = "save the sheet as XLSX or CSV"


@dataclass(frozen=True, repr=False)
class Workbook:
    """An open workbook; ``sheets`` are the names of its sheets and where they are kept, hidden ones last."""

    source: str
    file: zipfile.ZipFile
    sheets: tuple[tuple[str, str], ...]
    shared: tuple[str, ...]

    def rows(self, part: str, source: str, taken: Taken = none_taken) -> Iterator[TableRow]:
        """The rows of one sheet that have anything in them; raises Faults."""
        cells_left = MOST_CELLS
        for number, row in _rows(_parsed(self.file, part, source, "row"), source):
            cells = _cells(row, number, self.shared, source)
            cells_left -= len(cells)
            if cells_left < 0:
                raise fail(source, f"this sheet has more than {MOST_CELLS:,} cells", number, 1)
            comment = cells and cells[0].startswith("#") and (cells[0] != "#" or not any(cells[1:]))
            if any(cells) and not comment and not taken(number, cells):
                yield TableRow(number, cells, "", CELLS)

    def merged(self, part: str) -> tuple[tuple[int, int, int], ...]:
        """Cells that are shown over several: first and last line, and first column (from 0)."""
        data = _unpacked(self.file, part, self.source)
        return tuple((int(one[2]), min(int(one[4]), int(one[2]) + _MOST_MERGED), _column(one[1].decode()))
                     for one in _MERGED.finditer(data, max(data.find(b"<mergeCells"), 0)))


def open_workbook(data: bytes, source: str) -> Workbook:
    """The workbook in these bytes; raises Faults that say what else it is."""
    if data.startswith(OLE):
        raise fail(source, f"is a workbook of an old Excel, or one with a password; {_SAVE}")
    try:
        file = zipfile.ZipFile(io.BytesIO(data))
        names = set(file.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        raise fail(source, f"is a workbook that is damaged; open it in a spreadsheet and {_SAVE}") from None
    if "xl/workbook.xml" not in names:
        what = "an OpenDocument file" if "content.xml" in names else "a ZIP archive" \
            if "[Content_Types].xml" not in names else "a workbook of a kind that is not read"
        raise fail(source, f"is {what} and no XLSX workbook; {_SAVE}")
    sheets = tuple(sorted(_sheets(file, names, source), key=lambda one: one[2]))
    if not sheets:
        raise fail(source, f"is a workbook (XLSX) without a sheet that can be read; open it in a spreadsheet and {_SAVE}")
    shared = tuple(_text(one) for one in _parsed(file, "xl/sharedStrings.xml", source, "si")
                   ) if "xl/sharedStrings.xml" in names else ()
    return Workbook(source, file, tuple((name, part) for name, part, _ in sheets), shared)


def _sheets(file: zipfile.ZipFile, names: set[str], source: str) -> Iterator[tuple[str, str, bool]]:
    """Name, part and whether it is hidden."""
    relations = "xl/_rels/workbook.xml.rels"
    parts = {}
    for one in _parsed(file, relations, source, "Relationship") if relations in names else ():
        target = one.get("Target", "")
        parts[one.get("Id", "")] = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
    for number, one in enumerate(_parsed(file, "xl/workbook.xml", source, "sheet"), 1):
        identity = next((value for key, value in one.attrib.items() if key.rpartition("}")[2] == "id"), "")
        part = parts.get(identity, f"xl/worksheets/sheet{number}.xml")
        if part in names and "chartsheets" not in part:
            yield one.get("name", f"sheet {number}"), part, one.get("state") in _HIDDEN


def _rows(found: Iterator[ElementTree.Element], source: str) -> Iterator[tuple[int, ElementTree.Element]]:
    number = 0
    for row in found:
        said = row.get("r", "")
        number = int(said) if said.isdecimal() and len(said) <= 7 else number + 1
        yield number, row


def _cells(row: ElementTree.Element, number: int, shared: tuple[str, ...], source: str) -> list[str]:
    cells: list[str] = []
    for i, cell in enumerate(row):
        if not cell.tag.endswith("}c") and cell.tag != "c":
            continue
        at = _at(cell.get("r", ""))
        if at < 0:
            at = max(i, len(cells))
        if at >= _MOST_COLUMNS or at < len(cells):
            raise fail(source, "the cells of this row stand in no order that a spreadsheet writes", number, at + 1)
        cells += [""] * (at - len(cells))
        cells.append(_value(cell, shared).strip())
    return cells


def _at(place: str) -> int:
    """The column of a cell such as AB12, -1 where that is no place."""
    if len(place) > 1 and "A" <= place[0] <= "Z" and "1" <= place[1] <= "9" and place[1:].isdecimal() and len(place) < 9:
        return ord(place[0]) - 65
    found = _PLACE.fullmatch(place)
    return _column(found[1]) if found else -1


def _column(letters: str) -> int:
    at = 0
    for letter in letters:
        at = at * 26 + ord(letter) - 64
    return at - 1


def _value(cell: ElementTree.Element, shared: tuple[str, ...]) -> str:
    """What a cell shows; a formula that was never reckoned stays one, so that no reader takes it for an empty cell."""
    kind = cell.get("t", "n")
    if kind == "inlineStr":
        return _text(cell)
    value = _inner(cell, "v")
    if value is None:
        formula = _inner(cell, "f")
        return f"={formula[:60]}" if formula else ""
    if kind == "s":
        return shared[int(value)] if value.isdecimal() and len(value) < 9 and int(value) < len(shared) else ""
    if kind == "b":
        return "TRUE" if value == "1" else "FALSE"
    # 0.4 is kept as 0.40000000000000002; a spreadsheet shows fifteen digits.
    return f"{float(value):.15g}" if kind == "n" and _NUMBER.fullmatch(value) else value


def _inner(cell: ElementTree.Element, name: str) -> Optional[str]:
    for one in cell:
        if one.tag.endswith(name) and one.tag.rpartition("}")[2] == name:
            return one.text or ""
    return None


def _text(item: ElementTree.Element) -> str:
    """All runs of a text, but not how East Asian words are spoken (rPh)."""
    words = []
    for one in item:
        name = one.tag.rpartition("}")[2]
        if name == "t":
            words.append(one.text or "")
        elif name in ("r", "is"):
            words.append(_text(one))
    return "".join(words)


def _parsed(file: zipfile.ZipFile, part: str, source: str, wanted: str) -> Iterator[ElementTree.Element]:
    """Every element ``wanted`` of a part of the workbook; of a large one each is taken away once it was seen. Raises Faults."""
    data = _unpacked(file, part, source)
    if len(data) <= _SMALL_PART:  # all at once takes a third of the time
        try:
            whole = ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError):
            raise _damaged(part, source) from None
        yield from (one for one in whole.iter() if one.tag.endswith(wanted) and one.tag.rpartition("}")[2] == wanted)
        return
    for element, root in _elements(data, part, source):
        if element.tag.rpartition("}")[2] == wanted:
            yield element
            element.clear()
            if wanted == "row":
                _let_go(root)


def _unpacked(file: zipfile.ZipFile, part: str, source: str) -> bytes:
    """A part of the workbook; of one that unpacks to more than it says no more than that is read. Raises Faults."""
    try:
        if file.getinfo(part).file_size > LARGEST_PART:
            raise fail(source, f"unpacks to more than {LARGEST_PART // 10**6} MB, which no table is")
        data = file.read(part)
    except (KeyError, RuntimeError, NotImplementedError, EOFError, ValueError, OSError, zlib.error, zipfile.BadZipFile):
        raise _damaged(part, source) from None
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise fail(source, "is a workbook with definitions in it that no spreadsheet writes; it is not read")
    return data


def _elements(data: bytes, part: str, source: str) -> Iterator[tuple[ElementTree.Element, ElementTree.Element]]:
    """Every element as it ends, and the root; raises Faults."""
    root: Optional[ElementTree.Element] = None
    events = iter(ElementTree.iterparse(io.BytesIO(data), ("start", "end")))
    while True:
        try:
            event, element = next(events)
        except StopIteration:
            return
        except (ElementTree.ParseError, ValueError, LookupError):
            raise _damaged(part, source) from None
        root = element if root is None else root
        if event == "end":
            yield element, root


def _damaged(part: str, source: str) -> Faults:
    return fail(source, f"is a workbook that is damaged ({part}); open it in a spreadsheet and {_SAVE}")


def _let_go(root: ElementTree.Element) -> None:
    """Rows that were seen are not kept: they hang below the sheet's data."""
    for one in root:
        if one.tag.endswith("sheetData"):
            one.clear()
