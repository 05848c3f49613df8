"""The outside of a package as tables: its balls, or the leads of its frame, one a row; and the map of the balls."""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from ...arrays import IntArray
from ...package import Package
from ...package.moved import at_home
from ...package.site_lands import diameters_of, terminal_widths, top_land_sizes
from ...package.soldered import bare_sites
from ...units import mm
from .plan import y_up
from .xlsx import Sheet

_NAME = re.compile(r"([A-Za-z]+)(\d+)")
_MOST = 256  # columns and rows of a map


def terminals(package: Package) -> Sheet:
    """Balls with net, place and diameter; of a lead frame the leads' feet with their sizes, the die attach pad last.

    Places are in mm from the carrier's centre, y up, seen from the chip side; what is not stated is an empty cell.
    """
    home = at_home(package)
    balls, frame = home.balls, home.carrier.frame if home.carrier is not None else None
    if balls is not None and len(balls.sites):
        wide = diameters_of(balls.sites, balls.diameter.nominal if balls.diameter is not None else 0)
        is_bare = bare_sites(balls) & (not balls.are_lands)
        rows = [(name, net, mm(x), mm(-y), mm(width) if width else "", side) for name, net, (x, y), width, side in zip(
            balls.sites.names, balls.nets, balls.sites.xy.tolist(), np.where(is_bare, terminal_widths(balls), wide).tolist(),
            balls.sides)]
        heads = ("ball", "net", "x (mm)", "y (mm)", "diameter (mm)", "side")
        if not is_bare.any():
            return Sheet("Balls", heads, rows)
        return Sheet("Balls", (*heads, "bare land"), [(*row, "yes" * bare) for row, bare in zip(rows, is_bare.tolist())])
    feet = [(lead.name, lead.net, lead.foot) for lead in frame.leads] if frame is not None else []
    if frame is not None and frame.paddle is not None:
        feet.append(("paddle", frame.paddle_net, frame.paddle_foot or frame.paddle))
    return Sheet("Leads", ("lead", "net", "x (mm)", "y (mm)", "width (mm)", "height (mm)"), [
        (name, net, *map(mm, y_up(foot.centre)), *map(mm, foot.size)) for name, net, foot in feet])


def top_lands(package: Package) -> Sheet:
    """The lands for an upper package with net, place and width; none where there are none."""
    lands = at_home(package).top_lands
    rows = [(name, net, mm(x), mm(-y), mm(wide)) for name, net, (x, y), wide in zip(
        lands.sites.names, lands.nets, lands.sites.xy.tolist(), top_land_sizes(lands)[0].tolist())] if lands is not None else []
    return Sheet("Top lands", ("land", "net", "x (mm)", "y (mm)", "diameter (mm)"), rows)


def ball_map(package: Package) -> list[Sheet]:
    """The map of the balls as a sheet, seen from the chip side: name over net in every place that has a ball. None where the
    balls lie in no rows and columns that a sheet can hold."""
    home = at_home(package)
    if home.balls is None or not len(home.balls.sites):
        return []
    sites, nets = home.balls.sites, home.balls.nets
    xs, ys = np.unique(sites.xy[:, 0]), np.unique(sites.xy[:, 1])
    if len(xs) > _MOST or len(ys) > _MOST or len(xs) * len(ys) > 8 * len(sites) + 8:
        return []
    places = np.column_stack((np.searchsorted(xs, sites.xy[:, 0]), np.searchsorted(ys, sites.xy[:, 1])))
    cells = [[""] * len(xs) for _ in ys]
    for name, net, (column, row) in zip(sites.names, nets, places.tolist()):
        cells[row][column] = f"{name}\n{net}" if net else name
    heads, lines = _called(sites.names, places, len(xs), 2), _called(sites.names, places[:, ::-1], len(ys), 1)
    rows = [(line, *row) for line, row in zip(lines, cells)]
    return [Sheet("Ball map", ("seen from the chip side", *heads), rows, boxed=True)]


def _called(names: Sequence[str], places: IntArray, count: int, part: int) -> list[str]:
    """What the columns (or rows) are called where all names in one have that part alike, else ""."""
    found: list[set[str]] = [set() for _ in range(count)]
    for name, place in zip(names, places[:, 0].tolist()):
        split = _NAME.fullmatch(name)
        found[place].add(split[part] if split else "")
    return [next(iter(one)) if len(one) == 1 else "" for one in found]
