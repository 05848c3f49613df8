"""What a check found out, for people and for programs.

``FORMATS`` has each way to write it by name. There is no list to edit: every file of the folder ``formats`` is one, called
like its file, and has ``write(reports, view)``. Importing this costs nothing; a format is loaded when it writes.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pkgutil import iter_modules
from typing import TYPE_CHECKING, Callable

if TYPE_CHECKING:
    from .finding import Report, View


Format = Callable[[Sequence["Report"], "View"], str]


def _format(module: str) -> Format:
    def write(reports: Sequence[Report], view: View) -> str:
        words: str = import_module(f"{__name__}.formats.{module}").write(reports, view)
        return words

    return write


FORMATS: dict[str, Format] = {
    found.name.replace("_", "-"): _format(found.name) for found in iter_modules([f"{__path__[0]}/formats"])
}

__all__ = ["FORMATS", "Format"]
