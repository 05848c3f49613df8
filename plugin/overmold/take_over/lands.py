"""The lands on the customer's board, as a board states them, in the table beside the package file."""

from __future__ import annotations

from pathlib import Path as FilePath

from ..input_file import read_input
from ..land_table import land_table, lands_of_file
from ..marked_yaml import Marked
from ..marked_yaml.edit import REMOVE, Edit
from ..package import Land, Package
from ..tables.sheets import is_workbook
from .rows import BY_HAND
from .where import text_at

KEY = "lands"


def lands_of(board: Package, marked: Marked, folder: FilePath) -> tuple[str, list[Edit], dict[str, str]]:
    """Why the table is to be changed by hand ("" where it is not), what changes in the package file, and the table by its name.

    Rows keep the order that they have in the table; further ones come last.
    """
    stated = text_at(marked, (KEY,))
    if not board.lands:
        return "", [Edit((KEY,), REMOVE)], {}
    if stated is None:
        name = f"{FilePath(marked.source).stem}_lands.csv"
        if (folder / name).exists():
            return f"the file names no table of lands, and {name} is there already; {BY_HAND}", [], {}
        return "", [Edit((KEY,), name)], {name: land_table(board.lands)}
    data = read_input(folder / stated)
    if is_workbook(data):
        return f"{stated} is a workbook; {BY_HAND}", [], {}
    if any(line.lstrip().startswith((b"#", b";", b"//")) for line in data.splitlines()):
        return f"{stated} has comments, which would be lost; {BY_HAND}", [], {}
    known = lands_of_file(data, stated, [])
    order = {name: i for i, name in reversed(list(enumerate(land.name for land in known)))}
    return "", [], {stated: land_table(sorted(board.lands, key=lambda land: _place(land, order)))}


def _place(land: Land, order: dict[str, int]) -> int:
    return order.get(land.name, len(order) + 1 + max(order.values(), default=0))
