"""The rows of the table."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, Callable

from ..arrays.names import sayable
from ..faults import Fault, did_you_mean
from ..package import Land
from ..package.lands import CORNERS_CUT, LAND_LAYERS, LAND_SHAPES, SHARE
from ..shapes import Point
from ..tables import TableRow, none_taken
from ..tables.heads import with_unit
from ..tables.sheets import Sheet, sheets_of
from ..units import ANGLE, LENGTH, parse

_MOST_FAULTS = 100
_SHARE = re.compile(r"(-?\d+(?:\.\d+)?(?:e-?\d+)?)\s*%")
_BARE = re.compile(r"-?\d+(?:\.\d+)?")


def _length(text: str) -> int:
    return parse(text, LENGTH)


def _more_than_nothing(text: str) -> int:
    value = parse(text, LENGTH)
    if value < 1:
        raise ValueError(f"'{text}' is too small: this length must be more than nothing")
    return value


def _angle(text: str) -> int:
    return parse(f"{text} deg" if _BARE.fullmatch(text) else text, ANGLE)


def _share(text: str) -> int:
    found = _SHARE.fullmatch(text)
    if found is None:
        raise ValueError(f"'{text[:60]}' is not a share; write for example 25 %")
    return round(Decimal(found[1]) * SHARE / 100)


def _word(text: str) -> str:
    if text not in LAND_SHAPES:
        raise ValueError(f"unknown shape '{text[:60]}'{did_you_mean(text, LAND_SHAPES)}")
    return text


def _layers(text: str) -> tuple[str, ...]:
    layers = tuple(one.strip() for one in text.split("+"))
    for one in layers:
        if one not in LAND_LAYERS:
            raise ValueError(f"unknown layer '{one[:60]}'{did_you_mean(one, LAND_LAYERS)}")
    return layers


def _chamfer(text: str) -> tuple[int, tuple[str, ...]]:
    share, _, corners = text.partition("%")
    cut = tuple(corners.split())
    if not cut or not set(cut) <= set(CORNERS_CUT):
        raise ValueError(f"'{text[:60]}' does not say which corners are cut; write for example 20 % tl br")
    return _share(f"{share.strip()} %"), cut


def _outline(text: str) -> tuple[tuple[tuple[Point, ...], ...], int]:
    stroke, rings = 0, []
    for part in (one.split() for one in text.split("|")):
        if part[:1] == ["line"] and len(part) == 2:
            stroke = _length(f"{part[1]} mm")
            continue
        if len(part) < 6 or len(part) % 2:
            raise ValueError("an outline has three corners at least, each x and y in mm; write for example 0 0 0.2 0 0.2 0.3")
        values = [_length(f"{one} mm") for one in part]
        rings.append(tuple(zip(values[::2], values[1::2])))
    return tuple(rings), stroke


_READ: dict[str, Callable[[str], Any]] = {
    "name": str, "x": _length, "y": _length, "width": _more_than_nothing, "height": _more_than_nothing, "shape": _word,
    "angle": _angle, "corner": _share, "chamfer": _chamfer, "layers": _layers, "drill": _more_than_nothing, "mask": _length,
    "paste": _length, "paste_share": _share, "outline": _outline,
}
COLUMNS = tuple(_READ)
_NEEDED = COLUMNS[:4]


def lands_of_file(data: bytes, shown: str, faults: list[Fault]) -> tuple[Land, ...]:
    """The lands of a table; faults of single rows go to ``faults``. ``height`` is ``width`` where it is left out."""
    sheet: Sheet = sheets_of(data, shown)[0]
    names: list[str] = []
    lands: list[Land] = []
    most = len(faults) + _MOST_FAULTS
    for row in sheet.rows(none_taken):
        if not names:
            names = [cell.lower().replace(" ", "_") for cell in row.cells or ()]
            unknown = [(i, name) for i, name in enumerate(names) if name and name not in _READ]
            faults += [Fault(sheet.source, f"unknown column '{name[:60]}' in a table of lands{did_you_mean(name, COLUMNS)}",
                             row.line, row.column(i)) for i, name in unknown]
            faults += [Fault(sheet.source, f"there is no column '{name}'; the first row names the columns: "
                             f"{','.join(_NEEDED)}", row.line, 1) for name in _NEEDED if name not in names and not unknown]
            if unknown or not set(_NEEDED) <= set(names):
                return ()
            continue
        land = _land(row, names, sheet.source, faults)
        if land is not None:
            lands.append(land)
        if len(faults) > most:
            break
    if not names:
        faults.append(Fault(sheet.source, f"this table is empty; its first row names the columns: {','.join(_NEEDED)}", 1, 1))
    return tuple(lands)


def _land(row: TableRow, names: list[str], source: str, faults: list[Fault]) -> Any:
    before, found = len(faults), dict[str, Any]()
    if row.cells is None or any(row.cells[len(names):]):
        faults.append(Fault(source, row.trouble(len(names)), row.line, 1))
        return None
    for i, (name, cell) in enumerate(zip(names, row.cells)):
        if not name or (not cell and name not in ("x", "y", "width")):
            continue
        try:
            found[name] = _READ[name](with_unit(cell, "", row.mark))
        except ValueError as error:
            faults.append(Fault(source, str(error) if cell else f"this row has no {name}", row.line, row.column(i)))
    called = found.get("name", "")
    if called and not sayable(called):
        faults.append(Fault(source, f"'{called[:60]}' cannot be a land's name: no blanks, commas or quotes", row.line, 1))
    missing = [name for name in ("x", "y", "width") if name not in found]
    if missing and len(faults) == before:
        faults.append(Fault(source, f"this row has no {missing[0]}", row.line, 1))
    if len(faults) > before:
        return None
    at, size = (found.pop("x"), found.pop("y")), (found["width"], found.pop("height", found["width"]))
    del found["width"]
    chamfer, cut = found.pop("chamfer", (0, ()))
    arms, stroke = found.pop("outline", ((), 0))
    return Land(found.pop("name", ""), at, size, chamfer=chamfer, cut=cut, arms=arms, stroke=stroke, **found)
