"""The words of one picture, each with room of its own: none lies over another, and none leaves the picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Optional

from .svg import line, text
from .words import ASCENT, DESCENT, SIZE, SIZES, fitted, width_of

Area = tuple[float, float, float, float]  # left, top, right, bottom in pixels
_AIR = 2.0
_EDGE = 3.0
_REACH = (6.0, 16.0, 30.0, 48.0, 70.0, 96.0, 130.0)  # pixels from a part to the words about it


@dataclass
class Labels:
    """What is written so far in a picture of this width; ``least`` and ``most`` are the rows between which words may stand.

    ``taken`` is where they stand, and where lines run, ``words`` where words alone do; ``drawn`` are the elements, ``written``
    their words; ``bare`` counts what there was no room to write beside.
    """

    width: float
    least: float
    most: float
    taken: list[Area] = field(default_factory=list)
    words: list[Area] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    bare: int = 0

    @property
    def bottom(self) -> float:
        """Down to where words stand."""
        return max((area[3] for area in self.taken), default=0.0)

    def put(self, words: str, x: float, y: float, kind: str = "", anchor: str = "start") -> None:
        """Write there, whatever else is there; what is longer than the picture is cut."""
        right_of, left_of = self.width - _EDGE - x, x - _EDGE
        room = {"start": right_of, "end": left_of}.get(anchor, 2 * min(right_of, left_of))
        words = fitted(words, room, kind)
        if words:
            self.words.append(_area(words, x, y, kind, anchor))
            self.taken.append(self.words[-1])
            self.drawn.append(text(words, x, y, kind, anchor))
            self.written.append(words)

    def leave(self, *areas: Area) -> None:
        """Nothing is written there from now on: a line runs there, or an arrow."""
        self.taken.extend(areas)

    def fits(self, words: str, x: float, y: float, kind: str = "", anchor: str = "start") -> bool:
        """Whether these words, whole, would lie over no others there and stay in the picture."""
        return self._is_free(_area(words, x, y, kind, anchor))

    def inside(self, words: str, box: Area, kind: str) -> bool:
        """Write into a rectangle: in its middle, else elsewhere in it; whether there was room."""
        left, top, right, bottom = box
        wide, tall = width_of(words, kind), SIZES.get(kind, SIZE) * (ASCENT + DESCENT)
        if wide + 2 * _AIR > right - left or tall > bottom - top:
            return False
        low = (top + bottom) / 2 + 5
        for share in (0.5, 0.25, 0.75, 0.0, 1.0):
            x = left + _AIR + share * (right - left - wide - 2 * _AIR)
            if self.fits(words, x, low, kind):
                self.put(words, x, low, kind)
                return True
        return False

    def beside(self, words: str, box: Area, kind: str = "", over: bool = False, most: float = _REACH[-1]) -> bool:
        """Write next to a rectangle, with a thin line to it where that is not very near; whether there was room. ``over``:
        above or below it first, where it has neighbours on its sides. ``most``: no more pixels away. The line runs through no
        words, as long as there is a place for which that is so."""
        places = [place for place in _places(box, over, most) if self.fits(words, *place[:2], kind, place[2])]
        lines = [_leader(_area(words, x, y, kind, anchor), box) for x, y, anchor in places]
        free = [number for number, way in enumerate(lines) if way is None or not any(_meets(way, area) for area in self.words)]
        if not places:
            return False
        number = free[0] if free else 0
        (x, y, anchor), way = places[number], lines[number]
        self.put(words, x, y, kind, anchor)
        if way is not None:
            self.drawn.insert(-1, line(f"to{kind}" if kind in ("broken", "warned") else "hair", *way))
        return True

    def _is_free(self, area: Area) -> bool:
        left, top, right, bottom = area
        if left < _EDGE or right > self.width - _EDGE or top < self.least or bottom > self.most:
            return False
        return all(left >= other[2] + _AIR or right <= other[0] - _AIR or top >= other[3] or bottom <= other[1]
                   for other in self.taken)


def _area(words: str, x: float, y: float, kind: str, anchor: str) -> Area:
    wide, size = width_of(words, kind), SIZES.get(kind, SIZE)
    left = x - {"start": 0.0, "middle": wide / 2, "end": wide}[anchor]
    return left, y - ASCENT * size, left + wide, y + DESCENT * size


def _places(box: Area, over: bool, most: float) -> Iterator[tuple[float, float, str]]:
    """Where words about this rectangle may stand, the nearest first: x, baseline and anchor."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    for reach in (one for one in _REACH if one <= most):
        aside = [(right + reach, y + 4, "start"), (left - reach, y + 4, "end")]
        above = [(x, top - reach, "middle"), (x, bottom + reach + 10, "middle")]
        yield from (*above, *aside) if over else (*aside, *above)
        for down in (top - y - reach, bottom - y + reach + 10) if over else (-reach - 2, reach + 12):
            yield right + reach, y + down, "start"
            yield left - reach, y + down, "end"
        for row in (top - reach, bottom + reach + 10):
            yield left, row, "start"
            yield right, row, "end"


def _leader(area: Area, box: Area) -> Optional[Area]:
    """From where to where a line goes from words to the rectangle they are about; None where they stand at it."""
    x = min(max((box[0] + box[2]) / 2, area[0]), area[2])
    y = min(max((box[1] + box[3]) / 2, area[1]), area[3])
    to_x, to_y = min(max(x, box[0]), box[2]), min(max(y, box[1]), box[3])
    far = abs(to_x - x) + abs(to_y - y)
    return (x, y, to_x, to_y) if far > _REACH[0] + 6 else None


def _meets(way: Area, area: Area) -> bool:
    """Whether a line from one spot to another runs through a rectangle."""
    start, end = 0.0, 1.0
    for axis in (0, 1):
        at, step = way[axis], way[axis + 2] - way[axis]
        low, high = area[axis], area[axis + 2]
        if step == 0:
            if not low < at < high:
                return False
            continue
        first, last = sorted(((low - at) / step, (high - at) / step))
        start, end = max(start, first), min(end, last)
    return start < end
