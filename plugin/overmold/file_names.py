"""Names that files are called by: which of them one file would answer to somewhere, and which no file can have."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

# Windows takes these for devices, whatever ending follows.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³])\s*(\..*)?")
_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ud800-\udfff]')
LONGEST = 255  # bytes


def alike(name: str) -> str:
    """The same for two names that are one file where capitals, or ways to write an accent, do not count."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())


def is_device(name: str) -> bool:
    """Whether Windows keeps this name for itself."""
    return _DEVICES.fullmatch(name) is not None


def is_plain(name: str) -> bool:
    """Whether every system can have a visible file of this name in the folder it is written to, and nowhere else."""
    return (bool(name) and not _NOT_IN_FILES.search(name) and name[0] not in ". " and name[-1] not in ". "
            and len(name.encode()) <= LONGEST and not is_device(name))


def fit(name: str) -> str:
    """The name with _ for every letter that some system does not take in a file's name."""
    return _NOT_IN_FILES.sub("_", name)


def apart(names: Iterable[str], taken: Iterable[str] = ()) -> list[str]:
    """The names with ``_2``, ``_3`` … behind each that is like an earlier one, or like one that is ``taken``.

    A name that is like no other keeps to itself, whatever stands before it.
    """
    names = list(names)
    own = {alike(name) for name in names}
    used = {alike(name) for name in taken}
    found = []
    for name in names:
        number, one = 1, name
        while alike(one) in used or (one != name and alike(one) in own):
            number += 1
            one = f"{name}_{number}"
        used.add(alike(one))
        found.append(one)
    return found
