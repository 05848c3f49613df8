"""The parts of the carrier's own board: the carrier with its balls, each chip with its bumps, each passive."""

from __future__ import annotations

from typing import Optional

import numpy as np

from ..geometry.taper import grown
from ..package import Balls, Carrier, Chip, Mold, Package, Passive, Singulation
from ..package.site_lands import bump_lands, in_plan
from ..shapes import Outline, Point, box_outline, overlap_area, polygon, untransform, untransform_all
from ..units import mm
from . import (
    BACK_COPPER,
    BACK_COURTYARD,
    BACK_FAB,
    BACK_MASK,
    BACK_PASTE,
    CHIP_OUTLINE,
    CHIP_WIDTH,
    FINE_WIDTH,
    FRONT_COPPER,
    FRONT_COURTYARD,
    FRONT_FAB,
    FRONT_MASK,
    FRONT_PASTE,
    MOLD_OUTLINE,
    RECTANGLE,
    SAW_STREET,
    Area,
    Pads,
    Part,
    Polygon,
    Shape,
    Text,
    a1_of,
    bevelled,
    corner_spot,
    outline_shapes,
    pads_box,
    untransform_outline,
)
from .carrier_pads import ball_pads, round_pads, top_pads
from .cavities import area_of as cavity_area
from .chip_sites import site_shapes, site_texts, terminal_shapes, terminal_texts
from .frame import frame_pads, frame_shapes
from .keep_outs import area_of
from .labels import label_spots
from .oblong_pads import oblong_pads

MOLD_AREA, MOLD_REGION = "Mold cap", "Mold region "
_AROUND = 50_000  # courtyard around a part on the carrier: parts under one mold stand close


def draw_carrier(package: Package, reference: str = "PKG1") -> Part:
    """The carrier with its balls, the outline of the mold and the saw street, at the carrier's middle.

    A package without a carrier is a ValueError: there is nothing to draw on.
    """
    carrier = package.carrier
    if carrier is None:
        raise ValueError("a package without a carrier cannot be drawn")
    at = carrier.outline.centre
    outline = untransform_outline(carrier.outline, at, 0)
    _, top, _, bottom = outline.box
    shapes: list[Shape] = [
        *outline_shapes(outline, FRONT_FAB, FINE_WIDTH),
        *outline_shapes(outline, BACK_FAB, FINE_WIDTH),
        a1_corner(outline, BACK_FAB, package.balls, at),
    ]
    areas: tuple[Area, ...] = ()
    if package.mold is not None:
        mold = untransform_outline(package.mold.outline, at, 0)
        shapes += outline_shapes(mold, MOLD_OUTLINE, FINE_WIDTH)
        areas = (Area(MOLD_AREA, mold_area(package.mold, at)), *(
            Area(MOLD_REGION + region.name, untransform_outline(region.outline, at, 0),
                 (BACK_COPPER,) if region.is_far else (FRONT_COPPER, CHIP_OUTLINE)) for region in package.mold.regions))
    areas = (*areas, *(area_of(one, at, carrier.inner_coppers) for one in package.keep_outs),
             *(cavity_area(one, at) for one in package.cavities))
    pads = (*ball_pads(package.balls, at), *top_pads(package.top_lands, at))
    if carrier.frame is not None:
        pads = frame_pads(carrier.frame, at)
        shapes += frame_shapes(carrier.frame, at)
    street = street_line(outline, package.singulation)
    if street is not None:
        shapes += outline_shapes(street, SAW_STREET, FINE_WIDTH, dashed=True)
    size = label_size(outline.size[0], len(package.name), 1_000_000)
    return Part(
        name=f"{package.name}_carrier", description=carrier_description(package, carrier),
        keywords="carrier substrate package",
        reference=Text(FRONT_FAB, reference, (0, top - 800_000), 800_000),
        value=Text(FRONT_FAB, package.name, (0, bottom + 800_000), min(800_000, max(size, 400_000))),
        pads=pads, shapes=tuple(shapes), texts=(), areas=areas, at=at, angle=0, has_courtyard=False,
        on_boards_only=True, in_no_schematic=True,
    )


def mold_area(mold: Mold, at: Point) -> Outline:
    """The rule area of the mold cap about the carrier's middle: what the source drew, else the mold's outline."""
    return untransform_outline(mold.area if mold.area is not None else mold.outline, at, 0)


def carrier_description(package: Package, carrier: Carrier) -> str:
    """One line on the carrier, with the numbers that matter."""
    width, height = carrier.outline.size
    balls = f", {len(package.balls.sites)} balls" if package.balls else ""
    balls = f", {len(carrier.frame.leads)} leads" if carrier.frame is not None else balls
    return f"{package.name}: {carrier.kind} {mm(width)}x{mm(height)} mm{balls}, outlines of mold and saw street"


def a1_corner(outline: Outline, layer: str, balls: Optional[Balls], at: Point = (0, 0)) -> Polygon:
    """A filled triangle in the corner of the carrier that is nearest to ball A1 (top left where there are no balls)."""
    dx, dy = (-1, -1) if balls is None else a1_of(balls.sites.names, balls.sites.xy - np.array(at, np.int64))
    inset, leg = min(outline.size) // 100, min(outline.size) // 25
    corner = corner_spot(outline, (dx, dy), leg)
    x, y = corner[0] - dx * inset, corner[1] - dy * inset
    return Polygon(layer, ((x, y), (x - dx * leg, y), (x, y - dy * leg)), 0, filled=True)


def street_line(carrier: Outline, singulation: Optional[Singulation]) -> Optional[Outline]:
    """How far the saw street reaches into the carrier: half of what the street is wider than the cut."""
    if singulation is None or singulation.street is None:
        return None
    kerf = singulation.kerf.nominal if singulation.kerf else 0
    inset = max(0, singulation.street.nominal - kerf) // 2
    left, top, right, bottom = carrier.box
    return _pulled_in(carrier, inset) if 2 * inset < min(right - left, bottom - top) else None


def _pulled_in(outline: Outline, by: int) -> Outline:
    """Every edge moved inwards, edges for which there is no room left out; of what falls into several pieces the largest."""
    if outline.is_box:
        left, top, right, bottom = outline.box
        return box_outline((left + by, top + by, right - by, bottom - by))
    from shapely.geometry import MultiPolygon

    shape = polygon(outline).buffer(-by, join_style="mitre")
    if isinstance(shape, MultiPolygon):
        shape = max(shape.geoms, key=lambda piece: float(piece.area))
    rings = [shape.exterior, *shape.interiors]
    return Outline(tuple(tuple((round(x), round(y)) for x, y in ring.coords[:-1]) for ring in rings))


def draw_chip(package: Package, chip: Chip) -> Part:
    """A chip: its outline, the pads of its bumps on the carrier, a bevel at the corner of the first bump.

    Drawn as it lies, seen from the chip side; on the far side its pads are on the back."""
    outline = untransform_outline(chip.outline, chip.at, chip.angle)
    pads: tuple[Pads, ...] = ()
    a1 = (-1, -1)
    bumps, fab = chip.bumps, BACK_FAB if chip.is_far else FRONT_FAB
    if bumps is not None and len(bumps.sites) and bumps.pad and not chip.lands_inside:
        xy = untransform_all(bumps.sites.xy, chip.at, chip.angle)
        copper, openings = bump_lands(bumps)
        rows, lands = np.arange(len(xy)), in_plan(chip, copper)
        oblong = lands.width < lands.length
        layers = (BACK_COPPER, BACK_MASK) if chip.is_far else (FRONT_COPPER, FRONT_MASK)
        pads = (*round_pads(bumps.sites.names, bumps.nets, xy, rows[~oblong], copper, openings, layers),
                *oblong_pads(chip, lands, openings, xy, rows[oblong]))
        a1 = a1_of(bumps.sites.names, xy)
    width, height = outline.size
    count = f", {len(bumps.sites)} bumps" if bumps is not None else ""
    shapes: tuple[Shape, ...] = (
        *outline_shapes(outline, CHIP_OUTLINE, max(FINE_WIDTH, min(CHIP_WIDTH, min(width, height) // 100))),
        Polygon(fab, bevelled(outline, min(width, height) // 12, a1), FINE_WIDTH),
        # KiCad would take what lies over another chip for a collision.
        *(() if chip.on or chip.is_closed_in else _courtyard(
            outline, pads, BACK_COURTYARD if chip.is_far else FRONT_COURTYARD)),
        *site_shapes(chip),
    )
    size = chip_label_size(chip)
    return Part(
        name=f"{package.name}_{chip.name}",
        description=f"{package.name}: {chip.bonding.noun} {mm(width)}x{mm(height)} mm{count}"
                    + (", on the far side" if chip.is_far else ""),
        keywords="chip die bump",
        reference=Text(fab, chip.name, _label_spot(package, chip), size),
        value=Text(fab, chip.name, (0, 0), 0), pads=pads, shapes=shapes, texts=site_texts(chip),
        at=chip.at, angle=chip.angle, has_courtyard=not chip.on and not chip.is_closed_in, on_boards_only=True,
        in_no_schematic=True, is_flipped=chip.is_far,
    )


def chip_label_size(chip: Chip) -> int:
    """How high the letters of a chip's name are."""
    return label_size(min(chip.outline.size), 6, 600_000)


def _label_spot(package: Package, chip: Chip) -> Point:
    """Where a chip's name is written in its own frame; that of one which lies alone is in its middle."""
    chips = package.far_chips if chip.is_far else package.near_chips
    near = [one for one in chips if one is chip or overlap_area(one.outline, chip.outline)]
    if len(near) == 1:
        return 0, 0
    spots = label_spots(chips, [chip_label_size(one) for one in chips])
    return untransform(spots[chips.index(chip)], chip.at, chip.angle)


def draw_passive(passive: Passive) -> Part:
    """A passive: its body, its two or more pads, each with paste; the same parts have the same name.

    Drawn as it lies, seen from the chip side; on the far side all of it is on the back. On a chip its terminals are marks and
    no copper of the carrier, as a chip's bumps on a chip are: KiCad would take what lies over a chip for a collision."""
    far, on_chip = passive.is_far, bool(passive.on)
    layers = (BACK_COPPER, BACK_MASK, BACK_PASTE) if far else (FRONT_COPPER, FRONT_MASK, FRONT_PASTE)
    fab = BACK_FAB if far else FRONT_FAB
    outline = untransform_outline(passive.outline, passive.at, passive.angle)
    pads = tuple(
        Pads((t.name,), (t.net,), np.array([untransform(t.at, passive.at, passive.angle)], np.int64), RECTANGLE,
             t.size, layers)
        for t in (() if on_chip else passive.terminals)
    )
    around = terminal_shapes(passive) if on_chip else () if passive.is_closed_in else _courtyard(
        outline, pads, BACK_COURTYARD if far else FRONT_COURTYARD)
    width, height = outline.size
    tall = f"_H{mm(passive.height.nominal)}mm" if passive.height else ""
    size = label_size(width, 4, 500_000)
    return Part(
        name=f"Passive_{mm(width)}x{mm(height)}mm{tall}{'_far' if far else '_on_chip' if on_chip else ''}",
        description=f"Passive {mm(width)}x{mm(height)} mm "
                    f"{'on the far side' if far else 'on a chip' if on_chip else 'under a mold cap'}",
        keywords="passive resistor capacitor",
        reference=Text(fab, passive.name, (0, 0), size), value=Text(fab, passive.value or passive.name, (0, 0), 0),
        pads=pads, shapes=(*outline_shapes(outline, fab, FINE_WIDTH), *around),
        texts=terminal_texts(passive) if on_chip else (), at=passive.at, angle=passive.angle, is_flipped=far,
        has_courtyard=not on_chip and not passive.is_closed_in, in_no_schematic=True,
    )


def _courtyard(outline: Outline, pads: tuple[Pads, ...], layer: str = FRONT_COURTYARD) -> tuple[Polygon, ...]:
    boxes = [outline.box, *(pads_box(group) for group in pads)]
    left, top = (min(part[i] for part in boxes) for i in (0, 1))
    right, bottom = (max(part[i] for part in boxes) for i in (2, 3))
    return outline_shapes(grown(box_outline((left, top, right, bottom)), _AROUND), layer, FINE_WIDTH)


def label_size(width: int, letters: int, most: int) -> int:
    """The text height at which so many letters fill four fifths of ``width``, in steps of 0.01 mm, at least 0.05 mm."""
    return max(50_000, min(most, width * 8 // (9 * max(letters, 2)) // 10_000 * 10_000))
