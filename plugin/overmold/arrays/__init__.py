"""Ball, bump and lead arrays: which sites there are, what they are called and where they lie.

``lay_out(ArrayPattern(...))`` turns what a designer says (``pattern``) into named sites: ``grid`` places them, ``names``
names them and picks places out by name, ``csv_sites`` reads tables of sites.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Optional

import numpy as np
from numpy.typing import NDArray

from ..shapes import Point
from ..units import LENGTH, show
from .grid import lay_out_grid
from .names import row_letters, row_number, sayable
from .pattern import BARE, MAX_DEPTH, MAX_SITES, OWN, ArrayError, ArrayPattern, Names, Path, Problem, Spot, own_words

IntArray = NDArray[np.int64]
_SHOWN = 5


@dataclass(frozen=True, eq=False, repr=False)
class Sites:
    """Named sites: ``names`` (n) and ``xy`` (n, 2) in nm; ``uuids`` (n) or empty where the source has none.

    ``diameters`` (n) in nm where sites have one of their own (0: as stated for all), else None; so have ``heights`` of bumps.
    ``steps`` (n) is how much higher in nm than the others the land under each stands, negative in a cavity; None for nowhere.
    ``turns`` (n) in 1/1000 degree is how far an oblong one is turned from its part's own x axis; a whole turn is not at all, 0
    is as stated for all. ``widths`` (n) in nm are those of oblong ones whose ``diameters``, their lengths, are their own;
    ``spheres`` (n) in nm those of as much solder as each has. ``bare`` (n) is 1 where a site of balls or pillars bears none and
    is a bare land; None for nowhere.
    """

    names: tuple[str, ...]
    xy: IntArray
    uuids: tuple[str, ...] = ()
    diameters: Optional[IntArray] = None
    heights: Optional[IntArray] = None
    steps: Optional[IntArray] = None
    turns: Optional[IntArray] = None
    widths: Optional[IntArray] = None
    spheres: Optional[IntArray] = None
    bare: Optional[IntArray] = None

    def __len__(self) -> int:
        return len(self.names)

    def at(self, i: int) -> Point:
        """Where one is, in nm."""
        return int(self.xy[i, 0]), int(self.xy[i, 1])

    def __repr__(self) -> str:
        return f"<{len(self)} sites{f', {self.names[0]} to {self.names[-1]}' if self.names else ''}>"


def picked(sites: Sites, rows: Sequence[int]) -> Sites:
    """Some of the sites, in the order of ``rows``, with all that they have of their own."""
    some = np.asarray(rows, np.int64)
    own = (values if values is None else values[some] for values in (getattr(sites, name) for name, _, _ in OWN))
    return Sites(tuple(sites.names[i] for i in rows), sites.xy[some],
                 tuple(sites.uuids[i] for i in rows) if sites.uuids else (), *own)


class _Laid(NamedTuple):
    """Sites of one array or zone, and where it stands in the pattern."""

    path: Path
    names: list[str]
    xy: IntArray
    spots: tuple[Spot, ...] = ()
    own: tuple[int, ...] = (0,) * len(OWN)

    def path_of(self, i: int) -> Path:
        return (*self.path, "at", i) if self.spots else self.path

    def column(self, which: int) -> list[int]:
        """What each site has of its own of one of ``OWN``: by itself, else by its array."""
        stated = self.own[which]
        return [spot[3:][which] or stated for spot in self.spots] or [stated] * len(self.names)


def lay_out(pattern: ArrayPattern) -> Sites:
    """The sites of a pattern: each array row by row as it is counted, then its zones; raises ArrayError.

    Every site has a name and a place of its own, at most a metre from the origin.
    """
    problems: list[Problem] = []
    if _places_asked_for(pattern) > MAX_SITES:
        raise ArrayError([Problem((), f"this array has too many places; it may have {MAX_SITES:,}")])
    parts = list(_parts(pattern, (), (0, 0), problems))
    if not problems:
        _check_extent(parts, problems)
    if problems:
        raise ArrayError(problems)
    names = [name for part in parts for name in part.names]
    xy = np.concatenate([part.xy for part in parts]) if parts else np.zeros((0, 2), np.int64)
    _check_twins(parts, names, xy, problems)
    if problems:
        raise ArrayError(problems)
    return Sites(tuple(names), xy, (), *(_own(parts, which) for which in range(len(OWN))))


def idle_corners(pattern: ArrayPattern) -> Iterator[Path]:
    """The paths of those ``corners``, of a pattern that can be laid out and of its zones, that cut no site off."""
    if pattern.grid is not None and pattern.corners:
        alone = pattern._replace(zones=())
        if len(lay_out(alone)) == len(lay_out(alone._replace(corners=0))):
            yield ("corners",)
    for i, zone in enumerate(pattern.zones):
        yield from (("zones", i, *path) for path in idle_corners(zone))


def _places_asked_for(pattern: ArrayPattern, depth: int = 0) -> int:
    own = pattern.grid[0] * pattern.grid[1] if pattern.grid is not None and min(pattern.grid) > 0 else 0
    inner = sum(_places_asked_for(zone, depth + 1) for zone in pattern.zones) if depth <= MAX_DEPTH else 0
    return own + len(pattern.at) + inner


def _parts(pattern: ArrayPattern, path: Path, centre: tuple[int, int], problems: list[Problem],
           around: tuple[int, ...] = (0,) * len(OWN)) -> list[_Laid]:
    """The array itself and all its zones, laid out; what an array says of its sites holds in its zones as well."""
    if len(path) > 2 * MAX_DEPTH:
        problems.append(Problem(path, f"zones lie within zones more than {MAX_DEPTH} deep"))
        return []
    centre = (centre[0] + pattern.offset[0], centre[1] + pattern.offset[1])
    parts = []
    own = tuple(getattr(pattern, name) or usual for (_, name, _), usual in zip(OWN, around))
    if pattern.grid is not None:
        if pattern.at:
            problems.append(Problem((*path, "at"), "an array has a grid or sites one by one; give these in a zone"))
        if max(map(abs, centre)) > LENGTH.largest:
            problems.append(Problem((*path, "offset"), "this is farther away than 1 m"))
            return []
        names, xy = lay_out_grid(pattern, path, problems)
        parts.append(_Laid(path, names, xy + np.array(centre, np.int64), (), own))
    elif pattern.at:
        _only_for_grids(pattern, path, problems)
        far = next((i for i, spot in enumerate(pattern.at) if max(abs(spot.x + centre[0]), abs(spot.y + centre[1]))
                    > LENGTH.largest), None)
        if far is not None:
            problems.append(Problem((*path, "at", far), "this is farther away than 1 m"))
            return []
        problems += [Problem((*path, "at", i), f"'{spot.name}' cannot be a name: no blanks, commas or quotes")
                     for i, spot in enumerate(pattern.at) if not sayable(spot.name)]
        xy = np.array([spot[1:3] for spot in pattern.at], np.int64) + np.array(centre, np.int64)
        parts.append(_Laid(path, [spot.name for spot in pattern.at], xy, pattern.at, own))
    elif pattern.zones:
        _only_for_grids(pattern, path, problems)
    else:
        problems.append(Problem(path, "an array needs a grid, sites one by one (at), or zones; write for example "
                                "{grid: [12, 12], pitch: 0.8 mm}"))
    for i, zone in enumerate(pattern.zones):
        parts += _parts(zone, (*path, "zones", i), centre, problems, own)
    return parts


def _only_for_grids(pattern: ArrayPattern, path: Path, problems: list[Problem]) -> None:
    plain = ArrayPattern()
    for name in ("pitch", "stagger", "shift", "only", "rings", "centre", "corners", "skip", "keep", "names"):
        if getattr(pattern, name) != getattr(plain, name):
            problems.append(Problem((*path, name), "this is said of a grid, and there is none here"))


def _check_extent(parts: list[_Laid], problems: list[Problem]) -> None:
    for part in parts:
        if len(part.xy) and int(np.abs(part.xy).max()) > LENGTH.largest:
            problems.append(Problem(part.path, "this array reaches farther than 1 m; look at its pitch and its offset"))


def _check_twins(parts: list[_Laid], names: list[str], xy: IntArray, problems: list[Problem]) -> None:
    """No two sites of one name, no two in one place; the first few are named."""
    starts = np.cumsum([0, *(len(part.names) for part in parts)])

    def path_of(i: int) -> Path:
        which = int(np.searchsorted(starts, i, "right")) - 1
        return parts[which].path_of(i - int(starts[which]))

    if len(set(names)) < len(names):
        first: dict[str, int] = {}
        for i, name in enumerate(names):
            if first.setdefault(name, i) != i and len(problems) < _SHOWN:
                said = f"'{name}' names two sites, at {_spot(xy[first[name]])} and at {_spot(xy[i])}"
                advice = "; give a zone names of its own, such as names: {prefix: 1}" if len(parts) > 1 else ""
                problems.append(Problem(path_of(i), said + advice))
    key = (xy[:, 0] << 32) + xy[:, 1]
    order = np.argsort(key, kind="stable")
    same = np.flatnonzero(np.diff(key[order]) == 0)
    for k in same[:_SHOWN]:
        one, other = sorted((int(order[k]), int(order[k + 1])))
        said = f"'{names[one]}' and '{names[other]}' lie in one place, {_spot(xy[other])}"
        problems.append(Problem(path_of(other), said))


def _spot(xy: IntArray) -> str:
    return f"({show(int(xy[0]), LENGTH, 'mm')}, {show(int(xy[1]), LENGTH, 'mm')})"


def _own(parts: list[_Laid], which: int) -> Optional[IntArray]:
    if not any(part.own[which] or any(spot[3:][which] for spot in part.spots) for part in parts):
        return None
    return np.concatenate([np.array(part.column(which), np.int64) for part in parts])


__all__ = ["BARE", "MAX_SITES", "OWN", "ArrayError", "ArrayPattern", "IntArray", "Names", "Problem", "Sites", "Spot",
           "idle_corners", "lay_out", "own_words", "picked", "row_letters", "row_number"]
