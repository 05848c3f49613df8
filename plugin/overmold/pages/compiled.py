"""Templates as they were compiled by an earlier process: a press need not wait for jinja2 to compile them anew.

They are kept where the buttons keep all that can be made again, and only where that folder is: a check in CI leaves nothing
behind. What is kept is code, so it is read only from files that nobody but their owner can have written.
"""

from __future__ import annotations

import os
import stat
import sys
from functools import lru_cache
from pathlib import Path
from pickle import UnpicklingError
from typing import TYPE_CHECKING, Optional

from ..faults import Faults
from ..output_file import write_atomically
from ..state import folder

if TYPE_CHECKING:
    import jinja2

_OTHERS = stat.S_IWGRP | stat.S_IWOTH
_BROKEN = (OSError, EOFError, ValueError, TypeError, IndexError, AttributeError, ImportError, UnpicklingError)
LARGEST = 2_000_000  # bytes of one template, compiled


@lru_cache(maxsize=1)
def compiled_before() -> Optional[jinja2.BytecodeCache]:
    """Where jinja2 finds and leaves compiled templates; None where there is no folder for them."""
    where = folder() / f"templates-{sys.implementation.cache_tag}"
    if not _own(where.parent):
        return None
    from jinja2.bccache import Bucket, BytecodeCache

    class Compiled(BytecodeCache):
        """A file for each template; one that is not as it should be is made anew, and none is a reason to fail."""

        def load_bytecode(self, bucket: Bucket) -> None:
            file = where / bucket.key
            if _own(where) and _own(file) and file.stat().st_size <= LARGEST:
                try:
                    bucket.bytecode_from_string(file.read_bytes())
                except _BROKEN:
                    bucket.reset()

        def dump_bytecode(self, bucket: Bucket) -> None:
            try:
                where.mkdir(mode=0o700, exist_ok=True)
                write_atomically(where / bucket.key, bucket.bytecode_to_string(), private=True)
            except (OSError, Faults):
                return

    return Compiled()


def _own(path: Path) -> bool:
    """Whether it is there, no link, and this user's alone to write."""
    try:
        found = path.lstat()
    except OSError:
        return False
    if stat.S_ISLNK(found.st_mode):
        return False
    return sys.platform == "win32" or (found.st_uid == os.getuid() and not found.st_mode & _OTHERS)
