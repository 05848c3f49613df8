"""What becomes of a package that was read from somewhere else when it is written as a package file."""

from __future__ import annotations

from ...package import Package
from .lacking import lacking
from .sayable import sayable


def as_a_file(package: Package) -> tuple[Package, tuple[str, ...]]:
    """The package with nothing in it that a file cannot hold, and notes: what was changed, what has to be filled in."""
    mended, changes = sayable(package)
    return mended, (*changes, *lacking(mended))
