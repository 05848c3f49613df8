"""The heights that add up to the package's, on the right of a cross-section."""

from __future__ import annotations

from ..package import Package
from ..units import LENGTH, Toleranced, show_toleranced
from .dimension import Dimension
from .labels import Labels
from .marks import Marks
from .scale import Scale
from .svg import arrow, line
from .words import LINE, spread, width_of

_AWAY = 28.0  # pixels from the package's edge to the words


def heights(package: Package, depth: int, standoff: int) -> list[Dimension]:
    """Mold cap, carrier and standoff, those that are stated, from above."""
    carrier = package.carrier
    assert carrier is not None
    sides = (carrier.outline.box[0], carrier.outline.box[2])

    def tall(name: str, stated: Toleranced | None, low: int, high: int, key: str) -> list[Dimension]:
        return [Dimension(low, high, (name, show_toleranced(stated, LENGTH)), sides, key)] if stated is not None else []

    cap = package.mold.cap if package.mold is not None else None
    return [*tall("mold cap", cap, 0, cap.nominal if cap is not None else 0, "mold"),
            *tall(carrier.kind, carrier.thickness, -depth, 0, "carrier"),
            *tall("standoff", package.balls.standoff if package.balls is not None else None, -depth - standoff, -depth,
                  "balls")]


def width_of_heights(told: list[Dimension]) -> float:
    """Pixels that they take beside the package."""
    return max((width_of(words, kind) for one in told for words, kind in zip(one.words, ("", "note"))), default=0.0) + 36


def in_the_right_margin(told: list[Dimension], scale: Scale, labels: Labels, hues: Marks) -> list[str]:
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
        for words, kind, down in zip(one.words, (hues.get(one.key, ""), "note"), (-3, 13)):
            labels.put(words, edge + _AWAY, y + down, kind)
    return drawn
