"""One footprint becomes a chip: outline, fields, bumps on the carrier or on another chip, bond pads."""

from __future__ import annotations

from dataclasses import replace
from typing import Optional

from ...package import FACE_UP, FILLINGS, FLIP_CHIP, BondPads, Bumps, Chip
from ..names import fields as words
from .own_diameters import usual_pad, with_own_diameters
from .part import Part, contacts, nets_of, sites_of
from .sites import read_sites


def read_chip(made_of: Part) -> Optional[Chip]:
    """A chip from its outline, its pads and its fields; None where it has no outline (a fault says so)."""
    name, fields, key = made_of.name, made_of.fields, f"chips.{made_of.name}"
    made_of.put(key)
    layer = made_of.layout.layers("Chip outline")
    outline = None
    with made_of.notes.gathering(name):
        outline = made_of.outline(*layer, what=f"the chip outline on layer {layer[0]}")
        if outline is None:
            made_of.wrong(f"the chip has no outline; draw a closed one on layer 'Chip outline' ({layer[0]})")
    thickness = fields.quantity(words.CHIP_THICKNESS, f"{key}.thickness")
    bonded = fields.choice(words.BONDING, f"{key}.bonded", (FLIP_CHIP, FACE_UP))
    diameter = fields.quantity(words.BUMP_DIAMETER, f"{key}.bumps.diameter")
    height = fields.quantity(words.BUMP_HEIGHT, f"{key}.bumps.height")
    alloy = fields.text(words.BUMP_ALLOY, f"{key}.bumps.alloy")
    ubm = fields.plain(words.UBM_DIAMETER, f"{key}.bumps.ubm")
    passivation = fields.plain(words.PASSIVATION_OPENING, f"{key}.bumps.passivation")
    gap = fields.quantity(words.GAP, f"{key}.gap")
    filled = fields.choice(words.GAP_FILLED_WITH, f"{key}.gap_filled_with", FILLINGS) or FILLINGS[0]
    # Bumps that have a height are there to be bonded with: nobody need say so twice.
    bonded = bonded or (FLIP_CHIP if height or gap else "")
    on = tuple(part.strip() for part in fields.text(words.STANDS_ON, f"{key}.on").split(",") if part.strip())
    bumps = _bumps(made_of, on)
    if bumps is not None and bonded != FACE_UP:
        bumps = replace(bumps, diameter=diameter, height=height, alloy=alloy, ubm=ubm or 0, passivation=passivation or 0)
        made_of.put(f"{key}.bumps", f"{name}, bumps")
    attach = fields.quantity(words.DIE_ATTACH, f"{key}.attach")
    pads = _bond_pads(made_of)
    if outline is None:
        return None
    return Chip(name, outline, made_of.at, made_of.angle, thickness, bonded, bumps if bonded != FACE_UP else None, gap, filled,
                on, attach, pads)


def _bumps(made_of: Part, on: tuple[str, ...]) -> Optional[Bumps]:
    """Where the bumps are: pads on the carrier's copper, or marks where the chip stands on another; the rest is fields."""
    key, fields = f"chips.{made_of.name}.bumps", made_of.fields
    pads = made_of.layout.pads
    rows = contacts(pads, made_of.number)
    if on:
        for row in rows[:20].tolist():
            made_of.notes.wrong(f"{made_of.name} stands on {', '.join(on)}, so its bumps are no pads of the carrier; delete "
                                "this pad, or empty the field 'Stands on'", int(pads.clauses[row]),
                                f"{made_of.name}, pad {pads.names[row]}")
        marks = read_sites(made_of, "Bumps on chips", "bump")
        pad = fields.plain(words.BUMP_PAD, f"{key}.pad") or 0
        opening = fields.plain(words.BUMP_OPENING, f"{key}.opening") or 0
        if marks is None:
            return None
        return Bumps(with_own_diameters(made_of, marks[0], words.BUMP_DIAMETERS), marks[1], None, None, "", pad, opening)
    if read_sites(made_of, "Bumps on chips", "bump") is not None:
        made_of.wrong("its bumps are drawn as those of a chip that stands on another; name that in the field "
                      f"'{words.STANDS_ON}', "
                      "or delete them and give it pads on the carrier's copper")
    here = pads.on_back if made_of.on_back else pads.on_front
    for row in rows[~here[rows]][:20].tolist():
        made_of.notes.wrong("this bump pad lies on the carrier's other side than its chip; move it to the copper "
                            "layer of its chip", int(pads.clauses[row]), f"{made_of.name}, pad {pads.names[row]}")
    if not len(rows):
        return None
    sites = with_own_diameters(made_of, sites_of(pads, rows), words.BUMP_DIAMETERS)
    pad, opening = usual_pad(made_of, sites, rows, words.BUMP_PAD, words.BUMP_OPENING)
    return Bumps(sites, nets_of(pads, rows), None, None, "", pad, opening)


def _bond_pads(made_of: Part) -> Optional[BondPads]:
    size = made_of.fields.plain(words.BOND_PAD_SIZE, f"chips.{made_of.name}.pads.size")
    marks = read_sites(made_of, "Bond pads", "bond pad")
    if marks is None:
        return None
    if size is None and words.BOND_PAD_SIZE not in made_of.fields.all:
        made_of.wrong(f"the size of its bond pads is not stated; give it the field '{words.BOND_PAD_SIZE}'")
    made_of.put(f"chips.{made_of.name}.pads", f"{made_of.name}, bond pads")
    return BondPads(*marks, size or 1)
