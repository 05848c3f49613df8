"""Bond wires in a cross-section: the loops of those that begin near the cut and run along it, and a dot where one that runs
across goes through it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..package import Package
from ..space import wire_loops
from .marks import Marks
from .pieces import Piece
from .scale import Scale
from .svg import ellipse, n, path

_NEAR = 250_000  # nm from the cut to where a wire begins that is drawn along it
_LEAST = 0.8     # pixels, half of a dot


def cut_wires(package: Package, scale: Scale, hues: Marks) -> Iterator[Piece]:
    """Those whose heights are known."""
    if not package.wires:
        return
    swept = wire_loops(package)
    for i in np.flatnonzero(swept.known).tolist():
        wire, loop = package.wires[i], swept.loops[i]
        along, behind = scale.cut.places(loop[:, :2])
        hue = hues.get(wire.key, "")
        words = f"wire {wire.start} to {wire.end}, tier {wire.tier}"
        if abs(along[-1] - along[0]) >= abs(behind[-1] - behind[0]):
            if abs(behind[0]) <= _NEAR or abs(behind[-1]) <= _NEAR:
                corners = [(scale.x(s), scale.z(z)) for s, z in zip(along.tolist(), loop[:, 2].tolist())]
                x, y = min(corners, key=lambda corner: corner[1])
                yield Piece(wire.key, (x, y, x, y), path(f"wire {hue}".rstrip(), "M" + "L".join(
                    f"{n(across)} {n(down)}" for across, down in corners), words))
            continue
        for j in np.flatnonzero((behind[:-1] <= 0) != (behind[1:] <= 0)).tolist():
            share = behind[j] / (behind[j] - behind[j + 1])
            s, z = along[j] + share * (along[j + 1] - along[j]), loop[j, 2] + share * (loop[j + 1, 2] - loop[j, 2])
            x, y, half = scale.x(float(s)), scale.z(float(z)), max(_LEAST, wire.diameter / 2 * scale.per_nm)
            tall = max(_LEAST, wire.diameter / 2 * scale.per_nm * scale.stretch)
            yield Piece(wire.key, (x - half, y - tall, x + half, y + tall),
                        ellipse(f"wireend {hue}".rstrip(), (x, y), (half, tall), words))
