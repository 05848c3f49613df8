"""Lands on the customer's board, each as its maker publishes it: what no rule of IPC would give."""

from __future__ import annotations

from typing import NamedTuple, Optional

from ..shapes import Point

ROUND, OVAL, RECTANGLE, ROUNDED = "round", "oval", "rectangle", "rounded"
LAND_SHAPES = (ROUND, OVAL, RECTANGLE, ROUNDED)
CORNERS_CUT = ("tl", "tr", "bl", "br")  # of a land before it is turned
COPPER, MASK, PASTE = "front copper", "front mask", "front paste"
USUAL_LAYERS = (COPPER, MASK, PASTE)
LAND_LAYERS = (*USUAL_LAYERS, "back copper", "back mask", "back paste", "all copper", "all mask")
SHARE = 1_000_000  # shares are whole millionths


class Land(NamedTuple):
    """One land, seen from above; of a part with no name it is an opening of mask or stencil without copper of its own.

    ``corner`` is the radius of a rounded one's corners, ``chamfer`` what is cut off those named in ``cut``, both as millionths
    of its shorter side. ``mask`` and ``paste`` are how far these openings stand back from the copper, ``paste_share`` by how
    many millionths of it, None where nobody has said. ``arms`` are polygons of the same metal about its middle before it is
    turned, drawn with a line of ``stroke``. ``drill`` is a plated hole, 0 without one.
    """

    name: str
    at: Point
    size: Point
    shape: str = ROUND
    angle: int = 0
    layers: tuple[str, ...] = USUAL_LAYERS
    corner: int = 0
    chamfer: int = 0
    cut: tuple[str, ...] = ()
    drill: int = 0
    mask: Optional[int] = None
    paste: Optional[int] = None
    paste_share: Optional[int] = None
    arms: tuple[tuple[Point, ...], ...] = ()
    stroke: int = 0

    @property
    def is_terminal(self) -> bool:
        """Whether something of the package is soldered to it: it has a name, and copper and an opening for it on the front."""
        return bool(self.name) and not self.drill and COPPER in self.layers


def terminal_names(lands: tuple[Land, ...]) -> tuple[str, ...]:
    """What the lands are called, each name once."""
    return tuple(dict.fromkeys(land.name for land in lands if land.is_terminal))
