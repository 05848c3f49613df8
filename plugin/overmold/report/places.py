"""Where a person, or a program, finds what a reading was taken on: file and line, uuid, position."""

from __future__ import annotations

from typing import Optional

from ..arrays import Sites
from ..package import Package, keys
from ..shapes import Point
from ..units import mm


def site_of(package: Package, key: str) -> Optional[tuple[Sites, int]]:
    """The single bump, bond pad or ball that ``key`` names, as its crowd and its number there; None for anything else."""
    part, name = keys.around(key), keys.last(key)
    crowds = {keys.bumps(chip.name): chip.bumps.sites for chip in package.chips if chip.bumps is not None}
    crowds.update({keys.pads(chip.name): chip.pads.sites for chip in package.chips if chip.pads is not None})
    if package.balls is not None:
        crowds[keys.BALLS] = package.balls.sites
    sites = crowds.get(part)
    return (sites, sites.names.index(name)) if sites is not None and name in sites.names else None


def uuid_of(package: Package, key: str) -> str:
    """The uuid of a single bump, bond pad or ball on the board, else of the part it belongs to; "" in a package file."""
    found = site_of(package, key)
    if found is not None and found[0].uuids:
        return found[0].uuids[found[1]]
    return package.place(key).uuid


def position_of(package: Package, key: str, read_at: Optional[Point]) -> Optional[Point]:
    """Where ``key`` lies on the plan: the very bump, pad or ball, else its part; ``read_at`` where neither is known."""
    found = site_of(package, key)
    if found is not None:
        x, y = found[0].xy[found[1]].tolist()
        return x, y
    return package.place(key).at or read_at


def place_text(package: Package, key: str, read_at: Optional[Point]) -> str:
    """Where a person finds ``key``: on a board the part and its position in mm, and file and line."""
    place = package.place(key)
    at = position_of(package, key, read_at) if place.uuid else None
    spot = f" at ({mm(at[0])} mm, {mm(at[1])} mm)" if at else ""
    return f"{key}{spot}" + (f", {place.file}:{place.line}:{place.column}" if place.line else "")
