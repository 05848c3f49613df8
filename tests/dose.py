"""How many random designs a test tries: a few with every change, all of them with ``OVERMOLD_RANDOM=all``."""

from __future__ import annotations

import os


def dose(few: int, all_of_them: int) -> int:
    return all_of_them if os.environ.get("OVERMOLD_RANDOM") == "all" else few
