"""The package's height: standoff, carrier and mold cap stacked, by worst case and by root sum of squares.

A drawing states a height by one of the two: ST's LFBGA257 and VFBGA112 by RSS, JEDEC's MS-034 by worst case, each rounded to
the digits that it prints.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Optional

from ..package import HEIGHT_METHODS, Carrier, Package, keys
from ..package.words import RSS, WORST_CASE
from ..space import above_mold, blocks, mold_cap
from ..space.bodies import carrier_thickness
from ..units import LENGTH, Toleranced, last_digit, show
from . import Measured, Reading, Unmeasured, exact, measure

_UNKNOWN = Unmeasured(("max_height",), "the height is not known: mold cap, stack-up and ball standoff must all be stated "
                      "(fields 'Mold cap' and 'Ball standoff' on the carrier, thicknesses in the board's stack-up)")


def worst_case(parts: Sequence[Toleranced]) -> Toleranced:
    """Sum of independent dimensions, every one at its limit at once."""
    return sum(parts, Toleranced(0))


def root_sum_square(parts: Sequence[Toleranced]) -> Toleranced:
    """Sum of independent dimensions whose tolerances add as the root of the sum of their squares, to the nanometre."""
    total = worst_case(parts)
    plus = round(math.sqrt(sum(part.plus**2 for part in parts)))
    minus = round(math.sqrt(sum(part.minus**2 for part in parts)))
    return Toleranced(total.nominal, plus, minus)


_SUMMED = {WORST_CASE: worst_case, RSS: root_sum_square}


def height_parts(package: Package) -> Optional[list[Toleranced]]:
    """Mold cap, or what the top of a part that stands above it is made of, lid and its attach, carrier and standoff (of balls),
    those that there are; None where one is not stated. Only a chip of a wafer with balls of its own has no mold."""
    if package.carrier is None or (package.mold is None and not package.is_bare_wafer_chip):
        return None
    parts = _roof_and_carrier(package, package.carrier)
    if package.lid is not None:
        parts += [package.lid.attach, package.lid.thickness]
    if package.balls is not None and not package.balls.are_lands:
        parts.append(package.balls.height)
    known = [part for part in parts if part is not None]
    return known if len(known) == len(parts) else None


def _roof_and_carrier(package: Package, carrier: Carrier) -> list[Optional[Toleranced]]:
    """The dimensions of the highest of the package without a lid, and the carrier in one; None for one that is not stated."""
    above = above_mold(package)
    if above is None:
        return [*((mold_cap(package).value,) if blocks(package) else ()), carrier.thickness]
    # A bridge is as high as the highest of its sums. Its mask cancels: the bumps stand on the pads under it.
    top = max(above.top.sums, key=lambda each: each.value.nominal if each.value is not None else 0) + carrier_thickness(package)
    flat = [(dimension.key, times, dimension.value) for dimension, times in top.terms]
    layers = [value for key, _, value in flat if keys.is_within(key, keys.CARRIER)]
    thick = None if None in layers or not layers else sum((one for one in layers if one is not None), Toleranced(top.plus))
    return [*(None if value is None else value if times > 0 else Toleranced(0) - value
              for key, times, value in flat if not keys.is_within(key, keys.CARRIER)), thick]


def height_words(parts: Sequence[Toleranced]) -> str:
    """The height with its greatest values by both methods, for people."""
    height, squares = worst_case(parts), root_sum_square(parts)
    return (f"height {show(height.nominal, LENGTH)}, at most {show(height.high, LENGTH)} worst case, "
            f"{show(squares.high, LENGTH)} RSS")


def comes_out_by(parts: Sequence[Toleranced], stated: int) -> tuple[str, ...]:
    """The methods whose greatest height is the stated one, to the digits that it is stated with."""
    return tuple(method for method in HEIGHT_METHODS if abs(_SUMMED[method](parts).high - stated) <= _rounding(stated))


def _rounding(stated: int) -> int:
    """How far a number may be off that was rounded to the digits of the stated one."""
    return last_digit(getattr(stated, "stated", ""), LENGTH) // 2


@measure(LENGTH, studied=True)
def package_height(package: Package) -> Measured:
    """Height of the package over its seating plane (A on drawings): mold cap, carrier and ball standoff; the corners are worst
    case."""
    parts = height_parts(package)
    if parts is not None:
        height, balls = worst_case(parts), package.balls
        above = above_mold(package)
        where = [*([above.key] if above is not None else [keys.CAP] if package.mold is not None else []), "carrier",
                 *(["balls.standoff"] if balls is not None and not balls.are_lands else [])]
        yield Reading(tuple(where),
                      height.nominal, height.low, height.high, told=height_words(parts))


@measure(LENGTH)
def height_to_spare(package: Package) -> Measured:
    """Largest height the package may have, less its height; the corners are worst case, or RSS where "Height method" says so,
    the note gives both. Of a height that no sum of the parts can give, stated_height_off tells."""
    if not package.max_height:
        return
    parts = height_parts(package)
    if parts is None:
        yield _UNKNOWN
        return
    if package.max_height < worst_case(parts).low:
        return
    height = _SUMMED[package.height_by or WORST_CASE](parts)
    note, methods = height_words(parts), comes_out_by(parts, package.max_height)
    low = package.max_height - height.high
    if package.height_by in methods:
        low = max(low, 0)  # the drawing has rounded this very sum
        note += f"; {show(package.max_height, LENGTH)} is the {package.height_by} of its parts"
    elif methods and not package.height_by:
        note += (f"; {show(package.max_height, LENGTH)} is the {methods[-1]} of its parts ('height_by: {methods[-1]}' has it "
                 "judged so)")
    yield Reading(("max_height",), package.max_height - height.nominal, low, package.max_height - height.low, told=note)


@measure(LENGTH)
def stated_height_off(package: Package) -> Measured:
    """How far the stated height is from what its parts can give: below the least sum of them all, or, where "Height method"
    says how it was summed up, beside that sum as far as rounding to its own digits does not explain."""
    parts = height_parts(package) if package.max_height else None
    if parts is None:
        return
    off, note = max(0, worst_case(parts).low - package.max_height), height_words(parts)
    if package.height_by and package.height_by not in comes_out_by(parts, package.max_height):
        off = max(off, abs(_SUMMED[package.height_by](parts).high - package.max_height))
        others = comes_out_by(parts, package.max_height)
        note += f"; it is the {others[0]} of its parts" if others else ""
    yield exact(("max_height",), off, None, f"stated as {show(package.max_height, LENGTH)}; {note}, at least "
                f"{show(worst_case(parts).low, LENGTH)}")
