"""From sites back to what a designer would say of them: a grid, what it leaves out, what its places are called.

``recognise`` is the inverse of ``arrays.lay_out``: what it returns is laid out again and compared before it is returned, so
that a guess which does not hold is never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Optional

import numpy as np

from .. import ArrayError, IntArray, lay_out
from ..pattern import ArrayPattern
from .lattice import Lattice, lattices, nearest
from .naming import LAST_NUMBER, cost_of_names, possible_names
from .removals import removals

MOST_ZONES = 12
_DEAR = 6  # a single grid that takes more words than this is compared with a description in zones
_WORTH = 3  # sites for each word that zones take: else they are no more than a table in other words
_FEW = 3  # sites: fewer make no array


def recognise(names: Sequence[str], xy: IntArray, slack: int = 0) -> Optional[ArrayPattern]:
    """The pattern whose sites have these names and lie at these places (n, 2), from the array's centre, within ``slack`` nm.

    None where it cannot be said in a few words; then a table says it. Never a pattern that makes other sites.
    """
    if len(names) < 2 or len(set(names)) < len(names):
        return None
    single = _single(names, xy, slack)
    if single is not None and single[0] <= _DEAR:
        return single[1]
    zoned = _zoned(names, xy, slack)
    if zoned is not None and (single is None or zoned[0] < single[0]):
        return zoned[1]
    return single[1] if single else None


def same_sites(pattern: ArrayPattern, names: Sequence[str], xy: IntArray, slack: int) -> bool:
    """Whether the pattern makes exactly these sites."""
    try:
        laid = lay_out(pattern)
    except ArrayError:
        return False
    if len(laid) != len(names):
        return False
    there = {name: i for i, name in enumerate(laid.names)}
    rows = [there.get(name, -1) for name in names]
    return -1 not in rows and int(np.abs(laid.xy[rows] - xy).max()) <= slack


def _single(names: Sequence[str], xy: IntArray, slack: int) -> Optional[tuple[int, ArrayPattern]]:
    """The cheapest description as one grid, with the number of words that it takes beyond grid and pitch."""
    found: list[tuple[int, int, ArrayPattern]] = []
    for lattice in lattices(xy, slack):
        for number, pattern in _described(lattice, names, xy, slack):
            if number == 0:
                return 0, pattern
            found.append((number, len(found), pattern))
    best = min(found, default=None)
    return (best[0], best[2]) if best else None


def _described(lattice: Lattice, names: Sequence[str], xy: IntArray, slack: int) -> Iterator[tuple[int, ArrayPattern]]:
    spots = nearest(lattice.xy, xy, slack)
    if spots is None:
        return
    rows, columns = lattice.rows[spots], lattice.columns[spots]
    size = lattice.pattern.grid
    assert size is not None
    present = np.zeros((size[1], size[0]), np.bool_)
    present[rows, columns] = True
    for called in possible_names(names, rows, columns, present, lattice.pattern.names.corner):
        keys = removals(lattice.available, present, called)
        if keys is None:
            continue
        pattern = lattice.pattern._replace(names=called, **keys.keys)
        number = keys.words + cost_of_names(called) + lattice.words
        if same_sites(pattern, names, xy, slack):
            yield number, pattern


def _zoned(names: Sequence[str], xy: IntArray, slack: int) -> Optional[tuple[int, ArrayPattern]]:
    """Several grids: told apart by how their names begin."""
    for groups in (_by_letter(names), _by_head(names)):
        if not 2 <= len(groups) <= MOST_ZONES:
            continue
        words, zones = 0, []
        for rows in groups:
            one = _single([names[i] for i in rows], xy[rows], slack) if len(rows) >= _FEW else None
            if one is None:
                break
            words += one[0]
            zones.append(one[1])
        else:
            pattern = ArrayPattern(zones=tuple(zones))
            if words * _WORTH <= len(names) and same_sites(pattern, names, xy, slack):
                return words, pattern
    return None


def _by_letter(names: Sequence[str]) -> list[list[int]]:
    """Sites of one prefix letter, PA1 to PM12, from those that have none, A1 to M12; the latter first."""
    plain: list[int] = []
    groups: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        lettered = re.fullmatch(r"([A-Z0-9])[A-Z]{1,2}\d+", name)
        (groups.setdefault(lettered[1], []) if lettered else plain).append(i)
    # Rows beyond Y are called AA, AB: no zone of a prefix A beside rows without one.
    rows_beyond = groups.pop("A", []) if plain else []
    return [group for group in ([*plain, *rows_beyond], *groups.values()) if group]


def _by_head(names: Sequence[str]) -> list[list[int]]:
    """Sites whose names are alike but for the number: L1, L2, … and R1, R2, …"""
    groups: dict[str, list[int]] = {}
    for i, name in enumerate(names):
        found = LAST_NUMBER.fullmatch(name)
        groups.setdefault(found[1] if found else "", []).append(i)
    return list(groups.values())


__all__ = ["recognise", "same_sites"]
