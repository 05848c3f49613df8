"""Package files from the disk and onto it: whole or not at all, read back, never over what somebody else wrote since."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..faults import Fault, Faults, fail
from ..input_file import read_input
from ..marked_yaml import utf8
from ..output_file import hash_at, hash_of
from ..output_folder import write_new
from ..package_file import read_package_file, read_package_text
from ..package_file.starter import SCHEMA_FILE, starter
from .draft import Draft

ENDINGS = (".yaml", ".yml")
Seen = Mapping[str, str]  # of each file, by name, the hash of what stood there when it was last looked at


def opened(file: Path) -> Draft:
    """The draft of a package file on the disk; raises Faults where it cannot be read at all."""
    if file.suffix.lower() not in ENDINGS:
        raise fail(str(file), "is not a package file; its name ends in .yaml")
    draft = Draft(file, utf8(read_input(file), str(file)))
    table = _netlist(draft)
    try:
        return draft if not table else Draft(file, draft.text, {table: draft.table(table)})
    except Faults:  # which the form says, too
        return draft


def begun(kind: str, name: str, folder: Path) -> Draft:
    """A new package of one of the starters' kinds, to be saved in ``folder``; raises Faults."""
    files = starter(name, kind)
    first = next(iter(files))
    return Draft(folder / first, files.pop(first), files)


def seen(draft: Draft) -> dict[str, str]:
    """What stands on the disk in the place of the draft's files now; raises Faults."""
    return {name: _hash(draft.file.parent / name) for name in sorted({draft.file.name, *draft.tables})}


def changed_meanwhile(draft: Draft, before: Seen) -> list[str]:
    """The files that would be written over and are not as they were ``before``; raises Faults."""
    return [str(draft.file.parent / name) for name, data in due(draft, before).items()
            if _hash(draft.file.parent / name) not in ("", before.get(name, ""), hash_of(data))]


def due(draft: Draft, before: Seen) -> dict[str, bytes]:
    """What is to be written, by name: the package file, and of its tables those that are not as they were ``before``."""
    tables = {name: text.encode() for name, text in draft.tables.items()}
    files = {name: data for name, data in tables.items() if hash_of(data) != before.get(name)}
    if SCHEMA_FILE in files and (draft.file.parent / SCHEMA_FILE).exists():
        del files[SCHEMA_FILE]
    return {**files, draft.file.name: draft.text.encode()}


def save(draft: Draft, before: Seen, unfinished: bool = False) -> tuple[Path, ...]:
    """Write the draft's files, once their text has been read as a package file, and read them back; returns their paths.

    ``unfinished``: also where it cannot be read yet. Raises Faults, and then nothing has been written.
    """
    if not unfinished:
        read_package_text(draft.text, str(draft.file), draft.file.parent, draft.folder.texts)
    files = due(draft, before)
    links = [name for name in files if (draft.file.parent / name).is_symlink()]
    if links:
        raise Faults([Fault(str(draft.file.parent / name), "is a link; it stays as it is. Remove it, or save under another "
                            "name") for name in links])
    written = write_new(draft.file.parent, files, force=True)
    for path in written:
        if read_input(path) != files[path.name]:
            raise fail(str(path), "does not hold what was just written; look at the disk, and save again")
    if not unfinished:
        read_package_file(draft.file)
    return written


def _netlist(draft: Draft) -> str:
    """The table of its netlist, "" where it has none."""
    try:
        node = draft.marked().at(("netlist",))
    except Faults:
        return ""
    return node.value if node is not None and isinstance(node.value, str) else ""


def _hash(path: Path) -> str:
    try:
        return hash_at(path)
    except OSError as error:
        raise fail(str(path), f"cannot be read: {error.strerror}") from None
