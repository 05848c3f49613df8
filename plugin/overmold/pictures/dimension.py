"""What a cross-section tells beside itself: a height from here to there, in words."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dimension:
    """``words`` on what lies between two heights (nm above the carrier's surface); ``sides`` are the positions across between
    which that is drawn. Without an ``arrow`` it is the name of a part."""

    low: int
    high: int
    words: tuple[str, ...]
    sides: tuple[int, int]
    key: str = ""
    arrow: bool = True
