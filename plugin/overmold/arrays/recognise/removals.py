"""What a grid leaves out, in the fewest words: rings, centre, corners, and places by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Optional

import numpy as np
from numpy.typing import NDArray

from ..names import line_names
from ..pattern import Names

Mask = NDArray[np.bool_]
MOST_PLACES, MOST_OF_LARGE = 24, 100  # entries of one list; longer ones are better said by a table
_PLACES_AN_ENTRY = 10  # of a large grid, which may have more entries
_NEARLY = 0.5  # a ring of which less is there is no ring


@dataclass(frozen=True)
class Removals:
    """Keys of an ``ArrayPattern`` and their values, and how many words they take."""

    keys: dict[str, Any]
    words: int


def removals(available: Mask, present: Mask, names: Names) -> Optional[Removals]:
    """The shortest way to say that of the ``available`` places of a grid those ``present`` have a site; None if it is long."""
    if (available == present).all():
        return Removals({}, 0)
    rows, columns = present.shape
    row_names, column_names = line_names(names, columns, rows, (), [])
    if not row_names:
        return None
    best: Optional[Removals] = None
    for keys, left in _bases(available, present):
        skip = _places(left & ~present, ~present, row_names, column_names, names)
        keep = _places(present & ~left, present, row_names, column_names, names)
        if skip is None or keep is None:
            continue
        said = {**keys, **({"skip": skip} if skip else {}), **({"keep": keep} if keep else {})}
        words = len(keys) + (1 + len(skip) if skip else 0) + (1 + len(keep) if keep else 0)
        if best is None or words < best.words:
            best = Removals(said, words)
    return best


def _bases(available: Mask, present: Mask) -> Iterator[tuple[dict[str, Any], Mask]]:
    """Ways to take away what rings, centre and corners can, with the places that are then left."""
    rows, columns = present.shape
    across = np.minimum(np.arange(columns), columns - 1 - np.arange(columns))
    down = np.minimum(np.arange(rows), rows - 1 - np.arange(rows))[:, None]
    from_corner, ring = across + down, np.minimum(across, down) + 1
    first = from_corner[present].min()
    corners: list[tuple[dict[str, Any], Mask]] = [({}, available)]
    if first and first <= min(rows, columns):
        corners.append(({"corners": int(first)}, available & (from_corner >= first)))
    for keys, left in corners:
        yield keys, left
        for more, inner in (*_rings(left, present, ring), *_centres(left, present)):
            yield {**keys, **more}, inner


def _rings(left: Mask, present: Mask, ring: NDArray[np.int64]) -> Iterator[tuple[dict[str, Any], Mask]]:
    there = np.bincount(ring[present & left], minlength=int(ring.max()) + 1)
    whole = np.bincount(ring[left], minlength=int(ring.max()) + 1)
    full = [i for i in range(1, int(ring.max()) + 1) if there[i] > _NEARLY * whole[i]]
    if not full or len(full) == int(ring.max()):
        return
    said: Any = len(full) if full == list(range(1, len(full) + 1)) else tuple(full)
    yield {"rings": said}, left & np.isin(ring, full)


def _centres(left: Mask, present: Mask) -> Iterator[tuple[dict[str, Any], Mask]]:
    """The largest empty rectangles in the middle."""
    rows, columns = present.shape
    found: list[tuple[int, int]] = []
    for high in range(rows % 2 or 2, rows + 1, 2):
        top = (rows - high) // 2
        empty = ~_some(present[top:top + high], 0)
        wide = columns % 2 or 2
        if not empty[(columns - wide) // 2:(columns + wide) // 2].all():
            break
        while wide + 2 <= columns and empty[(columns - wide) // 2 - 1] and empty[(columns + wide) // 2]:
            wide += 2
        found.append((wide, high))
    for wide, high in sorted(found, key=lambda size: -size[0] * size[1])[:2]:
        inner = left.copy()
        top, start = (rows - high) // 2, (columns - wide) // 2
        inner[top:top + high, start:start + wide] = False
        yield {"centre": (wide, high)}, inner


def _places(cells: Mask, allowed: Mask, row_names: list[str], column_names: list[str], names: Names
            ) -> Optional[tuple[str, ...]]:
    """Rectangles over all ``cells`` and over nothing that is not ``allowed``, by name; None if they are many."""
    left = cells.copy()
    said: list[str] = []
    most = max(MOST_PLACES, min(MOST_OF_LARGE, cells.size // _PLACES_AN_ENTRY))
    columns = cells.shape[1]

    def place(row: int, column: int) -> str:
        pair = (row_names[row], column_names[column])
        return names.prefix + "".join(pair if names.letters == "rows" else pair[::-1])

    while left.any():
        if len(said) >= most:
            return None
        row, column = divmod(int(left.argmax()), columns)
        # A row or a column as a whole says more than its two ends.
        if allowed[row].all():
            whole = _every(allowed[row:], 1) & _some(left[row:], 1)
            bottom = _run(whole)
            said.append(_line("row", row_names, row, row + bottom - 1))
            left[row:row + bottom] = False
        elif allowed[:, column].all():
            whole = _every(allowed[:, column:], 0) & _some(left[:, column:], 0)
            right = _run(whole)
            said.append(_line("column", column_names, column, column + right - 1))
            left[:, column:column + right] = False
        else:
            wide, high = _largest(allowed[row:, column:], left[row:, column:])
            end = place(row + high - 1, column + wide - 1)
            said.append(place(row, column) + (f":{end}" if (wide, high) != (1, 1) else ""))
            left[row:row + high, column:column + wide] = False
    return tuple(said)


def _line(word: str, names: list[str], first: int, last: int) -> str:
    return f"{word} {names[first]}" if first == last else f"{word}s {names[first]}:{names[last]}"


def _every(mask: Mask, axis: int) -> Mask:
    return np.asarray(mask.all(axis=axis), np.bool_)


def _some(mask: Mask, axis: int) -> Mask:
    return np.asarray(mask.any(axis=axis), np.bool_)


def _run(flags: Mask) -> int:
    """How many are true from the first on."""
    return len(flags) if flags.all() else int(flags.argmin())


def _largest(allowed: Mask, wanted: Mask) -> tuple[int, int]:
    """Width and height of the allowed rectangle from the top left corner that covers most of what is wanted."""
    best, size = 0, (1, 1)
    wide = allowed.shape[1]
    for high in range(1, allowed.shape[0] + 1):
        wide = min(wide, _run(allowed[high - 1]))
        if not wide:
            break
        covered = wanted[:high, :wide]
        count = int(covered.sum())
        if count > best:
            # Not wider or higher than what is wanted.
            across, down = np.flatnonzero(covered.any(axis=0)), np.flatnonzero(covered.any(axis=1))
            best, size = count, (int(across[-1]) + 1, int(down[-1]) + 1)
    return size
