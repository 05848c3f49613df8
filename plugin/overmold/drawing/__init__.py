"""What is drawn of a package: pads, lines, outlines, texts. Knows no file format.

A ``Part`` is drawn about its own origin, unturned, and carries the place where it sits. Coordinates are whole
nanometres, y points down, everything is seen from the chip side: what lies on the far side is not mirrored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Union

import numpy as np

from ..arrays import IntArray
from ..package import CHIP_SIDE
from ..package.lands import LAND_SHAPES, SHARE
from ..shapes import Outline, Point, inside, untransform

FRONT_COPPER, BACK_COPPER, ALL_COPPER = "front copper", "back copper", "all copper"
INNER_COPPER = tuple(f"inner copper {number}" for number in range(1, 31))  # from the chip side down
FRONT_MASK, BACK_MASK, ALL_MASK = "front mask", "back mask", "all mask"
FRONT_PASTE, BACK_PASTE = "front paste", "back paste"
FRONT_SILK = "front silkscreen"
FRONT_FAB, BACK_FAB = "front fabrication", "back fabrication"
FRONT_COURTYARD, BACK_COURTYARD = "front courtyard", "back courtyard"
CHIP_OUTLINE, MOLD_OUTLINE, SAW_STREET = "chip outline", "mold cap outline", "saw street"
BUMPS_ON_CHIPS, BOND_PADS, WIRES = "bumps on chips", "bond pads", "wires"
FRAME_FEET = "frame feet"
EDGE = "edge"

FAB_WIDTH, SILK_WIDTH, COURTYARD_WIDTH = 100_000, 120_000, 50_000
ROUND, OVAL, RECTANGLE, ROUNDED = LAND_SHAPES
FINE_WIDTH = 20_000  # lines on the carrier itself, where whole parts are 0.4 mm long
CHIP_WIDTH = 60_000  # of a chip's outline at most, a hundredth of the chip: it is to be seen among thousands of bumps
SITE_WIDTH = 5_000  # of the marks of single bumps and bond pads, which may be 25 um across
ROUNDING, LARGEST_ROUNDING = 0.25, 250_000  # radius of a corner by the shorter side, and at most (KLC F6.3, IPC-7351C)


@dataclass(frozen=True)
class Line:
    """A straight line of ``width``."""

    layer: str
    start: Point
    end: Point
    width: int


@dataclass(frozen=True)
class Polygon:
    """A closed line through ``points``; ``filled`` or not, ``dashed`` or not."""

    layer: str
    points: tuple[Point, ...]
    width: int
    filled: bool = False
    dashed: bool = False


@dataclass(frozen=True)
class Circle:
    """A circle, not filled."""

    layer: str
    centre: Point
    diameter: int
    width: int


@dataclass(frozen=True)
class Text:
    """Words centred at a point; ``size`` is the height of a capital letter, 0 hides them."""

    layer: str
    words: str
    at: Point
    size: int


@dataclass(frozen=True, eq=False)
class Pads:
    """Pads of one kind: ``names`` (n) and ``nets`` (n, "" is none) with ``xy`` (n, 2).

    ``margin`` is how far the mask opening stands back from the copper on each side (negative: the mask covers the
    rim), None where nobody has said. ``is_ball``: a solder ball or bump sits on it. All are turned by ``angle`` in
    their part. ``drill`` is the diameter of a plated hole, 0 without one. ``arms`` are polygons of the same metal, each about
    the pad's middle, drawn with a line of ``stroke``. ``takes_heat``: it is soldered to lead heat away, so a zone joins it
    without spokes. Corners (None: as usual), what is cut off them, and paste are as ``package.lands`` has them.
    """

    names: tuple[str, ...]
    nets: tuple[str, ...]
    xy: IntArray
    shape: str
    size: Point
    layers: tuple[str, ...]
    margin: Optional[int] = None
    is_ball: bool = False
    drill: int = 0
    angle: int = 0
    arms: tuple[tuple[Point, ...], ...] = ()
    stroke: int = 0
    corner: Optional[int] = None
    chamfer: int = 0
    cut: tuple[str, ...] = ()
    paste: Optional[int] = None
    paste_share: Optional[int] = None
    takes_heat: bool = False

    @property
    def rounding(self) -> float:
        """Radius of the corners by the shorter side, where they are round."""
        if self.shape != ROUNDED:
            return 0.0
        return self.corner / SHARE if self.corner is not None else min(ROUNDING, LARGEST_ROUNDING / min(self.size))


@dataclass(frozen=True)
class Area:
    """A named area that other tools' rules may refer to; it forbids nothing by itself but, where it ``bars_metal``, copper on
    its ``layers``."""

    name: str
    outline: Outline
    layers: tuple[str, ...] = ("front copper", "chip outline")
    bars_metal: bool = False


Shape = Union[Line, Polygon, Circle]


@dataclass(frozen=True, eq=False)
class Part:
    """One footprint: drawn about its own origin, sitting ``at`` its place turned by ``angle`` (1/1000 degree).

    ``reference`` and ``value`` are texts with places of their own; a label whose size is 0 is not shown. ``is_flipped``:
    the part itself sits on the back, where its texts are mirrored; in a library it lies face up. ``in_no_schematic``: no symbol
    stands for it, and a check against a schematic need not look for one. ``models`` are files with its shape in 3-D,
    ``datasheet`` says where its dimensions stand.
    """

    name: str
    description: str
    keywords: str
    reference: Text
    value: Text
    pads: tuple[Pads, ...] = ()
    shapes: tuple[Shape, ...] = ()
    texts: tuple[Text, ...] = ()
    areas: tuple[Area, ...] = ()
    at: Point = (0, 0)
    angle: int = 0
    has_courtyard: bool = True
    on_boards_only: bool = False
    is_flipped: bool = False
    in_no_schematic: bool = False
    models: tuple[str, ...] = ()
    datasheet: str = ""


def untransform_outline(outline: Outline, origin: Point, angle: int) -> Outline:
    """``untransform`` for every point of an outline."""
    return Outline(tuple(tuple(untransform(point, origin, angle) for point in ring) for ring in outline.rings))


def outline_shapes(outline: Outline, layer: str, width: int, dashed: bool = False) -> tuple[Polygon, ...]:
    """An outline, its holes too, as closed lines."""
    return tuple(Polygon(layer, ring, width, dashed=dashed) for ring in outline.rings)


def copper_and_mask(side: str) -> tuple[str, str]:
    """The two layers of a pad on one side of the carrier."""
    return (FRONT_COPPER, FRONT_MASK) if side == CHIP_SIDE else (BACK_COPPER, BACK_MASK)


def pads_box(pads: Pads) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of the copper, or of the mask opening where that is wider."""
    across, down = (side // 2 + max(0, pads.margin or 0) for side in pads.size)
    x, y = pads.xy[:, 0], pads.xy[:, 1]
    return (int(x.min()) - across, int(y.min()) - down, int(x.max()) + across, int(y.max()) + down)


def a1_of(names: tuple[str, ...], xy: IntArray) -> Point:
    """The directions (-1 or 1) from the middle to the corner of site A1, or of the first site if none has that name."""
    if not len(names):
        return -1, -1
    x, y = (int(value) for value in xy[names.index("A1") if "A1" in names else 0])
    return (-1 if x <= 0 else 1), (-1 if y <= 0 else 1)


def corner_spot(outline: Outline, towards: Point, leg: int) -> Point:
    """The corner in the direction ``towards`` of the box around an outline; where a chamfer or a notch has cut that off, as far
    towards the middle as a triangle with these legs needs to lie on the outline."""
    left, top, right, bottom = outline.box
    dx, dy = towards
    x, y = left if dx < 0 else right, top if dy < 0 else bottom
    if outline.is_box:
        return x, y
    for steps in range(2 * min(outline.size) // max(leg, 1)):
        at = x - dx * steps * leg // 4, y - dy * steps * leg // 4
        near = at[0] - dx * (leg // 50 + 1), at[1] - dy * (leg // 50 + 1)  # edges may count either way
        corners = (near, (at[0] - dx * leg, near[1]), (near[0], at[1] - dy * leg))
        if bool(inside(np.array(corners, np.int64), outline).all()):
            return at
    return x, y


def bevelled(outline: Outline, bevel: int, a1: Point) -> tuple[Point, ...]:
    """The rectangle around an outline with the corner in the direction ``a1`` cut off."""
    left, top, right, bottom = outline.box
    dx, dy = a1
    near_x, far_x = (left, right) if dx < 0 else (right, left)
    near_y, far_y = (top, bottom) if dy < 0 else (bottom, top)
    return ((near_x, near_y - dy * bevel), (near_x - dx * bevel, near_y), (far_x, near_y), (far_x, far_y),
            (near_x, far_y))
