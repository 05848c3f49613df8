"""Which tolerance to tighten, and to what, so that a reading is as capable as is asked for."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Optional

from ..study import Assumptions, Studied
from ..units import Toleranced


@dataclass(frozen=True)
class Tightened:
    """One dimension from half its tolerance ``now`` to ``then``, in nm."""

    key: str
    now: int
    then: int


@dataclass(frozen=True)
class Allocation:
    """For one reading of a rule: each of ``alone`` does it by itself, ``together`` tightens all by one factor. ``reason`` says
    why neither can, "" where they can."""

    row: Studied
    alone: tuple[Tightened, ...]
    together: tuple[Tightened, ...]
    reason: str = ""


def allocate(row: Studied, cpk: float, stated: Mapping[str, Toleranced], assumed: Assumptions) -> Optional[Allocation]:
    """What to tighten so that (room to the nearer limit) / 3 sigma is ``cpk``, by first order; None where it is already, or the
    reading has no formula. Values are rounded down to 0.1 um."""
    figures, limits = row.figures, row.limits
    if limits is None or not figures.is_exact or not figures.rss:
        return None
    room = float(limits.margin(figures.nominal)) - assumed.shift * figures.rss
    if room / (3 * figures.rss) >= cpk:
        return None
    wanted = room / (3 * cpk)
    if wanted <= 0:
        return Allocation(row, (), (), "its nominal value is not well within the limits: no tolerance is small enough")
    halves = {key: (stated[key].plus + stated[key].minus) / 2 for key, _ in figures.shares}
    alone = []
    for key, share in figures.shares:
        left = wanted**2 - figures.rss**2 * (1 - share)
        if left > 0:
            alone.append(Tightened(key, round(halves[key]), _down(halves[key] * math.sqrt(left / (share * figures.rss**2)))))
    factor = wanted / figures.rss
    together = tuple(Tightened(key, round(halves[key]), _down(halves[key] * factor)) for key, _ in figures.shares)
    return Allocation(row, tuple(alone), together)


def _down(value: float) -> int:
    return int(value) // 100 * 100 if value >= 100 else int(value)
