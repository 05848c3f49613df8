"""``overmold connections``."""

from __future__ import annotations

import argparse

from .tabled import Table, run_table


def run(arguments: argparse.Namespace) -> int:
    """Every die pad with its way to the ball, of every file."""
    from ..metal.tables import connection_table
    from ..report.wiring import CONNECTION_COLUMNS, connection_cells, connection_data

    return run_table(arguments, Table(
        name="connections", columns=CONNECTION_COLUMNS, rows=connection_table, cells=connection_cells, data=connection_data,
        shown=lambda row: connection_cells(row, most=8), empty="no bump and no bond pad has a net or a joint"))
