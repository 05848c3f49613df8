"""Waiting for what another program does in its own time."""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 120.0  # seconds; a KiCad that starts on a busy machine takes its time, one that answers does so at once


def wait_for(  # type: ignore[no-untyped-def]
    what: Callable[[], object], name: str, patience: float = PATIENCE, every: float = 0.2
):
    """What ``what`` gives as soon as it is not nothing, asked again ``every`` so many seconds; fails after ``patience``."""
    end = time.monotonic() + patience
    while not (found := what()):
        assert time.monotonic() < end, f"waited in vain for {name}"
        time.sleep(every)
    return found
