"""The cross-section of a package at the moment in which the front closes air in: what is full, what is empty, and the air.

Cut through the spot of the largest pocket that would fill last; where no air is closed in, through the largest chip at the
moment when its gap is nearly full.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ..fill import UNDER, Filled
from ..fill.words import percent
from ..package import keys
from ..space import ATTACH, CHIP, METAL, PASSIVE, bodies
from ..units import decimal_text
from .fill_paper import AIR
from .svg import n, page, rect, text

_WIDTH, _EDGE, _HEAD, _TALL = 860.0, 30.0, 74.0, 190.0
_CARRIER = 26.0  # pixels of the carrier, which is drawn as a strip
_MOST_STRETCHED = 14.0
_STYLE = f"""
.full {{ fill: #3e4c59 }}
.empty {{ fill: #dfe5ea }}
.air {{ fill: {AIR} }}
.frontline {{ stroke: #ecc94b; stroke-width: 1.6; fill: none }}
@media (prefers-color-scheme: dark) {{ .full {{ fill: #64748a }} .empty {{ fill: #2b333b }} }}
"""


@dataclass(frozen=True)
class _Cut:
    """At ``y`` (um), which is the row ``row`` of cells, at the moment ``time``; from um to pixels."""

    y: float
    row: int
    time: float
    left: float
    per_um: float
    stretch: float
    floor: float

    def x(self, at: float) -> float:
        return _EDGE + (at - self.left) * self.per_um

    def z(self, at: float) -> float:
        return self.floor - at * self.per_um * self.stretch


def fill_section(filled: Filled) -> str:
    """The section as an SVG file."""
    cells = filled.found.field.cells
    y, time, words = _moment(filled)
    per_um = (_WIDTH - 2 * _EDGE) / float(np.ptp(cells.x))
    low, high = float(cells.low.min()), float(cells.high.max())
    stretch = min(_MOST_STRETCHED, _TALL / ((high - low) * per_um))
    row = int(np.clip(np.searchsorted(cells.y, y) - 1, 0, len(cells.y) - 2))
    cut = _Cut(y=y, row=row, time=time, left=float(cells.x[0]), per_um=per_um, stretch=stretch,
               floor=_HEAD + high * per_um * stretch)
    bottom = cut.z(low) + _CARRIER
    stretched = decimal_text(round(stretch * 10), 0)[:-1] or "1"
    parts = [f"<style>{_STYLE}</style>", text(filled.package.name, _WIDTH / 2, 28, "title", "middle"),
             text(f"{words}; height drawn {stretched} times as large as width", _WIDTH / 2, 48, "note", "middle"),
             rect("core", _EDGE, cut.z(min(low, 0.0)), _WIDTH - 2 * _EDGE, _CARRIER, "carrier"),
             # Beside what is narrower than its cells there is mold too.
             rect("full", _EDGE, cut.z(high), _WIDTH - 2 * _EDGE, cut.z(min(low, 0.0)) - cut.z(high)),
             *_layers(filled, cut), *_solids(filled, cut),
             *_key(bottom + 22)]
    return page(_WIDTH, bottom + 50, f"{filled.package.name}: the mold at the moment it closes air in", parts)


def _moment(filled: Filled) -> tuple[float, float, str]:
    """Where to cut, when, and that in words."""
    voids = [one for one in filled.found.voids if one.part.chip]
    if voids:
        void = max(voids, key=lambda one: one.share)
        where = f"{percent(void.share)} {void.part.where} {void.part.chip} is closed in"
        return void.at[1] / 1000, void.closed, f"{100 * void.closed:.0f} % of the time: {where}"
    field = filled.found.field
    chips = filled.package.near_chips
    at = max(chips, key=lambda chip: chip.outline.size).at[1] / 1000 if chips else 0.0
    under = np.array([part.where == UNDER for part in field.cells.parts], bool)[field.cells.part]
    times = field.arrival[under & np.isfinite(field.arrival)]
    time = float(np.quantile(times, 0.9)) if times.size else 0.5
    return at + filled.units[0][1], time, f"{100 * time:.0f} % of the time: no air is closed in"


def _layers(filled: Filled, cut: _Cut) -> Iterator[str]:
    """Runs of cells alike: full, empty, closed in."""
    field = filled.found.field
    cells = field.cells
    arrived, closed = field.arrival[:, :, cut.row], field.closed[:, :, cut.row]
    known = np.isfinite(field.arrival[:, :, cut.row]) | np.isinf(arrived)
    state = np.where(arrived <= cut.time, 0, np.where(np.isfinite(closed) & (closed <= cut.time), 2, 1))
    for layer in range(len(cells.low)):
        low, high = cells.low[layer, :, cut.row], cells.high[layer, :, cut.row]
        same = np.stack([low, high, np.where(known[layer] & (high > low), state[layer], -1)])
        edges = [0, *(np.flatnonzero((np.diff(same) != 0).any(axis=0)) + 1).tolist(), same.shape[1]]
        for start, end in zip(edges, edges[1:]):
            kind = int(same[2, start])
            if kind >= 0:
                yield _bar(("full", "empty", "air")[kind], cut, (float(cells.x[start]), float(cells.x[end])),
                           (float(low[start]), float(high[start])))


def _bar(kind: str, cut: _Cut, across: tuple[float, float], up: tuple[float, float]) -> str:
    x, z = cut.x(across[0]), cut.z(up[1])
    return rect(kind, x, z, cut.x(across[1]) - x, cut.z(up[0]) - z)


def _solids(filled: Filled, cut: _Cut) -> Iterator[str]:
    kinds = {CHIP: "chip", PASSIVE: "part", METAL: "copper", ATTACH: "attach"}
    for dx, dy in filled.units:
        for body in bodies(filled.package):
            low, high = body.bottom.value, body.top.value
            left, top, right, bottom = (edge / 1000 for edge in body.outline.box)
            if body.kind in kinds and low is not None and high is not None and top <= cut.y - dy <= bottom:
                if body.kind == PASSIVE and high.nominal <= 0:
                    continue
                yield _bar(kinds[body.kind], cut, (left + dx, right + dx), (low.nominal / 1000, high.nominal / 1000))
                if body.kind == CHIP:
                    yield text(keys.last(body.key), cut.x((left + right) / 2 + dx),
                               cut.z((low.nominal + high.nominal) / 2000) + 5, "onchip", "middle")


def _key(y: float) -> Iterator[str]:
    x = _EDGE
    for kind, words in (("full", "full"), ("empty", "still empty"), ("air", "closed in")):
        yield f'<rect class="{kind}" x="{n(x)}" y="{n(y)}" width="22" height="12"/>'
        yield text(words, x + 30, y + 11, "note")
        x += 140
