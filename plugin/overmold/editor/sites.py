"""The arrays of a package file as places on its plan, which are taken out and put back one by one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Optional

import numpy as np

from .. import arrays
from ..arrays.pattern import Selector
from ..faults import Fault
from ..marked_yaml import Marked
from ..marked_yaml.edit import REMOVE, Edit
from ..package_file import SoFar
from ..package_file.models.array import Array
from ..package_file.models.group import Group
from ..package_file.models.values import Path
from ..package_file.reading.array_sites import pattern_of
from ..package_file.reading.beside import Folder
from ..pictures.plan_scale import PlanScale
from ..shapes import Point, transform_all

MOST_PLACES = 10_000  # more than anybody would click through


@dataclass(frozen=True, eq=False, repr=False)
class Laid:
    """One array, or one zone of one, of the file: ``pattern`` is it alone, on a part at ``at`` turned by ``angle``."""

    path: Path
    title: str
    pattern: arrays.ArrayPattern
    at: Point
    angle: int

    @property
    def is_listed(self) -> bool:
        """Whether its sites are given one by one, in the file itself or in a table."""
        return self.pattern.grid is None


def arrays_in(found: SoFar, folder: Folder) -> list[Laid]:
    """Every array and zone of the file that can be laid out, in its order."""
    if found.sound.root is None:
        return []
    laid = []
    for path, array, title, at, angle in _arrays(found.sound.root, (), found.sound.entries, "", (0, 0), 0):
        faults: list[Fault] = []
        pattern = pattern_of(array, path, found.marked, folder, faults, [])
        if not faults:
            laid += list(_zones(Laid(path, title, pattern._replace(zones=()), at, angle), pattern.zones))
    return [one for one in laid if _present(one.pattern) is not None]


def _zones(outer: Laid, zones: Sequence[arrays.ArrayPattern]) -> Iterator[Laid]:
    if outer.pattern.grid is not None or outer.pattern.at:
        yield outer
    middle = outer.pattern.offset
    for i, zone in enumerate(zones):
        offset = (zone.offset[0] + middle[0], zone.offset[1] + middle[1])
        prefix = f" {zone.names.prefix}" if zone.names.prefix else f" zone {i + 1}"
        inner = zone._replace(zones=(), offset=offset)
        yield from _zones(replace(outer, path=(*outer.path, "zones", i), title=outer.title + prefix, pattern=inner), zone.zones)


def _arrays(group: Group, path: Path, entries: dict[str, list[int]], title: str, at: Point, angle: int
            ) -> Iterator[tuple[Path, Array, str, Point, int]]:
    """Every array in a group, with the place and the turn of the part that bears it."""
    own = getattr(group, "at", None)
    if isinstance(own, list) and "angle" in group.keys:
        at, angle = (own[0], own[1]), group.angle
    name = group.name if "name" in group.keys and isinstance(group.name, str) else ""
    for key, one in group.keys.items():
        value = getattr(group, one.attribute)
        words = " ".join(filter(None, [title, name, key if key != "array" else ""]))
        if isinstance(value, Array):
            yield (*path, key), value, words[:1].upper() + words[1:], at, angle
        elif isinstance(value, Group):
            yield from _arrays(value, (*path, key), entries, words, at, angle)
        elif isinstance(value, list) and value and isinstance(value[0], Group):
            where = entries.get(key, range(len(value))) if not path else range(len(value))
            for i, inner in zip(where, value):
                yield from _arrays(inner, (*path, key, i), entries, "", at, angle)


def shown(laid: Laid, scale: PlanScale) -> dict[str, Any]:
    """An array for the page: each place with its name, where it lies in pixels, and whether a site stands there."""
    pattern = laid.pattern
    whole = pattern if laid.is_listed else _whole(pattern)
    base = {"path": list(laid.path), "title": laid.title}
    if not laid.is_listed and pattern.grid is not None and pattern.grid[0] * pattern.grid[1] > MOST_PLACES:
        return {**base, "places": [], "words": "This array has too many places to pick them one by one; use 'skip' and 'only'."}
    sites, there = arrays.lay_out(whole), _present(pattern)
    xy = transform_all(sites.xy, laid.at, laid.angle)
    places = [[name, round(scale.x(int(x)), 1), round(scale.y(int(y)), 1), int(spot in (there or ()))]
              for name, (x, y), spot in zip(sites.names, xy.tolist(), map(tuple, sites.xy.tolist()))]
    near = min(pattern.pitch) if pattern.pitch is not None else _nearest(sites)
    return {**base, "places": places, "radius": round(max(2.0, near * scale.per_nm * 0.42), 1), "words": "", "taken_only":
            laid.is_listed}


def toggled(laid: Laid, marked: Marked, names: Sequence[str], on: bool) -> list[Edit]:
    """The edits of the file that put sites at these places, or take those there away."""
    node = marked.at(laid.path)
    words = Marked(marked.source, node).words if node is not None else {}
    if laid.is_listed:
        spots = {} if on else words.get("at", {})
        return [Edit((*laid.path, "at", name), REMOVE) for name in names if name in spots]
    skip, keep = list(words.get("skip", ())), list(words.get("keep", ()))
    pattern = laid.pattern
    if on:
        left = [one for one in skip if one not in names]
        there = _present(pattern._replace(skip=_without(pattern.skip, skip, names)))
        new = [name for name in names if _place(pattern, name) not in (there or ())]
        return [*_list_edits((*laid.path, "skip"), skip, left), *_list_edits((*laid.path, "keep"), keep,
                                                                          [*keep, *_ranges(pattern, new)])]
    left = _opened(pattern, keep, names)
    there = _present(pattern._replace(keep=tuple(one for one in left if isinstance(one, str))))
    new = [name for name in names if there is None or _place(pattern, name) in there]
    return [*_list_edits((*laid.path, "keep"), keep, left),
            *_list_edits((*laid.path, "skip"), skip, [*skip, *_ranges(pattern, new)])]


def _list_edits(path: Path, before: list[Any], after: list[Any]) -> list[Edit]:
    """From one list to the other, entry by entry, so that what stands beside those that stay stays too."""
    if after == before:
        return []
    if not after:
        return [Edit(path, REMOVE)]
    if not before:
        return [Edit(path, after)]
    gone = [i for i, one in enumerate(before) if one not in after]
    new = [one for one in after if one not in before]
    edits = [Edit((*path, i), REMOVE) for i in reversed(gone)]
    return edits + [Edit((*path, len(before) - len(gone) + i), one) for i, one in enumerate(new)]


def _whole(pattern: arrays.ArrayPattern) -> arrays.ArrayPattern:
    """The grid with a site at every place, each called as 'skip' and 'keep' call it."""
    return pattern._replace(only=(), rings=None, centre=None, corners=0, skip=(), keep=(),
                            names=pattern.names._replace(numbers="by place"))


def _present(pattern: arrays.ArrayPattern) -> Optional[set[tuple[int, int]]]:
    """Where its sites stand; none where nothing is left of it, None where it cannot be laid out at all."""
    try:
        return set(map(tuple, arrays.lay_out(pattern).xy.tolist()))
    except arrays.ArrayError as error:
        nothing_left = all(not problem.path for problem in error.problems) and pattern.grid is not None
        return set() if nothing_left else None


def _place(pattern: arrays.ArrayPattern, name: str) -> Optional[tuple[int, int]]:
    return _spots(pattern).get(name)


def _spots(pattern: arrays.ArrayPattern) -> dict[str, tuple[int, int]]:
    sites = arrays.lay_out(_whole(pattern))
    return dict(zip(sites.names, map(tuple, sites.xy.tolist())))


def _without(selectors: Sequence[Selector], words: Sequence[Any], names: Sequence[str]) -> tuple[Selector, ...]:
    return tuple(one for one, word in zip(selectors, words) if word not in names)


def _opened(pattern: arrays.ArrayPattern, keep: Sequence[Any], names: Sequence[str]) -> list[Any]:
    """'keep' without these places; of a range that has one of them, the others by their names."""
    spots = _spots(pattern)
    left: list[Any] = []
    for one, meant in zip(keep, pattern.keep):
        alone = _present(_whole(pattern)._replace(only=(meant,))) or set()
        inside = [name for name, spot in spots.items() if spot in alone]
        left += [one] if not set(inside) & set(names) else [name for name in inside if name not in names]
    return left


def _ranges(pattern: arrays.ArrayPattern, names: Sequence[str]) -> list[str]:
    """These places as one range where they fill a rectangle of the grid, else one by one."""
    order = list(_spots(pattern))
    columns = pattern.grid[0] if pattern.grid is not None else 1
    at = sorted(order.index(name) for name in names if name in order)
    if len(at) > 2 and len(order) == columns * (pattern.grid[1] if pattern.grid is not None else 1):
        rows, across = sorted({i // columns for i in at}), sorted({i % columns for i in at})
        full = (rows[-1] - rows[0] + 1) * (across[-1] - across[0] + 1) == len(at)
        if full:
            return [f"{order[at[0]]}:{order[at[-1]]}"]
    return [order[i] for i in at]


def _nearest(sites: arrays.Sites) -> int:
    """About how far apart sites one by one lie: as on a grid of as many in their box."""
    if len(sites) < 2:
        return 200_000
    wide, high = (int(side) for side in np.ptp(sites.xy, axis=0))
    return max(int((max(wide, 1) * max(high, 1) / len(sites)) ** 0.5), max(wide, high) // len(sites))
