"""The heights that add up to the package's, on the right of a cross-section."""

from __future__ import annotations

from collections.abc import Sequence

from .dimension import Dimension
from .labels import Labels
from .marks import Marks
from .scale import Scale
from .svg import arrow, line
from .words import LINE, spread, width_of

_FIRST, _LANE = 12.0, 11.0  # pixels from the package's edge to the first arrow, and from one arrow to the next beside it
_AWAY = 16.0  # pixels from the last arrow to the words


def width_of_heights(told: Sequence[Dimension]) -> float:
    """Pixels that they take beside the package."""
    words = max((width_of(words, kind) for one in told for words, kind in zip(one.words, ("", "note"))), default=0.0)
    return words + _FIRST + _AWAY + 8 + _LANE * max(_lanes(told), default=0)


def in_the_right_margin(told: Sequence[Dimension], scale: Scale, labels: Labels, hues: Marks) -> list[str]:
    """Arrows and words; of low ones the words stand apart, each with a line to its arrow. Words stand in the order of their
    arrows, so that no line crosses another."""
    lanes, edge, drawn = _lanes(told), scale.right, list[str]()
    last = edge + _FIRST + _LANE * max(lanes, default=0)
    middles = [(scale.z(one.high) + scale.z(one.low)) / 2 for one in told]
    order = sorted(range(len(told)), key=lambda number: (middles[number], lanes[number]))
    rows = spread([middles[number] for number in order], 2 * LINE, labels.least + LINE)
    for number, y in zip(order, rows):
        one, middle, x = told[number], middles[number], edge + _FIRST + _LANE * lanes[number]
        side, upper, lower = scale.x(one.sides[1]), scale.z(one.high), scale.z(one.low)
        drawn += [line("hair", side, upper, x + 8, upper), line("hair", side, lower, x + 8, lower),
                  arrow("line", x, upper, lower)]
        labels.leave((x - 4, upper, x + 4, lower))
        if x < last:
            drawn.append(line("hair", x, middle, last, middle))
        if abs(y - middle) > 2:
            drawn.append(line("hair", last, middle, last + _AWAY - 2, y))
        for words, kind, down in zip(one.words, (hues.get(one.hues[0], ""), "note"), (-3, 13)):
            labels.put(words, last + _AWAY, y + down, kind)
    return drawn


def _lanes(told: Sequence[Dimension]) -> list[int]:
    """How many arrows stand between the package and that of each dimension: the lower ones first, none over another."""
    lanes = [0] * len(told)
    taken: list[list[tuple[int, int]]] = []
    for number in sorted(range(len(told)), key=lambda one: (told[one].high - told[one].low, one)):
        low, high = told[number].low, told[number].high
        lane = next((i for i, others in enumerate(taken) if all(high <= a or low >= b for a, b in others)), len(taken))
        taken[lane:lane + 1] = [[*(taken[lane] if lane < len(taken) else []), (low, high)]]
        lanes[number] = lane
    return lanes
