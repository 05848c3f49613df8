"""Where in a package file the part stands that a key names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Optional, Union

from ..compare.match import Names
from ..marked_yaml import Marked
from ..package import keys

Path = tuple[Union[str, int], ...]


def path_of(key: str, marked: Marked, names: Names) -> Optional[Path]:
    """The path of a part or datum that is called ``key`` on the board; None where the file has no such part."""
    parts = keys.split(key)
    if parts[0] in (keys.CHIPS, keys.PASSIVES) and len(parts) > 1:
        number = entry_of(marked, parts[0], in_file(parts[1], names.chips if parts[0] == keys.CHIPS else names.passives))
        return (parts[0], number, *parts[2:]) if number is not None else None
    if key.startswith(f"{keys.STACKUP}."):
        return (*parts[:2], int(parts[2]), *parts[3:])
    return parts


def in_file(name: str, renamed: Mapping[str, str]) -> str:
    """What the package file calls the part or net that the board calls so."""
    return next((old for old, new in renamed.items() if new == name), name)


def entry_of(marked: Marked, kind: str, name: str) -> Optional[int]:
    """Which entry of the file's ``chips`` or ``passives`` has this name."""
    entries = marked.at((kind,))
    count = len(entries.value) if entries is not None and isinstance(entries.value, list) else 0
    return next((i for i in range(count) if text_at(marked, (kind, i, "name")) == name), None)


def text_at(marked: Marked, path: Path) -> Optional[str]:
    """The word that stands at ``path``; None where there is none, or a list or group."""
    node = marked.at(path)
    return node.value if node is not None and isinstance(node.value, str) else None


def listed_at(marked: Marked, path: Path) -> list[Optional[str]]:
    """The words of the list at ``path``; empty where there is none."""
    node = marked.at(path)
    count = len(node.value) if node is not None and isinstance(node.value, list) else 0
    return [text_at(marked, (*path, i)) for i in range(count)]
