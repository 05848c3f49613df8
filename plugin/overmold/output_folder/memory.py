"""The hidden file that remembers what was written into a folder. It may have come with a folder that somebody else made,
so it is not trusted: what does not look as ours would is said and ignored, and then every file counts as a person's own."""

from __future__ import annotations

import json
import re
import stat
from pathlib import Path

from ..file_names import is_plain
from ..output_file import hash_of

Hashes = dict[str, list[str]]
LARGEST = 8_000_000  # bytes; a hundred for each file
_HASH = re.compile(r"[0-9a-f]{64}")
_MOST_HASHES = 4
# What a build may take away again: nothing else is ours, whatever a memory says.
_OURS = re.compile(r"([^/]+\.pretty/)?[^/]+\.(kicad_(pcb|pro|dru|sym|mod)|svg)|(fp|sym)-lib-table")


def remembered(path: Path) -> tuple[Hashes, str]:
    """What an earlier run wrote, by path inside the folder, and what is wrong with the memory ("" if nothing is)."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode):
            return {}, "is not a plain file"
        if found.st_size > LARGEST:
            return {}, "is far too large"
        files = json.loads(path.read_bytes())["files"]
        hashes = {name: list(each) for name, each in files.items()}
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"cannot be read ({error.strerror})"
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, "is not as Overmold writes it"
    for name, each in hashes.items():
        if not is_inside(name):
            return {}, "names a file outside of this folder"
        if len(each) > _MOST_HASHES or not all(isinstance(one, str) and _HASH.fullmatch(one) for one in each):
            return {}, "is not as Overmold writes it"
    return hashes, ""


def as_json(hashes: Hashes) -> bytes:
    """The memory as it stands in its file."""
    about = "What Overmold wrote here, so that it never overwrites what you have edited since. Safe to delete."
    return (json.dumps({"about": about, "files": dict(sorted(hashes.items()))}, indent=1) + "\n").encode()


def is_inside(name: str) -> bool:
    """Whether this is a plain name, or one in a folder of a plain name."""
    parts = name.split("/")
    return len(parts) <= 2 and all(map(is_plain, parts))


def may_go(folder: Path, name: str, hashes: list[str]) -> bool:
    """Whether a file of an earlier run may be removed: one of ours as it was written, in the folder itself, no link."""
    path = folder / name
    try:
        return (_OURS.fullmatch(name) is not None and not path.is_symlink() and path.is_file()
                and not leads_out(folder, name) and hash_of(path.read_bytes()) in hashes)
    except OSError:
        return False


def leads_out(folder: Path, name: str) -> bool:
    """Whether the file's own folder is a link to somewhere outside of ``folder``."""
    parent = (folder / name).parent
    return parent != folder and parent.is_symlink() and folder.resolve() not in parent.resolve().parents
