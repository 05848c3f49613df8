"""What a package holds as tables, for CSV files and the workbook: the same cells in both."""

from __future__ import annotations

from typing import Callable

from ...metal.tables import connection_table, wire_table
from ...package import Package
from ...package.moved import at_home
from ...report.wiring import (
    CONNECTION_COLUMNS,
    WIRE_COLUMNS,
    connection_cells,
    csv_text,
    wire_cells,
)
from .ball_map import terminals, top_lands
from .bill import bill
from .plan import y_up
from .xlsx import Sheet

_MOST_EXITS = 4000  # named in one cell, which a workbook can hold


def connections(package: Package) -> Sheet:
    """Every die pad with its way to the ball."""
    rows = (row._replace(at=y_up(row.at)) for row in connection_table(at_home(package)))
    return Sheet("Connections", CONNECTION_COLUMNS, [connection_cells(row, _MOST_EXITS) for row in rows])


def wires(package: Package) -> Sheet:
    """Every wire with its ends and numbers."""
    rows = (row._replace(start_at=y_up(row.start_at), end_at=y_up(row.end_at)) for row in wire_table(at_home(package)))
    return Sheet("Wires", WIRE_COLUMNS, [wire_cells(row) for row in rows])


TABLES: dict[str, Callable[[Package], Sheet]] = {
    "balls": terminals, "top-lands": top_lands, "connections": connections, "wires": wires, "bill": bill,
}


def csv_of(sheet: Sheet) -> bytes:
    """A table as CSV; nothing where it has no rows."""
    return csv_text(sheet.heads, sheet.rows).encode() if sheet.rows else b""
