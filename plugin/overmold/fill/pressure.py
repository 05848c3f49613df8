"""The pressure where the encapsulant stands: div(h³/12 ∇p) = 0, the gate's pressure at the gate and none at the front.

Conjugate gradients from the last pressure, which the front has changed but little. Two things precondition them: every place
by itself, and all blocks of places together, which carry the pressure across the cavity at once. So the steps hardly grow with
the number of cells.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ..arrays import IntArray
from .cells import FloatArray
from .lattice import Weights

_MOST = 4000  # steps, far more than any cavity has taken


def _dot(one: FloatArray, other: FloatArray) -> float:
    """By one thread: the vectors are short, and several threads take longer to begin than the product takes."""
    return float(np.einsum("i,i->", one, other))


@dataclass(frozen=True, eq=False, repr=False)
class Places:
    """Of every place of a lattice (S): its transmissibility to the ``gate``, which has pressure 1, the ``total`` to all around,
    and the number of its ``block``."""

    gate: FloatArray
    total: FloatArray
    block: IntArray


class Wet:
    """The equations of the places that are full (``wet``, S, 1 or 0), all in the columns ``part``; a neighbour that is not full
    has pressure 0."""

    def __init__(self, weights: Weights, places: Places, wet: FloatArray, part: slice) -> None:
        self.weights = weights.among(wet, part)
        wet = wet[part]
        self.wet = np.flatnonzero(wet)
        self.own = np.where(wet > 0, places.total[part], 1.0)
        self.ease = 1 / self.own
        self.fed = places.gate[part] * wet
        block = places.block[part]
        self.block, self.blocks = block[self.wet], int(places.block.max()) + 1
        self.inverse = self._inverse(block)

    def _inverse(self, block: IntArray) -> FloatArray:
        """Of the equations of the blocks; a block without a full place has none."""
        whole = np.bincount(self.block, self.own[self.wet], self.blocks)
        used = np.flatnonzero(whole > 0)
        matrix = np.diag(whole[used]) - self.weights.between(block, self.blocks)[np.ix_(used, used)]
        # The last digits of a block that nothing but its neighbours holds.
        matrix[np.diag_indices(len(used))] *= 1 + 1e-10
        inverse = np.zeros((self.blocks, self.blocks))
        inverse[np.ix_(used, used)] = np.linalg.inv(matrix)
        return inverse

    def times(self, p: FloatArray) -> FloatArray:
        """What flows out of each place at these pressures."""
        found: FloatArray = self.own * p - self.weights.spread(p)
        return found

    def solve(self, p: FloatArray, tolerance: float) -> tuple[FloatArray, int]:
        """The pressures (S) from a guess, and the steps it took; ``tolerance`` is relative, in the norm of the flow."""
        r = self.fed - self.times(p)
        aim = tolerance**2 * _dot(self.fed, self.fed * self.ease)
        z = self._preconditioned(r)
        way, rz, steps = z, _dot(r, z), 0
        while rz > aim and steps < _MOST:
            q = self.times(way)
            step = rz / _dot(way, q)
            p = p + step * way
            r -= step * q
            z = self._preconditioned(r)
            new = _dot(r, z)
            way = z + (new / rz) * way
            rz, steps = new, steps + 1
        return p, steps

    def _preconditioned(self, r: FloatArray) -> FloatArray:
        coarse = self.inverse @ np.bincount(self.block, r[self.wet], self.blocks)
        found: FloatArray = r * self.ease
        found[self.wet] += coarse[self.block]
        return found
