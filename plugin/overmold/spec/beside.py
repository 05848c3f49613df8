"""Files that a package file names: netlists and coordinates."""

from __future__ import annotations

from pathlib import Path as FilePath
from stat import S_ISREG
from typing import Optional

from ..faults import Fault
from ..marked_yaml import Marked
from .messages import Path
from .types import short

LARGEST_FILE = 200_000_000  # bytes; a million named coordinates are 40 MB


def beside(name: str, path: Path, folder: FilePath, marked: Marked, faults: list[Fault]) -> Optional[bytes]:
    """The content of the file ``name`` in ``folder``; None, and a fault at ``path``, where it cannot be read."""
    file = folder / name
    said = f"there is no file '{short(name)}' beside this one"
    try:
        found = file.stat()  # is_file() takes a name that cannot be for one that is not there, since Python 3.14
        if S_ISREG(found.st_mode):
            if found.st_size <= LARGEST_FILE:
                return file.read_bytes()
            said = f"'{short(name)}' is larger than {LARGEST_FILE // 1_000_000} MB"
    except (FileNotFoundError, NotADirectoryError):
        pass
    except (OSError, ValueError) as error:
        said = f"'{short(name)}' cannot be read: {getattr(error, 'strerror', None) or 'no file has such a name'}"
    faults.append(marked.fault(path, said))
    return None
