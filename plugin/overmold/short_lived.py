"""What a process does that ends as soon as it has answered."""

from __future__ import annotations

import atexit
import gc


def collect_little() -> None:
    """For a process that lives for a third of a second: looking for garbage among what is needed to the end takes a part of
    that, looking for it again at the end another."""
    gc.set_threshold(1_000_000)
    atexit.unregister(gc.freeze)
    atexit.register(gc.freeze)
