"""Whether every land of balls and bumps is drawn as its diameter asks for, and has a number.

A package has one land for all sites of a diameter, and none without a name: a single pad that somebody made wider, or whose
number was lost, is copper that no rule knows of.
"""

from __future__ import annotations

import numpy as np

from ...arrays import IntArray
from ...package import keys
from ...units import LENGTH, show
from ..clauses.tree import Clause, tree
from .notes_text import listed
from .one_footprint import Footprint, openings_over
from .pads import NO_CONTACT

_NEAR = 2  # nm: as much as rounding leaves


def check_lands(made_of: Footprint, rows: IntArray, due: tuple[IntArray, IntArray], key: str, land: str, field: str) -> None:
    """Note a fault for the lands, and one for the mask openings, that are not as their diameter asks for.

    ``rows`` are the pads, ``due`` the copper and the opening of each; ``land`` is the attribute of the sites' part, of this
    ``key``, that says how wide it is, and ``field`` has the diameters of single ones. Of what was drawn without our fields the
    reader says itself what it takes it for.
    """
    if made_of.number not in made_of.contents.role_of or any(key in fault.unknown for fault in made_of.notes.faults):
        return
    copper, opening = made_of.contents.pads.size[rows].max(axis=1), openings_over(made_of, rows)
    odd = np.abs(copper - due[0]) > _NEAR
    _differ(made_of, rows[odd], "its land", (copper[odd], due[0][odd]), (keys.within(key, land), field))
    odd = ~odd & (np.abs(opening - due[1]) > _NEAR)
    _differ(made_of, rows[odd], "the mask's opening over it", (opening[odd], due[1][odd]), (keys.within(key, "opening"), field))


def check_numbers(made_of: Footprint, key: str, what: str) -> None:
    """Note a fault for pads that have copper and no number: of a part of ours they are none of the ``what`` that has this key,
    and yet metal."""
    if made_of.number not in made_of.contents.role_of:
        return
    pads = made_of.contents.pads
    rows = pads.of(made_of.number)
    found = [row for row, name in enumerate(pads.names[rows], rows.start)
             if not name and (pads.on_front[row] or pads.on_back[row])
             and _is_soldered(tree(made_of.contents.index, int(pads.clauses[row])))]
    if found:
        more = f", and {len(found) - 1} more," if len(found) > 1 else ""
        made_of.wrong_at(int(pads.clauses[found[0]]), f"{made_of.name}, a pad",
                         f"this pad{more} has copper and no number, and is none of its {what}; number it, or delete it", key)


def _is_soldered(pad: Clause) -> bool:
    """Whether it is neither a bare hole nor one of the marks and points that KiCad draws as pads."""
    return pad.word(1) != "np_thru_hole" and pad.word_of("property") not in NO_CONTACT


def _differ(made_of: Footprint, rows: IntArray, what: str, widths: tuple[IntArray, IntArray], where: tuple[str, str]) -> None:
    """The fault of these pads, at the first of them."""
    if not len(rows):
        return
    pads, (drawn, asked), (key, field) = made_of.contents.pads, widths, where
    names = [pads.names[row] for row in rows.tolist()]
    is_wide = f"is {show(int(drawn[0]), LENGTH)} wide" if drawn[0] else "is missing"
    others = f" ({listed(names[1:])} differ too)" if len(names) > 1 else ""
    made_of.wrong_at(int(pads.clauses[rows[0]]), f"{made_of.name}, pad {names[0]}",
                     f"{what} {is_wide}, not {show(int(asked[0]), LENGTH)} as the others and its diameter ask for{others}; "
                     f"mend it, or state a diameter of its own in the field '{field}'", key)
