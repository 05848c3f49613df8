"""Tables as a workbook (Office Open XML), for any spreadsheet: numbers are numbers, and no word is ever a formula.

Written by hand: six small files in an archive. The same tables give the same bytes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ...csv_cells import guarded
from ...plain import one_line
from ...report.wiring import is_number

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGED = "http://schemas.openxmlformats.org/package/2006"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_PLAIN, _HEAD, _QUOTED, _BALL = 0, 1, 2, 3  # rows of the table of styles
_NUMBER = re.compile(r"-?\d{1,15}(\.\d+)?")
_LONGEST = 32_767  # letters of a cell, by Excel's limit
_WIDEST = 60
# A quoted cell is a word to a spreadsheet also after somebody has put the cursor into it.
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz '
    'val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border><left style="hair"/><right '
    'style="hair"/><top style="hair"/><bottom style="hair"/></border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf/><xf fontId="1" applyFont="1"/><xf quotePrefix="1"/><xf borderId="1" applyBorder="1" '
    'quotePrefix="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>')


@dataclass(frozen=True)
class Sheet:
    """One table: its ``name`` (at most 31 letters), ``heads`` and rows as texts; a column is of numbers where its head ends
    with a unit in brackets. ``boxed``: a map, with rows and columns named and every cell in a box."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    boxed: bool = False


def workbook(sheets: Sequence[Sheet]) -> bytes:
    """The workbook of these sheets, of which there is at least one."""
    numbers = range(1, len(sheets) + 1)
    files = {
        "[Content_Types].xml": _types(len(sheets)),
        "_rels/.rels": _relations([("officeDocument", "xl/workbook.xml")]),
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets>' + "".join(
            f'<sheet name="{escape(sheet.name)}" sheetId="{i}" r:id="rId{i}"/>' for i, sheet in zip(numbers, sheets))
            + "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relations([
            *(("worksheet", f"worksheets/sheet{i}.xml") for i in numbers), ("styles", "styles.xml")]),
        "xl/styles.xml": _STYLES,
        **{f"xl/worksheets/sheet{i}.xml": _sheet(sheet) for i, sheet in zip(numbers, sheets)},
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text.encode(), zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _types(count: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles"),
             *((f"/xl/worksheets/sheet{i}.xml", "worksheet") for i in range(1, count + 1))]
    return (f'{_XML}<Types xmlns="{_PACKAGED}/content-types"><Default Extension="rels" ContentType="application/vnd.openxml'
            'formats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>'
            + "".join(f'<Override PartName="{path}" ContentType="{kind}.{what}+xml"/>' for path, what in parts) + "</Types>")


def _relations(targets: Sequence[tuple[str, str]]) -> str:
    return (f'{_XML}<Relationships xmlns="{_PACKAGED}/relationships">' + "".join(
        f'<Relationship Id="rId{i}" Type="{_RELATED}/{kind}" Target="{path}"/>' for i, (kind, path) in enumerate(targets, 1))
        + "</Relationships>")


def _sheet(sheet: Sheet) -> str:
    of_numbers = [not sheet.boxed and is_number(head) for head in sheet.heads]
    body = _BALL if sheet.boxed else _PLAIN
    rows = [_row(1, [_cell(1, i, head, _HEAD, False) for i, head in enumerate(sheet.heads)])]
    rows += [_row(number, [_cell(number, i, word, _HEAD if sheet.boxed and not i else body, of_numbers[i])
                           for i, word in enumerate(row)]) for number, row in enumerate(sheet.rows, 2)]
    frozen = 'xSplit="1" ySplit="1" topLeftCell="B2"' if sheet.boxed else 'ySplit="1" topLeftCell="A2"'
    corner = "bottomRight" if sheet.boxed else "bottomLeft"
    return (f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0"><pane {frozen} activePane="{corner}" '
            f'state="frozen"/></sheetView></sheetViews><cols>{_widths(sheet)}</cols><sheetData>{"".join(rows)}</sheetData>'
            "</worksheet>")


def _widths(sheet: Sheet) -> str:
    found = []
    for i, head in enumerate(sheet.heads, 1):
        longest = max([len(head), *(len(line) for row in sheet.rows for line in row[i - 1].split("\n"))])
        found.append(f'<col min="{i}" max="{i}" width="{min(_WIDEST, longest) + 2}" customWidth="1"/>')
    return "".join(found)


def _row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _cell(row: int, column: int, words: str, style: int, of_numbers: bool) -> str:
    at = f"{_letters(column)}{row}"
    if of_numbers and _NUMBER.fullmatch(words):
        return f'<c r="{at}"><v>{words}</v></c>'
    if not words:
        return f'<c r="{at}" s="{style}"/>' if style == _BALL else ""
    if style == _PLAIN and guarded(words) != words:
        style = _QUOTED
    return f'<c r="{at}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{_text(words)}</t></is></c>'


def _text(words: str) -> str:
    """The words as XML has them, without what no file of the kind may hold."""
    clean = "\n".join(map(one_line, words.split("\n")))
    return escape(clean if len(clean) <= _LONGEST else clean[:_LONGEST - 1] + "…", quote=False)


def _letters(column: int) -> str:
    """A for 0, Z for 25, AA for 26."""
    found = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found
