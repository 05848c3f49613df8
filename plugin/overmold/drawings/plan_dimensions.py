"""The dimensions in plan of an outline drawing: body, balls or lands, leads and die attach pad, and their pitch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Optional

import numpy as np

from ..arrays import IntArray
from ..drawing.arrangement import grid_of, nearest
from ..measures.balls import bears_balls
from ..package import Balls, Frame, Lead, Package
from ..package.site_lands import ball_lands, diameters_of
from ..package.soldered import bare_lands, soldered
from ..shapes import Outline, distance
from ..units import Toleranced, mm
from .dimensions import BASIC, COUNT, REFERENCE, Row, plain, stated

_NEAR = 10_000  # nm that a lead may end before the body's edge and still reach it


def plan_rows(package: Package) -> Iterator[Row]:
    """Body, then what it is soldered by."""
    carrier = package.carrier
    if carrier is None:
        return
    (width, height), off = carrier.outline.size, body_tolerance(package)
    yield Row("D", "body, along x", Toleranced(width, off, off))
    yield Row("E", "body, along y", Toleranced(height, off, off))
    mold = package.mold.outline.size if package.mold is not None else carrier.outline.size
    if mold != carrier.outline.size:
        yield plain("", "mold, along x", mold[0])
        yield plain("", "mold, along y", mold[1])
    if package.balls is not None and len(package.balls.sites):
        yield from _balls(package.balls, bears_balls(package))
    elif carrier.frame is not None:
        yield from _leads(carrier.frame, carrier.outline)


def body_tolerance(package: Package) -> int:
    """How much longer or shorter a side of the body may be, 0 where nobody has said."""
    carrier = package.carrier
    if carrier is None:
        return 0
    return (carrier.frame.body_tolerance if carrier.frame is not None else 0) or carrier.tolerance


def pitch_of(package: Package) -> int:
    """The shortest distance of two balls' centres, or of two leads of one side, in nm; 0 where there are no two."""
    if package.balls is not None and len(package.balls.sites) > 1:
        xy = package.balls.sites.xy
        return nearest(xy, grid_of(xy))
    carrier = package.carrier
    if carrier is None or carrier.frame is None:
        return 0
    steps = [step for side in sides_of(carrier.frame, carrier.outline).values() for step in _steps(side)]
    return min(steps, default=0)


def _balls(balls: Balls, are_balls: bool) -> Iterator[Row]:
    xy, what = balls.sites.xy, "ball" if are_balls else "land"
    grid = grid_of(xy)
    if grid.across and grid.down and grid.across != grid.down:
        yield plain("eD", f"{what} pitch, along x", grid.across, BASIC)
        yield plain("eE", f"{what} pitch, along y", grid.down, BASIC)
    elif len(xy) > 1:
        shortest = nearest(xy, grid)
        on_grid = shortest in (grid.across, grid.down)
        yield plain("e", f"{what} pitch" if on_grid else f"{what} pitch, the shortest of all", shortest, BASIC)
    if len(xy) > 1:
        wide, tall = (int(one) for one in xy.max(axis=0) - xy.min(axis=0))
        yield plain("D1", f"{what}s, outer centres along x", wide, BASIC)
        yield plain("E1", f"{what}s, outer centres along y", tall, BASIC)
    solder, bare = (soldered(balls), bare_lands(balls)) if are_balls else (None, None)
    yield from _widths(solder or balls, are_balls)
    yield plain("N", f"{what}s", len((solder or balls).sites), COUNT)
    if solder is not None and bare is not None:
        yield from _widths(bare, are_balls=False)
        yield plain("", "bare lands", len(bare.sites), COUNT)


def _widths(balls: Balls, are_balls: bool) -> Iterator[Row]:
    """Diameters, one row for each that there is."""
    if are_balls:
        name = "pillar diameter" if balls.are_pillars else "ball diameter, before soldering"
        value, key = balls.diameter, "balls.diameter"
        widths = diameters_of(balls.sites, value.nominal if value is not None else 0)
    else:
        lands, openings = ball_lands(balls)
        # What the solder sees: the mask's opening where it is within the land.
        widths = np.where((openings > 0) & ((openings < lands) | (lands == 0)), openings, lands)
        value, name, key = None, "land diameter, mask opening if smaller", "balls.land"
    found, counts = np.unique(widths, return_counts=True)
    for wide, count in sorted(zip(found.tolist(), counts.tolist()), reverse=True):
        said = name if len(found) == 1 else f"{name}, {count} of them"
        if value is not None and wide == value.nominal:
            yield stated("b", said, value, key)
        else:
            yield plain("b", said, wide or None, lacks=key)


def _leads(frame: Frame, body: Outline) -> Iterator[Row]:
    pitches = {step for side in sides_of(frame, body).values() for step in _steps(side)}
    if pitches:
        even = all(step % min(pitches) == 0 for step in pitches)  # a place may be left out
        yield plain("e", "lead pitch" if even else "lead pitch, the shortest of all", min(pitches), BASIC)
    yield stated("b", "lead width", frame.lead_width, "carrier.frame.leads.width")
    yield stated("L", "lead length, the foot", frame.lead_length, "carrier.frame.leads.length")
    if frame.pulled_back is not None and frame.pulled_back.nominal:
        yield stated("L1", "lead, from the body's edge", frame.pulled_back, "carrier.frame.leads.pulled_back")
    if frame.paddle is not None:
        foot = frame.paddle_foot or frame.paddle
        yield plain("D2", "exposed pad, along x", foot.size[0])
        yield plain("E2", "exposed pad, along y", foot.size[1])
        gaps = [distance(lead.foot, foot) for side in sides_of(frame, body).values() for lead in side]
        if gaps:
            # To a corner that is cut off it is no round number: for information, to the micrometre.
            yield plain("K", "lead to exposed pad", round(min(gaps), -3), REFERENCE)
    outer = sum(map(len, sides_of(frame, body).values()))
    yield plain("N", "leads", outer, COUNT)
    if outer < len(frame.leads):
        yield plain("", "further lands inside", len(frame.leads) - outer, COUNT)


def sides_of(frame: Frame, body: Outline) -> dict[str, list[Lead]]:
    """The leads at each side of the body: left, right, top, bottom as seen from above; in order. Those that reach no side,
    inner rows and further die attach pads, are in none."""
    found: dict[str, list[Lead]] = {"left": [], "right": [], "top": [], "bottom": []}
    left, top, right, bottom = body.box
    reach = (frame.pulled_back.nominal if frame.pulled_back is not None else 0) + _NEAR
    for lead in frame.leads:
        box = lead.outline.box
        away = {"left": box[0] - left, "right": right - box[2], "top": box[1] - top, "bottom": bottom - box[3]}
        nearest_side = min(away, key=lambda side: away[side])
        if away[nearest_side] <= reach:
            found[nearest_side].append(lead)
    for side, leads in found.items():
        leads.sort(key=lambda lead: lead.foot.centre[side in ("left", "right")])
    return found


def _steps(leads: list[Lead]) -> list[int]:
    spots: IntArray = np.array([lead.foot.centre for lead in leads], np.int64).reshape(-1, 2)
    steps = np.abs(np.diff(spots, axis=0)).max(axis=1) if len(spots) > 1 else np.zeros(0, np.int64)
    return [int(step) for step in steps]


def shown(value: Optional[int]) -> str:
    """A length in mm with three decimals, more where it has more."""
    if value is None:
        return ""
    return f"{value / 1e6:.3f}" if value % 1000 == 0 else mm(value)
