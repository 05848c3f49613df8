"""Files in which several packages have a row each, such as KiCad's library tables: only our own row in them is ours."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Optional

from ..faults import Fault
from ..output_file import hash_of
from .memory import Hashes


@dataclass(frozen=True)
class Shared:
    """How our row stands in a file. ``row`` is what is to stand there, b"" for none.

    ``found`` gives our row as it stands in a content, however it is laid out; b"" where there is none, None for a content
    that is no such table. ``put`` gives a content (b"": none yet) with another row in the place of ours; b"" if no row is left.
    """

    row: bytes
    found: Callable[[bytes], Optional[bytes]]
    put: Callable[[bytes, bytes], bytes]


def taken_up(folder: Path, shared: Mapping[str, Shared], files: Mapping[str, bytes], known: Hashes, force: bool
             ) -> tuple[dict[str, bytes], Hashes, list[str], list[Fault]]:
    """``files`` with the shared ones as they are to be; the hash of our row in each; those that go; what speaks against it.

    Raises OSError.
    """
    whole = dict(files)
    rows: Hashes = {}
    gone: list[str] = []
    faults: list[Fault] = []
    for path, one in shared.items():
        there = _content(folder / path)
        ours = one.found(there) if there else b""
        due = one.found(one.put(b"", one.row)) if one.row else b""
        assert due is not None
        fault = "" if force else _edited(path, there, ours, due, known)
        if fault:
            faults.append(Fault(str(folder / path), f"{fault}; it stays as it is, and nothing else was written. Move it away, "
                                "build into another folder, or overwrite it with --force"))
            continue
        if one.row:
            whole[path] = there if there and ours == due else one.put(b"" if ours is None else there, one.row)
            rows[path] = [hash_of(due)]
        elif ours and hash_of(ours) in known.get(path, ()):
            content = one.put(there, b"")
            whole.update({path: content} if content else {})
            gone += [] if content else [path]
    return whole, rows, gone, faults


def _edited(path: str, there: bytes, ours: Optional[bytes], due: bytes, known: Hashes) -> str:
    """Why this file must not be touched, "" where it may be."""
    if not there or not due or ours == due:
        return ""
    hashes = known.get(path, ())
    if ours is None or (ours and not hashes):
        return ("was edited since Overmold wrote it" if hashes
                else "is there already and was not written by Overmold for this package")
    mine = hash_of(ours) in hashes or hash_of(there) in hashes  # the whole file is what earlier versions remember
    return "" if mine or not (ours or hashes) else "was edited since Overmold wrote it"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
