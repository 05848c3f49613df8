"""Bumps of one chip that differ in height: whether the lands under them differ as much."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from .. import space
from ..package import Chip, Package, keys
from ..space import Height, Sum
from ..space.sums import LEVEL, highest
from ..units import LENGTH, show
from . import Measured, exact, measure
from .levels import sites_said
from .missing import missing_for_top


@measure(LENGTH)
def bump_end_off_land(package: Package) -> Measured:
    """How far bumps end above their lands where others of the same chip stand on theirs, beyond all tolerances, once for each
    height over each level of lands; 0 where they stand.

    One flat chip lies at one height. On the carrier, whose lands are level but for stated steps, its bumps are all equally
    high, and over chips of different heights they differ as these do.
    """
    for chip in package.chips:
        usual = space.bump_length(chip).value
        if chip.bumps is None or chip.touches or usual is None or not space.uneven(chip):
            continue
        seats = list(_seats(package, chip))
        over = highest(end for _, _, end in seats)
        for rows, lower, end in seats:
            value = (over - end).value
            if value is None:
                yield missing_for_top(package, lower or chip)
                continue
            # Each of two bumps may be at a limit of its own.
            off = max(0, value.low - usual.plus - usual.minus)
            names, more = [chip.bumps.sites.names[i] for i in rows], _more(chip, rows[0])
            x, y = (int(one) for one in chip.bumps.sites.xy[rows[0]])
            stands = f"end {show(value.nominal, LENGTH)} above their lands" if value.nominal else "stand on their lands"
            stands += f", {show(off, LENGTH)} more than tolerances explain" if 0 < off < value.nominal else ""
            yield exact((keys.bump(chip.name, names[0]), keys.within(keys.bumps(chip.name), "height")), off, (x, y),
                        f"{chip.name}: bumps {sites_said(names)}, {show(usual.nominal + more, LENGTH)} high, {stands}")


def _seats(package: Package, chip: Chip) -> Iterator[tuple[list[int], Optional[Chip], Height]]:
    """Bumps of one height over lands of one level, what bears them (None: the carrier), and how high their upper ends would be
    if they stood there, less the usual height of a bump."""
    bumps = chip.bumps
    assert bumps is not None
    under = space.supports(package, chip)
    grounds: list[tuple[Optional[Chip], Height, set[int]]] = [
        (lower, space.top(package, lower), set(space.over_support(chip, lower))) for lower in under]
    for more, which in space.own_heights(chip):
        for lower, ground, borne in grounds or [(None, LEVEL, set(which))]:
            levels: dict[int, list[int]] = {}
            for i in (i for i in which if i in borne):
                levels.setdefault(int(bumps.sites.steps[i]) if bumps.sites.steps is not None else 0, []).append(i)
            yield from ((rows, lower, ground + Sum((), more + step)) for step, rows in sorted(levels.items()))


def _more(chip: Chip, row: int) -> int:
    return next(more for more, which in space.own_heights(chip) if row in which)
