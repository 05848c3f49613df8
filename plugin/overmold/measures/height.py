"""The package's height: standoff, carrier and mold cap stacked, by worst case and by root sum of squares."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Optional

from ..package import Package
from ..units import LENGTH, Toleranced, show
from . import Measured, Reading, Unmeasured, measure


def worst_case(parts: Sequence[Toleranced]) -> Toleranced:
    """Sum of independent dimensions, every one at its limit at once."""
    return sum(parts, Toleranced(0))


def root_sum_square(parts: Sequence[Toleranced]) -> Toleranced:
    """Sum of independent dimensions whose tolerances add as the root of the sum of their squares, to the nanometre."""
    total = worst_case(parts)
    plus = round(math.sqrt(sum(part.plus**2 for part in parts)))
    minus = round(math.sqrt(sum(part.minus**2 for part in parts)))
    return Toleranced(total.nominal, plus, minus)


def height_parts(package: Package) -> Optional[list[Toleranced]]:
    """Mold cap, lid and its attach, carrier and standoff (of balls), those that there are; None where one is not stated."""
    if package.mold is None or package.carrier is None:
        return None
    parts = [package.mold.cap, package.carrier.thickness]
    if package.lid is not None:
        parts += [package.lid.attach, package.lid.thickness]
    if package.balls is not None and not package.balls.are_lands:
        parts.append(package.balls.standoff)
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


@measure(LENGTH)
def height_to_spare(package: Package) -> Measured:
    """Largest height the package may have, less its height; the corners are worst case, the note also gives RSS."""
    if not package.max_height:
        return
    parts = height_parts(package)
    if parts is None:
        yield Unmeasured(("max_height",), "the height is not known: mold cap, stack-up and ball standoff must all be "
                         "stated (fields 'Mold cap' and 'Ball standoff' on the carrier, thicknesses in the board's "
                         "stack-up)")
        return
    height, squares = worst_case(parts), root_sum_square(parts)
    note = (f"height {show(height.nominal, LENGTH)}, at most {show(height.high, LENGTH)} worst case, "
            f"{show(squares.high, LENGTH)} RSS")
    yield Reading(("max_height",), package.max_height - height.nominal, package.max_height - height.high,
                  package.max_height - height.low, told=note)
