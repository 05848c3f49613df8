"""The connection table and the wire table as cells: the same columns on a terminal, in CSV and on the page.

Numbers stand alone in their cells, their units in the heads: so a tester's or a bonder's program reads them as they are.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Optional

from ..csv_cells import guarded
from ..metal.tables import Connection, WireRow
from ..shapes import Point

Cells = Sequence[str]
CONNECTION_COLUMNS = ("net", "chip", "pad", "x (mm)", "y (mm)", "by", "wire", "lands on", "balls and leads", "state")
WIRE_COLUMNS = ("wire", "net", "from", "to", "x1 (mm)", "y1 (mm)", "x2 (mm)", "y2 (mm)", "length (um)", "angle (deg)",
                "loop height (um)", "diameter (um)", "tier", "metal", "state")
_NOTHING = "nothing"
_UM, _MM, _DEGREE = 10**3, 10**6, 10**3


def connection_cells(row: Connection, most: int = 0) -> tuple[str, ...]:
    """A row by ``CONNECTION_COLUMNS``; of the balls and leads at most so many, 0 for all."""
    exits = " ".join(row.exits)
    if most and len(row.exits) > most:
        exits = f"{' '.join(row.exits[:most])} and {len(row.exits) - most} more"
    return (row.net, row.chip, row.pad, _in(row.at[0], _MM), _in(row.at[1], _MM), row.by or _NOTHING, row.wire,
            row.to or _NOTHING, exits, row.state)


def wire_cells(row: WireRow) -> tuple[str, ...]:
    """A row by ``WIRE_COLUMNS``."""
    spots = (*row.start_at, *row.end_at)
    return (row.wire, row.net, row.pad or _NOTHING, row.finger or _NOTHING, *(_in(one, _MM) for one in spots),
            _in(row.length, _UM), _in(row.angle, _DEGREE), _in(row.loop, _UM), _in(row.diameter, _UM), str(row.tier), row.metal,
            row.state)


def connection_data(row: Connection) -> dict[str, Any]:
    """A row for JSON: ``lands_on`` is null where there is nothing, ``wire`` and ``finger`` where there is none."""
    return {"net": row.net, "chip": row.chip, "pad": row.pad, "pos": _position(row.at), "by": row.by or None,
            "wire": row.wire or None, "lands_on": row.to or None, "finger": row.finger or None,
            "balls_and_leads": list(row.exits), "state": row.state}


def wire_data(row: WireRow) -> dict[str, Any]:
    """A row for JSON: lengths in um, the angle in deg, null for what is not known."""
    return {"wire": row.wire, "net": row.net, "from": row.pad or None, "to": row.finger or None,
            "from_pos": _position(row.start_at), "to_pos": _position(row.end_at), "length": _number(row.length, _UM),
            "angle": _number(row.angle, _DEGREE), "loop_height": _number(row.loop, _UM),
            "diameter": _number(row.diameter, _UM), "tier": row.tier, "metal": row.metal, "state": row.state}


def is_number(head: str) -> bool:
    """Whether a column holds numbers of ours and no name of anybody's: a minus there begins no formula."""
    return head.endswith(")")


def csv_text(heads: Cells, rows: Sequence[Cells]) -> str:
    """The table as CSV after RFC 4180, with commas; no cell is a formula to a spreadsheet."""
    numbers = list(map(is_number, heads))
    lines = [",".join(map(_quoted, heads))]
    lines += [",".join(_quoted(guarded(cell, number)) for cell, number in zip(row, numbers)) for row in rows]
    return "\n".join(lines) + "\n"


def _quoted(cell: str) -> str:
    odd = any(mark in cell for mark in '",\r\n') or cell != cell.strip()
    return '"' + cell.replace('"', '""') + '"' if odd else cell


def _in(value: Optional[int], unit: int) -> str:
    """A whole number of base units in a larger one, with all its digits; "" for None."""
    return "" if value is None else f"{Decimal(value) / unit:f}"


def _number(value: Optional[int], unit: int) -> Optional[float]:
    return None if value is None else value // unit if value % unit == 0 else value / unit


def _position(at: Point) -> dict[str, float]:
    return {"x": at[0] / _MM, "y": at[1] / _MM}
