"""Where a person, or a program, finds what a reading was taken on: file and line, uuid, position."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Callable, Optional

from ..arrays import Sites
from ..package import Package, Place, keys
from ..package.crowds import site_crowds
from ..plain import one_line
from ..shapes import Point
from ..units import mm


@dataclass(frozen=True)
class Spot(Place):
    """The place of one part, or of one of its sites; ``key`` is its name in the package.

    ``shown`` are the uuids of what a person can be shown of it on the board: of a datum, what is drawn of its part.
    """

    key: str = ""
    shown: tuple[str, ...] = ()

    def words(self, with_line: bool = True) -> str:
        """The key, on a board its position in mm, and file and line: one line for people."""
        spot = f" at ({mm(self.at[0])} mm, {mm(self.at[1])} mm)" if self.uuid and self.at else ""
        line = f", {self.file}:{self.line}:{self.column}" if self.line and with_line else ""
        return one_line(f"{self.key}{spot}{line}")


Find = Callable[[str, Optional[Point]], Spot]


def finder(package: Package) -> Find:
    """Call with a key and where it was read: the very bump, bond pad or ball, else the part it belongs to.

    Every name is looked up in an index that is made once: a report asks for tens of thousands.
    """
    crowds = site_crowds(package)
    indices: dict[str, dict[str, int]] = {}
    known: dict[str, Spot] = {}

    def find(key: str, read_at: Optional[Point]) -> Spot:
        spot = known.get(key)
        if spot is None:
            place = package.place(key)
            part, name = keys.around(key), keys.last(key)
            uuid, at, shown = place.uuid, place.at, _shown(package, key)
            sites = crowds.get(part)
            if sites is not None:
                index = indices[part] if part in indices else _index(indices, part, sites)
                if name in index:
                    number = index[name]
                    uuid = sites.uuids[number] if sites.uuids else uuid
                    shown = (uuid,) if sites.uuids else shown
                    x, y = sites.xy[number].tolist()
                    at = (x, y)
            spot = known[key] = Spot(**{**vars(place), "uuid": uuid, "at": at}, key=key, shown=shown)
        return replace(spot, at=read_at) if spot.at is None and read_at is not None else spot

    return find


def _shown(package: Package, key: str) -> tuple[str, ...]:
    """What is drawn of a part, or of the part that a datum belongs to; of a stack-up nothing is."""
    while key and key != keys.STACKUP:
        place = package.places.get(key)
        if place is not None and place.drawn:
            return place.drawn
        key = keys.around(key)
    return ()


def _index(indices: dict[str, dict[str, int]], part: str, sites: Sites) -> dict[str, int]:
    # Of two sites with one name the first counts.
    indices[part] = {name: number for number, name in reversed(list(enumerate(sites.names)))}
    return indices[part]
