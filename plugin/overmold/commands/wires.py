"""``overmold wires``."""

from __future__ import annotations

import argparse

from .tabled import Table, run_table


def run(arguments: argparse.Namespace) -> int:
    """Every wire with its ends and numbers, of every file."""
    from ..metal.tables import wire_table
    from ..report.wiring import WIRE_COLUMNS, wire_cells, wire_data

    return run_table(arguments, Table(name="wires", columns=WIRE_COLUMNS, rows=wire_table, cells=wire_cells, data=wire_data,
                                      shown=wire_cells, empty="there are no wires"))
