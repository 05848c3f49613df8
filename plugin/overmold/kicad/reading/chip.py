"""One footprint becomes a chip: outline, fields, bumps on the carrier or on another chip, bond pads."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from ...arrays import IntArray
from ...package import FLIP_CHIP, BondPads, Bumps, Chip, keys
from ...package.datum import data_of, key_of
from ...package.site_lands import bump_lands
from ..names.fields import BUMP_DIAMETERS
from .drawn_lands import check_lands, check_numbers
from .oblong import check_oblong
from .one_footprint import Footprint, check_places, contacts, nets_of, sites_of
from .own_diameters import usual_pad, with_own_of_bumps
from .sites import read_sites

_ON, _CAVITY = data_of(Chip)["on"].label, data_of(Chip)["cavity"].label


def read_chip(made_of: Footprint) -> Optional[Chip]:
    """A chip from its outline, its pads and its fields; None where it has no outline (a fault says so)."""
    name, fields, key = made_of.name, made_of.fields, keys.chip(made_of.name)
    made_of.put(key)
    layer = made_of.contents.layers("Chip outline")
    outline = None
    with made_of.gathering(keys.CHIPS):
        outline = made_of.outline(*layer, what=f"the chip outline on layer {layer[0]}")
        if outline is None:
            made_of.wrong(f"the chip has no outline; draw a closed one on layer 'Chip outline' ({layer[0]})", keys.CHIPS)
    data = fields.data(Chip, key)
    in_cavity = any(data[one] for one in ("cavity", "cavity_room", "cavity_top", "cavity_in"))
    of_bumps = fields.data(Bumps, keys.within(key, "bumps"), drawn=bool(data["on"]) or in_cavity)
    # Bumps that have a height are there to be bonded with: nobody need say so twice.
    if data_of(Chip)["bonded"].label not in fields.all:
        heights = data_of(Bumps)["height"].label, data_of(Chip)["gap"].label
        data["bonded"] = FLIP_CHIP if any(map(fields.text, heights)) else ""
    # Which way it is bonded decides whether bumps are anything at all, and what it stands on where they are.
    made_of.notes.as_well(keys.within(key, "bonded"), keys.bumps(name))
    bumps = _bumps(made_of, data["on"], in_cavity)
    # Bumps that are drawn are there however the chip is bonded: under one that is face-up a rule says so.
    if bumps is not None:
        bumps = replace(bumps, **of_bumps)
        if not data["on"]:
            _check_pads(made_of, bumps)
        made_of.put(keys.within(key, "bumps"), f"{name}, bumps")
    pads = _bond_pads(made_of)
    if outline is None:
        return None
    return Chip(name=name, outline=outline, at=made_of.at, angle=made_of.angle, pads=pads, bumps=bumps, **data)


def _bumps(made_of: Footprint, on: tuple[str, ...], in_cavity: bool) -> Optional[Bumps]:
    """Where the bumps are: pads on the carrier's copper, or marks where the chip stands on another or in a cavity; the rest
    is fields."""
    pads, key = made_of.contents.pads, keys.bumps(made_of.name)
    rows = contacts(pads, made_of.number)
    if on or in_cavity:
        where = f"stands on {', '.join(on)}" if on else "stands in a cavity"
        label = _ON if on else _CAVITY
        for row in rows[:20].tolist():
            made_of.wrong_at(int(pads.clauses[row]), f"{made_of.name}, pad {pads.names[row]}", f"{made_of.name} {where}, "
                             f"so its bumps are not pads of the carrier; delete this pad, or empty the field '{label}'", key,
                             _stands_on(made_of))
        marks = read_sites(made_of, "Bumps on chips", "bump", key)
        if marks is None:
            return None
        return Bumps(with_own_of_bumps(made_of, marks[0], key), marks[1], diameter=None, height=None)
    if read_sites(made_of, "Bumps on chips", "bump", key) is not None:
        made_of.wrong("its bumps are drawn as those of a chip that stands on another; name that in the field "
                      f"'{_ON}', or delete them and give it pads on the carrier's copper", key,
                      _stands_on(made_of))
    here = pads.on_back if made_of.on_back else pads.on_front
    for row in rows[~here[rows]][:20].tolist():
        made_of.wrong_at(int(pads.clauses[row]), f"{made_of.name}, pad {pads.names[row]}", "this bump pad lies on the "
                         "carrier's other side than its chip; move it to the copper layer of its chip", key)
    check_numbers(made_of, key, "bumps")
    if not len(rows):
        return None
    check_places(made_of, rows, key)
    sites = with_own_of_bumps(made_of, sites_of(pads, rows), key)
    pad, opening = usual_pad(made_of, sites, rows, data_of(Bumps)["pad"].label, data_of(Bumps)["opening"].label)
    return Bumps(sites, nets_of(pads, rows), diameter=None, height=None, pad=pad, opening=opening)


def _check_pads(made_of: Footprint, bumps: Bumps) -> None:
    """Note what is drawn otherwise than the fields of its bumps ask for."""
    rows = rows_of_bumps(made_of)
    check_oblong(made_of, bumps, rows)
    if len(rows) == len(bumps.sites):
        check_lands(made_of, rows, bump_lands(bumps), keys.bumps(made_of.name), "pad", BUMP_DIAMETERS)


def rows_of_bumps(made_of: Footprint) -> IntArray:
    """The pads that are its bumps' lands."""
    return contacts(made_of.contents.pads, made_of.number)


def _stands_on(made_of: Footprint) -> str:
    """The key of what a chip stands on."""
    return keys.within(keys.chip(made_of.name), key_of("on", data_of(Chip)["on"]))


def _bond_pads(made_of: Footprint) -> Optional[BondPads]:
    data = made_of.fields.data(BondPads, keys.pads(made_of.name))
    marks = read_sites(made_of, "Bond pads", "bond pad", keys.pads(made_of.name))
    if marks is None:
        return None
    label = data_of(BondPads)["size"].label
    if not data["size"] and not made_of.fields.text(label):
        made_of.wrong(f"the size of its bond pads is not stated; give it the field '{label}'",
                      keys.within(keys.pads(made_of.name), "size"))
    made_of.put(keys.pads(made_of.name), f"{made_of.name}, bond pads")
    return BondPads(*marks, **{**data, "size": data["size"] or 1})
