"""What a plan shows of a package, from the bottom up: metal, sites, outlines, passives and chips, from either side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Optional

from ..drawing import a1_of, corner_spot
from ..drawing.keep_outs import said_of
from ..drawing.parts import street_line
from ..package import FAR_SIDE, Chip, Package, Passive, keys
from ..package.soldered import bare_sites
from ..shapes import Outline, Point, rectangle
from ..space import METAL, MOLD, bodies, top
from ..space.pockets import pockets
from ..space.sums import LEVEL
from .labels import Area
from .levels import level
from .marks import Marks
from .plan_scale import PlanScale
from .plan_sites import Crowd, crowds, drawn_sites, marked_sites, titled
from .svg import circle, n, path

_WHOLE = (keys.CARRIER, "mold")  # what is marked by its rim alone: all else lies in it
_MARK = 0.035  # share of the carrier's shorter side that the mark at A1 has


def seen_from_above(package: Package, scale: PlanScale) -> Iterator[str]:
    """The chip side: balls show through the carrier as rings, passives there dashed."""
    carrier, found = package.carrier, crowds(package)
    assert carrier is not None
    has_titles = titled(package)
    yield path("outline", scale.path(carrier.outline), f"carrier, {carrier.kind}")
    yield from _metal(package, scale)
    if keys.BALLS in found:
        yield from _terminals(package, found[keys.BALLS], "ball", scale)
    yield from _lines(package, scale)
    if keys.TOP_LANDS in found:
        yield from drawn_sites(found[keys.TOP_LANDS], scale, has_titles)
        yield from _mold_vias(package, scale)
    for passive in package.carrier_passives:
        yield from _passive(passive, scale, hidden=False)
    ranks = {chip.name: rank for rank, chip in enumerate(
        sorted(package.near_chips, key=lambda one: level(package, top(package, one))))}
    for chip in sorted(package.near_chips, key=lambda one: ranks[one.name]):
        yield from _chip(chip, found, scale, has_titles)
        for passive in package.near_passives:
            if passive.on and chip.name == max(passive.on, key=lambda name: ranks.get(name, -1)):
                yield from _passive(passive, scale, hidden=False)
    for pocket in pockets(package):
        words = keys.last(pocket.key) if keys.is_within(pocket.key, keys.CAVITIES) else f"of {pocket.owner.name}"
        yield path("hidden", scale.path(pocket.outline), f"cavity {words}")
    for passive in package.passives:
        if passive.is_closed_in:
            yield path("farside", scale.path(passive.outline), f"{passive.name}, embedded in the carrier")
    for passive in package.far_passives:  # seen through all that lies over them, as the balls are
        yield from _passive(passive, scale, hidden=True)
    for chip in package.far_chips:
        yield path("farside", scale.path(chip.outline), f"{chip.name}, on the far side")
    for wire in package.wires:
        ends = "L".join("{} {}".format(*map(n, scale.at(spot))) for spot in (wire.from_at, wire.to_at))
        yield path("planwire", f"M{ends}", f"wire {wire.start} to {wire.end}, tier {wire.tier}")


def seen_from_below(package: Package, scale: PlanScale) -> Iterator[str]:
    """The ball side: balls, feet of leads, passives and chips there; chips and what else the carrier hides are dashed."""
    carrier, found = package.carrier, crowds(package)
    assert carrier is not None
    yield path("outline", scale.path(carrier.outline), f"carrier, {carrier.kind}")
    yield from _lines(package, scale)
    for chip in package.near_chips:
        yield path("hidden", scale.path(chip.outline), f"{chip.name}, on the chip side")
    frame = carrier.frame
    if frame is not None:
        if frame.paddle is not None:
            yield path("metal", scale.path(frame.paddle_foot or frame.paddle), "die attach pad")
        for lead in frame.leads:
            yield path("metal", scale.path(lead.foot), f"lead {lead.name} {lead.net}".rstrip())
    if package.balls is not None:
        far = [side == FAR_SIDE for side in package.balls.sides]
        for kind, wanted in (("land", True), ("ball", False)):
            yield from _terminals(package, found[keys.BALLS], kind, scale, [one == wanted for one in far])
    for passive in package.far_passives:
        yield from _passive(passive, scale, hidden=False)
    for chip in package.far_chips:
        yield from _chip(chip, found, scale, titled(package))


def _terminals(package: Package, crowd: Crowd, kind: str, scale: PlanScale, wanted: Sequence[bool] = ()) -> Iterator[str]:
    """The balls that are ``wanted`` (all, if left out), and the bare lands among them, which look otherwise."""
    balls = package.balls
    bare = bare_sites(balls).tolist() if balls is not None and not balls.are_lands else [False] * len(crowd.sites)
    wanted = wanted or [True] * len(bare)
    for of, called, some in ((kind, "", [want and not one for want, one in zip(wanted, bare)]),
                             ("metal" if kind == "land" else f"{kind} bare", "bare land ", [
                                 want and one for want, one in zip(wanted, bare)])):
        if any(some):
            yield from drawn_sites(crowd.some(of, some, called), scale, titled(package))


def _lines(package: Package, scale: PlanScale) -> Iterator[str]:
    """Mold cap and saw street."""
    carrier = package.carrier
    if package.mold is not None:
        yield from (path("moldline", scale.path(outline), words) for outline, words in _mold_lines(package))
    for one in package.keep_outs:
        yield path("keepout", scale.path(one.outline), said_of(one))
    street = street_line(carrier.outline, package.singulation) if carrier is not None else None
    if street is not None:
        yield path("street", scale.path(street), "saw street reaches this far in")


def _mold_lines(package: Package) -> Iterator[tuple[Outline, str]]:
    """The outline of every block of mold on the carrier, and that of its top where its walls slant."""
    for body in bodies(package):
        if body.kind == MOLD and body.top != LEVEL:
            called = "mold cap" if body.key == "mold" else f"mold {keys.last(body.key)}"
            yield body.outline, called
            narrow = body.at_top or body.at_bottom
            if narrow is not None:
                yield narrow, f"{called}, its top"


def _mold_vias(package: Package, scale: PlanScale) -> Iterator[str]:
    """The vias through the mold, and the outline of the package that stands over them."""
    lands = package.top_lands
    outline = lands.upper_outline if lands is not None else None
    if outline is not None:
        yield path("hidden", scale.path(outline), "upper package")
    if lands is not None and lands.via is not None:
        radius = lands.via.nominal / 2 * scale.per_nm
        yield from (circle("moldline", x, y, radius) for x, y in scale.all_at(lands.sites.xy))


def _metal(package: Package, scale: PlanScale) -> Iterator[str]:
    """Tie bars, paddle and leads of a frame, each over what it joins; bond fingers of a substrate."""
    carrier = package.carrier
    assert carrier is not None
    frame = carrier.frame
    if frame is not None:
        for bar in frame.tie_bars:
            yield path("metal", scale.path(bar), "tie bar")
        if frame.paddle is not None:
            yield path("metal", scale.path(frame.paddle), "die attach pad")
        for lead in frame.leads:
            yield path("metal", scale.path(lead.outline), f"lead {lead.name} {lead.net}".rstrip())
        # What is etched from below ends where the foot begins.
        thin = [part for lead in frame.leads for part in lead.half_etched]
        thin += [frame.paddle_foot] if frame.paddle_foot is not None and frame.paddle_foot != frame.paddle else []
        if thin:
            yield path("etched", "".join(map(scale.path, thin)), "etched from below")
        sunk = [body.outline for body in bodies(package) if body.kind == METAL and body.top != LEVEL]
        if sunk:
            yield path("copper", "".join(map(scale.path, sunk)), "etched from above")
    for finger in carrier.fingers:
        yield path("finger", scale.path(finger.outline), f"finger {finger.name} {finger.net}".rstrip())


def _chip(chip: Chip, found: dict[str, Crowd], scale: PlanScale, has_titles: bool) -> Iterator[str]:
    yield path("chipline", scale.path(chip.outline), chip.name)
    for key in (keys.bumps(chip.name), keys.pads(chip.name)):
        if key in found:
            yield from drawn_sites(found[key], scale, has_titles)


def _passive(passive: Passive, scale: PlanScale, hidden: bool) -> Iterator[str]:
    on = f", on {' and '.join(passive.on)}" if passive.on else ""
    body, end, where = ("farside", "farside", ", on the far side") if hidden else ("part", "end", on)
    yield path(body, scale.path(passive.outline), passive.name + where)
    for t in passive.terminals:
        yield path(end, scale.path(rectangle(t.at, t.size, passive.angle)), f"{passive.name}.{t.name} {t.net}".rstrip())


def a1_mark(package: Package, scale: PlanScale) -> Optional[tuple[str, Area]]:
    """A triangle in the corner of ball A1, or of lead 1; None where there is neither."""
    carrier = package.carrier
    assert carrier is not None
    corner = _first_corner(package)
    if corner is None:
        return None
    leg = round(min(carrier.outline.size) * _MARK)
    x, y = corner_spot(carrier.outline, corner, leg)
    across, down = x - corner[0] * leg, y - corner[1] * leg
    outline = Outline((((x, y), (across, y), (x, down)),))
    return path("a1", scale.path(outline), "A1" if package.balls is not None else "lead 1"), scale.area(outline.box)


def _first_corner(package: Package) -> Optional[Point]:
    carrier = package.carrier
    assert carrier is not None
    middle = carrier.outline.centre
    if package.balls is not None and len(package.balls.sites):
        return a1_of(package.balls.sites.names, package.balls.sites.xy - middle)
    leads = carrier.frame.leads if carrier.frame is not None else ()
    if not leads:
        return None
    first = next((lead for lead in leads if lead.name == "1"), leads[0]).outline.centre
    return (-1 if first[0] <= middle[0] else 1), (-1 if first[1] <= middle[1] else 1)


def marked(package: Package, hues: Marks, scale: PlanScale) -> tuple[list[str], dict[str, Area]]:
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
        yield from ((region.key, region.outline, f"mold {region.name}") for region in package.mold.regions)
    yield from ((chip.key, chip.outline, chip.name) for chip in package.chips)
    yield from ((part.key, part.outline, part.name) for part in package.passives)
    for finger in carrier.fingers:
        yield finger.key, finger.outline, f"finger {finger.name}"
    yield from ((one.key, one.outline, said_of(one)) for one in package.keep_outs)
    if carrier.frame is not None:
        if carrier.frame.paddle is not None:
            yield keys.PADDLE, carrier.frame.paddle, "die attach pad"
        for lead in carrier.frame.leads:
            yield keys.lead(lead.name), lead.outline, f"lead {lead.name}"
