"""What a cross-section tells beside itself: a height from here to there, in words."""

from __future__ import annotations

from dataclasses import dataclass

from .cut import Span


@dataclass(frozen=True)
class Dimension:
    """``words`` on what lies between two heights (nm above the carrier's surface), each line with its hue in ``hues``;
    ``sides`` are the positions along the cut between which that is drawn. Without an ``arrow`` it is the name of a part."""

    low: int
    high: int
    words: tuple[str, ...]
    sides: Span
    hues: tuple[str, ...] = ("", "")
    arrow: bool = True
