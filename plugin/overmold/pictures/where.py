"""Where a package is cut: along the line that somebody names, else through the tallest tower."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Optional

import numpy as np

from ..arrays import IntArray
from ..faults import did_you_mean, fail
from ..package import Package, keys
from ..package.crowds import site_crowds
from ..shapes import Outline, Point, distinct
from ..space import BALLS, crowds, top
from ..units import LENGTH, UnitError, mm, parse
from .cut import Cut, between, level, upright
from .levels import level as height_of
from .marks import Marks

_LENGTH = r"[-+]?[\d.]+(?:[eE][-+]?\d+)?\s*[A-Za-zµμ]*"
_AXIS = re.compile(r"\s*([xy])\s*=\s*(.+?)\s*", re.IGNORECASE)
_POINTS = re.compile(rf"\s*({_LENGTH})\s*,\s*({_LENGTH})(?:\s*;\s*|\s+)({_LENGTH})\s*,\s*({_LENGTH})\s*")
_MOST_ROWS = 64  # rows of bumps about the middle of a tower that are looked at
SAID = ("write for example x=1.2mm, y=0, U1, x=U1, or two points: --at='-2mm,-1mm 2mm,1mm', as the source has its positions")


def cut_at(package: Package, words: str) -> Cut:
    """The cut that ``words`` ask for: ``x=1.2mm``, ``y=0``, a part or one of its sites (``U1``, ``U1.A1``, ``x=U1``), or two
    points; raises Faults where they name no line, or one that misses the carrier."""
    cut = _named(package, words.strip())
    if package.carrier is not None and not any(cut.meets(outline) for outline in _outlines(package)):
        raise fail("--at", f"'{words}' does not run through the package; {SAID}")
    return cut


def _outlines(package: Package) -> Iterator[Outline]:
    if package.carrier is not None:
        yield package.carrier.outline
    yield from (chip.outline for chip in package.chips)
    yield from (part.outline for part in package.passives)


def _named(package: Package, words: str) -> Cut:
    axis, points = _AXIS.fullmatch(words), _POINTS.fullmatch(re.sub(r"\s+to\s+", ";", words))
    if points is not None:
        start, end = [(_length(points[i]), _length(points[i + 1])) for i in (1, 3)]
        if start == end:
            raise fail("--at", f"'{words}' names one point twice; {SAID}")
        return between(start, end, f"from {_spot(start)} to {_spot(end)}")
    if axis is None:
        return through(package, *_part(package, words))
    is_x, value = axis[1].lower() == "x", axis[2]
    if re.match(r"[-+.\d]", value):
        at = _length(value)
        return upright(at, f"at x = {mm(at)} mm") if is_x else level(at, f"at y = {mm(at)} mm")
    name, (x, y), _ = _part(package, value)
    return upright(x, f"through {name} at x = {mm(x)} mm") if is_x else level(y, f"through {name} at y = {mm(y)} mm")


def _length(words: str) -> int:
    words = words.strip()
    try:
        return 0 if re.fullmatch(r"[-+]?0*\.?0*", words) else parse(words, LENGTH)
    except UnitError as error:
        raise fail("--at", str(error)) from None


def _spot(spot: Point) -> str:
    return f"({mm(spot[0])} mm, {mm(spot[1])} mm)"


def _part(package: Package, name: str) -> tuple[str, Point, Optional[Outline]]:
    """Name, place and outline (None of a site) of what is called so."""
    frame = package.carrier.frame if package.carrier is not None else None
    fingers = package.carrier.fingers if package.carrier is not None else ()
    places: dict[str, tuple[Point, Optional[Outline]]] = {}
    for key, sites in site_crowds(package).items():
        called = "{}" if key == keys.BALLS else keys.end(keys.last(keys.around(key)), "{}")
        places.update({called.format(one): ((x, y), None) for one, (x, y) in zip(sites.names, sites.xy.tolist())})
    places.update({one.name: (one.at, None) for one in fingers})
    places.update({lead.name: (lead.outline.centre, None) for lead in (frame.leads if frame is not None else ())})
    places.update({part.name: (part.at, part.outline) for part in package.passives})
    places.update({chip.name: (chip.at, chip.outline) for chip in package.chips})
    if name not in places:
        known = sorted(places, key=lambda one: places[one][1] is None)  # parts before their sites, which are many
        raise fail("--at", f"there is nothing called '{name}' in {package.name}; {SAID}{did_you_mean(name, known)}")
    return (name, *places[name])


def through(package: Package, name: str, at: Point, outline: Optional[Outline]) -> Cut:
    """A level cut through a part: through the row of bumps, balls or leads in it that is nearest to its middle and that most
    of these have, so that it shows them; through a site itself."""
    y = at[1] if outline is None else _row(package, at[1], outline)
    return level(y, f"through {name} at y = {mm(y)} mm")


def usual_cut(package: Package, hues: Marks) -> Cut:
    """Through the part at whose middle most marked parts are cut, else the tallest tower, of several where most chips are cut
    and the first; through the carrier's middle where there are no chips."""
    assert package.carrier is not None
    marked = [part for part in package.passives if part.key in hues]
    parts = [(chip.name, chip.at, chip.outline) for chip in package.chips]
    parts += [(part.name, part.at, part.outline) for part in marked]
    if not parts:
        y = package.carrier.outline.centre[1]
        return level(y, f"at y = {mm(y)} mm")
    boxes = [(chip.outline.box, chip.key in hues, height_of(package, top(package, chip))) for chip in package.chips]
    others = [part.outline.box for part in marked]

    def worth(part: tuple[str, Point, Outline]) -> tuple[int, int, int]:
        y = part[1][1]
        met = [(hue, height) for box, hue, height in boxes if box[1] <= y <= box[3]]
        tallest = max((height for _, height in met), default=0)
        return sum(hue for hue, _ in met) + sum(box[1] <= y <= box[3] for box in others), tallest, len(met)

    best = max(parts, key=worth)  # of several the first
    return through(package, *best)


def _row(package: Package, middle: int, outline: Outline) -> int:
    """The y inside of an outline, and of every chip and passive that its middle is in, where most crowds and leads are cut."""
    boxes = [other.box for other in (outline, *_outlines(package)) if other.box[1] <= middle <= other.box[3]]
    low, high = max(box[1] for box in boxes), min(box[3] for box in boxes)
    found = crowds(package)
    ys = [crowd.xy[:, 1] for crowd in found]
    frame = package.carrier.frame if package.carrier is not None else None
    leads = [lead.outline.box for lead in frame.leads] if frame is not None else []
    rows: IntArray = np.concatenate([*ys, np.array([middle, *((box[1] + box[3]) // 2 for box in leads)], np.int64)])
    rows = distinct(rows[(rows > low) & (rows < high)])
    rows = rows[np.argsort(np.abs(rows - middle), kind="stable")[:_MOST_ROWS]]

    def worth(y: int) -> tuple[int, int]:
        met = [crowd.kind for crowd, there in zip(found, ys)
               if (np.abs(there - y) <= np.maximum(crowd.diameters, 4000) // 4).any()]
        # A ball behind the cut is seen, a bump in the mold is not.
        return 2 * len(met) - met.count(BALLS) + any(box[1] < y < box[3] for box in leads), -abs(y - middle)

    return max(rows.tolist(), key=worth, default=middle)

