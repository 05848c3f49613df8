"""Which pieces of metal touch, by where they are: lands that overlap, and what lies under a point.

Two pieces touch where they are nearer than a nanometre: what is turned is rounded to whole ones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..geometry.circles import clearance_inside, pairs_between, pairs_nearer_than
from ..geometry.joined import touching
from ..geometry.leads import standing_room
from ..geometry.shape_gaps import seen_from
from ..shapes import distance as outlines_apart
from ..shapes import distinct, rectangle
from .pieces import INSIDE, Pieces

Floats = NDArray[np.float64]
NOTHING = -1
_NEAR = 1


def lands_that_touch(pieces: Pieces) -> tuple[IntArray, IntArray]:
    """Pairs (i < j) of pieces of the carrier's copper that touch, each side, and each floor of a cavity, for itself."""
    found = []
    for side in (0, 1, *range(INSIDE + 1, int(pieces.side.max(initial=INSIDE)) + 1)):
        which = np.flatnonzero((pieces.side == side) & (pieces.size > 0).all(axis=1))
        if len(which) > 1:
            i, j, _ = pairs_nearer_than(pieces.xy[which], _reach(pieces, which), _NEAR)
            found.append((which[i], which[j]))
    if not found:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    i, j = (np.concatenate(columns) for columns in zip(*found))
    touch = _touch(pieces, i, j)
    return i[touch], j[touch]


def _reach(pieces: Pieces, which: IntArray) -> IntArray:
    """The diameter of a circle around each piece (n): its own where it is round."""
    wide, high = pieces.size[which, 0], pieces.size[which, 1]
    around = np.ceil(np.hypot(wide, high)).astype(np.int64) + 2
    reach: IntArray = np.where(pieces.is_round[which], wide, around)
    return reach


def _touch(pieces: Pieces, i: IntArray, j: IntArray) -> NDArray[np.bool_]:
    """Which of these pairs touch; those of two round pieces are known to."""
    touch = np.ones(len(i), bool)
    mixed = pieces.is_round[i] != pieces.is_round[j]
    round_one, other = np.where(pieces.is_round[i], i, j)[mixed], np.where(pieces.is_round[i], j, i)[mixed]
    spots = seen_from(pieces.xy[other], pieces.angle[other], pieces.xy[round_one])
    beyond = np.maximum(np.abs(spots) - pieces.size[other] / 2, 0)
    touch[mixed] = np.hypot(beyond[:, 0], beyond[:, 1]) - pieces.size[round_one, 0] / 2 < _NEAR
    cornered = np.flatnonzero(~pieces.is_round[i] & ~pieces.is_round[j])
    a, b = i[cornered], j[cornered]
    touch[cornered] = np.maximum(_between(pieces, a, b), _between(pieces, b, a)) < _NEAR
    return touch


def _between(pieces: Pieces, a: IntArray, b: IntArray) -> Floats:
    """How wide the gap is that two rectangles leave along one of the two axes of ``a``, negative where there is none."""
    turn = np.radians((pieces.angle[b] - pieces.angle[a]) / 1000)
    cos, sin = np.abs(np.cos(turn)), np.abs(np.sin(turn))
    wide, high = pieces.size[b, 0], pieces.size[b, 1]
    shadow = np.stack((wide * cos + high * sin, wide * sin + high * cos), axis=1) / 2
    gap: Floats = (np.abs(seen_from(pieces.xy[a], pieces.angle[a], pieces.xy[b])) - pieces.size[a] / 2 - shadow).max(axis=1)
    return gap


def held_by(pieces: Pieces, which: IntArray, points: IntArray) -> NDArray[np.bool_]:
    """Whether each point (n, 2) lies on the piece of that number (n), leads and die attach pad included."""
    off = np.abs(seen_from(pieces.xy[which], pieces.angle[which], points)) - pieces.size[which] / 2
    held = np.where(pieces.is_round[which], np.hypot(*(points - pieces.xy[which]).T) <= pieces.size[which, 0] / 2 + _NEAR,
                    (off <= _NEAR).all(axis=1))
    for piece in distinct(which[np.isin(which, list(pieces.outlines))]).tolist() if pieces.outlines else ():
        mine = np.flatnonzero(which == piece)
        held[mine] = _over_outline(pieces, piece, points[mine])
    return held


def _over_outline(pieces: Pieces, piece: int, points: IntArray) -> NDArray[np.bool_]:
    """Which points lie on a lead or on the die attach pad, where it is not etched from above; a tie bar is too narrow to stand
    on."""
    over = np.zeros(len(points), bool)
    for outline in standing_room(pieces.outlines[piece][0], pieces.etched):
        left, top, right, bottom = outline.box
        x, y = points[:, 0], points[:, 1]
        here: NDArray[np.bool_] = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
        near = np.flatnonzero(here)
        if len(near) and not outline.is_box:
            here[near] = clearance_inside(points[near], np.zeros(len(near), np.int64), outline) >= -_NEAR
        over |= here
    return over


def under(pieces: Pieces, points: IntArray, below: IntArray) -> IntArray:
    """The piece of ``below`` (its numbers) whose copper lies under each point (n): the one with the nearest middle of those
    that do, NOTHING where none does. ``below`` are rectangles and circles, no leads."""
    found = np.full(len(points), NOTHING, np.int64)
    if not len(points) or not len(below):
        return found
    i, j, _ = pairs_between(points, np.zeros(len(points), np.int64), pieces.xy[below], _reach(pieces, below), _NEAR)
    held = held_by(pieces, below[j], points[i])
    i, j = i[held], below[j[held]]
    return _nearest(pieces, points, i, j, found)


def under_frame(pieces: Pieces, points: IntArray) -> IntArray:
    """The lead or die attach pad under each point (n), NOTHING where there is none."""
    found = np.full(len(points), NOTHING, np.int64)
    for piece in pieces.outlines:
        over = _over_outline(pieces, piece, points)
        found[over & (found == NOTHING)] = piece
    return found


def _nearest(pieces: Pieces, points: IntArray, i: IntArray, j: IntArray, found: IntArray) -> IntArray:
    way = (points[i] - pieces.xy[j]).astype(np.float64)
    order = np.lexsort((j, np.hypot(way[:, 0], way[:, 1]), i))
    first = order[np.unique(i[order], return_index=True)[1]]
    found[i[first]] = j[first]
    return found


def frame_metal_fused(pieces: Pieces) -> tuple[IntArray, IntArray]:
    """Pairs of leads that are one piece of metal, with each other or with the die attach pad and its tie bars."""
    metal = [(piece, outline) for piece, outlines in pieces.outlines.items() for outline in outlines]
    pairs = {(min(metal[i][0], metal[j][0]), max(metal[i][0], metal[j][0])) for i, j in touching([one for _, one in metal])}
    both = np.array(sorted(pair for pair in pairs if pair[0] != pair[1]), np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]


def pads_touching(pieces: Pieces, terminals: IntArray, pads: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs of one of these terminals and one of these bond pads that it touches, all of them rectangles."""
    none = np.zeros(0, np.int64)
    if not len(terminals) or not len(pads):
        return none, none
    i, j, _ = pairs_between(pieces.xy[terminals], _reach(pieces, terminals), pieces.xy[pads], _reach(pieces, pads), _NEAR)
    one, other = terminals[i], pads[j]
    touch = _touch(pieces, one, other)
    return one[touch], other[touch]


def frame_metal_touching(pieces: Pieces, rectangles: IntArray) -> tuple[IntArray, IntArray]:
    """Pairs of a rectangle of these and a lead or die attach pad that it touches, tie bars included."""
    pairs = []
    for one in rectangles.tolist():
        wide, high = pieces.size[one].tolist()
        outline = rectangle(pieces.at(one), (wide, high), int(pieces.angle[one]))
        left, top, right, bottom = outline.box
        for piece, metal in pieces.outlines.items():
            near = [it for it in metal if it.box[0] <= right and left <= it.box[2] and it.box[1] <= bottom and top <= it.box[3]]
            if any(not outlines_apart(outline, part) for it in near for part in standing_room(it, pieces.etched)):
                pairs.append((one, piece))
    both = np.array(pairs, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
