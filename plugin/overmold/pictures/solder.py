"""Bumps and balls in a cross-section: the row nearest to the cut, each with the belly that reflow gives it."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..package import FAR_SIDE, Balls, Bumps, Chip, Package, keys
from .marks import Marks
from .scale import Scale, nominal
from .svg import n, path

Joint = tuple[str, float, float]  # key, pixel column and radius


def ball_row(package: Package, scale: Scale, depth: int, standoff: int, hues: Marks) -> list[str]:
    """The balls under the carrier."""
    balls = package.balls
    if balls is None or not standoff:
        return []
    neck = _neck(balls.land, balls.opening) / 2 * scale.per_nm
    top, bottom = scale.z(-depth), scale.z(-depth - standoff)
    return [path(_kind(key, keys.BALLS, hues), _barrel(x, (top, bottom), neck, radius, flat=False), f"ball {keys.last(key)}")
            for key, x, radius in balls_drawn(package, scale)]


def balls_drawn(package: Package, scale: Scale) -> Iterator[Joint]:
    """Those of the nearest row; of a row behind the cut none that a passive on the far side hides."""
    balls = package.balls
    if balls is None or not len(balls.sites):
        return
    reach = _reach(balls)
    before = [part.outline.box for part in package.far_passives if scale.crosses(part.outline.box) and part.height is not None]
    for i in _near_row(balls.sites.xy, scale.cut).tolist():
        x, y = balls.sites.xy[i].tolist()
        hidden = abs(y - scale.cut) > reach and any(box[0] - reach < x < box[2] + reach for box in before)
        if balls.sides[i] == FAR_SIDE and not hidden:
            yield keys.ball(balls.sites.names[i]), scale.x(x), reach * scale.per_nm


def bump_row(chip: Chip, scale: Scale, low: int, high: int, hues: Marks) -> list[str]:
    """The bumps between a flip chip's underside at ``high`` and what it stands on at ``low`` (nm)."""
    bumps = chip.bumps
    if bumps is None:
        return []
    neck = _neck(bumps.pad, bumps.opening) / 2 * scale.per_nm
    ends = (scale.z(high), scale.z(low))
    return [path(_kind(key, keys.bumps(chip.name), hues), _barrel(x, ends, neck, belly, flat=True),
                 f"bump {keys.end(chip.name, keys.last(key))}") for key, x, belly in bumps_drawn(chip, scale)]


def bumps_drawn(chip: Chip, scale: Scale) -> Iterator[Joint]:
    """Those of the row nearest to the cut."""
    bumps = chip.bumps
    if bumps is None or not len(bumps.sites):
        return
    for i in _near_row(bumps.sites.xy, scale.cut).tolist():
        yield keys.bump(chip.name, bumps.sites.names[i]), scale.x(int(bumps.sites.xy[i, 0])), _reach(bumps) * scale.per_nm


def _reach(joint: Balls | Bumps) -> float:
    return nominal(joint.diameter, joint.land if isinstance(joint, Balls) else joint.pad) / 2


def _kind(key: str, crowd: str, hues: Marks) -> str:
    hue = hues.get(key) or hues.get(crowd)
    return f"bump {hue}" if hue else "bump"


def _near_row(xs_ys: np.ndarray, y: int) -> np.ndarray:
    """Indices of the sites of the row nearest to the cut at ``y``."""
    rows = xs_ys[:, 1]
    # A turned chip's row is level only to the micrometre.
    return np.flatnonzero(np.abs(rows - rows[np.abs(rows - y).argmin()]) <= 1000)


def _neck(pad: int, opening: int) -> int:
    """Where solder ends on its pad: at the rim of the pad, or of the mask where that is narrower."""
    return min(pad, opening) if opening else pad


def _barrel(x: float, ends: tuple[float, float], neck: float, belly: float, flat: bool) -> str:
    """A reflowed joint: as wide as its pad at the top, bulging, and at the bottom flat (soldered) or round (free)."""
    top, bottom = ends
    out = max(belly, neck) * 4 / 3 - neck / 3  # control points that make the curve's widest point the belly
    third = (bottom - top) / 3
    if flat:
        return (f"M{n(x - neck)} {n(top)}C{n(x - out)} {n(top + third)} {n(x - out)} {n(bottom - third)} {n(x - neck)} "
                f"{n(bottom)}H{n(x + neck)}C{n(x + out)} {n(bottom - third)} {n(x + out)} {n(top + third)} "
                f"{n(x + neck)} {n(top)}Z")
    return (f"M{n(x - neck)} {n(top)}C{n(x - out)} {n(top + third)} {n(x - belly)} {n(bottom)} {n(x)} {n(bottom)}"
            f"C{n(x + belly)} {n(bottom)} {n(x + out)} {n(top + third)} {n(x + neck)} {n(top)}Z")
