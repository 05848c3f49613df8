"""Two maps of a fill, over the chips and under them: when the front arrives, as bands of time, and the air it closes in."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from ..fill import OVER, UNDER, Filled
from ..fill.cells import Mask
from ..fill.grids import of_layer
from ..fill.words import TELLABLE, percent
from .contours import OUTSIDE, region
from .fill_paper import BANDS, STYLE, FloatArray, Map, gates, legend
from .svg import n, page, path, text

_WIDTH, _BETWEEN, _EDGE, _HEAD = 860.0, 34.0, 30.0, 92.0
_WIDE = 1.5  # cavities longer than that lie one over the other
_APART = 46.0, 16.0  # pixels between two words
_NAMES = ("under the chips", "over the chips")


def fill_maps(filled: Filled) -> str:
    """The two maps as one SVG file."""
    cells = filled.found.field.cells
    wide, high = float(np.ptp(cells.x)), float(np.ptp(cells.y))
    stacked = wide > _WIDE * high
    room = _WIDTH - 2 * _EDGE if stacked else (_WIDTH - 2 * _EDGE - _BETWEEN) / 2
    per_um = room / wide
    step = (0.0, high * per_um + 34) if stacked else (room + _BETWEEN, 0.0)
    parts = [f"<style>{STYLE}</style>", text(filled.package.name, _WIDTH / 2, 30, "title", "middle"),
             text("how the front of the mold runs, and where it closes air in", _WIDTH / 2, 50, "note", "middle")]
    for number, layer in enumerate((1, 0)):  # over first, as it lies
        scale = Map(_EDGE + number * step[0], _HEAD + number * step[1], per_um, float(cells.x[0]), float(cells.y[0]))
        parts.append(text(_NAMES[layer], scale.x0, scale.y0 - 10))
        parts += drawn_map(filled, scale, layer)
    bottom = _HEAD + step[1] + high * per_um
    parts += legend(_EDGE, bottom + 24, 300)
    return page(_WIDTH, bottom + 70, f"{filled.package.name}: how the mold fills", parts)


def drawn_map(filled: Filled, scale: Map, layer: int) -> Iterator[str]:
    """One map: of the lowest (0) or the uppermost (1) layer of every cell."""
    field = filled.found.field
    x, y = ends(field.cells.x), ends(field.cells.y)
    time = wide(of_layer(field, field.arrival, layer))
    for k, colour in enumerate(BANDS):
        # A front from a gate goes as the root of time: so bands are about as wide everywhere.
        curves = region(np.minimum(time, 1.0), x, y, (k / len(BANDS))**2)
        if curves:
            yield f'<path class="iso" fill="{colour}" fill-rule="evenodd" d="{scale.loops(curves)}"/>'
    closed = wide(of_layer(field, field.closed, layer))
    for moment in np.unique(closed[np.isfinite(closed)]).tolist():
        yield _pocket(time, closed == moment, moment, (x, y), scale)
    cells = field.cells
    yield path("rim", scale.outline(filled.package.mold.outline, (0, 0)) if filled.process.cavity == (1, 1) and
               filled.package.mold else _frame(scale, cells.x, cells.y))
    for shift in filled.units:
        for part in filled.package.carrier_passives:
            yield path("small", scale.outline(part.outline, shift), part.name)
        for chip in filled.package.near_chips:
            yield path("die", scale.outline(chip.outline, shift))
            yield path("dieline", scale.outline(chip.outline, shift), chip.name)
        for part in filled.package.near_passives:
            if part.on:
                yield path("small", scale.outline(part.outline, shift), part.name)
    yield from gates(filled, scale)
    yield from _words(filled, scale, layer)


def _pocket(time: FloatArray, inside: Mask, moment: float, lines: tuple[FloatArray, FloatArray], scale: Map) -> str:
    """The air of one moment: as far as the front had come then, and not beyond the pocket's cells and those beside them."""
    near = inside.copy()
    near[1:] |= inside[:-1]
    near[:-1] |= inside[1:]
    near[:, 1:] |= inside[:, :-1]
    near[:, :-1] |= inside[:, 1:]
    late = np.where(np.isfinite(time), time, 2.0)
    curves = region(np.where(near, np.where(inside, np.maximum(late, moment), late), OUTSIDE), *lines, moment)
    return path("air", scale.loops(curves), f"air closed in at {100 * moment:.0f} % of the time")


def _words(filled: Filled, scale: Map, layer: int) -> Iterator[str]:
    """Names of chips in their corners and shares of air on it, moved down where they would lie on each other."""
    taken: list[tuple[float, float]] = []

    def free(x: float, y: float) -> tuple[float, float]:
        while any(abs(x - a) < _APART[0] and abs(y - b) < _APART[1] for a, b in taken):
            y += _APART[1]
        taken.append((x, y))
        return x, y

    for dx, dy in filled.units:
        for chip in filled.package.near_chips:
            left, top = chip.outline.box[0] / 1000 + dx, chip.outline.box[1] / 1000 + dy
            yield text(chip.name, *free(scale.x(left) + 6, scale.y(top) + 17), "on")
    where, field = OVER if layer else UNDER, filled.found.field
    part = of_layer(field, field.cells.part.astype(float), layer)
    closed = np.isfinite(of_layer(field, field.closed, layer))
    x, y = field.cells.middles
    for one in filled.trapped:
        i, j = np.nonzero(closed & (part == field.cells.parts.index(one.part)))
        if one.part.where == where and one.before >= TELLABLE and len(i):
            name = f"{one.part.chip} " if len(filled.package.near_chips) > 1 else ""
            at = free(scale.x(float(x[i].mean())), scale.y(float(y[j].mean())) + 5)
            yield text(f"{name}{percent(one.before)}", *at, "air-words", "middle")


def _frame(scale: Map, x: FloatArray, y: FloatArray) -> str:
    return (f"M{n(scale.x(float(x[0])))} {n(scale.y(float(y[0])))}H{n(scale.x(float(x[-1])))}"
            f"V{n(scale.y(float(y[-1])))}H{n(scale.x(float(x[0])))}Z")


def ends(lines: FloatArray) -> FloatArray:
    """The middles between lines, and the two ends."""
    return np.concatenate((lines[:1], (lines[1:] + lines[:-1]) / 2, lines[-1:]))


def wide(values: FloatArray) -> FloatArray:
    """The field at these: at the ends it is as in the last cell."""
    return np.pad(values, 1, mode="edge")
