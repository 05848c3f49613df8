"""Lead frames of moulded no-lead packages: from a handful of numbers to the metal of every lead.

Leads are numbered as on the finished package seen from above: counter-clockwise from the top of the left side, down the left
side, along the bottom, up the right side, back along the top. The die attach pad comes last.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Optional

from ..shapes import Outline, Point, area, box_outline, overlap_area, sticking_out, transform
from ..units import LENGTH, show

Box = tuple[int, int, int, int]
INNER, BOTH = "inner", "both"  # which ends of leads are half circles
QUARTER = 12  # chords of a quarter circle: within 0.3 um of an arc of 125 um


class LeadMetal(NamedTuple):
    """One lead: its number, its whole metal, the foot that is soldered down, and the parts etched from below."""

    name: str
    outline: Outline
    foot: Outline
    half_etched: tuple[Outline, ...]


class Form(NamedTuple):
    """The measures of one lead, in nm: foot ``width`` x ``length``, ``pulled_back`` from the body's edge, the metal reaching
    ``inner`` further under the mold; ``shift`` along its side from its place, in the direction in which leads are counted."""

    width: int
    length: int
    inner: int = 0
    pulled_back: int = 0
    shift: int = 0

    @property
    def depth(self) -> int:
        """How far the metal reaches in from the body's edge."""
        return self.pulled_back + self.length + self.inner


class LeadRow(NamedTuple):
    """What is the same for all leads, in nm: foot ``width`` x ``length``, ``pulled_back`` from the body's edge, the metal
    reaching ``inner`` further under the mold. ``down`` leads on the left and right side each, ``across`` at top and bottom,
    or ``counts`` of the left, bottom, right and top side. Places that are ``left_out`` keep their numbers. ``forms`` are the
    leads that differ, by place; ``pitches`` those of the four sides where they differ. ``rounded`` says which ends, of foot and
    metal, are half circles: INNER, or BOTH; "" none.
    """

    down: int
    across: int
    pitch: int
    width: int
    length: int
    inner: int = 0
    pulled_back: int = 0
    corners: bool = False
    counts: tuple[int, ...] = ()
    left_out: tuple[int, ...] = ()
    forms: tuple[tuple[int, Form], ...] = ()
    pitches: tuple[int, ...] = ()
    rounded: str = ""

    @property
    def form(self) -> Form:
        """The measures of a lead that does not differ."""
        return Form(self.width, self.length, self.inner, self.pulled_back)

    def places_of(self, side: int) -> range:
        """The places of a side: 0 left, 1 bottom, 2 right, 3 top; a corner lead comes after its side."""
        first = 1 + sum(self.sides[:side]) + side * self.corners
        return range(first, first + self.sides[side])

    @property
    def sides(self) -> tuple[int, int, int, int]:
        """Places on the left, bottom, right and top side."""
        left, bottom, right, top = self.counts or (self.down, self.across, self.down, self.across)
        return left, bottom, right, top

    @property
    def places(self) -> int:
        """How many leads there are, those that are left out included."""
        return sum(self.sides) + 4 * self.corners

    @property
    def depth(self) -> int:
        """How far the metal of a lead reaches in from the body's edge."""
        return self.form.depth


def leads_of(row: LeadRow, body: Point) -> tuple[LeadMetal, ...]:
    """All leads of a body of that size about the origin, numbered from 1."""
    spots = enumerate(_spots(row, body), 1)
    return tuple(LeadMetal(str(i), metal, foot, half_etched(metal, foot)) for i, (metal, foot) in spots
                 if i not in row.left_out)


def crowded(row: LeadRow, body: Point) -> str:
    """What is wrong with the leads of a side: they touch, or reach into the corners, where those of the next side stand; ""
    where nothing is."""
    pitches = row.pitches or (row.pitch,) * 4
    for pitch in (pitch for pitch, count in zip(pitches, row.sides) if count > 1 and not row.forms and row.width >= pitch):
        return f"leads {show(row.width, LENGTH)} wide at a pitch of {show(pitch, LENGTH)} touch each other"
    rows = [(count, (count - 1) * pitch + row.width if count else 0, side)
            for count, pitch, side in zip(row.sides, pitches, (body[1], body[0], body[1], body[0]))]
    if row.forms:  # how leads that differ lie to each other is for who has their metal to say
        return next((f"{count} leads take {show(needed, LENGTH)}; a side has {show(side, LENGTH)}"
                     for count, needed, side in rows if needed > side + row.width), "")
    # Leads of two sides meet in a corner where both rows reach into it; into that of a corner lead none may.
    reach = [bool(count) and needed + 2 * row.depth > side for count, needed, side in rows]
    meet = any(one and reach[i - 1] for i, one in enumerate(reach))
    corner = row.pulled_back + row.length if row.corners else row.depth if meet else 0
    for count, needed, side in rows:
        if needed + 2 * corner > side:
            rest = f" beside {show(corner, LENGTH)} of corner at each end" if corner else ""
            return f"{count} leads take {show(needed, LENGTH)}{rest}; a side has {show(side, LENGTH)}"
    if any(count and 2 * row.depth >= size for count, size in zip((row.down, row.across), body)):
        return "leads of opposite sides meet in the middle; make them shorter"
    return ""


def _spots(row: LeadRow, body: Point) -> Iterator[tuple[Outline, Outline]]:
    """Metal and foot of every lead, in the order of their numbers."""
    width, height = body
    forms, pitches = dict(row.forms), row.pitches or (row.pitch,) * 4
    # Each side in the frame of the left one: (count, half the body from its middle to that side, turn).
    sides = zip(row.sides, (width, height, width, height), (0, 90_000, 180_000, 270_000))
    for side, (count, across, angle) in enumerate(sides):
        for i, place in enumerate(row.places_of(side)):
            # Halves of a nanometre are dropped the same way on both sides, so that opposite leads stay opposite.
            along = (2 * i - count + 1) * pitches[side]
            along = along // 2 if along >= 0 else -(-along // 2)
            form = forms.get(place, row.form)
            along += form.shift
            spot = form.width, -across // 2, along
            # The metal reaches the body's edge, where it is cut off straight.
            yield (_turned(spot, (0, form.depth), (False, bool(row.rounded)), angle),
                   _turned(spot, (form.pulled_back, form.pulled_back + form.length), (row.rounded == BOTH, bool(row.rounded)),
                           angle))
        if row.corners:
            yield _corner(row, body, side)


def _turned(spot: tuple[int, int, int], reach: tuple[int, int], rounded: tuple[bool, bool], angle: int) -> Outline:
    """A lead or its foot: ``spot`` is its width, the body's edge and where it lies along that, ``reach`` from where to where it
    goes inwards; ``rounded`` which of these two ends are half circles."""
    (width, edge, along), (start, end) = spot, reach
    low = along - width // 2
    high = low + width
    if not any(rounded):
        corners = ((edge + start, low), (edge + end, low), (edge + end, high), (edge + start, high))
        return _box_of([transform(corner, (0, 0), angle) for corner in corners])
    outer = [(edge + start + x, low + y) for x, y in _end(width)] if rounded[0] else [(edge + start, high), (edge + start, low)]
    inner = [(edge + end - x, high - y) for x, y in _end(width)] if rounded[1] else [(edge + end, low), (edge + end, high)]
    return Outline((tuple(transform(spot, (0, 0), angle) for spot in (*outer, *inner)),))


def _end(width: int) -> list[Point]:
    """The points of a half circle about (width / 2, width / 2) from below over (0, width / 2): its chords lie inside."""
    half, turns = width / 2, [math.pi / 2 * k / QUARTER for k in range(2 * QUARTER + 1)]
    return [(round(half - half * math.sin(turn)), round(half + half * math.cos(turn))) for turn in turns]


def _box_of(points: list[Point]) -> Outline:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return box_outline((min(xs), min(ys), max(xs), max(ys)))


def _corner(row: LeadRow, body: Point, side: int) -> tuple[Outline, Outline]:
    """The square lead in the corner that follows a side: bottom left after the left one, and so on."""
    x, y = ((-1, 1), (1, 1), (1, -1), (-1, -1))[side]
    edge_x, edge_y = x * body[0] // 2, y * body[1] // 2

    def square(start: int, end: int) -> Outline:
        return _box_of([(edge_x - x * start, edge_y - y * start), (edge_x - x * end, edge_y - y * end)])

    return square(0, row.pulled_back + row.length), square(row.pulled_back, row.pulled_back + row.length)


def half_etched(metal: Outline, foot: Outline) -> tuple[Outline, ...]:
    """The parts of a lead that are not soldered down and so are etched from below; none where all is foot. Boxes for a lead
    and a foot that are boxes."""
    if not (metal.is_box and foot.is_box):
        return sticking_out(metal, foot)
    left, top, right, bottom = metal.box
    inner_left, inner_top, inner_right, inner_bottom = foot.box
    boxes: tuple[Box, ...] = ((left, top, inner_left, bottom), (inner_right, top, right, bottom),
                              (inner_left, top, inner_right, inner_top), (inner_left, inner_bottom, inner_right, bottom))
    found = [box_outline(one) for one in boxes if one[0] < one[2] and one[1] < one[3]]
    return tuple(one for one in found if area(one))


def standing_room(metal: Outline, etched: Iterable[Outline]) -> tuple[Outline, ...]:
    """The parts of a piece of metal that none of these regions, etched from above, takes down: what can be landed on."""
    left: tuple[Outline, ...] = (metal,)
    for region in etched:
        left = tuple(part for one in left for part in (sticking_out(one, region) if overlap_area(one, region) else (one,)))
    return left


def tie_bars(body: Point, paddle: Point, width: int, cut: int = 0) -> tuple[Outline, ...]:
    """The four bars that hold the paddle, straight from its corners to those of the body, cut off at the body's edge; ``cut``
    of the paddle's corner at lead 1 is missing."""
    bars = []
    for x, y in ((-1, -1), (-1, 1), (1, 1), (1, -1)):
        half = round(width / 2**0.5)
        # Into the paddle by as much as the bar is wide, so that the two are one piece of metal beyond doubt.
        deep = half + (cut // 2 if (x, y) == (-1, -1) else 0)
        out, into = (x * body[0] // 2, y * body[1] // 2), (x * (paddle[0] // 2 - deep), y * (paddle[1] // 2 - deep))
        ring = ((out[0], out[1]), (out[0] - x * half, out[1]), (into[0] - x * half, into[1]), (into[0], into[1]),
                (into[0], into[1] - y * half), (out[0], out[1] - y * half))
        bars.append(Outline((tuple(ring),)))
    return tuple(bars)


def bar_along(line: Sequence[Point], width: int) -> Optional[Outline]:
    """A bar of that width along a middle line, cut off straight at its ends, its bends mitred; None where it comes back to
    itself and is no plain polygon."""
    import shapely

    found = shapely.LineString(line).buffer(width / 2, cap_style="flat", join_style="mitre")
    if found.geom_type != "Polygon" or found.interiors or not found.is_valid or not shapely.LineString(line).is_simple:
        return None
    ring = [(round(x), round(y)) for x, y in found.exterior.coords[:-1]]
    return Outline((tuple(spot for i, spot in enumerate(ring) if spot != ring[i - 1]),))


def without_corner(box: Outline, cut: int) -> Outline:
    """A rectangle whose corner at lead 1, on the left at the top, is cut off by ``cut`` along both edges."""
    left, top, right, bottom = box.box
    return Outline((((left + cut, top), (right, top), (right, bottom), (left, bottom), (left, top + cut)),)) if cut else box


def cut_of(outline: Outline) -> int:
    """How much of the corner at lead 1 a pad lacks, else a rectangle; 0 where it lacks none, or is no such pad."""
    if len(outline.rings) != 1 or len(outline.rings[0]) != 5:
        return 0
    left, top, _, _ = outline.box
    ring = outline.rings[0]
    found = [x - left for x, y in ring if y == top and x > left] + [y - top for x, y in ring if x == left and y > top]
    cut = min(found, default=0)
    due = without_corner(_box_of(list(ring)), cut)
    return cut if cut and set(due.rings[0]) == set(ring) else 0
