"""UUIDs that are the same in every run: cut from one stream of hash output per name."""

from __future__ import annotations

from hashlib import shake_128


def uuids(name: str, count: int) -> list[str]:
    """``count`` UUIDs of version 8 (free content, RFC 9562) that depend on ``name`` and nothing else."""
    stream = shake_128(name.encode()).hexdigest(16 * count)
    return [
        f"{stream[i:i + 8]}-{stream[i + 8:i + 12]}-8{stream[i + 13:i + 16]}-a{stream[i + 17:i + 20]}-{stream[i + 20:i + 32]}"
        for i in range(0, 32 * count, 32)
    ]


class Stream:
    """UUIDs handed out one after another, for the many odd things of one file; ``name`` says whose they are."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._left: list[str] = []
        self._block = 0

    def next(self) -> str:
        """The next UUID of this name's stream."""
        if not self._left:
            self._left = uuids(f"{self._name} {self._block}", 64)[::-1]
            self._block += 1
        return self._left.pop()
