"""What a section tells of heights: t1 of every gap with t2/t1 and its limits, t2 over the top of every tower."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...package import Package
from ...pictures.judged import Told
from ...pictures.told import of_chip


def told(package: Package, ratios: Mapping[str, Told]) -> list[dict[str, Any]]:
    """Words between two heights (nm) beside the chip of that key."""
    return [{"key": chip.key, "low": one.low, "high": one.high, "words": ", ".join(one.words), "hue": one.hues[-1]}
            for chip in package.chips for one in of_chip(package, chip, (0.0, 0.0), ratios)]
