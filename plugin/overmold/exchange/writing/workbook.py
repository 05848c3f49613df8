"""All tables of a package as one workbook."""

from __future__ import annotations

from ...package import Package
from .ball_map import ball_map, terminals, top_lands
from .bill import bill
from .tables import connections, wires
from .xlsx import workbook


def write(package: Package) -> bytes:
    """The workbook: every table that has rows, the ball map among them; nothing where there is no row at all."""
    sheets = [terminals(package), *ball_map(package), top_lands(package), connections(package), wires(package), bill(package)]
    filled = [sheet for sheet in sheets if sheet.rows]
    return workbook(filled) if filled else b""
