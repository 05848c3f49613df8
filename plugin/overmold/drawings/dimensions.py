"""What an outline drawing states: every dimension with its letter, plain name, least, nominal and greatest value.

Heights are sums of ``space``, their ends worst case. Letters are those of JEDEC's drawings, a convention: drawings disagree on
A2 and on which side is D, so that the names hold. Where no dimension in a sum has a tolerance none is shown, and what nobody
has stated is ``None``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Optional

from ..measures.balls import bears_balls
from ..measures.height import root_sum_square
from ..package import FAR_SIDE, Package, keys
from ..package.soldered import soldered
from ..plain import listed
from ..space import BALLS, LAYER, METAL, MOLD, Body, Height, Room, bodies, crowds, mold_cap
from ..space.bodies import carrier_thickness, package_top
from ..space.sums import NOTHING, Sum, highest, one
from ..units import Toleranced

BASIC, REFERENCE, COUNT, MOST, PLAIN = "basic", "reference", "count", "most", ""


@dataclass(frozen=True)
class Row:
    """One dimension: ``value`` in nm (a COUNT: as it is), None where a datum is missing, which ``lacks`` names by its key. Of a
    BASIC one, exact by definition, and a REFERENCE there are no limits; of a MOST there is the greatest alone. ``exact`` are
    keys without a tolerance that are in the sum beside others that have one."""

    letter: str
    name: str
    value: Optional[Toleranced]
    form: str = PLAIN
    lacks: tuple[str, ...] = ()
    exact: tuple[str, ...] = ()

    @property
    def has_limits(self) -> bool:
        """Whether least and greatest value are known."""
        return self.form == PLAIN and self.value is not None and has_tolerance(self.value)


def has_tolerance(value: Toleranced) -> bool:
    """Whether somebody has stated how far it may be off, be it by nothing."""
    return bool(value.plus or value.minus) or any(mark in value.stated for mark in ("±", "+", ".."))


def height_rows(package: Package) -> Iterator[Row]:
    """The heights of a package that stands on its balls, lands or leads, from the whole to the parts."""
    carrier = package.carrier
    frame = carrier.frame if carrier is not None else None
    under = Height((NOTHING - carrier_thickness(package),))
    yield _room("A", "package height", Room(_top(package), lowest(package)))
    if bears_balls(package):
        yield _room("A1", "standoff, carrier to seating plane", Room(under, lowest(package)))
    elif frame is not None:
        yield Row("A1", "standoff of the leads", None, lacks=("standoff of the leads",))
    over = [*(["mold"] if not package.is_bare_wafer_chip else []), *(["lid"] if package.lid is not None else [])]
    yield _room("A2", f"body: {listed(['carrier', *over])}" if frame is None else f"{listed(over)} over the leads",
                Room(_top(package), under if frame is None else Height()))
    thick = Room(Height(), under)
    if frame is None:
        yield _room("c", f"{(carrier.kind if carrier is not None else '') or 'carrier'} thickness", thick)
        if package.mold is not None:
            yield _room("", "mold cap over the carrier", Room(mold_cap(package)))
    else:
        yield _room("A3", "lead frame thickness", thick)
    if package.lid is not None:
        yield stated("", "lid thickness", package.lid.thickness, "lid.thickness")
    far = [body for body in bodies(package) if body.bottom.value is not None and body.key in package.far_keys]
    if far:
        deepest = min(far, key=lambda body: body.bottom.value.nominal if body.bottom.value is not None else 0)
        yield _room("", "parts under the carrier, the highest", Room(under, deepest.bottom))


def lowest(package: Package) -> Height:
    """The height of the seating plane: the ends of the balls on the far side, else the carrier's underside."""
    balls = soldered(package.balls)
    if balls is not None and bears_balls(package) and FAR_SIDE in balls.sides:
        return [crowd for crowd in crowds(package) if crowd.kind == BALLS][-1].bottom  # those of the chip side come first
    return Height((NOTHING - carrier_thickness(package),))


def above(package: Package) -> tuple[Body, ...]:
    """All bodies that stand on the carrier, the mold aside."""
    far = package.far_keys
    return tuple(body for body in bodies(package) if body.kind not in (LAYER, METAL, MOLD) and body.key not in far)


def _top(package: Package) -> Height:
    """The package's highest: lid, mold cap or, without both, the chips; and what stands out of these."""
    roof = package_top(package)
    if roof is None:
        tops = [body.top for body in above(package)]
        return highest(tops) if tops else Height((one(keys.CAP, None),))  # a carrier alone is no package
    if roof.value is None or package.lid is not None:
        return roof
    low = roof.value.low
    return highest([roof, *(body.top for body in above(package) if body.top.value is not None and body.top.value.high > low)])


def _room(letter: str, name: str, room: Room) -> Row:
    value, lacks = room.value, tuple(dict.fromkeys(room.lacks))
    terms = [dimension for row in room.sums for one in row for dimension, _ in one.terms]
    stated = [one for one in terms if one.value is not None]
    exact = tuple(dict.fromkeys(one.key for one in stated if one.value is not None and not has_tolerance(one.value)))
    if value is not None and len(stated) == len(exact):
        return Row(letter, name, Toleranced(value.nominal), lacks=lacks)  # no tolerance at all: none is shown
    return Row(letter, name, value, lacks=lacks, exact=exact)


def height_squares(package: Package) -> Optional[Toleranced]:
    """The package height with its tolerances added as the root of the sum of their squares; None where it is not known, or is
    the highest of several."""
    sums = Room(_top(package), lowest(package)).sums
    if len(sums) != 1 or len(sums[0]) != 1 or sums[0][0].lacks:
        return None
    return root_sum_square([_part(one) for one in _terms(sums[0][0])])


def _terms(total: Sum) -> Iterator[Sum]:
    yield from (Sum(((dimension, times),)) for dimension, times in total.terms)
    yield Sum((), total.plus)


def _part(one: Sum) -> Toleranced:
    value = one.value
    return value if value is not None else Toleranced(0)


def missing(rows: tuple[Row, ...]) -> tuple[str, ...]:
    """The keys of all that the rows lack."""
    return tuple(dict.fromkeys(key for row in rows for key in row.lacks))


def plain(letter: str, name: str, value: Optional[int], form: str = PLAIN, lacks: str = "") -> Row:
    """A row of a single number, None where ``lacks`` is not stated."""
    return Row(letter, name, None if value is None else Toleranced(value), form, (lacks,) if value is None and lacks else ())


def stated(letter: str, name: str, value: Optional[Toleranced], key: str) -> Row:
    """A row of a datum as it is stated."""
    return Row(letter, name, value, lacks=() if value is not None else (key,))
