"""Files that a package file names: netlists and coordinates."""

from __future__ import annotations

from pathlib import Path as FilePath
from typing import Optional

from ..faults import Fault
from ..marked_yaml import Marked
from .messages import Path
from .types import short

LARGEST_FILE = 200_000_000  # bytes; a million named coordinates are 40 MB


def beside(name: str, path: Path, folder: FilePath, marked: Marked, faults: list[Fault]) -> Optional[bytes]:
    """The content of the file ``name`` in ``folder``; None, and a fault at ``path``, where it cannot be read."""
    file = folder / name
    try:
        if not file.is_file():
            said = f"there is no file '{short(name)}' beside this one"
        elif file.stat().st_size > LARGEST_FILE:
            said = f"'{short(name)}' is larger than {LARGEST_FILE // 1_000_000} MB"
        else:
            return file.read_bytes()
    except (OSError, ValueError) as error:
        said = f"'{short(name)}' cannot be read: {getattr(error, 'strerror', None) or 'no file has such a name'}"
    faults.append(marked.fault(path, said))
    return None
