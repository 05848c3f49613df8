"""Which terminals of a package bear a ball or a pillar, and which are bare lands."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ..arrays import picked
from .balls import Balls
from .words import LANDS


def bare_sites(balls: Balls) -> NDArray[np.bool_]:
    """Whether each site (n) is a bare land: all of a land grid array, or those among balls that bear none."""
    bare = balls.sites.bare
    if balls.are_lands or bare is None:
        return np.full(len(balls.sites), balls.are_lands)
    found: NDArray[np.bool_] = bare > 0
    return found


@lru_cache(maxsize=8)
def soldered(balls: Optional[Balls]) -> Optional[Balls]:
    """The balls or pillars without the bare lands among them; None where there are none."""
    return _some(balls, bare=False)


@lru_cache(maxsize=8)
def bare_lands(balls: Optional[Balls]) -> Optional[Balls]:
    """The bare lands as a land grid array of their own; None where there are none. What is stated for the customer's board is
    for balls where there are balls."""
    found = _some(balls, bare=True)
    if found is None or found is balls:
        return found
    return replace(found, terminals=LANDS, diameter=None, standoff=None, customer_land=0, customer_opening=0, customer_paste=0)


def _some(balls: Optional[Balls], bare: bool) -> Optional[Balls]:
    if balls is None:
        return None
    wanted = bare_sites(balls) == bare
    rows = np.flatnonzero(wanted).tolist()
    if len(rows) == len(balls.sites) and balls.sites.bare is None:
        return balls if rows or balls.are_lands == bare else None
    if not rows:
        return None
    return replace(balls, sites=replace(picked(balls.sites, rows), bare=None),
                   nets=tuple(balls.nets[i] for i in rows) if balls.nets else (), sides=tuple(balls.sides[i] for i in rows))
