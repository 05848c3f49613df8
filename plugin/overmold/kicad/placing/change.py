"""One thing that placing a package can do to a board."""

from __future__ import annotations

from dataclasses import dataclass

NEW, CHANGED, GONE, MOVED, BLOCKED = "new", "changed", "gone", "moved", "blocked"


@dataclass(frozen=True)
class Change:
    """One thing that can be done; ``unit`` is what to, ``words`` are for people, ``ticked`` whether it is done unless
    somebody says no. One that is ``BLOCKED`` cannot be chosen."""

    kind: str
    unit: str
    words: tuple[str, ...]
    ticked: bool

    @property
    def id(self) -> str:
        """Names it among the changes of a proposal."""
        return f"{self.kind} {self.unit}"
