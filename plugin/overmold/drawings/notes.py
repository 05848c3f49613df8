"""The notes of an outline drawing: what its numbers mean, and what nobody has stated."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..measures.balls import bears_balls
from ..package import Package
from ..package.words import RSS
from ..plain import listed
from ..units import LENGTH, show
from .dimensions import Row, height_squares, missing
from .plan_dimensions import body_tolerance, pitch_of, shown
from .warpage import warpage_note

_MOST_KEYS = 8


def notes(package: Package, rows: Sequence[Row]) -> list[str]:
    """The notes in their order, as whole sentences."""
    return list(_notes(package, rows))


def _notes(package: Package, rows: Sequence[Row]) -> Iterator[str]:
    yield "Dimensions are in mm. Least and greatest values are worst case: every tolerance at its end at once."
    yield ("Letters follow JEDEC's drawings as a convention; drawings disagree on A2 and on which side is D, so the names "
           "hold. BSC: basic, exact by definition; REF: reference, for information.")
    height, squares = rows[0], height_squares(package)
    if height.has_limits and height.value is not None and squares is not None and squares.plus < height.value.plus:
        yield (f"A at most {squares.high / 1e6:.3f} by the root of the sum of squares of its tolerances, "
               f"{shown(height.value.high)} worst case.")
    if package.max_height and height.value is not None:
        by_squares = package.height_by == RSS and squares is not None
        most = squares.high if by_squares and squares is not None else height.value.high
        keeps = "keeps" if most <= package.max_height else "DOES NOT KEEP"
        yield (f"Largest height allowed: {show(package.max_height, LENGTH, 'mm')}; A {keeps} it "
               f"{'by RSS' if by_squares else 'in the worst case'}.")
    carrier = package.carrier
    if carrier is not None and not body_tolerance(package):
        where = "carrier.frame.body_tolerance" if carrier.frame is not None else "carrier.tolerance"
        yield f"No tolerance of the body is stated ({where})."
    yield _flatness(package)
    if bears_balls(package) and pitch_of(package):
        standoff = package.balls.height if package.balls is not None else None
        yield warpage_note(pitch_of(package), standoff.nominal if standoff is not None else 0)
    exact = tuple(dict.fromkeys(key for row in rows for key in row.exact))
    if exact:
        yield f"Without a tolerance, and taken as exact: {listed(exact, _MOST_KEYS)}."
    lacks = [key for key in missing(tuple(rows)) if key != "coplanarity"]
    if lacks:
        yield f"Not stated: {listed(lacks, _MOST_KEYS)}."


def _flatness(package: Package) -> str:
    what = "balls" if bears_balls(package) else "lands" if package.balls is not None else "leads"
    if package.coplanarity:
        return f"Coplanarity of the {what}: at most {shown(package.coplanarity)} off the seating plane (ddd)."
    return f"Coplanarity of the {what} is not stated (coplanarity)."
