"""UUIDs that are the same in every run: cut from one stream of hash output per name."""

from __future__ import annotations

from hashlib import shake_128


def uuids(name: str, count: int) -> list[str]:
    """``count`` UUIDs of version 8 (free content, RFC 9562) that depend on ``name`` and nothing else."""
    stream = shake_128(name.encode()).hexdigest(16 * count)
    each = (stream[i:i + 32] for i in range(0, 32 * count, 32))
    return [f"{s[:8]}-{s[8:12]}-8{s[13:16]}-a{s[17:20]}-{s[20:]}" for s in each]


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
