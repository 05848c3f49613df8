"""Bumps in a gap as a porous layer: what of the plan they cover at each place, and what that leaves of the gap's mobility."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from ..fronts import effective_height
from ..space import Crowd
from .cells import FloatArray, Mask

_PITCHES = 2  # how wide an area a bump's share of the plan is spread over
_DENSEST = math.pi / 4 - 1e-6
_NM = 1000.0


@dataclass(frozen=True, eq=False, repr=False)
class Porous:
    """Where a gap lies: lines between cells, ``height`` of layers (L, nx, ny) in um, and which are of this gap (``own``)."""

    x: FloatArray
    y: FloatArray
    height: FloatArray
    own: Mask


def porous(gap: Porous, crowd: Crowd, mobility: FloatArray, free: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Mobility and open share of all layers with these bumps in this gap; as they are where no diameter is stated."""
    if not crowd.diameters.any():
        return mobility, free
    share = density(gap, crowd)
    # A square array of bumps of one size that covers as much.
    diameter = math.sqrt(float((crowd.diameters.astype(float) ** 2).mean())) / _NM
    mobility, free = mobility.copy(), free.copy()
    places = np.nonzero(gap.own)
    here = np.minimum(np.round(share[places[1:]], 3), _DENSEST)
    for value in np.unique(here).tolist():
        some = tuple(axis[here == value] for axis in places)
        if value:
            pitch = diameter * math.sqrt(math.pi / (4 * value))
            height = np.array([effective_height(one, diameter, pitch) for one in np.unique(gap.height[some]).tolist()])
            thick = gap.height[some]
            free[some] = 1 - value
            # h_eff² = 12 K / φ, and what flows through the layer is K times its height.
            mobility[some] = free[some] * height[np.searchsorted(np.unique(thick), thick)] ** 2 / 12 * thick
    return mobility, free


def density(gap: Porous, crowd: Crowd) -> FloatArray:
    """The share of the plan that bumps cover (nx, ny), each spread over two pitches, and not beyond the gap."""
    area = math.pi / 4 * (crowd.diameters / _NM) ** 2
    covered = np.histogram2d(crowd.xy[:, 0] / _NM, crowd.xy[:, 1] / _NM, bins=[gap.x, gap.y], weights=area)[0]
    plan = gap.own.any(axis=0) * np.diff(gap.x)[:, None] * np.diff(gap.y)
    pitch = math.sqrt(plan.sum() / max(1, len(crowd.xy)))
    for axis, lines in ((0, gap.x), (1, gap.y)):
        reach = max(1, round(_PITCHES * pitch / 2 / float(np.diff(lines).mean())))
        covered, plan = _spread(covered, reach, axis), _spread(plan, reach, axis)
    found: FloatArray = np.where(plan > 0, covered / np.where(plan > 0, plan, 1), 0.0)
    return found


def _spread(values: FloatArray, reach: int, axis: int) -> FloatArray:
    """The sum over ``reach`` cells to either side."""
    wide = [(0, 0), (0, 0)]
    wide[axis] = (reach + 1, reach)
    sums = np.cumsum(np.pad(values, wide), axis)
    many = values.shape[axis]
    found: FloatArray = (np.take(sums, np.arange(many) + 2 * reach + 1, axis) - np.take(sums, np.arange(many), axis))
    return found
