"""Ball maps: tables of balls with places or only with names and signals, and matrices, as vendors and spreadsheets write
them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import NamedTuple, Optional, Union

import numpy as np

from ...arrays import IntArray, Sites
from ...arrays.csv_sites import Taken, sites_of
from ...faults import Fault, Faults, did_you_mean, fail
from ...package import FAR_SIDE, Balls, Carrier, Package
from ...package.no_net import means_no_net, said_of_no_nets
from ...shapes import rectangle
from ...tables import TableRow
from ...tables.sheets import Sheet, sheets_of, text_of
from ...tables.workbook import is_workbook
from ...units import LENGTH, Toleranced, show
from . import Asked, Imported
from .columns import Picked, asked_columns, named_columns, said_of_columns, told_columns
from .facts import Facts, facts_of
from .lie import cells_of, placed
from .matrix import Matrix, matrix_of

_NOT_IN_NAMES = re.compile(r"[^\w.+-]+")


class Found(NamedTuple):
    """Sites of a table as a package file has them, with what the table says of all, and what is to be said."""

    names: tuple[str, ...]
    xy: IntArray
    nets: tuple[str, ...]
    diameters: IntArray
    facts: Facts
    notes: list[str]


def read_ball_map(data: bytes, source: str, asked: Asked) -> Imported:
    """The package whose balls a table lists; raises Faults with file, sheet, row and column."""
    found = read_found(data, source, asked, is_chip=False)
    size = asked.size or found.facts.size
    carrier = Carrier("", rectangle((0, 0), size)) if size else None
    common, own = usual_diameter(found.diameters, found.facts.ball)
    sites = Sites(found.names, found.xy, (), own)
    balls = Balls(sites, found.nets, (FAR_SIDE,) * len(sites), diameter=Toleranced(common) if common else None)
    package = Package(asked.name or name_of(source), source, carrier, balls=balls)
    return Imported(package, tuple(found.notes))


def usual_diameter(diameters: IntArray, stated: int) -> tuple[int, Optional[IntArray]]:
    """The diameter of most sites, 0 where none is said, and those of the others by site, None where there are none."""
    if not diameters.any():
        return stated, None
    values, counts = np.unique(diameters[diameters > 0], return_counts=True)
    common = int(values[counts.argmax()])
    own = np.where(diameters == common, 0, diameters)
    return common, own if own.any() else None


def name_of(source: str) -> str:
    """A package's name after its file."""
    return _NOT_IN_NAMES.sub("_", PurePath(source.replace("\\", "/")).stem).strip("_.+-")[:100] or "package"


def read_found(data: bytes, source: str, asked: Asked, is_chip: bool) -> Found:
    """The sites of a table, seen from above, y down, with their nets; raises Faults."""
    sheets = _sheets(data, source, asked)
    comments = [] if is_workbook(data) else [line for line in text_of(data, source, guess=True).splitlines()[:200]
                                             if line.lstrip().startswith("#")]
    faults: list[Fault] = []
    choices = [(sheet, rows, _picked(rows, asked, sheet, faults)) for sheet in sheets for rows in [sheet.all()]]
    if not any(picked is not None for _, _, picked in choices):
        raise Faults(faults or [_no_table(sheets, choices[0][1])])
    sheet, rows, picked = max(choices, key=lambda one: _worth(one[2]))
    assert picked is not None
    facts = facts_of([*comments, *(" ".join(filter(None, row.cells or ())) for row in rows[:60]
                                   if row.line < _first_line(picked))])
    others = [one.name for one in sheets if one is not sheet and one.name]
    notes = [f"{sheet.source}: other sheets are left out: {', '.join(others)}"] if others else []
    if isinstance(picked, Matrix):
        return _of_matrix(picked, sheet, facts, asked, notes)
    notes += said_of_columns(sheet, picked)
    if not picked.has_places:
        return _of_names(rows, picked, sheet, facts, asked, notes)
    return _of_places(rows, picked, sheet, facts, asked, notes, is_chip)


def _sheets(data: bytes, source: str, asked: Asked) -> list[Sheet]:
    sheets = sheets_of(data, source, guess=True)
    if not asked.sheet:
        return sheets
    found = [sheet for sheet in sheets if sheet.name.casefold() == asked.sheet.casefold()]
    if not found:
        names = [sheet.name for sheet in sheets if sheet.name]
        hint = did_you_mean(asked.sheet, names) if names else "; this is not a workbook"
        raise fail(source, f"there is no sheet '{asked.sheet}'{hint}")
    return found


_Choice = Union[Picked, Matrix, None]


def _picked(rows: Sequence[TableRow], asked: Asked, sheet: Sheet, faults: list[Fault]) -> _Choice:
    if asked.columns:
        try:
            return asked_columns(rows, asked.columns, sheet.source)
        except Faults as error:
            faults += error.faults
            return None
    named = named_columns(rows)
    return named if named is not None and named.has_places else matrix_of(rows) or named or told_columns(rows)


def _worth(picked: _Choice) -> int:
    return 0 if picked is None else 2 if isinstance(picked, Matrix) else 3 if picked.has_places else 1


def _first_line(picked: Union[Picked, Matrix]) -> int:
    return picked.line or 1


def _no_table(sheets: Sequence[Sheet], rows: Sequence[TableRow]) -> Fault:
    said = ("no table of balls is found here: columns of names and places (ball, x, y), of names and signals, or a matrix; "
            "--columns name=1,x=2,y=3 says which they are") if rows else "there is no table here, for it is empty"
    return Fault(sheets[0].source, said, rows[0].line if rows else 1, 1)


def _of_places(rows: Sequence[TableRow], picked: Picked, sheet: Sheet, facts: Facts, asked: Asked, notes: list[str],
               is_chip: bool) -> Found:
    unit = asked.unit or facts.unit
    lengths = {role: i for role, i in picked.at.items() if role in ("name", "x", "y", "diameter")}
    also = {"net": picked.at["net"]} if "net" in picked.at else {}
    wide = max(len(picked.heads), *(len(row.cells or ()) for row in rows))
    taken = Taken(lengths, {role: picked.units[role] or unit for role in lengths}, wide, also, picked.line)
    try:
        table = sites_of(rows, taken, sheet.source)
    except Faults as error:
        unsaid = any("has no unit" in fault.message for fault in error.faults)
        hint = [Fault(sheet.source, "no unit is stated; say it with --unit mm or --unit um", taken.line or 1, 1)]
        raise Faults(hint if unsaid else error.faults) from None
    names = tuple(spot.name for spot in table.spots)
    _must_differ(names, table.lines, sheet.source, picked.at["name"])
    xy, told = placed(names, np.array([(spot.x, spot.y) for spot in table.spots], np.int64), asked, facts, is_chip)
    nets = [other.get("net", "") for other in table.others]
    return Found(names, xy, plain_nets(nets), np.array([spot.diameter for spot in table.spots], np.int64), facts,
                 [*notes, *told, *said_of_no_nets(set(nets))])


def _must_differ(names: Sequence[str], lines: Sequence[int], source: str, column: int) -> None:
    first: dict[str, int] = {}
    faults = [Fault(source, f"'{name}' is there already, in row {first[name]}", line, column + 1)
              for name, line in zip(names, lines) if first.setdefault(name, line) != line]
    if faults:
        raise Faults(faults[:20])


def plain_nets(nets: Sequence[str]) -> tuple[str, ...]:
    """Nets as a package has them: none for words such as NC."""
    return tuple("" if not net or means_no_net(net) else net for net in nets)


def _of_names(rows: Sequence[TableRow], picked: Picked, sheet: Sheet, facts: Facts, asked: Asked, notes: list[str]) -> Found:
    """Sites without places: their names are rows and columns of a grid, whose pitch has to be known."""
    names, nets, lines = [], [], []
    for row in rows:
        cells = row.cells or []
        if row.line <= picked.line or not any(cells):
            continue
        word = {role: cells[i] if i < len(cells) else "" for role, i in picked.at.items()}
        name = word.get("name", "") or word.get("row", "") + word.get("column", "")
        if name:
            names.append(name)
            nets.append(word.get("net", ""))
            lines.append(row.line)
    _must_differ(names, lines, sheet.source, picked.at.get("name", 0))
    cells_found = cells_of(names)
    if cells_found is None:
        odd = next((i for i, name in enumerate(names) if cells_of([name]) is None), 0)
        said = f"no places are stated, and '{names[odd][:60]}' names no row and column" if names else "this table has no sites"
        raise fail(sheet.source, said, lines[odd] if lines else picked.line, picked.at.get("name", 0) + 1)
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


def _of_matrix(found: Matrix, sheet: Sheet, facts: Facts, asked: Asked, notes: list[str]) -> Found:
    pitch = pitch_of(asked, facts, sheet, found.line)
    view = asked.view or facts.view or ("bottom" if found.runs_left else "top")
    xy = on_grid(np.array(found.columns, np.int64), np.array(found.rows, np.int64), pitch)
    notes.append(f"{sheet.source}: taken: the matrix from row {found.line} on, {len(found.names)} balls, pitch "
                 f"{show(pitch, LENGTH, 'mm')}")
    if not (asked.view or facts.view):
        notes.append("guess: seen from below, onto the balls, for its columns run to the left" if found.runs_left else
                     "guess: seen from above; say --view bottom where it is seen onto the balls")
    if view == "bottom":
        xy = xy * np.array([-1, 1], np.int64)
    return Found(tuple(found.names), xy, plain_nets(found.nets), np.zeros(len(xy), np.int64), facts,
                 [*notes, *said_of_no_nets(set(found.nets))])
