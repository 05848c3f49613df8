"""Filler particles in the mold of a cross-section, at the size of the largest and smaller."""

from __future__ import annotations

import random

from ..package import Package
from ..space import blocks, mold_cap
from ..units import LENGTH, show
from .levels import level
from .scale import Scale
from .svg import n, path

_COUNT = 420


def grains(package: Package, scale: Scale) -> list[str]:
    """Strewn by a fixed random stream, so that the picture never changes; none where the largest is not stated."""
    mold = package.mold
    if mold is None or mold.filler is None or mold.filler.nominal <= 0:
        return []
    spans = scale.cut.spans(mold.outline)
    wide = sum(end - start for start, end in spans)
    strewn = random.Random(7).random  # numpy's takes longer to load than all of this to draw
    across, tall = mold.filler.nominal / 2 * scale.per_nm, mold.filler.nominal / 2 * scale.per_nm * scale.stretch
    roof = scale.z(level(package, mold_cap(package)))
    slope = blocks(package)[0].slope
    dots = []
    for start, end in spans:
        left, right = scale.x(start), scale.x(end)
        for _ in range(round(_COUNT * (end - start) / wide)):
            size = 0.35 + 0.65 * strewn()
            x = left + across + strewn() * (right - left - 2 * across)
            y = roof + tall + strewn() * (scale.surface - roof - 2 * tall)
            lean = (scale.surface - y) / scale.stretch * slope
            x = min(max(x, left + lean + across), right - lean - across)
            radii = f"{n(across * size)} {n(tall * size)}"
            dots.append(f"M{n(x - across * size)} {n(y)}a{radii} 0 1 0 {n(2 * across * size)} 0"
                        f"a{radii} 0 1 0 {n(-2 * across * size)} 0")
    return [path("grain", "".join(dots), f"filler, largest {show(mold.filler.nominal, LENGTH)}")]
