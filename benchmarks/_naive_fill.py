"""The fill as one would write it first: two whole layers as arrays, conjugate gradients with each cell's own diagonal alone.

The peer of benchmarks/fill.py: the same front, running on as ours does, on the same cells; no blocks, no list of full nodes.
"""

from __future__ import annotations

import numpy as np


class Naive:
    """A square unit of ``size`` um with a square chip in its middle, ``n`` x ``n`` cells: cap height, t1 and die in um."""

    def __init__(self, n: int, size: float, chip: float, heights: tuple[float, float, float]) -> None:
        cap, t1, die = heights
        middle = (np.arange(n) + 0.5) * size / n - size / 2
        inside = (abs(middle) < chip / 2)[:, None] & (abs(middle) < chip / 2)
        high = np.where(inside, cap - t1 - die, cap)
        self.inside, self.cell = inside, (size / n) ** 2
        self.volume = np.stack([high, np.where(inside, t1, 0.0)]) * self.cell
        own = np.stack([high**3 / 12, np.where(inside, t1**3 / 12, high**3 / 12)])
        self.tx = 2 * own[:, :-1] * own[:, 1:] / (own[:, :-1] + own[:, 1:])
        self.ty = 2 * own[:, :, :-1] * own[:, :, 1:] / (own[:, :, :-1] + own[:, :, 1:])
        self.tx[1] *= inside[:-1] | inside[1:]
        self.ty[1] *= inside[:, :-1] | inside[:, 1:]
        self.gate = np.zeros(self.volume.shape)
        self.gate[0, 0] = 2 * own[0, 0]
        ones = np.ones(self.volume.shape)
        self.total = self.spread_out(ones) + self.gate

    def _both(self, p: np.ndarray) -> np.ndarray:
        return np.stack([p[0], np.where(self.inside, p[1], p[0])])

    def _folded(self, d: np.ndarray) -> np.ndarray:
        return np.stack([d[0] + np.where(self.inside, 0, d[1]), np.where(self.inside, d[1], 0)])

    def spread_out(self, p: np.ndarray) -> np.ndarray:
        """Of every cell: transmissibility times what its neighbours have, summed up."""
        q = self._both(p)
        d = np.zeros(q.shape)
        d[:, :-1] += self.tx * q[:, 1:]
        d[:, 1:] += self.tx * q[:, :-1]
        d[:, :, :-1] += self.ty * q[:, :, 1:]
        d[:, :, 1:] += self.ty * q[:, :, :-1]
        return self._folded(d)

    def pressure(self, wet: np.ndarray, p: np.ndarray, tolerance: float = 1e-4) -> np.ndarray:
        """Conjugate gradients from the last pressure."""
        total = np.where(self.total > 0, self.total, 1.0)
        p = p * wet
        r = wet * (self.gate + self.spread_out(p) - self.total * p)
        aim = tolerance**2 * float((wet * self.gate**2 / total).sum())
        z = r / total
        way, rz = z, float((r * z).sum())
        while rz > aim:
            q = wet * (self.total * way - self.spread_out(way))
            step = rz / float((way * q).sum())
            p, r = p + step * way, r - step * q
            z = r / total
            new = float((r * z).sum())
            way, rz = z + new / rz * way, new
        return p

    def fill(self) -> np.ndarray:
        """When each cell of each layer is full."""
        there = self.volume > 0
        volume = np.where(there, self.volume, 1.0)
        wet, share, p = np.zeros(there.shape, bool), np.zeros(there.shape), np.zeros(there.shape)
        time, now = np.full(there.shape, np.inf), 0.0
        while (there & ~wet).any():
            p = self.pressure(wet, p) if wet.any() else p
            rate = np.where(there & ~wet, self.spread_out(p * wet) + self.gate, 0.0)
            step = 1 / (rate / volume).max()
            now += step
            adding = rate * step
            for _ in range(10):
                taken = np.minimum(adding, (1 - share) * volume) * (there & ~wet)
                share, over = share + taken / volume, adding - taken
                full = there & ~wet & (share >= 1 - 1e-9)
                time[full] = now
                wet |= full
                if not (over > 1e-12 * volume).any():
                    break
                dry = (there & ~wet).astype(float)
                links = self.spread_out(dry)
                adding = dry * self.spread_out(np.where(links > 0, over / np.where(links > 0, links, 1.0), 0.0))
        return time
