"""Case sizes of chip passives: body, height and pads, by imperial code.

Body: IPC-SM-782A p. 76 and Vishay CRCW (01005, 0201). Height: the thickest common ceramic capacitor of that size
(nominal and tolerance as in Murata's GRM series). Pads: IPC-7351 nominal density, as drawn in KiCad's library
Capacitor_SMD; a substrate house may well ask for smaller ones, which the package file then states.

What these do not know is as Murata lists it: 008004 (GRM01), and 0204 and 0306, which have their ends on the long sides
(LLL15 and LLL18; the first two digits are the length from end to end), bodies by their nominal sizes, pads by the upper ends
of the maker's land dimensions for reflow soldering.
"""

from __future__ import annotations

from typing import NamedTuple

from ..shapes import Point
from ..units import Toleranced


class Case(NamedTuple):
    """A two-terminal body along x: ``pad_x`` is the distance of each pad's centre from the middle. All in nm."""

    size: Point
    height: Toleranced
    pad_x: int
    pad: Point


def _case(size: Point, height: tuple[int, int], pad_x: int, pad: Point) -> Case:
    def nm(um: Point) -> Point:
        return um[0] * 1000, um[1] * 1000

    nominal, tolerance = nm(height)
    return Case(nm(size), Toleranced(nominal, tolerance, tolerance), pad_x * 1000, nm(pad))


# code: body, height ± tolerance, pad centre, pad; in um
CASES = {
    "008004": _case((250, 125), (125, 13), 110, (120, 145)),
    "01005": _case((400, 200), (200, 20), 250, (400, 300)),
    "0201": _case((600, 300), (300, 30), 320, (460, 400)),
    "0204": _case((500, 1000), (300, 50), 225, (250, 1000)),
    "0306": _case((800, 1600), (500, 50), 350, (400, 1600)),
    "0402": _case((1000, 500), (500, 50), 480, (560, 620)),
    "0603": _case((1600, 800), (800, 100), 775, (900, 950)),
    "0805": _case((2000, 1250), (1250, 100), 950, (1000, 1450)),
    "1206": _case((3200, 1600), (1600, 200), 1475, (1150, 1800)),
    "1210": _case((3200, 2500), (2500, 200), 1475, (1150, 2700)),
}
