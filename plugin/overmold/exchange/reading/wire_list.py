"""Wire lists of assembly houses: from which pad to which finger, often with both places, a length and a tier."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple, Optional

import numpy as np

from ...faults import Fault, fail
from ...package import Carrier, Finger, Package, Wire
from ...package.keys import end as end_of
from ...package.moved import chip_at
from ...shapes import Point, rectangle
from ...tables import TableRow
from ...tables.heads import Columns, with_unit
from ...tables.sheets import Sheet, is_workbook, sheets_of, text_of
from ...units import LENGTH, UnitError, parse, show
from . import PADS, UP, Asked, Imported
from .ball_map import name_of
from .columns import Picked
from .facts import facts_of
from .made import Said, Spots, chip_with, each_once
from .table_sites import plain_nets
from .tidy import tidied
from .wire_columns import wire_columns

_AGREE = 50_000  # nm: lists are rounded, and the ends lie somewhere on pad and finger
_DIAMETER = 25_000
_FINGER = (80_000, 200_000)


class _Row(NamedTuple):
    pad: str
    finger: str
    pad_at: Optional[Point]
    finger_at: Optional[Point]
    length: Optional[int]
    tier: int
    diameter: int
    net: str
    line: int


def read_wire_list(data: bytes, source: str, asked: Asked) -> Imported:
    """Chip, fingers and wires of a wire list that says where both ends lie; raises Faults with file, sheet, row and column.

    A list of names alone needs chip and fingers of a package file, which takes it as it is (``wires: {csv: …}``).
    """
    sheet, columns, at = wire_columns(sheets_of(data, source, guess=True), asked, source)
    if not {"x", "y", "fingerx", "fingery"} <= set(at):
        raise fail(sheet.source, "this list has wires and not the places of both ends (pad x and y, finger x and y); give "
                   "it to a package file that has chip and fingers: wires: {csv: FILE}", columns.row.line, 1)
    everything = sheet.all()
    comments = [] if is_workbook(data) else [line for line in text_of(data, source, guess=True).splitlines()[:200]
                                             if line.lstrip().startswith("#")]
    facts = facts_of([*comments, *(" ".join(filter(None, row.cells or ())) for row in everything[:60]
                                   if row.line < columns.row.line)])
    asked = replace(asked, unit=asked.unit or facts.unit)
    picked = Picked({"name": at["from"], "x": at["x"], "y": at["y"]}, {}, columns.heads, columns.row.line)
    rows_of, notes = tidied(everything, picked, sheet.source)
    if not (asked.y or facts.y):
        notes.append("guess: y grows up, as in most lists; say --y down where it does not")
    asked = replace(asked, y=asked.y or facts.y)
    faults: list[Fault] = []
    found = [_row(row, columns, at, sheet, asked, faults) for row in rows_of]
    if faults and all("has no unit" in fault.message for fault in faults):
        raise fail(sheet.source, "no unit is stated; say it with --unit mm or --unit um", columns.row.line, 1)
    each_once(faults)
    rows = [row for row in found if row is not None]
    if not rows:
        raise fail(sheet.source, "this list has no wires under its first row", columns.row.line, 1)
    return _package(rows, sheet, columns, at, source, asked, notes)


def _row(row: TableRow, columns: Columns, at: dict[str, int], sheet: Sheet, asked: Asked,
         faults: list[Fault]) -> Optional[_Row]:
    cells, before = row.cells or [], len(faults)
    text = {role: cells[i] if i < len(cells) else "" for role, i in at.items()}

    def length(role: str) -> int:
        i = at[role]
        unit = (columns.heads[i].unit if i < len(columns.heads) else "") or asked.unit
        try:
            return parse(with_unit(text[role], unit, row.mark), LENGTH)
        except UnitError as error:
            faults.append(Fault(sheet.source, f"{error}" if text[role] else "this cell is empty", row.line, row.column(i)))
            return 0

    for role in ("from", "to"):
        if not text[role]:
            faults.append(Fault(sheet.source, f"the end '{role}' of this wire is missing", row.line, row.column(at[role])))
    down = -1 if (asked.y or UP) == UP else 1
    pad_at, finger_at = (length("x"), down * length("y")), (length("fingerx"), down * length("fingery"))
    said = length("length") if text.get("length") else None
    diameter = length("wiredia") if text.get("wiredia") else 0
    tier = text.get("tier", "")
    if tier and not (tier.isdecimal() and 1 <= int(tier) <= 99):
        faults.append(Fault(sheet.source, f"'{tier[:20]}' is not a tier; they are counted from 1", row.line,
                            row.column(at["tier"])))
    if len(faults) > before:
        return None
    return _Row(pad=text["from"].rpartition(".")[2], finger=text["to"], pad_at=pad_at, finger_at=finger_at, length=said,
                tier=int(tier or 1), diameter=diameter, net=text.get("net", ""), line=row.line)


def _package(rows: Sequence[_Row], sheet: Sheet, columns: Columns, at: dict[str, int], source: str, asked: Asked,
             more: Sequence[str]) -> Imported:
    said = Said(list(more))
    notes = said.notes
    pads: dict[str, _Row] = {}
    fingers: dict[str, _Row] = {}
    for row in rows:
        pads.setdefault(row.pad, row)
        fingers.setdefault(row.finger, row)
        for name, one, other in ((row.pad, row.pad_at, pads[row.pad].pad_at),
                                 (row.finger, row.finger_at, fingers[row.finger].finger_at)):
            if one != other:
                notes.append(f"{sheet.source}:{row.line}: {name} lies elsewhere in row {_first(rows, name)}, where it is taken "
                             "from")
    xy = np.array([row.pad_at for row in pads.values()], np.int64)
    nets = plain_nets([row.net for row in pads.values()])
    middle = (xy.min(axis=0) + xy.max(axis=0)) // 2
    chip = chip_with(asked.chip, PADS, Spots(list(pads), xy - middle, nets), asked.size, said)
    if middle.any():
        centre = (int(middle[0]), int(middle[1]))
        chip = chip_at(chip, centre, 0)
    said.guess("the middle of the chip is that of its pads", "; the list does not say where the chip lies")
    made = tuple(Finger(name, row.finger_at or (0, 0), _FINGER, _towards(row), plain_nets([row.net])[0])
                 for name, row in fingers.items())
    said.guess("fingers of 80 um by 200 um that point to their pads", "; the list does not say their size")
    wires = tuple(Wire(f"W{i + 1}", end_of(asked.chip, row.pad), row.finger, row.pad_at or (0, 0), row.finger_at or (0, 0),
                       diameter=row.diameter or _DIAMETER, tier=row.tier) for i, row in enumerate(rows))
    if not any(row.diameter for row in rows):
        said.guess("wires of 25 um", "; the list does not say their diameter")
    reach = max(max(abs(v) for one in made for v in one.at) * 2 + 1_000_000, 0)
    carrier = Carrier("", rectangle((0, 0), (reach, reach)), fingers=made)
    said.guess(f"a carrier of {show(reach, LENGTH, 'mm')} square, which the fingers need", "; the list does not say its size")
    left = columns.left_out(list(at.values()))
    notes.insert(0, f"{sheet.source}: taken: {len(rows)} wires, {len(pads)} pads, {len(made)} fingers"
                 + (f"; left out: {', '.join(left)}" if left else ""))
    notes += [f"{sheet.source}:{row.line}:{at['length'] + 1}: {row.pad} to {row.finger} is {show(row.length, LENGTH)} "
              f"long in this list, and {show(plan, LENGTH)} from end to end in plan ({show(plan - row.length, LENGTH)}); one "
              "of the two is wrong"
              for row in rows if row.length is not None for plan in [_plan(row)] if abs(plan - row.length) > _AGREE]
    package = Package(asked.name or name_of(source), source, carrier, (chip,), wires=wires)
    return said.of(package, "the list")


def _first(rows: Sequence[_Row], name: str) -> int:
    return next((row.line for row in rows if name in (row.pad, row.finger)), 0)


def _plan(row: _Row) -> int:
    assert row.pad_at is not None
    assert row.finger_at is not None
    return round(math.hypot(row.pad_at[0] - row.finger_at[0], row.pad_at[1] - row.finger_at[1]))


def _towards(row: _Row) -> int:
    """The angle of a finger that is long along its wire; at 0 it is long in y."""
    assert row.pad_at is not None
    assert row.finger_at is not None
    dx, dy = row.finger_at[0] - row.pad_at[0], row.finger_at[1] - row.pad_at[1]
    return round(math.degrees(math.atan2(dx, dy)) * 1000) % 180_000 if dx or dy else 0
