"""What a difference is, and how single data of two packages are compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..arrays import OWN, Sites, own_words
from ..package import keys
from ..package.datum import PAIR, data_of, key_of
from ..shapes import Outline, Point
from ..units import LENGTH, show

# nm: KiCad keeps whole nanometres and rounds every point anew at each turn, and reading rounds it again; nobody places to a
# ten-thousandth of a millimetre by hand.
NEAR = 20
_CELL = 1000


@dataclass(frozen=True)
class Drift:
    """One datum that differs: ``key`` as in ``Package.places``; ``board`` and ``spec`` as people write them, "" is absent."""

    key: str
    board: str
    spec: str

    def __str__(self) -> str:
        return f"{self.key}: board {self.board or 'has none'}, package file {self.spec or 'has none'}"


def sites(key: str, one: Sites, other: Sites, nets: tuple[str, ...], due: tuple[str, ...], here: Point, there: Point
           ) -> Iterator[Drift]:
    """Sites that are missing, new, moved or on another net, by name; a crowd that moved as a whole is told once."""
    at, should = ({name: i for i, name in enumerate(sites.names)} for sites in (one, other))
    yield from (Drift(keys.within(key, name), "is there", "") for name in at if name not in should)
    yield from (Drift(keys.within(key, name), "", "is there") for name in should if name not in at)
    both = [name for name in at if name in should]
    if not both:
        return
    i, j = np.array([at[name] for name in both]), np.array([should[name] for name in both])
    shift = (one.xy[i] - np.array(here)) - (other.xy[j] - np.array(there))
    apart = np.abs(shift).max(axis=1)
    if len(both) > 1 and np.ptp(shift, axis=0).max() <= NEAR < apart.max():
        by = ", ".join(show(int(value), LENGTH, "mm") for value in shift[0])
        yield Drift(keys.within(key, "at"), f"all {len(both)} moved by {by}", "not moved")
        apart = apart * 0
    for k in np.flatnonzero(apart > NEAR):
        x, y = (int(value) for value in one.xy[i[k]] - np.array(here))
        to_x, to_y = (int(value) for value in other.xy[j[k]] - np.array(there))
        yield Drift(keys.within(key, both[k]), point_text((x, y)), point_text((to_x, to_y)))
    for attribute, name, kind in OWN:
        own = [values if values is not None else np.zeros(len(some), np.int64)
               for some, values in ((some, getattr(some, attribute)) for some in (one, other))]
        for row in np.flatnonzero(own[0][i] != own[1][j]).tolist():
            yield from text(keys.within(key, both[row], name), *(
                own_words(int(value), kind) if value else "" for value in (own[0][i[row]], own[1][j[row]])))
    for name in (name for name in both if nets[at[name]] != due[should[name]]):
        yield Drift(keys.within(key, name, "net"), nets[at[name]], due[should[name]])


def point_text(point: Point) -> str:
    """A place as people write it."""
    return f"at {show(point[0], LENGTH, 'mm')}, {show(point[1], LENGTH, 'mm')}"


def are_apart(one: Point, other: Point) -> bool:
    """Whether two places differ by more than rounding makes."""
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) > NEAR


def position(key: str, at: Point, due: Point, angle: int, due_angle: int, here: Point, there: Point) -> Iterator[Drift]:
    """Where two parts lie and how they are turned, each from its own origin."""
    one, other = (at[0] - here[0], at[1] - here[1]), (due[0] - there[0], due[1] - there[1])
    if are_apart(one, other):
        yield Drift(keys.within(key, "at"), point_text(one), point_text(other))
    turn = (angle - due_angle) % 360_000
    if min(turn, 360_000 - turn) > 1:  # KiCad keeps more digits of an angle than the thousandth of a degree that is read
        yield Drift(keys.within(key, "angle"), f"{angle / 1000:g} deg", f"{due_angle / 1000:g} deg")


def outline(key: str, one: Outline, other: Outline, here: Point, there: Point) -> Iterator[Drift]:
    """Outlines differ where their corners do, whichever corner each begins with."""
    def corners(outline: Outline, origin: Point) -> list[Point]:
        return [point for ring in outline.moved((-origin[0], -origin[1])).rings for point in ring]

    if not _same_corners(corners(one, here), corners(other, there)):
        a_size, b_size = size_text(one), size_text(other)
        if a_size == b_size:  # the same shape at another place, or with a corner elsewhere
            a_size += ", " + point_text((one.centre[0] - here[0], one.centre[1] - here[1]))
            b_size += ", " + point_text((other.centre[0] - there[0], other.centre[1] - there[1]))
        yield Drift(key, a_size, b_size if a_size != b_size else f"{b_size}, other corners")


def _same_corners(some: list[Point], others: list[Point]) -> bool:
    """Whether every corner of one outline lies at one of the other's; rounding may have changed their order along an axis."""
    cells: dict[Point, list[Point]] = {}
    for x, y in others:
        cells.setdefault((x // _CELL, y // _CELL), []).append((x, y))
    for x, y in some:
        around = (cells.get((x // _CELL + i, y // _CELL + j), []) for i in (-1, 0, 1) for j in (-1, 0, 1))
        own, corner = next(((cell, (u, v)) for cell in around for u, v in cell if max(abs(u - x), abs(v - y)) <= NEAR),
                           (None, (0, 0)))
        if own is None:
            return False
        own.remove(corner)
    return len(some) == len(others)


def size_text(outline: Outline) -> str:
    """Width, height and number of corners."""
    width, height = outline.size
    corners = sum(len(ring) for ring in outline.rings)
    return f"{lengths((width, height))}, {corners} corners"


def lengths(size: Point) -> str:
    """Width and height."""
    return f"{show(size[0], LENGTH, 'mm')} x {show(size[1], LENGTH, 'mm')}"


def text(key: str, one: str, other: str) -> Iterator[Drift]:
    """Two words."""
    if one != other:
        yield Drift(key, one, other)


def data(key: str, one: Any, other: Any) -> Iterator[Drift]:
    """Every datum of two parts of one kind; a part that is not there states nothing."""
    there = one if one is not None else other
    for name, datum in data_of(type(there)).items() if there is not None else ():
        here, due = (datum.nothing if part is None else getattr(part, name) for part in (one, other))
        if datum.form == PAIR and None in (one, other) and datum.usual in (here, due):
            continue  # one row of one says no more than nothing does
        if here != due and (datum.is_stated(here) or datum.is_stated(due)):
            full = keys.within(key, key_of(name, datum))
            texts = datum.text(here), datum.text(due)
            # Two ways to write quantities that differ by less than either shows: in base units they do differ.
            yield Drift(full, *(texts if texts[0] != texts[1] else (str(here), str(due))))
