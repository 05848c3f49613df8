"""From the text of a package file to checked models, keeping what is sound where something is not.

One wrong key must not hide what is wrong elsewhere: whatever is at fault is taken out, and the rest goes on to
``build``, which looks for what does not fit together. ``Sound.broken`` keeps it from missing what was taken out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Optional

from ...faults import Fault
from ...marked_yaml import Marked
from ..models.root import Root, read_root
from ..models.values import Path
from .messages import empty_values, fault_of

_LISTS = ("chips", "passives")
_STAND_IN: dict[str, Any] = {"package": "unnamed", "carrier": {"kind": "substrate", "size": ["1 mm", "1 mm"]}}


@dataclass(repr=False)
class Sound:
    """What could be read: ``entries`` are the places of ``root.chips`` and ``root.passives`` in the file.

    ``broken`` names parts (and "balls", "carrier") with something wrong in them; "" stands for parts without a name.
    ``taken`` are the paths of all that was taken out.
    """

    root: Optional[Root] = None
    entries: dict[str, list[int]] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    taken: list[Path] = field(default_factory=list)


def sound_part(marked: Marked) -> tuple[Sound, list[Fault]]:
    """Check the file against the models; returns what is sound in it and every fault of the rest."""
    sound = Sound()
    faults: list[Fault] = []
    seen: set[Path] = set()
    data = marked.words
    empty = empty_values(marked)
    for path, fault in empty:
        faults.append(fault)
        seen.add(path)
        _take_out(data, path, sound, deep=True)
    # First single values are taken out; what then lacks something it needs goes as a whole; the third look is clean.
    for deep in (True, False, False):
        whole, real = _without_holes(data, sound)
        sound.root, wrong = read_root(whole)
        if sound.root is not None:
            break
        for one in wrong:
            path = real.get(one.path[:2], one.path[:2]) + one.path[2:]
            if deep and path not in seen:
                faults.append(fault_of(one, path, marked))
            _take_out(data, path, sound, deep)
    return sound, faults


def _without_holes(data: dict[str, Any], sound: Sound) -> tuple[dict[str, Any], dict[Path, Path]]:
    """The data without the list entries that were taken out, and where those left come from."""
    whole, real = dict(data), dict[Path, Path]()
    for name in _LISTS:
        if isinstance(data.get(name), list):
            sound.entries[name] = [i for i, entry in enumerate(data[name]) if entry is not None]
            whole[name] = [data[name][i] for i in sound.entries[name]]
            real.update({(name, i): (name, was) for i, was in enumerate(sound.entries[name])})
    return whole, real


def _take_out(data: dict[str, Any], path: Path, sound: Sound, deep: bool) -> None:
    """Take out what is at fault at ``path``: with ``deep`` the innermost key, else the whole part."""
    sound.broken.add(_owner(data, path))
    sound.taken.append(path)
    if not path:
        return
    top = str(path[0])
    if deep and len(path) > (2 if top in _LISTS else 1):
        inner: Any = data
        for step in path:
            if isinstance(inner, dict):
                holder, key = inner, step
            elif not (isinstance(inner, list) and isinstance(step, int) and step < len(inner)):
                break
            inner = inner.get(step) if isinstance(inner, dict) else inner[step]
        holder.pop(key, None)
    elif top in _LISTS and len(path) > 1 and isinstance(data.get(top), list):
        data[top][path[1]] = None
    elif top in _STAND_IN:
        data[top] = _STAND_IN[top]
    else:
        data.pop(top, None)


def _owner(data: dict[str, Any], path: Path) -> str:
    """The part that a fault at ``path`` belongs to, "" where that cannot be told."""
    top = str(path[0]) if path else ""
    if top not in _LISTS:
        return top if top in Root.keys else ""
    entry = data[top][path[1]] if len(path) > 1 and isinstance(data.get(top), list) else None
    name = entry.get("name") if isinstance(entry, dict) and path[2:] != ("name",) else None
    return name if isinstance(name, str) else ""
