"""The land pattern of a package whose lands are stated one by one; balls without a stated land get that of their size."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

import numpy as np

from ..package import Balls, Land, Package
from ..package.lands import USUAL_LAYERS
from ..package.site_lands import terminal_widths
from ..package.soldered import bare_lands, soldered
from ..package.solders import balls_keep_shape
from ..shapes import Point, rectangle
from ..units import mm
from . import (
    COURTYARD_WIDTH,
    FAB_WIDTH,
    FRONT_COURTYARD,
    FRONT_FAB,
    FRONT_SILK,
    ROUND,
    SILK_WIDTH,
    Line,
    Pads,
    Part,
    Polygon,
    Text,
    a1_of,
    bevelled,
    outline_shapes,
)
from .land_pattern import SILK_TO_COPPER, TEXT, around, bevel_of, courtyard, land_for, reference_text

_ROOM = 250_000  # of the courtyard around body and lands of what is no array of balls: IPC-7351, nominal


def draw_stated_lands(package: Package) -> Part:
    """The lands of ``package`` as they are stated, seen from above; raises ValueError where there is no carrier."""
    carrier, balls = package.carrier, package.balls
    if carrier is None:
        raise ValueError("a land pattern needs a carrier outline")
    centre = carrier.outline.centre
    pads = tuple(_groups(package.lands, centre, _names_of(soldered(balls))))
    if balls is not None:
        pads = (*pads, *balls_without(balls, {land.name for land in package.lands}, centre,
                                       balls_keep_shape(package)))
    width, height = carrier.outline.size
    body = rectangle((0, 0), (width, height))
    court = courtyard(body, pads) if balls is not None else courtyard(body, pads, _ROOM)
    names = tuple(land.name for land in package.lands if land.is_terminal)
    a1 = a1_of(names, np.array([(land.at[0] - centre[0], land.at[1] - centre[1]) for land in package.lands if land.is_terminal],
                               np.int64).reshape(-1, 2))
    above, below = court.box[1] - TEXT * 7 // 10, court.box[3] + TEXT * 7 // 10
    count = len(set(names) | set(balls.sites.names if balls is not None else ()))
    return Part(
        name=package.name,
        description=f"{package.name}, {count} lands as stated, body {mm(width)}x{mm(height)} mm; made by Overmold",
        keywords=f"{carrier.kind} {count}".strip(),
        reference=Text(FRONT_SILK, "REF**", (0, above), TEXT), value=Text(FRONT_FAB, package.name, (0, below), TEXT), pads=pads,
        shapes=(_mark(court.box, pads, a1), *outline_shapes(court, FRONT_COURTYARD, COURTYARD_WIDTH),
                Polygon(FRONT_FAB, bevelled(body, bevel_of(width, height), a1), FAB_WIDTH)),
        texts=(reference_text(body, above),),
    )


def _names_of(balls: Optional[Balls]) -> set[str]:
    return set(balls.sites.names) if balls is not None else set()


def _groups(lands: tuple[Land, ...], centre: Point, balls: set[str]) -> Iterator[Pads]:
    """Lands that differ in name and place only, together."""
    alike: dict[tuple[object, ...], list[Land]] = {}
    for one in lands:
        look = (one.size, one.shape, one.angle, one.layers, one.corner, one.chamfer, one.cut, one.drill, one.mask, one.paste,
                one.paste_share, one.arms, one.stroke, one.name in balls)
        alike.setdefault(look, []).append(one)
    for some in alike.values():
        one = some[0]
        yield Pads(
            tuple(land.name for land in some), ("",) * len(some),
            np.array([(land.at[0] - centre[0], land.at[1] - centre[1]) for land in some], np.int64), one.shape, one.size,
            one.layers, margin=one.mask, is_ball=one.name in balls, drill=one.drill, angle=one.angle, arms=one.arms,
            stroke=one.stroke, corner=one.corner, chamfer=one.chamfer, cut=one.cut, paste=one.paste,
            paste_share=one.paste_share)


def balls_without(balls: Balls, stated: set[str], centre: Point, solid: bool) -> Iterator[Pads]:
    """The lands of balls that have none of their own, one group a size: the one that is stated for all, else IPC's, and of bare
    lands one as large as they are."""
    solder, bare = soldered(balls), bare_lands(balls)
    if solder is not None and bare is not None:
        yield from balls_without(solder, stated, centre, solid)
        yield from balls_without(bare, stated, centre, solid)
        return
    diameters = terminal_widths(balls)
    left = np.array([name not in stated for name in balls.sites.names], np.bool_)
    for diameter in np.unique(diameters[left]).tolist():
        rows = np.flatnonzero(left & (diameters == diameter))
        land = balls.customer_land or land_for(balls, diameter, solid)
        yield Pads(tuple(balls.sites.names[i] for i in rows.tolist()), ("",) * len(rows),
                   balls.sites.xy[rows] - np.array(centre, np.int64), ROUND, (land, land), USUAL_LAYERS,
                   margin=stated_margin(balls.customer_opening, land), paste=stated_margin(balls.customer_paste, land),
                   is_ball=not balls.are_lands)


def stated_margin(opening: int, land: int) -> Optional[int]:
    """How far an opening stands back from the land; None where nobody says."""
    return (opening - land) // 2 if opening else None


def _mark(court: tuple[int, int, int, int], pads: tuple[Pads, ...], a1: Point) -> Line:
    """A short line beside the first land, outside of everything, in place of an outline that might lie on lands."""
    left, top, right, bottom = around(pads)
    keep = SILK_WIDTH // 2 + SILK_TO_COPPER
    x = left - keep if a1[0] < 0 else right + keep
    near = top if a1[1] < 0 else bottom
    return Line(FRONT_SILK, (x, near), (x, near - a1[1] * min(500_000, (bottom - top) // 2)), SILK_WIDTH)
