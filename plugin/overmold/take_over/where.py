"""Where in a package file the part stands that a board calls so."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional

from ..compare.match import Names
from ..marked_yaml import Marked
from ..package import keys
from ..package_file.where import Path, entry_of, path_in_file, text_at


def path_of(key: str, marked: Marked, names: Names) -> Optional[Path]:
    """The path of a part or datum that is called ``key`` on the board; None where the file has no such part."""
    renamed = names.chips if keys.is_within(key, keys.CHIPS) else names.passives
    return path_in_file(key, marked, lambda name: in_file(name, renamed))


def in_file(name: str, renamed: Mapping[str, str]) -> str:
    """What the package file calls the part or net that the board calls so."""
    return next((old for old, new in renamed.items() if new == name), name)


def listed_at(marked: Marked, path: Path) -> list[Optional[str]]:
    """The words of the list at ``path``; empty where there is none."""
    node = marked.at(path)
    count = len(node.value) if node is not None and isinstance(node.value, list) else 0
    return [text_at(marked, (*path, i)) for i in range(count)]


__all__ = ["Path", "entry_of", "in_file", "listed_at", "path_of", "text_at"]
