"""The views in plan of an outline drawing: from above, and from below as the customer's board sees the package."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ..arrays import Sites
from ..drawing import a1_of
from ..package import Balls, Package
from ..package.site_lands import ball_lands, terminal_widths
from ..package.soldered import bare_sites
from ..pictures.svg import circle, dots, text
from ..pictures.words import width_of
from ..shapes import Outline, Point
from ..space import blocks, bodies, far_blocks
from .ink import across, centre_lines, leader, upright
from .lead_view import frame_from_below
from .view import AWAY, View

_NAME = re.compile(r"([A-Za-z]+)(\d+)")
_STEP = 14.5    # units from one letter of a row to the next, at least
_AIR = 3.0      # between the numbers of two columns
_TITLED = 400   # above so many balls they are one mark


def from_above(package: Package, view: View) -> list[str]:
    """The top: body, mold and the mark at the first terminal, with D and E."""
    carrier = package.carrier
    assert carrier is not None
    left, top, right, bottom = view.box(carrier.outline)
    drawn = [view.path("board" if package.mold is not None else "body", carrier.outline)]
    if package.mold is not None:
        drawn += [view.path("body", block.outline) for block in blocks(package)]
        over = package.mold.outline
        drawn += [view.path("fine", body.at_top) for body in bodies(package) if body.at_top is not None]
    else:
        drawn += [view.path("hidden", chip.outline) for chip in package.near_chips]
        over = carrier.outline
    drawn += centre_lines(*view.middle, (right - left) / 2 + 12, (bottom - top) / 2 + 12)
    dx, dy = first_corner(package)
    ring_left, ring_top, ring_right, ring_bottom = view.box(over)
    inset = min(22.0, (ring_right - ring_left) / 8)
    x = ring_left + inset if dx < 0 else ring_right - inset
    y = ring_top + inset if dy < 0 else ring_bottom - inset
    drawn.append(circle("mark", x, y, min(6.0, inset / 2)))
    if inset > 20:
        drawn.append(text(_first_name(package), x - dx * 12, y + 4, "note", "start" if dx < 0 else "end"))
    drawn += across("D", left, right, bottom + AWAY, (bottom, bottom))
    return [*drawn, *upright("E", top, bottom, left - AWAY, (left, left))]


def first_corner(package: Package) -> Point:
    """The way (-1 or 1) from the middle to the corner of ball A1 or lead 1, seen from above."""
    carrier = package.carrier
    if package.balls is not None and len(package.balls.sites):
        centre = carrier.outline.centre if carrier is not None else (0, 0)
        return a1_of(package.balls.sites.names, package.balls.sites.xy - np.array(centre, np.int64))
    if carrier is not None and carrier.frame is not None and carrier.frame.leads:
        leads = carrier.frame.leads
        first = next((lead for lead in leads if lead.name == "1"), leads[0])
        x, y = first.foot.centre
        return (-1 if x <= carrier.outline.centre[0] else 1), (-1 if y <= carrier.outline.centre[1] else 1)
    return -1, -1


def _first_name(package: Package) -> str:
    """What the terminal in that corner is called: A1, 1, or the first there is."""
    carrier = package.carrier
    names = package.balls.sites.names if package.balls is not None else ()
    if not names and carrier is not None and carrier.frame is not None:
        names = tuple(lead.name for lead in carrier.frame.leads)
    return next((name for name in names if name in ("A1", "1")), names[0] if names else "")


def from_below(package: Package, view: View, are_balls: bool) -> list[str]:
    """The underside with its balls, lands or leads, and their dimensions."""
    carrier = package.carrier
    assert carrier is not None
    drawn = [view.path("body", carrier.outline)]
    left, top, right, bottom = view.box(carrier.outline)
    drawn += [view.path("fine", block.outline) for block in far_blocks(package)]
    drawn += [view.path("hidden", outline) for outline in (*(part.outline for part in package.far_passives),
                                                             *(chip.outline for chip in package.far_chips))]
    drawn += centre_lines(*view.middle, (right - left) / 2 + 12, (bottom - top) / 2 + 12)
    if package.balls is not None and len(package.balls.sites):
        drawn += _balls(package.balls, view, are_balls)
        drawn += _row_names(package.balls.sites, view, carrier.outline)
        drawn += _ball_dimensions(package.balls, view, carrier.outline, are_balls)
    elif carrier.frame is not None:
        drawn += frame_from_below(carrier.frame, carrier.outline, first_corner(package), view)
    return drawn


def widths_of(balls: Balls, are_balls: bool) -> list[int]:
    """The diameters to draw, in nm; 0 where not stated."""
    widths: list[int] = (terminal_widths(balls) if are_balls else ball_lands(balls)[0]).tolist()
    return widths


def _balls(balls: Balls, view: View, are_balls: bool) -> list[str]:
    places = [(view.x(x), view.y(y)) for x, y in balls.sites.xy.tolist()]
    widths = [max(2.0, wide * view.per_nm / 2) for wide in widths_of(balls, are_balls)]
    kinds = ["metal" if bare or not are_balls else "ball" for bare in bare_sites(balls).tolist()]
    if len(places) <= _TITLED:
        return [circle(kind, x, y, radius, name)
                for kind, (x, y), radius, name in zip(kinds, places, widths, balls.sites.names)]
    return [part for kind, radius in sorted(set(zip(kinds, widths))) for part in dots(
        kind, [place for place, *look in zip(places, kinds, widths) if look == [kind, radius]], radius,
        "balls" if kind == "ball" or not are_balls else "bare lands")]


def _row_names(sites: Sites, view: View, body: Outline) -> list[str]:
    """Letters of rows on the left and numbers of columns above, as many of them as there is room for."""
    left, top, _, _ = view.box(body)
    split = [(_NAME.fullmatch(name), spot) for name, spot in zip(sites.names, sites.xy.tolist())]
    rows, columns = ({spot[axis]: found[part] for found, spot in split if found} for part, axis in ((1, 1), (2, 0)))
    if any(found and (rows[spot[1]] != found[1] or columns[spot[0]] != found[2]) for found, spot in split):
        return []
    lines, numbers = (sorted((place(spot), name) for spot, name in named.items())
                      for place, named in ((view.y, rows), (view.x, columns)))
    drawn = [text(name, left - 6, place + 4, "note", "end") for place, name in _every(lines, [_STEP] * len(lines))]
    widths = [width_of(name, "note") + _AIR for _, name in numbers]
    return drawn + [text(name, place, top - 6, "note", "middle") for place, name in _every(numbers[::-1], widths[::-1])]


def _every(named: Sequence[tuple[float, str]], needed: Sequence[float]) -> Sequence[tuple[float, str]]:
    """All of the names, or every second, every third…: as many as have the room that each of them needs."""
    for step in range(1, len(named) + 1):
        some, room = named[::step], needed[::step]
        if all(abs(a[0] - b[0]) >= (one + other) / 2 for a, b, one, other in zip(some, some[1:], room, room[1:])):
            return some
    return named[:1]


def _ball_dimensions(balls: Balls, view: View, body: Outline, are_balls: bool) -> list[str]:
    xy = balls.sites.xy
    left, _, right, bottom = view.box(body)
    xs, ys = sorted({view.x(x) for x in xy[:, 0].tolist()}), sorted({view.y(y) for y in xy[:, 1].tolist()})
    drawn = []
    low, lowest_x = ys[-1], xs[-1]
    if len(xs) > 1:
        drawn += across("D1", xs[0], xs[-1], bottom + AWAY, (low, low))
        if _is_even(xs):
            drawn += across("e" if _same(xs, ys) else "eD", xs[-2], xs[-1], bottom + AWAY / 2 - 2, (low, low))
    if len(ys) > 1:
        drawn += upright("E1", ys[0], ys[-1], right + AWAY, (lowest_x, lowest_x))
        if _is_even(ys) and not _same(xs, ys):
            drawn += upright("eE", ys[0], ys[1], right + AWAY / 2 - 2, (lowest_x, lowest_x))
    x, y = min(zip((view.x(x) for x in xy[:, 0].tolist()), (view.y(y) for y in xy[:, 1].tolist())),
               key=lambda spot: (-spot[1], spot[0]))
    wide = widths_of(balls, are_balls)
    radius = max(2.0, max(wide) * view.per_nm / 2) * 0.7
    counted = f"{len(xy)} x b" if len(set(wide)) == 1 else "b"
    return [*drawn, *leader(counted, (x - radius, y + radius), (left - 14, bottom + AWAY * 0.75))]


def _is_even(places: Sequence[float]) -> bool:
    steps = [b - a for a, b in zip(places, places[1:])]
    return max(steps) - min(steps) < 0.1


def _same(xs: Sequence[float], ys: Sequence[float]) -> bool:
    return len(xs) < 2 or len(ys) < 2 or abs((xs[-1] - xs[-2]) - (ys[-1] - ys[-2])) < 0.1
