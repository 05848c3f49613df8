"""Lands on the customer's board, out of a table that a package file names."""

from __future__ import annotations

from typing import Optional

from ...faults import Fault
from ...marked_yaml import Marked
from ...package import Land
from .beside import Folder, beside


def stated_lands(name: Optional[str], marked: Marked, folder: Folder, faults: list[Fault]) -> tuple[Land, ...]:
    """The lands of the table ``name`` that a package file names; none where it names none."""
    if name is None:
        return ()
    from ...land_table import lands_of_file

    data = beside(name, ("lands",), folder, marked, faults)
    return lands_of_file(data, folder.shown(name), faults) if data is not None else ()
