"""A part or a net under another name, wherever the package file names it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..package import keys
from .rows import BY_HAND
from .where import entry_of, listed_at, text_at

if TYPE_CHECKING:
    from .edits import Changes

_WIRES = f"its wires stand in a table or a list of their own; {BY_HAND}"


def rename_part(old: str, new: str, is_chip: bool, changes: Changes) -> str:
    """Call a part otherwise: where it is described, in the netlist, and where other chips and passives stand on it."""
    marked, kind = changes.marked, keys.CHIPS if is_chip else keys.PASSIVES
    number = entry_of(marked, (kind,), old)
    if number is None:
        return f"the package file has no such part; {BY_HAND}"
    if is_chip and any(marked.at(("wires", key)) is not None for key in ("csv", "list", "auto")):
        return _WIRES
    changes.put((kind, number, "name"), new)
    changes.netlist.rename_part(old, new)
    if is_chip:
        for some in (keys.CHIPS, keys.PASSIVES):
            _stand_on_it_still(some, old, new, changes)
    return ""


def _stand_on_it_still(kind: str, old: str, new: str, changes: Changes) -> None:
    entries = changes.marked.at((kind,))
    for i in range(len(entries.value) if entries is not None else 0):
        for key in ("stands_on", "on"):
            if text_at(changes.marked, (kind, i, key)) == old:
                changes.put((kind, i, key), new)
            for k, name in enumerate(listed_at(changes.marked, (kind, i, key))):
                if name == old:
                    changes.put((kind, i, key, k), new)


def rename_net(old: str, new: str, changes: Changes) -> str:
    """Call a net otherwise, in the netlist and in every list of nets."""
    marked = changes.marked
    lists: list[tuple[str | int, ...]] = [("carrier", "frame", "nets")]
    for kind, around in ((("passives",), ()), (("carrier", "fingers"), ())):
        entries = marked.at(kind)
        lists += [(*kind, i, *around, "nets") for i in range(len(entries.value) if entries is not None else 0)]
    for path in lists:
        for i, name in enumerate(listed_at(marked, path)):
            if name == old:
                changes.put((*path, i), new)
    if text_at(marked, ("carrier", "frame", "paddle_net")) == old:
        changes.put(("carrier", "frame", "paddle_net"), new)
    changes.netlist.rename_net(old, new)
    return ""
