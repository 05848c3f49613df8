"""Bumps and balls in a cross-section: the row nearest to the cut, each with the belly that reflow gives it."""

from __future__ import annotations

import numpy as np

from ..package import FAR_SIDE, Chip, Package
from .scale import Scale, nominal
from .svg import n, path


def ball_row(package: Package, scale: Scale, depth: int, standoff: int) -> list[str]:
    """The balls under the carrier."""
    balls = package.balls
    if balls is None or not len(balls.sites) or not standoff:
        return []
    radius = nominal(balls.diameter, balls.land) / 2 * scale.per_nm
    neck = _neck(balls.land, balls.opening) / 2 * scale.per_nm
    top, bottom = scale.z(-depth), scale.z(-depth - standoff)
    drawn = []
    for i in _near_row(balls.sites.xy, scale.cut):
        if balls.sides[i] == FAR_SIDE:
            x = scale.x(int(balls.sites.xy[i, 0]))
            drawn.append(path("bump", _barrel(x, top, bottom, neck, radius, flat=False), f"ball {balls.sites.names[i]}"))
    return drawn


def bump_row(chip: Chip, scale: Scale, low: int, high: int) -> list[str]:
    """The bumps between a flip chip's underside at ``high`` and what it stands on at ``low`` (nm)."""
    bumps = chip.bumps
    if bumps is None or not len(bumps.sites):
        return []
    neck = _neck(bumps.pad, bumps.opening) / 2 * scale.per_nm
    belly = nominal(bumps.diameter, bumps.pad) / 2 * scale.per_nm
    drawn = []
    for i in _near_row(bumps.sites.xy, scale.cut):
        shape = _barrel(scale.x(int(bumps.sites.xy[i, 0])), scale.z(high), scale.z(low), neck, belly, flat=True)
        drawn.append(path("bump", shape, f"bump {chip.name}.{bumps.sites.names[i]}"))
    return drawn


def _near_row(xs_ys: np.ndarray, y: int) -> np.ndarray:
    """Indices of the sites of the row nearest to the cut at ``y``."""
    rows = xs_ys[:, 1]
    # A turned chip's row is level only to the micrometre.
    return np.flatnonzero(np.abs(rows - rows[np.abs(rows - y).argmin()]) <= 1000)


def _neck(pad: int, opening: int) -> int:
    """Where solder ends on its pad: at the rim of the pad, or of the mask where that is narrower."""
    return min(pad, opening) if opening else pad


def _barrel(x: float, top: float, bottom: float, neck: float, belly: float, flat: bool) -> str:
    """A reflowed joint: as wide as its pad at the top, bulging, and at the bottom flat (soldered) or round (free)."""
    out = max(belly, neck) * 4 / 3 - neck / 3  # control points that make the curve's widest point the belly
    third = (bottom - top) / 3
    if flat:
        return (f"M{n(x - neck)} {n(top)}C{n(x - out)} {n(top + third)} {n(x - out)} {n(bottom - third)} {n(x - neck)} "
                f"{n(bottom)}H{n(x + neck)}C{n(x + out)} {n(bottom - third)} {n(x + out)} {n(top + third)} "
                f"{n(x + neck)} {n(top)}Z")
    return (f"M{n(x - neck)} {n(top)}C{n(x - out)} {n(top + third)} {n(x - belly)} {n(bottom)} {n(x)} {n(bottom)}"
            f"C{n(x + belly)} {n(bottom)} {n(x + out)} {n(top + third)} {n(x + neck)} {n(top)}Z")
