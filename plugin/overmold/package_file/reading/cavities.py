"""Cavities of the carrier as a package file says them, and the parts that stand in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Union

from ... import package as p
from ...faults import Fault, did_you_mean
from ...marked_yaml import Marked
from ..models import root as m
from ..models.declared import data_in
from ..models.values import Path, short
from .outlines import stated_outline


def cavity_of(part: Union[m.Chip, m.Passive], kind: type) -> dict[str, Any]:
    """What its file says of the cavity that a part stands in, by the part's attributes."""
    return data_in(part.cavity, kind, "cavity.") if part.cavity is not None else {}


def built_cavities(given: Sequence[m.Cavity], marked: Marked, faults: list[Fault]) -> tuple[p.Cavity, ...]:
    """All that can be; what is wrong with the others is added to ``faults``."""
    return tuple(_built(given, marked, faults))


def _built(given: Sequence[m.Cavity], marked: Marked, faults: list[Fault]) -> Iterator[p.Cavity]:
    names: set[str] = set()
    for i, one in enumerate(given):
        path = ("cavities", i)
        outline = stated_outline(one.size, one.outline, (one.at[0], one.at[1]), one.angle, path, marked, faults)
        if one.name in names:
            faults.append(marked.fault((*path, "name"), f"'{one.name}' is the name of another cavity; give each its own"))
        names.add(one.name)
        if outline is not None:
            yield p.Cavity(name=one.name, outline=outline, **data_in(one, p.Cavity))


def check_cavities(parts: Sequence[Union[p.Chip, p.Passive]], listed: tuple[str, Sequence[int]], given: Sequence[m.Cavity],
                   marked: Marked, faults: list[Fault]) -> None:
    """Add a fault for every part in a cavity that is not there, and for one that says itself what its cavity says; ``listed``
    is the list of these parts in the file, and their places there."""
    names = [one.name for one in given]
    for part, i in zip(parts, listed[1]):
        path: Path = (listed[0], i)
        if not part.cavity_in:
            continue
        if part.cavity_in not in names:
            near = did_you_mean(part.cavity_in, names) if names else "; list it under 'cavities', with its size and its depth"
            faults.append(marked.fault((*path, "cavity", "in"), f"there is no cavity '{short(part.cavity_in)}'{near}"))
        for key, value in (("depth", part.cavity), ("room", part.cavity_room), ("top", part.cavity_top)):
            if value:
                faults.append(marked.fault((*path, "cavity", key), f"{part.name} stands in the cavity {part.cavity_in}, which "
                                           f"says this; leave '{key}' out here", key=True))
