"""Ball maps: tables of balls with places or only with names and signals, and matrices, as vendors and spreadsheets write
them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import Optional, Union

import numpy as np

from ...arrays import IntArray, Sites
from ...faults import Fault, Faults, did_you_mean, fail
from ...package import FAR_SIDE, Balls, Carrier, Package
from ...package.no_net import said_of_no_nets
from ...shapes import rectangle
from ...tables import TableRow
from ...tables.sheets import Sheet, is_workbook, sheets_of, text_of
from ...units import Toleranced
from . import Asked, Imported
from .columns import Picked, asked_columns, cell_of, named_columns, said_of_columns, told_columns
from .facts import facts_of
from .matrix import Matrix, matrix_of
from .table_sites import Found, of_columns, of_matrix, plain_nets
from .tidy import parted, tidied

_NOT_IN_NAMES = re.compile(r"[^\w.+-]+")


_Choice = Union[Picked, Matrix, None]


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
    choices = [_choice(sheet, asked, faults) for sheet in sheets]
    if not any(picked is not None for _, _, picked in choices):
        raise Faults(faults or [_no_table(sheets, choices[0][1])])
    sheet, rows, picked = max(choices, key=lambda one: _worth(one[2]))
    assert picked is not None
    facts = facts_of([*comments, *(" ".join(filter(None, row.cells or ())) for row in rows[:60]
                                   if row.line < _first_line(picked))])
    if isinstance(picked, Matrix):
        return of_matrix(picked, sheet, facts, asked, _others(sheets, sheet))
    notes = said_of_columns(sheet, picked)
    all_found = of_columns(rows, picked, sheet, facts, asked, notes, is_chip)
    if "net" not in picked.at and not asked.columns:
        for other, _, names in choices:
            if other is not sheet and isinstance(names, Picked) and {"name", "net"} <= set(names.at):
                return _with_nets(all_found, other, names, _others(sheets, sheet, other))
    return all_found._replace(notes=[*_others(sheets, sheet), *all_found.notes])


def _choice(sheet: Sheet, asked: Asked, faults: list[Fault]) -> tuple[Sheet, list[TableRow], _Choice]:
    rows, said = sheet.all(), ""
    picked = _picked(rows, asked, sheet, faults)
    if not asked.columns and (picked is None or (isinstance(picked, Picked) and not picked.has_places)):
        more, said = parted(rows)
        again = _picked(more, asked, sheet, faults) if said else None
        if isinstance(again, Picked) and again.has_places:
            return sheet, more, again._replace(guesses=(*again.guesses, said))
    return sheet, rows, picked


def _others(sheets: Sequence[Sheet], *taken: Sheet) -> list[str]:
    others = [one.name for one in sheets if one not in taken and one.name]
    return [f"{taken[0].source}: other sheets are left out: {', '.join(others)}"] if others else []


def _with_nets(found: Found, sheet: Sheet, picked: Picked, notes: Sequence[str]) -> Found:
    """The sites with the nets that another sheet of the workbook has for them."""
    rows, _ = tidied(sheet.all(), picked, sheet.source)
    nets = {cell_of(row, picked.at["name"]): cell_of(row, picked.at["net"]) for row in rows}
    lacking = [name for name in found.names if name not in nets]
    said = [f"{sheet.source}: taken: the nets, by the names of the balls", *said_of_no_nets(set(nets.values()))]
    if lacking:
        said.append(f"{sheet.source}: has no net for {len(lacking)} balls: {', '.join(lacking[:4])}"
                    + (" …" if len(lacking) > 4 else ""))
    return found._replace(nets=plain_nets([nets.get(name, "") for name in found.names]), notes=[*notes, *found.notes, *said])


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


def _picked(rows: Sequence[TableRow], asked: Asked, sheet: Sheet, faults: list[Fault]) -> _Choice:
    if asked.columns:
        try:
            return asked_columns(rows, asked.columns, sheet.source)
        except Faults as error:
            faults += error.faults
            return None
    try:
        named = named_columns(rows, sheet.source)
    except Faults as error:
        faults += error.faults
        return None
    if named is not None and (named.has_places or named.has_names(rows)):
        return named
    return matrix_of(rows) or named or told_columns(rows)


def _worth(picked: _Choice) -> int:
    return 0 if picked is None else 2 if isinstance(picked, Matrix) else 3 if picked.has_places else 1


def _first_line(picked: Union[Picked, Matrix]) -> int:
    return picked.line or 1


def _no_table(sheets: Sequence[Sheet], rows: Sequence[TableRow]) -> Fault:
    said = ("no table of balls is found here: columns of names and places (ball, x, y), of names and signals, or a matrix; "
            "--columns name=1,x=2,y=3 says which they are") if rows else "there is no table here, for it is empty"
    return Fault(sheets[0].source, said, rows[0].line if rows else 1, 1)
