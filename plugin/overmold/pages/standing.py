"""How a verdict on a page stands: of when it is, and whether a newer check runs, or could not run."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

RUNS = "A new check is running."
FAILED = "A new check could not run, so this may not be what the board is now."


class Standing:
    """The verdict of one page, in all its tabs: ``number`` counts the checks, ``at`` is when the last one that ran began,
    ``stale`` says in words why its verdict holds no more, and is "" while it does."""

    def __init__(self) -> None:
        self.number, self.at, self.stale = 1, _now(), ""

    @contextmanager
    def renewed(self) -> Iterator[None]:
        """While a new check runs; after one that raises, the old verdict stays, and stays stale."""
        began, self.stale = _now(), RUNS
        try:
            yield
        except BaseException:
            self.stale = FAILED
            raise
        self.number, self.at, self.stale = self.number + 1, began, ""

    @property
    def data(self) -> dict[str, Any]:
        """For the page and its script."""
        return {"number": self.number, "at": self.at, "stale": self.stale}


def _now() -> str:
    return time.strftime("%Y-%m-%d %H:%M:%S")
