"""The netlist as a table: which of its columns say net, pad and ball, and its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Callable, NamedTuple, Optional

from ...faults import Fault, Faults, fail
from ...tables import TableRow, none_taken
from ...tables.heads import Columns, columns_of, is_ball, left_out, nearest_heads, slips
from ...tables.sheets import Sheet, sheets_of
from ..models.values import short

COLUMNS = ("net", "pad", "ball")


class Row(NamedTuple):
    """One row: cells, the line of the last of them, and ``where``, which tells line and column of each by its number."""

    net: str
    pad: str
    ball: str
    line: int
    where: Callable[[int], tuple[int, int]]


Taken = Callable[[str, str, str, int], bool]  # net, pad, ball and line of a row


class Netted(NamedTuple):
    """The columns of a netlist: of net, pad and ball, -1 where there is none; ``alone``: the one column of ends has both."""

    net: int
    pad: int
    ball: int
    alone: bool = False


def rows_of_file(data: bytes, shown: str, faults: list[Fault], taken: Taken, notes: list[str]) -> Iterator[Row]:
    """The rows of a table, those that are ``taken`` and faults of single rows aside; raises Faults where no row of it can
    be read. ``notes`` takes what of it counts for nothing."""
    sheet, columns = _sheet_of(data, shown)
    header, wide = netlist_columns(columns), len(columns.heads)
    assert header is not None
    net, pad, ball, alone = header

    first_line, has_all = columns.row.line, not alone and min(header) >= 0

    def is_taken(line: int, cells: list[str]) -> bool:
        return line > first_line and len(cells) == wide and taken(cells[net], cells[pad], cells[ball], line)

    for row in sheet.rows(is_taken if has_all else none_taken):
        number, cells, mark = row.line, row.cells, row.mark
        if number <= first_line:
            continue
        if cells is None or (len(cells) > wide and any(cells[wide:])):
            faults.append(Fault(sheet.source, f"{row.trouble(wide)}; write {mark.join(COLUMNS)}", number, 1))
            continue
        word, first, second = (cells[i] if 0 <= i < len(cells) else "" for i in header[:3])
        if alone and first and "." not in first:
            first, second = "", first
        if word or first or second:
            yield Row(word, first, second, number, partial(_place, row, (net, pad, pad if alone else ball)))
    notes += left_out(sheet, columns, header[:3], (), "a netlist")


def _place(row: TableRow, header: Sequence[int], cell: int) -> tuple[int, int]:
    return row.line, row.column(max(0, header[cell]))


def _sheet_of(data: bytes, shown: str) -> tuple[Sheet, Columns]:
    """The first table with a net and something in it; raises Faults."""
    sheets = sheets_of(data, shown)
    for sheet in sheets:
        columns = columns_of(sheet.head(), lambda found: netlist_columns(found) is not None)
        if columns is not None:
            return sheet, _without_slips(columns, sheet.source)
    sheet = sheets[0]
    near = nearest_heads(sheet.head(), ("net", "site"))
    if near is None:
        raise fail(sheet.source, "this netlist is empty; its first line is net,pad,ball", 1, 1)
    _without_slips(near, sheet.source)
    lacks = "net" if not near.of("net") else "pad" if not near.of("site") else ""
    twice = next((head.text for head in near.heads if [one.text for one in near.heads].count(head.text) > 1), lacks)
    said = f"the column '{lacks or twice}' is {'missing' if lacks else 'given twice'}"
    raise fail(sheet.source, f"{said}; the first line is net,pad,ball", near.row.line, 1)


def _without_slips(columns: Columns, source: str) -> Columns:
    faults = [Fault(source, f"unknown column '{short(head)}' in a netlist; did you mean '{near}'?", columns.row.line,
                    columns.row.columns[i]) for i, head, near in slips(columns, COLUMNS)]
    if faults:
        raise Faults(faults)
    return columns


def netlist_columns(columns: Columns) -> Optional[Netted]:
    """Which columns say net, pad and ball; None where that is not clear, or no net is there."""
    nets, sites = columns.of("net"), columns.of("site")
    balls = [i for i in sites if is_ball(columns.heads[i])]
    pads = [i for i in sites if i not in balls]
    if len(nets) != 1 or len(balls) > 1 or len(pads) > 1 or not sites:
        return None
    if len(sites) == 1 and (pads or len([head for head in columns.heads if head.text]) == 2):
        return Netted(nets[0], sites[0], -1, alone=True)
    return Netted(nets[0], pads[0] if pads else -1, balls[0] if balls else -1)
