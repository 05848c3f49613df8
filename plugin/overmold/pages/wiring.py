"""The connections and the wires of a package as tables of a page: what is open or short comes first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Callable

from ..metal.tables import BARE, NOT_KNOWN, OPEN, SHORT, connection_table, wire_table
from ..package import Package
from ..report.wiring import CONNECTION_COLUMNS, WIRE_COLUMNS, connection_cells, is_number, wire_cells

_MOST_ROWS, _MOST_EXITS = 500, 8


def wiring(package: Package) -> dict[str, Any]:
    """Both tables for the template."""
    return {"connections": _table("connections", CONNECTION_COLUMNS, connection_table(package),
                                  lambda row: connection_cells(row, _MOST_EXITS)),
            "wires": _table("wires", WIRE_COLUMNS, wire_table(package), wire_cells)}


def _table(command: str, heads: Sequence[str], rows: Sequence[Any], cells: Callable[[Any], Sequence[str]]) -> dict[str, Any]:
    order = sorted(rows, key=lambda row: not _is_trouble(row.state))
    return {"command": command, "heads": heads, "count": len(rows), "troubles": sum(_is_trouble(row.state) for row in rows),
            "numbers": [i for i, head in enumerate(heads) if is_number(head)],
            "rows": [{"cells": cells(row)[:-1], "state": row.state, "hue": _hue(row.state)} for row in order[:_MOST_ROWS]]}


def _is_trouble(state: str) -> bool:
    return state == OPEN or state.startswith(SHORT)


def _hue(state: str) -> str:
    return "bad" if _is_trouble(state) else {BARE: "idle", NOT_KNOWN: "warn"}.get(state, "good")
