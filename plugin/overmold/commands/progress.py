"""A bar on standard error while something takes longer than a second, on a terminal alone."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Optional

from .console import err_as_is

_SILENT = 1.0  # seconds for which nobody wonders
_OFTEN = 0.1
_WIDTH = 30


class Progress:
    """``with Progress("filling") as say: work(say)``; ``say`` takes the share that is done. What it drew is gone at the end."""

    def __init__(self, words: str) -> None:
        self.words = words
        self.begun = self.last = time.monotonic()
        self.drawn = False
        self.wanted = sys.stderr is not None and sys.stderr.isatty()

    def __enter__(self) -> Progress:
        return self

    def __call__(self, share: float) -> None:
        now = time.monotonic()
        if not self.wanted or now - self.begun < _SILENT or now - self.last < _OFTEN:
            return
        self.last, self.drawn = now, True
        full = round(_WIDTH * min(1.0, max(0.0, share)))
        err_as_is(f"\r{self.words} [{'#' * full}{'.' * (_WIDTH - full)}] {100 * share:3.0f} %")

    def __exit__(self, kind: Optional[type[BaseException]], error: Optional[BaseException],
                 trace: Optional[TracebackType]) -> None:
        if self.drawn:
            err_as_is("\r\x1b[K")
