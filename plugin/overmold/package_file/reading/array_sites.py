"""From the array language of the package file to named sites, with every problem at its place in the file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Optional, Union

from ... import arrays
from ...arrays.csv_sites import read_sites
from ...arrays.pattern import Selector
from ...faults import Fault, Faults
from ...marked_yaml import Marked, utf8
from ...units import LENGTH, UnitError, parse
from ..models import types as t
from ..models.array import Array
from ..models.values import Path, what
from .beside import Folder, beside


def laid_out(array: Array, path: Path, marked: Marked, folder: Folder, faults: list[Fault]
             ) -> tuple[Optional[arrays.Sites], tuple[str, ...]]:
    """The array's sites about its own centre, and remarks on what of it does nothing; None, and faults at the keys below
    ``path``, where it makes none."""
    before = len(faults)
    pattern = pattern_of(array, path, marked, folder, faults)
    if len(faults) > before:
        return None, ()
    try:
        return arrays.lay_out(pattern), tuple(_idle(pattern, path, marked))
    except arrays.ArrayError as error:
        for problem in error.problems:
            where = (*path, *_in_file(problem.path, path, marked))
            faults.append(marked.fault(where, problem.message, key=not problem.path))
        return None, ()


def _idle(pattern: arrays.ArrayPattern, path: Path, marked: Marked) -> Iterator[str]:
    for where in arrays.idle_corners(pattern):
        place = marked.fault((*path, *where), "", key=True)
        yield (f"{place.file}:{place.line}:{place.column}: 'corners' cuts nothing off, for no site stands at the corners of "
               "the whole grid; take single sites away with 'skip'")


def pattern_of(array: Array, path: Path, marked: Marked, folder: Folder, faults: list[Fault]) -> arrays.ArrayPattern:
    """What the array at ``path`` says, its tables read; what is wrong with these is added to ``faults``."""
    pitch = (array.pitch, array.pitch) if isinstance(array.pitch, int) else array.pitch
    names = array.names
    spots: tuple[arrays.Spot, ...] = ()
    if array.csv is not None and array.at is not None:
        faults.append(marked.fault((*path, "csv"), "write either 'at' or 'csv', not both", key=True))
    elif array.at is not None:
        spots = _spots(array.at, (*path, "at"), marked, faults)
    elif array.csv is not None:
        data = beside(array.csv, (*path, "csv"), folder, marked, faults)
        shown = folder.shown(array.csv)
        try:
            spots = read_sites(utf8(data, shown), shown) if data is not None else ()
        except Faults as error:
            faults += error.faults
    return arrays.ArrayPattern(
        grid=_pair(array.grid), pitch=_pair(pitch), offset=(array.offset[0], array.offset[1]), stagger=array.stagger,
        shift=array.shift, only=_selectors(array.only), centre=_pair(array.centre), corners=array.corners,
        rings=tuple(array.rings) if isinstance(array.rings, list) else array.rings,
        skip=_selectors(array.skip), keep=_selectors(array.keep),
        names=arrays.Names(first=names.first, corner=names.corner, rows=tuple(names.rows), columns=tuple(names.columns),
                           letters=names.letters, alphabet=names.alphabet, numbers=names.numbers, prefix=names.prefix),
        at=spots,
        zones=tuple(pattern_of(zone, (*path, "zones", i), marked, folder, faults) for i, zone in enumerate(array.zones)),
    )


def _pair(pair: Optional[Sequence[int]]) -> Optional[tuple[int, int]]:
    return None if pair is None else (pair[0], pair[1])


def _selectors(given: Sequence[Union[str, list[int]]]) -> tuple[Selector, ...]:
    return tuple(one if isinstance(one, str) else (one[0], one[1], one[2], one[3]) for one in given)


def _spots(at: dict[str, Any], path: Path, marked: Marked, faults: list[Fault]) -> tuple[arrays.Spot, ...]:
    """Sites given one by one; read by hand, as there may be very many."""
    spots = []
    for name, given in at.items():
        if not isinstance(given, list) or len(given) not in (2, 3):
            found = f"{len(given)} entries" if isinstance(given, list) else what(given)
            said = f"expected x and y, not {found}; write for example [0.4 mm, 0 mm]"
            faults.append(marked.fault((*path, name), said))
            continue
        numbers = [0, 0, 0]
        for i, text in enumerate(given):
            try:
                numbers[i] = _length(text) if isinstance(text, str) else t.length_due(text)
                if i == 2 and numbers[i] < 1:
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
