"""The panel in which the mold runs in, over and under the chips, and a person drags it through time."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ...fill import Filled, Options, Unknown, fill
from ...fill.grids import of_layer
from ...fill.words import NOT_MODELLED, headline, percent, place
from ...package.words import GATES, PARTING_LINE
from . import Panel, fragment

if TYPE_CHECKING:
    from ...report.finding import Report

# Of a byte: what stands for the whole time, for what the front never comes to, and for no layer.
_LAST, _NEVER, _NONE = 250, 254, 255
_LARGEST = 0.01  # of a gap or a cover: smaller pockets have no button


def panel(report: Report) -> Panel | str:
    """The package filled, or why it cannot be."""
    package = report.result.package if report.result is not None else None
    if package is None or package.mold is None or package.carrier is None:
        return ""
    method = package.mold.process.method
    if method and "transfer" not in method:
        return f"The mold is made by {method}; only transfer molding is modelled, in which a front runs in from a gate."
    try:
        filled = fill(package, Options(halved=False))
    except Unknown as unknown:
        return f"{unknown.words[0].upper()}{unknown.words[1:]}."
    return Panel(fragment("fill", answer=headline(filled), voids=_voids(filled), taken=_taken(filled),
                          not_modelled=NOT_MODELLED), _data(filled))


def _voids(filled: Filled) -> list[dict[str, Any]]:
    return [{"words": f"{percent(one.share)} {place(filled, one.part)}, {100 * one.closed:.0f} % of the time",
             "at": round(one.closed, 4)} for one in filled.found.voids if one.part.chip and one.share >= _LARGEST][:8]


def _taken(filled: Filled) -> str:
    process = filled.process
    gate = f"Gate: {process.gate or GATES[0]}{'' if process.gate else ' (not stated)'}"
    vents = f"vents: {process.vents or PARTING_LINE}{'' if process.vents else ' (not stated)'}"
    return f"{gate}; {vents}; {filled.grid[0]} x {filled.grid[1]} cells."


def _data(filled: Filled) -> dict[str, Any]:
    """For the script: lines between cells and outlines in um, arrival and closing of both maps as bytes by columns of cells."""
    field = filled.found.field
    cells = field.cells
    return {
        "x": np.round(cells.x).astype(int).tolist(), "y": np.round(cells.y).astype(int).tolist(), "last": _LAST,
        "maps": [{"arrival": _bytes(of_layer(field, field.arrival, layer)),
                  "closed": _bytes(of_layer(field, field.closed, layer))} for layer in (1, 0)],
        "chips": [{"name": chip.name, "ring": [[x / 1000 + dx, y / 1000 + dy] for x, y in chip.outline.rings[0]]}
                  for dx, dy in filled.units for chip in filled.package.near_chips],
    }


def _bytes(values: NDArray[np.float64]) -> str:
    known = np.where(np.isfinite(values), values, 0.0)
    scaled = np.where(np.isnan(values), _NONE, np.where(np.isinf(values), _NEVER, np.round(known * _LAST)))
    return base64.b64encode(scaled.astype(np.uint8).tobytes()).decode()
