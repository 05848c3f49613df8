"""What becomes of a package that was read from somewhere else when it is written as a package file."""

from __future__ import annotations

from ...package import Package
from ...package.moved import at_home
from .frame import misplaced_leads
from .lacking import lacking
from .sayable import sayable
from .text import BOARD

_SHOWN = 12  # leads that one note lists


def as_a_file(package: Package, teller: str = BOARD) -> tuple[Package, tuple[str, ...]]:
    """The package with nothing in it that a file cannot hold, and notes: what was changed, what has to be filled in."""
    mended, changes = sayable(package)
    carrier = at_home(mended).carrier
    moved: list[str] = []
    if carrier is not None and carrier.frame is not None:
        moved = misplaced_leads(carrier.frame, carrier.outline.size)
    listed = ", ".join(moved[:_SHOWN]) + (f" and {len(moved) - _SHOWN} more" if len(moved) > _SHOWN else "")
    elsewhere = [f"leads that lie elsewhere than a regular frame has them: {listed}; the package file has the regular "
                 "frame"] if moved else []
    return mended, (*changes, *elsewhere, *lacking(mended, teller))
