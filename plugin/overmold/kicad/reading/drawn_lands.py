"""Whether every land of balls and bumps is drawn as its diameter asks for.

A package has one land for all sites of a diameter: a single pad that somebody made wider is copper that no rule knows of.
"""

from __future__ import annotations

import numpy as np

from ...arrays import IntArray
from ...package import keys
from ...units import LENGTH, show
from .notes_text import listed
from .one_footprint import Footprint, openings_over

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
