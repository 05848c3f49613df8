"""Lands on the customer's board, out of a table that a package file names."""

from __future__ import annotations

from typing import Optional

from ...faults import Fault
from ...land_table import lands_of_file
from ...marked_yaml import Marked
from ...package import Land
from .beside import Folder, beside


def stated_lands(name: Optional[str], marked: Marked, folder: Folder, faults: list[Fault]) -> tuple[Land, ...]:
    """The lands of the table ``name`` that a package file names; none where it names none."""
    data = beside(name, ("lands",), folder, marked, faults) if name is not None else None
    return lands_of_file(data, folder.shown(name), faults) if data is not None and name is not None else ()
