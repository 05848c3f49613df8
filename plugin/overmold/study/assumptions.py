"""What a tolerance means: how a dimension spreads between its ends. Stated in the package file or a deck, else the usual."""

from __future__ import annotations

import math
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..package import TOLERANCES
from ..units import Toleranced

if TYPE_CHECKING:
    import numpy as np

NORMAL, UNIFORM = "normal", "uniform"
SAMPLES, SEED = 1_000_000, 2


@dataclass(frozen=True)
class Assumptions:
    """``words`` is one of ``TOLERANCES``: the distribution, how many sigma the tolerance is, whether it is cut off there, and
    by how many sigma a reading is moved to its nearer limit. Dimensions are independent of each other; of a lopsided tolerance
    the middle is the mean."""

    words: str = TOLERANCES[0]
    samples: int = SAMPLES
    seed: int = SEED

    @property
    def distribution(self) -> str:
        """``NORMAL`` or ``UNIFORM``."""
        return self.words.split(",")[0]

    @property
    def sigmas(self) -> float:
        """How many standard deviations lie between the middle of a tolerance and its end."""
        return float(self.words.split(", ")[1].split(" ")[0]) if self.distribution == NORMAL else math.sqrt(3)

    @property
    def is_truncated(self) -> bool:
        """Whether nothing is beyond the tolerance: parts are sorted at its ends."""
        return self.distribution == UNIFORM or self.words.endswith("truncated")

    @property
    def shift(self) -> float:
        """By how many of its sigma a reading is moved towards its nearer limit, for what a process drifts in the long run."""
        return 1.5 if "shifted" in self.words else 0.0

    @property
    def said(self) -> str:
        """In one line, as it is printed with every figure."""
        meaning = ("every value within a tolerance is as likely" if self.distribution == UNIFORM
                   else f"{self.words.partition(',')[0]}, a tolerance is {self.sigmas:g} sigma")
        beyond = "none" if self.is_truncated else f"{100 * math.erfc(self.sigmas / math.sqrt(2)):.2g} %"
        more = f", {beyond} beyond it" if self.distribution == NORMAL else ""
        more += f", readings moved {self.shift:g} sigma towards the nearer limit" if self.shift else ""
        return f"{meaning}{more}; dimensions independent; {self.samples:,} samples, seed {self.seed}"

    def spread(self, value: Toleranced) -> tuple[float, float]:
        """Mean (from nominal) and standard deviation of a dimension."""
        half = (value.plus + value.minus) / 2
        narrower = _cut(self.sigmas) if self.is_truncated and self.distribution == NORMAL else 1.0
        return (value.plus - value.minus) / 2, half / self.sigmas * narrower

    def stream(self, key: str) -> Any:
        """The random numbers of one dimension, the same whatever else is studied."""
        import numpy as np

        return np.random.Generator(np.random.SFC64([self.seed, zlib.crc32(key.encode())]))

    def draw(self, stream: Any, value: Toleranced, count: int) -> np.ndarray[Any, np.dtype[np.float32]]:
        """So many values of a dimension, as what they are more than nominal, in nm."""
        import numpy as np

        middle, half = np.float32((value.plus - value.minus) / 2), np.float32((value.plus + value.minus) / 2)
        drawn: np.ndarray[Any, np.dtype[np.float32]]
        if self.distribution == UNIFORM:
            drawn = stream.random(count, dtype=np.float32)
            drawn *= 2 * half
            drawn += middle - half
            return drawn
        drawn = stream.standard_normal(count, dtype=np.float32)
        if self.is_truncated:
            beyond = np.flatnonzero(np.abs(drawn) > self.sigmas)
            while len(beyond):
                drawn[beyond] = stream.standard_normal(len(beyond), dtype=np.float32)
                beyond = beyond[np.abs(drawn[beyond]) > self.sigmas]
        drawn *= np.float32(half / np.float32(self.sigmas))
        drawn += middle
        return drawn


def assumptions_of(stated: str, samples: int = 0, seed: int = 0) -> Assumptions:
    """Those that a package (or the deck it is judged by) states, "" for the usual."""
    return Assumptions(stated or TOLERANCES[0], samples or SAMPLES, seed or SEED)


def _cut(sigmas: float) -> float:
    """Standard deviation of a normal distribution of which nothing is left beyond so many of its own."""
    density = math.exp(-sigmas**2 / 2) / math.sqrt(2 * math.pi)
    return math.sqrt(1 - 2 * sigmas * density / math.erf(sigmas / math.sqrt(2)))
