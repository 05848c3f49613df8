"""The land pattern of the finished package for a customer's board.

Lands come from IPC-7351B by way of ``lands``; lines, texts and distances follow KiCad's library conventions
(klc.kicad.org, F5.1 to F5.3): silkscreen 0.12 mm wide, 0.2 mm away from copper and outside the body; fabrication
outline 0.1 mm wide with a bevel of 1 mm or a quarter of the body; courtyard 1 mm around a BGA, on a 0.01 mm grid.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Optional

import numpy as np

from ..arrays import IntArray
from ..geometry.lands import ball_land
from ..package import Balls, Package
from ..package.site_lands import terminal_widths
from ..package.soldered import bare_lands, bare_sites, soldered
from ..package.solders import balls_keep_shape
from ..shapes import Box, Outline, Point, box_outline, distinct, rectangle
from ..units import mm
from . import (
    COURTYARD_WIDTH,
    FAB_WIDTH,
    FRONT_COPPER,
    FRONT_COURTYARD,
    FRONT_FAB,
    FRONT_MASK,
    FRONT_PASTE,
    FRONT_SILK,
    ROUND,
    SILK_WIDTH,
    Line,
    Pads,
    Part,
    Polygon,
    Shape,
    Text,
    a1_of,
    bevelled,
    outline_shapes,
    pads_box,
)
from .arrangement import arrangement_of, grid_of, listed, nearest

SILK_TO_COPPER = 200_000
COURTYARD = 1_000_000
GRID = 10_000
TEXT = 1_000_000
SMALLEST_TEXT = 500_000
MASK_MARGIN = 50_000  # around a land that the mask does not touch
THINNEST_WEB = 75_000  # of mask between two openings


def draw_land_pattern(package: Package, mask_defined: bool = False) -> Part:
    """The lands for the balls of ``package``, seen from above; ``mask_defined``: the mask's opening is the land.

    Raises ValueError where there is no carrier, no ball or no ball diameter.
    """
    carrier, balls = package.carrier, package.balls
    across = None if balls is None else balls.land if balls.are_lands else balls.diameter and balls.diameter.nominal
    if carrier is None or balls is None or not len(balls.sites) or not across:
        raise ValueError("a land pattern needs a carrier outline and balls of known diameter")
    centre = carrier.outline.centre
    xy = balls.sites.xy - np.array(centre, np.int64)
    lies = arrangement_of(balls.sites, xy)
    solid = balls_keep_shape(package)
    kinds = [(of, terminal_widths(of)) for of in (soldered(balls), bare_lands(balls)) if of is not None]
    widest = max(land_for(of, int(wide.max()), solid) for of, wide in kinds)
    # Where balls differ, the mask between any two openings is as thick as between two of the widest.
    margin = mask_margin(widest, nearest(xy, grid_of(xy)))
    sizes = [_size(of, ball, margin, mask_defined, solid) for of, wide in kinds for ball in distinct(wide).tolist()]
    pads = tuple(_pads(balls, xy, size, len(sizes) == 1) for size in sizes)
    width, height = carrier.outline.size
    body = rectangle((0, 0), (width, height))
    court, a1 = courtyard(body, pads), a1_of(balls.sites.names, xy)
    above, below = court.box[1] - TEXT * 7 // 10, court.box[3] + TEXT * 7 // 10
    name = package.name + ("_SMD" if mask_defined else "")
    return Part(
        name=name, description=describe(package.name, (width, height), lies.words, sizes, balls, solid),
        keywords=f"{'LGA' if balls.are_lands else 'BGA'} {len(xy)} {lies.pitch}".rstrip(),
        reference=Text(FRONT_SILK, "REF**", (0, above), TEXT), value=Text(FRONT_FAB, name, (0, below), TEXT), pads=pads,
        shapes=(*silkscreen(body, pads, a1), *outline_shapes(court, FRONT_COURTYARD, COURTYARD_WIDTH),
         Polygon(FRONT_FAB, bevelled(body, bevel_of(width, height), a1), FAB_WIDTH)),
        texts=(reference_text(body, above),), datasheet=package.datasheet,
    )


def _pads(balls: Balls, xy: IntArray, size: _Size, are_all: bool) -> Pads:
    rows = np.flatnonzero((bare_sites(balls) == size.is_bare) & (are_all | (terminal_widths(balls) == size.ball)))
    names = balls.sites.names if are_all else tuple(balls.sites.names[i] for i in rows.tolist())
    return Pads(names=names, nets=("",) * len(names), xy=xy[rows], shape=ROUND, size=(size.copper, size.copper),
                layers=(FRONT_COPPER, FRONT_MASK, FRONT_PASTE), margin=size.margin, paste=size.paste, is_ball=not size.is_bare)


@dataclass(frozen=True)
class _Size:
    """The pads for balls, or bare lands, of one diameter: land and copper (wider, where the mask's opening is the land), mask
    margin (None: as the board has it); how far paste stands back from the land where that is stated, and whether the land
    is."""

    ball: int
    land: int
    copper: int
    margin: Optional[int]
    paste: Optional[int] = None
    is_stated: bool = False
    is_bare: bool = False


def land_for(balls: Balls, width: int, solid: bool) -> int:
    """The customer's land for a ball of that diameter, another where it is ``solid`` and does not collapse; for a bare land or
    a pillar one as wide, for the two are soldered face to face."""
    return width if balls.are_lands or balls.are_pillars else ball_land(width, collapsing=not solid)


def _size(balls: Balls, ball: int, margin: int, mask_defined: bool, solid: bool) -> _Size:
    """What is stated holds for the balls or lands of the usual width; of balls with bare lands among them for the balls."""
    return replace(_stated_size(balls, ball, margin, mask_defined, solid), is_bare=balls.are_lands)


def _stated_size(balls: Balls, ball: int, margin: int, mask_defined: bool, solid: bool) -> _Size:
    usual = ball == (balls.land if balls.are_lands else balls.diameter and balls.diameter.nominal)
    land = land_for(balls, ball, solid)
    if not (usual and (balls.customer_land or balls.customer_opening or balls.customer_paste)):
        return _Size(ball, land, land + 2 * margin if mask_defined else land, -margin if mask_defined else margin)
    land, opening = balls.customer_land or land, balls.customer_opening
    paste = (balls.customer_paste - land) // 2 if balls.customer_paste else None
    if mask_defined and not opening:
        return _Size(ball, land, land + 2 * margin, -margin, paste, True)
    return _Size(ball, min(land, opening or land), land, (opening - land) // 2 if opening else None, paste, True)


def mask_margin(land: int, apart: int) -> int:
    """How much wider than the land the mask opens on each side: 50 um, less where the mask between two openings would
    get thinner than 75 um, but at least 25 um; in whole 5 um."""
    room = (apart - land - THINNEST_WEB) // 2 if apart else MASK_MARGIN
    return max(MASK_MARGIN // 2, min(MASK_MARGIN, room // 5000 * 5000))


def courtyard(body: Outline, pads: Sequence[Pads], room: int = COURTYARD) -> Outline:
    """``room`` around body and pads, pushed outwards onto the grid of 0.01 mm."""
    left, top, right, bottom = body.box
    pads_left, pads_top, pads_right, pads_bottom = around(pads)
    return box_outline((
        _down(min(left, pads_left) - room), _down(min(top, pads_top) - room),
        _up(max(right, pads_right) + room), _up(max(bottom, pads_bottom) + room),
    ))


def _down(value: int) -> int:
    return value // GRID * GRID


def _up(value: int) -> int:
    return -(-value // GRID) * GRID


def bevel_of(width: int, height: int) -> int:
    """1 mm or a quarter of the body, whichever is smaller."""
    return min(1_000_000, width // 4, height // 4)


def around(pads: Sequence[Pads]) -> Box:
    """Left, top, right and bottom of all pads."""
    boxes = [pads_box(group) for group in pads]
    return (min(one[0] for one in boxes), min(one[1] for one in boxes), max(one[2] for one in boxes),
            max(one[3] for one in boxes))


def silkscreen(body: Outline, pads: Sequence[Pads], a1: Point) -> tuple[Shape, ...]:
    """Four lines just outside the body, open at the corner of ball A1, where a filled arrow head points in."""
    gap = (SILK_WIDTH // 2) + 50_000
    keep = (SILK_WIDTH // 2) + SILK_TO_COPPER
    body_left, body_top, body_right, body_bottom = body.box
    pads_left, pads_top, pads_right, pads_bottom = around(pads)
    left, top = _down(min(body_left - gap, pads_left - keep)), _down(min(body_top - gap, pads_top - keep))
    right, bottom = _up(max(body_right + gap, pads_right + keep)), _up(max(body_bottom + gap, pads_bottom + keep))
    dx, dy = a1
    near_x, far_x = (left, right) if dx < 0 else (right, left)
    near_y, far_y = (top, bottom) if dy < 0 else (bottom, top)
    cut = min(bevel_of(*body.size), 1_000_000)
    arrow = max(300_000, min(500_000, cut))
    lines = ((near_x, far_y, near_x, near_y - dy * cut), (near_x - dx * cut, near_y, far_x, near_y),
             (far_x, near_y, far_x, far_y), (far_x, far_y, near_x, far_y))
    return (
        *(Line(FRONT_SILK, (a, b), (c, d), SILK_WIDTH) for a, b, c, d in lines),
        Polygon(FRONT_SILK, ((near_x, near_y), (near_x + dx * arrow, near_y), (near_x, near_y + dy * arrow)),
                SILK_WIDTH, filled=True),
    )


def reference_text(body: Outline, above: int) -> Text:
    """The reference inside the body, four letters wide; above it where not even three of 0.5 mm fit."""
    width = body.size[0]
    size = max(SMALLEST_TEXT, min(TEXT, width * 21 // 100 // GRID * GRID))
    fits = width * 10 >= 27 * size
    return Text(FRONT_FAB, "${REFERENCE}", (0, 0) if fits else (0, above), size)


def describe(name: str, body: Point, lies: str, all_sizes: Sequence[_Size], balls: Balls, solid: bool) -> str:
    """What the pattern is and which dimensions it came from."""
    of, aside = soldered(balls) or balls, bare_lands(balls)
    sizes = [one for one in all_sizes if one.is_bare == of.are_lands]
    more = also = ""
    if aside is not None and aside is not of:
        more = f" and {len(aside.sites)} bare land{'s' * (len(aside.sites) > 1)}"
        also = f", bare ones {listed(one.land for one in all_sizes if one.is_bare)} mm (as wide as the package's)"
    count, bare, word = len(of.sites), of.are_lands, "land" if of.are_lands else "pillar" if of.are_pillars else "ball"
    width, height = body
    lands, copper = listed(one.land for one in sizes), listed(one.copper for one in sizes)
    opening = listed(one.land if one.copper > one.land else one.land + 2 * (one.margin or 0) for one in sizes)
    mask = (f"solder-mask-defined, opening {opening} mm in copper {copper} mm" if sizes[0].copper > sizes[0].land
            else "opening as the board has it" if sizes[0].margin is None
            else f"non-solder-mask-defined, opening {opening} mm")
    counted = f"{count} {word}{'s' if count > 1 else ''}{more}"
    stated = any(one.is_stated for one in sizes)
    by_ipc = f"IPC-7351B, {'non-' if solid else ''}collapsing ball"
    source = "as stated" if stated else "as wide as the package's" if bare or of.are_pillars else by_ipc
    width_of_ball = "" if bare else f"{word} {listed(one.ball for one in sizes)} mm, "
    return (
        f"{name}, {counted}{' ' if lies.startswith('in ') else ', ' if lies else ''}{lies}, body {mm(width)}x{mm(height)} mm, "
        f"{width_of_ball}land {lands} mm ({source}){also}, {mask}; made by Overmold"
    )
