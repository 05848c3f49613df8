"""The plan of a bonding diagram: what wires join, the wires, and as many names as there is room for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

import numpy as np

from ..package import Package, keys
from ..pictures.labels import Labels
from ..pictures.svg import circle, line, rect
from ..shapes import Box, Outline, Point, rectangle
from .sheet import INNER
from .view import View

_WHOLE = 0.6      # of the carrier's side: where wires take less, the diagram shows them and not the whole carrier
_MARGIN = 0.06
_NAME_WITHIN = 5.0  # units from a pad or a finger to its name


def region(package: Package) -> Box:
    """What the diagram shows, in nm: the whole carrier, or all that has to do with wires where that is much smaller."""
    carrier = package.carrier
    assert carrier is not None
    spots = [wire.from_at for wire in package.wires] + [wire.to_at for wire in package.wires]
    boxes = [(x, y, x, y) for x, y in spots]
    boxes += [finger.outline.box for finger in carrier.fingers]
    boxes += [chip.outline.box for chip in package.chips if chip.pads is not None]
    left, top, right, bottom = (int(edge(column)) for edge, column in zip((min, min, max, max), zip(*boxes)))
    wide, tall = carrier.outline.size
    if carrier.frame is not None or max(right - left, bottom - top) > _WHOLE * max(wide, tall):
        left, top, right, bottom = (int(edge(pair)) for edge, pair in zip(
            (min, min, max, max), zip((left, top, right, bottom), carrier.outline.box)))
    more = round(_MARGIN * max(right - left, bottom - top))
    return left - more, top - more, right + more, bottom + more


def drawn_plan(package: Package, view: View, side: float, tiers: Mapping[int, str], bad: Collection[str]
               ) -> tuple[list[str], int]:
    """Carrier, chips, pads, fingers and wires, each wire in its tier's class; and how many names found no room."""
    edge = INNER + side
    labels = Labels(edge, INNER, edge, taken=[(0.0, 0.0, INNER, edge)])
    drawn = [*_carrier(package, view, side), *_chips(package, view)]
    for wire in package.wires:
        (ax, ay), (bx, by) = wire.from_at, wire.to_at
        kind = tiers[wire.tier]
        if wire.name in bad:
            drawn.append(line("bad", view.x(ax), view.y(ay), view.x(bx), view.y(by)))
        drawn.append(line(kind, view.x(ax), view.y(ay), view.x(bx), view.y(by)))
        drawn.append(circle(f"end{kind[4:]}", view.x(ax), view.y(ay), 2.4))
    bare = _name_chips(package, view, labels)
    bare += sum(not _name(labels, words, spot, away) for words, spot, away in _names(package, view))
    return [*drawn, *labels.drawn], bare


def _carrier(package: Package, view: View, side: float) -> Iterator[str]:
    carrier = package.carrier
    assert carrier is not None
    left, top, right, bottom = view.box(carrier.outline)
    if min(left, top) >= INNER - 1 and max(right, bottom) <= INNER + side + 1:
        yield view.path("edge", carrier.outline)
    if carrier.frame is not None:
        frame = carrier.frame
        yield from (view.path("metal", one) for one in (*frame.tie_bars, *([frame.paddle] if frame.paddle is not None else [])))
        yield from (view.path("finger", lead.outline) for lead in frame.leads)
    yield from (view.path("finger", finger.outline) for finger in carrier.fingers)


def _chips(package: Package, view: View) -> Iterator[str]:
    """Chips as they lie over one another, with their bond pads; what covers pads is drawn as an edge alone."""
    covered = {name for chip in package.near_chips for name in chip.on}
    for chip in package.near_chips:
        yield view.path("hidden" if chip.pads is None and chip.on else "die", chip.outline)
        if chip.pads is None:
            continue
        size, wide = chip.pads.size, chip.pads.size * view.per_nm
        for x, y in chip.pads.sites.xy.tolist():
            if chip.angle % 90_000:
                yield view.path("pad", rectangle((x, y), (size, size), chip.angle))
            else:
                yield rect("pad", view.x(x) - wide / 2, view.y(y) - wide / 2, wide, wide)
    yield from (view.path("hidden", chip.outline) for chip in package.near_chips if chip.on and chip.name not in covered
                and chip.pads is None)


def _name_chips(package: Package, view: View, labels: Labels) -> int:
    """Names of chips in their upper left corners, else anywhere in them; how many found no room."""
    bare = 0
    for chip in package.near_chips:
        left, top, _, _ = box = view.box(chip.outline)
        if labels.fits(chip.name, left + 6, top + 16, "note"):
            labels.put(chip.name, left + 6, top + 16, "note")
        else:
            bare += not labels.inside(chip.name, box, "note")
    return bare


def _names(package: Package, view: View) -> Iterator[tuple[str, tuple[float, float, float, float], tuple[float, float]]]:
    """Names of leads, and of fingers and pads with a wire, with the box of each on the paper and the way in which to write."""
    carrier = package.carrier
    assert carrier is not None
    middle = _middle(package)
    used = {end for wire in package.wires for end in (wire.start, wire.end)}
    metal = [(finger.name, finger.outline) for finger in carrier.fingers if finger.name in used]
    metal += [(lead.name, lead.outline) for lead in carrier.frame.leads] if carrier.frame is not None else []
    for name, outline in metal:
        yield name, view.box(outline), _away(outline, middle)
    for chip in package.chips:
        if chip.pads is None:
            continue
        for name, (x, y) in zip(chip.pads.sites.names, chip.pads.sites.xy.tolist()):
            if keys.end(chip.name, name) in used:
                outline = rectangle((x, y), (chip.pads.size, chip.pads.size))
                dx, dy = _away(outline, chip.outline.centre)
                yield name, view.box(outline), (-dx, -dy)


def _middle(package: Package) -> Point:
    spots = np.array([wire.from_at for wire in package.wires], np.int64)
    x, y = (spots.min(axis=0) + spots.max(axis=0)) // 2
    return int(x), int(y)


def _away(outline: Outline, middle: Point) -> tuple[float, float]:
    """The way out from the middle, along the axis that it mostly goes."""
    x, y = outline.centre[0] - middle[0], outline.centre[1] - middle[1]
    return (1.0 if x >= 0 else -1.0, 0.0) if abs(x) >= abs(y) else (0.0, 1.0 if y >= 0 else -1.0)


def _name(labels: Labels, words: str, box: tuple[float, float, float, float], away: tuple[float, float]) -> bool:
    """Write a name beside a box, the first way that has room; whether there was one."""
    left, top, right, bottom = box
    x, y = (left + right) / 2, (top + bottom) / 2
    for step in (0.0, 10.0, 20.0):
        reach = _NAME_WITHIN + step
        if away[0]:
            spot = (right + reach, y + 3, "start") if away[0] > 0 else (left - reach, y + 3, "end")
        else:
            spot = (x, top - reach, "middle") if away[1] < 0 else (x, bottom + reach + 7, "middle")
        if labels.fits(words, spot[0], spot[1], "small", spot[2]):
            labels.put(words, spot[0], spot[1], "small", spot[2])
            return True
    return False
