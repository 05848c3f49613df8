"""What single balls or bumps have of their own, in one field of a board: ``0.8 mm: A1 A2 C1; 0.5 mm: B7``.

A diameter, a bump's height, how much higher its land stands (a step, which may be negative), how an oblong one is turned or how
wide it is, or the sphere of its solder; of balls also which of them are none but bare lands: ``lands: E5 E6``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Optional

import numpy as np

from ...arrays import BARE, OWN, IntArray, Sites, own_words
from ...arrays.csv_sites import turn_in
from ...faults import did_you_mean
from ...units import LENGTH, UnitError, parse
from .fields import (
    BALL_DIAMETERS,
    BARE_LANDS,
    BUMP_DIAMETERS,
    BUMP_HEIGHTS,
    BUMP_SPHERES,
    BUMP_STEPS,
    BUMP_TURNS,
    BUMP_WIDTHS,
    TOP_DIAMETERS,
)

# The fields of what bumps may have of their own, by what ``Sites`` calls it.
BUMP_FIELDS = {"diameters": BUMP_DIAMETERS, "heights": BUMP_HEIGHTS, "steps": BUMP_STEPS, "turns": BUMP_TURNS,
               "widths": BUMP_WIDTHS, "spheres": BUMP_SPHERES}
TOP_FIELDS = {"diameters": TOP_DIAMETERS}  # of lands for an upper package
# Of what balls may have.
BALL_FIELDS = {"diameters": BALL_DIAMETERS, "bare": BARE_LANDS}
_KINDS = {attribute: kind for attribute, _, kind in OWN}


def own_text(sites: Sites, attribute: str = "diameters") -> Optional[str]:
    """The field for these sites; None where none has this of its own."""
    values: Optional[IntArray] = getattr(sites, attribute)
    if values is None:
        return None
    named: dict[int, list[str]] = {}
    for name, value in zip(sites.names, values.tolist()):
        if value:
            named.setdefault(value, []).append(name)
    return "; ".join(f"{own_words(value, _KINDS[attribute])}: {' '.join(named[value])}" for value in sorted(named)) or None


def all_own(sites: Sites) -> bool:
    """Whether every site has a diameter of its own, so that none shows what is usual."""
    return sites.diameters is not None and bool((sites.diameters > 0).all())


def own_read(text: str, names: Sequence[str], attribute: str = "diameters") -> IntArray:
    """What the field ``text`` gives to sites of these names (n, in base units; 0 for none of its own), as ``Sites`` has it.

    Raises UnitError with the first thing wrong with it.
    """
    what = next(one for name, one, _ in OWN if name == attribute)
    row_of = {name: i for i, name in enumerate(names)}
    found: IntArray = np.zeros(len(names), np.int64)
    for group in filter(None, map(str.strip, text.split(";"))):
        written, colon, listed = group.partition(":")
        if not colon or not listed.split():
            raise UnitError(f"'{group[:60]}' is not a {what} with names; write for example 0.8 mm: A1 A2")
        value = (turn_in(written) if attribute == "turns" else _bare(written) if attribute == "bare" else
                 parse(written, LENGTH))
        if value < 1 and (attribute != "steps" or not value):
            raise UnitError(f"'{written.strip()}' is too small: a {what} is more than nothing")
        for name in listed.replace(",", " ").split():
            if name not in row_of:
                near = did_you_mean(name, names)
                raise UnitError(f"there is no '{name[:60]}' here{near if 'mean' in near else ''}")
            if found[row_of[name]]:
                raise UnitError(f"'{name[:60]}' has two {what}s here; leave it one")
            found[row_of[name]] = value
    return found


def _bare(written: str) -> int:
    if written.strip() != BARE:
        raise UnitError(f"'{written.strip()[:60]}' does not say that these are bare lands; write for example {BARE}: E5 E6")
    return 1
