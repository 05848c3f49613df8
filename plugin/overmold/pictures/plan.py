"""The plan of a package, seen from the chip side: balls show through the carrier, drawn as rings, passives there dashed; chips
that stand on others lie over them. What is broken or warned of is red or amber, with its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

from ..measures.levels import top as upper_side
from ..package import FAR_SIDE, Chip, Package, Passive, keys
from ..shapes import Outline
from ..units import LENGTH, show
from .labels import Area, Labels
from .marks import NO_MARKS, Marks, drawn_marks
from .named import name_marks, name_the_rest
from .plan_scale import EDGE, HEAD, PlanScale, scale_for
from .plan_sites import TITLED, crowds, drawn_sites, marked_sites
from .svg import line, n, page, path, rect
from .words import width_of

SIZE = 760.0
_WHOLE = (keys.CARRIER, "mold")  # what is marked by its rim alone: all else lies in it


def plan(package: Package, marks: Marks = NO_MARKS, size: float = SIZE) -> str:
    """The plan as an SVG file, its carrier ``size`` pixels wide or high; an empty string where there is no carrier. ``marks``
    are the parts to show as broken."""
    scale, carrier = scale_of(package, size), package.carrier
    if carrier is None or scale is None:
        return ""
    hues = drawn_marks(package, marks)
    width, height = scale.size
    labels = Labels(width, HEAD - 12, height)
    labels.put(package.name, width / 2, 30, "title", "middle")
    labels.put(_caption(package), width / 2, 50, "note", "middle")
    drawn = [*_drawn(package, scale), *_sizes(carrier.outline, scale, labels)]
    marked, areas = _marked(package, hues, scale)
    _name_chips(package, hues, scale, labels)
    name_marks(package, hues, areas, labels)
    bottom = name_the_rest(package, hues, labels, height - 8)
    return page(width, bottom + 8, f"{package.name}: plan", [*drawn, *marked, *labels.drawn])


def scale_of(package: Package, size: float = SIZE) -> Optional[PlanScale]:
    """The scale that a package's plan is drawn to; None where there is no carrier."""
    return scale_for(package, package.carrier.outline, size) if package.carrier is not None else None


def _drawn(package: Package, scale: PlanScale) -> Iterator[str]:
    carrier, found = package.carrier, crowds(package)
    assert carrier is not None
    titled = sum(len(crowd.sites) for crowd in found.values()) <= TITLED
    yield path("outline", scale.path(carrier.outline), f"carrier, {carrier.kind}")
    yield from _metal(package, scale)
    if package.balls is not None:
        yield from drawn_sites(found[keys.BALLS], scale, titled)
    if package.mold is not None:
        yield path("moldline", scale.path(package.mold.outline), "mold cap")
    for passive in package.near_passives:
        yield from _passive(passive, scale)
    for chip in sorted(package.chips, key=lambda one: _height(package, one)):
        yield path("chipline", scale.path(chip.outline), chip.name)
        for key in (keys.bumps(chip.name), keys.pads(chip.name)):
            if key in found:
                yield from drawn_sites(found[key], scale, titled)
    for passive in package.far_passives:  # seen through all that lies over them, as the balls are
        yield from _passive(passive, scale)
    for wire in package.wires:
        ends = "L".join("{} {}".format(*map(n, scale.at(spot))) for spot in (wire.from_at, wire.to_at))
        yield path("wire", f"M{ends}", f"wire {wire.start} to {wire.end}, tier {wire.tier}")


def _caption(package: Package) -> str:
    far = package.balls is not None and FAR_SIDE in package.balls.sides
    seen = [*(("balls on the far side are drawn as rings",) if far else ()),
            *(("passives on the far side are dashed",) if package.far_passives else ())]
    return "; ".join(["plan from the chip side", *seen])


def _metal(package: Package, scale: PlanScale) -> Iterator[str]:
    """Leads and paddle of a frame, bond fingers of a substrate."""
    carrier = package.carrier
    assert carrier is not None
    if carrier.frame is not None:
        if carrier.frame.paddle is not None:
            yield path("metal", scale.path(carrier.frame.paddle), "die attach pad")
        for bar in carrier.frame.tie_bars:
            yield path("metal", scale.path(bar), "tie bar")
        for lead in carrier.frame.leads:
            yield path("metal", scale.path(lead.outline), f"lead {lead.name} {lead.net}".rstrip())
    for finger in carrier.fingers:
        yield path("finger", scale.path(finger.outline), f"finger {finger.name} {finger.net}".rstrip())


def _height(package: Package, chip: Chip) -> int:
    height = upper_side(package, chip)
    return height.nominal if height is not None else len(chip.on)


def _passive(passive: Passive, scale: PlanScale) -> Iterator[str]:
    body, end, where = ("farside", "farside", ", on the far side") if passive.is_far else ("part", "end", "")
    yield path(body, scale.path(passive.outline), passive.name + where)
    for t in passive.terminals:
        x, y = scale.at((t.at[0] - t.size[0] / 2, t.at[1] - t.size[1] / 2))
        yield rect(end, x, y, t.size[0] * scale.per_nm, t.size[1] * scale.per_nm, f"{passive.name}.{t.name} {t.net}".rstrip())


def _sizes(carrier: Outline, scale: PlanScale, labels: Labels) -> list[str]:
    """How wide and how long the carrier is, under it and on its right."""
    left, top, right, bottom = scale.area(carrier.box)
    _, _, beside, under = scale.area(scale.box)
    across, down = (show(length, LENGTH) for length in carrier.size)
    labels.put(across, (left + right) / 2, under + EDGE + 12, "note", "middle")
    labels.put(down, beside + EDGE, (top + bottom) / 2 + 4, "note")
    return [line("hair", left, under + EDGE - 6, right, under + EDGE - 6),
            line("hair", beside + EDGE - 6, top, beside + EDGE - 6, bottom)]


def _name_chips(package: Package, hues: Marks, scale: PlanScale, labels: Labels) -> None:
    """In a corner of each chip that is free, else beside it."""
    for chip in package.chips:
        area = scale.area(chip.outline.box)
        left, top, right, bottom = area
        kind, wide = hues.get(chip.key, "name"), width_of(chip.name)
        corners = ((left + 8, top + 18), (right - 8 - wide, top + 18), (left + 8, bottom - 8), (right - 8 - wide, bottom - 8))
        inside = wide + 16 <= right - left and bottom - top >= 24
        free = [corner for corner in corners if inside and labels.fits(chip.name, *corner, kind)]
        if free:
            labels.put(chip.name, *free[0], kind)
        else:
            labels.beside(chip.name, area, kind, over=True)


def _marked(package: Package, hues: Marks, scale: PlanScale) -> tuple[list[str], dict[str, Area]]:
    """Marked parts, drawn over all others; and where those lie that have no name in the picture yet."""
    drawn: list[str] = []
    areas: dict[str, Area] = {}
    if not hues:
        return drawn, areas
    chips = {chip.key for chip in package.chips}
    for key, outline, words in _outlines(package):
        if key in hues:
            drawn.append(path(f"{'frame' if key in _WHOLE else 'ring'} {hues[key]}", scale.path(outline), words))
            if key not in chips:
                areas[key] = scale.area(outline.box)
    for wire in package.wires:
        if wire.key in hues:
            (x1, y1), (x2, y2) = scale.at(wire.from_at), scale.at(wire.to_at)
            drawn.append(path(f"wire {hues[wire.key]}", f"M{n(x1)} {n(y1)}L{n(x2)} {n(y2)}", f"wire {wire.name}"))
            areas[wire.key] = ((x1 + x2) / 2, (y1 + y2) / 2, (x1 + x2) / 2, (y1 + y2) / 2)
    for crowd in crowds(package).values():
        more, there = marked_sites(crowd, hues, scale)
        drawn += more
        areas.update(there)
    return drawn, areas


def _outlines(package: Package) -> Iterator[tuple[str, Outline, str]]:
    """Every part with an outline of its own: key, outline and name."""
    carrier = package.carrier
    assert carrier is not None
    yield keys.CARRIER, carrier.outline, "carrier"
    if package.mold is not None:
        yield "mold", package.mold.outline, "mold"
    yield from ((chip.key, chip.outline, chip.name) for chip in package.chips)
    yield from ((part.key, part.outline, part.name) for part in package.passives)
    for finger in carrier.fingers:
        yield finger.key, finger.outline, f"finger {finger.name}"
    if carrier.frame is not None:
        if carrier.frame.paddle is not None:
            yield keys.PADDLE, carrier.frame.paddle, "die attach pad"
        for lead in carrier.frame.leads:
            yield keys.lead(lead.name), lead.outline, f"lead {lead.name}"
