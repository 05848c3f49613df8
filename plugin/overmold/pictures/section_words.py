"""Where t1, t2 and the names of thin chips stand in a cross-section: of one tower left of the package, of several side by side
over it, each on a line that comes down to its chip."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .dimension import Dimension
from .labels import Labels
from .marks import Marks
from .scale import Scale
from .svg import arrow, line
from .words import LINE, spread_by, width_of

MOST_ROWS = 9  # of words over the package; what finds no room in them is left out
_AWAY = 26.0   # pixels from the package's edge to the words
_BETWEEN = 8.0  # pixels between what stands on one line


def width_of_margin(told: Sequence[Dimension]) -> float:
    """Pixels that the longest takes beside the package."""
    return max((width_of(words) for one in told for words in one.words), default=0.0) + 34


def width_of_flag(one: Dimension) -> float:
    """Pixels that it takes over the package, all of it on one line, from the right side of its part."""
    return _long(one) + 10


def in_the_left_margin(told: Sequence[Dimension], scale: Scale, labels: Labels, hues: Marks) -> list[str]:
    """Arrows and words; where the heights are small the words stand apart, each with a line to its arrow."""
    edge, drawn = scale.left, []
    middles = {number: (scale.z(one.high) + scale.z(one.low)) / 2 for number, one in enumerate(told)}
    order = sorted(middles, key=lambda number: middles[number])
    tall = [LINE * len(told[number].words) for number in order]
    places = dict(zip(order, spread_by([middles[number] for number in order], tall, labels.least + LINE / 2)))
    for number, one in enumerate(told):
        side, upper, lower, middle = scale.x(one.sides[0]), scale.z(one.high), scale.z(one.low), middles[number]
        if one.arrow:
            drawn += [line("leader", edge - 20, upper, side, upper), line("leader", edge - 20, lower, side, lower),
                      arrow("line", edge - 12, upper, lower)]
        else:
            drawn.append(line("leader", edge - 16, middle, side, middle))
        for z in (upper, lower) if one.arrow else (middle,):
            labels.leave((edge - 20, z - 1, side, z + 1))
        if abs(places[number] - middle) > 2 or not one.arrow:
            drawn.append(line("hair", edge - 14, middle, edge - _AWAY + 2, places[number]))
        first = places[number] + 4 - LINE * (len(one.words) - 1) / 2
        for row, words in enumerate(one.words):
            labels.put(words, edge - _AWAY, first + row * LINE, _hue(one, row, hues), "end")
    return drawn


def flag_rows(told: Sequence[Dimension], scale: Scale) -> dict[int, int]:
    """The row over the package, counted from below, of each dimension by its number.

    Words begin at their line and run to the right; from the right on, each stands over all whose lines come down through its
    words. So no line crosses words, and no words others.
    """
    columns = _columns(told, scale)
    rows: dict[int, int] = {}
    for number in sorted(columns, key=lambda one: -columns[one]):
        end = columns[number] + _long(told[number]) + 10
        row = max((rows[other] + 1 for other in rows if columns[other] <= end), default=0)
        if row < MOST_ROWS:
            rows[number] = row
    return rows


def leave_flag_lines(told: Sequence[Dimension], rows: Mapping[int, int], scale: Scale, labels: Labels) -> None:
    """Keep the lines of flags, which are drawn last, clear of names inside of chips."""
    columns = _columns(told, scale)
    for number in rows:
        one, x = told[number], columns[number]
        upper, lower = scale.z(one.high), scale.z(one.low)
        labels.leave((x - 2, _row(labels, rows, number) - 9, x + 2, lower if one.arrow else (upper + lower) / 2))


def _row(labels: Labels, rows: Mapping[int, int], number: int) -> float:
    """The baseline of a flag's words."""
    return labels.least + 6 + (max(rows.values()) - rows[number] + 1) * LINE


def flags(told: Sequence[Dimension], rows: Mapping[int, int], scale: Scale, labels: Labels, hues: Marks) -> list[str]:
    """Arrows, and words over the package."""
    columns, drawn = _columns(told, scale), []
    for number, one in enumerate(told):
        x, upper, lower = columns[number], scale.z(one.high), scale.z(one.low)
        if one.arrow:
            drawn += [arrow("beneath", x, upper, lower), arrow("ontop", x, upper, lower, ", ".join(one.words))]
        if number not in rows:
            labels.bare += 1
            continue
        y = _row(labels, rows, number)
        drawn.append(line("hair", x, y - 9, x, upper if one.arrow else (upper + lower) / 2))
        left = x + 4
        for row, words in enumerate(one.words):
            labels.put(words, left, y, _hue(one, row, hues))
            left += width_of(words) + _BETWEEN
    return drawn


def _long(one: Dimension) -> float:
    return sum(width_of(words) + _BETWEEN for words in one.words) - _BETWEEN


def _hue(one: Dimension, row: int, hues: Marks) -> str:
    """That of a part whose name this is, or of the line itself; a height is what it is, whatever is wrong with the part."""
    return one.hues[row] if one.arrow else hues.get(one.hues[row], "")


def _columns(told: Sequence[Dimension], scale: Scale) -> dict[int, float]:
    """The pixel column of each: over its own part, near that's right side, six pixels from any other."""
    columns: dict[int, float] = {}
    for number, one in enumerate(told):
        left, right = scale.x(one.sides[0]), scale.x(one.sides[1])
        x = right - min(8.0, (right - left) / 4)
        while x > left and any(abs(x - other) < 6 for other in columns.values()):
            x -= 6
        columns[number] = x
    return columns
