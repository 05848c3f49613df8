"""KiCad's library tables of a project: one row each for the libraries of every package that was built into its folder."""

from __future__ import annotations

import re
from typing import Optional

from ...faults import Faults
from ...output_folder import Shared
from ..clauses.sexpr import Index, index
from ..clauses.tree import quote, tree

_WORD = re.compile(rb'"(?:[^"\\]|\\.)*"|[()]|[^\s()"]+', re.S)


def library_table(kind: str, name: str, file: str) -> Shared:
    """The row of library ``file`` in ``fp-lib-table`` (kind "fp") or ``sym-lib-table`` (kind "sym"); no file, no row."""
    root = f"{kind}_lib_table"
    about = "Footprints" if kind == "fp" else "Symbol"
    row = (f'(lib (name {quote(name)})(type "KiCad")(uri {quote("${KIPRJMOD}/" + file)})(options "")'
           f'(descr {quote(f"{about} of {name}, written by Overmold")}))')

    def found(content: bytes) -> Optional[bytes]:
        table = _read(content, root)
        if table is None:
            return None
        rows = [table.data[begin:end] for begin, end in _rows(table, name)]
        # KiCad lays it out anew when it saves: the words are what counts.
        return b"\n".join(b" ".join(_WORD.findall(one)) for one in rows)

    def put(content: bytes, row: bytes) -> bytes:
        table = _read(content, root) if content else None
        if table is None:
            return f"({root}\n  (version 7)\n  ".encode() + row + b"\n)\n" if row else b""
        data, ours = table.data, _rows(table, name)
        last = int(table.end[0]) - 1
        if not ours:
            return data[:last].rstrip() + b"\n  " + row + b"\n" + data[last:] if row else data
        if not row and len(ours) == len(table.called(table.inside(0), b"lib")):
            return b""
        for begin, end in reversed(ours):
            first = row and begin == ours[0][0]
            data = data[:begin] + row + data[end:] if first else data[:begin].rstrip() + data[end:]
        return data

    return Shared(row.encode() if file else b"", found, put)


def _read(content: bytes, root: str) -> Optional[Index]:
    try:
        return index(content, root, (root,))
    except Faults:
        return None


def _rows(table: Index, name: str) -> list[tuple[int, int]]:
    """Where the rows of the library ``name`` stand."""
    rows = table.called(table.inside(0), b"lib").tolist()
    return [(int(table.start[row]), int(table.end[row])) for row in rows if tree(table, row).word_of("name") == name]
