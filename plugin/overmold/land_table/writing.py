"""Lands on the customer's board as a table: those columns that say something."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..csv_cells import guarded
from ..package import Land
from ..package.lands import ROUND, SHARE, USUAL_LAYERS
from ..shapes import Point
from ..units import ANGLE, LENGTH, show

Cell = Callable[[Land], str]
_COLUMNS: dict[str, Cell] = {
    "name": lambda land: land.name,
    "x": lambda land: _mm(land.at[0]),
    "y": lambda land: _mm(land.at[1]),
    "width": lambda land: _mm(land.size[0]),
    "height": lambda land: _mm(land.size[1]),
    "shape": lambda land: "" if land.shape == ROUND else land.shape,
    "angle": lambda land: show(land.angle, ANGLE) if land.angle else "",
    "corner": lambda land: _share(land.corner) if land.corner else "",
    "chamfer": lambda land: f"{_share(land.chamfer)} {' '.join(land.cut)}" if land.cut else "",
    "layers": lambda land: "" if land.layers == USUAL_LAYERS else " + ".join(land.layers),
    "drill": lambda land: _mm(land.drill) if land.drill else "",
    "mask": lambda land: "" if land.mask is None else _mm(land.mask),
    "paste": lambda land: "" if land.paste is None else _mm(land.paste),
    "paste_share": lambda land: "" if land.paste_share is None else _share(land.paste_share),
    "outline": lambda land: _outline(land.arms, land.stroke),
}
_ALWAYS = 5


def land_table(lands: Sequence[Land]) -> str:
    """The table, in their order; read again it is the same lands."""
    rows = [[cell(land) for cell in _COLUMNS.values()] for land in lands]
    used = [i for i in range(len(_COLUMNS)) if i < _ALWAYS or any(row[i] for row in rows)]
    heads = list(_COLUMNS)
    return "\n".join([",".join(heads[i] for i in used), *(",".join(_cell(i, row[i]) for i in used) for row in rows)]) + "\n"


def _cell(i: int, text: str) -> str:
    return guarded(text) if i == 0 else text


def _share(value: int) -> str:
    return f"{value * 100 / SHARE:.15g} %"


def _outline(arms: tuple[tuple[Point, ...], ...], stroke: int) -> str:
    """Polygons with a bar between them, places in mm; the line that they are drawn with first, where there is one."""
    rings = " | ".join(" ".join(f"{_bare(x)} {_bare(y)}" for x, y in arm) for arm in arms)
    return f"line {_bare(stroke)} | {rings}" if stroke and rings else rings


def _mm(value: int) -> str:
    return show(value, LENGTH, "mm")


def _bare(value: int) -> str:
    return _mm(value).split()[0]
