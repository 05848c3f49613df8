"""One footprint becomes a passive, the carrier's balls or a land pattern."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

import numpy as np

from ...arrays import IntArray
from ...package import CHIP_SIDE, FAR_SIDE, LANDS, Balls, Passive, Terminal, TopLands, keys
from ...package.datum import data_of
from ...package.site_lands import ball_lands, top_land_sizes
from ...shapes import Outline, Point, rectangle
from ..names.fields import BALL_DIAMETERS, TOP_DIAMETERS
from .body import body_outline
from .drawn_lands import check_lands, check_numbers
from .on_chip import not_on_a_chip, terminals_on_chip
from .one_footprint import Footprint, check_places, contacts, net_name, nets_of, sites_of
from .own_diameters import usual_pad, with_own_of_balls, with_own_of_top_lands
from .pads import Pads

FRONT_FAB, BACK_FAB = "F.Fab", "B.Fab"


def read_passive(made_of: Footprint, stated: bool) -> Optional[Passive]:
    """A passive from its body on the fabrication layer, its pads and its fields.

    ``stated`` says whether its field names it a passive; a part known only by its reference may have any drawing, and
    where that is no outline its pads are its body.
    """
    name, fields, key = made_of.name, made_of.fields, keys.passive(made_of.name)
    made_of.put(key)
    layer = BACK_FAB if made_of.on_back else FRONT_FAB
    outline = None
    known = len(made_of.notes.faults)
    with made_of.gathering(keys.PASSIVES):
        outline = made_of.outline(layer, what=f"the body on layer {layer}")
        if outline is None and stated:
            made_of.wrong(f"the passive has no body; draw its outline on layer {layer}", keys.PASSIVES)
    pads = made_of.contents.pads
    rows = contacts(pads, made_of.number)
    if not stated:
        del made_of.notes.faults[known:]
        outline = outline or body_outline(made_of, layer, pads.xy[rows], made_of.at, made_of.angle) or _around(pads, rows)
    data = fields.data(Passive, key)
    if not data["on"]:
        not_on_a_chip(made_of)
    terminals = terminals_on_chip(made_of, data["on"]) if data["on"] else tuple(
        Terminal(pads.names[row], (int(x), int(y)), _turned((int(w), int(h)), int(angle) - made_of.angle),
                 net_name(pads.nets[row]))
        for row, (x, y), (w, h), angle in zip(rows.tolist(), pads.xy[rows], pads.size[rows], pads.angle[rows])
    )
    if outline is None:
        return None
    value = fields.text("Value")  # a passive without one repeats its name there
    return Passive(name=name, outline=outline, at=made_of.at, angle=made_of.angle, terminals=terminals,
                   value="" if value == name else value, **data)


def read_balls(made_of: Footprint, chips_on_back: bool, land_pattern: bool = False) -> Optional[Balls]:
    """The balls on the pads of a carrier, each on the side of its copper; None where there are neither.

    A land pattern is the customer's side of the same balls: all on the far side, and its lands are not the carrier's.
    """
    fields, pads = made_of.fields, made_of.contents.pads
    data = fields.data(Balls, keys.BALLS)
    rows = _named(made_of, on_top=False)
    if not land_pattern:
        check_numbers(made_of, keys.BALLS, "balls")
    if not len(rows):
        if any(data.values()):
            made_of.wrong("the balls have fields but no pads; add a pad for each ball, or empty the fields",
                          keys.BALLS)
        return None
    made_of.put("balls", f"{made_of.name}, balls")
    far = pads.on_front if chips_on_back else pads.on_back
    sides = tuple(FAR_SIDE if land_pattern or is_far else CHIP_SIDE for is_far in far[rows].tolist())
    check_places(made_of, rows, keys.BALLS)
    sites = with_own_of_balls(made_of, sites_of(pads, rows), keys.BALLS)
    stated = data_of(Balls)
    land, opening = 0, 0
    if not land_pattern or data["terminals"] == LANDS:  # those of a bare land are as wide as it
        land, opening = usual_pad(made_of, sites, rows, stated["land"].label, stated["opening"].label)
    balls = Balls(sites, nets_of(pads, rows), sides, land=land, opening=opening, **data)
    if not land_pattern:
        check_lands(made_of, rows, ball_lands(balls), keys.BALLS, "land", BALL_DIAMETERS)
    return balls


def read_top_lands(made_of: Footprint, chips_on_back: bool) -> Optional[TopLands]:
    """The lands for an upper package: pads of the carrier on its chip side, called TOP.A1 and so on."""
    fields, pads, key = made_of.fields, made_of.contents.pads, keys.TOP_LANDS
    data, rows = fields.data(TopLands, key), _named(made_of, on_top=True)
    if not len(rows):
        if any(data.values()):
            made_of.wrong(f"the lands on top have fields but no pads; add a pad for each, called {keys.TOP}.A1 and so on, or "
                          "empty the fields", key)
        return None
    here = pads.on_back if chips_on_back else pads.on_front
    for row in rows[~here[rows]][:20].tolist():
        made_of.wrong_at(int(pads.clauses[row]), f"{made_of.name}, pad {pads.names[row]}", "a land for an upper package lies on"
                         " the side of the chips; move it there, or give it another name", key)
    check_places(made_of, rows, key)
    sites, stated = sites_of(pads, rows), data_of(TopLands)
    sites = replace(sites, names=tuple(name[len(keys.TOP) + 1:] for name in sites.names))
    sites = with_own_of_top_lands(made_of, sites, key)
    land, opening = usual_pad(made_of, sites, rows, stated["land"].label, stated["opening"].label)
    made_of.put(key, f"{made_of.name}, lands on top")
    lands = TopLands(sites, nets_of(pads, rows), land=land, opening=opening, **data)
    check_lands(made_of, rows, top_land_sizes(lands), key, "land", TOP_DIAMETERS)
    return lands


def _named(made_of: Footprint, on_top: bool) -> IntArray:
    """The rows of the carrier's pads that are lands for an upper package by their name, or those that are not."""
    pads, rows = made_of.contents.pads, contacts(made_of.contents.pads, made_of.number)
    found: IntArray = rows[np.array([pads.names[row].startswith(f"{keys.TOP}.") == on_top for row in rows.tolist()], bool)]
    return found


def _turned(size: Point, angle: int) -> Point:
    return (size[1], size[0]) if angle % 180_000 == 90_000 else size


def _around(pads: Pads, rows: IntArray) -> Optional[Outline]:
    if not len(rows):
        return None
    reach = pads.size[rows].max(axis=1)[:, None] // 2
    left, top = (int(v) for v in (pads.xy[rows] - reach).min(axis=0))
    right, bottom = (int(v) for v in (pads.xy[rows] + reach).max(axis=0))
    if left == right or top == bottom:
        return None
    return rectangle(((left + right) // 2, (top + bottom) // 2), (right - left, bottom - top))
