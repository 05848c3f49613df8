"""The design window: t2 over t1 with the band that the rules leave, and any two dimensions against each other.

What ends the window is named along its edge; this design stands in it with its tolerance corners and a cloud of samples.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any, Optional

from .. import space
from ..check import ERROR, INFO, WARNING
from ..measures.gap import covers, flip_chips
from ..package import Chip, Package
from ..plain import one_line
from ..rule import Rule
from ..solve.fixes import name_of
from ..solve.region import Axis as Side
from ..solve.region import Region
from ..space import Room, Sum
from ..study import Assumptions
from ..units import LENGTH, RATIO, Toleranced, show
from .chart import LEFT, STYLE, TALL, TOP, WIDE, Axis, Chart, clip
from .svg import circle, page, text
from .words import fitted

if TYPE_CHECKING:
    import shapely

_SAMPLES, _MOST_CORNERS = 700, 10
_ROOM = 1.25  # how much more than the design and its limits the axes show
Spot = tuple[float, float]


@dataclass(frozen=True, repr=False)
class Gap:
    """One gap with what lies over it: the sums of t1 and t2, and between which parts."""

    chip: Chip
    words: str
    t1: Sum
    t2: Room


def gaps_of(package: Package) -> Iterator[Gap]:
    """Every gap of which t1 and t2 are known, once for each chip at the top of what stands there."""
    for chip in flip_chips(package):
        for leaf in space.leaves(package, chip) or (chip,):
            for cover in covers(package, leaf):
                room = cover.room
                for t1 in space.gaps(package, chip):
                    if t1.value is not None and room.value is not None and t1.value.nominal > 0:
                        spot = f" and {leaf.name}" if leaf is not chip else ""
                        spot += cover.spot
                        yield Gap(chip, f"{chip.name}{spot}", t1, room)


def gap_window(package: Package, rules: Sequence[Rule], assumed: Assumptions, chip: str = "") -> Optional[str]:
    """t2 over t1 of the first gap, or of the first under ``chip``, as an SVG; None where there is none."""
    gap = next((one for one in gaps_of(package) if chip in ("", one.chip.name)), None)
    if gap is None or gap.t1.value is None or gap.t2.value is None:
        return None
    t1, t2 = gap.t1.value, gap.t2.value
    rules = [rule for rule in rules if not rule.silenced_because and rule.severity != INFO]
    bands = [rule for rule in rules if rule.measure == "cover_to_gap_ratio"]
    narrow = _narrow(package, gap.chip, rules)
    right = _ROOM * max(t1.high, 2 * t1.nominal, *(one for _, one in narrow), 1)
    upper = _ROOM * max(t2.high, 2 * t1.nominal, 2 * t2.nominal, 1)
    chart = Chart(Axis("gap thickness t1 (um)", 0, right), Axis("cover thickness t2 (um)", 0, upper))
    inner = _bands(chart, bands, narrow)
    known = {dimension.key: dimension.value for each in (gap.t1, *(one for row in gap.t2.sums for one in row))
             for dimension, _ in each.terms if dimension.value is not None}
    cloud = [chart.at(x, y) for x, y in _cloud(known, assumed, gap.t1, gap.t2)]
    inner += [circle("sample", x, y, 1.6) for x, y in cloud]
    outline = _hull([(gap.t1.at(values), gap.t2.at(values)) for values in _corners(known)])
    inner += [chart.shape("corners", outline)] if len(outline) > 2 else []
    ratio = f"{t2.nominal / t1.nominal:.3g}"
    here = f"ring: this design, t1 {show(t1.nominal, LENGTH)}, t2 {show(t2.nominal, LENGTH)}, t2/t1 {ratio}"
    inner.append(circle("design", *chart.at(t1.nominal, t2.nominal), 5, here))
    title = f"{one_line(package.name)}: t2 over t1 at {gap.words}"
    return _page(title, [*chart.frame(), *clip(inner, "window-t1-t2")], [
        f"{here}; outline: its tolerance corners", _dots(assumed),
        "green: every rule on t1 and t2 keeps; yellow: one warns; red: one is broken"])


def _dots(assumed: Assumptions) -> str:
    return f"dots: {_SAMPLES} packages ({assumed.said.partition(';')[0]}; dimensions independent, seed {assumed.seed})"


def _narrow(package: Package, chip: Chip, rules: Sequence[Rule]) -> list[tuple[Rule, float]]:
    """The rules on filler against t1, each with the least t1 that it leaves under this chip."""
    fillers = [block.mold.filler for block in space.over_plan(package, chip.outline, chip.is_far)]
    filler = max((one for one in fillers if one is not None), key=lambda one: one.high, default=None)
    found = []
    for rule in rules:
        limit = rule.limits.upper
        if rule.measure == "filler_to_gap_ratio" and filler is not None and limit is not None:
            found.append((rule, float(filler.high / limit)))
    return found


def _bands(chart: Chart, bands: Sequence[Rule], narrow: Sequence[tuple[Rule, float]]) -> list[str]:
    """Where the rules leave t1 and t2, those of errors and those that warn too, the lines that end it, and their names."""
    right, upper = chart.x.high, chart.y.high
    lines, names = [], []
    for rule in bands:
        for limit, below in ((rule.limits.lower, True), (rule.limits.upper, False)):
            if limit is not None:
                end = (right, float(limit) * right) if float(limit) * right <= upper else (upper / float(limit), upper)
                lines.append(chart.line("limit", [(0, 0), end]))
                said = f"t2/t1 {'at least' if below else 'at most'} {show(limit, RATIO)}: {rule.name}"
                names.append(chart.along(said, (end[0] * 0.4, end[1] * 0.4), end,
                                         (right / 2, upper) if below else (right, upper / 4)))
    for rule, least in narrow:
        lines.append(chart.line("limit", [(least, 0), (least, upper)]))
        names.append(chart.along(rule.name, (least, 0), (least, upper * 0.5), (right, upper / 2)))
    shapes = [chart.shape("breaks", [(0, 0), (right, 0), (right, upper), (0, upper)])]
    for kind, severities in (("nearly", (ERROR,)), ("holds", (ERROR, WARNING))):
        kept = _kept(chart, [one for one in bands if one.severity in severities],
                     [least for rule, least in narrow if rule.severity in severities])
        shapes += [chart.shape(kind, corners) for corners in _rings(kept)]
    return [*shapes, *lines, *(one for one in names if one)]


def _kept(chart: Chart, bands: Sequence[Rule], narrow: Sequence[float]) -> shapely.Geometry:
    import shapely

    right, upper = chart.x.high, chart.y.high
    kept: shapely.Geometry = shapely.box(min(right, max([0.0, *narrow])), 0, right, upper)
    for limits in (rule.limits for rule in bands):
        if limits.lower is not None:
            kept = kept.difference(shapely.Polygon([(0, 0), (right, float(limits.lower) * right), (right, 0)]))
        if limits.upper is not None:
            end = float(limits.upper) * right
            kept = kept.difference(shapely.Polygon([(0, 0), (right, end), (right, end + upper), (0, end + upper)]))
    return kept


def region_window(package: Package, found: Region, assumed: Assumptions) -> str:
    """Two dimensions against each other, as an SVG: where every rule keeps, and which ends it."""
    x, y = found.x, found.y
    chart = Chart(_axis(x), _axis(y))
    inner = [chart.shape("breaks", [(x.low, y.low), (x.high, y.low), (x.high, y.high), (x.low, y.high)])]
    inner += [chart.shape("holds", corners) for corners in _rings(found.keeps)]
    inner += [chart.line("edge", [*corners, corners[0]]) for corners in _rings(found.keeps)]
    words, others = _edges(chart, found)
    known = {one.key: one.stated for one in (x, y)}
    cloud = _cloud(known, assumed, space.Sum(((space.Dimension(x.key, x.stated), 1),)),
                   space.Sum(((space.Dimension(y.key, y.stated), 1),)))
    inner += [circle("sample", *chart.at(*one), 1.6) for one in cloud]
    here = f"ring: this design, {show(x.stated.nominal, x.datum.kind)} and {show(y.stated.nominal, y.datum.kind)}"
    inner.append(circle("design", *chart.at(x.stated.nominal, y.stated.nominal), 5, here))
    title = f"{name_of(x.key, x.datum)} against {name_of(y.key, y.datum)}: {one_line(package.name)}"
    notes = [here, _dots(assumed), f"green: every rule keeps {found.mode.words}, the other dimensions as stated"]
    notes += [f"also ended by {', '.join(others[i:i + 3])}" for i in range(0, len(others), 3)]
    return _page(title, [*chart.frame(), *clip(inner, f"window-{x.key}-{y.key}".replace(".", "-")), *words], notes)


def _axis(side: Side) -> Axis:
    unit = {"length": "um"}.get(side.datum.kind.name, side.datum.kind.shown)
    return Axis(f"{name_of(side.key, side.datum)} ({unit}), {side.key}", side.low, side.high, side.datum.kind)


def _edges(chart: Chart, found: Region) -> tuple[list[str], list[str]]:
    """The rules along the edges that they make, and those of which no edge is long enough for their name."""
    words, others = [], []
    near = max(found.x.high - found.x.low, found.y.high - found.y.low) / 1e5
    for area in found.areas:
        common = found.keeps.boundary.intersection(area.broken.boundary.buffer(near))
        lines = [(a, b) for line in getattr(common, "geoms", [common]) if line.geom_type == "LineString"
                 for a, b in zip(line.coords, line.coords[1:])]
        middle = found.keeps.representative_point()
        longest = sorted(lines, key=lambda ends: -_apart(chart, *ends))[:2]
        said = [chart.along(area.rule.name, one, other, (middle.x, middle.y)) for one, other in longest]
        words += [one for one in said if one]
        if lines and not any(said):
            others.append(area.rule.name)
    return words, others


def _apart(chart: Chart, one: Spot, other: Spot) -> float:
    (x1, y1), (x2, y2) = chart.at(*one), chart.at(*other)
    return (x1 - x2) ** 2 + (y1 - y2) ** 2


def _cloud(known: Mapping[str, Toleranced], assumed: Assumptions, x: Any, y: Any) -> list[Spot]:
    """Samples of two sums of dimensions, which they may share."""
    drawn = {key: value.nominal + assumed.draw(assumed.stream(key), value, _SAMPLES).astype(float)
             for key, value in known.items()}
    if not any(value.plus or value.minus for value in known.values()):
        return []
    return list(zip((x.at(drawn) + 0.0).tolist(), (y.at(drawn) + 0.0).tolist())) if drawn else []


def _corners(known: Mapping[str, Toleranced]) -> Iterator[dict[str, int]]:
    """The dimensions at every combination of their ends; of very many the first vary, the others stay."""
    free = [key for key, value in known.items() if value.plus or value.minus][:_MOST_CORNERS]
    for ends in product(*((known[key].low, known[key].high) for key in free)):
        yield {**{key: value.nominal for key, value in known.items()}, **dict(zip(free, ends))}


def _hull(spots: Sequence[Spot]) -> list[Spot]:
    import shapely

    hull = shapely.MultiPoint(spots).convex_hull
    return list(hull.exterior.coords)[:-1] if hull.geom_type == "Polygon" else []


def _rings(shape: shapely.Geometry) -> list[list[Spot]]:
    parts = [one for one in getattr(shape, "geoms", [shape]) if one.geom_type == "Polygon" and not one.is_empty]
    return [[(x, y) for x, y in one.exterior.coords[:-1]] for one in parts]


def _page(title: str, parts: Sequence[str], notes: Sequence[str]) -> str:
    below = [text(words, LEFT, TOP + TALL + 64 + 18 * i, "note") for i, words in enumerate(notes)]
    return page(LEFT + WIDE + 40, TOP + TALL + 64 + 18 * len(notes), title,
                [STYLE, text(fitted(title, WIDE, "title"), LEFT, 36, "title"), *parts, *below])

