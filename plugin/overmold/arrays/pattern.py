"""What a designer says about an array, before a single site is laid out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Optional, Union

from ..shapes import Box, Point
from ..units import ANGLE, LENGTH, Kind, show

# JEDEC Publication 95, design guide 4.14: row letters leave out I, O, Q, S, X and Z; AA follows Y.
JEDEC_LETTERS = "ABCDEFGHJKLMNPRTUVWY"
CORNERS = ("top left", "top right", "bottom left", "bottom right")
STAGGERS = (
    "shifted rows", "shifted columns", "checkerboard",
    "hexagonal rows", "hexagonal columns", "hexagonal row checkerboard", "hexagonal column checkerboard",
)
NUMBERS = ("by place", "by site", "one by one along rows", "one by one along columns")
MAX_SITES = 4_000_000
MAX_DEPTH = 8

# What a site may have of its own, as ``Sites`` calls it and a ``Spot``, and the kind of quantity; None of what is so or not.
OWN: tuple[tuple[str, str, Optional[Kind]], ...] = (
    ("diameters", "diameter", LENGTH), ("heights", "height", LENGTH), ("steps", "step", LENGTH), ("turns", "turn", ANGLE),
    ("widths", "width", LENGTH), ("spheres", "sphere", LENGTH), ("bare", "terminals", None))
MORE_THAN_NOTHING = ("diameter", "height", "width", "sphere")
BARE = "lands"  # how files call a site of balls that bears none

Selector = Union[str, Box]
Path = tuple[Union[str, int], ...]


class Spot(NamedTuple):
    """A site given by hand: its name, where it is from the array's centre, and its own of each of ``OWN`` (0: none)."""

    name: str
    x: int
    y: int
    diameter: int = 0
    height: int = 0
    step: int = 0
    turn: int = 0
    width: int = 0
    sphere: int = 0
    terminals: int = 0


class Names(NamedTuple):
    """How the places of a grid are called.

    first    name of the place in the corner ``corner``: "A1" unless said otherwise; "C5" begins with row C, column 5;
             "A01" gives every number two digits at least
    corner   where that place lies, seen from above: one of CORNERS; rows and columns are counted from there
    rows     names of your own for all rows (as many as there are rows); columns likewise
    letters  "rows": rows have letters, columns numbers (A2 is right of A1); "columns": the other way round
    alphabet letters in use, in their order
    numbers  "by place": every place of the grid has its number, empty or not; "by site": along each letter only the
             sites that there are count; "one by one along rows" or "… columns": plain numbers without letters
    prefix   stands before each name ("1" gives 1A1)
    """

    first: str = "A1"
    corner: str = "top left"
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    letters: str = "rows"
    alphabet: str = JEDEC_LETTERS
    numbers: str = "by place"
    prefix: str = ""


class ArrayPattern(NamedTuple):
    """An array of sites: a grid, or sites given one by one, or zones; lengths in nm, x to the right, y down.

    The array's centre lies at ``offset``, and whatever is said inside an array is measured from that centre.

    grid     places in x and in y: (columns, rows); the middle of the whole grid is the array's centre
    pitch    distance of neighbouring places in x and in y; for hexagonal staggers both are the distance of neighbours
    offset   where the array's centre is; for a zone, from the centre of the array around it
    stagger  "" or one of STAGGERS. "shifted rows": every second row stands half a pitch further on (columns
             likewise). "checkerboard": every second place is empty. "hexagonal rows": shifted rows so near that every
             neighbour is one pitch away (60 degrees). "hexagonal row checkerboard": the same sites, on a grid whose
             columns are half a pitch apart, so that the names are A1 A3 A5, B2 B4 B6
    shift    "second": rows 2, 4, 6 … are the shifted ones; "first": rows 1, 3, 5 … (so a checkerboard has no A1)
    only     nothing but these places has a site
    rings    this many outermost rings have sites, or just the rings listed, 1 being the outermost; None: all
    centre   (columns, rows) taken out of the middle
    corners  sites cut off along each edge at every corner: 1 takes one site, 2 takes three, 3 takes six; the corners are
             those of the whole grid, whatever ``rings`` and ``only`` left of it
    skip     places without a site
    keep     places that have a site whatever everything above took away
    names    see Names; ``only``, ``skip`` and ``keep`` always call places by letter and number of the full grid
    at       sites given one by one instead of a grid
    zones    arrays within this one, with a grid, pitch and names of their own
    diameter, height, step, turn, width, sphere   of these and those of the zones, where they differ (see ``Sites``)
    terminals   1 where these sites and those of the zones are bare lands among balls or pillars

    ``only``, ``skip`` and ``keep`` list places as "B2", "B2:D4" (a rectangle), "row C", "rows C:F", "column 5",
    "columns 5:9", or as an area (left, top, right, bottom) that takes the places in it and on its edge.
    """

    grid: Optional[tuple[int, int]] = None
    pitch: Optional[tuple[int, int]] = None
    offset: Point = (0, 0)
    stagger: str = ""
    shift: str = "second"
    only: tuple[Selector, ...] = ()
    rings: Optional[Union[int, tuple[int, ...]]] = None
    centre: Optional[tuple[int, int]] = None
    corners: int = 0
    skip: tuple[Selector, ...] = ()
    keep: tuple[Selector, ...] = ()
    names: Names = Names()
    at: tuple[Spot, ...] = ()
    zones: tuple[ArrayPattern, ...] = ()
    diameter: int = 0
    height: int = 0
    step: int = 0
    turn: int = 0
    width: int = 0
    sphere: int = 0
    terminals: int = 0


def own_words(value: int, kind: Optional[Kind]) -> str:
    """What a site has of its own, for people."""
    return BARE if kind is None else show(value, kind)


class Problem(NamedTuple):
    """One thing wrong with a pattern: ``path`` leads to the field (and entry) at fault, ``message`` says what to mend."""

    path: Path
    message: str

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.path)) or 'array'}: {self.message}"


class ArrayError(ValueError):
    """A pattern that cannot be laid out; ``problems`` are all that were found."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)
