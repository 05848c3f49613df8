"""What in the plugin's folder is somebody's own: an installation remembers its files, and all others are kept and named."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Optional

from .payload import LEFT_OUT

MEMORY = ".overmold.json"  # in the plugin's folder
_ASIDE = ".kept"  # where what would be run as code of ours goes
_LARGEST = 1_000_000  # bytes
# What a version without a memory, or KiCad's manager, has put there.
_TOP = {"plugin.json", "requirements.txt", "LICENSE", "metadata.json", "check_package.py", "place_package.py",
        "package_from_selection.py"}
_FOLDERS = {"overmold", "icons"}


def names_as_json(names: Iterable[str]) -> bytes:
    """The memory of an installation: the files it consists of."""
    about = "What Overmold has put into this folder; every other file is yours and stays."
    return (json.dumps({"about": about, "files": sorted(names)}, indent=1) + "\n").encode()


def own_files(folder: Path) -> tuple[str, ...]:
    """Files and links in a plugin's folder that no installation has put there, by their path inside, in order.

    Of a link in its place, and of an empty place, there are none. Raises OSError.
    """
    if folder.is_symlink() or not folder.is_dir():
        return ()
    ours = _remembered(folder / MEMORY)
    found = []
    for top, folders, files in os.walk(folder):
        links = [name for name in folders if (Path(top) / name).is_symlink()]
        folders[:] = [name for name in folders if name not in LEFT_OUT and name not in links]
        found += [(Path(top) / name).relative_to(folder).as_posix() for name in (*files, *links)]
    return tuple(sorted(name for name in found if name != MEMORY and not _is_ours(name, ours)))


def keep(folder: Path, names: Iterable[str], into: Path, files: Mapping[str, bytes]) -> tuple[str, ...]:
    """Copy somebody's own files, links as links, into the new folder; their paths there. Raises OSError.

    Code inside our own package, and what a new version has a file of its own for, goes to a hidden folder, where it is not run.
    """
    kept = []
    for name in names:
        aside = name in files or name.startswith("overmold/")
        kept.append(f"{_ASIDE}/{name}" if aside else name)
        target = into / kept[-1]
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(folder / name, target, follow_symlinks=False)
    return tuple(kept)


def _is_ours(name: str, ours: Optional[set[str]]) -> bool:
    if ours is None:
        return name in _TOP or name.partition("/")[0] in _FOLDERS
    return name in ours


def _remembered(memory: Path) -> Optional[set[str]]:
    """The files of the installation; None where that is not known."""
    try:
        if memory.is_symlink() or memory.stat().st_size > _LARGEST:
            return None
        found = json.loads(memory.read_bytes())["files"]
        return {str(name) for name in found} if isinstance(found, list) else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
