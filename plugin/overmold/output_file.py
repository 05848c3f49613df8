"""Files onto the disk: all of them or none, and never over what somebody has edited."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from .faults import Fault, Faults, fail

Hashes = dict[str, list[str]]


def write_atomically(path: Path, data: bytes) -> None:
    """Write one file beside its place and rename it into it; raises Faults where that cannot be done.

    A link stays a link; what is no ordinary file (``/dev/null``, a pipe) is written to, never replaced.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(data)
            return
        handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            _rights(Path(beside), target)
            Path(beside).replace(target)
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise
    except (OSError, RuntimeError, ValueError) as error:  # a looping link, up to Python 3.12; a name that no file can have
        why = error.strerror if isinstance(error, OSError) else "its name leads nowhere"
        raise fail(str(path), f"cannot be written: {why}") from None


def write_all(folder: Path, name: str, files: Mapping[str, bytes], force: bool) -> tuple[Path, ...]:
    """Write ``files`` (by path inside ``folder``) and remember them under ``name``; returns their paths.

    Files of an earlier run that are not among them any more, and that nobody touched, are removed. Raises Faults.
    """
    memory = folder / f".{name}.overmold.json"
    try:
        known = _remembered(memory)
        edited = [] if force else _edited(folder, files, known)
        if edited:
            raise Faults(edited)
        stale = [old for old in known if old not in files and _hash_of(folder / old) in known[old]]
        _replace_all(folder, files, stale, memory, known)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(folder)
        raise fail(where, f"cannot be written: {error.strerror or error}") from None
    return tuple(folder / path for path in files)


def write_new(folder: Path, files: Mapping[str, bytes], force: bool = False) -> tuple[Path, ...]:
    """Write ``files`` (by name) that are for people to edit: over none that is there and differs, but with ``force``.

    All of them or none; returns their paths. Raises Faults.
    """
    try:
        there = [name for name, data in files.items() if _hash_of(folder / name) not in ("", _hash(data))]
        if there and not force:
            raise Faults([Fault(str(folder / name), "is there already and differs; it stays as it is, and nothing was written. "
                                "Move it away, write to another folder (-o), or overwrite it with --force") for name in there])
        _exchange(folder, files)
    except OSError as error:
        where = error.filename if isinstance(error.filename, str) else str(folder)
        raise fail(where, f"cannot be written: {error.strerror or error}") from None
    return tuple(folder / name for name in files)


def _exchange(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put all files in their places; should one not go, what was there before is there again."""
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder, prefix=".overmold-"))
    done: list[str] = []
    try:
        for name, data in files.items():
            _put(beside / "new" / name, data)
            if (folder / name).exists():
                (beside / "old").mkdir(exist_ok=True)
                shutil.copy2(folder / name, beside / "old" / name)
        for name in files:
            done.append(name)
            (beside / "new" / name).replace(folder / name)
    except BaseException:
        for name in done:
            if (beside / "old" / name).exists():
                (beside / "old" / name).replace(folder / name)
            else:
                (folder / name).unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _edited(folder: Path, files: Mapping[str, bytes], known: Hashes) -> list[Fault]:
    faults = []
    for path, data in files.items():
        there = _hash_of(folder / path)
        if there in ("", _hash(data)) or there in known.get(path, ()):
            continue
        was = ("was edited since Overmold wrote it" if path in known
               else "is there already and was not written by Overmold for this package")
        faults.append(Fault(str(folder / path), f"{was}; it stays as it is, and nothing else was written. "
                            "Move it away, build into another folder, or overwrite it with --force"))
    return faults


def _replace_all(folder: Path, files: Mapping[str, bytes], stale: list[str], memory: Path, known: Hashes) -> None:
    new = {path: [_hash(data)] for path, data in files.items()}
    changed = {path: data for path, data in files.items() if _hash_of(folder / path) != new[path][0]}
    made = [path for path in _folders(folder, files) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder, prefix=".overmold-"))
    done: list[str] = []
    try:
        for path, data in changed.items():
            _put(beside / "new" / path, data)
        # Should the machine stop half-way, both the old and the new files still count as ours.
        both = {path: sorted({*known.get(path, ()), *new.get(path, ())}) for path in {**known, **new}}
        _put(beside / "memory", _as_json(both))
        _put(beside / "memory-after", _as_json(new))
        for at in made:
            at.mkdir(exist_ok=True)
        (beside / "memory").replace(memory)
        for path in [*changed, *stale]:
            target, kept = folder / path, beside / "old" / path
            kept.parent.mkdir(parents=True, exist_ok=True)
            if target.exists():
                shutil.copy2(target, kept)
            done.append(path)
            if path in stale:
                target.unlink()
            else:
                (beside / "new" / path).replace(target)
        (beside / "memory-after").replace(memory)
    except BaseException:
        _restore(folder, beside, done, made, memory, known)
        raise
    finally:
        shutil.rmtree(beside, ignore_errors=True)
        if folder in made and not memory.exists():
            folder.rmdir()


def _restore(folder: Path, beside: Path, done: list[str], made: list[Path], memory: Path, known: Hashes) -> None:
    for path in reversed(done):
        kept = beside / "old" / path
        if kept.exists():
            kept.replace(folder / path)
        else:
            (folder / path).unlink(missing_ok=True)
    if known:
        memory.write_bytes(_as_json(known))
    else:
        memory.unlink(missing_ok=True)
    for at in reversed(made):
        if at != folder:
            shutil.rmtree(at, ignore_errors=True)


def _folders(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    return sorted({folder, *((folder / path).parent for path in files)})


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _rights(path: Path, target: Path) -> None:
    """Those of the file that is replaced, else those that a file made in the ordinary way would have."""
    if target.exists():
        shutil.copymode(target, path)
        return
    mask = os.umask(0)
    os.umask(mask)
    path.chmod(0o666 & ~mask)


def _hash(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _hash_of(path: Path) -> str:
    """The hash of what stands there, "" where nothing does; something that is no file raises OSError."""
    try:
        return _hash(path.read_bytes())
    except FileNotFoundError:
        return ""


def _remembered(memory: Path) -> Hashes:
    """What an earlier run wrote; a memory that cannot be read is none, so that then every file counts as edited."""
    try:
        found = json.loads(memory.read_text(encoding="utf-8"))["files"]
        return {str(path): [str(each) for each in hashes] for path, hashes in found.items()}
    except (FileNotFoundError, ValueError, KeyError, TypeError, AttributeError):
        return {}


def _as_json(hashes: Hashes) -> bytes:
    about = "What Overmold wrote here, so that it never overwrites what you have edited since. Safe to delete."
    return (json.dumps({"about": about, "files": dict(sorted(hashes.items()))}, indent=1) + "\n").encode()
