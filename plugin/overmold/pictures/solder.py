"""Bumps and balls in a cross-section: those that the cut runs through in their true shape, part of a sphere; of a crowd of
which it meets none the nearest row behind it, lighter."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import Optional

import numpy as np
from numpy.typing import NDArray

from ..model3d.colours import is_of_copper
from ..model3d.solids import Ball, solder
from ..package import Balls, Package, keys
from ..package.site_lands import ball_lands, bump_lands
from ..shapes import Outline
from ..space import BALLS, Body, Crowd, body_of, chip_body, crowds
from ..space.crowds import VIAS
from ..units import LENGTH, show
from .levels import ends, level, metals
from .marks import Marks
from .pieces import Piece
from .scale import Scale
from .svg import n, path

_ROW = 1000  # nm: a turned chip's row is level only so far


def cut_joints(package: Package, scale: Scale, hues: Marks, balls: bool) -> Iterator[Piece]:
    """The balls, or the bumps of all chips."""
    found = [crowd for crowd in crowds(package) if (crowd.kind == BALLS) == balls]
    cut = {crowd.key for crowd in found if met(crowd, scale)[1].any()}
    for crowd in found:
        # Of bumps of several heights, or balls of two sides, no row behind hides those that are cut.
        if crowd.key not in cut or met(crowd, scale)[1].any():
            yield from _row(package, crowd, scale, hues)


@dataclass(frozen=True)
class Disc:
    """What a cut shows of a joint: of a disc of ``radius`` whose middle is ``depth`` under the joint's upper end all that lies
    between its two ends, ``height`` apart (nm). Without a ``radius`` it is a rod ``width`` wide."""

    radius: float
    depth: float
    height: float
    width: float = 0.0

    def half_at(self, depth: float) -> float:
        """Half of its width at a depth."""
        return max(self.radius**2 - (depth - self.depth) ** 2, 0.0) ** 0.5 if self.radius else self.width / 2

    @property
    def widest(self) -> float:
        """Half of its width where it is widest; 0 where nothing of it is left."""
        return self.half_at(min(max(self.depth, 0.0), self.height))


def disc_of(kind: str, diameter: int, height: int, off: float) -> Disc | None:
    """A joint cut ``off`` nm beside its middle; None where the cut misses it.

    A bump is what its solid of ``model3d`` is: of a sphere what lies between two lands, or a rod where it is higher than wide.
    A ball as delivered hangs from one land: all of a sphere of its diameter that its standoff leaves, flatter than half of it
    a cap as wide as the ball.
    """
    if kind == BALLS and height <= diameter:
        radius = diameter / 2 if 2 * height >= diameter else (diameter**2 / 4 + height**2) / (2 * height)
        depth = height - radius
    else:
        shape = solder(diameter, height)
        if not isinstance(shape, Ball):
            return rod_of(diameter, height, off)
        radius, depth = shape.radius, shape.half
    disc = Disc(max(radius**2 - off**2, 0.0) ** 0.5, depth, height)
    return disc if disc.widest else None


def rod_of(diameter: int, height: int, off: float) -> Disc | None:
    """A rod cut ``off`` nm beside its middle; None where the cut misses it."""
    width = 2 * max(diameter**2 / 4 - off**2, 0.0) ** 0.5
    return Disc(0.0, 0.0, height, width) if width else None


def met(crowd: Crowd, scale: Scale) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Which of a crowd to draw, and whether each is cut: those that are, else the nearest row behind the cut, or before."""
    _, behind = scale.cut.places(crowd.xy)
    cut = np.flatnonzero(np.abs(behind) < np.maximum(crowd.diameters, 2 * _ROW) / 2)
    if len(cut):
        return cut, np.ones(len(cut), bool)
    rear = np.where(behind > 0, behind, np.inf)
    away = rear if np.isfinite(rear).any() else -behind
    row = np.flatnonzero(away <= away.min() + _ROW) if len(away) else np.zeros(0, np.int64)
    return row, np.zeros(len(row), bool)


def _row(package: Package, crowd: Crowd, scale: Scale, hues: Marks) -> Iterator[Piece]:
    low, high = ends(package, crowd)
    if high <= low or not len(crowd.xy):
        return
    along, behind = scale.cut.places(crowd.xy)
    before = package.far_passives if crowd.kind == BALLS else [part for part in package.near_passives if part.on]
    bodies = [*(body_of(package, part) for part in before),
              *(chip_body(package, chip) for chip in (package.far_chips if crowd.kind == BALLS else ()))]
    hiding = [span for body in bodies if _meets(package, body, low, high) for span in scale.cut.spans(body.outline)]
    lacks, sits = bool((crowd.top - crowd.bottom).lacks), crowd.kind == BALLS and high > 0
    rows, cuts = met(crowd, scale)
    for i, cut in zip(rows.tolist(), cuts.tolist()):
        wide = int(crowd.diameters[i]) or _land(package, crowd, i)
        shape_of = rod_of if crowd.rod else partial(disc_of, crowd.kind)
        disc = shape_of(wide, high - low, float(behind[i]) if cut else 0.0) if wide else None
        outline = crowd.outline(i)
        if outline is not None:
            disc, middle = _rod(outline, scale, high - low, cut)
            along[i] = middle if disc is not None else along[i]
        s, key = float(along[i]), keys.within(crowd.key, crowd.names[i])
        if disc is None or (not cut and any(left - wide / 2 < s < right + wide / 2 for left, right in hiding)):
            continue
        disc = replace(disc, depth=disc.height - disc.depth) if sits else disc  # on the chip side a ball stands on its land
        words = _name(crowd, i) + ("" if cut else f", {_how_far(float(behind[i]))} the cut")
        kind = f"bump{'' if cut else ' beyond'} {hues.get(key) or hues.get(crowd.key) or ''}".rstrip()
        x, half = scale.x(s), disc.widest * scale.per_nm
        area, shape = (x - half, scale.z(high), x + half, scale.z(low)), _shape(disc, x, scale, high)
        yield Piece(key, area, path(kind, shape, words))
        yield from _copper(package, crowd, key, (x - half, x + half), (scale, cut))
        if crowd.core and cut:
            yield from _core(package.balls, key, (x, scale.z(low), float(behind[i])), scale)
        if lacks or not crowd.diameters[i]:
            yield Piece(key, area, path("hatched", shape, f"{words}; not all of it is stated"))


def _copper(package: Package, crowd: Crowd, key: str, sides: tuple[float, float], how: tuple[Scale, bool]) -> Iterator[Piece]:
    """The copper of a pillar between its two walls."""
    (scale, cut), (left, right) = how, sides
    for low, high, is_copper in metals(package, crowd):
        if is_copper:
            area = left, scale.z(high), right, scale.z(low)
            ring = f"M{n(left)} {n(area[1])}H{n(right)}V{n(area[3])}H{n(left)}Z"
            yield Piece(key, area, path("copper" if cut else "copper beyond", ring, f"copper, {show(high - low, LENGTH)}"))


def _rod(outline: Outline, scale: Scale, height: int, cut: bool) -> tuple[Disc | None, float]:
    """An oblong bump as upright walls, and where along the line its middle is: where the line cuts it, or all of what is seen
    of one behind."""
    places = [scale.cut.place(spot)[0] for spot in outline.rings[0]]
    spans = scale.cut.spans(outline) if cut else [(min(places), max(places))]
    if not spans:
        return None, 0.0
    left, right = spans[0][0], spans[-1][1]
    return Disc(0.0, 0.0, height, right - left), (left + right) / 2


def _core(balls: Optional[Balls], key: str, spot: tuple[float, float, float], scale: Scale) -> Iterator[Piece]:
    """The core of a ball that is cut ``spot[2]`` beside its middle: it stands on the ball's lower end."""
    core = balls.core if balls is not None else None
    half = max((core.nominal / 2) ** 2 - spot[2] ** 2, 0.0) ** 0.5 if core is not None else 0.0
    if balls is not None and core is not None and half:
        across, tall = half * scale.per_nm, half * scale.per_nm * scale.stretch
        x, middle = spot[0], spot[1] - core.nominal / 2 * scale.per_nm * scale.stretch
        arc = f"a{n(across)} {n(tall)} 0 1 1"
        ring = f"M{n(x - across)} {n(middle)}{arc} {n(2 * across)} 0{arc} {n(-2 * across)} 0Z"
        words = f"core, {show(core.nominal, LENGTH)} {balls.core_material}".rstrip()
        kind = "copper" if is_of_copper(balls.core_material) else "core"
        yield Piece(key, (x - across, middle - tall, x + across, middle + tall), path(kind, ring, words))


def _meets(package: Package, body: Body, low: int, high: int) -> bool:
    """Whether a part hides what lies behind it between two heights."""
    return level(package, body.bottom) < high and low < level(package, body.top)


def _name(crowd: Crowd, i: int) -> str:
    if crowd.key == keys.TOP_LANDS:
        return f"{'solder in the via over' if crowd.kind == VIAS else 'upper ball on'} top land {crowd.names[i]}"
    if crowd.kind == BALLS:
        return f"{'pillar' if crowd.rod else 'ball'} {crowd.names[i]}"
    return f"bump {keys.last(keys.around(crowd.key))}.{crowd.names[i]}"


def _how_far(behind: float) -> str:
    return f"{show(round(abs(behind) / 1000) * 1000, LENGTH)} {'behind' if behind > 0 else 'before'}"


def _land(package: Package, crowd: Crowd, i: int) -> int:
    """The copper under a joint, which is drawn hatched in the place of one of no stated diameter."""
    if crowd.kind == BALLS:
        lands = ball_lands(package.balls)[0].tolist() if package.balls is not None else []
    else:
        lands = next((bump_lands(chip.bumps)[0].tolist() for chip in package.chips
                      if chip.bumps is not None and keys.bumps(chip.name) == crowd.key), [])
    row = int(crowd.rows[i])
    return int(lands[row]) if row < len(lands) else 0


def _shape(disc: Disc, x: float, scale: Scale, high: int) -> str:
    """The part of a disc as a path: an arc down on its right side, one up on its left, flat where it is cut off."""
    top, bottom = max(0.0, disc.depth - disc.radius), min(disc.height, disc.depth + disc.radius)
    if not disc.radius:
        top, bottom = 0.0, disc.height
    upper, lower = disc.half_at(top) * scale.per_nm, disc.half_at(bottom) * scale.per_nm
    ends = scale.z(high - top), scale.z(high - bottom)
    round_to = f"A{n(disc.radius * scale.per_nm)} {n(disc.radius * scale.per_nm * scale.stretch)} 0 0 1 "
    down = f"{round_to}{n(x + lower)} {n(ends[1])}" if disc.radius else f"V{n(ends[1])}"
    up = f"{round_to}{n(x - upper)} {n(ends[0])}" if disc.radius else f"V{n(ends[0])}"
    return f"M{n(x - upper)} {n(ends[0])}H{n(x + upper)}{down}H{n(x - lower)}{up}Z"

