"""What was changed on a board, written back into the package file: line by line, comments and order kept.

Nothing is written before the new text was read back as a package file, and differs from the board in exactly those rows less
that were asked for.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from pathlib import Path

from ..faults import Faults, fail
from ..input_file import read_input
from ..kicad.placing.proposal import Proposal
from ..marked_yaml import Marked, load
from ..marked_yaml.edit import edited
from ..output_file import write_atomically
from ..package_file import read_package_text
from .edits import Changes, edits_of
from .files import files_beside
from .rows import Row, rows_of

__all__ = ["rows_to_take_over", "take_over"]


def rows_to_take_over(made: Proposal, file: Path) -> tuple[Row, ...]:
    """Every difference between the board and the package ``file``, whether it can be written there, and if not why."""
    marked = load(read_input(file), str(file))
    found = []
    for row in rows_of(made, made.spec):
        changes = Changes(marked, file.parent)
        found.append(row.because(edits_of(row, made, changes)))
    return tuple(found)


def take_over(made: Proposal, file: Path, chosen: Collection[str]) -> list[Path]:
    """Write the ``chosen`` rows (their ids) into the package ``file`` and the tables beside it; gives the files written.

    Raises Faults, and then nothing is written.
    """
    before = rows_of(made, made.spec)
    wanted = [row for row in before if row.id in chosen]
    if not wanted:
        raise fail(str(file), "nothing is chosen; tick what is to be taken over")
    text = read_input(file).decode()
    changes = Changes(load(text, str(file)), file.parent)
    for row in wanted:
        why = edits_of(row, made, changes)
        if why:
            raise fail(str(file), f"{row.key} cannot be taken over: {why}")
    new = edited(text, str(file), changes.edits)
    tables = changes.tables()
    _must_be_right(made, file, new, tables, before, wanted)
    written = []
    for name, content in [*tables.items(), *([(file.name, new)] if new != text else [])]:
        write_atomically(file.parent / name, content.encode())
        written.append(file.parent / name)
    return written


def _must_be_right(made: Proposal, file: Path, new: str, tables: dict[str, str], before: Sequence[Row], wanted: Sequence[Row]
                   ) -> None:
    """Read back what is to be written, and look whether exactly the rows that are wanted are gone."""
    try:
        if tables:
            with tempfile.TemporaryDirectory(prefix="overmold") as name:
                _copy(load(new, str(file)), file.parent, Path(name), tables)
                spec = read_package_text(new, str(file), Path(name))
        else:
            spec = read_package_text(new, str(file), file.parent)
    except Faults as caught:
        raise fail(str(file), f"what was ticked leaves no package file ({caught.faults[0].message}); tick what belongs to it "
                              "too, or change it by hand; nothing was written") from None
    due = {row.id for row in before} - {row.id for row in wanted}
    left = {row.id for row in rows_of(made, spec)}
    if left != due:
        others = ", ".join(sorted(left ^ due)[:5])
        raise fail(str(file), f"what was ticked cannot be changed by itself: {others} would change or stay as well; tick that "
                              "too, or change it by hand; nothing was written")


def _copy(marked: Marked, beside: Path, folder: Path, tables: dict[str, str]) -> None:
    """Everything that the package file is read with, as it is to be, in a folder of its own."""
    for name in files_beside(marked):
        if Path(name).is_absolute() or ".." in Path(name).parts:
            raise fail(marked.source, f"'{name}' does not lie beside this file; change it by hand")
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if name in tables or (beside / name).is_file():
            write_atomically(folder / name, tables[name].encode() if name in tables else read_input(beside / name))
