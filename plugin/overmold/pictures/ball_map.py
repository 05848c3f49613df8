"""The ball map: every ball in the colour of its net's class or of its net, with rows and columns, names and a legend.

Balls are drawn as large as their pitch allows, not to scale. The map grows until every net's name fits into its ball; where it
would grow too large, or there are too many balls, names show on hovering, and the map says so.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

from ..arrays import IntArray
from ..package import Balls, Package, keys
from ..package.soldered import bare_sites
from .grid_names import lines_of, runs_of
from .labels import Labels
from .marks import NO_MARKS, Marks, drawn_marks
from .named import name_the_rest
from .net_hues import CLASS, STYLE, Hue, hues_of
from .plan import CHIP
from .plan_parts import a1_mark
from .plan_scale import HEAD, PlanScale
from .plan_sites import TITLED, Crowd, marked_sites
from .svg import STYLE as COMMON
from .svg import circle, n, page, path
from .words import LINE, width_of

SIZE, MOST = 760.0, 2400.0  # pixels along the carrier's longer side: at least, and at most for the sake of names
_SHARE = 0.42               # of the distance to the nearest ball, a ball's radius
_AIR = 4.0                  # pixels beside a name in its ball
_BESIDE, _OVER = 34.0, 18.0  # pixels for the letters of rows and the numbers of columns
_SAMPLE = 8                 # balls whose nearest neighbour is looked for, where there are many
_MOST_NETS, _LARGE = 2000, 8  # where a large map has more nets, only those of so many balls show their names on hovering


def ball_map(package: Package, colouring: str = CLASS, side: str = CHIP, marks: Marks = NO_MARKS, size: float = SIZE) -> str:
    """The map as an SVG file, seen from a ``side``; an empty string where there are no balls or there is no carrier.

    ``colouring`` is ``net_hues.CLASS`` or ``NET``; ``marks`` are the parts to show as broken.
    """
    balls, carrier = package.balls, package.carrier
    if balls is None or carrier is None or not len(balls.sites):
        return ""
    look = _look(package, balls, side, size)
    scale, width = look.scale, look.scale.size[0]
    labels = Labels(width, HEAD - 12, look.scale.size[1])
    labels.put(package.name, width / 2, 30, "title", "middle")
    hues = hues_of(balls.nets, colouring)
    labels.put(_caption(balls, hues, look, side), width / 2, 50, "note", "middle")
    mark = a1_mark(package, scale)
    parts = [path("outline", scale.path(carrier.outline), f"carrier, {carrier.kind}"), *([mark[0]] if mark is not None else []),
             *_sites(balls, hues, look)]
    _headings(balls, look, labels)
    ringed = drawn_marks(package, marks)
    if ringed:
        widths = [round(2 * look.radius / scale.per_nm)] * len(balls.sites)
        parts += marked_sites(Crowd("ball", keys.BALLS, "ball ", balls.sites, balls.nets, widths), ringed, scale)[0]
    legend, bottom = _legend(hues, labels, scale.size[1])
    on_balls = {key: hue for key, hue in ringed.items() if keys.split(key)[0] == keys.BALLS}
    bottom = name_the_rest(package, on_balls, labels, bottom)
    return page(width, bottom + 14, f"{package.name}: ball map", [*parts, *legend, *labels.drawn], f"{COMMON}\n{STYLE}")


@dataclass(frozen=True)
class _Look:
    """Scale, radius of a ball in pixels, whether ``words`` (one a ball) are written into them, and which are too long."""

    scale: PlanScale
    radius: float
    words: tuple[str, ...]
    named: bool
    long: frozenset[str] = frozenset()


def _look(package: Package, balls: Balls, side: str, size: float) -> _Look:
    carrier = package.carrier
    assert carrier is not None
    left, top, right, bottom = carrier.outline.box
    xy = balls.sites.xy
    box = (min(left, int(xy[:, 0].min())), min(top, int(xy[:, 1].min())), max(right, int(xy[:, 0].max())),
           max(bottom, int(xy[:, 1].max())))
    longest, apart = max(box[2] - box[0], box[3] - box[1], 1), _nearest(xy)
    few, words = len(balls.sites) <= TITLED, balls.nets if any(balls.nets) else balls.sites.names
    per_nm, widths = size / longest, {one: width_of(one, "net") for one in set(words)} if few else {"": 0.0}
    if few:
        needed = (max(widths.values()) + _AIR) / (2 * _SHARE * apart)
        per_nm = max(per_nm, min(needed, MOST / longest))
    radius = _SHARE * apart * per_nm
    long = frozenset(one for one, wide in widths.items() if wide > 2 * radius - _AIR / 2)
    over = round(_OVER / per_nm)
    box = (box[0], box[1] - over, box[2], box[3])
    width = max((box[2] - box[0]) * per_nm + 2 * _BESIDE, 360.0)
    height = HEAD + (box[3] - box[1]) * per_nm + LINE
    scale = PlanScale(box, per_nm, (width - (box[2] - box[0]) * per_nm) / 2, (width, height), side != CHIP)
    return _Look(scale, radius, words, few and len(long) < len(widths), long)


def _nearest(xy: IntArray) -> float:
    """Distance in nm between two neighbours, the least of those looked at; of one ball alone a millimetre."""
    if len(xy) < 2:
        return 1e6
    step = 1 if len(xy) <= 1000 else len(xy) // _SAMPLE
    across, down = xy.T.astype(np.float64)
    squared: NDArray[np.float64] = across - across[::step, None]
    squared *= squared
    aside = down - down[::step, None]
    aside *= aside
    squared += aside
    squared[np.arange(len(squared)), np.arange(0, len(xy), step)] = np.inf
    return max(math.sqrt(squared.min()), 1.0)


def _caption(balls: Balls, hues: Sequence[Hue], look: _Look, side: str) -> str:
    bare = int(bare_sites(balls).sum()) if not balls.are_lands else 0
    lands = f" and {bare} bare land{'s' * (bare > 1)}" if bare else ""
    said = [f"{len(balls.sites) - bare} balls{lands} from the {side} side", "not to scale"]
    said += ["bare lands are square"] if bare and len(balls.sites) <= TITLED else []
    long = sum(words in look.long for words in look.words) if look.long else 0
    if len(balls.sites) > TITLED:
        large = f" of {_LARGE} balls or more" if _least(hues) > 1 else ""
        said += [f"names of nets{large} show on hovering: no room"] if any(balls.nets) else []
    elif long:
        said.append(f"{long} longer names show on hovering" if look.named else "names show on hovering: no room")
    return "; ".join(said)


def _sites(balls: Balls, hues: Sequence[Hue], look: _Look) -> list[str]:
    if len(balls.sites) > TITLED:
        return _dots(balls, hues, look)
    places, names, drawn = look.scale.all_at(balls.sites.xy), balls.sites.names, []
    bare = bare_sites(balls) & (not balls.are_lands)
    for hue in hues:
        drawn.append(f'<g class="{hue.kind}">')
        for net, numbers in hue.balls.items():
            for i in numbers:
                x, y = places[i]
                drawn.append(_mark(x, y, look.radius, bool(bare[i]), f"{names[i]} {net}".rstrip()))
                words = look.words[i]
                if look.named and words and words not in look.long:
                    drawn.append(f'<text class="net" x="{n(x)}" y="{n(y + 3)}">{escape(words)}</text>')
        drawn.append("</g>")
    return drawn


def _mark(x: float, y: float, radius: float, is_bare: bool, words: str) -> str:
    """A ball as a disc, a bare land among balls as a square of the same area."""
    half = radius * 0.886
    shape, tag = (f'rect x="{n(x - half)}" y="{n(y - half)}" width="{n(2 * half)}" height="{n(2 * half)}"', "rect") if is_bare \
        else (f'circle cx="{n(x)}" cy="{n(y)}" r="{n(radius)}"', "circle")
    return f"<{shape}><title>{escape(words)}</title></{tag}>"


def _dots(balls: Balls, hues: Sequence[Hue], look: _Look) -> list[str]:
    """A path a net, its balls as dots: a tenth of what circles take. Many small nets are one path a colour."""
    xs, ys = map(_in_tenths, look.scale.columns_and_rows(balls.sites.xy))
    across = {x: f"M{x} " for x in set(xs)}  # few are different
    spots: list[str] = []
    for start, end in runs_of(balls.sites):
        down = f"{ys[start]}h0"
        spots += [across[x] + down for x in xs[start:end]]
    drawn = [f'<g transform="scale(.1)" stroke-width="{n(20 * look.radius)}">']
    least = _least(hues)
    for hue in hues:
        small = [i for numbers in hue.balls.values() if len(numbers) < least for i in numbers]
        rows = [(f"{net}, {len(numbers)} balls", numbers) for net, numbers in hue.balls.items() if len(numbers) >= least]
        for title, numbers in [*rows, *([(hue.words, small)] if small else [])]:
            corners = "".join([spots[i] for i in numbers])
            drawn.append(f'<path class="dots {hue.kind}" d="{corners}"><title>{escape(title)}</title></path>')
    return [*drawn, "</g>"]


def _in_tenths(pixels: NDArray[np.float64]) -> list[int]:
    whole: list[int] = np.rint(pixels * 10).astype(np.int64).tolist()
    return whole


def _least(hues: Sequence[Hue]) -> int:
    """How many balls a net of a large map has at least that shows its name."""
    return 1 if sum(len(hue.balls) for hue in hues) <= _MOST_NETS else _LARGE


def _headings(balls: Balls, look: _Look, labels: Labels) -> None:
    """Letters of the rows on both sides, numbers of the columns over them: all, or every second, fifth … that has room."""
    scale, left, right = look.scale, look.scale.left, look.scale.size[0] - look.scale.left
    rows, columns = lines_of(balls.sites)
    for words, y in _spaced([(words, scale.y(at)) for words, at in rows], LINE):
        labels.put(words, left - 8, y + 4, "note", "end")
        labels.put(words, right + 8, y + 4, "note")
    wide = max((width_of(words, "note") for words, _ in columns), default=0.0) + 6
    for words, x in _spaced([(words, scale.x(at)) for words, at in columns], wide):
        labels.put(words, x, HEAD + _OVER - 6, "note", "middle")


def _spaced(placed: Sequence[tuple[str, float]], apart: float) -> list[tuple[str, float]]:
    """Every one, or every second, fifth, tenth … so that they are ``apart`` pixels from each other."""
    order = sorted(placed, key=lambda one: one[1])
    for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000):
        kept = order[::step]
        if all(other[1] - one[1] >= apart for one, other in zip(kept, kept[1:])):
            return kept
    return []


def _legend(hues: Sequence[Hue], labels: Labels, top: float) -> tuple[list[str], float]:
    """What each colour means, under the map; and down to which pixel row that goes."""
    x, y, drawn = 24.0, top + 10, []
    for hue in hues:
        wide = width_of(hue.words)
        if x > 24 and x + 14 + wide > labels.width - 10:
            x, y = 24.0, y + LINE + 2
        drawn.append(circle(hue.kind, x, y - 4, 6))
        labels.put(hue.words, x + 12, y)
        x += wide + 40
    return drawn, y + 4


