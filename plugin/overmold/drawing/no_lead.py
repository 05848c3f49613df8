"""The land pattern of a no-lead package (QFN, DFN) for a customer's board: lands by IPC-7351B, the rest by KiCad's conventions.

The exposed pad's land is as large as what is soldered of it; its paste is split into windows that cover 65 % of it together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Optional

import numpy as np

from ..package import Frame, Package
from ..shapes import Box, Outline, Point, common, margin_inside, rectangle
from ..units import Toleranced, mm
from . import (
    ALL_COPPER,
    BACK_COPPER,
    COURTYARD_WIDTH,
    FAB_WIDTH,
    FRONT_COPPER,
    FRONT_COURTYARD,
    FRONT_FAB,
    FRONT_MASK,
    FRONT_PASTE,
    FRONT_SILK,
    RECTANGLE,
    ROUND,
    ROUNDED,
    SILK_WIDTH,
    Line,
    Pads,
    Part,
    Polygon,
    Shape,
    Text,
    bevelled,
    outline_shapes,
)
from .frame import polygon_pad
from .ipc_no_lead import NO_LEAD, PULLED_BACK, Goals, Lands, lands_across, paste_windows, rounded
from .land_pattern import GRID, SILK_TO_COPPER, TEXT, bevel_of, courtyard, reference_text

COVERAGE = 0.65  # of the exposed pad by paste
SILK_TO_BODY = 110_000
SHORTEST_SILK = 100_000
HEAD, HEAD_HALF = 330_000, 240_000  # length and half the width of the arrow head
VIA_DRILL, VIA_PAD, VIA_PITCH = 200_000, 500_000, 1_000_000
_ZERO = Toleranced(0)


def draw_no_lead(package: Package, density: str = "nominal", thermal_vias: bool = False) -> Part:
    """The lands for the leads of ``package``, seen from above; ``density`` is least, nominal or most of IPC-7351B.

    Raises ValueError where there is no frame.
    """
    frame = package.carrier.frame if package.carrier is not None else None
    if package.carrier is None or frame is None:
        raise ValueError("a no-lead land pattern needs a lead frame")
    goals = (PULLED_BACK if frame.pulled_back is not None else NO_LEAD)[density]
    centre = package.carrier.outline.centre
    width, height = package.carrier.outline.size
    across, down = (_lands(frame, size, i, goals) for i, size in enumerate((width, height)))
    groups = tuple(_lead_pads(frame, package.carrier.outline, across, down))
    exposed = tuple(_exposed_pads(frame, centre, thermal_vias))
    body = rectangle((0, 0), (width, height))
    court = courtyard(body, groups, goals.courtyard)
    above, below = court.box[1] - TEXT * 7 // 10, court.box[3] + TEXT * 7 // 10
    name = package.name + ("_ThermalVias" if thermal_vias else "")
    count = f"{len(frame.leads)} leads"
    return Part(
        name=name,
        description=f"{package.name}, {count}, body {mm(width)}x{mm(height)} mm, "
        f"lands {mm(across.length)}x{mm(across.width)} mm "
        f"(IPC-7351B, no-lead, density {density}){_said(frame)}; made by Overmold",
        keywords=f"QFN DFN {len(frame.leads)}",
        reference=Text(FRONT_SILK, "REF**", (0, above), TEXT), value=Text(FRONT_FAB, name, (0, below), TEXT),
        pads=(*groups, *exposed),
        shapes=(*silkscreen(body, groups), *outline_shapes(court, FRONT_COURTYARD, COURTYARD_WIDTH),
                Polygon(FRONT_FAB, bevelled(body, bevel_of(width, height), (-1, -1)), FAB_WIDTH)),
        texts=(reference_text(body, above),), datasheet=package.datasheet,
    )


def _said(frame: Frame) -> str:
    if frame.paddle_foot is None:
        return ""
    width, height = frame.paddle_foot.size
    return f", exposed pad {mm(width)}x{mm(height)} mm"


def _lands(frame: Frame, size: int, axis: int, goals: Goals) -> Lands:
    """The lands of the two sides that look along one axis (0: left and right)."""
    body = Toleranced(size, frame.body_tolerance, frame.body_tolerance)
    exposed = frame.paddle_foot.size[axis] if frame.paddle_foot is not None else 0
    first = frame.leads[0].foot.size
    return lands_across(body, frame.lead_length or Toleranced(max(first)), frame.lead_width or Toleranced(min(first)),
                        frame.pulled_back or _ZERO, exposed, goals)


def _lead_pads(frame: Frame, carrier: Outline, across: Lands, down: Lands) -> Iterator[Pads]:
    """A land for each lead, one group for each size of land: that of its side, longer and wider by as much as the lead's foot
    is. Metal that reaches no edge has lands as large as itself."""
    centre, body = carrier.centre, carrier.size
    first = frame.leads[0].foot.size
    long = frame.lead_length.nominal if frame.lead_length else max(first)
    wide = frame.lead_width.nominal if frame.lead_width else min(first)
    spots: dict[Point, list[tuple[str, Point]]] = {}
    for lead in frame.leads:
        at = [a - b for a, b in zip(lead.foot.centre, centre)]
        ends = [_at_edge(lead.outline, centre, body, axis) for axis in (0, 1)]
        size = list(lead.foot.size)
        for axis, lands in enumerate((across, down)):
            if ends[axis] and lead.outline.size[axis] >= body[axis]:  # a bar from edge to edge is soldered beyond both
                size[axis], at[axis] = 2 * lands.centre + lands.length, 0
            elif ends[axis]:
                more = 0 if ends[1 - axis] else lead.foot.size[axis] - long
                size[axis], at[axis] = lands.length + more, _sign(at[axis]) * (lands.centre - more // 2)
            elif ends[1 - axis]:
                size[axis] = (down, across)[axis].width + lead.foot.size[axis] - wide
        spots.setdefault((size[0], size[1]), []).append((lead.name, (at[0], at[1])))
    for size_of, found in spots.items():
        yield Pads(tuple(name for name, _ in found), ("",) * len(found), np.array([at for _, at in found], np.int64),
                   ROUNDED, size_of, (FRONT_COPPER, FRONT_MASK, FRONT_PASTE))


def _at_edge(metal: Outline, centre: Point, body: Point, axis: int) -> bool:
    """Whether a lead's metal reaches the body's edge along one axis; the corner ones reach two."""
    low, high = metal.box[axis] - centre[axis], metal.box[axis + 2] - centre[axis]
    return max(-low, high) >= body[axis] // 2


def _sign(value: int) -> int:
    return -1 if value < 0 else 1


def _exposed_pads(frame: Frame, centre: Point, thermal_vias: bool) -> Iterator[Pads]:
    """Land, paste windows and thermal vias of the exposed pad."""
    foot, name = frame.paddle_foot, frame.paddle_number
    if foot is None:
        return
    foot = foot.moved((-centre[0], -centre[1]))
    at = np.array([foot.centre], np.int64)
    yield _exposed_land(foot, name, (FRONT_COPPER, FRONT_MASK))
    counts = [paste_windows(size) for size in foot.size]
    across, down = (rounded(size / count * COVERAGE**0.5, GRID) for size, count in zip(foot.size, counts))
    windows = at + _grid(counts, [rounded(size / count, GRID) for size, count in zip(foot.size, counts)])
    yield from _windows(foot, windows, (across, down))
    if thermal_vias:
        vias = at + _grid([max(1, (size - VIA_PAD) // VIA_PITCH + 1) for size in foot.size], [VIA_PITCH, VIA_PITCH])
        vias = vias if foot.is_box else vias[[margin_inside(rectangle((int(x), int(y)), (VIA_PAD, VIA_PAD)), foot) >= 0
                                             for x, y in vias]]
        if len(vias):
            yield Pads((name,) * len(vias), ("",) * len(vias), vias, ROUND, (VIA_PAD, VIA_PAD), (ALL_COPPER,),
                       drill=VIA_DRILL, takes_heat=True)
        yield _exposed_land(foot, name, (BACK_COPPER,))


def _exposed_land(foot: Outline, name: str, layers: tuple[str, ...]) -> Pads:
    """The land of the exposed pad in its own form."""
    if foot.is_box:
        return Pads((name,), ("",), np.array([foot.centre], np.int64), RECTANGLE, foot.size, layers, takes_heat=True)
    return replace(polygon_pad(name, "", foot, layers), takes_heat=True)


def _windows(foot: Outline, spots: np.ndarray[tuple[int, ...], np.dtype[np.int64]], size: Point) -> Iterator[Pads]:
    """The paste of the exposed pad; of a window that the pad's own form cuts, what is left of it."""
    whole = [foot.is_box or margin_inside(rectangle((int(x), int(y)), size), foot) >= 0 for x, y in spots]
    kept = spots[whole]
    if len(kept):
        yield Pads(("",) * len(kept), ("",) * len(kept), kept, ROUNDED, size, (FRONT_PASTE,))
    for x, y in spots[[not one for one in whole]].tolist():
        for part in common(rectangle((x, y), size), foot):
            yield polygon_pad("", "", part, (FRONT_PASTE,))


def _grid(counts: list[int], pitch: list[int]) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    """So many places in x and y about the origin, row by row."""
    xs, ys = ([(2 * i - count + 1) * step // 2 for i in range(count)] for count, step in zip(counts, pitch))
    return np.array([(x, y) for y in ys for x in xs], np.int64)


def silkscreen(body: Outline, pads: tuple[Pads, ...]) -> tuple[Shape, ...]:
    """The corners of the body where no land is near, and an arrow head that points at lead 1 from above."""
    left, top, right, bottom = body.box
    keep = SILK_TO_COPPER + SILK_WIDTH // 2
    taken = [(int(x) - group.size[0] // 2 - keep, int(y) - group.size[1] // 2 - keep, int(x) + group.size[0] // 2 + keep,
              int(y) + group.size[1] // 2 + keep) for group in pads for x, y in group.xy]
    first = next(((int(x), int(y), group.size) for group in pads for name, (x, y) in zip(group.names, group.xy) if name == "1"),
                 None)
    lines: list[Shape] = []
    for y in (top - SILK_TO_BODY, bottom + SILK_TO_BODY):
        lines += [Line(FRONT_SILK, (a, y), (b, y), SILK_WIDTH)
                  for a, b in _free(left - SILK_TO_BODY, right + SILK_TO_BODY, y, taken, 0)]
    for x in (left - SILK_TO_BODY, right + SILK_TO_BODY):
        pieces = _free(top - SILK_TO_BODY, bottom + SILK_TO_BODY, x, taken, 1)
        # Above lead 1 stands the arrow head.
        pieces = [piece for piece in pieces if x > 0 or first is None or piece[0] > first[1]]
        lines += [Line(FRONT_SILK, (x, a), (x, b), SILK_WIDTH) for a, b in pieces]
    return (*lines, *_arrow(left - SILK_TO_BODY, first, taken))


def _arrow(x: int, first: Optional[tuple[int, int, Point]], taken: list[Box]) -> Iterator[Polygon]:
    """An arrow head over lead 1 that points down at it; beside it, pointing right, where other lands are in the way."""
    if first is None:
        return
    keep = SILK_TO_COPPER + SILK_WIDTH // 2
    tip = first[1] - first[2][1] // 2 - keep
    above = ((x, tip), (x - HEAD_HALF, tip - HEAD), (x + HEAD_HALF, tip - HEAD))
    y, side = first[1], first[0] - first[2][0] // 2 - keep
    beside = ((side, y), (side - HEAD, y - HEAD_HALF), (side - HEAD, y + HEAD_HALF))
    points = beside if any(_reaches(above, box) for box in taken) else above
    yield Polygon(FRONT_SILK, points, SILK_WIDTH, filled=True)


def _reaches(points: Sequence[Point], box: Box) -> bool:
    """Whether the box around the points reaches into ``box``; to touch it is not to reach into it."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs) < box[2] and max(xs) > box[0] and min(ys) < box[3] and max(ys) > box[1]


def _free(start: int, end: int, level: int, taken: list[Box], axis: int) -> list[Point]:
    """The pieces of a line along x (axis 0) or y, from ``start`` to ``end`` at ``level``, that stay out of all boxes."""
    cuts = sorted((one[axis], one[axis + 2]) for one in taken if one[1 - axis] < level < one[3 - axis])
    pieces, at = [], start
    for low, high in [*cuts, (end, end)]:
        if low - at >= SHORTEST_SILK:
            pieces.append((at, min(low, end)))
        at = max(at, high)
    return pieces
