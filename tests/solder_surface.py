"""Molten joints by brute force, for tests: surfaces of triangles that have least energy, and the profile of a round joint."""

from __future__ import annotations

import math
from typing import Any

import numpy as np


def round_joint(lower: float, upper: float, volume: float, load: float) -> float:
    """Height of a round joint that bulges, by the first integral of its profile (the force along its axis is the same
    everywhere): with R its widest radius and w = load / 2 pi, r cos(slope) = (R + w) (r / R)^2 - w."""
    w, (at, share) = load / (2 * math.pi), np.polynomial.legendre.leggauss(64)
    t, share = (at + 1) / 2, share / 2

    def half(land: float, widest: float) -> tuple[float, float]:
        r = widest - (widest - land) * t**2
        upright = ((widest + w) * (r / widest) ** 2 - w) / r
        rise = share * upright * 2 * math.sqrt(widest - land) * np.sqrt(
            r / (w / widest + (widest + w) * r / widest**2) / (1 + upright))
        return float(rise.sum()), float((math.pi * r**2 * rise).sum())

    low, high = max(lower, upper) / 2 * (1 + 1e-12), 3 * max(lower, upper)
    for _ in range(200):
        widest = (low + high) / 2
        found = [half(land / 2, widest) for land in (lower, upper)]
        low, high = (widest, high) if sum(v for _, v in found) < volume else (low, widest)
    return sum(h for h, _ in found)


class Surface:
    """The side of a joint between two lands with half circles at their ends, as triangles whose corners move in and out."""

    def __init__(self, lower: float, upper: float, core: float, fine: int) -> None:
        turn = np.linspace(0, math.pi / 2, fine + 1)
        side = np.linspace(1, 0, fine + 1)[1:]
        quarter = np.concatenate((turn, np.full(fine, math.pi / 2)))
        shift = np.concatenate((np.full(fine + 1, core / 2), side * core / 2))
        last = len(quarter) - 1
        half = [*range(last + 1), *range(last - 1, -1, -1)]
        around = [*half, *half[-2:0:-1]]  # which of a quarter's corners each of the whole ring is
        self.around, self.levels = np.array(around), fine + 1
        self.ends = lower / 2, upper / 2
        self.out = np.stack((np.cos(quarter), np.sin(quarter)), axis=1)[self.around] * _signs(last)
        self.base = np.stack((shift, np.zeros(len(quarter))), axis=1)[self.around] * _signs(last)
        self.up = (1 - np.cos(math.pi * np.arange(fine + 1) / fine)) / 2
        ring, count = np.arange(len(around)), len(around)
        quads = [(j * count + ring, j * count + np.roll(ring, -1), (j + 1) * count + np.roll(ring, -1), (j + 1) * count + ring)
                 for j in range(fine)]
        self.triangles = np.concatenate([np.stack(three, axis=1) for a, b, c, d in quads for three in ((a, b, c), (a, c, d))])
        top = self.base + self.out * self.ends[1]
        self.roof = float((top[:, 0] * np.roll(top[:, 1], -1) - top[:, 1] * np.roll(top[:, 0], -1)).sum()) / 2

    def measured(self, x: Any) -> tuple[float, float, Any, Any]:
        """Surface and volume, and how either changes with ``x``: height, then distances from the core, level by level."""
        rows, count = self.levels - 2, self.around.max() + 1
        inner = x[1:].reshape(rows, count)[:, self.around]
        wide = np.concatenate((np.full((1, len(self.around)), self.ends[0]), inner,
                               np.full((1, len(self.around)), self.ends[1])))
        flat = self.base + wide[:, :, None] * self.out
        p = np.concatenate((flat, np.broadcast_to((self.up * x[0])[:, None, None], (*wide.shape, 1))), axis=2).reshape(-1, 3)
        a, b, c = (p[self.triangles[:, k]] for k in range(3))
        normal = np.cross(b - a, c - a)
        twice = np.linalg.norm(normal, axis=1)
        unit = normal / twice[:, None]
        by_area, by_volume = np.zeros_like(p), np.zeros_like(p)
        for k, (one, other) in enumerate(((b, c), (c, a), (a, b))):
            np.add.at(by_area, self.triangles[:, k], np.cross(unit, other - one) / 2)
            np.add.at(by_volume, self.triangles[:, k], np.cross(one, other) / 6)
        slopes = [self._by_x(one, count) for one in (by_area, by_volume)]
        slopes[1][0] += self.roof / 3
        volume = float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum()) / 6 + self.roof * x[0] / 3
        return float(twice.sum()) / 2, volume, slopes[0], slopes[1]

    def _by_x(self, by: Any, count: int) -> Any:
        by = by.reshape(self.levels, -1, 3)
        out = (by[1:-1, :, :2] * self.out).sum(axis=2)
        inner = np.stack([np.bincount(self.around, row, count) for row in out])
        return np.concatenate(([(by[:, :, 2].sum(axis=1) * self.up).sum()], inner.ravel()))


def _signs(last: int) -> Any:
    """Which way x and y run in each quarter of a ring of which one quarter has corners 0 to ``last``."""
    return np.array([(1, 1)] * (last + 1) + [(-1, 1)] * last + [(-1, -1)] * last + [(1, -1)] * (last - 1))


def least(lower: float, upper: float, core: float, volume: float, load: float, fine: int) -> float:
    """Height of the joint of least energy, of triangles of this fineness: Newton's way, the volume held by a multiplier."""
    surface = Surface(lower, upper, core, fine)
    a, b = lower / 2, upper / 2
    x = np.full((fine - 1) * (int(surface.around.max()) + 1) + 1, (a + b) / 2 * 1.1)
    x[0], held, step = volume / (math.pi * a * b + core * (a + b)) / 1.15, 1 / a, 1e-6 * a

    def slope(at: Any, of: float) -> Any:
        _, _, by_area, by_volume = surface.measured(at)
        found = by_area - of * by_volume
        found[0] += load
        return found

    for _ in range(40):
        _, now, _, by_volume = surface.measured(x)
        here = slope(x, held)
        bend = np.stack([(slope(x + step * one, held) - slope(x - step * one, held)) / (2 * step) for one in np.eye(len(x))])
        whole = np.block([[(bend + bend.T) / 2, -by_volume[:, None]], [-by_volume[None, :], np.zeros((1, 1))]])
        move = np.linalg.solve(whole, np.concatenate((-here, [now - volume])))
        share = min(1.0, 0.2 * a / np.abs(move[:-1]).max())
        x, held = x + share * move[:-1], held + share * move[-1]
        if np.abs(move[:-1]).max() < 1e-9 * a:
            break
    return float(x[0])


def least_of_all(lower: float, upper: float, core: float, volume: float, load: float) -> float:
    """The same of ever finer triangles, whose error is that of their squares."""
    coarse, fine = (least(lower, upper, core, volume, load, count) for count in (3, 6))
    return fine + (fine - coarse) / 3
