"""What a section tells of heights: t1 of every gap, t2 over the top of every tower, and of the two the ratio."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...measures import Reading
from ...measures.gap import cover_thickness, cover_to_gap_ratio
from ...measures.levels import bottom, gap_thickness, leaves, top
from ...package import Package
from ...units import LENGTH, RATIO, show, show_toleranced


def told(package: Package) -> list[dict[str, Any]]:
    """Words between two heights (nm) beside the chip of that key."""
    ratios = {one.where[0]: one.value for one in cover_to_gap_ratio(package) if isinstance(one, Reading)}
    return [*_gaps(package, ratios), *_covers(package)]


def _gaps(package: Package, ratios: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for chip in package.chips:
        gap, under = gap_thickness(package, chip), bottom(package, chip)
        if gap is not None and under is not None:
            ratio = f", t2/t1 {show(ratios[chip.key], RATIO)}" if chip.key in ratios else ""
            yield {"key": chip.key, "low": under.nominal - gap.nominal, "high": under.nominal,
                   "words": f"t1 {show_toleranced(gap, LENGTH)}{ratio}"}


def _covers(package: Package) -> Iterator[dict[str, Any]]:
    over_gaps = {leaf.key for chip in package.chips if gap_thickness(package, chip) is not None
                 for leaf in leaves(package, chip) or (chip,)}
    for chip in package.chips:
        cover, over = cover_thickness(package, chip), top(package, chip)
        if chip.key in over_gaps and cover is not None and over is not None:
            low, high = sorted((over.nominal, over.nominal + cover.nominal))
            yield {"key": chip.key, "low": low, "high": high, "words": f"t2 {show_toleranced(cover, LENGTH)}"}
