"""UUIDs that are the same in every run: cut from one stream of hash output per name."""

from __future__ import annotations

from hashlib import shake_128

import numpy as np

_PARTS = ((0, 8, 0), (8, 12, 1), (12, 16, 2), (16, 20, 3), (20, 32, 4))  # hex digits from, to, hyphens before them


def uuids(name: str, count: int) -> list[bytes]:
    """``count`` UUIDs of version 8 (free content, RFC 9562) that depend on ``name`` and nothing else."""
    digits = np.frombuffer(shake_128(name.encode()).hexdigest(16 * count).encode(), np.uint8).reshape(count, 32)
    text = np.full((count, 37), ord("-"), np.uint8)
    for begin, end, hyphens in _PARTS:
        text[:, begin + hyphens:end + hyphens] = digits[:, begin:end]
    text[:, 14] = ord("8")
    text[:, 19] = ord("a")
    text[:, 36] = ord(" ")
    return text.tobytes().split()


class Stream:
    """UUIDs handed out one after another, for the many odd things of one file; ``name`` says whose they are."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left: list[bytes] = []
        self._block = 0

    def next(self) -> str:
        """The next UUID of this name's stream."""
        if not self._left:
            self._left = uuids(f"{self._name} {self._block}", 64)[::-1]
            self._block += 1
        return self._left.pop().decode()
