"""Grids: where the places of an array lie, and which of them have a site."""

from __future__ import annotations

import math
from typing import Callable, Union

import numpy as np
from numpy.typing import NDArray

from ..faults import did_you_mean
from ..units import LENGTH
from .names import Mask, Places, line_names, select, site_names
from .pattern import MAX_SITES, STAGGERS, ArrayPattern, Path, Problem

IntArray = NDArray[np.int64]


def lay_out_grid(pattern: ArrayPattern, path: Path, problems: list[Problem]) -> tuple[list[str], IntArray]:
    """Names and places (n, 2), from the array's centre, of a pattern that has a grid; nothing where it is at fault."""
    nothing: tuple[list[str], IntArray] = [], np.zeros((0, 2), np.int64)
    before = len(problems)
    _check(pattern, path, problems)
    if len(problems) > before or pattern.grid is None:
        return nothing
    columns, rows = pattern.grid
    row_names, column_names = line_names(pattern.names, columns, rows, (*path, "names"), problems)
    if len(problems) > before:
        return nothing
    xy, mask = _places(pattern)
    places = Places(pattern.names, row_names, column_names)
    if pattern.only:
        mask &= select(pattern.only, places, xy, (*path, "only"), problems)
    if pattern.rings is not None:
        mask &= _rings(pattern.rings, columns, rows)
    if pattern.centre is not None:
        wide, high = pattern.centre
        left, top = (columns - wide) // 2, (rows - high) // 2
        mask[top:top + high, left:left + wide] = False
    if pattern.corners:
        mask &= _without_corners(pattern.corners, columns, rows)
    if pattern.skip:
        mask &= ~select(pattern.skip, places, xy, (*path, "skip"), problems)
    if pattern.keep:
        mask |= select(pattern.keep, places, xy, (*path, "keep"), problems)
    if not mask.any() and len(problems) == before:
        problems.append(Problem(path, "no site is left of this array; keep some, or take less away"))
    if len(problems) > before:
        return nothing
    return site_names(pattern.names, row_names, column_names, mask), xy[mask]


def _check(pattern: ArrayPattern, path: Path, problems: list[Problem]) -> None:
    """Everything about a grid that can be judged by its numbers alone."""
    def wrong(field: str, message: str) -> None:
        problems.append(Problem((*path, field), message))

    assert pattern.grid is not None
    columns, rows = pattern.grid
    if columns < 1 or rows < 1:
        return wrong("grid", f"{columns} columns and {rows} rows do not make a grid; both are at least 1")
    if columns * rows > MAX_SITES:
        return wrong("grid", f"{columns} columns and {rows} rows make {columns * rows:,} places; an array has at most "
                     f"{MAX_SITES:,}")
    if pattern.pitch is None:
        return wrong("pitch", "a grid needs a pitch; write for example pitch: 0.8 mm")
    if min(pattern.pitch) < 1:
        return wrong("pitch", "a pitch is more than nothing; write for example 0.8 mm")
    if max(columns * pattern.pitch[0], rows * pattern.pitch[1]) > LENGTH.largest:
        return wrong("pitch", "this grid is wider than 1 m; look at its pitch and at its columns and rows")
    if pattern.stagger and pattern.stagger not in STAGGERS:
        wrong("stagger", f"unknown value '{pattern.stagger}'{did_you_mean(pattern.stagger, STAGGERS)}")
    elif pattern.stagger.startswith("hexagonal") and pattern.pitch[0] != pattern.pitch[1]:
        wrong("pitch", f"'{pattern.stagger}' has one pitch, the distance of any two neighbours; write one length")
    if pattern.shift not in ("first", "second"):
        wrong("shift", f"unknown value '{pattern.shift}'; known: first, second")
    _check_removals(pattern, columns, rows, wrong)


def _check_removals(pattern: ArrayPattern, columns: int, rows: int, wrong: Callable[[str, str], None]) -> None:
    most = (min(columns, rows) + 1) // 2
    rings = (pattern.rings,) if isinstance(pattern.rings, int) else pattern.rings or ()
    if pattern.rings is not None and not rings:
        wrong("rings", "no ring is listed; write for example rings: 3, or [1, 2, 5]")
    for ring in rings:
        if not 1 <= ring <= most:
            wrong("rings", f"there is no ring {ring}: a grid of {columns} columns and {rows} rows has {most}")
            break
    if pattern.centre is not None:
        for cut, there, word in zip(pattern.centre, (columns, rows), ("columns", "rows")):
            if not 1 <= cut <= there:
                wrong("centre", f"{cut} {word} cannot be taken out of {there}")
            elif (there - cut) % 2:
                fit = f"{cut - 1} or {cut + 1}" if cut > 1 else "2"
                wrong("centre", f"{cut} {word if cut > 1 else word[:-1]} cannot lie in the middle of {there}; take out {fit}")
    if pattern.corners < 0 or pattern.corners > min(columns, rows):
        wrong("corners", f"{pattern.corners} sites cannot be cut off an edge that has {min(columns, rows)}")


def _places(pattern: ArrayPattern) -> tuple[IntArray, Mask]:
    """Where the places (rows, columns, 2) of the grid lie, and which of them the stagger leaves a site."""
    assert pattern.grid is not None
    assert pattern.pitch is not None
    (columns, rows), (pitch_x, pitch_y) = pattern.grid, pattern.pitch
    # Quarters of a nanometre, so that the halves of a shift and of a middle between two places stay whole numbers.
    across = 2 * (2 * np.arange(columns, dtype=np.int64) - columns + 1)
    down = 2 * (2 * np.arange(rows, dtype=np.int64) - rows + 1)
    row, column = np.arange(rows)[:, None], np.arange(columns)[None, :]
    second = int(pattern.shift == "second")
    stagger = pattern.stagger
    x, y = across * pitch_x, down * pitch_y
    if stagger in ("hexagonal rows", "hexagonal row checkerboard"):
        y = _times_root3(down * pitch_y)
    if stagger in ("hexagonal columns", "hexagonal column checkerboard"):
        x = _times_root3(across * pitch_x)
    if stagger == "hexagonal row checkerboard":
        x = across * pitch_x // 2
    if stagger == "hexagonal column checkerboard":
        y = down * pitch_y // 2
    places = np.empty((rows, columns, 2), np.int64)
    places[..., 0], places[..., 1] = x, y[:, None]
    if stagger in ("shifted rows", "hexagonal rows") and rows > 1:
        places[..., 0] += np.where((row + second) % 2 == 0, pitch_x, -pitch_x)
    if stagger in ("shifted columns", "hexagonal columns") and columns > 1:
        places[..., 1] += np.where((column + second) % 2 == 0, pitch_y, -pitch_y)
    if pattern.names.corner.endswith("right"):
        places[..., 0] *= -1
    if pattern.names.corner.startswith("bottom"):
        places[..., 1] *= -1
    mask = np.ones((rows, columns), np.bool_)
    if stagger.endswith("checkerboard"):
        mask[:] = (row + column + second) % 2 == 1
    nearest: IntArray = (places + 2) // 4
    return nearest, mask


def _times_root3(quarters: IntArray) -> IntArray:
    """Half the square root of three times ``quarters``: the distance of two rows in a hexagonal array of pitch 1."""
    rounded: IntArray = np.rint(quarters * (math.sqrt(3.0) / 2)).astype(np.int64)
    return rounded


def _from_edges(columns: int, rows: int) -> tuple[IntArray, IntArray]:
    """How many places lie between each column (row) and the nearer end of its row (column)."""
    column, row = np.arange(columns), np.arange(rows)[:, None]
    return np.minimum(column, columns - 1 - column), np.minimum(row, rows - 1 - row)


def _rings(rings: Union[int, tuple[int, ...]], columns: int, rows: int) -> Mask:
    across, down = _from_edges(columns, rows)
    ring = np.minimum(across, down) + 1
    return ring <= rings if isinstance(rings, int) else np.isin(ring, rings)


def _without_corners(cut: int, columns: int, rows: int) -> Mask:
    across, down = _from_edges(columns, rows)
    return across + down >= cut
