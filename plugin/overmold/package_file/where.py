"""Where in a package file the part or datum stands that a key names."""

from __future__ import annotations

from collections.abc import Callable
from typing import Optional, Union

from ..marked_yaml import Marked
from ..package import keys

Path = tuple[Union[str, int], ...]


def _as_it_is(name: str) -> str:
    return name


def path_in_file(key: str, marked: Marked, called: Callable[[str], str] = _as_it_is) -> Optional[Path]:
    """The path that a key leads to, ``called`` giving what the file calls a chip or passive; None where the file has no such
    part."""
    parts = keys.split(key)
    if parts[0] in (keys.CHIPS, keys.PASSIVES) and len(parts) > 1:
        number = entry_of(marked, parts[:1], called(parts[1]))
        return (parts[0], number, *parts[2:]) if number is not None else None
    if keys.is_within(key, keys.REGIONS):
        number = entry_of(marked, (*parts[:2],), parts[2])
        return (*parts[:2], number, *parts[3:]) if number is not None else None
    if keys.is_within(key, keys.STACKUP):
        return (*parts[:2], int(parts[2]), *parts[3:])
    return parts


def entry_of(marked: Marked, kind: Path, name: str) -> Optional[int]:
    """Which entry of the list at this path, the file's ``chips`` or ``passives``, has this name."""
    entries = marked.at(kind)
    count = len(entries.value) if entries is not None and isinstance(entries.value, list) else 0
    return next((i for i in range(count) if text_at(marked, (*kind, i, "name")) == name), None)


def text_at(marked: Marked, path: Path) -> Optional[str]:
    """The word that stands at ``path``; None where there is none, or a list or group."""
    node = marked.at(path)
    return node.value if node is not None and isinstance(node.value, str) else None
