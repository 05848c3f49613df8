"""Ball, bump and lead arrays: which sites there are, what they are called and where they lie."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Sites:
    """Named sites: ``names`` (n) and ``xy`` (n, 2) in nm; ``uuids`` (n) or empty where the source has none."""

    names: tuple[str, ...]
    xy: IntArray
    uuids: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.names)
