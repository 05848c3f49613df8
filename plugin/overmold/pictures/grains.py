"""Filler particles in the mold of a cross-section, at the size of the largest and smaller."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Callable

from ..package import Package
from ..space import MOLD, Body, blocks, bodies, far_blocks
from ..units import LENGTH, show
from .levels import level
from .scale import Scale
from .svg import n, path

_COUNT = 420


def grains(package: Package, scale: Scale) -> list[str]:
    """Strewn by a fixed random stream, so that the picture never changes, in each block those of its compound; none where the
    largest is not stated."""
    strewn = random.Random(7).random  # numpy's takes longer to load than all of this to draw
    wide = sum(end - start for start, end in scale.cut.spans(package.mold.outline)) if package.mold is not None else 0.0
    drawn: dict[int, list[str]] = {}
    for block in (*blocks(package), *far_blocks(package)):
        filler = block.mold.filler.nominal if block.mold.filler is not None else 0
        for body in bodies(package) if filler > 0 else ():
            if body.kind == MOLD and body.key == block.key:
                drawn.setdefault(filler, []).extend(_dots(package, body, filler, wide, scale, strewn))
    return [path("grain", "".join(dots), f"filler, largest {show(filler, LENGTH)}") for filler, dots in drawn.items()]


def _dots(package: Package, body: Body, filler: int, wide: float, scale: Scale, strewn: Callable[[], float]) -> Iterator[str]:
    across, tall = filler / 2 * scale.per_nm, filler / 2 * scale.per_nm * scale.stretch
    roof, floor = scale.z(level(package, body.top)), scale.z(level(package, body.bottom))
    narrow = body.at_top or body.at_bottom or body.outline
    lean = (narrow.box[0] - body.outline.box[0]) * scale.per_nm / max(floor - roof, 1e-9)
    for start, end in scale.cut.spans(body.outline):
        left, right = scale.x(start), scale.x(end)
        for _ in range(round(_COUNT * (end - start) / (wide or end - start))):
            size = 0.35 + 0.65 * strewn()
            x = left + across + strewn() * (right - left - 2 * across)
            y = roof + tall + strewn() * (floor - roof - 2 * tall)
            inset = lean * (y - roof if body.at_bottom is not None else floor - y)
            x = min(max(x, left + inset + across), right - inset - across)
            radii = f"{n(across * size)} {n(tall * size)}"
            yield (f"M{n(x - across * size)} {n(y)}a{radii} 0 1 0 {n(2 * across * size)} 0"
                   f"a{radii} 0 1 0 {n(-2 * across * size)} 0")
