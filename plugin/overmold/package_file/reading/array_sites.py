"""From the array language of the package file to named sites, with every problem at its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Optional, Union

from ... import arrays
from ...arrays.pattern import MORE_THAN_NOTHING, Selector
from ...faults import Fault, Faults
from ...marked_yaml import Marked
from ...units import LENGTH, UnitError, parse
from ..models import types as t
from ..models.array import Array
from ..models.values import Path, what
from .beside import Folder, beside

_TURN = 2 + [name for _, name, _ in arrays.OWN].index("turn")  # where a list of a site has it


def laid_out(array: Array, path: Path, marked: Marked, folder: Folder, faults: list[Fault]
             ) -> tuple[Optional[arrays.Sites], tuple[str, ...]]:
    """The array's sites about its own centre, and remarks on what of it does nothing; None, and faults at the keys below
    ``path``, where it makes none."""
    before = len(faults)
    notes: list[str] = []
    pattern = pattern_of(array, path, marked, folder, faults, notes)
    if len(faults) > before:
        return None, ()
    try:
        sites = arrays.lay_out(pattern)
        notes += _not_of_these(sites, path, marked, faults)
        return sites, (*notes, *_idle(pattern, path, marked))
    except arrays.ArrayError as error:
        for problem in error.problems:
            where = (*path, *_in_file(problem.path, path, marked))
            faults.append(marked.fault(where, problem.message, key=not problem.path))
        return None, ()


def _not_of_these(sites: arrays.Sites, path: Path, marked: Marked, faults: list[Fault]) -> Iterator[str]:
    """Faults for what only bumps or only balls have of their own; remarks on what counts for nothing of bond pads."""
    for attribute, name, kind in arrays.OWN[1:]:
        if getattr(sites, attribute) is None or path[-2:] == (("balls", "array") if kind is None else ("bumps", "array")):
            continue
        said = (f"only balls have bare lands among them; leave 'terminals: {arrays.BARE}' out here" if kind is None else
                f"only bumps have a {name} of their own; leave '{name}' out here")
        faults.append(marked.fault(path, said, key=True))
    if path[-2:] == ("pads", "array") and sites.diameters is not None:
        place = marked.fault(path, "", key=True)
        yield f"{place.file}:{place.line}:{place.column}: a diameter counts for nothing of bond pads, which have one 'size'"


def _idle(pattern: arrays.ArrayPattern, path: Path, marked: Marked) -> Iterator[str]:
    for where in arrays.idle_corners(pattern):
        place = marked.fault((*path, *where), "", key=True)
        yield (f"{place.file}:{place.line}:{place.column}: 'corners' cuts nothing off, for no site stands at the corners of "
               "the whole grid; take single sites away with 'skip'")


def pattern_of(array: Array, path: Path, marked: Marked, folder: Folder, faults: list[Fault], notes: list[str]
               ) -> arrays.ArrayPattern:
    """What the array at ``path`` says, its tables read; what is wrong with these is added to ``faults``, and to ``notes`` what
    of them counts for nothing."""
    pitch = (array.pitch, array.pitch) if isinstance(array.pitch, int) else array.pitch
    names = array.names
    spots: tuple[arrays.Spot, ...] = ()
    if array.csv is not None and array.at is not None:
        faults.append(marked.fault((*path, "csv"), "write either 'at' or 'csv', not both", key=True))
    elif array.at is not None:
        spots = _spots(array.at, (*path, "at"), marked, faults)
    elif array.csv is not None:
        from ...arrays.csv_sites import read_sites

        data = beside(array.csv, (*path, "csv"), folder, marked, faults)
        try:
            table = read_sites(data, folder.shown(array.csv)) if data is not None else None
            spots = _turned(array, table.spots) if table is not None else ()
            notes += table.notes if table is not None else ()
        except Faults as error:
            faults += error.faults
    _only_of_tables(array, path, marked, faults)
    return arrays.ArrayPattern(
        grid=_pair(array.grid), pitch=_pair(pitch), offset=(array.offset[0], array.offset[1]), stagger=array.stagger,
        shift=array.shift, only=_selectors(array.only), centre=_pair(array.centre), corners=array.corners,
        rings=tuple(array.rings) if isinstance(array.rings, list) else array.rings,
        skip=_selectors(array.skip), keep=_selectors(array.keep),
        names=arrays.Names(first=names.first, corner=names.corner, rows=tuple(names.rows), columns=tuple(names.columns),
                           letters=names.letters, alphabet=names.alphabet, numbers=names.numbers, prefix=names.prefix),
        at=spots, diameter=array.diameter, height=array.height, step=array.step, width=array.width, sphere=array.sphere,
        turn=0 if array.turn is None else array.turn % 360_000 or 360_000, terminals=int(array.terminals == arrays.BARE),
        zones=tuple(pattern_of(zone, (*path, "zones", i), marked, folder, faults, notes) for i, zone in enumerate(array.zones)),
    )


def _turned(array: Array, spots: tuple[arrays.Spot, ...]) -> tuple[arrays.Spot, ...]:
    """A table's sites as an array has them: about its centre, seen from above, y down."""
    across, down = -1 if array.view == "bottom" else 1, -1 if array.y == "up" else 1
    if array.origin == "middle" and spots:
        xs, ys = [one.x for one in spots], [one.y for one in spots]
        x, y = (min(xs) + max(xs)) // 2, (min(ys) + max(ys)) // 2
    else:
        x, y = (array.origin[0], array.origin[1]) if isinstance(array.origin, list) else (0, 0)
    if (across, down, x, y) == (1, 1, 0, 0):
        return spots
    return tuple(one._replace(x=across * (one.x - x), y=down * (one.y - y)) for one in spots)


def _only_of_tables(array: Array, path: Path, marked: Marked, faults: list[Fault]) -> None:
    if array.csv is None:
        faults += [marked.fault((*path, name), f"'{name}' says how a table is meant, and there is none here; leave it out",
                                key=True)
                   for name in ("y", "view", "origin") if marked.at((*path, name)) is not None]


def _pair(pair: Optional[Sequence[int]]) -> Optional[tuple[int, int]]:
    return None if pair is None else (pair[0], pair[1])


def _selectors(given: Sequence[Union[str, list[int]]]) -> tuple[Selector, ...]:
    return tuple(one if isinstance(one, str) else (one[0], one[1], one[2], one[3]) for one in given)


def _spots(at: dict[str, Any], path: Path, marked: Marked, faults: list[Fault]) -> tuple[arrays.Spot, ...]:
    """Sites given one by one; read by hand, as there may be very many."""
    from ...arrays.csv_sites import turn_in

    spots = []
    for name, given in at.items():
        is_bare = isinstance(given, list) and len(given) > 2 and given[-1] == arrays.BARE
        given = given[:-1] if is_bare else given
        if not isinstance(given, list) or not 2 <= len(given) <= 1 + len(arrays.OWN):
            found = f"{len(given)} entries" if isinstance(given, list) else what(given)
            said = f"expected x and y, not {found}; write for example [0.4 mm, 0 mm]"
            faults.append(marked.fault((*path, name), said))
            continue
        numbers = [0] * (1 + len(arrays.OWN)) + [int(is_bare)]
        for i, text in enumerate(given):
            if i > 1 and text == "":
                continue
            try:
                numbers[i] = (turn_in(text) if i == _TURN else _length(text)) if isinstance(text, str) else t.length_due(text)
                if i > 1 and arrays.OWN[i - 2][1] in MORE_THAN_NOTHING and numbers[i] < 1:
                    raise UnitError(f"'{text}' is too small: this length must be more than nothing")
            except ValueError as error:
                faults.append(marked.fault((*path, name, i), str(error)))
        spots.append(arrays.Spot(name, *numbers))
    return tuple(spots)


@lru_cache(maxsize=100_000)
def _length(text: str) -> int:
    return parse(text, LENGTH)


def _in_file(steps: Path, path: Path, marked: Marked) -> Path:
    """Where a step of the pattern stands in the file: the n-th of ``at`` is the n-th key, or a row of the table."""
    for i, (step, nth) in enumerate(zip(steps, steps[1:])):
        if step == "at" and isinstance(nth, int):
            listed = marked.at((*path, *steps[:i], "at"))
            return (*steps[:i], "csv") if listed is None else (*steps[:i], "at", list(listed.value)[nth])
    return steps
