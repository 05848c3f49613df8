"""What becomes of a package that was read from somewhere else when it is written as a package file."""

from __future__ import annotations

from ...package import Package
from .lacking import lacking
from .sayable import sayable
from .text import BOARD


def as_a_file(package: Package, teller: str = BOARD) -> tuple[Package, tuple[str, ...]]:
    """The package with nothing in it that a file cannot hold, and notes: what was changed, what has to be filled in."""
    mended, changes = sayable(package)
    return mended, (*changes, *lacking(mended, teller))
