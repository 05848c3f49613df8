"""The sites of a table that is understood: names, places and nets as a package file has them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ...arrays import IntArray
from ...arrays.csv_sites import Taken, sites_of
from ...faults import Fault, Faults, fail
from ...package.no_net import means_no_net, said_of_no_nets
from ...tables import TableRow
from ...tables.sheets import Sheet
from ...units import LENGTH, show
from . import Asked
from .columns import Picked, cell_of
from .facts import Facts
from .lie import cells_of, placed
from .matrix import Matrix
from .tidy import blocks, completed, tidied


class Found(NamedTuple):
    """Sites of a table as a package file has them, with what the table says of all, and what is to be said."""

    names: tuple[str, ...]
    xy: IntArray
    nets: tuple[str, ...]
    diameters: IntArray
    facts: Facts
    notes: list[str]


def of_columns(rows: Sequence[TableRow], picked: Picked, sheet: Sheet, facts: Facts, asked: Asked, notes: list[str],
               is_chip: bool) -> Found:
    """The sites below the heads of a table; raises Faults with every faulty row."""
    beside = blocks(rows, picked)
    if len(beside) > 1:
        notes = [*notes, f"{len(beside)} tables stand side by side here, and are taken together"]
    whole: list[TableRow] = []
    for block in beside:
        kept, left = tidied(block, picked, sheet.source)
        more, said = completed(kept, picked, sheet.merged())
        whole += more
        notes = [*notes, *left, *said]
    if not picked.has_places:
        return _of_names(whole, picked, sheet, facts, asked, notes)
    return _of_places(whole, picked, sheet, facts, asked, notes, is_chip)


def _of_places(rows: Sequence[TableRow], picked: Picked, sheet: Sheet, facts: Facts, asked: Asked, notes: list[str],
               is_chip: bool) -> Found:
    unit = asked.unit or facts.unit
    lengths = {role: i for role, i in picked.at.items() if role in ("name", "x", "y", "diameter")}
    also = {"net": picked.at["net"]} if "net" in picked.at else {}
    wide = max([len(picked.heads), *(len(row.cells or ()) for row in rows)])
    taken = Taken(lengths, {role: picked.units[role] or unit for role in lengths}, wide, also, picked.line)
    try:
        table = sites_of(rows, taken, sheet.source)
    except Faults as error:
        unsaid = any("has no unit" in fault.message for fault in error.faults)
        hint = [Fault(sheet.source, "no unit is stated; say it with --unit mm or --unit um", taken.line or 1, 1)]
        raise Faults(hint if unsaid else error.faults) from None
    names = tuple(spot.name for spot in table.spots)
    if len(set(names)) < len(names):
        _must_differ(rows, picked, sheet.source)
    xy, told = placed(names, np.array([(spot.x, spot.y) for spot in table.spots], np.int64), asked, facts, is_chip)
    nets = [other.get("net", "") for other in table.others]
    return Found(names, xy, plain_nets(nets), np.array([spot.diameter for spot in table.spots], np.int64), facts,
                 [*notes, *told, *said_of_no_nets(set(nets))])


def _must_differ(rows: Sequence[TableRow], picked: Picked, source: str) -> None:
    first: dict[str, int] = {}
    at = picked.at.get("name", picked.at.get("row", 0))
    faults = [Fault(source, f"'{name}' is there already, in row {first[name]}", row.line, row.column(at))
              for row in rows for name in [_name(row, picked)] if name and _is_second(first, name, row)]
    if faults:
        raise Faults(faults[:20])


def _is_second(first: dict[str, int], name: str, row: TableRow) -> bool:
    if name in first:
        return True
    first[name] = row.line
    return False


def _name(row: TableRow, picked: Picked) -> str:
    if "name" in picked.at:
        return cell_of(row, picked.at["name"])
    return cell_of(row, picked.at["row"]) + cell_of(row, picked.at["column"])


def plain_nets(nets: Sequence[str]) -> tuple[str, ...]:
    """Nets as a package has them: none for words such as NC."""
    return tuple("" if not net or means_no_net(net) else net for net in nets)


def _of_names(rows: Sequence[TableRow], picked: Picked, sheet: Sheet, facts: Facts, asked: Asked, notes: list[str]) -> Found:
    """Sites without places: their names are rows and columns of a grid, whose pitch has to be known."""
    sites = [(row, name) for row in rows for name in [_name(row, picked)] if name]
    names = [name for _, name in sites]
    nets = [cell_of(row, picked.at["net"]) if "net" in picked.at else "" for row, _ in sites]
    if len(set(names)) < len(names):
        _must_differ(rows, picked, sheet.source)
    cells_found = cells_of(names)
    if cells_found is None:
        at = picked.at.get("name", picked.at.get("row", 0))
        row, odd = next(((row, name) for row, name in sites if cells_of([name]) is None), (None, ""))
        if row is None:
            raise fail(sheet.source, "this table has no sites", picked.line, at + 1)
        raise fail(sheet.source, f"no places are stated, and '{odd[:60]}' names no row and column", row.line, row.column(at))
    xy = on_grid(cells_found.columns, cells_found.rows, pitch_of(asked, facts, sheet, picked.line))
    notes.append("no places are stated: they follow from the names, rows and columns as JEDEC has them, and the pitch")
    return Found(tuple(names), xy, plain_nets(nets), np.zeros(len(names), np.int64), facts,
                 [*notes, *said_of_no_nets(set(nets))])


def pitch_of(asked: Asked, facts: Facts, sheet: Sheet, line: int) -> int:
    """The pitch; raises Faults where nobody says it."""
    if not (asked.pitch or facts.pitch):
        raise fail(sheet.source, "no places and no pitch are stated; say the pitch with --pitch 0.8mm", max(line, 1), 1)
    return asked.pitch or facts.pitch


def on_grid(columns: IntArray, rows: IntArray, pitch: int) -> IntArray:
    """Places (n, 2) about the middle of the grid from the least to the greatest column and row."""
    both = np.stack([columns, rows], axis=1)
    return np.array((2 * both - both.min(axis=0) - both.max(axis=0)) * pitch // 2, np.int64)


def of_matrix(found: Matrix, sheet: Sheet, facts: Facts, asked: Asked, notes: list[str]) -> Found:
    """The sites that a matrix draws; raises Faults where nobody says the pitch."""
    pitch = pitch_of(asked, facts, sheet, found.line)
    view = asked.view or facts.view or ("bottom" if found.mirrored else "top")
    columns, rows = np.array(found.columns, np.int64), np.array(found.rows, np.int64)
    notes.append(f"{sheet.source}: taken: the matrix from row {found.line} on, {len(found.names)} balls, pitch "
                 f"{show(pitch, LENGTH, 'mm')}")
    if not (asked.view or facts.view):
        notes.append("guess: seen from below, onto the balls, for so its columns and rows run" if found.mirrored else
                     "guess: seen from above; say --view bottom where it is seen onto the balls")
    if found.gaps:
        notes.append("guess: where columns or rows are counted and not drawn there is as much room as for those that are")
    if found.left:
        lines = ", ".join(map(str, found.left[:4])) + (" …" if len(found.left) > 4 else "")
        notes.append(f"{sheet.source}: left out, for they have no place in the matrix: {len(found.left)} rows ({lines})")
    xy = on_grid(rows, columns, pitch) if view == "bottom" and found.turn == "xy" else on_grid(columns, rows, pitch)
    if view == "bottom" and found.turn != "xy":
        xy = xy * np.array([-1, 1] if found.turn == "x" else [1, -1], np.int64)
    return Found(tuple(found.names), xy, plain_nets(found.nets), np.zeros(len(xy), np.int64), facts,
                 [*notes, *said_of_no_nets(set(found.nets))])
