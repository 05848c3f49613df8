"""From the bodies of a package to the cells of its cavity.

Every slit of ``space`` that the encapsulant fills is a layer: a gap under a chip, the cover over one, the mold beside them, the
step over a passive, what lies under an overhang, the spaces between leads. Bumps make a gap a porous layer of their density at
that place; wires take from the height what their shadow covers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from ..faults import fail
from ..geometry.oblongs import as_circles
from ..package import Package, keys
from ..package.words import ENCAPSULANT
from ..shapes import Outline, overlap_area, polygon
from ..space import (
    BUMPS,
    CARRIER,
    CHIP,
    METAL,
    MOLD,
    PASSIVE,
    Crowd,
    Room,
    Slit,
    blocks,
    bodies,
    crowds,
    is_roof,
    over,
)
from ..space.molds import MAIN
from .blocks import alone
from .bumps import Porous, porous
from .cells import BESIDE, OVER, UNDER, Cells, FloatArray, IntCells, Mask, Part, graded
from .walls import under_walls
from .wires import shadow

UM = 1000.0  # nanometres
# Nanometres off the middle of a cell, so that no edge that runs through middles leaves a cell to neither side.
_NUDGE = (0.31, 0.17)
_LEAST, _MOST = 48, 64  # cells along the longer side
_TO_A_FEATURE = 4


class Unknown(Exception):
    """Dimensions that nobody has stated, by key, without which there is nothing to fill."""

    def __init__(self, keys_of_them: tuple[str, ...]) -> None:
        super().__init__(", ".join(keys_of_them))
        self.keys = keys_of_them

    @property
    def words(self) -> str:
        """What to state, in a sentence."""
        return f"the mold cannot be filled before these are stated: {', '.join(self.keys)}"


@dataclass(frozen=True, eq=False, repr=False)
class Layer:
    """One slit as a layer: heights in um, of which part, and of the chip whose own gap it is."""

    outline: Outline
    low: float
    high: float
    part: Part
    gap_of: str = ""


def layers(package: Package) -> list[Layer]:
    """Every layer that the encapsulant fills; raises Unknown where a height of one is not stated."""
    faces = [body.key for body in bodies(package) if body.kind in (CHIP, PASSIVE)]
    faces += [CARRIER] if package.carrier is not None else []
    chips = {chip.key: chip.name for chip in package.near_chips}
    far = package.far_keys
    found: list[Layer] = []
    lacking: dict[str, None] = {}
    for key in faces:
        for slit in () if key in far else over(package, key):
            if slit.filling != ENCAPSULANT or slit.thickness is None:
                continue
            ends = _ends(slit.thickness)
            if ends is None:
                lacking.update(dict.fromkeys(slit.thickness.lacks))
            elif ends[1] > ends[0]:
                found.append(Layer(slit.outline, *ends, _part(slit, chips), chips.get(slit.upper, "") if slit.own else ""))
    if lacking:
        raise Unknown(tuple(lacking))
    return [*found, *_under_half_etched(package)]


def _ends(room: Room) -> Optional[tuple[float, float]]:
    low, high = room.lower.value, room.upper.value
    return None if low is None or high is None else (low.nominal / UM, high.nominal / UM)


def _part(slit: Slit, chips: dict[str, str]) -> Part:
    if slit.upper in chips:
        return Part(UNDER, chips[slit.upper])
    if slit.lower in chips and is_roof(slit.upper):
        return Part(OVER, chips[slit.lower])
    return Part(BESIDE)


def _under_half_etched(package: Package) -> Iterator[Layer]:
    """What lies between the half-etched metal of a frame and the tape on which it stands."""
    floor = next((body.bottom.value for body in bodies(package) if body.kind == MOLD), None)
    for body in bodies(package):
        bottom = body.bottom.value
        if body.kind == METAL and floor is not None and bottom is not None and bottom.nominal > floor.nominal:
            yield Layer(body.outline, floor.nominal / UM, bottom.nominal / UM, Part(BESIDE))


def cells_of(package: Package, cells: int = 0) -> Cells:
    """The cavity of one unit, ``cells`` along its longer side, 0 for as many as its smallest feature asks for.

    Lines lie on the edges of the mold and of chips as far as cells allow. Raises Unknown, and Faults without a mold.
    """
    package = alone(package, MAIN)
    (block,) = blocks(package)
    found = [one for one in layers(package) if overlap_area(one.outline, block.outline)]
    x, y = _lines(package, block.outline, cells)
    middles = (x[1:] + x[:-1]) / 2, (y[1:] + y[:-1]) / 2
    shape = len(middles[0]), len(middles[1])
    parts = tuple(dict.fromkeys(one.part for one in found))
    stack, inside = _Stack(shape), _cavity(package, block.outline, middles)
    for one in found:
        area = covered(one.outline, middles) & inside
        stack.put(one, parts.index(one.part), area)
    if not stack.low:
        raise fail(package.source, "the encapsulant has no room anywhere: look at the mold cap, at what fills the gaps and at "
                   "where mold is kept out")
    low, part = np.stack(stack.low), np.stack(stack.part)
    high = under_walls(block, (x, y), inside, low, np.stack(stack.high))
    height = high - low
    mobility, free = height**3 / 12, np.ones(height.shape)
    dense = _by_chip(package)
    for chip in package.near_chips:
        own = np.stack(stack.gap_of) == chip.name
        crowd = dense.get(keys.bumps(chip.name))
        if crowd is not None and own.any():
            mobility, free = porous(Porous(x, y, height, own), crowd, mobility, free)
    roof = high == high.max(axis=0)
    mobility = np.where(roof & (height > 0), shadow(package, x, y, height), mobility) if package.wires else mobility
    return Cells(x=x, y=y, low=low, high=high, mobility=mobility, open=free, part=part,
                 inside=inside, parts=parts)


def _cavity(package: Package, outline: Outline, middles: tuple[FloatArray, FloatArray]) -> Mask:
    """Where encapsulant can be: in the mold's outline, but where it is kept out at any height, which is a wall of the tool."""
    inside: Mask = covered(outline, middles)
    for one in package.keep_outs:
        if one.is_wall:
            inside = inside & ~covered(one.outline, middles)
    return inside


def _by_chip(package: Package) -> dict[str, Crowd]:
    """The bumps of each chip, whatever their heights, as one crowd."""
    found: dict[str, Crowd] = {}
    for crowd in (one for one in crowds(package) if one.kind == BUMPS):
        other = found.get(crowd.key)
        # Oblong ones are in the way as round ones that cover as much of the plan.
        crowd = crowd if crowd.shapes is None else replace(crowd, diameters=np.rint(as_circles(crowd.shapes)).astype(np.int64))
        found[crowd.key] = crowd if other is None else replace(
            other, xy=np.concatenate((other.xy, crowd.xy)), diameters=np.concatenate((other.diameters, crowd.diameters)))
    return found


class _Stack:
    """Layers of cells one over the other as they come; two in one place, which no sound package has, are one."""

    def __init__(self, shape: tuple[int, int]) -> None:
        self.shape = shape
        self.low: list[FloatArray] = []
        self.high: list[FloatArray] = []
        self.part: list[IntCells] = []
        self.gap_of: list[np.ndarray] = []

    def put(self, layer: Layer, part: int, area: Mask) -> None:
        for low, high in zip(self.low, self.high):
            area = area & ~((np.minimum(high, layer.high) > np.maximum(low, layer.low)) & (high > low))
        left = area
        number = 0
        while left.any():
            if number == len(self.low):
                self._another()
            here = left & (self.high[number] == self.low[number])
            self.low[number][here], self.high[number][here] = layer.low, layer.high
            self.part[number][here], self.gap_of[number][here] = part, layer.gap_of
            left, number = left & ~here, number + 1

    def _another(self) -> None:
        self.low.append(np.zeros(self.shape))
        self.high.append(np.zeros(self.shape))
        self.part.append(np.zeros(self.shape, np.int64))
        self.gap_of.append(np.full(self.shape, "", dtype="U60"))


def covered(outline: Outline, middles: tuple[FloatArray, FloatArray]) -> Mask:
    """The cells whose middles lie in an outline (nx, ny)."""
    x, y = (one * UM + nudge for one, nudge in zip(middles, _NUDGE))
    left, top, right, bottom = outline.box
    columns, rows = (x > left) & (x < right), (y > top) & (y < bottom)
    found: Mask = columns[:, None] & rows
    if outline.is_box or not found.any():
        return found
    import shapely

    i, j = np.nonzero(found)
    found[i, j] = shapely.contains_xy(polygon(outline), x[i], y[j])
    return found


def _lines(package: Package, outline: Outline, cells: int) -> tuple[FloatArray, FloatArray]:
    box = [edge / UM for edge in outline.box]
    inside = [chip for chip in package.near_chips if overlap_area(chip.outline, outline)]
    chips = sorted(inside, key=lambda chip: -max(chip.outline.size))
    edges = [(box[axis], box[axis + 2], *(chip.outline.box[k] / UM for chip in chips for k in (axis, axis + 2)))
             for axis in (0, 1)]
    longer = max(box[2] - box[0], box[3] - box[1])
    step = longer / (cells or min(_MOST, max(_LEAST, round(longer / _smallest(package, outline, edges) * _TO_A_FEATURE))))
    x, y = (graded(list(one), step) for one in edges)
    return x, y


def _smallest(package: Package, outline: Outline, edges: list[tuple[float, ...]]) -> float:
    """The narrowest of streets, chips and passives in um; steps between edges of less than a thousandth part do not count."""
    apart = np.concatenate([np.diff(np.unique(one)) for one in edges])
    sides = [min(part.outline.size) / UM for part in package.near_passives if overlap_area(part.outline, outline)]
    longest = max(one[1] - one[0] for one in edges)
    return float(min([*apart[apart > longest / 1000], *sides]))
