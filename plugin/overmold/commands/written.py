"""What is said of package files that were made from something else."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ..faults import Faults
from ..plain import one_line
from .console import err, out

if TYPE_CHECKING:
    from ..package import Package


def tell_written(source: Path, package: Package, written: Sequence[Path], notes: Iterable[str]) -> None:
    """Name the files that were written; what to know about them goes to stderr, with what has to be mended first."""
    from ..package_file import read_package_file
    from ..package_file.writing.lacking import needed

    for file in written:
        out(f"{one_line(str(file))}\n")
    for note in notes:
        err(note if note.startswith(str(source)) else f"{source}: {note}")
    if not needed(package):
        try:
            read_package_file(written[0])
        except Faults as faults:
            for fault in faults.faults:
                err(f"mend before it can be checked: {fault}")
