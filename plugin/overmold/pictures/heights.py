"""The heights that add up to the package's, on the right of a cross-section."""

from __future__ import annotations

from collections.abc import Sequence

from .dimension import Dimension
from .labels import Labels
from .marks import Marks
from .scale import Scale
from .svg import arrow, line
from .words import LINE, spread, width_of

_AWAY = 28.0  # pixels from the package's edge to the words


def width_of_heights(told: Sequence[Dimension]) -> float:
    """Pixels that they take beside the package."""
    return max((width_of(words, kind) for one in told for words, kind in zip(one.words, ("", "note"))), default=0.0) + 36


def in_the_right_margin(told: Sequence[Dimension], scale: Scale, labels: Labels, hues: Marks) -> list[str]:
    """Arrows and words; of low ones the words stand apart, each with a line to its arrow."""
    edge, drawn = scale.right, []
    middles = [(scale.z(one.high) + scale.z(one.low)) / 2 for one in told]
    for one, middle, y in zip(told, middles, spread(middles, 2 * LINE, labels.least + LINE)):
        side, upper, lower = scale.x(one.sides[1]), scale.z(one.high), scale.z(one.low)
        drawn += [line("hair", side, upper, edge + 20, upper), line("hair", side, lower, edge + 20, lower),
                  arrow("line", edge + 12, upper, lower)]
        labels.taken.append((edge + 8, upper, edge + 16, lower))
        if abs(y - middle) > 2:
            drawn.append(line("hair", edge + 12, middle, edge + _AWAY - 2, y))
        for words, kind, down in zip(one.words, (hues.get(one.hues[0], ""), "note"), (-3, 13)):
            labels.put(words, edge + _AWAY, y + down, kind)
    return drawn
