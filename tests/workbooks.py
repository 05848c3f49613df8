"""Workbooks (XLSX) as spreadsheets write them, made of rows, for tests; and such as nobody should send."""

import io
import zipfile
from xml.sax.saxutils import escape

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
RELS = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def letters(column):
    found = ""
    while column >= 0:
        found = chr(65 + column % 26) + found
        column = column // 26 - 1
    return found


def cell_of(row, column, value, shared):
    """A number as one, a text in the shared strings, None as no cell, and XML that begins with < as it stands."""
    place = f"{letters(column)}{row}"
    if value is None:
        return ""
    if isinstance(value, (int, float)):
        return f'<c r="{place}"><v>{value!r}</v></c>'
    if value.startswith("<"):
        return value.replace("<c", f'<c r="{place}"', 1)
    return f'<c r="{place}" t="s"><v>{shared.setdefault(value, len(shared))}</v></c>'


def workbook(sheets, **others):
    """The bytes of a workbook: ``sheets`` are rows by name, a name ending in ! is a hidden sheet; ``others`` are further
    parts."""
    shared, parts, names, relations = {}, {}, [], []
    for number, (name, rows) in enumerate(sheets.items(), 1):
        body = "".join(f'<row r="{i}">{"".join(cell_of(i, k, value, shared) for k, value in enumerate(row))}</row>'
                       for i, row in enumerate(rows, 1))
        parts[f"xl/worksheets/s{number}.xml"] = f"<worksheet {MAIN}><sheetData>{body}</sheetData></worksheet>"
        hidden = ' state="hidden"' if name.endswith("!") else ""
        names.append(f'<sheet name="{escape(name.rstrip("!"))}" sheetId="{number}"{hidden} r:id="rId{number}"/>')
        relations.append(f'<Relationship Id="rId{number}" Type="t" Target="worksheets/s{number}.xml"/>')
    strings = "".join(f"<si><t>{escape(text)}</t></si>" for text in shared)
    parts["[Content_Types].xml"] = "<Types/>"
    parts["xl/workbook.xml"] = f"<workbook {MAIN} {RELS}><sheets>{''.join(names)}</sheets></workbook>"
    parts["xl/_rels/workbook.xml.rels"] = f"<Relationships>{''.join(relations)}</Relationships>"
    parts["xl/sharedStrings.xml"] = f"<sst {MAIN}>{strings}</sst>"
    return zipped({**parts, **others})


def zipped(parts):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return held.getvalue()
