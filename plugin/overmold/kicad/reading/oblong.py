"""Oblong bumps of a board: whether the pads that are drawn are those that the chip's fields speak of."""

from __future__ import annotations

import numpy as np

from ...arrays import IntArray
from ...package import Bumps, keys
from ...package.datum import data_of
from ...package.site_lands import cores_of, diameters_of
from ...units import ANGLE, LENGTH, show
from ..names.fields import BUMP_TURNS, BUMP_WIDTHS
from .one_footprint import Footprint

_NEAR = 10  # 1/1000 degree: more than a turn of the board by any angle leaves


def check_oblong(made_of: Footprint, bumps: Bumps, rows: IntArray) -> None:
    """Note a fault for the first pad that lies another way or is otherwise shaped than the fields say; ``rows`` are its pads,
    one a bump. Of round bumps nothing is said: a pad may be of any shape."""
    if not bumps.is_oblong or len(rows) != len(bumps.sites):
        return
    pads, sites, labels = made_of.contents.pads, bumps.sites, data_of(Bumps)
    cores = cores_of(bumps)
    long = np.flatnonzero(cores > 0)
    turns = sites.turns if sites.turns is not None else np.zeros(len(rows), np.int64)
    due = (np.where(turns > 0, turns, bumps.turn) + made_of.angle)[long]
    size = pads.size[rows[long]]
    lies = pads.angle[rows[long]] + np.where(size[:, 0] < size[:, 1], 90_000, 0)
    turned = np.flatnonzero(np.abs((lies - due + 90_000) % 180_000 - 90_000) > _NEAR)
    odd = np.flatnonzero(np.abs(size.max(axis=1) - size.min(axis=1) - cores[long]) > 1)
    if len(odd):
        one = int(long[odd[0]])
        length = int(diameters_of(sites, bumps.diameter.nominal if bumps.diameter is not None else 0)[one])
        by_own = sites.widths is not None and bool(sites.widths[one])
        said = (f"this pad is not {show(int(cores[one]), LENGTH)} longer than wide, as bumps {show(length, LENGTH)} long and "
                f"{show(length - int(cores[one]), LENGTH)} wide ask for; mend it, or the field "
                f"'{BUMP_WIDTHS if by_own else labels['width'].label}'")
    elif len(turned):
        turn = show(int(due[turned[0]] - made_of.angle) % 360_000, ANGLE)
        said = (f"this pad lies another way than the fields '{labels['turn'].label}' and '{BUMP_TURNS}' say, which is {turn} "
                "from the chip's own x axis; turn it, or mend them")
    else:
        return
    row = int(rows[long[(odd if len(odd) else turned)[0]]])
    made_of.wrong_at(int(pads.clauses[row]), f"{made_of.name}, pad {pads.names[row]}", said, keys.bumps(made_of.name))
