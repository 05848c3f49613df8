"""The gates of a strip, as arrows that the mold comes in by, and as dots where it comes from above."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ..measures.strip import Strip
from ..measures.strip_gates import gates_of
from ..package import Package
from ..pictures.svg import circle, path
from .view import View

_LONG, _HALF = 12.0, 6.0  # units of paper


def gate_marks(package: Package, strip: Strip, view: View) -> Iterator[str]:
    """A mark for each gate; as wide as the gate where its width is stated and the paper shows it."""
    for gate in gates_of(package, strip) or ():
        x, y = view.x(gate.at[0]), view.y(gate.at[1])
        long = math.hypot(*gate.way)
        if not long:
            yield circle("gate", x, y, max(1.5, gate.width * view.per_nm / 2))
            continue
        dx, dy = gate.way[0] / long, gate.way[1] / long
        half = max(_HALF, gate.width * view.per_nm / 2)
        tail_x, tail_y = x - dx * _LONG, y - dy * _LONG
        yield path("gate", f"M{x:.2f} {y:.2f}L{tail_x - dy * half:.2f} {tail_y + dx * half:.2f}"
                           f"L{tail_x + dy * half:.2f} {tail_y - dx * half:.2f}Z")
