"""The tables that a package file names."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..marked_yaml import Marked

_NAMES = ("netlist", "csv", "lands")


def files_beside(marked: Marked) -> list[str]:
    """The names of the files beside a package file that it is read with, each once."""
    return list(dict.fromkeys(_files(marked.data)))


def _files(data: Any) -> Iterator[str]:
    if isinstance(data, dict):
        yield from (value for key, value in data.items() if key in _NAMES and isinstance(value, str))
        data = list(data.values())
    for one in data if isinstance(data, list) else ():
        yield from _files(one)
