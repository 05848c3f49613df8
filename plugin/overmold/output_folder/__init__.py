"""Files into a folder: all of them or none, one run after the other, and never over what somebody has edited."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Callable, Optional

from ..faults import Fault, Faults, fail
from ..file_names import alike
from ..output_file import hash_at, hash_of, put
from .lock import locked, under_way
from .memory import Hashes, as_json, leads_out, may_go, remembered
from .shared import Shared, taken_up

__all__ = ["Shared", "foreseen", "write_all", "write_new"]

Say = Callable[[str], None]


def write_all(folder: Path, name: str, files: Mapping[str, bytes], force: bool, shared: Optional[Mapping[str, Shared]] = None,
              say: Say = lambda words: None, keep: bool = False) -> tuple[Path, ...]:
    """Write ``files`` (by path inside ``folder``) and remember them under ``name``; returns their paths.

    Of each of the ``shared`` files only one row is ours. Files of an earlier run that are not among them any more, and that
    nobody touched, are removed, or with ``keep`` stay. What was wrong and could be passed over is given to ``say``. Raises
    Faults.
    """
    _no_file(folder)
    memory = folder / f".{name}.overmold.json"
    made = not folder.exists()
    try:
        with locked(folder):
            known, wrong = remembered(memory)
            if wrong:
                say(f"{memory}: {wrong}, and is ignored: what stands here counts as your own")
            shared = shared or {}
            files, rows, gone, faults = taken_up(folder, shared, files, known, force)
            new = {path: [hash_of(data)] for path, data in files.items() if path not in shared}
            faults += [] if force else _edited(folder, new, known)
            faults += _out_of_place(folder, files, known)
            if faults:
                raise Faults(faults)
            others = [old for old in known if old not in files and old not in shared]
            stale = [*gone, *(old for old in others if not keep and may_go(folder, old, known[old]))]
            new.update(rows)
            new.update({old: known[old] for old in others if keep})
            _replace_all(folder, files, stale, memory, known, new)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(folder)
        raise fail(where, f"cannot be written: {error.strerror or error}") from None
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()  # only where nothing came to stand in it
    return tuple(folder / path for path in files)


def foreseen(folder: Path, name: str, files: Mapping[str, bytes], shared: Mapping[str, Shared]
             ) -> tuple[dict[str, str], list[Fault]]:
    """What ``write_all`` would do with these files: "new" or "changed" by path, nothing for one that is as it is to be; and
    what it would refuse to touch. Raises Faults where the folder cannot be looked into."""
    try:
        known, _ = remembered(folder / f".{name}.overmold.json")
        whole, _, _, faults = taken_up(folder, shared, files, known, False)
        faults += _edited(folder, {path: [hash_of(data)] for path, data in files.items() if path not in shared}, known)
        faults += _out_of_place(folder, whole, known)
        refused = {fault.file for fault in faults}
        due = {path: hash_at(folder / path) for path, data in whole.items()
               if str(folder / path) not in refused and hash_at(folder / path) != hash_of(data)}
    except OSError as error:
        raise fail(str(folder), f"cannot be looked into: {error.strerror or error}") from None
    return {path: "changed" if there else "new" for path, there in due.items()}, faults


def write_new(folder: Path, files: Mapping[str, bytes], force: bool = False) -> tuple[Path, ...]:
    """Write ``files`` (by name) that are for people to edit: over none that is there and differs, but with ``force``.

    All of them or none; returns their paths. Raises Faults.
    """
    _no_file(folder)
    made = not folder.exists()
    try:
        with locked(folder):
            there = [name for name, data in files.items() if hash_at(folder / name) not in ("", hash_of(data))]
            if there and not force:
                raise Faults([Fault(str(folder / name), "is there already and differs; it stays as it is, and nothing was "
                                    "written. Move it away, write to another folder (-o), or overwrite it with --force")
                              for name in there])
            _exchange(folder, files)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(folder)
        raise fail(where, f"cannot be written: {error.strerror or error}") from None
    finally:
        if made:
            with suppress(OSError):
                folder.rmdir()
    return tuple(folder / name for name in files)


def _no_file(folder: Path) -> None:
    """Raises Faults where a file has the name of the folder that is to be written to."""
    with suppress(OSError, ValueError):  # a name that no folder can have is told by who makes it
        if folder.is_file():
            raise fail(str(folder), "is a file; name a folder to write to")


def _exchange(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put all files in their places; should one not go, what was there before is there again."""
    with under_way(folder) as beside:
        done: list[str] = []
        try:
            for name, data in files.items():
                put(beside / "new" / name, data)
                _keep(folder / name, beside / "old" / name)
            for name in files:
                done.append(name)
                (beside / "new" / name).replace(folder / name)
        except BaseException:
            _give_back(folder, beside, done)
            raise


def _edited(folder: Path, new: Hashes, known: Hashes) -> list[Fault]:
    faults = []
    for path in new:
        there = hash_at(folder / path)
        if there in ("", *new[path]) or there in known.get(path, ()):
            continue
        was = ("was edited since Overmold wrote it" if path in known
               else "is there already and was not written by Overmold for this package")
        faults.append(Fault(str(folder / path), f"{was}; it stays as it is, and nothing else was written. "
                            "Move it away, build into another folder, or overwrite it with --force"))
    return faults


def _out_of_place(folder: Path, files: Mapping[str, bytes], known: Hashes) -> list[Fault]:
    """What nobody can ask for: a file outside of the folder, and one that some systems would take for another that is there."""
    faults = [Fault(str((folder / path).parent), "is a link that leads out of the folder to write to; nothing was written. "
                    "Remove the link") for path in files if leads_out(folder, path)]
    names = {alike(path): path for path in files}
    with os.scandir(folder) as entries:
        for entry in entries:
            due = names.get(alike(entry.name), entry.name)
            if due != entry.name and entry.name not in known and not _is_one(folder, entry.name, due):
                faults.append(Fault(str(folder / entry.name), f"differs from {due}, which is to be written, in nothing but "
                                    "capitals or accents: on Windows and macOS they are one file. Move it away, or build into "
                                    "another folder"))
    return faults


def _replace_all(folder: Path, files: Mapping[str, bytes], stale: list[str], memory: Path, known: Hashes, new: Hashes) -> None:
    changed = {path: data for path, data in files.items() if hash_at(folder / path) != hash_of(data)}
    made = [path for path in _folders(folder, files) if not path.exists()]
    with under_way(folder) as beside:
        done: list[str] = []
        before = _bytes(memory)
        try:
            for path, data in changed.items():
                put(beside / "new" / path, data)
            # Should the machine stop half-way, both the old and the new files still count as ours.
            both = {path: sorted({*known.get(path, ()), *new.get(path, ())}) for path in {**known, **new}}
            put(beside / "memory", as_json(both), private=True)
            put(beside / "memory-after", as_json(new), private=True)
            for at in made:
                at.mkdir(exist_ok=True)
            (beside / "memory").replace(memory)
            for path in [*changed, *stale]:
                target = folder / path
                _keep(target, beside / "old" / path)
                done.append(path)
                if path in changed:
                    (beside / "new" / path).replace(target)
                elif not any(_is_one(folder, path, other) for other in files if alike(other) == alike(path)):
                    target.unlink()
            (beside / "memory-after").replace(memory)
        except BaseException:
            _give_back(folder, beside, done)
            _put_back(memory, before)
            for at in reversed(made):
                shutil.rmtree(at, ignore_errors=True)
            raise


def _keep(path: Path, kept: Path) -> None:
    """A copy of what stands there, of a link itself, should it have to come back."""
    if path.exists() or path.is_symlink():
        kept.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, kept, follow_symlinks=False)


def _give_back(folder: Path, beside: Path, done: Sequence[str]) -> None:
    for path in reversed(done):
        kept = beside / "old" / path
        if kept.exists() or kept.is_symlink():
            kept.replace(folder / path)
        else:
            (folder / path).unlink(missing_ok=True)


def _bytes(memory: Path) -> Optional[bytes]:
    try:
        return memory.read_bytes() if memory.is_file() and not memory.is_symlink() else None
    except OSError:
        return None


def _put_back(memory: Path, before: Optional[bytes]) -> None:
    if before is None:
        memory.unlink(missing_ok=True)
    else:
        memory.write_bytes(before)


def _is_one(folder: Path, path: str, other: str) -> bool:
    """Whether this disk has one file for the two names."""
    try:
        return (folder / path).samefile(folder / other)
    except OSError:
        return False


def _folders(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    return sorted({(folder / path).parent for path in files} - {folder})
