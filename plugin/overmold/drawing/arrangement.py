"""How the balls of a package lie, in words: of a plain grid its columns, rows and pitch, else what a designer would say."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ..arrays import ArrayPattern, IntArray, Sites
from ..plain import listed as in_words
from ..units import mm

_ROUNDED = 2  # nm by which places may be off, since they were turned or rounded once
_MOST_PITCHES = 3


@dataclass(frozen=True)
class Arrangement:
    """``words`` follow the number of balls ("in 12x12, pitch 0.8 mm"); ``pitch`` is that alone, "" where there is none."""

    words: str
    pitch: str


@dataclass(frozen=True)
class Grid:
    """How sites lie: how many columns and rows they use, and the smallest step between two of either, in nm."""

    columns: int
    rows: int
    across: int
    down: int

    @property
    def pitch(self) -> str:
        """The pitch in mm, as 0.8 or 0.8x0.65; that of its one direction for a single row or column."""
        return _pitch((self.across or self.down, self.down or self.across))


def grid_of(xy: IntArray) -> Grid:
    """The grid on which sites lie; a step is 0 where there is one column or row only."""
    xs, ys = np.unique(xy[:, 0]), np.unique(xy[:, 1])
    steps = [int(np.diff(values).min()) if len(values) > 1 else 0 for values in (xs, ys)]
    return Grid(len(xs), len(ys), steps[0], steps[1])


def arrangement_of(sites: Sites, xy: IntArray) -> Arrangement:
    """What to say of sites that lie at ``xy`` (n, 2) about the package's middle."""
    grid = grid_of(xy)
    if len(xy) < 2:
        return Arrangement("", "")
    if _is_plain(xy, grid):
        return Arrangement(f"in {grid.columns}x{grid.rows}, pitch {grid.pitch} mm", grid.pitch)
    from ..arrays.recognise import recognise

    pattern = recognise(sites.names, xy, _ROUNDED)
    if pattern is None:
        apart = mm(nearest(xy, grid))
        return Arrangement(f"{apart} mm apart at the nearest", apart)
    patterns = pattern.zones or (pattern,)
    pitches = sorted({one.pitch for one in patterns if one.pitch is not None}, reverse=True)
    pitch = in_words([_pitch(one) for one in pitches])
    if len(pitches) > _MOST_PITCHES:
        pitch = f"{_pitch(pitches[-1])} to {_pitch(pitches[0])}"
    said = [_stagger(one.stagger) for one in patterns if one.stagger]
    return Arrangement(f"{_size(pattern)}{''.join(f'{word}, ' for word in dict.fromkeys(said))}pitch {pitch} mm", pitch)


def nearest(xy: IntArray, grid: Grid) -> int:
    """The shortest distance between any two sites, in nm, rounded down; 0 for a single one."""
    if len(xy) < 2:
        return 0
    if _is_full(xy, grid):
        return min(grid.across, grid.down)
    spots = xy[np.lexsort((xy[:, 1], xy[:, 0]))]
    best = int(((spots[1:] - spots[:-1]) ** 2).sum(axis=1).min())
    if not best:
        return 0  # two in one place
    # No two sites are nearer than the smallest step in x or in y: on a grid the first look has found it.
    if math.isqrt(best) == min(step for step in (grid.across, grid.down, math.isqrt(best)) if step):
        return math.isqrt(best)
    for shift in range(2, len(spots)):
        step = spots[shift:] - spots[:-shift]
        if int(step[:, 0].min()) ** 2 >= best:
            break
        best = min(best, int((step**2).sum(axis=1).min()))
    return math.isqrt(best)


def _is_full(xy: IntArray, grid: Grid) -> bool:
    """Whether steps are all alike and there is a site wherever a column crosses a row."""
    if grid.columns * grid.rows != len(xy) or not grid.across or not grid.down:
        return False
    columns, rows = (xy[:, 0] - xy[:, 0].min()) // grid.across, (xy[:, 1] - xy[:, 1].min()) // grid.down
    if columns.max() != grid.columns - 1 or rows.max() != grid.rows - 1:
        return False
    taken = np.zeros(len(xy), np.bool_)
    taken[columns * grid.rows + rows] = True
    return bool(taken.all())


def _is_plain(xy: IntArray, grid: Grid) -> bool:
    """Whether every site lies on the grid of the smallest steps and nearly all have a neighbour one step away."""
    steps = np.array([grid.across or 1, grid.down or 1], np.int64)
    places, off = np.divmod(xy - xy.min(axis=0), steps)
    if off.any():
        return False
    if len(xy) == grid.columns * grid.rows and places.max(axis=0).tolist() == [grid.columns - 1, grid.rows - 1]:
        return True  # on every place of the grid
    width = int(places[:, 0].max()) + 3
    keys = (places[:, 1] + 1) * width + places[:, 0] + 1
    alone = ~np.isin(keys + 1, keys) & ~np.isin(keys - 1, keys) & ~np.isin(keys + width, keys) & ~np.isin(keys - width, keys)
    return int(alone.sum()) * 10 <= len(xy)


def _size(pattern: ArrayPattern) -> str:
    return f"in {pattern.grid[0]}x{pattern.grid[1]}, " if pattern.grid is not None else ""


def _stagger(stagger: str) -> str:
    return "hexagonal" if stagger.startswith("hexagonal") else stagger


def _pitch(pitch: tuple[int, int]) -> str:
    across, down = pitch
    return mm(across) if across == down else f"{mm(across)}x{mm(down)}"


def listed(lengths: Iterable[int]) -> str:
    """Different lengths in mm, the largest first: "0.8 and 0.3"."""
    return in_words([mm(one) for one in sorted(set(lengths), reverse=True)])
