"""A section through the tallest tower in a dozen lines of letters, for places that show no pictures. Not to scale: every layer
has one line, whatever its thickness, and says it. All heights are those of ``space``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from ..package import Package, keys
from ..shapes import polygon
from ..space import ATTACH, BALLS, CHIP, LAYER, METAL, MOLD, PASSIVE, Body, bodies, crowds
from ..units import LENGTH, show

WIDTH = 52
_LETTERS = {CHIP: "█", PASSIVE: "▓", ATTACH: "▬", METAL: "▀", LAYER: "═", MOLD: "░"}
_JOINT = "●"
_DRAWN = (CHIP, ATTACH, PASSIVE, METAL, LAYER, MOLD)  # the first of these that is at a place is what is seen there


@dataclass(frozen=True)
class _Piece:
    kind: str
    name: str
    left: float
    right: float
    bottom: int
    top: int


def sketch(package: Package) -> str:
    """The lines, "" for a package of which no heights are known."""
    known = list(_known(package))
    chips = [one for one in known if one[0].kind == CHIP]
    if not chips:
        return ""
    tower, _, _ = max(chips, key=lambda one: one[2])
    x, y = tower.outline.centre
    pieces = list(_pieces(known, y))
    joints = list(_joints(package, y))
    left, right = min(one.left for one in pieces), max(one.right for one in pieces)
    step = (right - left) / WIDTH
    levels = sorted({*(z for one in pieces for z in (one.bottom, one.top)), *(z for _, low, high in joints if high <= 0
                                                                          for z in (low, high))}, reverse=True)
    slabs = list(zip(levels, levels[1:]))
    rows = [_row(pieces, joints, [left + (i + .5) * step for i in range(WIDTH)], (low + high) / 2) for high, low in slabs]
    return "\n".join(f"{row}  {words}".rstrip() for row, words in zip(rows, _said(pieces, x, slabs)))


def _known(package: Package) -> Iterator[tuple[Body, int, int]]:
    """Every body whose heights are known, with them; the layers of a carrier are one."""
    layers = []
    for body in bodies(package):
        low, high = body.bottom.value, body.top.value
        if low is None or high is None or high.nominal <= low.nominal:
            continue
        if body.kind == LAYER:
            layers.append((body, low.nominal, high.nominal))
        else:
            yield body, low.nominal, high.nominal
    if layers:
        yield layers[0][0], min(low for _, low, _ in layers), max(high for _, _, high in layers)


def _pieces(known: Sequence[tuple[Body, int, int]], y: int) -> Iterator[_Piece]:
    """What the line at ``y`` cuts."""
    from shapely import LineString, get_parts

    for body, low, high in known:
        left, _, right, _ = body.outline.box
        cut = LineString([(left - 1, y), (right + 1, y)]).intersection(polygon(body.outline))
        for part in get_parts(cut):
            if part.length:
                yield _Piece(body.kind, keys.last(body.key), part.bounds[0], part.bounds[2], low, high)


def _joints(package: Package, y: int) -> Iterator[tuple[tuple[float, ...], int, int]]:
    """Of every crowd the row that is nearest to the line: where its bumps or balls are, and from where to where they reach."""
    for crowd in crowds(package):
        low, high = crowd.bottom.value, crowd.top.value
        if low is None or high is None or not len(crowd.xy):
            continue
        away = np.abs(crowd.xy[:, 1] - y)
        row = crowd.xy[away == away.min(), 0]
        yield tuple(row.tolist()), low.nominal if crowd.kind == BALLS else max(low.nominal, 0), high.nominal


def _row(pieces: Sequence[_Piece], joints: Sequence[tuple[tuple[float, ...], int, int]], xs: Sequence[float], z: float) -> str:
    letters = [_LETTERS.get(_seen(pieces, x, z), " ") for x in xs]
    step = xs[1] - xs[0]
    for spots, low, high in joints:
        if low < z < high:
            for spot in spots:
                place = int((spot - xs[0]) / step + .5)
                if 0 <= place < WIDTH and letters[place] in (" ", _LETTERS[MOLD]):
                    letters[place] = _JOINT
    return "".join(letters)


def _seen(pieces: Sequence[_Piece], x: float, z: float) -> str:
    here = {one.kind for one in pieces if one.left <= x <= one.right and one.bottom < z < one.top}
    return next((kind for kind in _DRAWN if kind in here), "")


def _said(pieces: Sequence[_Piece], x: float, slabs: Sequence[tuple[int, int]]) -> Iterator[str]:
    """What each line is, said at the first of several that are one thing."""
    highest = max((one for one in pieces if one.kind == CHIP), key=lambda piece: piece.top)

    def owner(slab: tuple[int, int]) -> str:
        z = (slab[0] + slab[1]) / 2
        here = [one for one in pieces if one.left <= x <= one.right and one.bottom < z < one.top and one.kind != MOLD]
        if here:
            one = min(here, key=lambda piece: _DRAWN.index(piece.kind))
            return {LAYER: "carrier", METAL: "lead frame", ATTACH: "die attach"}.get(one.kind, one.name)
        if z < 0:
            return "balls"
        above = [one for one in pieces if one.left <= x <= one.right and one.kind == CHIP and one.bottom > z]
        if above:
            return f"gap under {min(above, key=lambda piece: piece.bottom).name}"
        return f"mold over {highest.name}"

    for words, run in groupby(slabs, key=owner):
        every = list(run)
        yield f"{words}, {show(every[0][0] - every[-1][1], LENGTH)}"
        yield from [""] * (len(every) - 1)
